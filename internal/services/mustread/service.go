package mustread

import (
	_ "embed"

	"elyco/internal/db"
	"elyco/internal/job"
	"elyco/internal/notice"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
	"elyco/internal/theme"
)

//go:embed words.fr.yaml
var wordsFR []byte

const name = "mustread"

// The actions.
const (
	send   = "send"   // writes what must reach its people, and watches it arrive
	urgent = "urgent" // sends at any hour
)

// Room is what must reach its people.
type Room struct {
	db     *db.DB
	herald *notice.Herald
	skins  *theme.Wardrobe
	policy *policy.Policy
}

// New makes the room. The policy comes later, by Furnish.
func New(d *db.DB, h *notice.Herald, skins *theme.Wardrobe) *Room {
	return &Room{db: d, herald: h, skins: skins}
}

// Furnish gives the room the policy. It is called once, before the first request.
func (r *Room) Furnish(p *policy.Policy) { r.policy = p }

// Service declares the room.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: name, Title: "mustread.title", Icon: "signal", About: "mustread.about", Words: wordsFR,
		Levels: []tenant.Kind{tenant.KindEstablishment},
		Actions: []service.Action{
			{Name: send, Words: "mustread.action.send"},
			{Name: urgent, Words: "mustread.action.urgent"},
		},
		Grants: []policy.Grant{
			policy.Allow(send, policy.Establishment, school.Head, school.SchoolLife, school.Administrative),
			policy.Allow(urgent, policy.Establishment, school.Head, school.SchoolLife),
		},
		Routes: []service.Route{
			{Method: "GET", Path: "/mustread", Action: send, Handler: r.getList},
			{Method: "GET", Path: "/mustread/new", Action: send, Handler: r.getNew},
			{Method: "GET", Path: "/mustread/audience", Action: send, Handler: r.getAudience},
			{Method: "POST", Path: "/mustread/messages", Action: send, Handler: r.postMessage},
			{Method: "GET", Path: "/mustread/messages/:id", Action: send, Handler: r.getMessage},
			{Method: "GET", Path: "/mustread/messages/:id/edit", Action: send, Handler: r.getEdit},
			{Method: "POST", Path: "/mustread/messages/:id/sending", Action: send, Handler: r.postSend},
			{Method: "POST", Path: "/mustread/messages/:id/removal", Action: send, Handler: r.postRemove},
			{Method: "POST", Path: "/mustread/messages/:id/hurry", Action: send, Handler: r.postHurry},
			{Method: "POST", Path: "/mustread/messages/:id/end", Action: send, Handler: r.postEnd},
			{Method: "POST", Path: "/mustread/messages/:id/reached/:person", Action: send, Handler: r.postReached},
			{Method: "GET", Path: "/mustread/messages/:id/ledger", Action: send, Handler: r.getLedger},
			{Method: "GET", Path: "/mustread/messages/:id/table", Action: send, Handler: r.getTable},
			{Method: "POST", Path: "/mustread/messages/:id/letters", Action: send, Handler: r.postLetters},
		},
		Menu:    []service.MenuItem{{Label: "mustread.title", URL: home, Icon: "signal", Action: send, Order: 17}},
		Jobs:    []job.Handler{job.Handle(jobTell, r.tellMore)},
		Notices: []notice.Kind{{Name: "mustread.asked", Must: true, Title: "mustread.notice", Default: []notice.Channel{notice.Mail, notice.Push}}},
		Privacy: r.record(),
	}
}
