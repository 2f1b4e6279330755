package tenant

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"sort"
	"strings"
	"sync/atomic"
	"time"

	"elyco/internal/db"
	"elyco/internal/school"
)

// Registry holds the whole territory in memory and follows what other replicas change, so that no request asks the
// database which space a host means.
type Registry struct {
	db     *db.DB
	base   string
	scheme string
	now    atomic.Pointer[snapshot]
}

type snapshot struct {
	academy *Tenant
	byHost  map[string]*Tenant
	byID    map[school.ScopeID]*Tenant
	all     []*Tenant
}

// NewRegistry makes a registry of the spaces under base ("localhost:8080"), addressed by scheme.
func NewRegistry(d *db.DB, base, scheme string) *Registry {
	r := &Registry{db: d, base: strings.ToLower(base), scheme: scheme}
	r.now.Store(&snapshot{})
	return r
}

// Load reads the territory anew and swaps it in at once. On an error the old one stays.
func (r *Registry) Load(ctx context.Context) error {
	rows, err := readAll(ctx, r.db)
	if err != nil {
		return fmt.Errorf("load the territory: %w", err)
	}
	r.now.Store(r.build(rows))
	return nil
}

// Follow keeps the registry fresh until ctx ends: it reloads when another replica changes the territory, and each
// time the connection was lost. Changes that come together make one reload.
func (r *Registry) Follow(ctx context.Context) {
	dirty := make(chan struct{}, 1)
	mark := func() {
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
			time.Sleep(50 * time.Millisecond)
			if err := r.Load(ctx); err != nil && ctx.Err() == nil {
				slog.ErrorContext(ctx, "the territory could not be read again", "error", err)
				time.AfterFunc(2*time.Second, mark)
			}
		}
	}()
	r.db.Listen(ctx, []string{"tenant_changed"}, func(string, string) { mark() }, mark)
}

func (r *Registry) build(rows []row) *snapshot {
	s := &snapshot{byHost: map[string]*Tenant{}, byID: map[school.ScopeID]*Tenant{}}
	for i := range rows {
		t := rows[i].tenant()
		s.byID[t.ID] = t
		s.all = append(s.all, t)
		if t.Kind == KindAcademy {
			s.academy = t
		}
	}
	for i, t := range s.all {
		t.Parent = s.byID[rows[i].ParentID]
		if t.Parent != nil {
			t.Parent.children = append(t.Parent.children, t)
		}
	}
	for _, t := range s.all {
		r.place(s, t)
	}
	sort.Slice(s.all, func(i, j int) bool { return s.all[i].Name < s.all[j].Name })
	return s
}

// place gives t its host and its scope, once its ancestors are known.
func (r *Registry) place(s *snapshot, t *Tenant) {
	host := r.base
	switch t.Kind {
	case KindCollectivity:
		host = t.Slug + "." + r.base
	case KindEstablishment:
		host = t.Slug + "." + t.Parent.Slug + "." + r.base
	}
	s.byHost[host] = t
	t.host = host
	if t.Domain != "" {
		t.host = t.Domain
		s.byHost[t.Domain] = t
	}
	var above []int64
	for p := t.Parent; p != nil; p = p.Parent {
		above = append(above, int64(p.ID))
	}
	t.scope = db.NewScope(int64(t.ID), above...)
	sort.Slice(t.children, func(i, j int) bool { return t.children[i].Name < t.children[j].Name })
}

var hostShape = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?(?::[0-9]{1,5})?$`)

// Resolve finds the space that a Host header means, or nil. It accepts exactly the hosts of the territory: no
// trailing dot, no user part, no other port.
func (r *Registry) Resolve(host string) *Tenant {
	known := r.now.Load().byHost
	// Browsers write a host as it stands in the territory; only what differs is looked at more closely.
	if t := known[host]; t != nil {
		return t
	}
	host = strings.ToLower(host)
	if !hostShape.MatchString(host) {
		return nil
	}
	return known[host]
}

// ByID finds a space by its number, or nil.
func (r *Registry) ByID(id school.ScopeID) *Tenant { return r.now.Load().byID[id] }

// Academy is the top of the territory, or nil before the first synchronisation.
func (r *Registry) Academy() *Tenant { return r.now.Load().academy }

// All lists every space in the order of names. The slice is shared: read it only.
func (r *Registry) All() []*Tenant { return r.now.Load().all }

// Ready reports an error until the territory is known.
func (r *Registry) Ready(context.Context) error {
	if r.Academy() == nil {
		return fmt.Errorf("the territory is empty: run elyco tenants sync")
	}
	return nil
}

// URL is the address of a path in a space. Links and redirects are built here, never from what a request said.
func (r *Registry) URL(t *Tenant, path string) string { return r.scheme + "://" + t.host + path }
