package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/local/pg"
)

const (
	fed     = "fed" // the database that has everybody from feeds
	noFeed  = "none"
	reading = 100e6 // bytes of XML in a second, which a reader must at least get through
)

// errand is a command of the program that has ended.
type errand struct {
	took time.Duration
	cpu  time.Duration
	peak int64 // of its memory, bytes
	said string
}

func (e errand) String() string {
	return fmt.Sprintf("%.1f s, %.1f s of processor, at most %.0f MB of memory", e.took.Seconds(), e.cpu.Seconds(), float64(e.peak)/1e6)
}

// feeds measures what a whole academy's directory costs, through the commands that an operator gives: read, applied to a house
// that knows nobody, the same again, and the next day's while pages are asked for.
func (c *cluster) feeds(ctx context.Context, r *report) error {
	if c.o.Feed == noFeed {
		return nil
	}
	first, size, err := c.sample(ctx, "first", 0)
	if err != nil {
		return err
	}
	second, _, err := c.sample(ctx, "second", 1)
	if err != nil {
		return err
	}
	third, _, err := c.sample(ctx, "third", 2)
	if err != nil {
		return err
	}
	if err := c.recreate(ctx, fed); err != nil {
		return err
	}
	if _, err := c.command(ctx, "tenants", "sync"); err != nil {
		return err
	}
	read, err := c.command(ctx, "directory", "examine", first)
	if err != nil {
		return err
	}
	speed := float64(size) / read.took.Seconds()
	r.line("\nFeed of %.2f GB read, and each record looked at: %s: %.0f MB/s", float64(size)/1e9, read, speed/1e6)
	r.atLeast("a feed is read, MB/s", speed/1e6, reading/1e6, "")
	for _, what := range []string{"the first feed", "the same feed again", "the same feed again, all of it compared"} {
		args := []string{"directory", "check", "--apply", first}
		if strings.HasSuffix(what, "compared") {
			args = slices.Insert(args, 2, "--whole")
		}
		e, err := c.command(ctx, args...)
		if err != nil {
			return err
		}
		r.line("%s, compared and applied: %s: %s", what, e, lastLine(e.said))
		r.atMost("memory, "+what, float64(e.peak)/1e6, 300, " MB")
	}
	floor, rows, err := c.importFloor(ctx)
	if err != nil {
		return fmt.Errorf("measure the floor of an import: %w", err)
	}
	r.line("floor: what a feed says, %d rows, copied to staging tables and compared as sets, 1 %% changed: %.1f s", rows, floor.Seconds())
	changed, err := c.command(ctx, "directory", "check", "--apply", second)
	if err != nil {
		return err
	}
	r.line("the next day's feed, 1 %% changed: %s: %s", changed, lastLine(changed.said))
	xml := time.Duration(float64(size) / reading * float64(time.Second))
	r.atMost("an almost unchanged feed ÷ (twice the floor, and reading)", float64(changed.took)/float64(2*floor+xml), 1, "")
	return c.meanwhile(ctx, r, third)
}

// calm is how many connections ask for pages while a feed is applied: enough to notice it, and not so many that they take both
// processors for themselves, as no night does.
const calm = 2

// meanwhile applies one more day's feed while pages are asked for.
func (c *cluster) meanwhile(ctx context.Context, r *report, feed string) (err error) {
	requests, program, err := c.visited(ctx)
	if program != nil {
		defer func() { err = errors.Join(err, program.stop()) }()
	}
	if err != nil {
		return err
	}
	t := &target{child: program, requests: requests}
	if err := c.warm([]*target{t}); err != nil {
		return err
	}
	quiet, err := c.round(t, calm, 4*c.o.Round)
	if err != nil {
		return err
	}
	var feeding errand
	done := make(chan error, 1)
	go func() {
		var err error
		feeding, err = c.command(ctx, "directory", "check", "--apply", feed)
		done <- err
	}()
	var meanwhile []result
	for applied := false; !applied; {
		one, err := c.round(t, calm, c.o.Round)
		if err != nil {
			return errors.Join(err, <-done)
		}
		meanwhile = append(meanwhile, one)
		select {
		case err := <-done:
			if err != nil {
				return err
			}
			applied = true
		default:
		}
	}
	r.line("one more day's feed while %d connections ask for pages: %s: %s", calm, feeding, lastLine(feeding.said))
	r.line("home pages before: %.0f/s, p99 %.1f ms; meanwhile: %.0f/s, p99 %.1f ms", quiet.perSecond(), p99(quiet), median(meanwhile, perSecond), median(meanwhile, p99))
	r.atMost("pages' p99 during a feed ÷ before", median(meanwhile, p99)/p99(quiet), 2, "")
	return nil
}

