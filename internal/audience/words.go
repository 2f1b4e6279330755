package audience

import (
	"fmt"
	"slices"
	"strings"

	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// Words says who is meant, as a person would: "les responsables légaux et les élèves des 12 collèges de Vendée, niveau
// 6e". The sentence needs French grammar more than a dictionary, so it is composed here.
func (c Choices) Words(a Audience) string {
	if a.Empty() {
		return "personne pour le moment"
	}
	if a.Whole {
		return "tout le monde, " + c.whole()
	}
	who := profileWords(a.Profiles)
	if c.From.Kind == tenant.KindEstablishment {
		return who + c.tied(a)
	}
	return who + " " + c.places(a) + levelWords(a.Levels, ", ")
}

func (c Choices) whole() string {
	switch c.From.Kind {
	case tenant.KindEstablishment:
		return "dans l’établissement"
	case tenant.KindCollectivity:
		return "dans tous les établissements" + ofTerritory(c.From)
	}
	return "dans toute l’académie"
}

func profileWords(list []school.Profile) string {
	if len(list) == 0 {
		return "toutes les personnes"
	}
	var names []string
	for _, p := range school.Profiles() {
		if slices.Contains(list, p) {
			names = append(names, Profile(p))
		}
	}
	return join(names)
}

// Profile names the people of a profile, with the article: "les élèves".
func Profile(p school.Profile) string {
	switch p {
	case school.Pupil:
		return "les élèves"
	case school.Guardian:
		return "les responsables légaux"
	case school.Teacher:
		return "les enseignants"
	case school.Head:
		return "la direction"
	case school.SchoolLife:
		return "la vie scolaire"
	case school.Administrative:
		return "les personnels administratifs"
	case school.Technical:
		return "les personnels techniques"
	case school.Health:
		return "les personnels de santé et sociaux"
	case school.Librarian:
		return "les professeurs documentalistes"
	case school.Collectivity:
		return "les agents de la collectivité"
	case school.AcademyAgent:
		return "les agents de l’académie"
	case school.Tutor:
		return "les tuteurs de stage"
	case school.Guest:
		return "les invités"
	}
	return string(p)
}

// tied says the classes, groups and levels; these add up, as the keys do.
func (c Choices) tied(a Audience) string {
	var parts []string
	if len(a.Levels) > 0 {
		parts = append(parts, levelWords(a.Levels, ""))
	}
	if names := c.names(len(a.Classes), func(i int) string { return c.className(a.Classes[i]) }); len(names) > 0 {
		parts = append(parts, plural(len(names), "classe ", "classes ")+join(names))
	}
	if names := c.names(len(a.Groups), func(i int) string { return c.groupName(a.Groups[i]) }); len(names) > 0 {
		parts = append(parts, plural(len(names), "groupe ", "groupes ")+join(names))
	}
	if len(parts) == 0 {
		return " de l’établissement"
	}
	return " (" + join(parts) + ")"
}

func (c Choices) names(n int, name func(int) string) []string {
	var out []string
	for i := range n {
		if s := name(i); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func levelWords(levels []string, before string) string {
	if len(levels) == 0 {
		return ""
	}
	return before + plural(len(levels), "niveau ", "niveaux ") + join(levels)
}

func (c Choices) places(a Audience) string {
	spaces := a.Spaces(c.From)
	n := countEstablishments(spaces)
	named := len(a.Establishments)
	if len(a.Natures)+len(a.Departments) == 0 && named > 0 {
		return c.establishmentNames(a)
	}
	out := "des " + words.Number(n) + " " + establishmentWords(n, a.Natures, named > 0)
	if len(a.Departments) > 0 {
		var names []string
		for _, d := range a.Departments {
			names = append(names, departmentWords(d))
		}
		return out + " " + join(names)
	}
	return out + ofTerritory(c.From)
}

func (c Choices) establishmentNames(a Audience) string {
	const enough = 3
	if len(a.Establishments) > enough {
		return "de " + words.Number(len(a.Establishments)) + " établissements choisis"
	}
	var names []string
	for _, id := range a.Establishments {
		if t := below(c.From, id); t != nil {
			names = append(names, t.Name)
		}
	}
	return plural(len(names), "de l’établissement ", "des établissements ") + join(names)
}

func establishmentWords(n int, natures []string, more bool) string {
	if len(natures) != 1 || more {
		return plural(n, "établissement", "établissements")
	}
	return NatureWords(natures[0], n)
}

// NatureWords names n establishments of a nature: "collèges".
func NatureWords(nature string, n int) string {
	switch nature {
	case "college":
		return plural(n, "collège", "collèges")
	case "lycee":
		return plural(n, "lycée", "lycées")
	case "lp":
		return plural(n, "lycée professionnel", "lycées professionnels")
	case "lpo":
		return plural(n, "lycée polyvalent", "lycées polyvalents")
	case "lgt":
		return plural(n, "lycée général et technologique", "lycées généraux et technologiques")
	case "erea":
		return "EREA"
	}
	return plural(n, "établissement", "établissements")
}

func ofTerritory(t *tenant.Tenant) string {
	switch {
	case t.Kind == tenant.KindAcademy:
		return " de l’académie"
	case t.Nature == "region":
		return " de la Région"
	case t.Department != "":
		return " " + departmentWords(t.Department)
	}
	return " du Département"
}

// DepartmentName names a department of the academy; another one keeps its number.
func DepartmentName(code string) string {
	switch code {
	case "44":
		return "Loire-Atlantique"
	case "49":
		return "Maine-et-Loire"
	case "53":
		return "Mayenne"
	case "72":
		return "Sarthe"
	case "85":
		return "Vendée"
	}
	return "département " + code
}

func departmentWords(code string) string {
	name := DepartmentName(code)
	switch code {
	case "49":
		return "du " + name
	case "53", "72":
		return "de la " + name
	case "44", "85":
		return "de " + name
	}
	return "du " + name
}

// Words says the estimate: "2 314 personnes dans 12 établissements".
func (e Estimate) Words() string {
	s := words.Number(e.People) + "\u00a0" + plural(e.People, "personne", "personnes")
	if e.Establishments > 1 {
		s += " dans " + words.Number(e.Establishments) + "\u00a0établissements"
	}
	return s
}

// Dated says when the figure was taken, when it is not of this instant.
func (e Estimate) Dated() string {
	if e.AsOf.IsZero() {
		return ""
	}
	return fmt.Sprintf("Chiffre du dernier décompte, le %s.", words.DateTime(e.AsOf))
}

func plural(n int, one, other string) string {
	if n < 2 {
		return one
	}
	return other
}

func join(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " et " + names[last]
}
