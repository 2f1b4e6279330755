package job

import (
	"maps"
	"slices"
	"sync"

	"github.com/google/uuid"
)

// holding is what a worker has taken and not finished.
type holding struct {
	mu    sync.Mutex
	jobs  map[uuid.UUID]claimed
	begun map[uuid.UUID]bool
}

func newHolding(jobs []claimed) *holding {
	h := &holding{jobs: map[uuid.UUID]claimed{}, begun: map[uuid.UUID]bool{}}
	for _, j := range jobs {
		h.jobs[j.ID] = j
	}
	return h
}

func (h *holding) begin(j claimed) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.begun[j.ID] = true
}

func (h *holding) end(j claimed) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.jobs, j.ID)
}

func (h *holding) all() []claimed {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Collect(maps.Values(h.jobs))
}

// waiting takes out what was not begun.
func (h *holding) waiting() []claimed {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []claimed
	for id, j := range h.jobs {
		if !h.begun[id] {
			out = append(out, j)
			delete(h.jobs, id)
		}
	}
	return out
}
