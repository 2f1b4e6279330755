package privacy

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

const (
	eraseKind = "privacy.erase"
	purgeKind = "privacy.purge"
)

type eraseWork struct {
	Person uuid.UUID `json:"person"`
	By     uuid.UUID `json:"by"`
}

// EraseLater has a person erased everywhere once tx commits, in the name of by. It is for those whose entitlement has ended,
// and that somebody has read on a list before. Asked twice, it is done once.
func EraseLater(ctx context.Context, tx db.Tx, by, who school.PersonID) error {
	return job.Enqueue(ctx, tx, job.Job{Kind: eraseKind, Payload: eraseWork{who.UUID, by.UUID}, UniqueKey: who.String()})
}

// Jobs are the house's work in the background: erasures, and the nightly clocks.
func (h *House) Jobs() []job.Handler {
	return []job.Handler{
		job.Handle(eraseKind, func(ctx context.Context, _ job.Run, w eraseWork) error {
			return h.Erase(ctx, school.PersonID{UUID: w.By}, school.PersonID{UUID: w.Person})
		}),
		job.Handle(purgeKind, func(ctx context.Context, _ job.Run, _ struct{}) error {
			// The next night comes whatever this one brings.
			if err := h.Schedule(ctx, tenant.From(ctx)); err != nil {
				return err
			}
			_, err := h.Purge(ctx)
			return err
		}),
	}
}

// Erase removes what every room keeps about a person in every space, and severs from the person what others go on working
// with. The account goes first, so that nobody signs in meanwhile, and the person's name last. What was cut goes on where it
// stood; what is done already is done once. The trail keeps that it was done, under a number that leads to nobody any more.
func (h *House) Erase(ctx context.Context, by, who school.PersonID) error {
	top := tenant.Enter(ctx, h.registry.Academy())
	var e erasure
	err := h.db.Write(top, func(ctx context.Context, tx db.Tx) (err error) {
		e, err = beginErasure(ctx, tx, by, who)
		return err
	})
	if err != nil {
		return fmt.Errorf("begin to erase %s: %w", who, err)
	}
	if err := h.eraseIn(top, who, false); err != nil {
		return err
	}
	for _, t := range h.registry.All() {
		if t.Kind == tenant.KindAcademy || slices.Contains(e.Spaces, int64(t.ID)) {
			continue
		}
		if err := h.eraseIn(tenant.Enter(ctx, t), who, true); err != nil {
			return err
		}
		err := h.db.Write(top, func(ctx context.Context, tx db.Tx) error { return noteErased(ctx, tx, e.ID, int64(t.ID)) })
		if err != nil {
			return fmt.Errorf("note that %s is erased in space %d: %w", who, t.ID, err)
		}
	}
	return h.finishErasure(top, e, by, who)
}

// eraseIn erases a person in the space of ctx, in one transaction. The rooms whose rows others lead to come last.
func (h *House) eraseIn(ctx context.Context, who school.PersonID, identity bool) error {
	return h.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return h.eraseWith(ctx, tx, who, identity) })
}

func (h *House) eraseWith(ctx context.Context, tx db.Tx, who school.PersonID, identity bool) error {
	for _, last := range []bool{false, true} {
		for _, one := range h.holdings {
			if one.Identity != last || last && !identity {
				continue
			}
			if err := one.Record.Erase(ctx, tx, who); err != nil {
				return fmt.Errorf("erase %s from %s in space %d: %w", who, one.Name, tenant.From(ctx).ID, err)
			}
		}
	}
	return nil
}

func (h *House) finishErasure(top context.Context, e erasure, by, who school.PersonID) error {
	return h.db.Write(top, func(ctx context.Context, tx db.Tx) error {
		if err := h.eraseWith(ctx, tx, who, true); err != nil {
			return err
		}
		if err := endErasure(ctx, tx, e.ID); err != nil {
			return fmt.Errorf("end the erasure of %s: %w", who, err)
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: by, Action: "mydata.erase", Subject: who.String()})
	})
}

// Schedule has the clocks of spaces run in the night to come, and from then on each night. A space that is waiting already
// stays as it is.
func (h *House) Schedule(ctx context.Context, spaces ...*tenant.Tenant) error {
	for _, t := range spaces {
		at := night(h.db.NowIn(ctx), int64(t.ID))
		err := h.db.Write(tenant.Enter(ctx, t), func(ctx context.Context, tx db.Tx) error {
			return job.Enqueue(ctx, tx, job.Job{Kind: purgeKind, Payload: struct{}{}, UniqueKey: at.Format(time.DateOnly), RunAt: at})
		})
		if err != nil {
			return fmt.Errorf("schedule the clocks of space %d: %w", t.ID, err)
		}
	}
	return nil
}

// night is an instant between one and four in the morning to come, another one for each space, so that they do not all
// begin at once.
func night(now time.Time, scope int64) time.Time {
	const first, minutes = 1, 180
	local := now.In(words.Zone())
	return time.Date(local.Year(), local.Month(), local.Day()+1, first, int(scope*37%minutes), 0, 0, words.Zone()).UTC()
}
