package bench

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/live"
	"elyco/internal/local/pg"
)

const (
	restful   = 20 * time.Second // in which every page gets one sign of life
	waveSize  = 500              // people told in one transaction, as many as rooms tell
	waves     = 20
	singles   = 200
	opening   = 32  // pages that are opened at a time
	spareFile = 300 // files that a process needs beside its pages
)

// watcher is somebody with a page open.
type watcher struct {
	Scope  int64
	Parent int64
	Person uuid.UUID
	Token  string
	conn   net.Conn
}

// livePages measures pages that are open and wait to be told: on one program, and shared out among two.
func (c *cluster) livePages(ctx context.Context, r *report) error {
	if c.o.Pages < 0 {
		return nil
	}
	hosts, err := c.hosts(ctx, whole)
	if err != nil {
		return err
	}
	people, err := c.watchers(ctx, c.reachable(r))
	if err != nil {
		return fmt.Errorf("draw sessions for open pages: %w", err)
	}
	d, err := db.Open(ctx, db.Config{App: c.server.DSN(pg.App, whole), Import: c.server.DSN(pg.Import, whole), Pool: 2})
	if err != nil {
		return err
	}
	defer d.Close()
	for _, replicas := range []int{1, 2} {
		if err := c.watch(ctx, r, d, people, hosts, replicas); err != nil {
			return fmt.Errorf("open pages on %d programs: %w", replicas, err)
		}
	}
	return nil
}

// reachable is how many pages can be opened, after the limit of open files was raised as far as it goes. A program raises its
// own limit in the same way, by itself, when it starts.
func (c *cluster) reachable(r *report) int {
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		return c.o.Pages
	}
	if files.Cur < files.Max {
		raised := syscall.Rlimit{Cur: files.Max, Max: files.Max}
		if syscall.Setrlimit(syscall.RLIMIT_NOFILE, &raised) == nil {
			files = raised
		}
	}
	if most := int(min(files.Cur, 1<<20)) - spareFile; most < c.o.Pages {
		r.line("\nOnly %d pages can be opened instead of %d: a process may open %d files here, and no more (ulimit -Hn)", most, c.o.Pages, files.Cur)
		return most
	}
	return c.o.Pages
}

// watchers are people of as few spaces as possible, each once, as those are whom one transaction of a room tells.
func (c *cluster) watchers(ctx context.Context, n int) ([]*watcher, error) {
	conn, err := pgx.Connect(ctx, c.server.DSN(superuser, whole))
	if err != nil {
		return nil, err
	}
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, `
		select s.scope, t.parent_id, s.person_id, s.token from (select distinct on (person_id) * from bench.session order by person_id, n) s
		join tenant t on t.id = s.scope
		order by s.scope, s.n limit $1`, n)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (*watcher, error) {
		w := &watcher{}
		return w, row.Scan(&w.Scope, &w.Parent, &w.Person, &w.Token)
	})
}

// watch opens every page, and measures what they cost and how soon they hear.
func (c *cluster) watch(ctx context.Context, r *report, d *db.DB, people []*watcher, hosts func(int64) string, replicas int) (err error) {
	var programs []*child
	defer func() {
		for _, p := range programs {
			err = errors.Join(err, p.stop())
		}
	}()
	for i := range replicas {
		p, failed := startProgram(ctx, c.o, fmt.Sprintf("live-%d-of-%d", i+1, replicas), c.server.DSN(pg.App, whole), c.server.DSN(pg.Import, whole))
		if p != nil {
			programs = append(programs, p)
		}
		if failed != nil {
			return failed
		}
	}
	ears := newEars()
	defer ears.close()
	place := func(i int) *child { return programs[i%replicas] }
	// What a program allocates once, it allocates for the first pages.
	if err := ears.open(people[:min(100, len(people))], hosts, place); err != nil {
		return err
	}
	ears.close()
	time.Sleep(time.Second)
	before := rssOf(programs)
	start := time.Now()
	if err := ears.open(people, hosts, place); err != nil {
		return err
	}
	took := time.Since(start)
	time.Sleep(time.Second)
	after := rssOf(programs)
	each := float64(after-before) / float64(len(people))
	r.line("\nOpen pages: %d on %d program(s), opened in %.1f s (%.0f a second); memory %.0f MB before, %.0f MB after: %.1f kB each, the kernel's buffers not counted",
		len(people), replicas, took.Seconds(), float64(len(people))/took.Seconds(), float64(before)/1e6, float64(after)/1e6, each/1e3)
	if err := c.rest(ctx, r, programs, replicas, len(people)); err != nil {
		return err
	}
	if replicas == 1 {
		r.atMost("memory of an open page", each/1e3, 24, " kB")
	}
	return c.tellWatchers(ctx, r, d, ears, people, replicas)
}

// rest measures what pages cost while nothing happens.
func (c *cluster) rest(ctx context.Context, r *report, programs []*child, replicas, pages int) error {
	sum := func() (all time.Duration) {
		for _, p := range programs {
			if s, err := family(p.pid()); err == nil {
				all += s
			}
		}
		return all
	}
	before := sum()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(restful):
	}
	share := 100 * float64(sum()-before) / float64(restful)
	r.line("while nothing happens, for %s, with one sign of life to each page: %.2f %% of one processor", restful, share)
	if replicas == 1 {
		r.atMost(fmt.Sprintf("processor for %d idle pages", pages), share, 5, " %")
	}
	return nil
}

