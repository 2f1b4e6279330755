package support

import (
	_ "embed"

	"elyco/internal/db"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

// The actions of the room.
const (
	visit = "visit"
	enter = "enter"
)

// Room is where visits begin and end.
type Room struct {
	db       *db.DB
	registry *tenant.Registry
	sessions *session.Sessions
	policy   *policy.Policy
}

// New makes the room.
func New(d *db.DB, r *tenant.Registry, s *session.Sessions) *Room {
	return &Room{db: d, registry: r, sessions: s}
}

// Furnish gives the room the policy. It is called once, before the first request.
func (r *Room) Furnish(p *policy.Policy) { r.policy = p }

// Allows reports whether somebody may still look through a visit: the right is the academy's to give and to take. It is asked
// with every request, and answers from memory.
func (r *Room) Allows(by school.Actor, _ session.Preview) bool {
	_, may := r.policy.For(by.In(school.Academy), "support", visit)
	return may
}

// Service declares the room. A visit is entered on the host of its space, where support has no role: that it is one's own is
// what opens it.
func (r *Room) Service() service.Service {
	everywhere := []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity, tenant.KindEstablishment}
	return service.Service{
		Name: "support", Title: "support.title", Icon: "help", About: "support.about", Words: wordsFR, Always: true,
		Levels: []tenant.Kind{tenant.KindAcademy},
		Actions: []service.Action{
			{Name: visit, Words: "support.action.visit", Offers: []policy.Offer{policy.UpTo(policy.Academy, school.AcademyAgent)}},
			{Name: enter, Words: "support.action.enter", Kept: []school.Profile{school.Someone}},
		},
		Grants: []policy.Grant{
			policy.Allow(visit, policy.Academy, school.Administrator),
			policy.Allow(enter, policy.Self, school.Someone),
		},
		Routes: []service.Route{
			{Method: "GET", Path: "/support", Action: visit, StepUp: true, Handler: r.getVisits},
			{Method: "POST", Path: "/support", Action: visit, StepUp: true, Handler: r.postVisit},
			{Method: "POST", Path: "/support/lost", Action: visit, StepUp: true, Handler: r.postLost},
			{Method: "GET", Path: "/support/enter/:id", Action: enter, Levels: everywhere, StepUp: true, Handler: r.getEnter},
			{Method: "POST", Path: "/support/enter/:id", Action: enter, Levels: everywhere, StepUp: true, Handler: r.postEnter},
			{Method: "POST", Path: session.LeaveVisitPath, Action: enter, Levels: everywhere, Handler: r.postLeave},
		},
		Menu:    []service.MenuItem{{Label: "support.title", URL: "/support", Icon: "help", Action: visit, Order: 96}},
		Privacy: record(),
	}
}
