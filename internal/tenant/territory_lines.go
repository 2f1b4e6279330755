package tenant

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// madeUpMark ends the name of an establishment that does not exist, so that nobody mistakes it for one that does.
const madeUpMark = "(exemple)"

func establishmentColumns() []string {
	return []string{"uai", "provisional", "made_up", "slug", "nature", "sector", "name", "city", "department", "wave", "pilot"}
}

// line is one line of an establishments file while it is read.
type line struct {
	loader *loader
	file   string
	number int
	cells  map[string]string
}

func (n *line) refuse(column string, wrong bool, sentence string) {
	if wrong {
		n.fault(column, sentence)
	}
}

func (n *line) fault(column, sentence string) {
	n.loader.report(Problem{File: n.file, Line: n.number, Column: column, Sentence: sentence})
}

func (n *line) where() string { return fmt.Sprintf("la ligne %d de %s", n.number, n.file) }

func (n *line) yes(column string) bool {
	v := n.cells[column]
	n.refuse(column, v != "yes" && v != "no", fmt.Sprintf("« %s » n’est pas compris : écrire yes ou no", excerpt(v)))
	return v == "yes"
}

// establishments reads the establishments that the collectivity of a folder funds.
func (l *loader) establishments(c Collectivity, folder string) []Establishment {
	file := path.Join(folder, establishmentsFile)
	content, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		l.report(Problem{File: file, Sentence: "ce fichier manque ou ne peut pas être lu"})
		return nil
	}
	lines := strings.Split(strings.TrimPrefix(string(content), "\ufeff"), "\n")
	header := strings.Split(strings.TrimRight(lines[0], "\r"), "\t")
	if !l.header(file, header) {
		return nil
	}
	var all []Establishment
	slugs := map[string]int{}
	for i, text := range lines[1:] {
		text = strings.TrimRight(text, "\r")
		if strings.TrimSpace(text) == "" {
			continue
		}
		n := &line{loader: l, file: file, number: i + 2}
		if !n.split(text, header) {
			continue
		}
		e := n.establishment()
		n.checkFunder(e, c)
		n.checkUnique(e, slugs)
		all = append(all, e)
	}
	return all
}

func (l *loader) header(file string, header []string) bool {
	before := len(l.problems)
	for _, want := range establishmentColumns() {
		if !slices.Contains(header, want) {
			l.report(Problem{File: file, Line: 1, Column: want, Sentence: "cette colonne manque"})
		}
	}
	for i, got := range header {
		if !slices.Contains(establishmentColumns(), got) {
			l.report(Problem{File: file, Line: 1, Column: excerpt(got), Sentence: "cette colonne n’existe pas"})
		}
		if slices.Contains(header[:i], got) {
			l.report(Problem{File: file, Line: 1, Column: excerpt(got), Sentence: "cette colonne est là deux fois"})
		}
	}
	return len(l.problems) == before
}

func (n *line) split(text string, header []string) bool {
	if !utf8.ValidString(text) {
		n.fault("", "cette ligne n’est pas en UTF-8 : enregistrer le fichier en UTF-8")
		return false
	}
	cells := strings.Split(text, "\t")
	if len(cells) != len(header) {
		n.fault("", fmt.Sprintf("cette ligne a %d colonnes au lieu de %d", len(cells), len(header)))
		return false
	}
	n.cells = map[string]string{}
	for i, name := range header {
		n.cells[name] = strings.TrimSpace(cells[i])
	}
	return true
}

func (n *line) establishment() Establishment {
	code, err := ParseUAI(n.cells["uai"])
	if err != nil {
		n.fault("uai", err.Error())
	}
	e := Establishment{
		UAI: code, Provisional: n.yes("provisional"), MadeUp: n.yes("made_up"), Pilot: n.yes("pilot"),
		Slug: n.cells["slug"], Nature: n.cells["nature"], Sector: n.cells["sector"], Name: n.cells["name"],
		City: n.cells["city"], Department: n.cells["department"], Wave: n.cells["wave"],
	}
	n.checkWords(e)
	n.checkPlan(e)
	n.refuse("uai", code != "" && code.Department() != e.Department,
		fmt.Sprintf("le code %s est du département %s, pas du %s", code, code.Department(), excerpt(e.Department)))
	return e
}

