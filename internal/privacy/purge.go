package privacy

import (
	"context"
	"errors"
	"fmt"
	"time"

	"elyco/internal/db"
	"elyco/internal/tenant"
)

// Purged is what a clock removed, or would remove. More says that there was more than one turn may count.
type Purged struct {
	Holding Holding
	Rows    int
	More    bool
}

// maxTurns bounds how often a room is called in one night and one rehearsal: a million rows, and a hundred thousand.
const (
	maxTurns     = 200
	maxRehearsal = 20
)

// Purge has each room remove, in the space of ctx, what is older than it promises: at most Batch rows a transaction. What
// was removed is noted for the page that shows it. A room that fails does not keep the others from their work.
func (h *House) Purge(ctx context.Context) ([]Purged, error) {
	var out []Purged
	var failed error
	for _, one := range h.holdings {
		p, err := h.purge(ctx, one)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("purge %s: %w", one.Name, err))
			continue
		}
		out = append(out, p)
	}
	return out, failed
}

func (h *House) purge(ctx context.Context, one Holding) (Purged, error) {
	p := Purged{Holding: one}
	for turn, n := 0, Batch; n >= Batch; turn++ {
		if turn == maxTurns {
			p.More = true
			break
		}
		err := h.db.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
			if n, err = one.Record.Purge(ctx, tx); err != nil {
				return err
			}
			return noteRun(ctx, tx, one.Name, n, turn == 0)
		})
		if err != nil {
			return p, err
		}
		p.Rows += n
	}
	return p, nil
}

// rehearsalTime bounds how long a page waits for a rehearsal.
const rehearsalTime = 30 * time.Second

// errRehearsed ends a transaction that nobody means.
var errRehearsed = errors.New("privacy: rehearsed")

// Rehearse tells what Purge would remove in the space of ctx on a day to come, or now when the day is zero. It does remove
// it, and takes all of it back: the clocks themselves answer, and no second rule can differ from theirs.
func (h *House) Rehearse(ctx context.Context, on time.Time) ([]Purged, error) {
	scope, err := db.ScopeOf(ctx)
	if err != nil {
		return nil, err
	}
	if on.IsZero() {
		on = h.db.NowIn(ctx)
	}
	// Nothing of it is kept: somebody who only looks may have it rehearsed, too.
	space := tenant.From(ctx)
	ctx, cancel := context.WithTimeout(db.WithScope(context.Background(), scope), rehearsalTime)
	defer cancel()
	ctx = db.WithClock(ctx, func(time.Time) time.Time { return on })
	if space != nil {
		ctx = tenant.Enter(ctx, space)
	}
	var out []Purged
	for _, one := range h.holdings {
		p := Purged{Holding: one}
		err := h.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
			p.Rows, p.More = 0, false
			for turn, n := 0, Batch; n >= Batch; turn++ {
				if turn == maxRehearsal {
					p.More = true
					break
				}
				var err error
				if n, err = one.Record.Purge(ctx, tx); err != nil {
					return err
				}
				p.Rows += n
			}
			return errRehearsed
		})
		if !errors.Is(err, errRehearsed) {
			return nil, fmt.Errorf("rehearse the purge of %s: %w", one.Name, err)
		}
		if p.Rows > 0 {
			out = append(out, p)
		}
	}
	return out, nil
}

// Run is what the last night removed of one room, and all nights together.
type Run struct {
	Room    string
	At      time.Time
	Removed int64
	Total   int64
}

// QueueRuns queues the last runs in the batch's space, by room.
func QueueRuns(b *db.Batch) func() map[string]Run {
	var runs []Run
	queueRuns(b, &runs)
	return func() map[string]Run {
		by := map[string]Run{}
		for _, r := range runs {
			by[r.Room] = r
		}
		return by
	}
}
