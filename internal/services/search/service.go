package search

import (
	_ "embed"

	"elyco/internal/db"
	"elyco/internal/policy"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

// Source is what one room finds, with the room that it comes from.
type Source struct {
	service.Search
	Room   string
	Levels []tenant.Kind
}

// Room is the search box.
type Room struct {
	db       *db.DB
	registry *tenant.Registry
	policy   *policy.Policy
	held     func(*tenant.Tenant, school.Actor) []string
	sources  []Source
}

// New makes the room. held says which audience keys an actor holds in a space. The sources and the policy come later, by
// Furnish, because they come from all rooms.
func New(d *db.DB, r *tenant.Registry, held func(*tenant.Tenant, school.Actor) []string) *Room {
	return &Room{db: d, registry: r, held: held}
}

// Furnish gives the room what every room lets find, in the order in which it is shown, and the policy that says who may.
// It is called once, before the first request.
func (r *Room) Furnish(p *policy.Policy, sources []Source) { r.policy, r.sources = p, sources }

// Service declares the room.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: "search", Title: "search.title", Icon: "search", About: "search.about", Words: wordsFR, Always: true,
		Levels:  []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity, tenant.KindEstablishment},
		Actions: []service.Action{{Name: "ask", Words: "search.action.ask"}},
		Grants:  []policy.Grant{policy.Allow("ask", policy.Self, school.Someone)},
		Routes:  []service.Route{{Method: "GET", Path: "/search", Action: "ask", Handler: r.getSearch}},
		Privacy: privacy.Record{Nothing: "it asks the other rooms and keeps neither questions nor answers"},
	}
}
