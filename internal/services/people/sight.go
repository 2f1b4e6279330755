package people

import (
	"github.com/google/uuid"

	"elyco/internal/school"
)

// contacts are the staff to whom everybody in a school may turn.
func contacts() []school.Profile {
	return []school.Profile{school.Head, school.SchoolLife, school.Administrative, school.Health, school.Librarian}
}

// sight is whom somebody sees: everybody, or the contacts and some profiles in some classes and groups.
type sight struct {
	Everybody bool
	Near      []school.Profile // seen in the classes and groups below
	Classes   []school.ClassID
	Groups    []school.GroupID
}

// near says whom the actor sees who does not see everybody: with classmates, a pupil sees those of the own classes and
// groups. A guardian sees the teachers of the children's classes, and no other family.
func near(a school.Actor, classmates bool) sight {
	s := sight{Near: []school.Profile{school.Teacher}}
	for _, m := range a.Here {
		if classmates && m.Profile == school.Pupil {
			s.Near = []school.Profile{school.Teacher, school.Pupil}
		}
		s = s.with(m.Classes, m.Groups)
		for _, c := range m.Children {
			s = s.with(c.Classes, c.Groups)
		}
	}
	return s
}

func (s sight) with(classes []school.ClassRef, groups []school.GroupRef) sight {
	for _, c := range classes {
		s.Classes = append(s.Classes, c.ID)
	}
	for _, g := range groups {
		s.Groups = append(s.Groups, g.ID)
	}
	return s
}

func (s sight) classIDs() []uuid.UUID {
	ids := make([]uuid.UUID, 0, len(s.Classes))
	for _, c := range s.Classes {
		ids = append(ids, c.UUID)
	}
	return ids
}
