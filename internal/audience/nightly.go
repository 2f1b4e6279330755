package audience

import (
	"context"
	"fmt"
	"time"

	"elyco/internal/db"
	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

const countKind = "audience.count"

// Counter keeps the numbers of people current that the spaces above show before they send.
type Counter struct {
	db       *db.DB
	registry *tenant.Registry
}

// NewCounter makes the counter of a territory.
func NewCounter(d *db.DB, r *tenant.Registry) *Counter { return &Counter{db: d, registry: r} }

// All counts for every space above, at once. It is for when many people came or went together.
func (c *Counter) All(ctx context.Context) error {
	var above []school.ScopeID
	for _, t := range c.registry.All() {
		if t.Kind != tenant.KindEstablishment {
			above = append(above, t.ID)
		}
	}
	return Recount(ctx, c.db, above...)
}

// Schedule has everything counted in the night to come, and from then on each night: people come and go one by one, and
// dates take effect by themselves. What is waiting already stays as it is.
func (c *Counter) Schedule(ctx context.Context) error {
	err := c.db.Write(tenant.Enter(ctx, c.registry.Academy()), func(ctx context.Context, tx db.Tx) error {
		at := afterMidnight(tx.Now())
		return job.Enqueue(ctx, tx, job.Job{Kind: countKind, Payload: struct{}{}, UniqueKey: at.Format(time.DateOnly), RunAt: at})
	})
	if err != nil {
		return fmt.Errorf("schedule the count of people: %w", err)
	}
	return nil
}

// CountSoon has a worker count for every space above, in the transaction by which many people come or go together. ctx is in the
// academy's space.
func CountSoon(ctx context.Context, tx db.Tx) error {
	return job.Enqueue(ctx, tx, job.New(countKind, struct{}{}))
}

// Jobs are the count, each night and when it is asked for.
func (c *Counter) Jobs() []job.Handler {
	return []job.Handler{job.Handle(countKind, func(ctx context.Context, _ job.Run, _ struct{}) error {
		// The next night comes whatever this one brings.
		if err := c.Schedule(ctx); err != nil {
			return err
		}
		return c.All(ctx)
	})}
}

// afterMidnight is soon after the day has changed, so that dates that begin with it are counted before anybody writes.
func afterMidnight(now time.Time) time.Time {
	local := now.In(words.Zone())
	return time.Date(local.Year(), local.Month(), local.Day()+1, 0, 20, 0, 0, words.Zone()).UTC()
}
