package demo

import (
	"encoding/binary"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/school"
)

// parent is a guardian as the family knows it.
type parent struct {
	person *person
	kind   string // mother, father, step_parent, grandparent, guardian
	rank   int
	apart  bool // does not live with the children
}

// family is one or two guardians, sometimes three, and the name that the children bear.
type family struct {
	origin   *origin
	name     string
	parents  []parent
	children []*member // in the space that is being filled
	here     map[*person]*member
	youngest int // year of birth of the youngest child so far
	star     bool
}

// newFamily makes the guardians. Their number is what makes 1.4 persons for a pupil once brothers and sisters share them.
func (s *space) newFamily() *family {
	o := s.names.origin(s.rng)
	f := &family{origin: o, name: pick(s.rng, o.families)}
	born := s.year.StartsOn.Year() - s.between(39, 57)
	other := f.name
	if s.chance(450) {
		other = pick(s.rng, s.names.origin(s.rng).families)
	}
	first, second := woman, man
	switch n := s.rng.IntN(1000); {
	case n < 15:
		second = woman
	case n < 25:
		first = man
	}
	one := s.guardian(o, other, first, born)
	if s.chance(20) {
		one.kind, one.rank = "grandparent", 1
		f.name, f.parents = one.person.family, []parent{one}
		return f
	}
	f.parents = append(f.parents, one)
	if s.chance(290) {
		f.name = one.person.family
		return f
	}
	two := s.guardian(o, f.name, second, born-s.between(-2, 8))
	two.rank, two.apart = 2, s.chance(240)
	f.parents = append(f.parents, two)
	if other != f.name {
		f.name = s.childrensName(f.name, other)
	}
	if two.apart && s.chance(120) {
		from := s.names.origin(s.rng)
		step := s.guardian(from, pick(s.rng, from.families), man, born)
		step.kind, step.rank = "step_parent", 0
		f.parents = append(f.parents, step)
	}
	return f
}

func (s *space) guardian(o *origin, name string, k kin, born int) parent {
	kind := "mother"
	if !k.female() {
		kind = "father"
	}
	p := s.newPerson(s.names.given(s.rng, o, k), name, k, born)
	p.phone = phoneOf(p.id)
	return parent{person: p, kind: kind, rank: 1}
}

// phoneOf gives two in three a number of those that are kept free for stories: nobody's telephone rings.
func phoneOf(id uuid.UUID) string {
	n := binary.BigEndian.Uint32(id[12:])
	if n%3 == 0 {
		return ""
	}
	return fmt.Sprintf("+3363998%04d", n%10000)
}

// childrensName says what the children of two names are called.
func (s *space) childrensName(father, mother string) string {
	switch n := s.rng.IntN(100); {
	case n < 12:
		return mother + "-" + father
	case n < 22:
		return mother
	}
	return father
}

// child makes a child of the family, with a given name that no brother or sister here bears.
func (s *space) child(f *family, year int) *person {
	k := girl
	if s.chance(510) {
		k = boy
	}
	given := s.names.given(s.rng, f.origin, k)
	for taken := true; taken; {
		taken = false
		for _, c := range f.children {
			if c.given == given {
				taken, given = true, s.names.given(s.rng, f.origin, k)
			}
		}
	}
	f.youngest = max(f.youngest, year)
	return s.newPerson(given, f.name, k, year)
}

// enrol puts a pupil into a class: a brother or a sister of somebody here, of somebody of another school, or of nobody.
func (s *space) enrol(c *class, carried *carry) *member {
	f := s.sibling(c)
	if f == nil {
		f = carried.takeStar(s, c)
	}
	if f == nil {
		f = carried.takeFamily(s)
	}
	if f == nil {
		f = s.newFamily()
		s.byFamily = append(s.byFamily, f)
	}
	repeats := 0
	if s.chance(30) {
		repeats = 1
	}
	m := s.join(s.child(f, s.year.StartsOn.Year()-c.level.age-repeats), school.Pupil, "", c.level.past)
	m.classes = []*class{c}
	f.children = append(f.children, m)
	s.bind(f, m)
	return m
}

// sibling finds, now and then, a family whose youngest child here is older than this class: levels are filled from the
// youngest to the eldest, so the families met are those of younger children.
func (s *space) sibling(c *class) *family {
	if len(s.byFamily) == 0 || !s.chance(170) {
		return nil
	}
	f := pick(s.rng, s.byFamily)
	last := f.children[len(f.children)-1]
	if f.star || len(f.children) > 2 || last.classes[0].level == c.level {
		return nil
	}
	return f
}

// bind ties a child to the guardians of the family, who become members when they are not yet.
func (s *space) bind(f *family, child *member) {
	if f.here == nil {
		f.here = map[*person]*member{}
	}
	for _, p := range f.parents {
		g := f.here[p.person]
		if g == nil {
			g = s.join(p.person, school.Guardian, "", child.classes[0].level.past)
			f.here[p.person] = g
		}
		if child.starts.Before(g.starts) {
			g.starts = child.starts
		}
		s.ties = append(s.ties, tie{child: child, guardian: g, kind: p.kind, rank: p.rank, livesWith: !p.apart,
			pays: p.rank == 1 || p.rank == 2 && !p.apart, pickUp: true, excluded: p.apart && s.chance(4)})
	}
}
