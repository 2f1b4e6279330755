package preview

import (
	_ "embed"

	"elyco/internal/db"
	"elyco/internal/policy"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

// The actions of the room.
const (
	start = "start"
	staff = "staff"
	trail = "trail"
)

// Room is where previews begin and end.
type Room struct {
	db       *db.DB
	sessions *session.Sessions
	policy   *policy.Policy
	rooms    map[string]service.Service
}

// New makes the room. The policy and the rooms come later, by Furnish.
func New(d *db.DB, s *session.Sessions) *Room { return &Room{db: d, sessions: s} }

// Furnish gives the room the policy, and every room of the house, whose actions it names. It is called once, before the
// first request.
func (r *Room) Furnish(p *policy.Policy, rooms []service.Service) {
	r.policy, r.rooms = p, map[string]service.Service{}
	for _, s := range rooms {
		r.rooms[s.Name] = s
	}
}

// Service declares the room.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: "preview", Title: "preview.title", Icon: "eye", About: "preview.about", Words: wordsFR, Always: true,
		Levels: []tenant.Kind{tenant.KindEstablishment},
		Actions: []service.Action{
			{Name: start, Words: "preview.action.start"},
			{Name: staff, Words: "preview.action.staff", Offers: []policy.Offer{policy.UpTo(policy.Establishment, school.Head)}},
			{Name: trail, Words: "preview.action.trail"},
		},
		Grants: []policy.Grant{
			policy.Allow(start, policy.Establishment, school.Head, school.Administrator, school.SchoolLife),
			policy.Allow(staff, policy.Establishment, school.Administrator),
			policy.Allow(trail, policy.Establishment, school.Head, school.Administrator),
		},
		Routes: []service.Route{
			{Method: "GET", Path: "/preview", Action: start, Handler: r.getPreview},
			{Method: "POST", Path: "/preview", Action: start, Handler: r.postPreview},
			{Method: "POST", Path: session.LeavePath, Action: start, Handler: r.postLeave},
		},
		Menu:    []service.MenuItem{{Label: "preview.title", URL: "/preview", Icon: "eye", Action: start, Order: 92}},
		Privacy: privacy.Record{Nothing: "what is looked through stands on the session, which the account's record tells of, and in the trail"},
	}
}
