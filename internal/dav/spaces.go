package dav

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"elyco/internal/drive"
	"elyco/internal/school"
)

// named is a space under the name that a file manager shows.
type named struct {
	name string
	drive.Space
}

// nameOf is what people call a space among their folders.
func nameOf(s drive.Space) string {
	switch s.Kind {
	case drive.Personal:
		return "Mes documents"
	case drive.Class:
		return drive.SafeName("Classe " + s.Name)
	case drive.Group:
		return drive.SafeName("Groupe " + s.Name)
	}
	return "Documents communs"
}

// callSpaces names spaces, each differently from the others.
func callSpaces(spaces []drive.Space) []named {
	list := make([]named, len(spaces))
	taken := map[string]int{}
	for i, s := range spaces {
		name := nameOf(s)
		key := strings.ToLower(name)
		if taken[key]++; taken[key] > 1 {
			name += " (" + strconv.Itoa(taken[key]) + ")"
		}
		list[i] = named{name, s}
	}
	return list
}

// signs remembers for a moment which space a name means to whom. It opens nothing: the drive judges every request.
type signs struct {
	mu   sync.Mutex
	held map[signKey]sign
}

type signKey struct {
	who   school.PersonID
	scope school.ScopeID
}

type sign struct {
	spaces map[string]drive.SpaceRef
	until  time.Time
}

const (
	signLife  = time.Minute
	mostSigns = 2000
)

func (s *signs) find(k signKey, now time.Time) (map[string]drive.SpaceRef, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one, ok := s.held[k]
	return one.spaces, ok && one.until.After(now)
}

func (s *signs) keep(k signKey, list []named, now time.Time) map[string]drive.SpaceRef {
	spaces := map[string]drive.SpaceRef{}
	for _, n := range list {
		spaces[strings.ToLower(n.name)] = n.SpaceRef
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held == nil || len(s.held) >= mostSigns {
		s.held = map[signKey]sign{}
	}
	s.held[k] = sign{spaces, now.Add(signLife)}
	return spaces
}

// spaces lists those of the actor.
func (q *request) spaces(ctx context.Context) ([]named, error) {
	list, err := q.h.drive.Spaces(ctx)
	if err != nil {
		return nil, err
	}
	all := callSpaces(list)
	q.h.signs.keep(signKey{q.actor.Person, q.tenant.ID}, all, q.h.db.Now())
	return all, nil
}

// enter finds the space of an address: by the name that the list of spaces shows, or by the one that the pages use.
func (q *request) enter(ctx context.Context, p place) (place, error) {
	if p.root() {
		return p, nil
	}
	ref, err := drive.ParseSpace(ctx, p.segment)
	if err == nil {
		p.space = ref
		return p, nil
	}
	key := signKey{q.actor.Person, q.tenant.ID}
	spaces, fresh := q.h.signs.find(key, q.h.db.Now())
	if !fresh {
		list, e := q.spaces(ctx)
		if e != nil {
			return p, e
		}
		spaces = q.h.signs.keep(key, list, q.h.db.Now())
	}
	ref, ok := spaces[strings.ToLower(p.segment)]
	if !ok {
		return p, err
	}
	p.space = ref
	return p, nil
}
