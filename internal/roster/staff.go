package roster

import (
	"strings"

	"elyco/internal/words"
)

// functions says what people call their staff, and the function of the academy's list that it is. The first word that the
// text holds decides, so that narrower words stand first.
var functions = []struct{ word, code, label string }{
	{"documentaliste", "DOC", "Documentation"},
	{"conseiller principal", "EDU", "Vie scolaire"}, {"conseillere principale", "EDU", "Vie scolaire"}, {"cpe", "EDU", "Vie scolaire"},
	{"assistant d education", "AED", "Assistant d’éducation"}, {"assistante d education", "AED", "Assistant d’éducation"}, {"aed", "AED", "Assistant d’éducation"},
	{"surveillan", "AED", "Assistant d’éducation"}, {"aesh", "AES", "Accompagnement"}, {"avs", "AES", "Accompagnement"}, {"accompagn", "AES", "Accompagnement"},
	{"vie scolaire", "EDU", "Vie scolaire"},
	{"chef de travaux", "CTR", "Direction déléguée aux formations"}, {"ddfpt", "CTR", "Direction déléguée aux formations"},
	{"secretaire", "ADM", "Administration"}, {"secretariat", "ADM", "Administration"}, {"gestionnaire", "ADF", "Gestion"}, {"comptab", "ADF", "Gestion"},
	{"intendan", "ADF", "Gestion"}, {"administrati", "ADM", "Administration"}, {"accueil", "ADM", "Administration"},
	{"infirmi", "MDS", "Santé et social"}, {"assistant social", "MDS", "Santé et social"}, {"assistante sociale", "MDS", "Santé et social"}, {"medecin", "MDS", "Santé et social"},
	{"psy", "PSY", "Psychologue"}, {"orientation", "ORI", "Orientation"},
	{"laborat", "LAB", "Laboratoire"}, {"technicien", "TEC", "Personnel technique"}, {"agent", "OUV", "Personnel technique"}, {"cuisin", "OUV", "Personnel technique"},
	{"maintenance", "OUV", "Personnel technique"}, {"entretien", "OUV", "Personnel technique"},
	{"enseignant", "ENS", "Enseignement"}, {"prof", "ENS", "Enseignement"}, {"formateur", "ENS", "Enseignement"}, {"formatrice", "ENS", "Enseignement"},
	{"direct", "DIR", "Direction"}, {"chef d etablissement", "DIR", "Direction"}, {"cheffe d etablissement", "DIR", "Direction"}, {"proviseur", "DIR", "Direction"},
	{"principal", "DIR", "Direction"},
}

// functionOf finds the function that a text names; false for one that nobody knows.
func functionOf(text string) (code, label string, known bool) {
	folded := " " + words.Fold(text) + " "
	for _, code := range []string{"ENS", "DOC", "DIR", "EDU", "AED", "AES", "ADM", "ADF", "MDS", "PSY", "TEC", "OUV", "LAB"} {
		if folded == " "+strings.ToLower(code)+" " {
			return code, strings.TrimSpace(text), true
		}
	}
	for _, f := range functions {
		// A word of the list begins a word of the text: "agent" is no part of "engagement".
		if strings.Contains(folded, " "+f.word) {
			return f.code, f.label, true
		}
	}
	return "", "", false
}

func (c *compiler) member() bool {
	p, there := c.person(StaffID)
	if !there {
		return false
	}
	m := Member{Line: c.line.Number, Person: p, Code: "ENS", Function: "Enseignement", Subject: c.text(Subject), Classes: c.codes(Classes), Forms: c.codes(Form)}
	if text := c.text(Function); text != "" {
		code, label, known := functionOf(text)
		if !known {
			return c.leave(Function, "La fonction « "+clip(text)+" » est inconnue : écrivez par exemple professeur, CPE, surveillant, secrétaire ou direction. La ligne n’est pas lue.")
		}
		m.Code, m.Function = code, label
	} else if _, column := c.mapping[Function]; column {
		return c.leave(Function, "La fonction manque : la ligne n’est pas lue.")
	}
	if strings.ContainsAny(m.Subject, ",;/") && len(m.Classes) > 0 {
		c.wrong(Subject, "Plusieurs matières sont indiquées : les classes sont importées sans dire laquelle y est enseignée.")
		m.Subject = ""
	}
	c.list.Staff = append(c.list.Staff, m)
	return true
}
