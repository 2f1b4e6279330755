package db

import (
	"context"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// Batch gathers independent reads that travel in one round trip and run in one implicit read-only transaction of the scope,
// prepared and with real parameters: the fast path of pages that many people open at once.
type Batch struct {
	b        pgx.Batch
	gathered map[string]any
	last     []func()
}

// Gather gives those who queue reads of one kind in one batch something in common, so that they make one statement of them: queue
// runs once, after everything else is queued.
func Gather[T any](b *Batch, kind string, queue func(common *T)) *T {
	if common, ok := b.gathered[kind].(*T); ok {
		return common
	}
	if b.gathered == nil {
		b.gathered = map[string]any{}
	}
	common := new(T)
	b.gathered[kind] = common
	b.last = append(b.last, func() { queue(common) })
	return common
}

// Rows queues a read of several rows into dest. It has run when DB.Batch returns.
func Rows[T any](b *Batch, dest *[]T, scan pgx.RowToFunc[T], sql string, args ...any) {
	b.b.Queue(sql, args...).Query(func(rows pgx.Rows) error {
		out, err := pgx.CollectRows(rows, scan)
		if err != nil {
			return err
		}
		*dest = out
		return nil
	})
}

// Row queues a read of at most one row into the pointers; found tells whether there was one.
func Row(b *Batch, found *bool, dest []any, sql string, args ...any) {
	b.b.Queue(sql, args...).QueryRow(func(row pgx.Row) error {
		err := row.Scan(dest...)
		if NoRows(err) {
			return nil
		}
		*found = err == nil
		return err
	})
}

// Exec queues a statement whose rows nobody reads.
func Exec(b *Batch, sql string, args ...any) { b.b.Queue(sql, args...) }

// Batch runs what fill queues, in the context's scope, in one round trip. Nothing queued, nothing sent.
func (d *DB) Batch(ctx context.Context, fill func(b *Batch)) error {
	s, err := ScopeOf(ctx)
	if err != nil {
		return err
	}
	b := &Batch{}
	b.b.Queue(setScope, strconv.FormatInt(s.id, 10), s.above)
	fill(b)
	for _, queue := range b.last {
		queue()
	}
	if b.b.Len() == 1 {
		return nil
	}
	count(ctx, int64(b.b.Len()), 1)
	conn, err := acquire(ctx, d.pool)
	if err == nil {
		err = conn.SendBatch(ctx, &b.b).Close()
		conn.Release()
	}
	if err != nil {
		return fmt.Errorf("read in scope %d: %w", s.id, orBusy(err))
	}
	return nil
}
