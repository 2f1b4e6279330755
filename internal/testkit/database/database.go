package database

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/local/pg"
)

// Database is a test's own database, with nothing in it but the schema.
type Database struct {
	*db.DB
	name   string
	server server
}

// New makes a database that ends with the test. The clock may be nil: the true time.
func New(t testing.TB, clock func() time.Time) *Database {
	t.Helper()
	s := start()
	if s.err != nil {
		t.Fatal(s.err)
	}
	return on(t, s, clock)
}

// On is New on a server of the test's own, which must be up again when the test ends.
func On(t testing.TB, a pg.Addresses, clock func() time.Time) *Database {
	t.Helper()
	s := server{Addresses: a}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := template(ctx, s); err != nil {
		t.Fatal(err)
	}
	return on(t, s, clock)
}

func on(t testing.TB, s server, clock func() time.Time) *Database {
	t.Helper()
	// A test's context ends before its clean-up begins.
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	d := &Database{name: "t_" + strings.ToLower(rand.Text()[:16]), server: s}
	if err := s.clone(ctx, d.name); err != nil {
		t.Fatalf("make a database for the test: %v", err)
	}
	var err error
	d.DB, err = db.Open(ctx, db.Config{App: d.DSN(pg.App), Import: d.DSN(pg.Import), Pool: 4, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		d.Close()
		if err := s.drop(context.Background(), d.name); err != nil {
			t.Errorf("drop the test's database: %v", err)
		}
	})
	return d
}

// Name is the database's.
func (d *Database) Name() string { return d.name }

// DSN is the database's address for a role: pg.App, pg.Import or pg.Owner.
func (d *Database) DSN(role string) string { return d.server.DSN(role, d.name) }

// As connects as a role, until the test ends.
func (d *Database) As(t testing.TB, role string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), d.DSN(role))
	if err != nil {
		t.Fatalf("connect as %s: %v", role, err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// Exec runs a statement as the importer, whom row security does not bind, and fails the test when it fails.
func (d *Database) Exec(t testing.TB, sql string, args ...any) {
	t.Helper()
	err := d.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, args...)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}
