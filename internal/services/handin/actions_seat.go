package handin

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/policy"
	"elyco/internal/school"
)

// judge is the policy, which says what an actor may do in the room and how far.
type judge interface {
	For(a school.Actor, room, action string) (policy.Reach, bool)
}

// seat is what somebody is to one box.
type seat struct {
	author   bool // opens everything
	follows  bool // reads who has given
	gives    bool // hands in
	children []school.ChildRef
}

func (s seat) none() bool { return !s.author && !s.follows && !s.gives && len(s.children) == 0 }

// seatAt judges each membership by itself: who teaches one class and has a child in another does not teach the child's.
func seatAt(j judge, a school.Actor, b Box) (s seat) {
	for _, m := range a.Here {
		one := a
		one.Here = []school.Membership{m}
		tied := tiedTo(m.Classes, m.Groups, b.Target)
		if _, ok := j.For(one, name, create); ok && b.Author == a.Person {
			s.author = true
		}
		if reach, ok := j.For(one, name, follow); ok && (reach == policy.Establishment || reach == policy.Classes && tied) {
			s.follows = true
		}
		if _, ok := j.For(one, name, deposit); ok && m.Profile == school.Pupil && tied {
			s.gives = true
		}
		if reach, ok := j.For(one, name, read); ok && reach == policy.Children {
			for _, c := range m.Children {
				if tiedTo(c.Classes, c.Groups, b.Target) {
					s.children = append(s.children, c)
				}
			}
		}
	}
	return s
}

func tiedTo(classes []school.ClassRef, groups []school.GroupRef, t Target) bool {
	if t.Kind == drive.Class {
		return slices.ContainsFunc(classes, func(c school.ClassRef) bool { return c.ID.UUID == t.ID })
	}
	return slices.ContainsFunc(groups, func(g school.GroupRef) bool { return g.ID.UUID == t.ID })
}

// targets lists the classes and groups that the actor may ask work of.
func targets(j judge, a school.Actor) []Target {
	var all []Target
	for _, m := range a.Here {
		one := a
		one.Here = []school.Membership{m}
		if _, ok := j.For(one, name, create); !ok {
			continue
		}
		for _, c := range m.Classes {
			all = append(all, Target{drive.Class, c.ID.UUID, c.Name})
		}
		for _, g := range m.Groups {
			all = append(all, Target{drive.Group, g.ID.UUID, g.Name})
		}
	}
	slices.SortStableFunc(all, func(a, b Target) int { return cmp.Compare(a.Name, b.Name) })
	return slices.Compact(all)
}

// circle says which boxes a list shows: all, those that the actor made, and those asked of these classes and groups.
type circle struct {
	all     bool
	places  []uuid.UUID
	persons []uuid.UUID // whose deposits count: the actor, or the children
}

func circleOf(j judge, a school.Actor) (c circle) {
	for _, m := range a.Here {
		one := a
		one.Here = []school.Membership{m}
		if reach, ok := j.For(one, name, follow); ok {
			c.all = c.all || reach == policy.Establishment
			if reach == policy.Classes {
				c.add(m.Classes, m.Groups)
			}
		}
		if _, ok := j.For(one, name, deposit); ok && m.Profile == school.Pupil {
			c.add(m.Classes, m.Groups)
			c.persons = append(c.persons, a.Person.UUID)
		}
		if reach, ok := j.For(one, name, read); ok && reach == policy.Children {
			for _, k := range m.Children {
				c.add(k.Classes, k.Groups)
				c.persons = append(c.persons, k.ID.UUID)
			}
		}
	}
	return c
}

func (c *circle) add(classes []school.ClassRef, groups []school.GroupRef) {
	for _, k := range classes {
		c.places = append(c.places, k.ID.UUID)
	}
	for _, g := range groups {
		c.places = append(c.places, g.ID.UUID)
	}
}
