package bench

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/local/pg"
	"elyco/migrations"
)

//go:embed data/*.sql
var data embed.FS

const (
	superuser = "postgres"
	whole     = "territory" // the database with every establishment
	single    = "one"       // the same with one
	// The dates in the data are relative to the day it was made; older than this, news would be no news.
	freshFor = 7 * 24 * time.Hour
)

// cluster is the benchmark's own PostgreSQL with its two databases.
type cluster struct {
	server *pg.Server
	dir    string
	o      Options
	say    func(string, ...any)
}

func openCluster(ctx context.Context, o Options, out io.Writer) (*cluster, error) {
	dir := filepath.Join(o.Dir, "pg")
	server, err := pg.Start(ctx, pg.Config{Dir: dir, Durable: true, Log: slog.New(slog.DiscardHandler),
		Extra: []string{"shared_buffers=" + o.SharedBuffers, "log_min_messages=error"}})
	if err != nil {
		return nil, fmt.Errorf("start the benchmark's database: %w", err)
	}
	say := func(format string, args ...any) { fmt.Fprintf(out, format+"\n", args...) }
	c := &cluster{server: server, dir: server.Dir(), o: o, say: say}
	for name, establishments := range map[string]int{whole: o.Establishments, single: 1} {
		if err := c.prepare(ctx, name, establishments); err != nil {
			return nil, errors.Join(fmt.Errorf("prepare the benchmark's database %s: %w", name, err), server.Stop())
		}
	}
	return c, nil
}

// prepare fills a database, unless it holds what this program would put in it.
func (c *cluster) prepare(ctx context.Context, name string, establishments int) error {
	want, err := c.stamp(establishments)
	if err != nil {
		return err
	}
	path := filepath.Join(c.o.Dir, name+".stamp")
	if have, err := os.ReadFile(path); err == nil && string(have) == want && recent(path) {
		return nil
	}
	if err := os.RemoveAll(path); err != nil {
		return err
	}
	start := time.Now()
	c.say("filling %s: %d establishments, %d people", name, establishments, establishments*1366)
	if err := c.recreate(ctx, name); err != nil {
		return err
	}
	if err := c.fill(ctx, name, establishments); err != nil {
		return err
	}
	c.say("filled %s in %s", name, time.Since(start).Round(time.Second))
	return os.WriteFile(path, []byte(want), 0o600)
}

func recent(path string) bool {
	info, err := os.Stat(path)
	return err == nil && time.Since(info.ModTime()) < freshFor
}

// stamp sums up what the data is made of: the schema, the scripts, the sizes.
func (c *cluster) stamp(establishments int) (string, error) {
	h := sha256.New()
	for _, fsys := range []fs.FS{migrations.FS, data} {
		err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Base(path) == "schema.sql" {
				return err
			}
			body, err := fs.ReadFile(fsys, path)
			fmt.Fprintf(h, "%s %d\n%s", path, len(body), body)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	fmt.Fprint(h, establishments, c.o.Sessions, c.o.Password != nil)
	return hex.EncodeToString(h.Sum(nil)), nil
}

func (c *cluster) recreate(ctx context.Context, name string) error {
	conn, err := pgx.Connect(ctx, c.server.DSN(superuser, "postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "drop database if exists "+pgx.Identifier{name}.Sanitize()+" with (force)"); err != nil {
		return err
	}
	if err := pg.Bootstrap(ctx, c.server, name); err != nil {
		return err
	}
	_, err = db.Migrate(ctx, c.server.DSN(pg.Owner, name), migrations.FS)
	return err
}

// fill writes as the superuser with triggers off: referential checks of a million people would take longer than all the
// rest, and nobody else writes.
func (c *cluster) fill(ctx context.Context, name string, establishments int) error {
	conn, err := pgx.Connect(ctx, c.server.DSN(superuser, name))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	hash := "!"
	if c.o.Password != nil {
		hash = c.o.Password(password)
	}
	for setting, value := range map[string]string{"session_replication_role": "replica", "synchronous_commit": "off", "work_mem": "256MB",
		"maintenance_work_mem": "512MB", "bench.establishments": strconv.Itoa(establishments), "bench.sessions": strconv.Itoa(c.o.Sessions),
		"bench.password": hash} {
		if _, err := conn.Exec(ctx, "select set_config($1, $2, false)", setting, value); err != nil {
			return fmt.Errorf("set %s: %w", setting, err)
		}
	}
	if err := c.script(ctx, conn, "people.sql"); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "analyze"); err != nil {
		return err
	}
	if err := passports(ctx, conn); err != nil {
		return err
	}
	for _, name := range []string{"content.sql", "sessions.sql"} {
		if err := c.script(ctx, conn, name); err != nil {
			return err
		}
	}
	_, err = conn.Exec(ctx, "vacuum (analyze, freeze)")
	return err
}

func (c *cluster) script(ctx context.Context, conn *pgx.Conn, name string) error {
	body, err := data.ReadFile("data/" + name)
	if err != nil {
		return err
	}
	if _, err := conn.PgConn().Exec(ctx, string(body)).ReadAll(); err != nil {
		return fmt.Errorf("run %s: %w", name, err)
	}
	return nil
}

// passports are issued as an import would, a school at a time.
func passports(ctx context.Context, conn *pgx.Conn) error {
	rows, err := conn.Query(ctx, "select id from tenant where kind = 'establishment' order by id")
	if err != nil {
		return err
	}
	scopes, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return err
	}
	for _, scope := range scopes {
		_, err := conn.Exec(ctx, "select issue_passports(array(select person_id from membership where tenant_id = $1))", scope)
		if err != nil {
			return fmt.Errorf("issue the passports of %d: %w", scope, err)
		}
	}
	return nil
}

// seat is a session that the load uses, and the person whose name its pages must show.
type seat struct {
	Scope int64
	Token string
	Name  string
	Login string
}

// seats draws sessions spread over the whole territory, the same at every run.
func (c *cluster) seats(ctx context.Context, name string, n int) ([]seat, error) {
	conn, err := pgx.Connect(ctx, c.server.DSN(superuser, name))
	if err != nil {
		return nil, err
	}
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, `
		select s.scope, s.token, p.name, a.login
		from bench.session s
		join passport p on p.tenant_id = 1 and p.person_id = s.person_id
		join account a on a.tenant_id = 1 and a.person_id = s.person_id
		order by s.n limit $1`, n)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[seat])
}