// visited gives people of the feeds sessions, and starts the program on their database.
func (c *cluster) visited(ctx context.Context) ([]request, *child, error) {
	conn, err := pgx.Connect(ctx, c.server.DSN(superuser, fed))
	if err != nil {
		return nil, nil, err
	}
	defer conn.Close(ctx)
	for _, q := range []string{"set session_replication_role = replica", "select set_config('bench.sessions', '" + strconv.Itoa(min(c.o.Sessions, 20_000)) + "', false)"} {
		if _, err := conn.Exec(ctx, q); err != nil {
			return nil, nil, err
		}
	}
	if err := c.script(ctx, conn, "sessions.sql"); err != nil {
		return nil, nil, err
	}
	for _, q := range []string{
		// The feed that is applied meanwhile takes away the access of guardians at once; pupils keep theirs for a while.
		"delete from bench.session s where not exists (select from membership m where m.tenant_id = s.scope and m.person_id = s.person_id and m.profile = 'pupil')",
		"update account set state = 'active', activated_at = now(), charter_at = now() where person_id in (select person_id from bench.session)",
	} {
		if _, err := conn.Exec(ctx, q); err != nil {
			return nil, nil, err
		}
	}
	seats, err := c.seats(ctx, fed, c.o.Seats)
	if err != nil {
		return nil, nil, err
	}
	hosts, err := c.hosts(ctx, fed)
	if err != nil {
		return nil, nil, err
	}
	var requests []request
	for _, s := range seats {
		one := home("/home", hosts(s.Scope), cookie, s, "")
		one.marker = []byte("</html>") // the feed gives people other names
		requests = append(requests, one)
	}
	program, err := startProgram(ctx, c.o, fed, c.server.DSN(pg.App, fed), c.server.DSN(pg.Import, fed))
	return requests, program, err
}

// sample writes a feed, unless a recent one stands there, and tells its folder and size.
func (c *cluster) sample(ctx context.Context, name string, change int) (dir string, size int64, err error) {
	dir = filepath.Join(c.o.Dir, "feed-"+c.o.Feed+"-"+name)
	stamp := dir + ".stamp"
	if !recent(stamp) {
		if err := os.RemoveAll(dir); err != nil {
			return "", 0, err
		}
		args := []string{"directory", "sample", "--scale", c.o.Feed, "--out", dir, "--day", time.Now().AddDate(0, 0, change).Format(time.DateOnly)}
		if change > 0 {
			args = append(args, "--change", strconv.Itoa(change)+"%")
		}
		e, err := c.command(ctx, args...)
		if err != nil {
			return "", 0, err
		}
		c.say("wrote a feed: %s: %s", e, lastLine(e.said))
		if err := os.WriteFile(stamp, nil, 0o600); err != nil {
			return "", 0, err
		}
	}
	files, err := os.ReadDir(dir)
	for _, f := range files {
		if info, err := f.Info(); err == nil {
			size += info.Size()
		}
	}
	return dir, size, err
}

