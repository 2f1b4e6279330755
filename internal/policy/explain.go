package policy

import (
	"context"
	"fmt"

	"github.com/casbin/casbin/v2"

	"elyco/internal/school"
	"elyco/internal/session"
)

// Reason is the line that decided, for the person who asks why a page shows or refuses.
type Reason struct {
	Allowed      bool
	Room, Action string
	Profile      school.Profile   // the profile that the line names
	Reach        Reach            // how far it goes, None when it refuses
	Set          *Set             // who changed the line; nil: it is the default of the service
	Default      Reach            // of the same line; None when there is none
	Profiles     []school.Profile // who may here, when the asker may not
}

// Explain asks casbin itself, and names the line that decides for the actor of ctx: the one that allows the widest
// reach, or else the change that takes the right away.
func (p *Policy) Explain(ctx context.Context, room, action string) (Reason, error) {
	actor, a := session.Actor(ctx), act{room, action}
	r := Reason{Room: room, Action: action, Reach: None, Default: None}
	judge, dom, made := p.judge, everywhere, []Delta(nil)
	if o := p.overlay(actor.Scope); o != nil && o.rows[a] != nil {
		var err error
		if judge, err = o.judge(); err != nil {
			return Reason{}, err
		}
		dom, made = o.domain(), o.made
	}
	_, by := p.decide(actor, room, action)
	subjects := actor.Subjects()
	if by != "" {
		subjects = []school.Profile{by}
	}
	for _, s := range subjects {
		if err := p.consult(&r, judge, dom, made, a, s); err != nil {
			return Reason{}, err
		}
		if r.Profile != "" {
			break
		}
	}
	if r.Allowed {
		return r, nil
	}
	for i, s := range school.Subjects() {
		if reaches := p.row(actor.Scope, a); reaches != nil && width[reaches[i]] > 0 {
			r.Profiles = append(r.Profiles, s)
		}
	}
	return r, nil
}

// consult asks casbin for one subject and fills the reason when a line decides. An overlay holds only the defaults that
// a change touches: for the others the judge of the defaults is asked.
func (p *Policy) consult(r *Reason, judge *casbin.Enforcer, dom string, made []Delta, a act, s school.Profile) error {
	ok, found, err := judge.EnforceEx(string(s), dom, a.room, a.action)
	if err == nil && len(found) == 0 && judge != p.judge {
		ok, found, err = p.judge.EnforceEx(string(s), everywhere, a.room, a.action)
	}
	if err != nil {
		return fmt.Errorf("ask the policy judge: %w", err)
	}
	if len(found) == 0 {
		return nil
	}
	r.Allowed, r.Profile, r.Reach, r.Default = ok, s, Reach(found[4]), orNone(p.shipped(a, s))
	for _, d := range made {
		if d.Room == a.room && d.Action == a.action && d.Profile == s && domain(d.Scope) == found[1] {
			r.Set = &Set{d, p.territory.ByID(d.Scope)}
		}
	}
	return nil
}
