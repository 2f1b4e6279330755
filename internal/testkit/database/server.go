package database

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/local/pg"
	"elyco/migrations"
)

// Shared is the environment variable that names the socket's folder of a server that outlives the test program, as
// `elyco with-servers` sets it.
const Shared = "ELYCO_TEST_PG"

const superuser = "postgres"

// server is the one of this test program: shared with others, or started for it alone.
type server struct {
	pg.Addresses
	err error
}

// Main runs a package's tests and stops the server that they needed, if any. TestMain ends with it:
//
//	func TestMain(m *testing.M) { os.Exit(database.Main(m)) }
func Main(m *testing.M) int {
	stopped.Store(false)
	code := m.Run()
	own := private.Load()
	if own == nil {
		return code
	}
	if err := own.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop the tests' database server:", err)
		return max(code, 1)
	}
	return code
}

var (
	// stopped is true as long as nobody promised to stop a server.
	stopped = func() *atomic.Bool { b := new(atomic.Bool); b.Store(true); return b }()
	private = new(atomic.Pointer[pg.Server])

	// start finds or starts the server, once, and prepares the database that the others are copied from.
	start = sync.OnceValue(func() server {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
		defer cancel()
		s := find(ctx)
		if s.err == nil {
			s.err = template(ctx, s)
		}
		return s
	})
)

var errNobodyStops = errors.New("the tests of this package start a database server and nobody stops it: let TestMain end with os.Exit(database.Main(m))")

func find(ctx context.Context) server {
	if socket := os.Getenv(Shared); socket != "" {
		return server{Addresses: pg.At(socket)}
	}
	if stopped.Load() {
		return server{err: errNobodyStops}
	}
	own, err := pg.Throwaway(ctx, pg.Config{})
	private.Store(own)
	return server{Addresses: own, err: err}
}

// templateName changes with the migrations, so that a server which outlives a change never serves an old schema.
func templateName() (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(migrations.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := migrations.FS.ReadFile(path)
		fmt.Fprintln(sum, path, len(text))
		sum.Write(text)
		return err
	})
	return "template_" + hex.EncodeToString(sum.Sum(nil)[:6]), err
}

// templateLock lets one of the test programs that share a server prepare the template while the others wait.
const templateLock = 0x656c79636f74

func template(ctx context.Context, s server) error {
	name, err := templateName()
	if err != nil {
		return err
	}
	admin, err := pgx.Connect(ctx, s.DSN(superuser, "postgres"))
	if err != nil {
		return fmt.Errorf("reach the tests' database server: %w", err)
	}
	defer admin.Close(ctx)
	if _, err := admin.Exec(ctx, "select pg_advisory_lock($1)", int64(templateLock)); err != nil {
		return err
	}
	var ready bool
	if err := admin.QueryRow(ctx, "select exists (select from pg_database where datname = $1 and datistemplate)", name).Scan(&ready); err != nil || ready {
		return err
	}
	if err := pg.Bootstrap(ctx, s, name); err != nil {
		return err
	}
	if _, err := db.Migrate(ctx, s.DSN(pg.Owner, name), migrations.FS); err != nil {
		return err
	}
	// Marked last: a template that was left half made is not one.
	_, err = admin.Exec(ctx, "alter database "+name+" is_template true allow_connections false")
	return err
}

// clone copies the template. PostgreSQL copies one database at a time, so copies wait for each other.
func (s server) clone(ctx context.Context, name string) error {
	from, err := templateName()
	if err != nil {
		return err
	}
	admin, err := pgx.Connect(ctx, s.DSN(superuser, "postgres"))
	if err != nil {
		return err
	}
	defer admin.Close(ctx)
	for _, statement := range []string{
		"create database " + name + " template " + from + " owner " + pg.Owner,
		"revoke all on database " + name + " from public",
		"grant connect, temporary on database " + name + " to " + pg.App + ", " + pg.Import,
	} {
		if _, err := admin.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

func (s server) drop(ctx context.Context, name string) error {
	admin, err := pgx.Connect(ctx, s.DSN(superuser, "postgres"))
	if err != nil {
		return err
	}
	_, err = admin.Exec(ctx, "drop database if exists "+name+" with (force)")
	return errors.Join(err, admin.Close(ctx))
}
