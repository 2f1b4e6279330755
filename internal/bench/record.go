package bench

import (
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"elyco/internal/db"
	"elyco/internal/local/pg"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// cookie is where the program looks for a session.
const cookie = session.Cookie

// course is what is asked of one database: the requests for the home page of each seat, and what they ask in turn.
type course struct {
	database string
	requests []request
	zipped   []request
	seats    []seat
	hosts    []string // of each seat
	pages    string   // file of the recorded pages, for the floor
	asked    tally
}

// tally says what pages asked of the database.
type tally struct {
	statements, trips []int // of each page, sorted
	texts             []string
}

// openCourse draws the seats and has the program's pages recorded.
func openCourse(ctx context.Context, c *cluster, database string) (*course, error) {
	seats, err := c.seats(ctx, database, c.o.Seats)
	if err != nil {
		return nil, fmt.Errorf("draw sessions: %w", err)
	}
	hosts, err := c.hosts(ctx, database)
	if err != nil {
		return nil, err
	}
	k := &course{database: database, seats: seats, pages: filepath.Join(c.o.Dir, database+".pages")}
	for _, s := range seats {
		host := hosts(s.Scope)
		k.hosts = append(k.hosts, host)
		k.requests = append(k.requests, home("/home", host, cookie, s, ""))
		k.zipped = append(k.zipped, home("/home", host, cookie, s, "Accept-Encoding: gzip\r\n"))
	}
	pages, err := k.record(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("record the pages: %w", err)
	}
	k.asked = count(pages)
	return k, save(k.pages, pages)
}

// hosts tells the host of a space as the program itself would.
func (c *cluster) hosts(ctx context.Context, database string) (func(int64) string, error) {
	d, err := db.Open(ctx, db.Config{App: c.server.DSN(pg.App, database), Import: c.server.DSN(pg.Import, database), Pool: 1})
	if err != nil {
		return nil, err
	}
	defer d.Close()
	r := tenant.NewRegistry(d, baseHost, "http")
	if err := r.Load(ctx); err != nil {
		return nil, err
	}
	return func(scope int64) string { return r.ByID(school.ScopeID(scope)).Host() }, nil
}

// record asks for each page alone, so that whatever reaches the database meanwhile belongs to it.
func (k *course) record(ctx context.Context, c *cluster) (pages []page, err error) {
	rec, err := startRecorder(filepath.Join(c.dir, "sock"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rec.Close()) }()
	program, err := startProgram(ctx, c.o, "recorded", rec.dsn(pg.App, k.database), c.server.DSN(pg.Import, k.database))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, program.stop()) }()
	var l lane
	if err := l.open(program.address); err != nil {
		return nil, err
	}
	defer l.conn.Close()
	// A program that has just started still reads the territory again: what is asked in its first second is not noted.
	for settled := time.Now().Add(time.Second); time.Now().Before(settled); {
		if err := l.ask(&k.requests[0], settled); err != nil {
			return nil, err
		}
	}
	rec.take()
	for i, s := range k.seats {
		if err := l.ask(&k.requests[i], time.Now()); err != nil {
			return nil, err
		}
		trips, rows := rec.take()
		p := page{Host: k.hosts[i], Token: s.Token, Length: len(l.body), Trips: asked(trips), Rows: rows}
		if len(p.Trips) == 0 {
			return nil, errors.New("a page asked nothing of the database")
		}
		pages = append(pages, p)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return pages, nil
}

// asked leaves out the pool's own question, whether a connection still stands.
func asked(trips []trip) []trip {
	return slices.DeleteFunc(trips, func(t trip) bool { return len(t) == 1 && t[0].Simple && strings.HasPrefix(t[0].SQL, "-- ping") })
}

func count(pages []page) tally {
	var t tally
	for _, p := range pages {
		n := 0
		for _, one := range p.Trips {
			n += len(one)
			for _, c := range one {
				if text := strings.Join(strings.Fields(c.SQL), " "); !slices.Contains(t.texts, text) {
					t.texts = append(t.texts, text)
				}
			}
		}
		t.statements = append(t.statements, n)
		t.trips = append(t.trips, len(p.Trips))
	}
	slices.Sort(t.statements)
	slices.Sort(t.trips)
	return t
}

func save(path string, pages []page) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(gob.NewEncoder(f).Encode(pages), f.Close())
}
