package session

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/local/pg"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/migrations"
)

// house is one database for the whole package; every test makes people of its own in it.
type house struct {
	db       *db.DB
	registry *tenant.Registry
	skew     atomic.Int64 // what the clock is ahead of the true time
	sight    string       // address of the database for whom nothing is hidden
}

var shared = sync.OnceValues(newHouse)

func TestMain(m *testing.M) {
	code := m.Run()
	stop()
	os.Exit(code)
}

var stop = func() {}

func newHouse() (*house, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	dir, err := os.MkdirTemp("/tmp", "session-test-")
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return nil, err
	}
	server, err := pg.Start(ctx, pg.Config{Dir: dir})
	if err != nil {
		return nil, err
	}
	stop = func() { server.Stop(); os.RemoveAll(dir) }
	if err := pg.Bootstrap(ctx, server, "elyco"); err != nil {
		return nil, err
	}
	if _, err := db.Migrate(ctx, server.DSN(pg.Owner, "elyco"), migrations.FS); err != nil {
		return nil, err
	}
	h := &house{sight: server.DSN("postgres", "elyco")}
	h.db, err = db.Open(ctx, db.Config{App: server.DSN(pg.App, "elyco"), Import: server.DSN(pg.Import, "elyco"), Pool: 8,
		Clock: func() time.Time { return time.Now().Add(time.Duration(h.skew.Load())) }})
	if err != nil {
		return nil, err
	}
	if err := h.territory(ctx); err != nil {
		return nil, err
	}
	h.registry = tenant.NewRegistry(h.db, "elyco.test", "http")
	return h, h.registry.Load(ctx)
}

func (h *house) territory(ctx context.Context) error {
	return h.db.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			insert into tenant (id, kind, parent_id, slug, name, state, opened_on) values
			(1, 'academy', null, 'academie', 'Académie', 'open', '2026-09-01'),
			(2, 'collectivity', 1, 'vendee', 'Vendée', 'open', '2026-09-01'),
			(3, 'establishment', 2, 'alpha', 'Collège Alpha', 'open', '2026-09-01'),
			(4, 'establishment', 2, 'beta', 'Collège Bêta', 'open', '2026-09-01'),
			(5, 'establishment', 2, 'gamma', 'Collège Gamma', 'suspended', '2026-09-01')`)
		return err
	})
}

type fixture struct {
	*house
	*Sessions
	t *testing.T
}

func setup(t *testing.T) fixture {
	t.Helper()
	h, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return fixture{h, New(h.db), t}
}

const goodPassword = "girafe lente sous la pluie"

var people atomic.Int64

// cheap is a stored form of goodPassword that costs little, as a feed may have left.
var cheap = sync.OnceValue(func() string { return derive(goodPassword, cost{memory: 64, time: 1, threads: 1}) })

// person makes an account and returns its login.
func (f fixture) person(phc string) string {
	f.t.Helper()
	id := school.NewID()
	login := fmt.Sprintf("personne.%d", people.Add(1))
	err := f.house.db.Import(f.t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		for _, sql := range []string{
			`insert into person (tenant_id, id, given_name, family_name) values (1, $1, 'Marceline', 'Bertholet')`,
			`insert into passport (tenant_id, person_id, name, body) values (1, $1, 'Marceline Bertholet', '[{"s":3,"p":"teacher"}]')`,
		} {
			if _, err := tx.Exec(ctx, sql, id); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `insert into account (tenant_id, person_id, login, password_hash) values (1, $1, $2, $3)`, id, login, phc)
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return login
}

func (f fixture) exec(sql string, args ...any) {
	f.t.Helper()
	f.see(func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, sql, args...)
		return err
	})
}

// see looks at what no role of the program may.
func (f fixture) see(fn func(ctx context.Context, c *pgx.Conn) error) {
	f.t.Helper()
	c, err := pgx.Connect(f.t.Context(), f.sight)
	if err != nil {
		f.t.Fatal(err)
	}
	defer c.Close(context.Background())
	if err := fn(f.t.Context(), c); err != nil {
		f.t.Fatal(err)
	}
}

func (f fixture) count(sql string, args ...any) (n int) {
	f.t.Helper()
	f.see(func(ctx context.Context, c *pgx.Conn) error { return c.QueryRow(ctx, sql, args...).Scan(&n) })
	return n
}

func (f fixture) id(login string) (id uuid.UUID) {
	f.t.Helper()
	f.see(func(ctx context.Context, c *pgx.Conn) error {
		return c.QueryRow(ctx, `select person_id from account where login = $1`, login).Scan(&id)
	})
	return id
}

func (f fixture) space(id school.ScopeID) *tenant.Tenant { return f.registry.ByID(id) }

func (f fixture) signIn(login, password string) (Opened, error) {
	return f.SignIn(f.t.Context(), f.space(3), login, password, "Firefox sur Windows", "192.0.2.0/24")
}

// as is a context in which the opened session acts on the host of a space.
func (f fixture) as(o Opened, id school.ScopeID) context.Context {
	f.t.Helper()
	a, err := f.Resume(f.t.Context(), o.Token, f.space(id))
	if err != nil {
		f.t.Fatal(err)
	}
	return With(f.t.Context(), a)
}

// standing is the same with what a request knows of its sign-on.
func (f fixture) standing(o Opened) context.Context {
	f.t.Helper()
	a, standing, _, err := f.resume(f.t.Context(), o.Token, f.space(3))
	if err != nil {
		f.t.Fatal(err)
	}
	return With(context.WithValue(f.t.Context(), standingKey{}, standing), a)
}

// ahead moves the house's clock for the rest of the test. Such tests do not run in parallel.
func (f fixture) ahead(d time.Duration) {
	f.skew.Add(int64(d))
	f.t.Cleanup(func() { f.skew.Add(-int64(d)) })
}
