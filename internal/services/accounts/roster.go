package accounts

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"elyco/internal/school"
	"elyco/internal/words"
)

// Member is somebody of the space, with all profiles that the person has here.
type Member struct {
	Person   school.PersonID
	Given    string
	Family   string
	Profiles []school.Profile
	Classes  []school.ClassRef // one's own, or those of one's children
	Leaving  bool              // the latest feed does not know the person here any more: the days of grace run
	Children []string          // given names of a guardian's children, to tell sheets apart

	// How the account stands.
	Login  string
	State  State
	SeenAt time.Time
	Reason string
	Reach  string // a shown address
}

// Name is how pages call the person.
func (m Member) Name() string { return m.Given + " " + m.Family }

// State is how far somebody has come in.
type State string

// The states. None has no account yet; Coded has a code that serves.
const (
	None    State = "none"
	Pending State = "pending"
	Coded   State = "coded"
	Active  State = "active"
	Blocked State = "blocked"
)

// States lists them in the order in which people come in.
func States() []State { return []State{None, Pending, Coded, Active, Blocked} }

// Audience is one of the three kinds of people to whom sheets go.
type Audience string

// The audiences.
const (
	Pupils    Audience = "pupils"
	Guardians Audience = "guardians"
	Staff     Audience = "staff"
)

// Audiences lists them.
func Audiences() []Audience { return []Audience{Pupils, Guardians, Staff} }

// Has reports whether the person belongs to the audience.
func (m Member) Has(a Audience) bool {
	return slices.ContainsFunc(m.Profiles, func(p school.Profile) bool { return audienceOf(p) == a })
}

func audienceOf(p school.Profile) Audience {
	switch p {
	case school.Pupil:
		return Pupils
	case school.Guardian:
		return Guardians
	}
	return Staff
}

// In reports whether the person belongs to a class, or has a child there.
func (m Member) In(c school.ClassID) bool {
	return slices.ContainsFunc(m.Classes, func(r school.ClassRef) bool { return r.ID == c })
}

// Filter is what somebody looks for. Zero values leave everybody.
type Filter struct {
	Text     string
	Audience Audience
	State    State
	Class    school.ClassID
	After    school.PersonID // the last one of the page before
}

const pageSize = 25

// Pick gives a page of those who fit, in the order of the roster, and whether more follow.
func (f Filter) Pick(roster []Member) (page []Member, more bool, total int) {
	wanted := strings.Fields(words.Fold(f.Text))
	started := f.After == school.PersonID{}
	for _, m := range roster {
		if !f.fits(m, wanted) {
			continue
		}
		total++
		switch {
		case !started:
			started = m.Person == f.After
		case len(page) < pageSize:
			page = append(page, m)
		default:
			more = true
		}
	}
	return page, more, total
}

func (f Filter) fits(m Member, wanted []string) bool {
	if f.Audience != "" && !m.Has(f.Audience) || f.State != "" && m.State != f.State || (f.Class != school.ClassID{}) && !m.In(f.Class) {
		return false
	}
	name := words.Fold(m.Name() + " " + m.Login)
	return !slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(name, w) })
}

// Line is how far the people of one class and audience have come in. The class is zero for people without one.
type Line struct {
	Class    school.ClassRef
	Audience Audience
	People   int
	Active   int
	Coded    int
}

// Count makes a line for each audience of each class, and one for the staff of the whole space, in the order of classes.
func Count(roster []Member) []Line {
	type key struct {
		class    school.ClassID
		audience Audience
	}
	lines := map[key]*Line{}
	add := func(m Member, c school.ClassRef, a Audience) {
		k := key{c.ID, a}
		if lines[k] == nil {
			lines[k] = &Line{Class: c, Audience: a}
		}
		lines[k].People++
		switch m.State {
		case Active:
			lines[k].Active++
		case Coded:
			lines[k].Coded++
		}
	}
	for _, m := range roster {
		if m.Has(Staff) {
			add(m, school.ClassRef{}, Staff)
		}
		for _, a := range []Audience{Pupils, Guardians} {
			if !m.Has(a) {
				continue
			}
			if len(m.Classes) == 0 {
				add(m, school.ClassRef{}, a)
			}
			for _, c := range m.Classes {
				add(m, c, a)
			}
		}
	}
	var list []Line
	for _, l := range lines {
		list = append(list, *l)
	}
	slices.SortFunc(list, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Class.Name, b.Class.Name), cmp.Compare(slices.Index(Audiences(), a.Audience), slices.Index(Audiences(), b.Audience)))
	})
	return list
}

// Part is one document of a printing: the people of one audience in one class.
type Part struct {
	Class    school.ClassRef
	Audience Audience
}

// Parts lists the documents of a printing for one class or, when it is zero, for the whole space.
func Parts(roster []Member, class school.ClassID, audiences []Audience) []Part {
	var parts []Part
	for _, l := range Count(roster) {
		if slices.Contains(audiences, l.Audience) && (class == school.ClassID{} || l.Class.ID == class) {
			parts = append(parts, Part{l.Class, l.Audience})
		}
	}
	return parts
}

// Of lists the people of a part. Somebody with children in two classes, or who teaches and has a child here, gets one sheet:
// in the first part, for a second code would end the first.
func (p Part) Of(roster []Member, before []Part) []Member {
	var list []Member
	for _, m := range roster {
		if p.holds(m) && !slices.ContainsFunc(before, func(b Part) bool { return b.holds(m) }) {
			list = append(list, m)
		}
	}
	return list
}

func (p Part) holds(m Member) bool {
	if !m.Has(p.Audience) {
		return false
	}
	if p.Class.ID == (school.ClassID{}) {
		return p.Audience == Staff || len(m.Classes) == 0
	}
	return m.In(p.Class.ID)
}
