package pg_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/local/pg"
)

// ownerDir, when set, makes this test program a program that owns a server and waits to be killed.
const ownerDir = "PG_TEST_OWNER_DIR"

func TestMain(m *testing.M) {
	dir := os.Getenv(ownerDir)
	if dir == "" {
		os.Exit(m.Run())
	}
	if _, err := pg.Start(context.Background(), pg.Config{Dir: dir, Durable: true}); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("ready")
	time.Sleep(time.Hour)
}

// folder is one that PostgreSQL's account may cross, which t.TempDir is not when root runs the tests.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "pg-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func start(t *testing.T, c pg.Config) *pg.Server {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	s, err := pg.Start(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	return s
}

func ask(t *testing.T, s *pg.Server, role, database, sql string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.DSN(role, database))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var answer string
	if err := conn.QueryRow(t.Context(), sql).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return answer
}

func TestBootstrap(t *testing.T) {
	t.Parallel()
	s := start(t, pg.Config{Dir: folder(t), Durable: true})
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			for _, name := range []string{"one", "two"} {
				if err := pg.Bootstrap(t.Context(), s, name); err != nil {
					t.Error(err)
				}
			}
		})
	}
	both.Wait()
	for _, c := range []struct{ role, sql, want string }{
		{pg.App, "show fsync", "on"},
		{pg.App, "show full_page_writes", "on"},
		{pg.App, "show synchronous_commit", "on"},
		{pg.App, "show data_checksums", "on"},
		{pg.App, "show listen_addresses", ""},
		{pg.App, "show statement_timeout", "15s"},
		{pg.App, "show lock_timeout", "5s"},
		{pg.App, "show idle_in_transaction_session_timeout", "30s"},
		{pg.App, "show log_min_error_statement", "panic"},
		{pg.App, "select (rolsuper or rolbypassrls or rolinherit or rolcreaterole or rolcreatedb)::text from pg_roles where rolname = current_user", "false"},
		{pg.Import, "select (rolbypassrls and not rolsuper)::text from pg_roles where rolname = current_user", "true"},
		{pg.App, "select pg_get_userbyid(datdba) from pg_database where datname = current_database()", pg.Owner},
		{pg.App, "select has_schema_privilege('public', 'create')::text", "false"},
		{pg.Owner, "select has_schema_privilege('public', 'create')::text", "true"},
		{pg.App, "select unaccent('élève')", "eleve"},
		{pg.App, "select count(*)::text from pg_extension where extname in ('unaccent', 'pg_trgm', 'btree_gin')", "3"},
		{pg.App, "select bool_and(proleakproof)::text from pg_proc where proname in ('ts_match_vq', 'texticlike', 'arrayoverlap')", "true"},
	} {
		if got := ask(t, s, c.role, "two", c.sql); got != c.want {
			t.Errorf("%s as %s: got %q, want %q", c.sql, c.role, got, c.want)
		}
	}
}

func TestOneProgramPerFolder(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	first := start(t, pg.Config{Dir: dir})
	if _, err := pg.Start(t.Context(), pg.Config{Dir: dir}); !errors.Is(err, pg.ErrInUse) {
		t.Fatalf("got %v, want ErrInUse", err)
	}
	if got := ask(t, first, "postgres", "postgres", "select 'alive'"); got != "alive" {
		t.Fatalf("the first server says %q", got)
	}
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-first.Done():
	default:
		t.Error("a stopped server is not done")
	}
	start(t, pg.Config{Dir: dir})
}

// TestKilledOwner holds that a killed program leaves no server behind, loses nothing that it committed, and that the
// next one starts at once on the same folder, even while the old server is still ending.
func TestKilledOwner(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	// What an interrupted initdb leaves must not be in the way.
	if err := os.MkdirAll(filepath.Join(dir, "data.new", "base"), 0o755); err != nil {
		t.Fatal(err)
	}
	owner := exec.Command(os.Args[0])
	owner.Env = append(os.Environ(), ownerDir+"="+dir)
	out, err := owner.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := owner.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	if line != "ready\n" {
		t.Fatalf("the owner says %q", line)
	}
	conn, err := pgx.Connect(t.Context(), fmt.Sprintf("host=%s/sock user=postgres dbname=postgres", dir))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), "create table kept as select 'committed' as word"); err != nil {
		t.Fatal(err)
	}
	old := serverPID(t, dir)
	if err := owner.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = owner.Wait()
	s := start(t, pg.Config{Dir: dir, Durable: true})
	// A process that has ended but that nobody has waited for yet has no command line left.
	if left, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", old)); len(left) > 0 {
		t.Errorf("the killed program's server, process %d, still runs", old)
	}
	if got := ask(t, s, "postgres", "postgres", "select word from kept"); got != "committed" {
		t.Errorf("got %q", got)
	}
}

func serverPID(t *testing.T, dir string) int {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.SplitN(string(b), "\n", 2)[0])
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

func TestThrowaway(t *testing.T) {
	t.Parallel()
	s, err := pg.Throwaway(t.Context(), pg.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if err := pg.Bootstrap(t.Context(), s, "elyco"); err != nil {
		t.Error(err)
	}
	first, err := s.Dump(t.Context(), "elyco")
	if err != nil || !strings.Contains(first, "CREATE EXTENSION IF NOT EXISTS unaccent") {
		t.Errorf("dumped %v: %s", err, first)
	}
	if again, err := s.Dump(t.Context(), "elyco"); err != nil || again != first {
		t.Errorf("two dumps of one schema differ: %v", err)
	}
	for range 2 {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(s.Dir()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
}

func TestStartSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		config pg.Config
		want   string
	}{
		"setting": {pg.Config{Extra: []string{"no_such_setting=1"}}, "no_such_setting"},
		"no data": {pg.Config{Dir: "-"}, "no data folder"},
		"program": {pg.Config{BinDir: "/nowhere"}, "/nowhere/initdb"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.config.Dir == "" {
				c.config.Dir = folder(t)
			}
			c.config.Dir = strings.TrimPrefix(c.config.Dir, "-")
			_, err := pg.Start(t.Context(), c.config)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want a word about %s", err, c.want)
			}
		})
	}
}
