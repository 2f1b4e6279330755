// Package tenant knows the territory: the academy, its collectivities and their establishments, which of them a host
// means, and in which scope a request therefore runs.
package tenant

import (
	"context"
	"slices"
	"strings"
	"time"

	"elyco/internal/db"
	"elyco/internal/school"
)

// Kind is the rank of a space in the territory.
type Kind string

// The three ranks.
const (
	KindAcademy       Kind = "academy"
	KindCollectivity  Kind = "collectivity"
	KindEstablishment Kind = "establishment"
)

// State is where a space stands in its life.
type State string

// The states. Only open and opening spaces let people in.
const (
	Planned   State = "planned"
	Opening   State = "opening"
	Open      State = "open"
	Suspended State = "suspended"
	Closed    State = "closed"
	Merged    State = "merged"
)

// Tenant is one space as the registry holds it: shared by all requests, never changed.
type Tenant struct {
	ID           school.ScopeID
	Kind         Kind
	Parent       *Tenant // nil for the academy
	Slug         string
	Name         string
	UAI          string
	Provisional  bool
	MadeUp       bool
	Nature       string // college, lycee, lp, lpo, legt, lgt, erea; region or departement for a collectivity
	Sector       string // public, private
	City         string
	Department   string
	Wave         string
	Pilot        bool
	State        State
	StateNote    string
	Theme        string
	Domain       string
	Presentation string
	ContactEmail string
	ContactPhone string
	Address      string
	OpenedOn     time.Time
	MergedInto   school.ScopeID // zero unless Merged
	WaveDecided  bool           // by hand: the files leave the wave alone
	Services     []string       // those that are on, once Chosen; before, an empty list is every service
	Chosen       bool           // the space has decided about its services
	ClosedBelow  []string       // services that no space below may have on
	UpdatedAt    time.Time

	host     string
	scope    db.Scope
	children []*Tenant
}

// Host is the host name under which people find the space, with the port in development.
func (t *Tenant) Host() string { return t.host }

// Scope is what a transaction of this space sees.
func (t *Tenant) Scope() db.Scope { return t.scope }

// Children lists the spaces right below, in the order of their names.
func (t *Tenant) Children() []*Tenant { return t.children }

// Collectivity is the funder: the space itself, its parent, or nil for the academy.
func (t *Tenant) Collectivity() *Tenant {
	switch t.Kind {
	case KindCollectivity:
		return t
	case KindEstablishment:
		return t.Parent
	}
	return nil
}

// Academy is the top of the territory.
func (t *Tenant) Academy() *Tenant {
	for t.Parent != nil {
		t = t.Parent
	}
	return t
}

// Within reports whether t is other or lies below it.
func (t *Tenant) Within(other *Tenant) bool {
	for ; t != nil; t = t.Parent {
		if t.ID == other.ID {
			return true
		}
	}
	return false
}

// LetsIn reports whether people may use the space.
func (t *Tenant) LetsIn() bool { return t.State == Open || t.State == Opening }

// Offers reports whether a service is on here. Every service is on until an establishment chooses, unless a space above
// has closed it for those below.
func (t *Tenant) Offers(service string) bool {
	if t.ClosedBy(service) != nil {
		return false
	}
	return !t.Chosen && len(t.Services) == 0 || slices.Contains(t.Services, service)
}

// ClosedBy is the space above that has closed a service for those below it, or nil.
func (t *Tenant) ClosedBy(service string) *Tenant {
	for p := t.Parent; p != nil; p = p.Parent {
		if slices.Contains(p.ClosedBelow, service) {
			return p
		}
	}
	return nil
}

// IsCollege reports whether the establishment is a collège; the others are lycées of some nature.
func (t *Tenant) IsCollege() bool { return t.Nature == "college" }

// KindWords says in French what the space is: "Collège public · Vendée".
func (t *Tenant) KindWords() string {
	switch t.Kind {
	case KindAcademy:
		return "Académie"
	case KindCollectivity:
		if t.Nature == "region" {
			return "Région"
		}
		return "Département"
	}
	words := map[string]string{"college": "Collège", "lycee": "Lycée", "lp": "Lycée professionnel",
		"lpo": "Lycée polyvalent", "legt": "Lycée général et technologique", "lgt": "Lycée général et technologique",
		"erea": "Établissement régional d’enseignement adapté"}[t.Nature]
	if t.Sector == "private" {
		words += " privé"
	} else {
		words += " public"
	}
	return strings.TrimSpace(words) + " · " + t.City
}

type key struct{}

// Enter puts ctx in the space t: its transactions see t's rows and no other establishment's.
func Enter(ctx context.Context, t *Tenant) context.Context {
	return db.WithScope(context.WithValue(ctx, key{}, t), t.scope)
}

// From returns the space of the request; every request that reaches a handler has one.
func From(ctx context.Context) *Tenant {
	t, _ := ctx.Value(key{}).(*Tenant)
	return t
}
