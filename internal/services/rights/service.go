package rights

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

// The actions of the room.
const (
	read   = "read"
	change = "change"
)

// Room is the page of rights of a space.
type Room struct {
	db       *db.DB
	registry *tenant.Registry
	policy   *policy.Policy
	rooms    []service.Service
}

// New makes the room. The policy and the other rooms come later, by Furnish.
func New(d *db.DB, r *tenant.Registry) *Room { return &Room{db: d, registry: r} }

// Furnish gives the room the policy that it changes and every room that it is about. It is called once, before the first
// request.
func (r *Room) Furnish(p *policy.Policy, rooms []service.Service) { r.policy, r.rooms = p, rooms }

// Service declares the room. Administrators are never locked out of it, or nobody could undo anything.
func (r *Room) Service() service.Service {
	administrators := []school.Profile{school.Administrator}
	return service.Service{
		Name: "rights", Title: "rights.title", Icon: "lock", About: "rights.about", Words: wordsFR, Always: true,
		Levels: []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity, tenant.KindEstablishment},
		Actions: []service.Action{
			{Name: read, Words: "rights.action.read", Kept: administrators},
			{Name: change, Words: "rights.action.change", Kept: administrators,
				Offers: []policy.Offer{policy.UpTo(policy.Establishment, school.Head)}},
		},
		Grants: []policy.Grant{
			policy.Allow(read, policy.Establishment, school.Administrator, school.Head),
			policy.Allow(read, policy.Collectivity, school.Collectivity),
			policy.Allow(read, policy.Academy, school.AcademyAgent),
			policy.Allow(change, policy.Establishment, school.Administrator),
		},
		Routes: []service.Route{
			{Method: "GET", Path: "/rights", Action: read, Handler: r.getServices},
			{Method: "GET", Path: "/rights/:room", Action: read, Handler: r.getTable},
			{Method: "GET", Path: "/rights/:room/history", Action: read, Handler: r.getHistory},
			{Method: "GET", Path: "/rights/:room/export", Action: read, Handler: r.getExport},
			{Method: "GET", Path: "/rights/:room/:action/:profile", Action: change, StepUp: true, Handler: r.getChange},
			{Method: "GET", Path: "/rights/:room/:action/:profile/effect", Action: change, Handler: r.getEffect},
			{Method: "POST", Path: "/rights/:room/:action/:profile", Action: change, StepUp: true, Handler: r.postChange},
		},
		Menu:    []service.MenuItem{{Label: "rights.title", URL: "/rights", Icon: "lock", Action: read, Order: 91, Group: service.Administration}},
		Privacy: record(),
	}
}
