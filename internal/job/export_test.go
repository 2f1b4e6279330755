package job

import (
	"context"
	"time"

	"elyco/internal/db"
)

// Lease shortens the worker's lease, so that a test sees one end.
func (w *Worker) Lease(d time.Duration) *Worker {
	w.lease = d
	return w
}

// Reap gives back what was lost.
func Reap(ctx context.Context, d *db.DB) error { return reap(ctx, d) }
