package feeds

import (
	_ "embed"

	"elyco/internal/audience"
	"elyco/internal/db"
	"elyco/internal/feed"
	"elyco/internal/job"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/setting"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

// Words are the sentences of the room, for the commands that print what its pages show.
func Words() []byte { return wordsFR }

// The actions of the room.
const (
	view  = "view"  // reports: all of them in the academy, an establishment's own there
	apply = "apply" // read archives, confirm, apply
	edit  = "edit"  // the functions
)

// Room is the feeds of the academy's directory.
type Room struct {
	db       *db.DB
	registry *tenant.Registry
	engine   *feed.Engine
	folder   string // of the server, where archives are put; empty: commands bring feeds in
}

// New makes the room. folder is where archives are put, on every replica the same.
func New(d *db.DB, r *tenant.Registry, b *setting.Book, folder string) *Room {
	return &Room{db: d, registry: r, engine: feed.New(d, r, feed.LimitsBy(b)).Then(audience.CountSoon), folder: folder}
}

// Service declares the room.
func (r *Room) Service() service.Service {
	academy := []tenant.Kind{tenant.KindAcademy}
	return service.Service{
		Name: "feeds", Title: "feeds.title", Icon: "group", About: "feeds.about", Words: wordsFR, Always: true,
		Levels: []tenant.Kind{tenant.KindAcademy, tenant.KindEstablishment},
		Actions: []service.Action{
			{Name: view, Words: "feeds.action.view", Kept: []school.Profile{school.Administrator}},
			{Name: apply, Words: "feeds.action.apply"},
			{Name: edit, Words: "feeds.action.edit"},
		},
		Grants: []policy.Grant{
			policy.Allow(view, policy.Establishment, school.Administrator),
			policy.Allow(apply, policy.Academy, school.Administrator),
			policy.Allow(edit, policy.Academy, school.Administrator),
		},
		Routes: []service.Route{
			{Method: "GET", Path: home, Action: view, Handler: r.getList},
			{Method: "POST", Path: home, Action: apply, Levels: academy, Handler: r.postArchive},
			{Method: "GET", Path: home + "/functions", Action: edit, Levels: academy, Handler: r.getFunctions},
			{Method: "POST", Path: home + "/functions", Action: edit, Levels: academy, Handler: r.postFunction},
			{Method: "GET", Path: home + "/:id", Action: view, Handler: r.getFeed},
			{Method: "GET", Path: home + "/:id/export", Action: view, Levels: academy, Handler: r.getExport},
			{Method: "POST", Path: home + "/:id/application", Action: apply, Levels: academy, Handler: r.postApplication},
			{Method: "GET", Path: home + "/:id/establishments/:number", Action: view, Levels: academy, Handler: r.getPart},
			{Method: "POST", Path: home + "/:id/establishments/:number", Action: apply, Levels: academy, Handler: r.postConfirmation},
		},
		Menu:     []service.MenuItem{{Label: "feeds.title", URL: home, Icon: "group", Action: view, Order: 94, Group: service.Administration}},
		Jobs:     append([]job.Handler{job.Handle(checkJob, r.runCheck), job.Handle(applyJob, r.runApply)}, r.engine.Jobs()...),
		Settings: feed.Settings(),
		Privacy:  record(),
	}
}
