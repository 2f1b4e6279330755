package roster

import (
	_ "embed"

	"elyco/internal/db"
	"elyco/internal/feed"
	"elyco/internal/policy"
	"elyco/internal/roster"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

// bring is the action of the room.
const bring = "bring"

// Room is the lists of an establishment.
type Room struct {
	db     *db.DB
	engine *feed.Engine
}

// New makes the room.
func New(d *db.DB, e *feed.Engine) *Room { return &Room{db: d, engine: e} }

// Service declares the room.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: "roster", Title: "roster.title", Icon: "upload", About: "roster.about", Words: wordsFR, Always: true,
		Levels:  []tenant.Kind{tenant.KindEstablishment},
		Actions: []service.Action{{Name: bring, Words: "roster.action.bring"}},
		Grants:  []policy.Grant{policy.Allow(bring, policy.Establishment, school.Head, school.Administrator)},
		Routes: []service.Route{
			{Method: "GET", Path: "/roster", Action: bring, Handler: r.getStart},
			{Method: "POST", Path: "/roster", Action: bring, MaxBody: roster.MaxBytes + 1<<20, Handler: r.postFile},
			{Method: "GET", Path: "/roster/model", Action: bring, Handler: r.getModel},
			{Method: "GET", Path: "/roster/:id", Action: bring, Handler: r.getColumns},
			{Method: "POST", Path: "/roster/:id/columns", Action: bring, Handler: r.postColumns},
			{Method: "GET", Path: "/roster/:id/lines", Action: bring, Handler: r.getLines},
			{Method: "POST", Path: "/roster/:id/check", Action: bring, Handler: r.postCheck},
			{Method: "GET", Path: "/roster/:id/report", Action: bring, Handler: r.getReport},
			{Method: "POST", Path: "/roster/:id/apply", Action: bring, StepUp: true, Handler: r.postApply},
			{Method: "POST", Path: "/roster/:id/removal", Action: bring, Handler: r.postRemoval},
		},
		Menu:    []service.MenuItem{{Label: "roster.title", URL: home, Icon: "upload", Action: bring, Order: 90, Group: service.Administration}},
		Privacy: record(),
	}
}
