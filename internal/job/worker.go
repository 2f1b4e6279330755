package job

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"elyco/internal/db"
)

const (
	maxAttempts = 12
	reapEvery   = 5 * time.Second
	longest     = 10 * time.Minute // that one run of a job may take
	lastWrites  = 10 * time.Second // for the end of a job whose time is up
)

// A lease is renewed four times before it ends, so that one slow minute of the database takes no job away.
const (
	defaultLease = 2 * time.Minute
	renewals     = 4
)

// Worker runs jobs until its context ends.
type Worker struct {
	db       *db.DB
	handlers map[string]Handler
	kinds    []string
	enter    func(ctx context.Context, scope int64) (context.Context, bool)
	parallel int
	lease    time.Duration
}

// NewWorker makes a worker. enter puts a context into a space, as a request's would be; a job of a space that it does
// not know waits.
func NewWorker(d *db.DB, handlers []Handler, parallel int, enter func(context.Context, int64) (context.Context, bool)) (*Worker, error) {
	w := &Worker{db: d, handlers: map[string]Handler{}, enter: enter, parallel: parallel, lease: defaultLease}
	for _, h := range handlers {
		if _, twice := w.handlers[h.Kind]; twice {
			return nil, fmt.Errorf("job kind %s has two handlers", h.Kind)
		}
		w.handlers[h.Kind] = h
		w.kinds = append(w.kinds, h.Kind)
	}
	return w, nil
}

// Work takes and runs jobs until ctx ends, then lets the running ones finish.
func (w *Worker) Work(ctx context.Context) {
	wake := make(chan struct{}, 1)
	ring := func() {
		select {
		case wake <- struct{}{}:
		default:
		}
	}
	go w.db.Listen(ctx, []string{channel}, func(string, string) { ring() }, ring)
	tick := time.NewTicker(reapEvery)
	defer tick.Stop()
	var reaped time.Time
	for ctx.Err() == nil {
		// A worker that is never idle gives back what others have lost, too.
		if time.Since(reaped) >= reapEvery {
			reaped = time.Now()
			if err := reap(ctx, w.db); err != nil && ctx.Err() == nil {
				slog.ErrorContext(ctx, "abandoned jobs could not be given back", "error", err)
			}
		}
		n, err := w.Once(ctx)
		if err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "jobs could not be taken", "error", err)
		}
		if n > 0 {
			continue
		}
		select {
		case <-ctx.Done():
		case <-wake:
		case <-tick.C:
		}
	}
}

// Once runs what is due now, and reports how many jobs that was. When ctx ends, what runs is let finish and what has not
// begun is given back.
func (w *Worker) Once(ctx context.Context) (int, error) {
	jobs, err := claim(ctx, w.db, w.kinds, 10*w.parallel, w.lease)
	if err != nil {
		return 0, fmt.Errorf("take jobs: %w", err)
	}
	lasting := context.WithoutCancel(ctx)
	holding := newHolding(jobs)
	renewing, stop := context.WithCancel(lasting)
	var keeper, wg sync.WaitGroup
	keeper.Go(func() { w.keep(renewing, holding) })
	slots := make(chan struct{}, w.parallel)
	for _, j := range jobs {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
		holding.begin(j)
		wg.Go(func() {
			defer func() { <-slots }()
			w.one(lasting, j)
			holding.end(j)
		})
	}
	if err := giveBack(lasting, w.db, holding.waiting()); err != nil {
		slog.ErrorContext(ctx, "jobs that were not begun could not be given back; they wait for their lease to end", "error", err)
	}
	wg.Wait()
	stop()
	keeper.Wait()
	return len(jobs), nil
}

// keep renews the leases of what is held until ctx ends.
func (w *Worker) keep(ctx context.Context, h *holding) {
	tick := time.NewTicker(w.lease / renewals)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := renew(ctx, w.db, h.all(), w.lease); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "the leases of running jobs could not be renewed", "error", err)
		}
	}
}

func (w *Worker) one(ctx context.Context, j claimed) {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	scoped, known := w.enter(ctx, j.Scope)
	if !known {
		scoped = db.WithScope(ctx, db.NewScope(j.Scope, j.Parent...))
	}
	err := fmt.Errorf("the space %d is not in the registry", j.Scope)
	if known {
		err = w.safely(scoped, j)
	}
	settle := func(ctx context.Context, tx db.Tx) error {
		if err == nil {
			return finish(ctx, tx, j)
		}
		state := "ready"
		if j.Attempt >= maxAttempts {
			state = "failed"
		}
		return retry(ctx, tx, j, state, tx.Now().Add(backoff(j.Attempt)), err.Error())
	}
	if err != nil {
		slog.WarnContext(ctx, "a job failed", "kind", j.Kind, "job", j.ID, "attempt", j.Attempt, "error", err)
	}
	// The job's own time may be up; its end is written all the same.
	last, cancelLast := context.WithTimeout(context.WithoutCancel(scoped), lastWrites)
	defer cancelLast()
	if e := w.db.Write(last, settle); e != nil {
		slog.ErrorContext(ctx, "a job's end could not be written; it will run again", "kind", j.Kind, "job", j.ID, "error", e)
	}
}

func (w *Worker) safely(ctx context.Context, j claimed) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return w.handlers[j.Kind].run(ctx, Run{ID: j.ID, Attempt: j.Attempt, Scope: j.Scope}, j.Payload)
}

// backoff waits 2, 4, 8 … seconds, and an hour at the most.
func backoff(attempt int) time.Duration {
	if attempt > 11 {
		return time.Hour
	}
	return min(time.Hour, time.Duration(1<<attempt)*time.Second)
}
