package app_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// built are the beginnings of keys that the program completes at run time.
var built = []string{
	"profile.",
	"profile.as.",
	"reach.",
	"people.lead.",
	"mydata.field.",
	"mydata.part.",
	"mydata.says.",
	"mydata.state.",
	"mydata.tie.",
	"mydata.value.",
	"oversight.effect.",
	"oversight.kind.",
	"oversight.kinds.",
	"oversight.sector.",
	"oversight.state.",
	"oversight.step.",
	"rights.far.",
	"rights.lead.",
	"rights.short.",
	"rights.table.lead.",
	"rights.who.",
	"oversight.copy.state.",
	"oversight.effect.",
	"oversight.import.state.",
	"oversight.kind.",
	"oversight.kinds.",
	"oversight.sector.",
	"oversight.state.",
	"oversight.step.",
	"account.contact.email.",
	"account.contact.phone.",
	"account.door.activate.",
	"account.door.recover.",
	"account.door.recover_sent.",
	"account.event.",
	"account.letter.changed.",
	"account.letter.device.",
	"account.letter.proof.",
	"account.letter.recovered.",
	"account.letter.recovery.",
	"accounts.audience.",
	"accounts.state.",
	"console.day.",
	"console.state.",
	"console.step.",
	"console.step_hint.",
	"feeds.col.",
	"feeds.finding.",
	"feeds.held.",
	"feeds.kind.",
	"feeds.meaning.",
	"feeds.part.",
	"feeds.says.",
	"feeds.state.",
	"feeds.sum.",
	"hours.day.",
	"hours.setting.families.",
	"hours.setting.staff.",
	"hours.time.",
	"mustread.by.",
	"mustread.outcome.",
	"mustread.way.",
	"notice.digest.",
	"notice.payer.",
	"notice.setting.payer.",
	"notice.setting.price.",
	"notices.digest.",
	"notices.language.",
	"notices.sees.",
	"notices.way.",
	"gateways.channel.",
	"gateways.payer.",
	"gateways.play.acknowledged.",
	"gateways.play.delivered.",
	"gateways.play.failed.",
	"gateways.seen.",
	"gateways.state.",
	"chat.event.",
	"chat.log.",
	"chat.minutes.",
	"chat.reason.",
	"chat.slow.",
	"chat.target.",
	"messages.author.",
	"messages.clock.",
	"messages.copy.",
	"messages.judged.",
	"messages.moment.",
	"messages.outcome.",
	"messages.sign.",
	"messages.sign.told.",
	"messages.stop.lead.",
	"messages.waiting.",
	"messages.setting.hold.points.",
	"messages.changed.",
	"messages.decided.",
	"messages.empty.",
	"messages.field.",
	"messages.place.",
	"messages.place_choice.",
	"messages.reach.",
	"messages.reason.",
	"messages.recalled.",
	"messages.setting.daily.",
	"messages.setting.each.",
	"messages.setting.reach.",
}

// wordsFile is one words.fr.yaml, in the order of its lines.
type wordsFile struct {
	path     string
	keys     []string
	messages map[string][]string
}

func readWords(t *testing.T, path string, text []byte) wordsFile {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil || len(doc.Content) != 1 {
		t.Fatalf("read %s: %v", path, err)
	}
	w := wordsFile{path: path, messages: map[string][]string{}}
	top := doc.Content[0].Content
	for i := 0; i+1 < len(top); i += 2 {
		key := top[i].Value
		w.keys = append(w.keys, key)
		w.messages[key] = scalars(top[i+1])
	}
	return w
}

func scalars(n *yaml.Node) []string {
	if n.Kind == yaml.ScalarNode {
		return []string{n.Value}
	}
	var all []string
	for i := 1; i < len(n.Content); i += 2 {
		all = append(all, n.Content[i].Value)
	}
	return all
}

func wordsFiles(t *testing.T) []wordsFile {
	t.Helper()
	var files []wordsFile
	for _, pattern := range []string{"internal/*/words.fr.yaml", "internal/services/*/words.fr.yaml"} {
		paths, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range paths {
			text, err := os.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, readWords(t, strings.TrimPrefix(filepath.ToSlash(p), root+"/"), text))
		}
	}
	if len(files) < 2 {
		t.Fatalf("%d files of words were found: the test looks in the wrong place", len(files))
	}
	return files
}

func TestWords(t *testing.T) {
	code, files := sources(t), wordsFiles(t)
	report(t, checkAsked(code, files))
	report(t, checkUsed(code, files))
	report(t, checkWording(files))
	report(t, checkSentences(code))
}

type mention struct {
	key   string
	where string
}

var keyShape = regexp.MustCompile(`^[a-z][a-z_]*(\.[a-z0-9_]+)+$`)

// asked lists the keys that the code asks for: first string of a call of T or N, and the fields of declarations that
// hold keys.
func asked(code []source) []mention {
	var all []mention
	declares := []string{"Title", "Label", "About", "Words", "Purpose", "Ground", "Retention", "Help", "Group"}
	for _, f := range code {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if key, ok := keyAsked(n); ok {
					all = append(all, mention{key, f.line(n)})
				}
			case *ast.KeyValueExpr:
				field, ok := n.Key.(*ast.Ident)
				if !ok || !declaration(f.name()) || !slices.Contains(declares, field.Name) {
					return true
				}
				if key, ok := text(n.Value); ok {
					all = append(all, mention{key, f.line(n)})
				}
			}
			return true
		})
	}
	return all
}

func declaration(name string) bool { return name == "service.go" || name == "privacy.go" }

