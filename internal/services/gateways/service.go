package gateways

import (
	_ "embed"

	"elyco/internal/db"
	"elyco/internal/mail"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

// Room is where a space sees what left the house.
type Room struct {
	db       *db.DB
	registry *tenant.Registry
	office   *mail.Office
	policy   *policy.Policy
}

// New makes the room. The policy comes later, by Furnish.
func New(d *db.DB, registry *tenant.Registry, office *mail.Office) *Room {
	return &Room{db: d, registry: registry, office: office}
}

// Furnish gives the room the policy, which says who may play a recipient. It is called once, before the first request.
func (r *Room) Furnish(p *policy.Policy) { r.policy = p }

const name = "gateways"

// The rights of the room.
const (
	read    = "read"
	play    = "play"
	serve   = "serve"
	receive = "receive"
)

// Service declares the room. Gateways and browsers find what is theirs at addresses of its root.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: name, Title: "gateways.title", Icon: "mail", About: "gateways.about", Words: wordsFR, Always: true,
		Levels: []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity, tenant.KindEstablishment},
		Actions: []service.Action{
			{Name: read, Words: "gateways.action.read"},
			{Name: play, Words: "gateways.action.play"},
			{Name: serve, Words: "gateways.action.serve", Kept: []school.Profile{school.Anyone}},
			{Name: receive, Words: "gateways.action.receive", Kept: []school.Profile{school.Someone}},
		},
		Grants: []policy.Grant{
			policy.Allow(read, policy.Establishment, school.Head, school.Administrator),
			policy.Allow(play, policy.Establishment, school.Administrator),
			policy.Allow(serve, policy.Establishment, school.Anyone),
			policy.Allow(receive, policy.Self, school.Someone),
		},
		Routes: []service.Route{
			{Method: "GET", Path: "/gateways", Action: read, Handler: r.getOutbox},
			{Method: "GET", Path: "/gateways/spending", Action: read, Handler: r.getSpending},
			{Method: "GET", Path: "/gateways/spending.csv", Action: read, Handler: r.getSpendingTable},
			{Method: "GET", Path: "/gateways/:id", Action: read, Handler: r.getMessage},
			{Method: "GET", Path: "/gateways/:id/page", Action: read, Handler: r.getLetterPage},
			{Method: "POST", Path: "/gateways/:id/play", Action: play, Handler: r.postPlay},
			{Method: "POST", Path: "/gateway/:channel/callback", Action: serve, MaxBody: mail.LongestCallback,
				Levels: []tenant.Kind{tenant.KindAcademy}, Handler: r.postCallback},
			{Method: "GET", Path: "/service-worker.js", Action: serve, Handler: r.getServiceWorker},
			{Method: "POST", Path: "/push/subscriptions", Action: receive, Handler: r.postDevice},
			{Method: "POST", Path: "/push/subscriptions/remove", Action: receive, Handler: r.postRemoveDevice},
		},
		Menu: []service.MenuItem{
			{Label: "gateways.title", URL: "/gateways", Icon: "mail", Action: read, Order: 67, Group: service.Administration},
		},
		Privacy: record(),
	}
}
