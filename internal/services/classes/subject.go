package classes

import (
	"regexp"

	"github.com/google/uuid"

	"elyco/internal/fault"
)

// Subject is what is taught, as the establishment calls it.
type Subject struct {
	ID     uuid.UUID
	Code   string // national, six digits; "" for one that the establishment made up
	Label  string
	Short  string // for the grids
	Taught int    // teaching assignments of the year
}

var codeShape = regexp.MustCompile(`^[0-9]{6}$`)

// check refuses what a subject cannot be.
func (s *Subject) check() error {
	wrong := fault.Fields{}
	s.Label, s.Short = trimmed(s.Label), trimmed(s.Short)
	if n := len([]rune(s.Label)); n == 0 || n > 80 {
		wrong.Add("label", "Donnez le nom de la matière, en 80 caractères au plus.")
	}
	if len([]rune(s.Short)) > 20 {
		wrong.Add("short", "L’abréviation compte 20 caractères au plus.")
	}
	if s.Code != "" && !codeShape.MatchString(s.Code) {
		wrong.Add("code", "Le code national compte six chiffres. Laissez ce champ vide si la matière n’en a pas.")
	}
	return wrong.OrNil()
}

// Essentials are the subjects that most establishments teach, with the codes of the national nomenclature (BCN,
// N_MATIERE_ENSEIGNEE).
func Essentials() []Subject {
	list := []Subject{}
	for _, s := range [][3]string{
		{"020700", "FRANC", "Français"}, {"061300", "MATHS", "Mathématiques"}, {"043700", "HI-GE", "Histoire-géographie"},
		{"042100", "HIGCV", "Histoire-géographie, enseignement moral et civique"}, {"043800", "EMC", "Enseignement moral et civique"},
		{"030201", "AGL1", "Anglais LV1"}, {"030202", "AGL2", "Anglais LV2"}, {"030602", "ESP2", "Espagnol LV2"},
		{"030102", "ALL2", "Allemand LV2"}, {"030402", "CHI2", "Chinois LV2"}, {"020100", "LATIN", "Latin"},
		{"062900", "SVT", "Sciences de la vie et de la Terre"}, {"062300", "PH-CH", "Physique-chimie"}, {"070800", "TECHN", "Technologie"},
		{"090100", "A-PLA", "Arts plastiques"}, {"081300", "EDMUS", "Éducation musicale"}, {"100100", "EPS", "Éducation physique et sportive"},
		{"006600", "ACCPE", "Accompagnement personnalisé"}, {"008400", "VICLA", "Vie de classe"}, {"001400", "SOUTN", "Soutien"},
		{"010300", "PHILO", "Philosophie"}, {"010500", "HLPHI", "Humanités, littérature et philosophie"},
		{"050700", "SES", "Sciences économiques et sociales"}, {"065300", "G-SCI", "Enseignement scientifique"},
		{"074600", "SNTEC", "Sciences numériques et technologie"}, {"074700", "NSINF", "Numérique et sciences informatiques"},
		{"480300", "MATCO", "Mathématiques complémentaires"}, {"480400", "MATEX", "Mathématiques expertes"},
		{"312800", "PSE", "Prévention-santé-environnement"}, {"401800", "DOCUM", "Documentation"},
	} {
		list = append(list, Subject{Code: s[0], Short: s[1], Label: s[2]})
	}
	return list
}

// missing lists the essential subjects that are not among those of the space, by code.
func missing(have []Subject) []Subject {
	known := map[string]bool{}
	for _, s := range have {
		known[s.Code] = true
	}
	var list []Subject
	for _, s := range Essentials() {
		if !known[s.Code] {
			list = append(list, s)
		}
	}
	return list
}
