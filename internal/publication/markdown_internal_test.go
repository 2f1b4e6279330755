package publication

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestNothingHostileIsRendered(t *testing.T) {
	m := newMarkdown()
	for _, body := range []string{
		`<script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `[x](javascript:alert(1))`, `[x](JaVaScRiPt:alert(1))`,
		`[x](&#106;avascript:alert(1))`, `[x](data:text/html,<script>alert(1)</script>)`, `[x](vbscript:msgbox)`, `<javascript:alert(1)>`,
		`![x](x" onerror="alert(1))`, `![x](https://tracker.example/p.gif)`, `<svg/onload=alert(1)>`, `<iframe src="https://x"></iframe>`,
		`<a href="/x" hx-post="/logout" hx-trigger="load">x</a>`, `<div data-hx-get="/x" class="dialog" style="position:fixed" id="to">x</div>`,
		"`<script>alert(1)</script>`", "```html\" onmouseover=\"alert(1)\n<b>\n```", `[x](https://a.example "t\" onclick=\"alert(1)")`,
		`<style>@import 'x'</style>`, `<form action="//evil"><input name=p></form>`, `[a]: javascript:alert(1)` + "\n\n[a]", `<math><mtext><script>alert(1)</script>`,
		"| a |\n|:-:|\n| <img src=x onerror=alert(1)> |", `<a href="java` + "\n" + `script:alert(1)">x</a>`, `<base href="//evil">`, `<meta http-equiv=refresh content=0>`,
		"[x](\x01javascript:alert(1))", `<!--><script>alert(1)</script>-->`, `&lt;script&gt;alert(1)&lt;/script&gt;`,
	} {
		out, err := m.render(body)
		if err != nil {
			t.Errorf("%q: %v", body, err)
		}
		harmless(t, body, out)
	}
}

// harmless parses what a browser would and looks for anything that runs, styles, loads or speaks to the server.
func harmless(t *testing.T, body, out string) {
	t.Helper()
	allowed := regexp.MustCompile(`^(p|br|hr|h[234]|ul|ol|li|blockquote|strong|em|del|code|pre|table|thead|tbody|tr|th|td|a)$`)
	link := regexp.MustCompile(`^(https?://|mailto:|tel:|/|#|[^:]*$)`)
	z := html.NewTokenizer(strings.NewReader(out))
	for z.Next() != html.ErrorToken {
		tok := z.Token()
		if tok.Type == html.TextToken || tok.Type == html.EndTagToken {
			continue
		}
		if !allowed.MatchString(tok.Data) {
			t.Errorf("%q gives the element %q", body, tok.Data)
		}
		for _, a := range tok.Attr {
			if a.Key != "href" && a.Key != "rel" || a.Key == "href" && !link.MatchString(a.Val) {
				t.Errorf("%q gives %s=%q", body, a.Key, a.Val)
			}
		}
	}
}

func TestTextIsRendered(t *testing.T) {
	for body, want := range map[string]string{
		"# Titre":                         "<h2>Titre</h2>\n",
		"**gras** et *penché*":            "<p><strong>gras</strong> et <em>penché</em></p>\n",
		"- un\n- deux":                    "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>\n",
		"[ici](https://exemple.fr/a)":     `<p><a href="https://exemple.fr/a" rel="noopener noreferrer nofollow">ici</a></p>` + "\n",
		"Voir https://exemple.fr":         `<p>Voir <a href="https://exemple.fr" rel="noopener noreferrer nofollow">https://exemple.fr</a></p>` + "\n",
		"1 < 2 & l’été":                   "<p>1 &lt; 2 &amp; l’été</p>\n",
		"<p>à lire</p>":                   "<p>&lt;p&gt;à lire&lt;/p&gt;</p>\n",
		"Avec <br> on va à la ligne":      "<p>Avec &lt;br&gt; on va à la ligne</p>\n",
		"<script>x</script> et la suite":  "<p>&lt;script&gt;x&lt;/script&gt; et la suite</p>\n",
		"| a | b |\n|---|--:|\n| 1 | 2 |": "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n",
	} {
		if got, err := newMarkdown().render(body); err != nil || got != want {
			t.Errorf("%q: %q, %v", body, got, err)
		}
	}
}

// TestLongTextsAreRendered goes through the shapes on which parsers of Markdown have taken quadratic time: at the largest
// size that is accepted such a parser would meet the test run's own limit.
func TestLongTextsAreRendered(t *testing.T) {
	m := newMarkdown()
	for _, piece := range []string{"[", "*a ", "> ", "![a](", "`", "| a ", "<a ", "_*", "- "} {
		body := strings.Repeat(piece, maxBody/len(piece))
		if _, err := m.render(body); err != nil {
			t.Error(err)
		}
	}
}

func TestCleanName(t *testing.T) {
	for name, want := range map[string]string{
		"Règlement.pdf":                   "Règlement.pdf",
		"../../etc/passwd":                "-..-etc-passwd",
		`C:\Users\x\a.doc`:                "C--Users-x-a.doc",
		"a\r\nSet-Cookie: x.txt":          "aSet-Cookie- x.txt",
		"a\u202egpj.exe":                  "agpj.exe",
		"":                                "fichier",
		"...":                             "fichier",
		strings.Repeat("é", 150) + ".pdf": strings.Repeat("é", 98) + ".pdf",
		"nul\x00octet.txt":                "nuloctet.txt",
	} {
		if got := cleanName(name); got != want || len(got) > maxName {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}
