package feed

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/school"
)

// Progress says how far an application is.
type Progress struct {
	Done, Of int   // establishments
	Written  int64 // rows
}

// Start agrees that a feed be applied, in the transaction of who asks (the academy's scope), who enqueues the work or does
// it. It refuses with Conflict a feed that is not waiting for that.
func Start(ctx context.Context, tx db.Tx, id uuid.UUID, by school.PersonID) error {
	begun, err := startApplying(ctx, tx, id)
	if db.Constraint(err) == "feed_busy" {
		return fault.New(fault.Conflict, "Un autre flux de cette source est en train d’être lu ou appliqué. Attendez qu’il ait fini.")
	}
	if err != nil {
		return fmt.Errorf("start to apply a feed: %w", err)
	}
	if !begun {
		return fault.New(fault.Conflict, "Ce flux n’attend pas d’être appliqué. Ouvrez de nouveau la page pour voir où il en est.")
	}
	return audit.Record(ctx, tx, audit.Entry{Actor: by, Action: "feeds.apply", Subject: id.String()})
}

// Apply writes a feed that was started, one establishment after the other, each in a transaction of its own; those that
// are held wait. It may be interrupted anywhere and called again. more says that there is more to do: a call does so many
// establishments that a job has time for them. tell, unless nil, hears how far it is.
func (e *Engine) Apply(ctx context.Context, id uuid.UUID, tell func(Progress)) (more bool, err error) {
	f, err := e.importing(ctx, id)
	if err != nil || f.State != Applying {
		return false, err
	}
	parts, err := e.waiting(ctx, id)
	if err != nil {
		return false, fmt.Errorf("read what is to be applied: %w", err)
	}
	so := Progress{Of: len(parts)}
	for _, scope := range parts {
		if so.Done == perRun {
			return true, nil
		}
		n, err := e.applyPart(ctx, f, scope)
		if err != nil {
			return false, fmt.Errorf("apply a feed in %d: %w", scope, err)
		}
		so.Done++
		so.Written += n
		if tell != nil {
			tell(so)
		}
	}
	if err := e.keepPrints(ctx, f); err != nil {
		return false, fmt.Errorf("keep what records said: %w", err)
	}
	academy := db.WithScope(ctx, db.NewScope(int64(school.Academy)))
	return false, e.db.Write(academy, func(ctx context.Context, tx db.Tx) error {
		wrote, err := endApplying(ctx, tx, id)
		if err != nil || !wrote || e.then == nil {
			return err
		}
		return e.then(ctx, tx)
	})
}

// perRun is how many establishments one call of Apply does.
const perRun = 60

// closeJob issues passports anew on the day after memberships end.
const closeJob = "feeds.close"

type closing struct {
	Day string `json:"day"` // the first without the access
}

// Jobs are the engine's own handlers for the workers.
func (e *Engine) Jobs() []job.Handler {
	return []job.Handler{job.Handle(closeJob, func(ctx context.Context, r job.Run, w closing) error {
		day, err := time.Parse(time.DateOnly, w.Day)
		if err != nil {
			return err
		}
		people, err := e.ended(ctx, school.ScopeID(r.Scope), day)
		if err != nil {
			return fmt.Errorf("find whose access ended: %w", err)
		}
		return directory.IssuePassports(ctx, e.db, people)
	})}
}

// Confirm agrees that a part that is held be applied all the same, in the transaction of who decides (the academy's scope).
// The reason is kept. It refuses with Conflict a part that is not held.
func Confirm(ctx context.Context, tx db.Tx, id uuid.UUID, scope school.ScopeID, by school.PersonID, reason string) error {
	reason = clean(reason)
	if len([]rune(reason)) < 5 {
		return fault.Field("reason", "Dites en quelques mots pourquoi ce flux est juste : la raison reste dans l’historique.")
	}
	agreed, err := confirmPart(ctx, tx, id, scope, by, reason)
	if err != nil {
		return fmt.Errorf("confirm a part of a feed: %w", err)
	}
	if !agreed {
		return fault.New(fault.Conflict, "Cet établissement n’attend plus de confirmation. Ouvrez de nouveau la page.")
	}
	return audit.Record(ctx, tx, audit.Entry{Actor: by, Action: "feeds.confirm", Subject: id.String(),
		Detail: map[string]any{"establishment": int64(scope), "reason": reason}})
}
