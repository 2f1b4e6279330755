package messages

import (
	"context"
	_ "embed"

	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/job"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/setting"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

const name = "messages"

// The actions.
const (
	read     = "read"     // has a box
	write    = "write"    // writes to the people of the circle
	wide     = "wide"     // writes to classes, groups, or the school
	moderate = "moderate" // reads what was reported
)

// The settings, by the kind of author where one follows.
const (
	settingReach    = "messages.reach."
	settingEach     = "messages.each."
	settingDaily    = "messages.daily."
	settingStopped  = "messages.stopped"
	settingLifetime = "messages.lifetime"
)

const largestForm = 200 << 20 // of files sent at once; the drive has limits of its own

// Accounts says who has ever opened an account.
type Accounts interface {
	Activated(ctx context.Context, people []school.PersonID) (map[school.PersonID]bool, error)
}

// Renderer turns what authors write into HTML that is safe to keep and to show as it is.
type Renderer interface {
	HTML(text string) (string, error)
}

// Room is the internal mail.
type Room struct {
	db       *db.DB
	drive    *drive.Drive
	registry *tenant.Registry
	settings *setting.Book
	accounts Accounts
	policy   *policy.Policy
	text     Renderer
}

// New makes the room. The policy comes later, by Furnish.
func New(d *db.DB, files *drive.Drive, r *tenant.Registry, b *setting.Book, a Accounts, text Renderer) *Room {
	return &Room{db: d, drive: files, registry: r, settings: b, accounts: a, text: text}
}

// Furnish gives the room the policy. It is called once, before the first request.
func (r *Room) Furnish(p *policy.Policy) { r.policy = p }

// Service declares the room.
func (r *Room) Service() service.Service {
	adults := []school.Profile{school.Teacher, school.Head, school.SchoolLife, school.Administrative, school.Technical, school.Health, school.Librarian}
	whole := []school.Profile{school.Head, school.SchoolLife, school.Administrative}
	return service.Service{
		Name: name, Title: "messages.title", Icon: "mail", About: "messages.about", Words: wordsFR,
		Levels: []tenant.Kind{tenant.KindEstablishment},
		Actions: []service.Action{
			{Name: read, Words: "messages.action.read"},
			{Name: write, Words: "messages.action.write"},
			{Name: wide, Words: "messages.action.wide"},
			{Name: moderate, Words: "messages.action.moderate"},
		},
		Grants: []policy.Grant{
			policy.Allow(read, policy.Self, school.SchoolProfiles()...),
			policy.Allow(write, policy.Classes, school.Pupil),
			policy.Allow(write, policy.Children, school.Guardian),
			policy.Allow(write, policy.Establishment, adults...),
			policy.Allow(wide, policy.Establishment, whole...),
			policy.Allow(wide, policy.Classes, school.Teacher, school.Health, school.Librarian),
			policy.Allow(moderate, policy.Establishment, school.Head, school.SchoolLife),
		},
		Routes:   r.routes(),
		Menu:     []service.MenuItem{{Label: "messages.title", URL: home, Icon: "mail", Action: read, Order: 15}},
		Widgets:  []service.Widget{{Name: name, Title: "messages.widget", Icon: "mail", Action: read, Order: 15, Load: r.load}},
		Search:   []service.Search{{Name: name, Title: "messages.title", Icon: "mail", Action: read, Order: 30, Load: r.find}},
		Jobs:     []job.Handler{job.Handle(jobDeliver, r.deliver)},
		Settings: settings(),
		Privacy:  r.record(),
	}
}

func (r *Room) routes() []service.Route {
	return []service.Route{
		{Method: "GET", Path: "/messages", Action: read, Handler: r.getBox},
		{Method: "POST", Path: "/messages/changes", Action: read, Handler: r.postChanges},
		{Method: "GET", Path: "/messages/search", Action: read, Handler: r.getSearch},
		{Method: "GET", Path: "/messages/new", Action: write, Handler: r.getNew},
		{Method: "POST", Path: "/messages/drafts", Action: write, Handler: r.postDraft},
		{Method: "GET", Path: "/messages/drafts/:id", Action: write, Handler: r.getDraft},
		{Method: "POST", Path: "/messages/drafts/:id/removal", Action: write, Handler: r.postDiscard},
		{Method: "GET", Path: "/messages/drafts/:id/files", Action: write, Handler: r.getAttach},
		{Method: "POST", Path: "/messages/drafts/:id/files", Action: write, Handler: r.postUpload, MaxBody: largestForm, Stream: true},
		{Method: "POST", Path: "/messages/drafts/:id/documents", Action: write, Handler: r.postAttach},
		{Method: "GET", Path: "/messages/reach", Action: write, Handler: r.getReach},
		{Method: "GET", Path: "/messages/moderation", Action: moderate, Handler: r.getReports},
		{Method: "POST", Path: "/messages/moderation/:id", Action: moderate, Handler: r.postDecision},
		{Method: "GET", Path: "/messages/setup", Action: read, Handler: r.getSetup},
		{Method: "POST", Path: "/messages/setup/signature", Action: read, Handler: r.postSignature},
		{Method: "POST", Path: "/messages/setup/folders", Action: read, Handler: r.postFolder},
		{Method: "POST", Path: "/messages/setup/folders/:id", Action: read, Handler: r.postRename},
		{Method: "POST", Path: "/messages/setup/folders/:id/removal", Action: read, Handler: r.postFolderRemoval},
		{Method: "POST", Path: "/messages/setup/blocks/:id/removal", Action: read, Handler: r.postUnblock},
		{Method: "GET", Path: "/messages/letters/:id", Action: read, Handler: r.getLetter},
		{Method: "GET", Path: "/messages/letters/:id/receipts", Action: read, Handler: r.getReceipts},
		{Method: "GET", Path: "/messages/letters/:id/files/:file", Action: read, Handler: r.getFile},
		{Method: "POST", Path: "/messages/letters/:id/recall", Action: write, Handler: r.postRecall},
		{Method: "POST", Path: "/messages/letters/:id/report", Action: read, Handler: r.postReport},
		{Method: "POST", Path: "/messages/letters/:id/block", Action: read, Handler: r.postBlock},
	}
}

// settings are what the levels of the territory decide about mail.
func settings() []setting.Def {
	const group = "messages.settings"
	options := func(key string, values []string) (list []setting.Option) {
		for _, v := range values {
			list = append(list, setting.Option{Value: v, Label: key + v})
		}
		return list
	}
	usual := map[string][]string{
		"pupil":    {ownTeachers, heads, schoolLife, staff},
		"guardian": {ownTeachers, heads, schoolLife, staff},
		"teacher":  {teachers, heads, schoolLife, staff, pupils, guardians},
		"staff":    {teachers, heads, schoolLife, staff, pupils, guardians},
	}
	each, daily := map[string]int{"pupil": 10, "guardian": 20}, map[string]int{"pupil": 40, "guardian": 80}
	var list []setting.Def
	for _, c := range categories() {
		list = append(list, setting.Def{Name: settingReach + c, Title: "messages.setting.reach." + c, Help: "messages.setting.reach", Group: group, Kind: setting.Choices,
			Choices: options("messages.reach.", reaches()), Default: setting.Value{Many: usual[c]}})
	}
	for _, c := range []string{"pupil", "guardian"} {
		list = append(list,
			setting.Def{Name: settingEach + c, Title: "messages.setting.each." + c, Help: "messages.setting.each", Group: group, Kind: setting.Number, Unit: setting.People,
				Min: 1, Max: 500, Default: setting.Value{Number: each[c]}},
			setting.Def{Name: settingDaily + c, Title: "messages.setting.daily." + c, Group: group, Kind: setting.Number, Unit: setting.People,
				Min: 1, Max: 2000, Default: setting.Value{Number: daily[c]}})
	}
	return append(list,
		setting.Def{Name: settingStopped, Title: "messages.setting.stopped", Help: "messages.setting.stopped.help", Group: group, Kind: setting.Choices,
			Choices: options("messages.author.", categories())},
		setting.Def{Name: settingLifetime, Title: "messages.setting.lifetime", Help: "messages.setting.lifetime.help", Group: group, Kind: setting.Number, Unit: setting.Months,
			Min: 6, Max: 120, Default: setting.Value{Number: 36}})
}
