package bench

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"time"
)

// password is what every account of the benchmark opens with.
const password = "le-banc-de-mesure-2026"

// Options say how large the territory is and how long the rounds are. The zero value is the full measure.
type Options struct {
	Dir            string        // keeps the database between runs; needed
	Program        string        // the program to measure; empty: this one
	Establishments int           // 0: 732, a million people
	Sessions       int           // 0: 200 000
	Seats          int           // sessions that the load uses, each page another; 0: 10 000
	Rounds         int           // 0: 5
	Pages          int           // held open and told of changes; 0: 5 000; negative: none
	Round          time.Duration // 0: 4 s
	Feed           string        // its scale, "pilot" or "full"; empty: "full"; "none": no feed is measured
	SharedBuffers  string        // of PostgreSQL; empty: 4GB, or a quarter of the memory when that is less
	Profile        string        // when set, a CPU profile of the program under load is written there

	// Password derives what is stored of a password, so that sign-in can be measured; nil: it is not.
	Password func(string) string
}

func (o Options) complete() (Options, error) {
	if o.Dir == "" {
		return o, errors.New("the benchmark needs a folder for its database")
	}
	set := func(v *int, standard int) {
		if *v == 0 {
			*v = standard
		}
	}
	set(&o.Establishments, 732)
	set(&o.Sessions, 200_000)
	set(&o.Seats, 10_000)
	set(&o.Rounds, 5)
	set(&o.Pages, 5000)
	if o.Round == 0 {
		o.Round = 4 * time.Second
	}
	if o.Feed == "" {
		o.Feed = "full"
	}
	if o.SharedBuffers == "" {
		o.SharedBuffers = sharedBuffers()
	}
	if o.Program != "" {
		return o, nil
	}
	var err error
	o.Program, err = os.Executable()
	return o, err
}

func (o Options) warm() time.Duration { return 3 * o.Round }

// few is how many rounds the numbers of connections get that say less.
func (o Options) few() int { return min(3, o.Rounds) }

// Run prepares the territory in o.Dir, unless it stands there already, measures, and writes what it found to out. It
// fails on a wrong answer and on anything that keeps it from measuring, never on a figure.
func Run(ctx context.Context, o Options, out io.Writer) (err error) {
	o, err = o.complete()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(o.Dir, 0o755); err != nil {
		return fmt.Errorf("make the benchmark's folder: %w", err)
	}
	c, err := openCluster(ctx, o, out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.server.Stop()) }()
	r := &report{out: out}
	r.line("%s", machine())
	r.line("%d establishments, %d people, %d sessions in use, PostgreSQL with %s", o.Establishments, o.Establishments*1366, o.Seats, o.SharedBuffers)
	if err := c.pages(ctx, r); err != nil {
		return err
	}
	if err := c.livePages(ctx, r); err != nil {
		return err
	}
	if err := c.feeds(ctx, r); err != nil {
		return fmt.Errorf("measure feeds: %w", err)
	}
	r.line("\nAt the end: load average %s. Nothing else should run: read the ratios, not the figures.", loadAverage())
	r.verdict()
	return nil
}

// pages measures the home page beside its floors, then what surrounds it.
func (c *cluster) pages(ctx context.Context, r *report) (err error) {
	k, err := openCourse(ctx, c, whole)
	if err != nil {
		return err
	}
	r.asked(k.asked)
	r.atMost("statements of a home page", float64(k.asked.statements[len(k.asked.statements)/2]), 10, "")
	r.atMost("round trips of a home page, any", float64(k.asked.trips[len(k.asked.trips)-1]), 3, "")
	targets, stop, err := c.field(ctx, k, "")
	defer func() { err = errors.Join(err, stop()) }()
	if err != nil {
		return err
	}
	idle, _ := memory(targets[0].pid())
	if err := c.warm(targets); err != nil {
		return err
	}
	if err := c.homes(ctx, r, targets); err != nil {
		return err
	}
	r.atMost("memory, idle", float64(idle)/1e6, 50, " MB")
	if err := c.wire(r, targets[0], k); err != nil {
		return err
	}
	if err := c.signIns(r, targets[0], k); err != nil {
		return err
	}
	if err := c.profile(targets[0]); err != nil {
		return err
	}
	return c.growth(ctx, r, targets)
}

