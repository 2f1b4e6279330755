package theme

import (
	"context"
	"slices"
	"strconv"

	"elyco/internal/school"
)

// Follow keeps the wardrobe fresh until ctx ends: what any replica announces is forgotten here, and read again when a page
// needs it. After a cut of the connection everything is forgotten, because what was announced meanwhile is lost.
func (w *Wardrobe) Follow(ctx context.Context) {
	hear := func(_, payload string) {
		id, err := strconv.ParseInt(payload, 10, 64)
		if err != nil {
			w.forgetAll()
			return
		}
		w.forget(school.ScopeID(id))
	}
	w.db.Listen(ctx, []string{channel}, hear, w.forgetAll)
}

// forget drops what the space wears, and what the spaces below wear of it.
func (w *Wardrobe) forget(id school.ScopeID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.changes++
	for space, d := range w.dressed {
		if slices.Contains(d.spots, id) {
			w.drop(space)
		}
	}
}

func (w *Wardrobe) forgetAll() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.changes++
	for space := range w.dressed {
		w.drop(space)
	}
}

// drop is called with the lock held.
func (w *Wardrobe) drop(space school.ScopeID) {
	d, ok := w.dressed[space]
	if !ok {
		return
	}
	delete(w.dressed, space)
	w.rack.retire(d.files)
}