func keyAsked(call *ast.CallExpr) (string, bool) {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || (sel.Sel.Name != "T" && sel.Sel.Name != "N") {
		return "", false
	}
	for _, arg := range call.Args[:min(2, len(call.Args))] {
		if key, ok := text(arg); ok {
			return key, true
		}
	}
	return "", false
}

func text(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// checkAsked finds keys that are asked for and do not exist.
func checkAsked(code []source, files []wordsFile) []string {
	known := map[string]bool{}
	for _, f := range files {
		for _, k := range f.keys {
			known[k] = true
		}
	}
	var bad []string
	for _, m := range asked(code) {
		if !known[m.key] {
			bad = append(bad, fmt.Sprintf("%s asks for the words %q, which nobody wrote", m.where, m.key))
		}
	}
	return bad
}

// checkUsed finds keys that no string of the code names, and built beginnings that no longer build anything.
func checkUsed(code []source, files []wordsFile) []string {
	used := map[string]bool{}
	for _, f := range code {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				if s, ok := text(e); ok {
					used[s] = true
				}
			}
			return true
		})
	}
	var bad []string
	completes := map[string]bool{}
	for _, f := range files {
		for _, key := range f.keys {
			begins := beginningOf(key, used)
			completes[begins] = true
			if !used[key] && begins == "" && !sentenceOfTrail(key) {
				bad = append(bad, fmt.Sprintf("%s: nothing shows %q", f.path, key))
			}
		}
	}
	for _, b := range built {
		if !completes[b] {
			bad = append(bad, fmt.Sprintf("the beginning %q builds no key any more; take it off the list", b))
		}
	}
	return bad
}

func beginningOf(key string, used map[string]bool) string {
	i := strings.LastIndex(key, ".") + 1
	if slices.Contains(built, key[:i]) && used[key[:i]] {
		return key[:i]
	}
	return ""
}

var straight = regexp.MustCompile(`\p{L}'\p{L}`)

// wording names what a French printer would correct in a sentence, or "".
func wording(sentence string) string {
	switch {
	case straight.MatchString(sentence):
		return "write the apostrophe ’"
	case strings.Contains(sentence, "..."):
		return "write the ellipsis …"
	case strings.Contains(sentence, `"`):
		return "write « and »"
	case strings.TrimSpace(sentence) != sentence || sentence == "":
		return "begin and end with a letter or a sign"
	}
	return ""
}

// checkWording holds the files of words to French typography, to their room's prefix and to the order of the alphabet.
func checkWording(files []wordsFile) []string {
	var bad []string
	for _, f := range files {
		if !slices.IsSorted(f.keys) {
			bad = append(bad, f.path+": the keys are not sorted")
		}
		room := filepath.Base(filepath.Dir(f.path))
		for _, key := range f.keys {
			if !keyShape.MatchString(key) {
				bad = append(bad, fmt.Sprintf("%s: %q does not look like a key", f.path, key))
			}
			if room != "services" && !strings.HasPrefix(key, room+".") {
				bad = append(bad, fmt.Sprintf("%s: the key %q does not begin with %s.", f.path, key, room))
			}
			for _, sentence := range f.messages[key] {
				if what := wording(sentence); what != "" {
					bad = append(bad, fmt.Sprintf("%s: %s: %s in %q", f.path, key, what, sentence))
				}
			}
		}
	}
	return bad
}

// checkSentences holds to the same typography the French sentences that stand in the code: those of errors.
func checkSentences(code []source) []string {
	french := regexp.MustCompile(`[éèêàçùœ]|^(Ce|Cette|Le|La|Les|Un|Une|Vous|Votre|Il) `)
	var bad []string
	for _, f := range code {
		if !strings.HasPrefix(f.path, "internal/") || fixture(f.dir()) {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			s, ok := text(e)
			if ok && french.MatchString(s) && !strings.ContainsAny(s, "<>{}$=\n") && (straight.MatchString(s) || strings.Contains(s, "...")) {
				bad = append(bad, fmt.Sprintf("%s: %s in %q", f.line(n), wording(s), s))
			}
			return true
		})
	}
	return bad
}

func TestWordsCanFail(t *testing.T) {
	file := func(text string) []wordsFile {
		return []wordsFile{readWords(t, "internal/services/planted/words.fr.yaml", []byte(text))}
	}
	code := func(name, text string) []source {
		return []source{read(t, "internal/services/planted/"+name, "package planted\n"+text)}
	}
	one := file("planted.one: Un")
	mustFind(t, "a call for words that are not there", checkAsked(code("handlers.go", `func x() { words.T(ctx, "planted.none") }`), one))
	mustFind(t, "a declaration of words that are not there", checkAsked(code("service.go", `var x = y{Label: "planted.none"}`), one))
	mustFind(t, "a view with words that are not there", checkAsked(code("views_templ.go", `func x() { words.N(ctx, "planted.none", 2) }`), one))
	mustFind(t, "words that nothing shows", checkUsed(code("handlers.go", `var x = "planted.other"`), one))
	mustFind(t, "keys out of order", checkWording(file("planted.b: Un\nplanted.a: Deux")))
	mustFind(t, "a key of another room", checkWording(file("other.a: Un")))
	mustFind(t, "a straight apostrophe", checkWording(file(`planted.a: L'école`)))
	mustFind(t, "a straight apostrophe in a plural", checkWording(file("planted.a:\n  one: Un\n  other: D'autres")))
	mustFind(t, "three dots", checkWording(file(`planted.a: Bientôt...`)))
	mustFind(t, "straight quotes", checkWording(file(`planted.a: 'Lire "la suite"'`)))
	mustFind(t, "a straight apostrophe in an error", checkSentences(code("article.go", `var x = "L'école est fermée."`)))
}
