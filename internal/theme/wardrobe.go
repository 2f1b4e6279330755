package theme

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"regexp"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"elyco/internal/db"
	"elyco/internal/mail"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Skin is what the pages of a space wear. Every address in it is immutable: it names a hash of what it leads to.
type Skin struct {
	StylesheetURL string
	LogoURL       string
	LogoType      string
	FaviconURL    string
	FaviconType   string
	BannerURL     string
	Colour        string // for the browser's own bars
	Background    string // behind the installed application while it starts
	Login         Login
	Inline        Inline    // for PDF
	Letter        mail.Look // of an e-mail
	LetterDark    mail.Look // of the same in a reader's dark mode
}

// Wardrobe knows what each space wears. It reads what a space published when it is first needed, holds it in memory, and
// forgets it when any replica announces a change. It is safe for concurrent use.
type Wardrobe struct {
	db      *db.DB
	shipped map[string]Theme
	loading singleflight.Group

	mu      sync.RWMutex
	changes int // counts what was forgotten, so that what was read before is not kept after
	dressed map[school.ScopeID]dressed
	rack    rack
	missed  map[school.ScopeID]time.Time
}

// dressed is a skin in use, and what it was made from.
type dressed struct {
	skin  Skin
	slug  string // the shipped theme below
	spots []school.ScopeID
	files []File
}

const (
	fallback    = "default"
	loadTimeout = 3 * time.Second
	missPause   = time.Second // between two reads for an unknown file of one space
)

// NewWardrobe reads the themes that ship with the house. Each must be right: a broken one is refused at start. What spaces
// publish upon them is read from d.
func NewWardrobe(d *db.DB, files fs.FS) (*Wardrobe, error) {
	w := &Wardrobe{db: d, shipped: map[string]Theme{}, dressed: map[school.ScopeID]dressed{}, rack: newRack(),
		missed: map[school.ScopeID]time.Time{}}
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, fmt.Errorf("list the themes: %w", err)
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		if w.shipped[e.Name()], err = Load(files, e.Name()); err != nil {
			return nil, err
		}
	}
	if _, ok := w.shipped[fallback]; !ok {
		return nil, fmt.Errorf("the theme %q is missing", fallback)
	}
	return w, nil
}

// For returns what the space wears. It always answers: while the database cannot, a space wears the theme that ships with the
// house.
func (w *Wardrobe) For(ctx context.Context, t *tenant.Tenant) Skin {
	slug := w.slugOf(t)
	w.mu.RLock()
	d, ok := w.dressed[t.ID]
	w.mu.RUnlock()
	if ok && d.slug == slug {
		return d.skin
	}
	// What many pages need at once is read once, and for as long as the slowest of them would wait.
	skin, _, _ := w.loading.Do(fmt.Sprint(int64(t.ID)), func() (any, error) { return w.load(context.WithoutCancel(ctx), t), nil })
	return skin.(Skin)
}

func (w *Wardrobe) load(ctx context.Context, t *tenant.Tenant) Skin {
	ctx, cancel := context.WithTimeout(ctx, loadTimeout)
	defer cancel()
	w.mu.RLock()
	seen := w.changes
	w.mu.RUnlock()
	var worn func() []Version
	err := w.db.Batch(tenant.Enter(ctx, t), func(b *db.Batch) { worn = QueueWorn(b, t) })
	var o Outfit
	if err == nil {
		o, err = w.Dress(t, worn()...)
	}
	if err != nil {
		slog.ErrorContext(ctx, "a space wears the shipped theme: what it published could not be read", "tenant", int64(t.ID), "error", err)
		skin, files := sew(w.Shipped(t))
		w.lend(files)
		return skin
	}
	return w.keep(t, o, seen)
}

// keep remembers the outfit, unless something changed while it was being read.
func (w *Wardrobe) keep(t *tenant.Tenant, o Outfit, seen int) Skin {
	skin, files := sew(o)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rack.hang(files)
	if w.changes != seen {
		w.rack.retire(files)
		return skin
	}
	w.drop(t.ID)
	w.dressed[t.ID] = dressed{skin: skin, slug: w.slugOf(t), spots: idsOf(wornBy(t)), files: files}
	return skin
}

// lend serves files that no skin in memory wears.
func (w *Wardrobe) lend(files []File) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rack.hang(files)
	w.rack.retire(files)
}

// Shipped is what t would wear had nobody published anything.
func (w *Wardrobe) Shipped(t *tenant.Tenant) Outfit {
	o, err := w.Dress(t)
	if err != nil {
		panic(fmt.Sprintf("compose a shipped theme without any version: %v", err)) // nothing is read that could be wrong
	}
	return o
}

// Default is the product's own theme, the ground of all others.
func (w *Wardrobe) Default() Theme { return w.shipped[fallback] }

func (w *Wardrobe) slugOf(t *tenant.Tenant) string {
	for ; t != nil; t = t.Parent {
		if _, ok := w.shipped[t.Theme]; ok && t.Theme != "" {
			return t.Theme
		}
	}
	return fallback
}

// sew makes the skin of an outfit, and the files that its addresses lead to.
func sew(o Outfit) (Skin, []File) {
	css, _ := Stylesheet(o.Tokens)
	light := o.Tokens.Palette(Light)
	letter, letterDark := o.Tokens.Letters()
	files := []File{{css, "text/css; charset=utf-8"}, File(o.Logo), File(o.Favicon), File(o.Banner)}
	return Skin{
		StylesheetURL: prefix + nameOf(files[0]),
		LogoURL:       prefix + nameOf(files[1]), LogoType: o.Logo.ContentType,
		FaviconURL: prefix + nameOf(files[2]), FaviconType: o.Favicon.ContentType,
		BannerURL: prefix + nameOf(files[3]),
		Colour:    light[Masthead].Hex(), Background: light[Background].Hex(),
		Login: o.Login, Inline: o.Tokens.Inline(), Letter: letter, LetterDark: letterDark,
	}, files
}

const prefix = "/theme/"

var fileShape = regexp.MustCompile(`^[0-9a-f]{20}\.(css|svg|png|jpg)$`)

// File returns what an address of a skin leads to. A file that this replica does not know may have been published elsewhere a
// moment ago: then what t wears is read again.
func (w *Wardrobe) File(ctx context.Context, t *tenant.Tenant, name string) (File, bool) {
	if f, ok := w.held(name); ok || !fileShape.MatchString(name) || !w.mayAsk(t) {
		return f, ok
	}
	w.forget(t.ID)
	w.For(ctx, t)
	return w.held(name)
}

func (w *Wardrobe) held(name string) (File, bool) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	h, ok := w.rack.files[name]
	if !ok {
		return File{}, false
	}
	return h.File, true
}

// mayAsk keeps a flood of invented names from becoming a flood of queries.
func (w *Wardrobe) mayAsk(t *tenant.Tenant) bool {
	now := w.db.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	if now.Sub(w.missed[t.ID]) < missPause {
		return false
	}
	w.missed[t.ID] = now
	return true
}

func idsOf(spaces []*tenant.Tenant) []school.ScopeID {
	ids := make([]school.ScopeID, len(spaces))
	for i, t := range spaces {
		ids[i] = t.ID
	}
	return ids
}
