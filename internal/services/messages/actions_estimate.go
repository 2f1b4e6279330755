package messages

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/search"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// Estimate is whom a draft would reach now, when, and what they have had lately.
type Estimate struct {
	People  int
	Moments []Moment // when it would be visible, to how many
	Silent  []string // names of those who have never opened their account, of the first whom it is for
	Noise   Noise    // of the families among them; zero when the actor is not of the staff
	Twins   []Twin   // of the staff
}

const (
	looked    = 200 // people of whom the accounts are looked at
	noiseSpan = 7 * 24 * time.Hour
)

// Reached works out whom a kept draft of the actor's would reach.
func (r *Room) Reached(ctx context.Context, d Draft) (e Estimate, err error) {
	a := session.Actor(ctx)
	var some []uuid.UUID
	err = r.db.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		at := tx.Now()
		if d.SendAt.After(at) {
			at = d.SendAt
		}
		m := r.mailing(ctx, a, d, at)
		if e.Moments, err = momentsOf(ctx, tx, m); err != nil {
			return err
		}
		e.Moments = gathered(e.Moments, at)
		if e.People = peopleOf(e.Moments); e.People == 0 {
			return nil
		}
		if e.People <= looked {
			if _, some, err = firstMeant(ctx, tx, m, looked); err != nil {
				return err
			}
		}
		if !writesAs(a).Adult() {
			return nil
		}
		if e.Noise, err = noiseOfMeant(ctx, tx, m, tx.Now().Add(-noiseSpan)); err != nil || d.Subject == "" || e.People < 2 {
			return err
		}
		e.Twins, err = twinsOf(ctx, tx, m, said(d), a.Person, tx.Now().Add(-noiseSpan))
		return err
	})
	if err != nil || len(some) == 0 {
		return e, fault.Doing("count whom a message is for", err)
	}
	e.Silent, err = r.silent(ctx, some)
	return e, err
}

// said is what is compared of a draft: its subject and how it begins.
func said(d Draft) string {
	runes := []rune(d.Subject + " " + d.Body)
	return string(runes[:min(len(runes), 600)])
}

// silent names those who have never opened their account.
func (r *Room) silent(ctx context.Context, some []uuid.UUID) (names []string, err error) {
	people := make([]school.PersonID, 0, len(some))
	for _, p := range some {
		people = append(people, school.PersonID{UUID: p})
	}
	active, err := r.accounts.Activated(ctx, people)
	if err != nil {
		return nil, fault.Doing("read who has an account", err)
	}
	some = slices.DeleteFunc(some, func(p uuid.UUID) bool { return active[school.PersonID{UUID: p}] })
	if len(some) == 0 {
		return nil, nil
	}
	var named []Contact
	err = r.db.Batch(ctx, func(b *db.Batch) { queueNames(b, &named, some) })
	for _, c := range named {
		names = append(names, c.Name())
	}
	slices.Sort(names)
	return names, fault.Doing("read names", err)
}

// Noise says how many messages people have had in the last seven days in the space of ctx. Rooms that write to families ask
// before they do.
func (r *Room) Noise(ctx context.Context, people []uuid.UUID) (n Noise, err error) {
	err = r.db.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		n, err = noiseOf(ctx, tx, people, tx.Now().Add(-noiseSpan))
		return err
	})
	return n, fault.Doing("count recent messages", err)
}

// reached is whom somebody may write to: figures by profile, and a part of the list.
type reached struct {
	Who         string // another person than the actor
	Heads       []Head
	List        []Contact
	Each, Daily int
}

// Reach is whom the actor may write to.
func (r *Room) Reach(ctx context.Context, profile, text, after string, last uuid.UUID) (reached, error) {
	a := session.Actor(ctx)
	v := reached{}
	v.Each, v.Daily = r.limits(ctx, a)
	return r.reach(ctx, v, r.circle(ctx, a), profile, text, after, last)
}

// ReachOf is whom another member of the school may write to, for those who may moderate. NotFound for who is none.
func (r *Room) ReachOf(ctx context.Context, who school.PersonID, profile, text, after string, last uuid.UUID) (v reached, err error) {
	if _, may := r.policy.Can(ctx, name, moderate); !may {
		return v, fault.Missing()
	}
	var memberships []school.Membership
	var named []Contact
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queueMemberships(b, &memberships, who, r.db.NowIn(ctx))
		queueNames(b, &named, []uuid.UUID{who.UUID})
	})
	if err == nil && (len(memberships) == 0 || len(named) == 0) {
		err = fault.Missing()
	}
	if err != nil {
		return v, fault.Doing("read what a member is", err)
	}
	other := school.Actor{Scope: session.Actor(ctx).Scope, Person: who, Here: memberships}
	v.Who = named[0].Name()
	v.Each, v.Daily = r.limits(ctx, other)
	return r.reach(ctx, v, r.circle(ctx, other), profile, text, after, last)
}

func (r *Room) reach(ctx context.Context, v reached, c Circle, profile, text, after string, last uuid.UUID) (reached, error) {
	now := r.db.NowIn(ctx)
	err := r.db.Batch(ctx, func(b *db.Batch) {
		queueHeads(b, &v.Heads, c, now)
		queueContacts(b, &v.List, c, now, search.Parse(text).Names(), profile, Contact{Folded: after, ID: last}, pageSize+1)
	})
	return v, fault.Doing("read whom one may write to", err)
}

// Quota is how much the documents of the actor's messages take, and may take.
type Quota struct{ Used, Most int64 }

// Full reports whether nothing more fits.
func (q Quota) Full() bool { return q.Used >= q.Most }

func (r *Room) quota(ctx context.Context, a school.Actor) int64 {
	side := "families"
	if writesAs(a).Adult() {
		side = "staff"
	}
	return int64(r.settings.Number(tenant.From(ctx), settingQuota+side)) << 20
}

// refuseFull refuses one more document when those of the actor's messages take what they may.
func (r *Room) refuseFull(ctx context.Context, tx db.Tx, a school.Actor) error {
	used, err := filesHeld(ctx, tx, a.Person)
	if err == nil && used >= r.quota(ctx, a) {
		err = fault.Field("files", "Les documents joints à vos messages occupent toute la place prévue. Supprimez d’anciens messages envoyés, puis videz la corbeille.")
	}
	return err
}
