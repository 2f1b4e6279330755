package policy

import (
	"cmp"
	"slices"

	"elyco/internal/school"
)

// Exceeds names the first action, in the order of names, in which members of a profile go farther than the actor in the
// actor's scope. It is false when there is none: whatever the profile shows, the actor may see.
func (p *Policy) Exceeds(a school.Actor, s school.Profile) (room, action string, exceeds bool) {
	acts := make([]act, 0, len(p.defaults))
	for one := range p.defaults {
		acts = append(acts, one)
	}
	if o := p.overlay(a.Scope); o != nil {
		for one := range o.rows {
			if p.defaults[one] == nil {
				acts = append(acts, one)
			}
		}
	}
	slices.SortFunc(acts, func(a, b act) int { return cmp.Or(cmp.Compare(a.room, b.room), cmp.Compare(a.action, b.action)) })
	for _, one := range acts {
		own, _ := p.decide(a, one.room, one.action)
		if width[p.row(a.Scope, one)[p.places[s]]] > width[own] {
			return one.room, one.action, true
		}
	}
	return "", "", false
}
