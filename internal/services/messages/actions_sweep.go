package messages

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/live"
	"elyco/internal/school"
	"elyco/internal/search"
)

const (
	shownDeeds   = 200
	shownOpeners = 100
	listedAtMost = 20000 // in a file
)

// account is what a moderator sees of somebody whose account may be in other hands.
type account struct {
	Who              Contact
	Span             Span
	Deeds            []Deed
	Messages, People int
	Openers          []Opener
	More             bool
	Sweeps           []Sweep
}

// FindAccounts finds members by their names, for a moderator.
func (r *Room) FindAccounts(ctx context.Context, text string) (list []Contact, err error) {
	q := search.Parse(text)
	if q.Empty() {
		return nil, nil
	}
	err = r.db.Batch(ctx, func(b *db.Batch) { queueAccounts(b, &list, q.Names(), 20) })
	return list, fault.Doing("look for accounts", err)
}

// Account reads what somebody sent in a span, and a part of those who had opened it. NotFound for who is not of the school, and
// never wrote here.
func (r *Room) Account(ctx context.Context, who school.PersonID, s Span, from cursor) (v account, err error) {
	v.Span = s
	if err := s.check(); err != nil {
		return v, err
	}
	var named []Contact
	var past string
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queueNames(b, &named, []uuid.UUID{who.UUID})
		queuePastName(b, &past, who)
		queueDeeds(b, &v.Deeds, &v.Messages, &v.People, who, s, shownDeeds)
		queueOpeners(b, &v.Openers, who, s, from, shownOpeners+1)
		queueSweepsOf(b, &v.Sweeps, who)
	})
	if err == nil && len(named) == 0 && past == "" {
		err = fault.Missing()
	}
	if err != nil {
		return v, fault.Doing("read what an account sent", err)
	}
	v.Who = Contact{ID: who.UUID, Given: past}
	if len(named) > 0 {
		v.Who = named[0]
	}
	if len(v.Openers) > shownOpeners {
		v.Openers, v.More = v.Openers[:shownOpeners], true
	}
	return v, nil
}

// Openers lists who had opened what somebody sent in a span, for a file. What the file holds is noted in the trail. Fault:
// Missing for somebody whom the establishment never knew.
func (r *Room) Openers(ctx context.Context, who school.PersonID, s Span) (list []Opener, err error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	var named []Contact
	var past string
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queueNames(b, &named, []uuid.UUID{who.UUID})
		queuePastName(b, &past, who)
		queueOpeners(b, &list, who, s, cursor{}, listedAtMost)
	})
	if err == nil && len(named) == 0 && past == "" {
		err = fault.Missing()
	}
	if err != nil {
		return nil, fault.Doing("list who had opened messages", err)
	}
	return list, r.change(ctx, "note a list of readers", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "messages.openers", Subject: who.String(), Detail: map[string]any{"lines": len(list)}})
	})
}

const jobSweep = "messages.sweep"

// Withdraw takes back everything that somebody sent in a span, and gives what waits back as drafts. A job does it; its progress
// can be read. Its id is made with the form. Faults: Invalid in the fields "from" and "reason"; Conflict for oneself.
func (r *Room) Withdraw(ctx context.Context, s Sweep) error {
	s.Reason = strings.Join(strings.Fields(s.Reason), " ")
	if s.ID == uuid.Nil {
		return fault.Missing()
	}
	if err := s.Span.check(); err != nil {
		return err
	}
	if err := checkNote("reason", s.Reason); err != nil {
		return err
	}
	seen, err := r.Account(ctx, s.Person, s.Span, cursor{})
	if err != nil {
		return err
	}
	s.Name = seen.Who.Name()
	return r.change(ctx, "withdraw what an account sent", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		n, err := insertSweep(ctx, tx, s, a.Person)
		if err != nil || n == 0 {
			return err
		}
		if err := withdrawWaiting(ctx, tx, s.Person, a.Person, s.Reason); err != nil {
			return err
		}
		err = audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "messages.sweep", Subject: s.Person.String(),
			Detail: map[string]any{"from": s.Span.From.Format(time.RFC3339), "to": s.Span.To.Format(time.RFC3339), "messages": seen.Messages, "reason": s.Reason}})
		if err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, job.Job{ID: s.ID, Kind: jobSweep, Payload: delivery{ID: s.ID}})
	})
}

const (
	sweepSize = 50
	toldOfOne = 20000
)

// sweep withdraws a part at a time until nothing is left; a run that is cut short goes on where it was.
func (r *Room) sweep(ctx context.Context, _ job.Run, p delivery) error {
	for {
		var n int
		err := r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
			ids, err := sweepPart(ctx, tx, p.ID, sweepSize)
			n = len(ids)
			if err != nil || n == 0 {
				return err
			}
			return r.retract(ctx, tx, ids...)
		})
		if err != nil || n == 0 {
			return fault.Doing("withdraw what an account sent", err)
		}
	}
}

// retract takes withdrawn messages out of open pages and of notices that have not left.
func (r *Room) retract(ctx context.Context, tx db.Tx, ids ...uuid.UUID) error {
	people, err := holdersOf(ctx, tx, ids, toldOfOne)
	if err != nil {
		return err
	}
	if err := live.Tell(ctx, tx, live.Event{Room: name}, people...); err != nil {
		return err
	}
	return r.notices.Withdraw(ctx, tx, ids...)
}

// CloseAccount blocks an account and signs it out everywhere, by the rules of the room of accounts.
func (r *Room) CloseAccount(ctx context.Context, who school.PersonID, reason string) error {
	if _, may := r.policy.Can(ctx, "accounts", "block"); !may {
		return fault.New(fault.Forbidden, "Demandez à la direction de bloquer ce compte.")
	}
	return r.guard.Block(ctx, who, reason)
}
