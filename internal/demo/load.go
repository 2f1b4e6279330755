package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// Scale is how much of the territory is filled.
type Scale string

// The two scales.
const (
	Pilot Scale = "pilot"
	Full  Scale = "full"
)

// Options choose what is loaded. The zero value is the pilot demonstration.
type Options struct {
	Scale    Scale
	Seed     uint64    // 0: the usual one
	Progress io.Writer // told in French how far the load is; nil: nobody
}

const usualSeed = 20261123

// leaverShare is how many, out of a thousand pupils, left in the summer and keep an account for some months.
const leaverShare = 180

// loaders is how many schools are written at once: the database is what one waits for.
const loaders = 2

// Report counts what a load has brought.
type Report struct {
	Spaces   int // filled now
	Skipped  int // filled before
	Persons  int
	Profiles map[school.Profile]int // memberships of today
	Left     int                    // memberships that ended in the summer
	Classes  int
	Ties     int
	Shared   int // people of several schools
	Took     time.Duration
}

// Load fills the territory of the registry with made-up people. It completes what an interrupted or smaller load has
// left, and never writes anybody twice. The registry must hold the territory.
func Load(ctx context.Context, d *db.DB, reg *tenant.Registry, o Options) (Report, error) {
	if reg.Academy() == nil {
		return Report{}, errors.New("le territoire est vide : lancez d’abord « elyco tenants sync --apply »")
	}
	if o.Seed == 0 {
		o.Seed = usualSeed
	}
	if o.Progress == nil {
		o.Progress = io.Discard
	}
	start := time.Now()
	l := &load{db: d, options: o, all: territoryOrder(reg.All()), today: directory.Day(d.Now()), hash: session.HashPassword(Password),
		names: newNameBook(), carried: map[string]*carry{}, report: Report{Profiles: map[school.Profile]int{}}}
	l.lycee = stageLyceeOf(l.all)
	if err := l.run(ctx); err != nil {
		return Report{}, fmt.Errorf("load the demonstration: %w", err)
	}
	l.report.Took = time.Since(start)
	return l.report, nil
}

// territoryOrder puts the spaces above first, then the collèges, then the lycées, which some of the collèges' families
// have an elder child in.
func territoryOrder(all []*tenant.Tenant) []*tenant.Tenant {
	turn := func(t *tenant.Tenant) int {
		switch {
		case t.Kind == tenant.KindAcademy:
			return 0
		case t.Kind == tenant.KindCollectivity:
			return 1
		case t.IsCollege():
			return 2
		}
		return 3
	}
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b *tenant.Tenant) int {
		if turn(a) != turn(b) {
			return turn(a) - turn(b)
		}
		return int(a.ID - b.ID)
	})
	return all
}

// load is one run: the generator makes the spaces one after the other, the loaders write them.
type load struct {
	db      *db.DB
	options Options
	all     []*tenant.Tenant
	lycee   *tenant.Tenant
	today   time.Time
	hash    string
	names   *nameBook
	carried map[string]*carry // by department
	shared  []uuid.UUID
	report  Report
}

// outcome is what a loader says of one space.
type outcome struct {
	space   *space
	written bool
}

func (l *load) run(ctx context.Context) error {
	spaces, outcomes := make(chan *space), make(chan outcome)
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(spaces)
		return l.generate(gctx, spaces)
	})
	writers, wctx := errgroup.WithContext(gctx)
	for range loaders {
		writers.Go(func() error { return l.write(wctx, spaces, outcomes) })
	}
	g.Go(func() error {
		defer close(outcomes)
		return writers.Wait()
	})
	g.Go(func() error {
		l.collect(outcomes)
		return nil
	})
	if err := g.Wait(); err != nil {
		return err
	}
	return l.settle(ctx)
}

func (l *load) generate(ctx context.Context, out chan<- *space) error {
	for _, t := range l.all {
		s := l.make(t)
		l.shared = append(l.shared, s.shared...)
		select {
		case out <- s:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// make draws all the people of one space.
func (l *load) make(t *tenant.Tenant) *space {
	s := newSpace(t, l.options.Seed, l.names, l.today)
	s.stageName = path(t)
	if t == l.lycee {
		s.stageName = stageLycee
	}
	if t.Kind != tenant.KindEstablishment {
		s.territoryAgents()
		s.stage()
		return s
	}
	s.open()
	if l.options.Scale != Full && !t.Pilot && t != l.lycee {
		return s
	}
	c := l.carried[t.Department]
	if c == nil {
		c = newCarry()
		l.carried[t.Department] = c
	}
	s.fill(c)
	if l.options.Scale == Full {
		s.leave(leaverShare)
	}
	return s
}

func (l *load) write(ctx context.Context, spaces <-chan *space, out chan<- outcome) error {
	for s := range spaces {
		written, err := save(ctx, l.db, s, l.hash)
		if err != nil {
			return err
		}
		select {
		case out <- outcome{s, written}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (l *load) collect(outcomes <-chan outcome) {
	done := 0
	for o := range outcomes {
		done++
		l.count(o)
		if done%50 == 0 || done == len(l.all) {
			fmt.Fprintf(l.options.Progress, "%d espaces sur %d, %d personnes\n", done, len(l.all), l.report.Persons)
		}
	}
}

func (l *load) count(o outcome) {
	if !o.written {
		l.report.Skipped++
		return
	}
	l.report.Spaces++
	l.report.Persons += len(o.space.persons)
	l.report.Classes += len(o.space.classes)
	l.report.Ties += len(o.space.ties)
	for _, m := range o.space.members {
		if !m.ends.IsZero() && m.ends.Before(l.today) {
			l.report.Left++
			continue
		}
		l.report.Profiles[m.profile]++
	}
}

// settle issues the passports of the people of several schools, and counts whom the collectivities reach. It is done
// even when nothing was written, for a load may have been interrupted just before.
func (l *load) settle(ctx context.Context) error {
	slices.SortFunc(l.shared, func(a, b uuid.UUID) int { return strings.Compare(string(a[:]), string(b[:])) })
	l.shared = slices.Compact(l.shared)
	l.report.Shared = len(l.shared)
	people := make([]school.PersonID, len(l.shared))
	for i, id := range l.shared {
		people[i] = school.PersonID{UUID: id}
	}
	fmt.Fprintf(l.options.Progress, "passeports de %d personnes présentes dans plusieurs établissements\n", len(people))
	if err := directory.IssuePassports(ctx, l.db, people); err != nil {
		return err
	}
	if l.report.Spaces == 0 {
		return nil
	}
	fmt.Fprintln(l.options.Progress, "décompte des publics")
	var scopes []int64
	for _, t := range l.all {
		if t.Kind != tenant.KindEstablishment {
			scopes = append(scopes, int64(t.ID))
		}
	}
	if err := refreshHeadcounts(ctx, l.db, scopes); err != nil {
		return fmt.Errorf("count the audiences: %w", err)
	}
	return nil
}
