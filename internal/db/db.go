// Package db is the only door to PostgreSQL. A statement runs in a scope or not at all: the scope travels with the
// first message of each transaction and never outlives it, so that isolation costs no round trip and holds through
// a connection pooler.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/readonly"
)

// Config says how to reach the database. Import may be empty in programs that never load in bulk.
type Config struct {
	App    string // connection string of the role that row security binds
	Import string // connection string of the role that loads in bulk and sees every scope
	Pool   int    // connections of the application; 0 means 8
	Clock  func() time.Time
}

// DB hands out transactions in a scope.
type DB struct {
	pool     *pgxpool.Pool
	importer *pgxpool.Pool
	bun      *bun.DB
	clock    func() time.Time
}

// Open connects, and warms the pool: a fresh PostgreSQL connection costs some thirty milliseconds, which no
// person's request should pay.
func Open(ctx context.Context, c Config) (*DB, error) {
	if c.Pool == 0 {
		c.Pool = 8
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	pool, err := openPool(ctx, c.App, c.Pool, c.Pool)
	if err != nil {
		return nil, fmt.Errorf("open the application's database: %w", err)
	}
	d := &DB{pool: pool, clock: c.Clock}
	sqldb := sql.OpenDB(connector{stdlib.GetPoolConnector(pool)})
	sqldb.SetMaxIdleConns(0)
	d.bun = bun.NewDB(sqldb, pgdialect.New())
	if c.Import == "" {
		return d, nil
	}
	d.importer, err = openPool(ctx, c.Import, 4, 0)
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("open the importer's database: %w", err)
	}
	return d, nil
}

func openPool(ctx context.Context, dsn string, size, warm int) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	cfg.MaxConns = int32(size)
	cfg.MinConns = int32(warm)
	cfg.MaxConnLifetime = 4 * time.Hour
	cfg.MaxConnIdleTime = time.Hour
	cfg.ConnConfig.RuntimeParams["application_name"] = "elyco"
	cfg.AfterConnect = func(_ context.Context, conn *pgx.Conn) error {
		plainUUIDs(conn.TypeMap())
		return nil
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	return pool, nil
}

// Close ends every connection.
func (d *DB) Close() {
	d.bun.Close()
	d.pool.Close()
	if d.importer != nil {
		d.importer.Close()
	}
}

// Ready reports whether the database answers.
func (d *DB) Ready(ctx context.Context) error { return d.pool.Ping(ctx) }

// Stat tells how the pool is used, for the metrics.
func (d *DB) Stat() *pgxpool.Stat { return d.pool.Stat() }

// Now is the house's clock. What people see follows NowIn, what the house counts for itself (sessions, leases) this one.
func (d *DB) Now() time.Time { return d.clock().UTC() }

type clockKey struct{}

// WithClock has NowIn, and the transactions that ctx starts, show what shift makes of the house's time: to look at what
// will be there on a later day.
func WithClock(ctx context.Context, shift func(now time.Time) time.Time) context.Context {
	return context.WithValue(ctx, clockKey{}, shift)
}

// NowIn is the instant at which ctx looks at things: that of the house, unless WithClock says otherwise. In UTC.
func (d *DB) NowIn(ctx context.Context) time.Time {
	if shift, ok := ctx.Value(clockKey{}).(func(time.Time) time.Time); ok {
		return shift(d.Now()).UTC()
	}
	return d.Now()
}

// Tx is a transaction in a scope, with one clock. It cannot be had but from Write and Read.
type Tx struct {
	bun.Tx
	now time.Time
}

// Now is the one instant of the transaction, in UTC.
func (t Tx) Now() time.Time { return t.now }

// Notify tells the other replicas when the transaction commits. Payloads carry ids only.
func (t Tx) Notify(ctx context.Context, channel, payload string) error {
	_, err := t.ExecContext(ctx, "select pg_notify(?, ?)", channel, payload)
	return err
}

var errNested = errors.New("db: a transaction inside a transaction")

type inTx struct{}

// Write runs fn in a transaction of the context's scope and commits when fn returns nil. fn may run again after a
// serialisation failure, so it changes nothing but the database. A context that only looks is refused, see readonly.
func (d *DB) Write(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error {
	err := readonly.Check(ctx)
	if err != nil {
		return err
	}
	for range 4 {
		err = d.run(ctx, &sql.TxOptions{}, fn)
		if !retryable(err) {
			return orBusy(err)
		}
	}
	return err
}

// Read runs fn in a read-only transaction of the context's scope. Like Write and Batch it fails with a Busy fault when
// the database cannot answer now.
func (d *DB) Read(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error {
	return orBusy(d.run(ctx, &sql.TxOptions{ReadOnly: true}, fn))
}

func (d *DB) run(ctx context.Context, o *sql.TxOptions, fn func(context.Context, Tx) error) error {
	if ctx.Value(inTx{}) != nil {
		return errNested
	}
	ctx = context.WithValue(ctx, inTx{}, true)
	return d.bun.RunInTx(ctx, o, func(ctx context.Context, tx bun.Tx) error {
		return fn(ctx, Tx{Tx: tx, now: d.NowIn(ctx)})
	})
}

func retryable(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// Constraint names the constraint that err violates, or "". Rooms turn it into a sentence.
func Constraint(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && (pg.Code == "23505" || pg.Code == "23503" || pg.Code == "23514") {
		return pg.ConstraintName
	}
	return ""
}

// NoRows reports whether err says that nothing was found.
func NoRows(err error) bool { return errors.Is(err, sql.ErrNoRows) || errors.Is(err, pgx.ErrNoRows) }

// Import runs fn in a transaction of the importer, which row security does not bind: for feeds, the territory's
// registry, passports and the demo. A house test names the packages that may call it. Like Write it refuses a context
// that only looks.
func (d *DB) Import(ctx context.Context, fn func(ctx context.Context, tx pgx.Tx) error) error {
	if err := readonly.Check(ctx); err != nil {
		return err
	}
	if d.importer == nil {
		return errors.New("db: no importer configured")
	}
	if ctx.Value(inTx{}) != nil {
		return errNested
	}
	ctx = context.WithValue(ctx, inTx{}, true)
	return pgx.BeginFunc(ctx, d.importer, func(tx pgx.Tx) error { return fn(ctx, tx) })
}
