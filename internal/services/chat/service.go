package chat

import (
	"context"
	_ "embed"

	"elyco/internal/db"
	"elyco/internal/notice"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/setting"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

const name = "chat"

// The actions.
const (
	read     = "read"     // follows the channels that one belongs to
	write    = "write"    // says something there
	open     = "open"     // opens channels
	moderate = "moderate" // removes messages, silences, reads what was reported
)

const (
	settingPace     = "chat.pace"
	settingLifetime = "chat.lifetime"
)

// The kinds of notices.
const (
	NoticeOpened = "chat.opened" // a channel was opened for the reader
	NoticeAnswer = "chat.answer" // somebody answered the reader's message
)

// Teller has people told, in the author's transaction.
type Teller interface {
	Tell(ctx context.Context, tx db.Tx, n notice.Notice, to []notice.To) error
}

// Switch says whether a kind of author, "pupil" or "guardian", may send nothing in the space of ctx for the moment.
type Switch interface {
	Stopped(ctx context.Context, category string) (bool, error)
}

// Room is where classes and groups talk.
type Room struct {
	db       *db.DB
	registry *tenant.Registry
	settings *setting.Book
	teller   Teller
	stop     Switch
	policy   *policy.Policy
}

// New makes the room. The policy comes later, by Furnish.
func New(d *db.DB, r *tenant.Registry, b *setting.Book, t Teller, s Switch) *Room {
	return &Room{db: d, registry: r, settings: b, teller: t, stop: s}
}

// Furnish gives the room the policy. It is called once, before the first request.
func (r *Room) Furnish(p *policy.Policy) { r.policy = p }

// Service declares the room.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: name, Title: "chat.title", Icon: "forum", About: "chat.about", Words: wordsFR,
		Levels: []tenant.Kind{tenant.KindEstablishment},
		Actions: []service.Action{
			{Name: read, Words: "chat.action.read"},
			{Name: write, Words: "chat.action.write"},
			{Name: open, Words: "chat.action.open", Offers: []policy.Offer{policy.UpTo(policy.Classes, school.Pupil)}},
			{Name: moderate, Words: "chat.action.moderate"},
		},
		Grants: []policy.Grant{
			policy.Allow(read, policy.Classes, school.Pupil, school.Teacher),
			policy.Allow(read, policy.Children, school.Guardian),
			policy.Allow(read, policy.Establishment, school.Head, school.SchoolLife),
			policy.Allow(write, policy.Classes, school.Pupil, school.Teacher),
			policy.Allow(write, policy.Children, school.Guardian),
			policy.Allow(write, policy.Establishment, school.Head, school.SchoolLife),
			policy.Allow(open, policy.Classes, school.Teacher),
			policy.Allow(open, policy.Establishment, school.Head, school.SchoolLife),
			policy.Allow(moderate, policy.Classes, school.Teacher),
			policy.Allow(moderate, policy.Establishment, school.Head, school.SchoolLife),
		},
		Routes:   r.routes(),
		Menu:     []service.MenuItem{{Label: "chat.title", URL: home, Icon: "forum", Action: read, Order: 17}},
		Widgets:  []service.Widget{{Name: name, Title: "chat.widget", Icon: "forum", Action: read, Order: 18, Seldom: true, Load: r.load}},
		Search:   []service.Search{{Name: name, Title: "chat.title", Icon: "forum", Action: read, Order: 35, Load: r.find}},
		Settings: settings(),
		Notices: []notice.Kind{
			{Name: NoticeOpened, Title: "chat.notice.opened", Default: []notice.Channel{notice.Push}},
			{Name: NoticeAnswer, Title: "chat.notice.answer", Default: []notice.Channel{notice.Push}},
		},
		Privacy: r.record(),
	}
}

func (r *Room) routes() []service.Route {
	return []service.Route{
		{Method: "GET", Path: "/chat", Action: read, Handler: r.getList},
		{Method: "POST", Path: "/chat/discretion", Action: read, Handler: r.postDiscretion},
		{Method: "GET", Path: "/chat/new", Action: open, Handler: r.getNew},
		{Method: "POST", Path: "/chat/channels", Action: open, Handler: r.postChannel},
		{Method: "GET", Path: "/chat/moderation", Action: moderate, Handler: r.getReports},
		{Method: "POST", Path: "/chat/moderation/:id", Action: moderate, Handler: r.postDecision},
		{Method: "GET", Path: "/chat/channels/:id", Action: read, Handler: r.getChannel},
		{Method: "GET", Path: "/chat/channels/:id/line", Action: read, Handler: r.getLine},
		{Method: "POST", Path: "/chat/channels/:id/presence", Action: read, Handler: r.postPresence},
		{Method: "POST", Path: "/chat/channels/:id/reading", Action: read, Handler: r.postReading},
		{Method: "POST", Path: "/chat/channels/:id/messages", Action: write, Handler: r.postMessage},
		{Method: "GET", Path: "/chat/channels/:id/members", Action: read, Handler: r.getMembers},
		{Method: "GET", Path: "/chat/channels/:id/settings", Action: open, Handler: r.getSettings},
		{Method: "POST", Path: "/chat/channels/:id/settings", Action: open, Handler: r.postSettings},
		{Method: "POST", Path: "/chat/channels/:id/state", Action: read, Handler: r.postState},
		{Method: "POST", Path: "/chat/channels/:id/visit", Action: moderate, Handler: r.postVisit},
		{Method: "POST", Path: "/chat/channels/:id/silences", Action: moderate, Handler: r.postSilence},
		{Method: "POST", Path: "/chat/channels/:id/silences/:person/removal", Action: moderate, Handler: r.postLift},
		{Method: "GET", Path: "/chat/channels/:id/log", Action: moderate, Handler: r.getLog},
		{Method: "GET", Path: "/chat/messages/:id", Action: read, Handler: r.getMessage},
		{Method: "POST", Path: "/chat/messages/:id", Action: write, Handler: r.postEdit},
		{Method: "POST", Path: "/chat/messages/:id/removal", Action: read, Handler: r.postRemoval},
		{Method: "POST", Path: "/chat/messages/:id/report", Action: read, Handler: r.postReport},
	}
}

// settings are what the levels of the territory decide about chat.
func settings() []setting.Def {
	const group = "chat.settings"
	return []setting.Def{
		{Name: settingPace, Title: "chat.setting.pace", Help: "chat.setting.pace.help", Group: group, Kind: setting.Number, Min: 1, Max: 60, Default: setting.Value{Number: 10}},
		{Name: settingLifetime, Title: "chat.setting.lifetime", Help: "chat.setting.lifetime.help", Group: group, Kind: setting.Number, Unit: setting.Months,
			Min: 1, Max: 12, Default: setting.Value{Number: 1}},
	}
}
