package tenant

import (
	"fmt"
	"io/fs"
	"net/mail"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	academyFile        = "academy.yaml"
	collectivityFile   = "collectivity.yaml"
	establishmentsFile = "establishments.tsv"

	maxName         = 120
	maxPresentation = 400
)

// LoadTerritory reads the territory from a folder laid out like tenants/. When anything is wrong it returns every
// problem that it found and an empty territory: a territory is loaded whole or not at all.
func LoadTerritory(fsys fs.FS) (Territory, []Problem) {
	l := loader{fsys: fsys, codes: map[UAI]string{}, places: map[string]string{}, funded: map[string]string{}}
	l.academy()
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		l.report(Problem{File: ".", Sentence: "ce dossier ne peut pas être lu"})
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			l.collectivity(e.Name())
		}
	}
	if len(l.problems) == 0 && len(l.territory.Collectivities) == 0 {
		l.report(Problem{File: ".", Sentence: "aucun dossier de collectivité ici"})
	}
	if len(l.problems) > 0 {
		return Territory{}, l.problems
	}
	return l.territory, nil
}

// loader gathers what the files say, and remembers across files what must not occur twice.
type loader struct {
	fsys      fs.FS
	territory Territory
	problems  []Problem
	codes     map[UAI]string    // where each code was seen
	places    map[string]string // where each name in a city was seen
	funded    map[string]string // which folder funds the collèges of a department
}

func (l *loader) report(p Problem) { l.problems = append(l.problems, p) }

func (l *loader) academy() {
	a := &l.territory.Academy
	var waves []map[string]any
	at := l.readFields(academyFile, []field{
		{name: "slug", into: &a.Slug}, {name: "name", into: &a.Name}, {name: "code", into: &a.Code},
		{name: "departments", into: &a.Departments}, {name: "calendar_zone", into: &a.CalendarZone},
		{name: "contact_email", into: &a.ContactEmail}, {name: "presentation", into: &a.Presentation},
		{name: "deployment", into: &waves},
	})
	if at == nil {
		return
	}
	at.named(a.Slug, a.Name, a.Presentation, a.ContactEmail)
	at.refuse("code", a.Code == "", "le code de l’académie manque")
	at.refuse("departments", len(a.Departments) == 0, "il faut au moins un département")
	at.refuse("calendar_zone", !slices.Contains([]string{"A", "B", "C"}, a.CalendarZone),
		"la zone de vacances est A, B ou C")
	a.Deployment = l.deployment(at, waves)
}

func (l *loader) deployment(at *fields, waves []map[string]any) []WaveTotal {
	at.refuse("deployment", len(waves) == 0, "le plan de déploiement est vide")
	var plan []WaveTotal
	for i, w := range waves {
		year, _ := w["school_year"].(string)
		public, okPublic := w["public"].(int)
		private, okPrivate := w["private"].(int)
		nth := fmt.Sprintf("l’année %d du plan ", i+1)
		if !okPublic || !okPrivate || public < 0 || private < 0 || len(w) != 3 {
			at.fault("deployment", nth+"doit donner school_year, public et private, et rien d’autre")
			continue
		}
		if schoolYearStart(year) == 0 {
			at.fault("deployment", nth+"doit être une année scolaire comme 2009-2010")
			continue
		}
		if len(plan) > 0 && plan[len(plan)-1].SchoolYear >= year {
			at.fault("deployment", nth+"doit suivre la précédente")
			continue
		}
		plan = append(plan, WaveTotal{SchoolYear: year, Public: public, Private: private})
	}
	return plan
}