// command runs one of the program's commands on the database of the feeds.
func (c *cluster) command(ctx context.Context, args ...string) (e errand, err error) {
	cmd := exec.CommandContext(ctx, c.o.Program, args...)
	cmd.Env = append(inherited(), "ELYCO_BASE_HOST="+baseHost, "ELYCO_DATA_DIR="+c.o.Dir+"/data-commands", "ELYCO_SECRET="+strings.Repeat("5e", 32),
		"ELYCO_LOG_LEVEL=warn", "ELYCO_DATABASE_URL="+c.server.DSN(pg.App, fed), "ELYCO_DATABASE_IMPORT_URL="+c.server.DSN(pg.Import, fed),
		"ELYCO_DATABASE_OWNER_URL="+c.server.DSN(pg.Owner, fed))
	var said bytes.Buffer
	var failed tail
	cmd.Stdout, cmd.Stderr = &said, &failed
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return e, err
	}
	ended := make(chan struct{})
	var peak atomic.Int64
	go func() {
		// What the system says of an ended process counts its parent's memory too.
		for {
			if now := highWater(cmd.Process.Pid); now > 0 {
				peak.Store(now)
			}
			select {
			case <-ended:
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	err = cmd.Wait()
	close(ended)
	e = errand{took: time.Since(start), peak: peak.Load(), said: said.String()}
	if cmd.ProcessState != nil {
		e.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	if err != nil {
		return e, fmt.Errorf("elyco %s: %w: %s", strings.Join(args, " "), err, failed.String())
	}
	return e, nil
}

// highWater is the most memory that a process has held, in bytes.
func highWater(pid int) int64 {
	kb, _ := strconv.ParseInt(strings.TrimSuffix(field(fmt.Sprintf("/proc/%d/status", pid), "VmHWM"), " kB"), 10, 64)
	return kb << 10
}

func lastLine(s string) string {
	s = strings.TrimSpace(s)
	return s[strings.LastIndexByte(s, '\n')+1:]
}

// said is what a feed says, as rows that the house has: a key, and what stands beside it.
var said = []string{
	`select p.id::text as key, concat_ws('|', p.given_name, p.family_name, p.birth_date, p.email, a.login) || repeat('x', 40) as more
		from person p join account a on a.tenant_id = p.tenant_id and a.person_id = p.id`,
	`select concat_ws(' ', tenant_id, person_id, profile), concat_ws('|', given_name, family_name, function) from membership where source <> 'manual'`,
	`select concat_ws(' ', tenant_id, child_id, guardian_id), concat_ws('|', tie, legal_rank, pays, emergency_contact, lives_with) from guardianship where source <> 'manual'`,
	`select concat_ws(' ', tenant_id, class_id, person_id, profile), form::text from class_member where source <> 'manual'`,
	`select concat_ws(' ', tenant_id, group_id, person_id, profile), '' from group_member where source <> 'manual'`,
	`select id::text, concat_ws('|', tenant_id, subject_id, teacher_id, class_id, group_id) from teaching where source <> 'manual'`,
}

// importFloor copies all that a feed says to staging tables and compares each, as a set, with a table in which one row in a hundred
// is another, one in two hundred is missing and as many are too many. Nothing is read, decided or explained.
func (c *cluster) importFloor(ctx context.Context) (took time.Duration, rows int64, err error) {
	conn, err := pgx.Connect(ctx, c.server.DSN(superuser, fed))
	if err != nil {
		return 0, 0, err
	}
	defer conn.Close(ctx)
	for _, q := range said {
		t, n, err := setDifference(ctx, conn, q)
		if err != nil {
			return 0, 0, err
		}
		took, rows = took+t, rows+n
	}
	return took, rows, nil
}

func setDifference(ctx context.Context, conn *pgx.Conn, query string) (time.Duration, int64, error) {
	run := func(list ...string) error {
		for _, q := range list {
			if _, err := conn.Exec(ctx, q); err != nil {
				return err
			}
		}
		return nil
	}
	err := run("create schema if not exists bench", "drop table if exists bench.staged, bench.kept", "set work_mem = '96MB'",
		"create unlogged table bench.staged (key text, more text)", "create table bench.kept (key text, more text)",
		"insert into bench.kept "+query, "alter table bench.kept add primary key (key)")
	if err != nil {
		return 0, 0, err
	}
	var rows bytes.Buffer
	if _, err := conn.PgConn().CopyTo(ctx, &rows, "copy bench.kept to stdout"); err != nil {
		return 0, 0, err
	}
	err = run("update bench.kept set more = 'other' where abs(hashtext(key)) % 100 = 0", "delete from bench.kept where abs(hashtext(key)) % 200 = 1",
		"update bench.kept set key = 'gone ' || key where abs(hashtext(key)) % 200 = 3", "vacuum analyze bench.kept")
	if err != nil {
		return 0, 0, err
	}
	start := time.Now()
	tag, err := conn.PgConn().CopyFrom(ctx, &rows, "copy bench.staged from stdin")
	if err != nil {
		return 0, 0, err
	}
	err = run("analyze bench.staged",
		"update bench.kept k set more = s.more from bench.staged s where s.key = k.key and s.more is distinct from k.more",
		"insert into bench.kept select * from bench.staged s where not exists (select from bench.kept k where k.key = s.key)",
		"delete from bench.kept k where not exists (select from bench.staged s where s.key = k.key)")
	took := time.Since(start)
	if err != nil {
		return 0, 0, err
	}
	return took, tag.RowsAffected(), run("drop table bench.staged, bench.kept")
}
