package policy

import (
	"fmt"
	"slices"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Line is what one profile may do with one action in one space, with all that decided it.
type Line struct {
	Room, Action string
	Profile      school.Profile
	Default      Reach   // None: nobody of the profile, unless a space gives it
	Offers       []Reach // what an establishment may give beside the default
	Kept         bool    // never changed
	Above        []Set   // by the spaces above, from the top
	Own          *Set    // by the space itself, even when a space above has closed the line since
	Inherited    Reach   // what would hold here without Own
	Effective    Reach   // what holds here

	kind tenant.Kind
}

// Set is a change with the space that made it.
type Set struct {
	Delta
	Space *tenant.Tenant
}

// Line describes a line in the space t. There is none when the room neither grants nor offers the action to the
// profile.
func (p *Policy) Line(t *tenant.Tenant, room, action string, s school.Profile) (Line, bool) {
	a := act{room, action}
	l := Line{Room: room, Action: action, Profile: s, Default: orNone(p.shipped(a, s)), Offers: p.offers(a, s), Kept: p.kept(a, s), kind: t.Kind}
	if l.Default == None && len(l.Offers) == 0 {
		return Line{}, false
	}
	now := p.changed.Load()
	for space := t; space != nil; space = space.Parent {
		i := slices.IndexFunc(now.deltas[space.ID], func(d Delta) bool { return d.Room == room && d.Action == action && d.Profile == s })
		if i < 0 {
			continue
		}
		set := Set{now.deltas[space.ID][i], space}
		if space == t {
			l.Own = &set
			continue
		}
		l.Above = append(l.Above, set)
	}
	slices.Reverse(l.Above)
	l.Effective, l.Inherited = p.held(t.ID, a, s), l.Default
	if t.Parent != nil {
		l.Inherited = p.held(t.Parent.ID, a, s)
	}
	return l, true
}

// held is what a profile may do in a scope, None when nothing.
func (p *Policy) held(scope school.ScopeID, a act, s school.Profile) Reach {
	if r := p.row(scope, a); r != nil {
		return orNone(r[p.places[s]])
	}
	return None
}

func orNone(r Reach) Reach {
	if r == "" {
		return None
	}
	return r
}

// Differing counts the spaces below t that changed the line themselves, and names them in the order of the territory.
func (p *Policy) Differing(t *tenant.Tenant, l Line) []*tenant.Tenant {
	now := p.changed.Load()
	var spaces []*tenant.Tenant
	for _, below := range t.Children() {
		if slices.ContainsFunc(now.deltas[below.ID], func(d Delta) bool {
			return d.Room == l.Room && d.Action == l.Action && d.Profile == l.Profile
		}) {
			spaces = append(spaces, below)
		}
		spaces = append(spaces, p.Differing(below, l)...)
	}
	return spaces
}

// Changes counts the lines of a room that the space itself changed, and those that the spaces above it changed.
func (p *Policy) Changes(t *tenant.Tenant, room string) (own, above int) {
	now := p.changed.Load()
	for space := t; space != nil; space = space.Parent {
		for _, d := range now.deltas[space.ID] {
			switch {
			case d.Room != room:
			case space == t:
				own++
			default:
				above++
			}
		}
	}
	return own, above
}

// ClosedBy is the space above that left nothing to decide here, or nil.
func (l Line) ClosedBy() *tenant.Tenant {
	for _, s := range l.Above {
		if s.Closed {
			return s.Space
		}
	}
	return nil
}

// Open reports whether the space may change the line at all.
func (l Line) Open() bool { return !l.Kept && l.ClosedBy() == nil }

// MayClose reports whether there are spaces below for whom the line could be closed.
func (l Line) MayClose() bool { return l.kind != tenant.KindEstablishment }

// Choices lists the reaches that the space may set, None first. A space above the establishments may only narrow the
// default, or give it back; an establishment may take what the room offers.
func (l Line) Choices() []Reach {
	reaches := append([]Reach{l.Default}, l.Offers...)
	reaches = slices.DeleteFunc(reaches, func(r Reach) bool {
		return r == None || (l.MayClose() && width[r] > width[l.Default])
	})
	slices.SortFunc(reaches, func(a, b Reach) int { return width[a] - width[b] })
	return append([]Reach{None}, reaches...)
}

// Check refuses a change that the space may not make, with a sentence that says why. Inherited gives the line back.
func (l Line) Check(reach Reach, closed bool) error {
	switch {
	case l.Kept:
		return fault.New(fault.Forbidden, "Ce droit ne peut être retiré à personne : sans lui, plus personne ne pourrait entrer ou rétablir les droits.")
	case l.ClosedBy() != nil:
		return fault.New(fault.Forbidden, fmt.Sprintf("Cette règle est verrouillée par « %s » : elle ne peut pas être changée ici.", l.ClosedBy().Name))
	case closed && !l.MayClose():
		return fault.Field("closed", "Aucun espace ne dépend du vôtre : il n’y a rien à verrouiller.")
	case closed && reach == Inherited:
		return fault.Field("closed", "Pour verrouiller cette règle, choisissez d’abord ce qu’elle permet.")
	case reach != Inherited && !slices.Contains(l.Choices(), reach):
		return fault.Field("reach", "Choisissez une des propositions de la liste.")
	}
	return nil
}

// After is what holds here once the space has set the line to reach.
func (l Line) After(reach Reach) Reach {
	if reach == Inherited {
		return l.Inherited
	}
	return reach
}

// Stands reports whether the line already is what the change would make it.
func (l Line) Stands(reach Reach, closed bool) bool {
	if l.Own == nil {
		return reach == Inherited
	}
	return l.Own.Reach == reach && l.Own.Closed == closed
}
