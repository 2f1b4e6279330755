package why

import (
	_ "embed"

	"elyco/internal/policy"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

// Room explains decisions of the policy.
type Room struct {
	policy *policy.Policy
	rooms  map[string]service.Service
}

// New makes the room; Furnish gives it what it explains.
func New() *Room { return &Room{} }

// Furnish gives the room the policy and every room. It is called once, before the first request.
func (r *Room) Furnish(p *policy.Policy, rooms []service.Service) {
	r.policy = p
	r.rooms = map[string]service.Service{}
	for _, s := range rooms {
		r.rooms[s.Name] = s
	}
}

// Service declares the room.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: "why", Title: "why.title", Icon: "help", About: "why.about", Words: wordsFR, Always: true,
		Levels:  []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity, tenant.KindEstablishment},
		Actions: []service.Action{{Name: "ask", Words: "why.action.ask", Kept: []school.Profile{school.Anyone}}},
		Grants:  []policy.Grant{policy.Allow("ask", policy.Self, school.Anyone)},
		Routes:  []service.Route{{Method: "GET", Path: "/why/:room/:action", Action: "ask", Handler: r.getWhy}},
		Privacy: privacy.Record{Nothing: "it answers from the rules in memory and stores nothing"},
	}
}
