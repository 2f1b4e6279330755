package setting

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Book knows every setting of the house and what each space decided. It is safe for concurrent use.
type Book struct {
	db    *db.DB
	defs  []Def
	named map[string]Def

	reading sync.Mutex // one read at a time, so that an older one never replaces a newer
	held    atomic.Pointer[decisions]
}

// decision is what one space set.
type decision struct {
	value   Value
	locked  bool
	version int
	author  school.PersonID
	at      time.Time
}

// decisions are never changed once they are held.
type decisions map[school.ScopeID]map[string]decision

// NewBook makes the book of the house. Declare tells it the settings, Load what the spaces decided.
func NewBook(d *db.DB) *Book {
	b := &Book{db: d, named: map[string]Def{}}
	b.held.Store(&decisions{})
	return b
}

// Declare adds settings, in the order in which pages show them. It is called while the house is built, before any other
// method, and refuses a declaration that is wrong or there twice.
func (b *Book) Declare(defs ...Def) error {
	for _, d := range defs {
		if err := d.Validate(); err != nil {
			return err
		}
		if _, there := b.named[d.Name]; there {
			return fmt.Errorf("setting %s: it is declared twice", d.Name)
		}
		d.Default = d.clean(d.Default)
		b.named[d.Name] = d
		b.defs = append(b.defs, d)
	}
	return nil
}

// Defs lists the settings in the order of their declaration. The slice is shared: read it only.
func (b *Book) Defs() []Def { return b.defs }

// Def finds a setting by its name.
func (b *Book) Def(name string) (Def, bool) {
	d, ok := b.named[name]
	return d, ok
}

// Load reads what every space decided, in one query, and swaps it in at once. On an error the old stays.
func (b *Book) Load(ctx context.Context) error { return b.load(ctx, nil) }

// load reads the decisions of some spaces; of all when none is named.
func (b *Book) load(ctx context.Context, spaces []school.ScopeID) error {
	b.reading.Lock()
	defer b.reading.Unlock()
	rows, err := readDecisions(ctx, b.db, spaces)
	if err != nil {
		return fmt.Errorf("read the settings: %w", err)
	}
	next := decisions{}
	if spaces != nil {
		maps.Copy(next, *b.held.Load())
	}
	for _, id := range spaces {
		delete(next, id)
	}
	for _, r := range rows {
		d, known := b.named[r.name]
		if !known {
			continue
		}
		v, err := d.decode(r.value)
		if err != nil {
			slog.WarnContext(ctx, "a setting does not fit its declaration; what is inherited holds", "setting", r.name, "tenant", int64(r.space))
			continue
		}
		if next[r.space] == nil {
			next[r.space] = map[string]decision{}
		}
		next[r.space][r.name] = decision{v, r.locked, r.version, r.author, r.at}
	}
	b.held.Store(&next)
	return nil
}

const channel = "setting_changed"

// Follow keeps the book fresh until ctx ends: what another replica changes is read again, and everything after each cut of
// the connection. Changes that come together make one read.
func (b *Book) Follow(ctx context.Context) {
	var mu sync.Mutex
	var spaces []school.ScopeID
	all := false
	dirty := make(chan struct{}, 1)
	mark := func(id school.ScopeID) {
		mu.Lock()
		if id == 0 {
			all = true
		}
		spaces = append(spaces, id)
		mu.Unlock()
		select {
		case dirty <- struct{}{}:
		default:
		}
	}
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-dirty:
			}
			mu.Lock()
			which := spaces
			if all {
				which = nil
			}
			spaces, all = nil, false
			mu.Unlock()
			if err := b.load(ctx, which); err != nil && ctx.Err() == nil {
				slog.ErrorContext(ctx, "the settings could not be read again", "error", err)
				time.AfterFunc(2*time.Second, func() { mark(0) })
			}
		}
	}()
	hear := func(_, payload string) {
		id, _ := strconv.ParseInt(payload, 10, 64) // what is no number means all of them
		mark(school.ScopeID(id))
	}
	b.db.Listen(ctx, []string{channel}, hear, func() { mark(0) })
}

// Line is a setting as it holds in a space.
type Line struct {
	Def     Def
	Value   Value
	From    *tenant.Tenant // who decided; nil for the house's default
	Locked  *tenant.Tenant // the space above that keeps this one from deciding; nil when it may
	Own     bool           // the space decided itself
	Locks   bool           // it decided, and locked what it decided
	Version int            // of the space's own decision; 0 when it has none
	SetBy   school.PersonID
	SetAt   time.Time // of the decision that holds; zero for the default
	Above   Value     // what would hold without the space's own decision
}

// Effective lists the settings that a space inherits or decides, as they hold there now.
func (b *Book) Effective(t *tenant.Tenant) []Line {
	lines := make([]Line, len(b.defs))
	for i, d := range b.defs {
		lines[i] = b.line(t, d)
	}
	return lines
}

// Line is one setting as it holds in a space. The name must be declared.
func (b *Book) Line(t *tenant.Tenant, name string) Line { return b.line(t, b.must(name)) }

func (b *Book) line(t *tenant.Tenant, d Def) Line {
	held := *b.held.Load()
	l := Line{Def: d, Value: d.Default, Above: d.Default}
	for _, space := range path(t) {
		found, ok := held[space.ID][d.Name]
		if space == t {
			l.Above = l.Value
			l.Version = found.version
		}
		if !ok || l.Locked != nil || !d.MaySet(space.Kind) {
			continue
		}
		l.Value, l.From, l.SetBy, l.SetAt = found.value, space, found.author, found.at
		l.Own = space == t
		l.Locks = l.Own && found.locked
		if found.locked && space != t {
			l.Locked = space
		}
	}
	return l
}

// path leads from the academy to the space.
func path(t *tenant.Tenant) []*tenant.Tenant {
	if t == nil {
		return nil
	}
	return append(path(t.Parent), t)
}

// value is what holds in a space, without a word about who decided.
func (b *Book) value(t *tenant.Tenant, d Def) Value {
	held := *b.held.Load()
	v := d.Default
	for _, space := range path(t) {
		found, ok := held[space.ID][d.Name]
		if !ok || !d.MaySet(space.Kind) {
			continue
		}
		v = found.value
		if found.locked {
			break
		}
	}
	return v
}

// must finds a declaration. A name that nobody declared is a defect of the program, and the first test to pass by says so.
func (b *Book) must(name string) Def {
	d, ok := b.named[name]
	if !ok {
		panic(fmt.Sprintf("setting: nobody declared %q", name))
	}
	return d
}

// Text is what a setting of kind Text or Choice says in a space.
func (b *Book) Text(t *tenant.Tenant, name string) string { return b.value(t, b.must(name)).Text }

// Number is what a setting of kind Number says in a space, in its unit.
func (b *Book) Number(t *tenant.Tenant, name string) int { return b.value(t, b.must(name)).Number }

// On is what a setting of kind Switch says in a space.
func (b *Book) On(t *tenant.Tenant, name string) bool { return b.value(t, b.must(name)).On }

// Many is what a setting of kind Choices says in a space. The slice is shared: read it only.
func (b *Book) Many(t *tenant.Tenant, name string) []string { return b.value(t, b.must(name)).Many }

// Periods is what a setting of kind Periods says in a space, in the order of the days. The slice is shared: read it only.
func (b *Book) Periods(t *tenant.Tenant, name string) []Period {
	return b.value(t, b.must(name)).Periods
}
