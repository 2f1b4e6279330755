package accounts

import (
	_ "embed"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/mail"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/theme"
)

//go:embed words.fr.yaml
var wordsFR []byte

// Room is where accounts are looked after.
type Room struct {
	db       *db.DB
	registry *tenant.Registry
	sessions *session.Sessions
	skins    *theme.Wardrobe
	blobs    *blob.Store
	office   *mail.Office
	policy   *policy.Policy
	merger   *directory.Merger
}

// House is what the room is built from.
type House struct {
	DB       *db.DB
	Registry *tenant.Registry
	Sessions *session.Sessions
	Skins    *theme.Wardrobe
	Blobs    *blob.Store
	Letters  *mail.Office
}

// New makes the room. The policy comes later, by Furnish.
func New(h House) *Room {
	return &Room{db: h.DB, registry: h.Registry, sessions: h.Sessions, skins: h.Skins, blobs: h.Blobs, office: h.Letters}
}

// Furnish gives the room the policy, whose reach says whom one helps, and what makes one person of two, which knows every
// room's tables. It is called once, before the first request.
func (r *Room) Furnish(p *policy.Policy, m *directory.Merger) { r.policy, r.merger = p, m }

// The rights of the room.
const (
	manage = "manage"
	help   = "help"
	block  = "block"
	merge  = "merge"
)

// Service declares the room.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: "accounts", Title: "accounts.title", Icon: "key", About: "accounts.about", Words: wordsFR, Always: true,
		Levels: []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity, tenant.KindEstablishment},
		Actions: []service.Action{
			{Name: manage, Words: "accounts.action.manage"},
			{Name: help, Words: "accounts.action.help", Offers: []policy.Offer{policy.UpTo(policy.Children, school.Guardian)}},
			{Name: block, Words: "accounts.action.block"},
			{Name: merge, Words: "accounts.action.merge"},
		},
		Grants: []policy.Grant{
			policy.Allow(manage, policy.Establishment, school.Head, school.Administrative, school.Administrator),
			policy.Allow(help, policy.Establishment, school.Head, school.Administrative, school.Administrator, school.SchoolLife),
			policy.Allow(help, policy.Classes, school.Teacher),
			policy.Allow(block, policy.Establishment, school.Head, school.Administrator),
			policy.Allow(merge, policy.Establishment, school.Head, school.Administrator),
		},
		Routes: r.routes(),
		Menu: []service.MenuItem{
			{Label: "accounts.title", URL: "/accounts", Icon: "key", Action: help, Order: 66},
		},
		Jobs:    r.jobs(),
		Privacy: record(),
		Objects: []string{"sheet_part.object_key"},
	}
}

func (r *Room) routes() []service.Route {
	return []service.Route{
		{Method: "GET", Path: "/accounts", Action: help, Handler: r.getAccounts},
		{Method: "GET", Path: "/accounts/activation.csv", Action: manage, Handler: r.getCounts},
		{Method: "GET", Path: "/accounts/sheets", Action: manage, Handler: r.getSheets},
		{Method: "POST", Path: "/accounts/sheets", Action: manage, Handler: r.postSheets},
		{Method: "GET", Path: "/accounts/sheets/:id", Action: manage, Handler: r.getRun},
		{Method: "POST", Path: "/accounts/sheets/:id/end", Action: manage, Handler: r.postEndRun},
		{Method: "GET", Path: "/accounts/sheets/:id/:place", Action: manage, Handler: r.getSheet},
		{Method: "GET", Path: "/accounts/people/:id", Action: help, Handler: r.getPerson, Looks: &service.Look{Param: "id", What: "accounts.looked"}},
		{Method: "POST", Path: "/accounts/people/:id/code", Action: help, Handler: r.postCode},
		{Method: "POST", Path: "/accounts/people/:id/mail", Action: help, Handler: r.postMail},
		{Method: "POST", Path: "/accounts/people/:id/block", Action: block, Handler: r.postBlock},
		{Method: "POST", Path: "/accounts/people/:id/unblock", Action: block, Handler: r.postUnblock},
		{Method: "GET", Path: "/accounts/doubles", Action: merge, Handler: r.getDoubles},
		{Method: "GET", Path: "/accounts/doubles/:id", Action: merge, Handler: r.getTwins},
		{Method: "POST", Path: "/accounts/doubles/:id/merge", Action: merge, Handler: r.postMerge},
		{Method: "POST", Path: "/accounts/doubles/:id/apart", Action: merge, Handler: r.postApart},
		{Method: "POST", Path: "/accounts/merges/:id/undo", Action: merge, Handler: r.postPart},
	}
}
