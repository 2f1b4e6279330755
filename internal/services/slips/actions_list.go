package slips

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/session"
)

// cursor is where a list goes on.
type cursor struct {
	before time.Time
	last   uuid.UUID
}

func (c cursor) orFirst(now time.Time) cursor {
	if c.before.IsZero() {
		return cursor{before: now.AddDate(10, 0, 0)}
	}
	return c
}

// List reads what is asked of the actor: what is open, and a part of what is over. next is where the rest begins, if any.
func (r *Room) List(ctx context.Context, from cursor) (open, past []mine, next cursor, err error) {
	a, now := session.Actor(ctx), r.db.NowIn(ctx)
	first := from.before.IsZero()
	from = from.orFirst(now)
	err = r.db.Batch(ctx, func(b *db.Batch) {
		if first {
			queueOpen(b, &open, a.Person, now, false)
		}
		queuePast(b, &past, a.Person, now, from.before, from.last)
	})
	past, next = whole(past)
	return own(open, a), own(past, a), next, fault.Doing("list what is asked", err)
}

// whole cuts a page so that no slip is on two: the lines of one belong together.
func whole(list []mine) (page []mine, next cursor) {
	if len(list) <= pageSize {
		return list, cursor{}
	}
	cut := pageSize
	for cut > 1 && list[cut-1].ID == list[pageSize].ID {
		cut--
	}
	return list[:cut], cursor{before: list[cut-1].ClosesAt, last: list[cut-1].ID}
}

// own leaves out lines for a child whom the actor does not follow any more.
func own(list []mine, a school.Actor) []mine {
	var out []mine
	for _, m := range list {
		if m.Asked.mine(a) {
			out = append(out, m)
		}
	}
	return out
}

// Desk reads a part of the slips that the actor leads, the newest first.
func (r *Room) Desk(ctx context.Context, from cursor) (list []listed, more bool, err error) {
	a := session.Actor(ctx)
	far, _ := r.policy.For(a, name, follow)
	from = from.orFirst(r.db.NowIn(ctx))
	err = r.db.Batch(ctx, func(b *db.Batch) { queueDesk(b, &list, far == policy.Establishment, a.Person, from.before, from.last) })
	if len(list) > pageSize {
		list, more = list[:pageSize], true
	}
	return list, more, fault.Doing("list the slips", err)
}

// Templates lists what a draft may begin from: what the house ships, then the establishment's own.
func (r *Room) Templates(ctx context.Context) ([]Template, error) {
	var kept []Template
	err := r.db.Batch(ctx, func(b *db.Batch) { queueTemplates(b, &kept) })
	return append(Shipped(), kept...), fault.Doing("list the templates", err)
}

// Draft finds a draft of the actor's, with its files.
func (r *Room) Draft(ctx context.Context, id uuid.UUID) (s Slip, files []File, err error) {
	var list []Slip
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queueSlip(b, &list, id)
		queueFiles(b, &files, id)
	})
	if err != nil {
		return s, nil, fault.Doing("find a draft", err)
	}
	if len(list) == 0 || list[0].State != Draft || !r.seatAt(session.Actor(ctx), list[0]).author {
		return s, nil, fault.Missing()
	}
	return list[0], files, nil
}

// Reach says how many people a draft would ask, and for how many children.
func (r *Room) Reach(ctx context.Context, s Slip) (n reach, err error) {
	if s.Audience.Empty() {
		return n, nil
	}
	err = r.db.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		n, err = reachOf(ctx, tx, s)
		return err
	})
	return n, fault.Doing("count who is asked", err)
}
