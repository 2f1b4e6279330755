package db_test

import (
	"context"
	"testing"
	"time"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/testkit/database"
)

// TestUnavailable holds every way in which the database cannot answer to one fault, which asks people to come back, and
// to none once it can.
func TestUnavailable(t *testing.T) {
	d := database.New(t, nil)
	ctx := db.WithScope(t.Context(), db.NewScope(1))
	do := func(statements ...string) error {
		return d.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
			for _, s := range statements {
				if _, err := tx.ExecContext(ctx, s); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for name, statements := range map[string][]string{
		"too slow":        {`set local statement_timeout = 20`, `select pg_sleep(5)`},
		"cut by the host": {`select pg_terminate_backend(pg_backend_pid())`},
	} {
		if err := do(statements...); !fault.Is(err, fault.Busy) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := do(`select 1 / 0`); !fault.Is(err, fault.Internal) {
		t.Errorf("a mistake of ours: %v", err)
	}
	if err := do(`select 1`); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// TestExhausted takes every connection: who comes next is told so within seconds.
func TestExhausted(t *testing.T) {
	d := database.New(t, nil)
	ctx := db.WithScope(t.Context(), db.NewScope(1))
	release := make(chan struct{})
	taken, ended := make(chan struct{}), make(chan error)
	connections := int(d.DB.Stat().MaxConns())
	for range connections {
		go func() {
			ended <- d.DB.Read(ctx, func(context.Context, db.Tx) error {
				taken <- struct{}{}
				<-release
				return nil
			})
		}()
	}
	for range connections {
		<-taken
	}
	start := time.Now()
	read := d.DB.Read(ctx, func(context.Context, db.Tx) error { return nil })
	batch := d.DB.Batch(ctx, func(b *db.Batch) { db.Exec(b, "select 1") })
	if !fault.Is(read, fault.Busy) || !fault.Is(batch, fault.Busy) || time.Since(start) > 10*time.Second {
		t.Errorf("after %s: %v; %v", time.Since(start), read, batch)
	}
	close(release)
	for range connections {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	if err := d.DB.Batch(ctx, func(b *db.Batch) { db.Exec(b, "select 1") }); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
