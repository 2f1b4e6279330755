package demo

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"elyco/internal/school"
)

// passport is what a session knows of a person. It is what issue_passports computes, made here because the people are
// at hand: a million of them would keep the database busy for minutes.
type passport struct {
	person *person
	body   []byte
}

// passports makes those of the people who are new with this space. Whoever belongs to other spaces too has one issued
// by the database at the end.
func (s *space) passports() ([]passport, error) {
	children := s.followed()
	memberships := map[*person][]school.Membership{}
	for _, m := range s.members {
		if m.ends.IsZero() || !m.ends.Before(s.today) {
			memberships[m.person] = append(memberships[m.person], s.membership(m, children[m]))
		}
	}
	out := make([]passport, len(s.persons))
	for i, p := range s.persons {
		list := memberships[p]
		slices.SortFunc(list, func(a, b school.Membership) int { return cmp.Compare(a.Profile, b.Profile) })
		if list == nil {
			list = []school.Membership{}
		}
		body, err := json.Marshal(list)
		if err != nil {
			return nil, fmt.Errorf("write the passport of %s: %w", p.id, err)
		}
		out[i] = passport{person: p, body: body}
	}
	return out, nil
}

// followed lists the children whom each guardian may follow today.
func (s *space) followed() map[*member][]*member {
	children := make(map[*member][]*member, len(s.ties))
	for _, t := range s.ties {
		if !t.excluded && t.child.ends.IsZero() {
			children[t.guardian] = append(children[t.guardian], t.child)
		}
	}
	return children
}

func (s *space) membership(m *member, children []*member) school.Membership {
	out := school.Membership{Scope: s.tenant.ID, Profile: m.profile, Admin: m.admin, Sections: m.sections, Classes: classRefs(m.classes), Groups: groupRefs(m.groups)}
	for _, c := range children {
		out.Children = append(out.Children, school.ChildRef{ID: school.PersonID{UUID: c.id}, Name: c.given,
			Classes: classRefs(c.classes), Groups: groupRefs(c.groups)})
	}
	slices.SortFunc(out.Children, func(a, b school.ChildRef) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

func classRefs(classes []*class) []school.ClassRef {
	var refs []school.ClassRef
	for _, c := range classes {
		refs = append(refs, school.ClassRef{ID: school.ClassID{UUID: c.id}, Name: c.name, Level: c.level.name})
	}
	slices.SortFunc(refs, func(a, b school.ClassRef) int { return cmp.Compare(a.Name, b.Name) })
	return refs
}

func groupRefs(groups []*group) []school.GroupRef {
	var refs []school.GroupRef
	for _, g := range groups {
		refs = append(refs, school.GroupRef{ID: school.GroupID{UUID: g.id}, Name: g.name})
	}
	slices.SortFunc(refs, func(a, b school.GroupRef) int { return cmp.Compare(a.Name, b.Name) })
	return refs
}

// without forgets the people who are in the database already, and what hangs on them.
func (s *space) without(known map[uuid.UUID]bool) {
	if len(known) == 0 {
		return
	}
	s.persons = slices.DeleteFunc(s.persons, func(p *person) bool { return known[p.id] })
	s.members = slices.DeleteFunc(s.members, func(m *member) bool { return known[m.id] })
}
