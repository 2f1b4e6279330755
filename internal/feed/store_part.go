package feed

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/audit"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// lost is the fault of a feed of which the database kept nothing after a crash.
func lost() error {
	return fault.New(fault.Conflict, "La base de données a été interrompue et n’a pas gardé ce que disait ce flux. Lisez-le de nouveau : ce qui est déjà appliqué le reste.")
}

// applyPart writes one establishment. What is written, what sessions know of people, the trail, and that it is done: all of
// it, or nothing.
func (e *Engine) applyPart(ctx context.Context, f Feed, scope school.ScopeID) (written int64, err error) {
	t := e.registry.ByID(scope)
	if t == nil {
		return 0, fmt.Errorf("the establishment %d is not in the registry", scope)
	}
	limits := e.limits(t)
	now := e.db.NowIn(ctx)
	c := comparison{feed: f.ID, source: f.Source, kind: f.Kind, partial: f.Partial, scope: scope, today: directory.Day(now), grace: limits.GraceDays}
	err = e.db.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		if err := lockScope(ctx, tx, scope); err != nil {
			return err
		}
		// A crash of the database may take this away as a whole: it is then done again. What ends the application waits for the disk.
		if _, err := tx.Exec(ctx, `set local synchronous_commit = off`); err != nil {
			return err
		}
		if mine, err := holdPart(ctx, tx, f.ID, scope); err != nil || !mine {
			return err
		}
		if there, err := staged(ctx, tx, f.ID); err != nil {
			return err
		} else if !there {
			return lost()
		}
		written, err = c.apply(ctx, tx)
		if err != nil {
			return err
		}
		if err := e.later(ctx, tx, t, c); err != nil {
			return err
		}
		if err := endPart(ctx, tx, f.ID, scope, now); err != nil {
			return err
		}
		return audit.RecordImported(ctx, tx, scope, now, audit.Entry{Actor: f.Author, Action: "feeds.applied", Subject: f.ID.String(), Title: f.Label,
			Detail: map[string]any{"rows": written}})
	})
	return written, err
}

func (c comparison) apply(ctx context.Context, tx pgx.Tx) (int64, error) {
	if err := c.identify(ctx, tx); err != nil {
		return 0, err
	}
	var written int64
	for _, step := range []func(context.Context, pgx.Tx) (int64, error){c.open, c.name} {
		n, err := step(ctx, tx)
		if err != nil {
			return 0, err
		}
		written += n
	}
	if err := c.compare(ctx, tx); err != nil {
		return 0, err
	}
	n, err := c.write(ctx, tx)
	if err != nil {
		return 0, err
	}
	if err := c.issue(ctx, tx); err != nil {
		return 0, fmt.Errorf("issue passports: %w", err)
	}
	return written + n, nil
}

// later has the sessions of who is missing know it on the day when the access ends.
func (e *Engine) later(ctx context.Context, tx pgx.Tx, t *tenant.Tenant, c comparison) error {
	ends, err := c.ends(ctx, tx)
	if err != nil || len(ends) == 0 {
		return err
	}
	for _, day := range ends {
		after := day.AddDate(0, 0, 1)
		err := job.EnqueueImported(ctx, tx, int64(t.ID), job.Job{Kind: closeJob, Payload: closing{after.Format(time.DateOnly)},
			UniqueKey: after.Format(time.DateOnly), RunAt: after})
		if err != nil {
			return err
		}
	}
	return nil
}
