// Package job is work that survives a restart: enqueued in the author's transaction, taken by a worker of any
// replica, run in the space that enqueued it, tried again when it fails.
package job

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
)

// Job is work to enqueue.
type Job struct {
	ID        uuid.UUID // zero: a new one; a job whose id is there already, even done, is not enqueued again
	Kind      string
	Payload   any
	UniqueKey string    // at most one waiting or running job of the kind with this key
	RunAt     time.Time // zero: at once
}

// New makes a job that runs at once.
func New(kind string, payload any) Job { return Job{Kind: kind, Payload: payload} }

// Run tells a handler about the run.
type Run struct {
	ID      uuid.UUID
	Attempt int
	Scope   int64
}

// Handler runs the jobs of one kind. ctx is in the job's space.
type Handler struct {
	Kind string
	run  func(ctx context.Context, r Run, payload json.RawMessage) error
}

// Handle makes the handler of a kind whose payload is P. A handler may run again after a failure or a crash, so what
// it does twice must show once.
func Handle[P any](kind string, fn func(ctx context.Context, r Run, payload P) error) Handler {
	return Handler{Kind: kind, run: func(ctx context.Context, r Run, raw json.RawMessage) error {
		var p P
		if err := json.Unmarshal(raw, &p); err != nil {
			return fmt.Errorf("read the payload of %s: %w", kind, err)
		}
		return fn(ctx, r, p)
	}}
}

// skew is how far the clocks of replicas and database may lie apart.
const skew = 10 * time.Second

// InMinute has j run once the minute of an instant is over, as the only one of its kind and space for that minute. A job that
// runs may ask for the next one, by a clock that is slow: it never gets its own minute, which it holds itself.
func InMinute(j Job, at, now time.Time) Job {
	if soon := now.Add(skew); at.Before(soon) {
		at = soon
	}
	j.RunAt = at.Truncate(time.Minute).Add(time.Minute)
	j.UniqueKey = j.RunAt.UTC().Format("minute 2006-01-02 15:04")
	return j
}

const channel = "job_ready"

// Enqueue writes the job in the author's transaction and wakes the workers when it commits.
func Enqueue(ctx context.Context, tx db.Tx, j Job) error {
	body, err := json.Marshal(j.Payload)
	if err != nil {
		return fmt.Errorf("write the payload of %s: %w", j.Kind, err)
	}
	if j.RunAt.IsZero() {
		j.RunAt = tx.Now()
	}
	if err := insert(ctx, tx, j, body); err != nil {
		return fmt.Errorf("enqueue %s: %w", j.Kind, err)
	}
	return tx.Notify(ctx, channel, "")
}
