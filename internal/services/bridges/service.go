package bridges

import (
	_ "embed"

	"elyco/internal/bridge"
	"elyco/internal/db"
	"elyco/internal/job"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

// The actions of the room.
const (
	read   = "read"   // the bridges that stand, as far as they concern one's profile
	follow = "follow" // all of them, with who signed what
	sign   = "sign"
)

// Room is the bridges of an establishment.
type Room struct {
	db       *db.DB
	registry *tenant.Registry
	standing *bridge.Registry
	policy   *policy.Policy
}

// New makes the room. The policy comes later, by Furnish.
func New(d *db.DB, r *tenant.Registry, standing *bridge.Registry) *Room {
	return &Room{db: d, registry: r, standing: standing}
}

// Furnish gives the room the policy. It is called once, before the first request.
func (r *Room) Furnish(p *policy.Policy) { r.policy = p }

// Service declares the room.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: "bridges", Title: "bridges.title", Icon: "link", About: "bridges.about", Words: wordsFR, Always: true,
		Levels: []tenant.Kind{tenant.KindEstablishment},
		Actions: []service.Action{
			{Name: read, Words: "bridges.action.read"},
			{Name: follow, Words: "bridges.action.follow"},
			{Name: sign, Words: "bridges.action.sign"},
		},
		Grants: []policy.Grant{
			policy.Allow(read, policy.Establishment, append(school.SchoolProfiles(), school.Administrator)...),
			policy.Allow(follow, policy.Establishment, school.Head, school.Administrator),
			policy.Allow(sign, policy.Establishment, school.Head),
		},
		Routes: []service.Route{
			{Method: "GET", Path: "/bridges", Action: read, Handler: r.getList},
			{Method: "GET", Path: "/bridges/new", Action: sign, Handler: r.getNew},
			{Method: "POST", Path: "/bridges", Action: sign, Handler: r.postProposal},
			{Method: "GET", Path: "/bridges/:id", Action: follow, Handler: r.getBridge},
			{Method: "POST", Path: "/bridges/:id/answer", Action: sign, Handler: r.postAnswer},
			{Method: "POST", Path: "/bridges/:id/end", Action: sign, Handler: r.postEnd},
		},
		Menu:    []service.MenuItem{{Label: "bridges.title", URL: "/bridges", Icon: "link", Action: follow, Order: 92, Group: service.Administration}},
		Widgets: []service.Widget{{Name: "bridges", Title: "bridges.title", Icon: "link", Action: read, Order: 60, Seldom: true, Load: r.load}},
		Jobs:    []job.Handler{r.hearNews()},
		Privacy: record(),
	}
}
