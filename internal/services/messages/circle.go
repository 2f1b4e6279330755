package messages

import (
	"slices"

	"github.com/google/uuid"

	"elyco/internal/school"
)

// What a space may open to an author: profiles, everywhere in the school or only around the author's own classes and
// groups. A guardian's own are those of the children.
const (
	ownTeachers  = "own_teachers"
	teachers     = "teachers"
	heads        = "heads"
	schoolLife   = "school_life"
	staff        = "staff"
	ownPupils    = "own_pupils"
	pupils       = "pupils"
	ownGuardians = "own_guardians"
	guardians    = "guardians"
)

func reaches() []string {
	return []string{ownTeachers, teachers, heads, schoolLife, staff, ownPupils, pupils, ownGuardians, guardians}
}

// Circle is whom an author may write to: some profiles in the whole school, others near the author's classes and groups.
type Circle struct {
	Wide   []string
	Near   []string
	Places []uuid.UUID
}

func (c *Circle) open(reach string) {
	switch reach {
	case teachers:
		c.Wide = append(c.Wide, string(school.Teacher))
	case ownTeachers:
		c.Near = append(c.Near, string(school.Teacher))
	case heads:
		c.Wide = append(c.Wide, string(school.Head))
	case schoolLife:
		c.Wide = append(c.Wide, string(school.SchoolLife))
	case staff:
		c.Wide = append(c.Wide, string(school.Administrative), string(school.Technical), string(school.Health), string(school.Librarian))
	case pupils:
		c.Wide = append(c.Wide, string(school.Pupil))
	case ownPupils:
		c.Near = append(c.Near, string(school.Pupil))
	case guardians:
		c.Wide = append(c.Wide, string(school.Guardian))
	case ownGuardians:
		c.Near = append(c.Near, string(school.Guardian))
	}
}

// category is the kind of author that a profile is, by which spaces decide.
func category(p school.Profile) string {
	switch {
	case p == school.Pupil, p == school.Guardian, p == school.Teacher, p == school.Technical:
		return string(p)
	case p.Adult():
		return "staff"
	}
	return "guest"
}

// categories lists the kinds of authors.
func categories() []string { return []string{"pupil", "guardian", "teacher", "technical", "staff"} }

// circleOf gathers what each membership opens. allowed says what the space opens to a kind of author.
func circleOf(a school.Actor, allowed func(category string) []string) (c Circle) {
	for _, m := range a.Here {
		kind := category(m.Profile)
		if !slices.Contains(categories(), kind) {
			continue
		}
		for _, reach := range allowed(kind) {
			c.open(reach)
		}
		c.add(m.Classes, m.Groups)
		for _, child := range m.Children {
			c.add(child.Classes, child.Groups)
		}
	}
	slices.Sort(c.Wide)
	c.Wide = slices.Compact(c.Wide)
	slices.Sort(c.Near)
	c.Near = slices.Compact(c.Near)
	return c
}

func (c *Circle) add(classes []school.ClassRef, groups []school.GroupRef) {
	for _, k := range classes {
		c.Places = append(c.Places, k.ID.UUID)
	}
	for _, g := range groups {
		c.Places = append(c.Places, g.ID.UUID)
	}
}

// Empty reports whether there is nobody to write to.
func (c Circle) Empty() bool { return len(c.Wide)+len(c.Near) == 0 }

// opensGuardians reports whether guardians may be addressed through a child: anywhere, or near.
func (c Circle) opensGuardians() (wide, near bool) {
	return slices.Contains(c.Wide, string(school.Guardian)), slices.Contains(c.Near, string(school.Guardian))
}

// rank orders the profiles of an author, so that one who is several things writes as the most official.
func rank(p school.Profile) int {
	return slices.Index([]school.Profile{school.Head, school.SchoolLife, school.Administrative, school.Teacher}, p)
}

// writesAs is the profile under which an actor writes.
func writesAs(a school.Actor) (best school.Profile) {
	for _, m := range a.Here {
		switch {
		case best == "", rank(m.Profile) >= 0 && (rank(best) < 0 || rank(m.Profile) < rank(best)), best == school.Pupil || best == school.Guardian && m.Profile.Adult():
			best = m.Profile
		}
	}
	return best
}
