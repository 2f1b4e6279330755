package demo

import (
	"slices"

	"elyco/internal/school"
)

// carry holds who of the establishments filled so far may also belong to the next ones of the same department: families
// with a child in another school, teachers who teach in two.
type carry struct {
	families []*family
	teachers map[string][]*person // by subject
	star     *family              // the family of the ready-made accounts, for the school of its elder child
}

func newCarry() *carry { return &carry{teachers: map[string][]*person{}} }

// most bounds what waits for a next establishment.
const most = 4000

// carryOver leaves to the next establishments some of the families and of the teachers who are here.
func (s *space) carryOver(c *carry) {
	for _, f := range s.byFamily {
		if f.star {
			c.star = f.away()
			continue
		}
		if s.chance(130) && len(c.families) < most {
			c.families = append(c.families, f.away())
		}
	}
	for _, m := range s.members {
		if m.profile == school.Teacher && m.form == nil && !slices.Contains(s.shared, m.id) && s.chance(60) {
			c.teachers[m.function] = append(c.teachers[m.function], m.person)
		}
	}
}

// away is the family as another school meets it.
func (f *family) away() *family {
	return &family{origin: f.origin, name: f.name, parents: f.parents, star: f.star}
}

// takeFamily gives, now and then, a family that has a child in another school.
func (c *carry) takeFamily(s *space) *family {
	if len(c.families) == 0 || !s.chance(110) {
		return nil
	}
	f := c.families[len(c.families)-1]
	c.families = c.families[:len(c.families)-1]
	s.welcome(f)
	return f
}

// welcome notes that the family's guardians are members of two spaces.
func (s *space) welcome(f *family) {
	for _, p := range f.parents {
		s.shared = append(s.shared, p.person.id)
	}
	s.byFamily = append(s.byFamily, f)
}

func (c *carry) takeTeacher(subject string) *person {
	waiting := c.teachers[subject]
	if len(waiting) == 0 {
		return nil
	}
	c.teachers[subject] = waiting[:len(waiting)-1]
	return waiting[len(waiting)-1]
}
