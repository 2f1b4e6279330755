package db_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"elyco/internal/db"
	"elyco/internal/testkit/database"
)

func scoped(ctx context.Context) context.Context {
	return db.WithScope(ctx, db.NewScope(here, above, 1))
}

func TestNoScopeNoTransaction(t *testing.T) {
	d := database.New(t, nil)
	reached := func(context.Context, db.Tx) error { t.Error("the transaction began"); return nil }
	for name, err := range map[string]error{
		"write": d.Write(t.Context(), reached),
		"read":  d.Read(t.Context(), reached),
		"batch": d.Batch(t.Context(), func(b *db.Batch) { db.Exec(b, "select 1") }),
		"zero":  d.Read(db.WithScope(t.Context(), db.NewScope(0)), reached),
	} {
		if !errors.Is(err, db.ErrNoScope) {
			t.Errorf("%s without a scope: %v", name, err)
		}
	}
}

func TestTransactionsDoNotNest(t *testing.T) {
	d := database.New(t, nil)
	err := d.Write(scoped(t.Context()), func(ctx context.Context, _ db.Tx) error {
		return d.Read(ctx, func(context.Context, db.Tx) error { return nil })
	})
	if err == nil {
		t.Error("a transaction began inside a transaction")
	}
}

func TestReadWritesNothing(t *testing.T) {
	d := database.New(t, nil)
	err := d.Read(scoped(t.Context()), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into home_default (profile, shown, hidden, changed_at) values ('pupil', '{}', '{}', now())`)
		return err
	})
	var e *pgconn.PgError
	if !errors.As(err, &e) || e.Code != "25006" {
		t.Errorf("a read wrote: %v", err)
	}
}

// TestScopeEndsWithTheTransaction uses one connection again and again, as a pool does.
func TestScopeEndsWithTheTransaction(t *testing.T) {
	d := database.New(t, nil)
	for range 20 {
		var scope string
		err := d.Read(scoped(t.Context()), func(ctx context.Context, tx db.Tx) error {
			return tx.QueryRowContext(ctx, `select current_setting('app.tenant') || current_setting('app.above')`).Scan(&scope)
		})
		if err != nil || scope != "10{10,2,1}" {
			t.Fatalf("the scope is %q: %v", scope, err)
		}
		err = d.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
			return tx.QueryRow(ctx, `select coalesce(current_setting('app.tenant', true), '')`).Scan(&scope)
		})
		if err != nil || scope != "" {
			t.Fatalf("the scope %q outlived its transaction: %v", scope, err)
		}
	}
}

func TestWriteRetriesAndGivesUp(t *testing.T) {
	d := database.New(t, nil)
	tries := 0
	err := d.Write(scoped(t.Context()), func(ctx context.Context, tx db.Tx) error {
		tries++
		if tries == 3 {
			return nil
		}
		_, err := tx.ExecContext(ctx, `do $$ begin raise exception using errcode = '40001'; end $$`)
		return err
	})
	if err != nil || tries != 3 {
		t.Errorf("%d tries: %v", tries, err)
	}
	refusal, tries := errors.New("no"), 0
	err = d.Write(scoped(t.Context()), func(context.Context, db.Tx) error { tries++; return refusal })
	if !errors.Is(err, refusal) || tries != 1 {
		t.Errorf("%d tries of what will never work: %v", tries, err)
	}
}

// TestRoundTrips holds the promise that isolation costs nothing: the scope travels with the first message.
func TestRoundTrips(t *testing.T) {
	d := database.New(t, nil)
	for name, c := range map[string]struct {
		want int64
		do   func(ctx context.Context) error
	}{
		"a batch of three reads": {1, func(ctx context.Context) error {
			return d.Batch(ctx, func(b *db.Batch) {
				for range 3 {
					db.Exec(b, "select 1")
				}
			})
		}},
		"one statement written": {3, func(ctx context.Context) error {
			return d.Write(ctx, func(ctx context.Context, tx db.Tx) error { _, err := tx.ExecContext(ctx, "select 1"); return err })
		}},
		"nothing to read": {0, func(ctx context.Context) error { return d.Batch(ctx, func(*db.Batch) {}) }},
	} {
		var s db.Stats
		if err := c.do(db.WithStats(scoped(t.Context()), &s)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := s.RoundTrips.Load(); got != c.want {
			t.Errorf("%s cost %d round trips, not %d", name, got, c.want)
		}
	}
}

func TestOneClockPerTransaction(t *testing.T) {
	at := time.Date(2026, 11, 23, 7, 5, 0, 0, time.FixedZone("Paris", 3600))
	d := database.New(t, func() time.Time { at = at.Add(time.Hour); return at })
	err := d.Read(scoped(t.Context()), func(_ context.Context, tx db.Tx) error {
		if first, second := tx.Now(), tx.Now(); !first.Equal(second) || first.Location() != time.UTC {
			t.Errorf("the clock went from %v to %v", first, second)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestGather holds that those who ask for one kind in one batch share one statement, queued after the others.
func TestGather(t *testing.T) {
	d := database.New(t, nil)
	var stats db.Stats
	var numbers, alone []int
	ask := func(b *db.Batch, n int) {
		wanted := db.Gather(b, "numbers", func(wanted *[]int) {
			db.Rows(b, &numbers, pgx.RowTo[int], `select n * 2 from unnest($1::int[]) n order by n`, *wanted)
		})
		*wanted = append(*wanted, n)
	}
	err := d.Batch(db.WithStats(scoped(t.Context()), &stats), func(b *db.Batch) {
		ask(b, 3)
		db.Rows(b, &alone, pgx.RowTo[int], `select 1`)
		ask(b, 4)
	})
	if err != nil || !slices.Equal(numbers, []int{6, 8}) || !slices.Equal(alone, []int{1}) {
		t.Errorf("%v, %v: %v", numbers, alone, err)
	}
	if n := stats.Statements.Load(); n != 3 { // and that of the scope
		t.Errorf("%d statements", n)
	}
}
