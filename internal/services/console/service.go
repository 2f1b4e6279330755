package console

import (
	"context"
	_ "embed"

	"elyco/internal/calendar"
	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/setting"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

// manage is the one right of the room: who decides about a space sees what was decided.
const manage = "manage"

// News gives the public news of the space of ctx, the newest first.
type News interface {
	PublicNews(ctx context.Context, limit int) ([]service.Item, error)
}

// Store is a room that keeps files, and tells how much they take in the space of ctx.
type Store interface {
	Stored(ctx context.Context) (files int, bytes int64, err error)
}

// House is what the room is built from.
type House struct {
	DB       *db.DB
	Registry *tenant.Registry
	Sessions *session.Sessions
	Settings *setting.Book
	News     News
	Stores   []Store
}

// Room is the console of an establishment.
type Room struct {
	House
	people    *directory.Directory
	calendars *calendar.Calendars
	policy    *policy.Policy
	rooms     []service.Service
}

// New makes the room. The other rooms come later, by Furnish, because this one is among them.
func New(h House) *Room {
	return &Room{House: h, people: directory.New(h.DB), calendars: calendar.New(h.DB, h.Settings)}
}

// Furnish gives the room the policy and every room of the house. It is called once, before the first request.
func (r *Room) Furnish(p *policy.Policy, rooms []service.Service) { r.policy, r.rooms = p, rooms }

// Service declares the room.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: "console", Title: "console.title", Icon: "settings", About: "console.about", Words: wordsFR, Always: true,
		Levels:  []tenant.Kind{tenant.KindEstablishment},
		Actions: []service.Action{{Name: manage, Words: "console.action.manage", Kept: []school.Profile{school.Administrator, school.Head}}},
		Grants:  []policy.Grant{policy.Allow(manage, policy.Establishment, school.Administrator, school.Head)},
		Routes: []service.Route{
			{Method: "GET", Path: "/console", Action: manage, Handler: r.getOverview},
			{Method: "POST", Path: "/console/opening", Action: manage, Handler: r.postOpening},
			{Method: "GET", Path: "/console/identity", Action: manage, Handler: r.getIdentity},
			{Method: "POST", Path: "/console/identity", Action: manage, Handler: r.postIdentity},
			{Method: "GET", Path: "/console/services", Action: manage, Handler: r.getServices},
			{Method: "POST", Path: "/console/services", Action: manage, Handler: r.postService},
			{Method: "GET", Path: "/console/administrators", Action: manage, StepUp: true, Handler: r.getAdministrators},
			{Method: "POST", Path: "/console/administrators", Action: manage, StepUp: true, Handler: r.postAdministrator},
			{Method: "POST", Path: "/console/administrators/withdrawals", Action: manage, StepUp: true, Handler: r.postWithdrawal},
			{Method: "GET", Path: "/console/calendar", Action: manage, Handler: r.getCalendar},
			{Method: "POST", Path: "/console/calendar/year", Action: manage, Handler: r.postYear},
			{Method: "POST", Path: "/console/calendar/terms", Action: manage, Handler: r.postTerms},
			{Method: "POST", Path: "/console/calendar/days-off", Action: manage, Handler: r.postDaysOff},
			{Method: "GET", Path: "/console/fields", Action: manage, Handler: r.getFields},
			{Method: "POST", Path: "/console/fields", Action: manage, Handler: r.postFields},
			{Method: "GET", Path: "/console/quotas", Action: manage, Handler: r.getQuotas},
			{Method: "POST", Path: "/console/quotas", Action: manage, Handler: r.postQuotas},
			{Method: "GET", Path: "/console/usage", Action: manage, Handler: r.getUsage},
			{Method: "GET", Path: "/console/usage/export", Action: manage, Handler: r.getUsageExport},
			{Method: "GET", Path: "/console/trail", Action: manage, Handler: r.getTrail},
			{Method: "GET", Path: "/console/trail/export", Action: manage, StepUp: true, Handler: r.getTrailExport},
		},
		Menu: []service.MenuItem{{Label: "console.menu", URL: home, Icon: "settings", Action: manage, Order: 85, Group: service.Administration, Hub: true}},

		Privacy: record(),
	}
}
