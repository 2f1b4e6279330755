// Package policy decides what each profile may do. Rooms ship defaults; the academy, a collectivity and an
// establishment change single lines of them. Casbin is the only judge: it is asked once for every question that a line
// touches, and the answers are held in maps, so that a decision costs a look-up. The reach of the line that decides
// (own children, own classes, the establishment) drives the filter of the data.
package policy

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/casbin/casbin/v2"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// Reach is how far a grant goes: of whom, and of what.
type Reach string

// The reaches, from the narrowest.
const (
	Self          Reach = "self"
	Children      Reach = "children"
	Classes       Reach = "classes"
	Sections      Reach = "sections"
	Establishment Reach = "establishment"
	Collectivity  Reach = "collectivity"
	Academy       Reach = "academy"
)

// None is the reach of a line that refuses, Inherited that of a change which gives a line back to the spaces above.
// Can and For never return them.
const (
	None      Reach = "none"
	Inherited Reach = "inherited"
)

var width = map[Reach]int{Self: 1, Children: 2, Classes: 3, Sections: 4, Establishment: 5, Collectivity: 6, Academy: 7}

// Grant is a default that ships with a room: these profiles may do the action, this far.
type Grant struct {
	Action   string
	Reach    Reach
	Profiles []school.Profile
}

// Allow states a grant the way it reads: Allow("read", Children, Guardian).
func Allow(action string, reach Reach, profiles ...school.Profile) Grant {
	return Grant{Action: action, Reach: reach, Profiles: profiles}
}

// act is an action of a room; row is how far each subject may go in it, in the order of school.Subjects.
type (
	act struct{ room, action string }
	row []Reach
)

// Territory finds a space by its number. The registry is one.
type Territory interface {
	ByID(id school.ScopeID) *tenant.Tenant
}

// Policy answers from the compiled rules. It is safe for concurrent use.
type Policy struct {
	judge     *casbin.Enforcer // knows the defaults alone
	grants    map[string][]Grant
	limits    map[act]Limit
	defaults  map[act]row
	places    map[school.Profile]int
	territory Territory
	db        *db.DB

	loading sync.Mutex // one reads and swaps at a time, so that the older reading never comes last
	ignored int        // lines of the last reading that no room knows any more
	changed atomic.Pointer[changed]
}

// New compiles the rooms' grants, by room name, and what the rooms say of how they may be changed. A grant for an
// unknown profile or reach is refused. Until Follow or Load has read what spaces changed, the defaults hold.
func New(rooms map[string][]Grant, limits ...Limit) (*Policy, error) {
	p := &Policy{grants: rooms, limits: map[act]Limit{}, defaults: map[act]row{}, places: map[school.Profile]int{}}
	for i, s := range school.Subjects() {
		p.places[s] = i
	}
	var lines []line
	for room, grants := range rooms {
		for _, g := range grants {
			if width[g.Reach] == 0 {
				return nil, fmt.Errorf("room %s grants %q with unknown reach %q", room, g.Action, g.Reach)
			}
			for _, s := range g.Profiles {
				if _, known := p.places[s]; !known {
					return nil, fmt.Errorf("room %s grants %q to unknown profile %q", room, g.Action, s)
				}
				lines = append(lines, line{s, everywhere, act{room, g.Action}, g.Reach})
			}
		}
	}
	widestFirst(lines)
	for _, l := range limits {
		if err := p.limit(l); err != nil {
			return nil, err
		}
	}
	var err error
	if p.judge, err = newJudge(lines, nil); err != nil {
		return nil, err
	}
	p.changed.Store(&changed{})
	return p, p.compileDefaults(lines)
}

// Over gives the policy the database where spaces keep their changes, and the territory that says which space lies
// below which. It is called once, before the first request.
func (p *Policy) Over(d *db.DB, t Territory) { p.db, p.territory = d, t }

// compileDefaults asks casbin every question that a default could answer; what no line names is refused.
func (p *Policy) compileDefaults(lines []line) error {
	for _, l := range lines {
		reach, err := ask(p.judge, l.subject, everywhere, l.act)
		if err != nil {
			return err
		}
		r := p.defaults[l.act]
		if r == nil {
			r = make(row, len(p.places))
			p.defaults[l.act] = r
		}
		r[p.places[l.subject]] = reach
	}
	return nil
}

// Can reports whether the actor of ctx may do the action of the room, and how far: the widest reach of the actor's
// profiles here. No actor, no rule: no.
func (p *Policy) Can(ctx context.Context, room, action string) (Reach, bool) {
	return p.For(session.Actor(ctx), room, action)
}

// For answers for a given actor in the actor's scope, as menus and counts ask.
func (p *Policy) For(a school.Actor, room, action string) (Reach, bool) {
	best, _ := p.decide(a, room, action)
	return best, best != ""
}

func (p *Policy) decide(a school.Actor, room, action string) (Reach, school.Profile) {
	r := p.row(a.Scope, act{room, action})
	if r == nil {
		return "", ""
	}
	var best Reach
	var by school.Profile
	for _, s := range a.Subjects() {
		if reach := r[p.places[s]]; width[reach] > width[best] {
			best, by = reach, s
		}
	}
	return best, by
}

// row is how far each subject may go in a scope, or nil when nobody may.
func (p *Policy) row(scope school.ScopeID, a act) row {
	if o := p.overlay(scope); o != nil {
		if r, touched := o.rows[a]; touched {
			return r
		}
	}
	return p.defaults[a]
}
