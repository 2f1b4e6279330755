package aaf

import "strings"

// Function is what a member of staff does in one structure.
type Function struct {
	Structure       string // join key
	Code            string // ENS, DIR, EDU …
	Label           string
	Discipline      string // code: L1300, D0010
	DisciplineLabel string
}

// Void reports whether the function says that there is none.
func (f Function) Void() bool { return f.Code == "" || f.Code == "-" }

// Lesson is a class or group that a teacher teaches; the subject may be missing.
type Lesson struct {
	Place
	Subject string // code
}

// Taught is a programme or a subject that a teacher teaches in a structure.
type Taught struct {
	Structure string
	Code      string // of a programme
	Label     string
}

// Staff is a member of staff of any kind.
type Staff struct {
	Person
	Attached      []string // structures of administration; where somebody works is said by the functions
	Functions     []Function
	Heads         []string // structures that the person heads, in recent feeds
	Classes       []Lesson
	Groups        []Lesson
	HeadOfClasses []Place // professeur principal
	Programmes    []Taught
	Subjects      []Taught
	Category      Option   // the discipline of recruitment
	Disciplines   []Option // of the post
	TeachingFlag  Flag     // recent feeds: is of a teaching body
	BeforePupils  Flag     // has services in front of pupils; wrong for half of the teachers
	Phone         string
	Mobiles       []string
}

// Staff reads a record of the category StaffMembers.
func (r *Record) Staff(tell func(Notice)) Staff {
	in := reading{r, tell}
	s := Staff{Person: in.person(), Attached: r.All("ENTPersonStructRattach"), Heads: r.All("ENTEnsFonctionDir"),
		HeadOfClasses: in.places("ENTAuxEnsClassesPrincipal"), TeachingFlag: in.flag("ENTPersonCategorieEnseignant"),
		BeforePupils: in.flag("PersEducNatPresenceDevantEleves"), Phone: r.One("telephoneNumber"), Mobiles: r.All("mobile"),
		Classes: in.lessons("ENTAuxEnsClassesMatieres", "ENTAuxEnsClasses"),
		Groups:  in.lessons("ENTAuxEnsGroupesMatieres", "ENTAuxEnsGroupes")}
	for _, p := range in.parts("ENTPersonFonctions", 5, 2) {
		s.Functions = append(s.Functions, Function{p[0], strings.ToUpper(p[1]), p[2], p[3], p[4]})
	}
	for _, p := range in.parts("ENTAuxEnsMEF", 3, 2) {
		s.Programmes = append(s.Programmes, Taught{p[0], p[1], p[2]})
	}
	for _, p := range in.parts("ENTAuxEnsMatiereEnseignEtab", 2, 2) {
		s.Subjects = append(s.Subjects, Taught{Structure: p[0], Label: p[1]})
	}
	for _, p := range in.parts("ENTAuxEnsCategoDiscipline", 2, 1) {
		s.Category = Option{p[0], p[1]}
	}
	// The code stands last here, where the category has it first.
	for _, p := range in.parts("ENTAuxEnsDisciplinesPoste", 2, 1) {
		s.Disciplines = append(s.Disciplines, Option{Label: p[0], Code: p[1]})
	}
	return s
}

// lessons reads the attribute that names subjects, and adds what only the older one without subjects knows.
func (r reading) lessons(withSubject, without string) []Lesson {
	var all []Lesson
	named := map[Place]bool{}
	for _, p := range r.parts(withSubject, 3, 2) {
		l := Lesson{Place{p[0], p[1]}, p[2]}
		all = append(all, l)
		named[l.Place] = true
	}
	for _, place := range r.places(without) {
		if !named[place] {
			all = append(all, Lesson{Place: place})
			named[place] = true
		}
	}
	return all
}

// Teaches says whether the person teaches: the feed's own word where it gives one, then services in front of pupils, then a
// function of teaching or of documentation. A "no" to services says nothing: half of the teachers have one.
func (s Staff) Teaches() bool {
	if s.TeachingFlag != Unsaid {
		return s.TeachingFlag == Yes
	}
	if s.BeforePupils == Yes {
		return true
	}
	for _, f := range s.Functions {
		if f.Code == "ENS" || f.Code == "DOC" {
			return true
		}
	}
	return false
}

// Works lists the structures where the person works, each once: those of the functions, and of the direction.
func (s Staff) Works() []string {
	var all []string
	add := func(structure string) {
		if structure != "" && !repeats(all, structure) {
			all = append(all, structure)
		}
	}
	for _, f := range s.Functions {
		if !f.Void() {
			add(f.Structure)
		}
	}
	for _, h := range s.Heads {
		add(h)
	}
	return all
}
