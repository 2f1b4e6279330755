package db_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/readonly"
	"elyco/internal/testkit/database"
)

const written = `insert into setting (name, value) values ('room.x', '1')`

// TestReadingWritesNothing sends a change through both ways of reading: PostgreSQL itself refuses it, for everybody.
func TestReadingWritesNothing(t *testing.T) {
	d := database.New(t, nil)
	ctx := scoped(t.Context())
	for name, err := range map[string]error{
		"read":  d.Read(ctx, func(ctx context.Context, tx db.Tx) error { _, err := tx.ExecContext(ctx, written); return err }),
		"batch": d.Batch(ctx, func(b *db.Batch) { db.Exec(b, "select 1"); db.Exec(b, written) }),
		"a batch that asks to write": d.Batch(ctx, func(b *db.Batch) {
			db.Exec(b, "select set_config('transaction_read_only', 'off', true)")
			db.Exec(b, written)
		}),
	} {
		var pg *pgconn.PgError
		if !errors.As(err, &pg) || pg.Code != "25006" && pg.Code != "25001" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLookingWritesNothing holds a context that only looks to looking, and any other one to what it may do.
func TestLookingWritesNothing(t *testing.T) {
	d := database.New(t, nil)
	ran := 0
	for _, c := range []struct {
		ctx  context.Context
		want bool
	}{{scoped(t.Context()), true}, {readonly.With(scoped(t.Context())), false}, {context.WithoutCancel(readonly.With(scoped(t.Context()))), false}} {
		before := ran
		err := d.Write(c.ctx, func(context.Context, db.Tx) error { ran++; return nil })
		loaded := d.Import(c.ctx, func(context.Context, pgx.Tx) error { ran++; return nil })
		if c.want && (err != nil || loaded != nil || ran != before+2) {
			t.Errorf("%v, %v", err, loaded)
		}
		if !c.want && (!fault.Is(err, fault.ReadOnly) || !fault.Is(loaded, fault.ReadOnly) || ran != before) {
			t.Errorf("somebody who looks wrote: %v, %v", err, loaded)
		}
		if err := d.Read(c.ctx, func(context.Context, db.Tx) error { return nil }); err != nil {
			t.Errorf("nobody can look: %v", err)
		}
	}
}

func TestClockOfAContext(t *testing.T) {
	at := time.Date(2026, 11, 23, 7, 5, 0, 0, time.UTC)
	d := database.New(t, func() time.Time { return at })
	ctx := db.WithClock(scoped(t.Context()), func(now time.Time) time.Time { return now.AddDate(0, 0, 50) })
	want := at.AddDate(0, 0, 50)
	if got := d.NowIn(ctx); !got.Equal(want) || !d.Now().Equal(at) || !d.NowIn(t.Context()).Equal(at) {
		t.Errorf("it is %v there, and %v here", got, d.Now())
	}
	err := d.Read(ctx, func(_ context.Context, tx db.Tx) error {
		if !tx.Now().Equal(want) {
			t.Errorf("a transaction is at %v", tx.Now())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
