package notices

import (
	_ "embed"

	"elyco/internal/db"
	"elyco/internal/live"
	"elyco/internal/mail"
	"elyco/internal/notice"
	"elyco/internal/policy"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

const name = "notices"

// The actions.
const (
	read = "read" // has notices, and says how to hear of them
	link = "link" // follows a link that was sent
)

// Room is a person's notices.
type Room struct {
	db       *db.DB
	registry *tenant.Registry
	herald   *notice.Herald
	live     *live.Hub
	letters  *mail.Office
}

// New makes the room.
func New(d *db.DB, r *tenant.Registry, h *notice.Herald, l *live.Hub, letters *mail.Office) *Room {
	return &Room{db: d, registry: r, herald: h, live: l, letters: letters}
}

// Service declares the room.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: name, Title: "notices.title", Icon: "bell", About: "notices.about", Words: wordsFR, Always: true,
		Levels: []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity, tenant.KindEstablishment},
		Actions: []service.Action{
			{Name: read, Words: "notices.action.read", Kept: []school.Profile{school.Someone}},
			{Name: link, Words: "notices.action.link", Kept: []school.Profile{school.Anyone}},
		},
		Grants: []policy.Grant{policy.Allow(read, policy.Self, school.Someone), policy.Allow(link, policy.Self, school.Anyone)},
		Routes: []service.Route{
			{Method: "GET", Path: "/notices", Action: read, Handler: r.getList},
			{Method: "GET", Path: "/notices/count", Action: read, Handler: r.getCount},
			{Method: "POST", Path: "/notices/read", Action: read, Handler: r.postRead},
			{Method: "GET", Path: "/notices/open/:id", Action: read, Handler: r.getOpen},
			{Method: "POST", Path: "/notices/acknowledge/:id", Action: read, Handler: r.postAcknowledge},
			{Method: "GET", Path: "/notices/choices", Action: read, Handler: r.getChoices},
			{Method: "POST", Path: "/notices/choices", Action: read, Handler: r.postChoices},
			{Method: "GET", Path: "/notices/off/:token", Action: link, Handler: r.getOff},
			{Method: "POST", Path: "/notices/off/:token", Action: link, Handler: r.postOff},
			{Method: "GET", Path: "/r/:code", Action: link, Handler: r.getLink},
			{Method: "POST", Path: "/r/:code", Action: link, Handler: r.postLink},
			{Method: "GET", Path: "/live", Action: read, Handler: r.getLive},
		},
		Menu:    []service.MenuItem{{Label: "notices.title", URL: home, Icon: "bell", Action: read, Order: 20, Group: service.Personal}},
		Widgets: []service.Widget{{Name: name, Title: "notices.widget", Icon: "bell", Action: read, Order: 5, Seldom: true, Load: r.load}},
		Privacy: notice.Record(privacy.Record{Purpose: "notices.privacy.purpose", Ground: "notices.privacy.ground", Retention: "notices.privacy.retention",
			Data: "notices.privacy.data"}),
	}
}