func (l *loader) collectivity(folder string) {
	var c Collectivity
	r := &c.Retention
	at := l.readFields(path.Join(folder, collectivityFile), []field{
		{name: "slug", into: &c.Slug}, {name: "name", into: &c.Name}, {name: "kind", into: &c.Kind},
		{name: "department", into: &c.Department, optional: true}, {name: "theme", into: &c.Theme},
		{name: "services", into: &c.Services}, {name: "contact_email", into: &c.ContactEmail},
		{name: "presentation", into: &c.Presentation},
		{name: "retention", nested: []field{
			{name: "account_days", into: &r.AccountDays}, {name: "journal_days", into: &r.JournalDays},
			{name: "school_life_years", into: &r.SchoolLifeYears}, {name: "export_hours", into: &r.ExportHours},
		}},
	})
	if at == nil {
		return
	}
	at.named(c.Slug, c.Name, c.Presentation, c.ContactEmail)
	at.refuse("slug", c.Slug != folder, fmt.Sprintf("« %s » doit être le nom du dossier, « %s »", excerpt(c.Slug), folder))
	at.refuse("theme", !ValidSlug(c.Theme), "ce n’est pas un nom de thème : minuscules, chiffres et traits d’union")
	at.refuse("services", len(c.Services) == 0, "il faut au moins un service")
	at.retention(c.Retention)
	l.funder(at, c, folder)
	c.Establishments = l.establishments(c, folder)
	l.territory.Collectivities = append(l.territory.Collectivities, c)
}

// funder checks what a collectivity funds: a département has one department of the academy, which no other has.
func (l *loader) funder(at *fields, c Collectivity, folder string) {
	switch c.Kind {
	case Region:
		at.refuse("department", c.Department != "", "une région n’a pas de département à elle : retirer ce champ")
	case Departement:
		if !l.territory.Academy.has(c.Department) {
			at.refuse("department", c.Department == "", "le code du département manque")
			at.refuse("department", c.Department != "", outsideSentence(c.Department))
			return
		}
		first, taken := l.funded[c.Department]
		at.refuse("department", taken, fmt.Sprintf("les collèges du %s sont déjà ceux de « %s »", c.Department, first))
		l.funded[c.Department] = folder
	default:
		at.fault("kind", fmt.Sprintf("« %s » n’est pas compris : écrire region ou departement", excerpt(c.Kind)))
	}
}

// has reports whether a department is of the academy. While the academy's own file is at fault, all are: one fault is
// not told on every line.
func (a Academy) has(department string) bool {
	return len(a.Departments) == 0 || slices.Contains(a.Departments, department)
}

func outsideSentence(department string) string {
	return fmt.Sprintf("« %s » n’est pas un département de l’académie", excerpt(department))
}

// named checks what the academy and a collectivity have in common.
func (f *fields) named(slug, name, presentation, email string) {
	f.refuse("slug", !ValidSlug(slug), slugSentence(slug))
	f.refuse("name", nameSentence(name) != "", nameSentence(name))
	f.refuse("presentation", utf8.RuneCountInString(presentation) > maxPresentation,
		fmt.Sprintf("la présentation dépasse %d caractères", maxPresentation))
	address, err := mail.ParseAddress(email)
	f.refuse("contact_email", err != nil || address.Address != email, "ce n’est pas une adresse électronique")
}

// The law and the data protection authority set the outer limits; a collectivity chooses inside.
func (f *fields) retention(r Retention) {
	within := func(name string, v, least, most int) {
		f.refuse(name, v < least || v > most, fmt.Sprintf("%d n’est pas entre %d et %d", v, least, most))
	}
	within("retention.account_days", r.AccountDays, 1, 90)
	within("retention.journal_days", r.JournalDays, 180, 365)
	within("retention.school_life_years", r.SchoolLifeYears, 1, 5)
	within("retention.export_hours", r.ExportHours, 1, 168)
}

func slugSentence(slug string) string {
	if slug == "" {
		return "le nom d’hôte manque"
	}
	return fmt.Sprintf("« %s » ne convient pas à une adresse : minuscules sans accent, chiffres et traits d’union, "+
		"%d au plus, et pas un nom réservé", excerpt(slug), MaxSlug)
}

// nameSentence says what is wrong with a name or a city, and is empty when nothing is.
func nameSentence(name string) string {
	if name == "" {
		return "le nom manque"
	}
	if n := utf8.RuneCountInString(name); n > maxName {
		return fmt.Sprintf("le nom est trop long : %d caractères, %d au plus", n, maxName)
	}
	if hasStrayRunes(name) {
		return "le nom contient un caractère invisible ou deux espaces de suite"
	}
	return ""
}
