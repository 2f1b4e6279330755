package bridge

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/job"
	"elyco/internal/school"
)

// Heard is the kind of the jobs that tell a side what the other did; the payload is News. The room handles them, in the
// scope of the side that is told.
const Heard = "bridges.heard"

const told = "bridge.tell"

// News is what one side did: the event is "proposal", "acceptance", "refusal" or "end".
type News struct {
	Bridge uuid.UUID `json:"bridge"`
	Event  string    `json:"event"`
	By     int64     `json:"by"` // the scope that did it; set on the way
}

// Tell has the other side told, once the author's transaction has committed. No establishment writes in another's scope:
// a worker carries the news across.
func Tell(ctx context.Context, tx db.Tx, n News) error { return job.Enqueue(ctx, tx, job.New(told, n)) }

// Jobs carries news from one side to the other.
func Jobs(d *db.DB) []job.Handler {
	return []job.Handler{job.Handle(told, func(ctx context.Context, r job.Run, n News) error {
		n.By = r.Scope
		payload, err := json.Marshal(n)
		if err != nil {
			return err
		}
		id := uuid.NewSHA1(n.Bridge, fmt.Appendf(nil, "%s/%d", n.Event, n.By))
		if err := tell(ctx, d, school.ScopeID(r.Scope), n, id, payload); err != nil {
			return fmt.Errorf("tell the other side of bridge %s: %w", n.Bridge, err)
		}
		return nil
	})}
}
