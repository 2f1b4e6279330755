package drive

import (
	"slices"

	"github.com/google/uuid"

	"elyco/internal/policy"
	"elyco/internal/school"
)

// roleIn is what the policy gives the actor in a space, before any folder or share says otherwise. That a class or group
// is there is not asked here.
func (d *Drive) roleIn(v visit, s SpaceRef) Role {
	switch s.Kind {
	case Box:
		if s.Scope == v.here.ID && s == v.trust.box {
			return v.trust.role
		}
	case Personal:
		if s.Scope == v.here.Academy().ID && s.Owner == v.actor.Person.UUID && d.may(v.actor, Own) {
			return Editor
		}
	case Common:
		if s.Scope != v.here.ID || s.Owner != uuid.Nil {
			return None
		}
		if d.may(v.actor, Keep) {
			return Editor
		}
		if d.may(v.actor, House) {
			return View
		}
	case Class, Group:
		if s.Scope != v.here.ID {
			return None
		}
		for _, g := range []struct {
			action string
			role   Role
		}{{Edit, Editor}, {Deposit, Add}, {Read, View}} {
			if d.reaches(v.actor, g.action, s) {
				return g.role
			}
		}
	}
	return None
}

func (d *Drive) may(a school.Actor, action string) bool {
	_, ok := d.judge.For(a, Room, action)
	return ok
}

// wide reports whether a reach covers every space of the scope.
func wide(r policy.Reach) bool {
	return r == policy.Establishment || r == policy.Collectivity || r == policy.Academy
}

// reaches asks the policy for each membership by itself: who teaches one class and has a child in another does not teach
// the child's.
func (d *Drive) reaches(a school.Actor, action string, s SpaceRef) bool {
	for _, m := range a.Here {
		one := a
		one.Here = []school.Membership{m}
		reach, ok := d.judge.For(one, Room, action)
		if ok && (wide(reach) || reach == policy.Classes && tied(m.Classes, m.Groups, s) || reach == policy.Children && followed(m, s)) {
			return true
		}
	}
	return false
}

func followed(m school.Membership, s SpaceRef) bool {
	return slices.ContainsFunc(m.Children, func(c school.ChildRef) bool { return tied(c.Classes, c.Groups, s) })
}

func tied(classes []school.ClassRef, groups []school.GroupRef, s SpaceRef) bool {
	if s.Kind == Class {
		return slices.ContainsFunc(classes, func(c school.ClassRef) bool { return c.ID.UUID == s.Owner })
	}
	return slices.ContainsFunc(groups, func(g school.GroupRef) bool { return g.ID.UUID == s.Owner })
}

// within is the role that holds inside a folder: the one in the space, as the nearest folder that says so opens or closes
// it, and whatever was shared besides.
func within(space Role, opening Opening, shared Role) Role {
	switch {
	case opening == Open && space == View:
		space = Add
	case opening == Closed && space == Add:
		space = View
	}
	return max(space, shared)
}

// on is the role for one thing inside: its author may change it where things may be added, others may not.
func on(inside Role, folder, mine bool) Role {
	switch {
	case inside != Add:
		return inside
	case mine:
		return Editor
	case folder:
		return Add
	}
	return View
}

// chain leads from a thing up to the top of its space.
type chain []row

// opening is what the nearest folder above says, the thing itself included when it is a folder.
func (c chain) opening() Opening {
	for _, r := range c {
		if o := Opening(r.Deposit); !r.IsFile && o != Inherited {
			return o
		}
	}
	return Inherited
}

// shared is the widest role that any share on the way up gives.
func (c chain) shared() Role {
	best := None
	for _, r := range c {
		best = max(best, Role(r.Shared))
	}
	return best
}

func (c chain) trashed() bool {
	return slices.ContainsFunc(c, func(r row) bool { return r.TrashedAt != nil })
}

// visible cuts away what stands above the topmost share, for those who came by it.
func (c chain) visible(space Role) chain {
	if space != None {
		return c
	}
	for i := len(c) - 1; i >= 0; i-- {
		if c[i].Shared > 0 {
			return c[:i+1]
		}
	}
	return nil
}

// roles gives the role inside a folder (or beside a file) and the one on the thing that the chain begins with.
func (c chain) roles(space Role, actor school.PersonID) (inside, self Role) {
	inside = within(space, c.opening(), c.shared())
	if len(c) == 0 {
		return inside, inside
	}
	// A folder's own opening says what may be put into it, not what may be done to it.
	around := within(space, c[1:].opening(), c.shared())
	self = on(around, !c[0].IsFile, c[0].by(actor))
	if !c[0].IsFile && self < Editor {
		self = inside
	}
	return inside, self
}
