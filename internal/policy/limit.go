package policy

import (
	"fmt"
	"slices"

	"elyco/internal/school"
)

// Offer says that an establishment may let these profiles do an action this far, though the default does not, or goes
// another way. A room offers only what its filter of the data honours.
type Offer struct {
	Reach    Reach
	Profiles []school.Profile
}

// UpTo states an offer the way it reads: UpTo(Classes, Pupil).
func UpTo(reach Reach, profiles ...school.Profile) Offer {
	return Offer{Reach: reach, Profiles: profiles}
}

// Limit is what may be changed in an action beside refusing it or giving its default back: nothing, unless the room
// offers it. What is kept is never changed: nobody can be locked out of the way in, or of the page of rights itself.
type Limit struct {
	Room, Action string
	Offers       []Offer
	Kept         []school.Profile
}

func (p *Policy) limit(l Limit) error {
	a := act{l.Room, l.Action}
	granted := func(s school.Profile) bool {
		return slices.ContainsFunc(p.grants[l.Room], func(g Grant) bool { return g.Action == l.Action && slices.Contains(g.Profiles, s) })
	}
	for _, o := range l.Offers {
		if width[o.Reach] == 0 {
			return fmt.Errorf("room %s offers %q with unknown reach %q", l.Room, l.Action, o.Reach)
		}
		for _, s := range o.Profiles {
			if _, known := p.places[s]; !known {
				return fmt.Errorf("room %s offers %q to unknown profile %q", l.Room, l.Action, s)
			}
		}
	}
	for _, s := range l.Kept {
		if !granted(s) {
			return fmt.Errorf("room %s keeps %q for %q, who does not have it", l.Room, l.Action, s)
		}
	}
	p.limits[a] = l
	return nil
}

// offers lists what an establishment may give a profile beside the default, from the narrowest.
func (p *Policy) offers(a act, s school.Profile) []Reach {
	var reaches []Reach
	for _, o := range p.limits[a].Offers {
		if slices.Contains(o.Profiles, s) && o.Reach != p.shipped(a, s) && !slices.Contains(reaches, o.Reach) {
			reaches = append(reaches, o.Reach)
		}
	}
	slices.SortFunc(reaches, func(a, b Reach) int { return width[a] - width[b] })
	return reaches
}

func (p *Policy) kept(a act, s school.Profile) bool { return slices.Contains(p.limits[a].Kept, s) }

// honours reports whether the rooms still know a line, so that a change made under an earlier release does not outlive
// what it was about.
func (p *Policy) honours(d Delta) bool {
	a := act{d.Room, d.Action}
	if _, known := p.places[d.Profile]; !known || p.kept(a, d.Profile) {
		return false
	}
	shipped, offers := p.shipped(a, d.Profile), p.offers(a, d.Profile)
	if d.Reach == None {
		return shipped != "" || len(offers) > 0
	}
	return d.Reach == shipped || slices.Contains(offers, d.Reach)
}
