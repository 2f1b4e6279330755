package aaf

import (
	"strings"
	"time"
	"unicode"
)

// Boarding is how a pupil is lodged and fed.
type Boarding string

// The three ways; the labels of feeds vary with each school.
const (
	BoardingUnsaid Boarding = ""
	DayPupil       Boarding = "EXT"
	HalfBoarder    Boarding = "DP"
	Boarder        Boarding = "INT"
)

// Place is a class or a group within a structure.
type Place struct {
	Structure string // join key
	Code      string
}

// Stay is when a pupil entered or left a class.
type Stay struct {
	Place
	On time.Time
}

// Option is a subject that a pupil follows.
type Option struct{ Code, Label string }

// Pupil is a pupil.
type Pupil struct {
	Person
	INE             string
	SchoolID        string // of SIECLE; unique within a structure only
	AgriculturalID  string
	Ties            []Tie
	LivesWith       []string // join keys of the relatives at whose address the pupil lives
	Grant           Flag
	Transport       Flag
	Boarding        Boarding
	BoardingDays    int    // a week; 0 when the label does not say
	BoardingLabel   string // as written
	Status          string // SCOLAIRE, APPRENTI …
	Programme       string // MEF
	ProgrammeLabel  string
	Level           string
	Stream          string
	Options         []Option
	Structure       string // join key of the structure that administers the pupil
	Entered, Left   time.Time
	Classes         []Place // several when the pupil attends two structures
	Groups          []Place
	EnteredClasses  []Stay
	LeftClasses     []Stay
	ResponsibleSelf bool // of age: the tie to a relative of the same person opens no account
}

// Pupil reads a record of the category Pupils.
func (r *Record) Pupil(tell func(Notice)) Pupil {
	in := reading{r, tell}
	p := Pupil{Person: in.person(), INE: strings.ToUpper(r.One("ENTEleveINE")), SchoolID: r.One("ENTEleveStructRattachId"),
		AgriculturalID: r.One("ENTEleveStructureRattachIdMEN"), Ties: r.Ties(tell), LivesWith: r.All("ENTEleveAdresseRel"),
		Grant: in.flag("ENTEleveBoursier"), Transport: in.flag("ENTEleveTransport"), BoardingLabel: r.One("ENTEleveRegime"),
		Status: r.One("ENTEleveStatutEleve"), Programme: r.One("ENTEleveMEF"), ProgrammeLabel: r.One("ENTEleveLibelleMEF"),
		Level: r.One("ENTEleveNivFormation"), Stream: r.One("ENTEleveFiliere"), Structure: r.One("ENTPersonStructRattach"),
		Entered: in.date("ENTEleveDateEntreeStructRattach"), Left: in.date("ENTEleveDateSortieStructRattach"),
		Classes: in.places("ENTEleveClasses"), Groups: in.places("ENTEleveGroupes"),
		EnteredClasses: in.stays("ENTEleveDateEntreeClasses"), LeftClasses: in.stays("ENTEleveDateSortieClasses")}
	p.Boarding, p.BoardingDays = ParseBoarding(p.BoardingLabel)
	p.Options = in.options()
	for _, t := range p.Ties {
		p.ResponsibleSelf = p.ResponsibleSelf || t.Kin() == Self
	}
	return p
}

// options reads two lists that run side by side. When they do not match the codes say more.
func (r reading) options() []Option {
	labels, codes := r.All("ENTEleveEnseignements"), r.All("ENTEleveCodeEnseignements")
	side := len(labels) == len(codes)
	if !side && len(labels) > 0 && len(codes) > 0 {
		r.odd("ENTEleveCodeEnseignements", "les codes et les libellés des enseignements ne sont pas en même nombre ; seuls les codes sont lus")
	}
	var all []Option
	for i, c := range codes {
		o := Option{Code: c}
		if side {
			o.Label = labels[i]
		}
		all = append(all, o)
	}
	if len(codes) == 0 {
		for _, l := range labels {
			all = append(all, Option{Label: l})
		}
	}
	return all
}

func (r reading) places(attribute string) []Place {
	var all []Place
	for _, p := range r.parts(attribute, 2, 2) {
		all = append(all, Place{p[0], p[1]})
	}
	return all
}

func (r reading) stays(attribute string) []Stay {
	var all []Stay
	for _, p := range r.parts(attribute, 3, 3) {
		if on := r.day(attribute, p[1]); !on.IsZero() {
			all = append(all, Stay{Place{p[0], p[2]}, on})
		}
	}
	return all
}

// ParseBoarding reads a label such as "DEMI-PENSIONNAIRE DANS L'ETABLISSEMENT 4": what it says first decides, and a number
// of one digit at its end, or before "JOURS", is one of days.
func ParseBoarding(label string) (Boarding, int) {
	label = strings.ToUpper(label)
	var kind Boarding
	switch {
	case strings.HasPrefix(label, "EXT"):
		kind = DayPupil
	case strings.HasPrefix(label, "DEMI"), strings.HasPrefix(label, "DP"), strings.HasPrefix(label, "D.P"):
		kind = HalfBoarder
	case strings.HasPrefix(label, "INT"):
		kind = Boarder
	default:
		return BoardingUnsaid, 0
	}
	words := strings.FieldsFunc(label, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	last := len(words) - 1
	if last > 0 && strings.HasPrefix(words[last], "JOUR") {
		last--
	}
	if w := words[last]; len(w) == 1 && w[0] >= '1' && w[0] <= '7' {
		return kind, int(w[0] - '0')
	}
	return kind, 0
}
