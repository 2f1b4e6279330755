package live

import (
	"context"
	"slices"
	"sync"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
)

const (
	mostPages  = 20000 // of one replica
	ownPages   = 8     // of one person, in all browsers: one more ends the oldest
	mostQueued = 32    // events that a page has not taken; more are one: anything may have changed
)

// Hub knows the open pages of one replica. It is safe for concurrent use.
type Hub struct {
	db     *db.DB
	mu     sync.Mutex
	pages  map[uuid.UUID][]*Page
	count  int
	closed bool
}

// NewHub makes a hub without pages. Follow lets it hear.
func NewHub(d *db.DB) *Hub { return &Hub{db: d, pages: map[uuid.UUID][]*Page{}} }

// Follow hears what every replica tells until ctx ends.
func (h *Hub) Follow(ctx context.Context) {
	h.db.Listen(ctx, []string{channel}, func(_, payload string) {
		e, people := read(payload)
		h.tell(e, people)
	}, h.tellAll)
}

func (h *Hub) tell(e Event, people []uuid.UUID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range people {
		for _, page := range h.pages[p] {
			page.add(e)
		}
	}
}

func (h *Hub) tellAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, pages := range h.pages {
		for _, page := range pages {
			page.add(Event{Room: Anything})
		}
	}
}

// Open has a page hear what is told to a person. It fails with Busy when this replica holds as many pages as it can, or is
// about to stop.
func (h *Hub) Open(person uuid.UUID) (*Page, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || h.count >= mostPages {
		return nil, fault.New(fault.Busy, "")
	}
	if own := h.pages[person]; len(own) >= ownPages {
		h.drop(own[0])
	}
	p := &Page{hub: h, person: person, wake: make(chan struct{}, 1), end: make(chan struct{})}
	h.pages[person] = append(h.pages[person], p)
	h.count++
	return p, nil
}

// Pages is how many pages this replica holds.
func (h *Hub) Pages() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.count
}

// Close ends every page, so that browsers ask another replica, and lets no new one in.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, pages := range h.pages {
		for _, page := range slices.Clone(pages) {
			h.drop(page)
		}
	}
}

// drop forgets a page; the caller holds the lock.
func (h *Hub) drop(p *Page) {
	own := h.pages[p.person]
	i := slices.Index(own, p)
	if i < 0 {
		return
	}
	h.count--
	close(p.end)
	if len(own) == 1 {
		delete(h.pages, p.person)
		return
	}
	h.pages[p.person] = slices.Delete(slices.Clone(own), i, i+1)
}

// Page is one open page, or one browser that shares what it hears among its pages.
type Page struct {
	hub    *Hub
	person uuid.UUID
	wake   chan struct{}
	end    chan struct{}

	mu     sync.Mutex
	queued []Event
}

func (p *Page) add(e Event) {
	p.mu.Lock()
	if !slices.Contains(p.queued, e) {
		p.queued = append(p.queued, e)
	}
	if len(p.queued) > mostQueued {
		p.queued = []Event{{Room: Anything}}
	}
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// Wake is sent to when there is something to Take.
func (p *Page) Wake() <-chan struct{} { return p.wake }

// End is closed when the page is to be left: too many are open, or the program stops.
func (p *Page) End() <-chan struct{} { return p.end }

// Take gives what was told since the last time, each once.
func (p *Page) Take() []Event {
	p.mu.Lock()
	defer p.mu.Unlock()
	taken := p.queued
	p.queued = nil
	return taken
}

// Leave forgets the page. It may be called twice.
func (p *Page) Leave() {
	p.hub.mu.Lock()
	defer p.hub.mu.Unlock()
	p.hub.drop(p)
}
