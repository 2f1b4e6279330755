package policy

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
)

// channel is where replicas hear that a space changed a line.
const channel = "policy_changed"

// Delta is a line that a space changed, for itself and for the spaces below it.
type Delta struct {
	Scope        school.ScopeID
	ID           uuid.UUID // of the change that made it so
	Room, Action string
	Profile      school.Profile
	Number       int   // counts the changes of the line in its space
	Reach        Reach // None: refused
	Closed       bool  // nothing below may differ
	Author       string
	SetAt        time.Time
}

// changed is what spaces made of the defaults, at one instant.
type changed struct {
	deltas   map[school.ScopeID][]Delta
	overlays map[school.ScopeID]*overlay // of the spaces with lines of their own
}

// overlay finds the answers of the space, or of the nearest one above it that changed something.
func (p *Policy) overlay(scope school.ScopeID) *overlay {
	now := p.changed.Load()
	if len(now.overlays) == 0 {
		return nil
	}
	for t := p.territory.ByID(scope); t != nil; t = t.Parent {
		if o := now.overlays[t.ID]; o != nil {
			return o
		}
	}
	return nil
}

// Load reads what every space changed and swaps it in at once. On an error the old answers stay.
func (p *Policy) Load(ctx context.Context) error {
	p.loading.Lock()
	defer p.loading.Unlock()
	deltas, err := readAll(ctx, p.db)
	if err != nil {
		return err
	}
	return p.adopt(ctx, deltas)
}

// adopt compiles what differs from what is held: after one change, that is one space or one collectivity.
func (p *Policy) adopt(ctx context.Context, deltas []Delta) error {
	next := &changed{deltas: map[school.ScopeID][]Delta{}, overlays: map[school.ScopeID]*overlay{}}
	ignored := 0
	for _, d := range deltas {
		if !p.honours(d) {
			ignored++
			continue
		}
		next.deltas[d.Scope] = append(next.deltas[d.Scope], d)
	}
	if ignored != p.ignored {
		slog.WarnContext(ctx, "spaces changed rights that no service gives any more; these changes have no effect", "lines", ignored)
	}
	before := p.changed.Load()
	for scope := range next.deltas {
		chain := p.chain(scope)
		if len(chain) == 0 {
			continue
		}
		var made []Delta
		for _, s := range chain {
			made = append(made, next.deltas[s]...)
		}
		if o := before.overlays[scope]; o != nil && slices.Equal(o.made, made) {
			next.overlays[scope] = o
			continue
		}
		o, err := p.newOverlay(chain, made)
		if err != nil {
			return err
		}
		next.overlays[scope] = o
	}
	p.ignored = ignored
	p.changed.Store(next)
	return nil
}

// chain lists a space and those above it, from the top.
func (p *Policy) chain(scope school.ScopeID) []school.ScopeID {
	var chain []school.ScopeID
	for t := p.territory.ByID(scope); t != nil; t = t.Parent {
		chain = append(chain, t.ID)
	}
	slices.Reverse(chain)
	return chain
}

// How long answers may be old when a notification was lost, and how soon a failed reading is tried again.
const (
	everyNow    = time.Minute
	secondTry   = 2 * time.Second
	together    = 50 * time.Millisecond // changes that come this close make one reading
	readTimeout = 10 * time.Second
)

// Follow keeps the answers fresh until ctx ends: it reads again when any replica announces a change, each time the
// connection was lost, and now and then, for what nobody announced (a space that moved).
func (p *Policy) Follow(ctx context.Context) {
	dirty := make(chan struct{}, 1)
	mark := func() {
		select {
		case dirty <- struct{}{}:
		default:
		}
	}
	go func() {
		tick := time.NewTicker(everyNow)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			case <-dirty:
				time.Sleep(together)
			}
			if err := p.loadInTime(ctx); err != nil && ctx.Err() == nil {
				slog.ErrorContext(ctx, "changed rights could not be read again; the last answers stay", "error", err)
				time.AfterFunc(secondTry, mark)
			}
		}
	}()
	p.db.Listen(ctx, []string{channel}, func(string, string) { mark() }, mark)
}

func (p *Policy) loadInTime(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	return p.Load(ctx)
}

// Announce tells every replica, when tx commits, that a space changed its rights.
func Announce(ctx context.Context, tx db.Tx, scope school.ScopeID) error {
	return tx.Notify(ctx, channel, domain(scope))
}