func (n *line) checkWords(e Establishment) {
	n.refuse("slug", !ValidSlug(e.Slug), slugSentence(e.Slug))
	n.refuse("nature", natureFamily(e.Nature) == "",
		fmt.Sprintf("« %s » n’est pas compris : écrire college, lycee, lp, lpo, legt, lgt ou erea", excerpt(e.Nature)))
	n.refuse("sector", e.Sector != "public" && e.Sector != "private",
		fmt.Sprintf("« %s » n’est pas compris : écrire public ou private", excerpt(e.Sector)))
	n.refuse("name", nameSentence(e.Name) != "", nameSentence(e.Name))
	n.refuse("city", nameSentence(e.City) != "", strings.Replace(nameSentence(e.City), "le nom", "le nom de la commune", 1))
	marked := strings.HasSuffix(e.Name, madeUpMark)
	n.refuse("name", e.MadeUp && !marked, "le nom d’un établissement inventé doit finir par « "+madeUpMark+" »")
	n.refuse("made_up", !e.MadeUp && marked, "le nom dit que l’établissement est inventé : écrire yes ici")
	n.refuse("provisional", e.MadeUp && e.Provisional,
		"le code d’un établissement inventé n’attend pas de code national : écrire no ici")
}

func (n *line) checkPlan(e Establishment) {
	a := n.loader.territory.Academy
	n.refuse("department", !a.has(e.Department), outsideSentence(e.Department))
	if schoolYearStart(e.Wave) == 0 {
		n.fault("wave", fmt.Sprintf("« %s » n’est pas une année scolaire comme 2009-2010", excerpt(e.Wave)))
		return
	}
	if len(a.Deployment) == 0 {
		return
	}
	planned := slices.ContainsFunc(a.Deployment, func(w WaveTotal) bool { return w.SchoolYear == e.Wave })
	n.refuse("wave", !planned, e.Wave+" n’est pas une année du plan de déploiement")
	n.refuse("pilot", e.Pilot && planned && e.Wave != a.Deployment[0].SchoolYear,
		"un établissement pilote ouvre la première année du plan")
}

// checkFunder holds an establishment to the law: the Région funds lycées, a département its own collèges.
func (n *line) checkFunder(e Establishment, c Collectivity) {
	family := natureFamily(e.Nature)
	if family == "" {
		return
	}
	college := family == "college"
	n.refuse("nature", c.Kind == Region && college, "un collège est financé par son département, pas par la région")
	n.refuse("nature", c.Kind == Departement && !college, "un lycée est financé par la région, pas par un département")
	n.refuse("department", c.Kind == Departement && e.Department != c.Department,
		fmt.Sprintf("un collège du %s n’est pas financé par le département %s", excerpt(e.Department), c.Department))
}

func (n *line) checkUnique(e Establishment, slugs map[string]int) {
	if first, taken := slugs[e.Slug]; taken && e.Slug != "" {
		n.fault("slug", fmt.Sprintf("« %s » est déjà celui de la ligne %d", excerpt(e.Slug), first))
	}
	slugs[e.Slug] = n.number
	if first, taken := n.loader.codes[e.UAI]; taken && e.UAI != "" {
		n.fault("uai", fmt.Sprintf("%s est déjà le code de %s", e.UAI, first))
	}
	n.loader.codes[e.UAI] = n.where()
	place := fold(e.Name) + "|" + fold(e.City)
	if first, taken := n.loader.places[place]; taken && e.Name != "" {
		n.fault("name", "le même nom dans la même commune est déjà à "+first)
	}
	n.loader.places[place] = n.where()
}
