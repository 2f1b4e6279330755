package home

import (
	_ "embed"

	"elyco/internal/db"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

// Widget is a widget with the room that it comes from.
type Widget struct {
	service.Widget
	Room   string
	URL    string
	Levels []tenant.Kind
}

// Room is the home page of the house.
type Room struct {
	db       *db.DB
	registry *tenant.Registry
	policy   *policy.Policy
	held     func(*tenant.Tenant, school.Actor) []string
	widgets  []Widget
}

// New makes the room. held says which audience keys an actor holds in a space. The widgets and the policy come later,
// by Furnish, because they come from all rooms, this one included.
func New(d *db.DB, r *tenant.Registry, held func(*tenant.Tenant, school.Actor) []string) *Room {
	return &Room{db: d, registry: r, held: held}
}

// Furnish gives the room the widgets of every room and the policy that says who sees them. It is called once, before
// the first request.
func (r *Room) Furnish(p *policy.Policy, widgets []Widget) { r.policy, r.widgets = p, widgets }

// Service declares the room.
func (r *Room) Service() service.Service {
	everywhere := []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity, tenant.KindEstablishment}
	return service.Service{
		Name: "home", Title: "home.title", Icon: "home", About: "home.about", Words: wordsFR, Levels: everywhere, Always: true,
		Actions: []service.Action{
			{Name: "read", Words: "home.action.read", Kept: []school.Profile{school.Someone}},
			{Name: "arrange", Words: "home.action.arrange"},
			{Name: "default", Words: "home.action.default"},
		},
		Grants: []policy.Grant{
			policy.Allow("read", policy.Self, school.Someone),
			policy.Allow("arrange", policy.Self, school.Someone),
			policy.Allow("default", policy.Establishment, school.Administrator, school.Head),
		},
		Routes: []service.Route{
			{Method: "GET", Path: "/home", Action: "read", Handler: r.getHome},
			{Method: "GET", Path: "/home/arrange", Action: "arrange", Handler: r.getArrange},
			{Method: "POST", Path: "/home/arrange", Action: "arrange", Handler: r.postArrange},
			{Method: "POST", Path: "/home/reset", Action: "arrange", Handler: r.postReset},
			{Method: "GET", Path: "/home/defaults", Action: "default", Handler: r.getDefaults},
			{Method: "POST", Path: "/home/defaults", Action: "default", Handler: r.postDefaults},
		},
		Menu:    []service.MenuItem{{Label: "home.title", URL: "/home", Icon: "home", Action: "read", Order: 0}},
		Privacy: record(),
	}
}
