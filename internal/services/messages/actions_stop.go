package messages

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// refuseStopped refuses a kind of author whose sending is stopped, here or above.
func (r *Room) refuseStopped(ctx context.Context, tx db.Tx, kind string) error {
	_, stopped, err := stoppedIn(ctx, tx, kind)
	if err == nil && stopped {
		err = fault.New(fault.Forbidden, "L’envoi de messages est suspendu pour le moment. Votre brouillon est gardé.")
	}
	return err
}

// Stopped reports whether a kind of author, "pupil" or "guardian", may not send in the space of ctx. Other rooms ask before they
// let somebody write. It is read from the database: what one replica writes, all of them know.
func (r *Room) Stopped(ctx context.Context, category string) (bool, error) {
	list, err := r.stops(ctx)
	for _, s := range list {
		if s.covers(category) {
			return true, err
		}
	}
	return false, err
}

func (r *Room) stops(ctx context.Context) (list []Stop, err error) {
	err = r.db.Batch(ctx, func(b *db.Batch) { queueStops(b, &list, r.db.NowIn(ctx)) })
	return list, fault.Doing("read what is stopped", err)
}

// stoppedFor is the stop that keeps the actor from sending, or nil.
func (r *Room) stoppedFor(ctx context.Context, a school.Actor) (*Stop, error) {
	kind := category(writesAs(a))
	list, err := r.stops(ctx)
	for _, s := range list {
		if s.covers(kind) {
			return &s, err
		}
	}
	return nil, err
}

// Halt stops the sending of pupils or guardians in the space of ctx and those below. Its id is made with the form. Faults:
// Invalid in the fields "categories", "reason" and "until".
func (r *Room) Halt(ctx context.Context, s Stop) error {
	s.Reason = strings.Join(strings.Fields(s.Reason), " ")
	if s.ID == uuid.Nil {
		return fault.Missing()
	}
	if err := s.check(r.db.NowIn(ctx)); err != nil {
		return err
	}
	return r.change(ctx, "stop the sending", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		n, err := insertStop(ctx, tx, s, a.Person)
		if err != nil || n == 0 {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "messages.stop", Subject: s.ID.String(),
			Detail: map[string]any{"categories": s.Categories, "reason": s.Reason}})
	})
}

// Resume ends a stop of the space of ctx; those of the spaces above stay. A second time changes nothing.
func (r *Room) Resume(ctx context.Context, id uuid.UUID) error {
	return r.change(ctx, "let people send again", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		n, err := endStop(ctx, tx, id, a.Person)
		if err != nil || n == 0 {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "messages.resume", Subject: id.String()})
	})
}

// Stops reads what is stopped in the space of ctx, from above too, and the latest that is over.
func (r *Room) Stops(ctx context.Context) (standing, past []Stop, err error) {
	now := r.db.NowIn(ctx)
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queueStops(b, &standing, now)
		queuePastStops(b, &past, tenant.From(ctx).ID, now)
	})
	return standing, past, fault.Doing("read what is stopped", err)
}