// homes holds the home page against the floors at three numbers of connections.
func (c *cluster) homes(ctx context.Context, r *report, targets []*target) error {
	for _, connections := range []int{8, 64, 1} {
		rounds := c.o.few()
		if connections == 8 {
			rounds = c.o.Rounds
		}
		results, err := c.interleave(ctx, targets, connections, rounds)
		if err != nil {
			return err
		}
		r.rounds(fmt.Sprintf("Home page, %d connections", connections), targets, results, floorExplicit)
		r.homeGoals(connections, results[product], results[floorExplicit])
		if connections != 64 {
			continue
		}
		rss, pss := memory(targets[0].pid())
		r.line("memory of the program: RSS %.0f MB, PSS %.0f MB", float64(rss)/1e6, float64(pss)/1e6)
		r.atMost("memory at 64 connections", float64(rss)/1e6, 100, " MB")
	}
	return nil
}

func (r *report) homeGoals(connections int, own, floor []result) {
	of := func(f func(result) float64) float64 { return median(own, f) / median(floor, f) }
	switch connections {
	case 8:
		r.atLeast("home page at 8 connections, pages/s ÷ floor", of(perSecond), 0.6, "")
		r.atMost("home page, processor time ÷ floor", of(cpu), 1.7, "")
		r.atMost("home page at 8 connections, p99 ÷ own p50", median(own, p99)/median(own, p50), 10, "")
		r.atMost("home page, bytes", median(own, size), 40_000, "")
	case 64:
		r.atLeast("home page at 64 connections, pages/s ÷ floor", of(perSecond), 0.6, "")
		r.atMost("home page at 64 connections, p99 ÷ floor", of(p99), 2, "")
	case 1:
		r.atMost("home page alone, p50 ÷ floor", of(p50), 2, "")
	}
}

// wire measures the page as browsers take it, packed, and the files that never change.
func (c *cluster) wire(r *report, t *target, k *course) error {
	var l lane
	if err := l.open(t.address); err != nil {
		return err
	}
	defer l.conn.Close()
	if err := l.ask(&k.requests[0], time.Now()); err != nil {
		return err
	}
	style := regexp.MustCompile(`/assets/[^"]+\.css`).FindString(string(l.body))
	packed := k.zipped[0]
	packed.marker = nil
	if err := l.ask(&packed, time.Now()); err != nil {
		return err
	}
	if err := packs(l.body, k.requests[0].marker); err != nil {
		return err
	}
	r.atMost("home page packed, bytes", float64(len(l.body)), 8_000, "")
	zipped := &target{child: t.child}
	for _, one := range k.zipped {
		one.marker = nil
		zipped.requests = append(zipped.requests, one)
	}
	home, err := c.round(zipped, poolSize, c.o.Round)
	if err != nil {
		return err
	}
	r.line("\nHome page packed, %d connections: %.0f pages/s, %.2f CPU ms/page, %.0f bytes", poolSize, home.perSecond(), cpu(home), home.size())
	if style == "" {
		return errors.New("the home page names no style sheet")
	}
	host := bytes.SplitN(k.requests[0].raw, []byte("\r\n"), 3)[1]
	asset := request{status: http.StatusOK, raw: []byte("GET " + style + " HTTP/1.1\r\n" + string(host) + "\r\nAccept-Encoding: gzip\r\n\r\n")}
	file, err := c.round(&target{child: t.child, requests: []request{asset}}, 64, c.o.Round)
	if err != nil {
		return err
	}
	r.line("Style sheet, 64 connections: %.0f a second, %.0f bytes", file.perSecond(), file.size())
	return nil
}

// packs checks that a packed answer is the page.
func packs(body, marker []byte) error {
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("unpack the home page: %w", err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		return fmt.Errorf("unpack the home page: %w", err)
	}
	if !bytes.Contains(plain, marker) {
		return fmt.Errorf("the packed page lacks %q", marker)
	}
	return nil
}