func rssOf(programs []*child) (sum int64) {
	for _, p := range programs {
		rss, _ := memory(p.pid())
		sum += rss
	}
	return sum
}

// tellWatchers tells people in transactions, and measures from before the transaction begins until the event has been read at
// the page: commit, notification, program and socket. What rooms write in such transactions comes on top, and so does the disk
// that they wait for. The readers share this machine's processors with it all.
func (c *cluster) tellWatchers(ctx context.Context, r *report, d *db.DB, ears *ears, people []*watcher, replicas int) error {
	var one, many result
	for i := range singles {
		took, err := ears.tell(ctx, d, people[(i*37)%len(people):][:1])
		if err != nil {
			return err
		}
		one.latencies = append(one.latencies, took...)
	}
	for i := range waves {
		first := (i * waveSize) % max(1, len(people)-waveSize)
		took, err := ears.tell(ctx, d, people[first:][:min(waveSize, len(people))])
		if err != nil {
			return err
		}
		many.latencies = append(many.latencies, took...)
	}
	slices.Sort(one.latencies)
	slices.Sort(many.latencies)
	r.line("from before a transaction that tells, and does nothing else, until it is read at the page: told to one page at a time: p50 %.1f ms, p99 %.1f ms (%d events); to %d pages in one transaction: p50 %.1f ms, p99 %.1f ms (%d events)",
		p50(one), p99(one), len(one.latencies), min(waveSize, len(people)), p50(many), p99(many), len(many.latencies))
	r.atMost(fmt.Sprintf("an open page hears, %d program(s), p99", replicas), p99(one), 100, " ms")
	r.atMost(fmt.Sprintf("%d open pages hear, %d program(s), p99", min(waveSize, len(people)), replicas), p99(many), 250, " ms")
	return nil
}

// ears read what open pages are told.
type ears struct {
	reading sync.WaitGroup
	opened  []*watcher

	mu    sync.Mutex
	ref   []byte
	start time.Time
	took  []time.Duration
	rang  chan struct{}
}

func newEars() *ears { return &ears{rang: make(chan struct{}, 1)} }

func (e *ears) close() {
	e.mu.Lock()
	opened := e.opened
	e.opened = nil
	e.mu.Unlock()
	for _, w := range opened {
		_ = w.conn.Close()
	}
	e.reading.Wait()
}

// open opens a page for each, some at a time, and returns once all of them have been answered.
func (e *ears) open(people []*watcher, hosts func(int64) string, place func(int) *child) error {
	var wg sync.WaitGroup
	failed := make(chan error, opening)
	next := make(chan int)
	for range opening {
		wg.Go(func() {
			var broken error
			for i := range next {
				if broken == nil {
					broken = e.openOne(people[i], hosts(people[i].Scope), place(i).address)
				}
			}
			failed <- broken
		})
	}
	for i := range people {
		next <- i
	}
	close(next)
	wg.Wait()
	var all error
	for range opening {
		all = errors.Join(all, <-failed)
	}
	return all
}

func (e *ears) openOne(w *watcher, host, address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return fmt.Errorf("open a page: %w", err)
	}
	if err := conn.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(conn, "GET /live HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\nCookie: %s=%s\r\n\r\n", host, cookie, w.Token); err != nil {
		return err
	}
	in := bufio.NewReaderSize(conn, 512)
	first, err := in.ReadString('\n')
	if err != nil || !strings.HasPrefix(first, "HTTP/1.1 200") {
		return errors.Join(fmt.Errorf("an open page is answered %q: %w", strings.TrimSpace(first), err), conn.Close())
	}
	if err := conn.SetDeadline(time.Time{}); err != nil {
		return err
	}
	w.conn = conn
	e.mu.Lock()
	e.opened = append(e.opened, w)
	e.mu.Unlock()
	e.reading.Go(func() { e.read(in) })
	return nil
}

func (e *ears) read(in *bufio.Reader) {
	for {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return // closed; what is not heard any more is missed by whoever waits for it
		}
		if !bytes.HasPrefix(line, []byte("data: ")) {
			continue
		}
		now := time.Now()
		e.mu.Lock()
		if len(e.ref) > 0 && bytes.Contains(line, e.ref) {
			e.took = append(e.took, now.Sub(e.start))
			select {
			case e.rang <- struct{}{}:
			default:
			}
		}
		e.mu.Unlock()
	}
}

// tell tells people in one transaction, and waits until each of them has heard.
func (e *ears) tell(ctx context.Context, d *db.DB, people []*watcher) ([]time.Duration, error) {
	ref := uuid.New()
	ids := make([]uuid.UUID, len(people))
	for i, w := range people {
		ids[i] = w.Person
	}
	e.mu.Lock()
	e.ref, e.took, e.start = []byte(ref.String()), nil, time.Now()
	e.mu.Unlock()
	err := d.Write(db.WithScope(ctx, db.NewScope(people[0].Scope, people[0].Parent, 1)), func(ctx context.Context, tx db.Tx) error {
		return live.Tell(ctx, tx, live.Event{Room: "messages", Ref: ref}, ids...)
	})
	if err != nil {
		return nil, err
	}
	late := time.After(30 * time.Second)
	for {
		e.mu.Lock()
		took := e.took
		e.mu.Unlock()
		if len(took) == len(people) {
			return took, nil
		}
		select {
		case <-e.rang:
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-late:
			return nil, fmt.Errorf("%d of %d open pages have heard after half a minute", len(took), len(people))
		}
	}
}
