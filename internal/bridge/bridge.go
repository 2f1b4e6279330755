// Package bridge knows which establishments are bridged: whom of one may write to whom of the other, and share with them,
// while a bridge that both heads signed stands. Rooms ask Between before they let anything cross.
//
// Each side's signature is a row of its own scope (see the room bridges). This package only reads: it holds every
// standing bridge in memory, follows what other replicas change, and answers without a query.
package bridge

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/words"
)

// Purpose is what a bridge is for.
type Purpose string

// The purposes.
const (
	Write Purpose = "write" // the chosen profiles of both sides write to each other
	Share Purpose = "share" // they share groups and documents
)

// Purposes lists the purposes in the order in which pages show them.
func Purposes() []Purpose { return []Purpose{Write, Share} }

// Span is a standing bridge, seen from one of its sides.
type Span struct {
	ID       uuid.UUID
	Peer     school.ScopeID   // the other side
	Mine     []school.Profile // who crosses from here
	Theirs   []school.Profile // whom they reach there
	Purposes []Purpose
	EndsOn   time.Time // the last day, midnight UTC
	SignedAt time.Time // by the second of the two heads
}

func (s Span) serves(mine school.Profile, p Purpose) bool {
	return slices.Contains(s.Mine, mine) && slices.Contains(s.Purposes, p)
}

// Registry holds the bridges of the whole territory.
type Registry struct {
	db    *db.DB
	turn  sync.Mutex // one reading at a time, so that the last to be swapped in is the last that was read
	spans atomic.Pointer[map[school.ScopeID][]Span]
}

// NewRegistry makes a registry that knows no bridge until Load.
func NewRegistry(d *db.DB) *Registry {
	r := &Registry{db: d}
	r.spans.Store(&map[school.ScopeID][]Span{})
	return r
}

// Load reads the bridges anew and swaps them in at once. On an error the old ones stay.
func (r *Registry) Load(ctx context.Context) error {
	r.turn.Lock()
	defer r.turn.Unlock()
	standing, err := readStanding(ctx, r.db)
	if err != nil {
		return fmt.Errorf("load the bridges: %w", err)
	}
	spans := map[school.ScopeID][]Span{}
	for _, s := range standing {
		spans[s.proposer] = append(spans[s.proposer], s.span(s.answerer, s.proposers, s.answerers))
		spans[s.answerer] = append(spans[s.answerer], s.span(s.proposer, s.answerers, s.proposers))
	}
	r.spans.Store(&spans)
	return nil
}

// Follow keeps the registry fresh until ctx ends. An end that a head puts to a bridge is obeyed by every replica within a
// moment.
func (r *Registry) Follow(ctx context.Context) {
	load := func() {
		if err := r.Load(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "the bridges could not be read again", "error", err)
		}
	}
	r.db.Listen(ctx, []string{"bridge_changed"}, func(string, string) { load() }, load)
}

// Between reports whether a standing bridge lets somebody of profile here, in the establishment a, reach somebody of
// profile there, in the establishment b, for the purpose. It asks no database. Within one establishment nothing is bridged.
func (r *Registry) Between(a, b school.ScopeID, here, there school.Profile, p Purpose) bool {
	today := r.today()
	return slices.ContainsFunc((*r.spans.Load())[a], func(s Span) bool {
		return s.Peer == b && s.serves(here, p) && slices.Contains(s.Theirs, there) && !s.EndsOn.Before(today)
	})
}

// From lists the standing bridges that somebody of profile here, in the establishment a, may cross for the purpose: where
// to, and whom it reaches there. It asks no database.
func (r *Registry) From(a school.ScopeID, here school.Profile, p Purpose) []Span {
	today := r.today()
	var open []Span
	for _, s := range (*r.spans.Load())[a] {
		if s.serves(here, p) && !s.EndsOn.Before(today) {
			open = append(open, s)
		}
	}
	return open
}

// today is the day in France, as dates are stored.
func (r *Registry) today() time.Time { return Day(r.db.Now()) }

// Day is the day of an instant in France, as midnight UTC: the way dates are stored and compared.
func Day(at time.Time) time.Time {
	y, m, d := at.In(words.Zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
