package job_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/fact"
	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

type load struct{ N int }

func worker(t *testing.T, w *testkit.Territory, handlers ...job.Handler) *job.Worker {
	t.Helper()
	made, err := job.NewWorker(w.DB, handlers, 1, func(ctx context.Context, scope int64) (context.Context, bool) {
		space := w.Registry.ByID(school.ScopeID(scope))
		return tenant.Enter(ctx, space), space != nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func enqueue(t *testing.T, w *testkit.Territory, jobs ...job.Job) {
	t.Helper()
	err := w.DB.Write(tenant.Enter(t.Context(), w.College), func(ctx context.Context, tx db.Tx) error {
		var errs []error
		for _, j := range jobs {
			errs = append(errs, job.Enqueue(ctx, tx, j))
		}
		return errors.Join(errs...)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func states(t *testing.T, w *testkit.Territory) map[string]int {
	t.Helper()
	out := map[string]int{}
	err := w.DB.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select kind || ' ' || state || ' ' || attempt, count(*) from job group by 1`)
		if err != nil {
			return err
		}
		var what string
		var n int
		_, err = pgx.ForEachRow(rows, []any{&what, &n}, func() error { out[what] = n; return nil })
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestLongJob holds a job that outlives its lease, and those that wait behind it, to one run each.
func TestLongJob(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost", nil)
	const lease = 1500 * time.Millisecond // a busy machine renews late
	var runs atomic.Int32
	long := job.Handle("long", func(context.Context, job.Run, load) error {
		runs.Add(1)
		time.Sleep(lease * 5 / 4)
		return nil
	})
	enqueue(t, w, job.New("long", load{1}), job.New("long", load{2}))
	done := make(chan error, 1)
	go func() {
		_, err := worker(t, w, long).Lease(lease).Once(t.Context())
		done <- err
	}()
	time.Sleep(lease / 4)
	other := worker(t, w, long).Lease(lease)
	for range 8 {
		time.Sleep(lease / 4)
		if err := job.Reap(t.Context(), w.DB); err != nil {
			t.Fatal(err)
		}
		if n, err := other.Once(t.Context()); err != nil || n > 0 {
			t.Fatalf("another worker took %d jobs that run, %v", n, err)
		}
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if got := states(t, w); runs.Load() != 2 || got["long done 1"] != 2 {
		t.Errorf("%d runs, %v", runs.Load(), got)
	}
}

// TestJobThatKills holds a job that takes its worker with it to a bounded number of deaths.
func TestJobThatKills(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost", nil)
	enqueue(t, w, job.New("kills", load{}), job.New("panics", load{}), job.New("garbled", "no object"))
	w.Exec(t, `update job set state = 'running', attempt = 12, lease_until = now() - interval '1 second' where kind = 'kills'`)
	if err := job.Reap(t.Context(), w.DB); err != nil {
		t.Fatal(err)
	}
	never := func(context.Context, job.Run, load) error { panic("poison") }
	all := worker(t, w, job.Handle("kills", never), job.Handle("panics", never), job.Handle("garbled", never))
	if _, err := all.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := states(t, w); got["kills failed 12"] != 1 || got["panics ready 1"] != 1 || got["garbled ready 1"] != 1 {
		t.Errorf("%v", got)
	}
}

// TestShutdown holds a worker that is asked to stop to finishing what runs and giving back the rest at once.
func TestShutdown(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost", nil)
	enqueue(t, w, job.New("one", load{1}), job.New("one", load{2}), job.New("one", load{3}))
	ctx, stop := context.WithCancel(t.Context())
	one := job.Handle("one", func(ctx context.Context, _ job.Run, _ load) error {
		stop()
		return ctx.Err()
	})
	if _, err := worker(t, w, one).Once(ctx); err != nil {
		t.Fatal(err)
	}
	if got := states(t, w); got["one done 1"] != 1 || got["one ready 0"] != 2 {
		t.Errorf("%v", got)
	}
}

// TestLostLease holds a run whose job was given to another to silence.
func TestLostLease(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost", nil)
	enqueue(t, w, job.New("slow", load{}))
	slow := job.Handle("slow", func(context.Context, job.Run, load) error {
		w.Exec(t, `update job set attempt = attempt + 1`)
		return nil
	})
	if _, err := worker(t, w, slow).Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := states(t, w); got["slow running 2"] != 1 {
		t.Errorf("%v", got)
	}
}

// TestFactOnce kills the worker between the split of a fact and the note that it was split: each listener hears it once.
func TestFactOnce(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost", nil)
	heard := map[string]int{}
	listen := func(room string) fact.Listener {
		return fact.On(room, func(context.Context, fact.Published) error { heard[room]++; return nil })
	}
	all := worker(t, w, fact.Handlers(w.DB, []fact.Listener{listen("notices"), listen("search")})...)
	err := w.DB.Write(tenant.Enter(t.Context(), w.College), func(ctx context.Context, tx db.Tx) error {
		return fact.Emit(ctx, tx, fact.Published{ID: school.NewID(), Room: "news"})
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		for n := 1; n > 0; {
			if n, err = all.Once(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		w.Exec(t, `update job set state = 'ready' where kind = 'fact'`)
	}
	if got, _ := json.Marshal(heard); string(got) != `{"notices":1,"search":1}` {
		t.Errorf("heard: %s", got)
	}
}

// TestCounts holds the operators' figures to the queue: by kind and state, without what is done.
func TestCounts(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost:8080", nil)
	done := worker(t, w, job.Handle("done", func(context.Context, job.Run, load) error { return nil }))
	enqueue(t, w, job.New("done", load{}), job.New("waits", load{}), job.New("waits", load{}))
	if _, err := done.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	counts, err := job.Counts(t.Context(), w.DB)
	if err != nil {
		t.Fatal(err)
	}
	if len(counts) != 1 || counts[0].Kind != "waits" || counts[0].State != "ready" || counts[0].Count != 2 || counts[0].Oldest < 0 {
		t.Errorf("%+v", counts)
	}
}
