package messages

import (
	"context"
	"elyco/internal/notice"
	_ "embed"
	"slices"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/job"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
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
	moderate = "moderate" // reads what was reported and what is held
	urgent   = "urgent"   // reaches people outside their hours
	stop     = "stop"     // stops the sending of pupils and guardians
)

// The settings, by the kind of author where one follows.
const (
	settingReach    = "messages.reach."
	settingEach     = "messages.each."
	settingDaily    = "messages.daily."
	settingLifetime = "messages.lifetime"
	settingQuota    = "messages.quota."

	settingHold       = "messages.hold"
	settingHoldDevice = "messages.hold.device"
	settingHoldBurst  = "messages.hold.burst"
	settingHoldPeople = "messages.hold.people."
	settingHoldPoints = "messages.hold.points."
)

const largestForm = 200 << 20 // of files sent at once; the drive has limits of its own

// Accounts says who has ever opened an account, and with which devices the actor is signed on.
type Accounts interface {
	Activated(ctx context.Context, people []school.PersonID) (map[school.PersonID]bool, error)
	List(ctx context.Context) ([]session.SignOn, error)
}

// Guard closes an account and ends all its sign-ons.
type Guard interface {
	Block(ctx context.Context, who school.PersonID, reason string) error
}

// Notices tells people of what concerns them, by the channels that they chose.
type Notices interface {
	Tell(ctx context.Context, tx db.Tx, n notice.Notice, to []notice.To) error
	Withdraw(ctx context.Context, tx db.Tx, ids ...uuid.UUID) error
	Opened(ctx context.Context, tx db.Tx, ref, person uuid.UUID) error
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
	guard    Guard
	notices  Notices
}

// House is what the room is made from.
type House struct {
	DB       *db.DB
	Drive    *drive.Drive
	Registry *tenant.Registry
	Settings *setting.Book
	Accounts Accounts
	Guard    Guard
	Notices  Notices
	Text     Renderer
}

// New makes the room. The policy comes later, by Furnish.
func New(h House) *Room {
	return &Room{db: h.DB, drive: h.Drive, registry: h.Registry, settings: h.Settings, accounts: h.Accounts, guard: h.Guard, notices: h.Notices, text: h.Text}
}

// Furnish gives the room the policy. It is called once, before the first request.
func (r *Room) Furnish(p *policy.Policy) { r.policy = p }

// Service declares the room.
func (r *Room) Service() service.Service {
	adults := []school.Profile{school.Teacher, school.Head, school.SchoolLife, school.Administrative, school.Technical, school.Health, school.Librarian}
	whole := []school.Profile{school.Head, school.SchoolLife, school.Administrative}
	return service.Service{
		Name: name, Title: "messages.title", Icon: "mail", About: "messages.about", Words: wordsFR,
		Levels: everywhere(),
		Actions: []service.Action{
			{Name: read, Words: "messages.action.read"},
			{Name: write, Words: "messages.action.write"},
			{Name: wide, Words: "messages.action.wide"},
			{Name: moderate, Words: "messages.action.moderate"},
			{Name: urgent, Words: "messages.action.urgent"},
			{Name: stop, Words: "messages.action.stop"},
		},
		Grants: []policy.Grant{
			policy.Allow(read, policy.Self, school.SchoolProfiles()...),
			policy.Allow(write, policy.Classes, school.Pupil),
			policy.Allow(write, policy.Children, school.Guardian),
			policy.Allow(write, policy.Establishment, adults...),
			policy.Allow(wide, policy.Establishment, whole...),
			policy.Allow(wide, policy.Classes, school.Teacher, school.Health, school.Librarian),
			policy.Allow(moderate, policy.Establishment, school.Head, school.SchoolLife),
			policy.Allow(urgent, policy.Establishment, school.Head, school.SchoolLife),
			policy.Allow(stop, policy.Establishment, school.Head, school.Administrator),
			policy.Allow(stop, policy.Collectivity, school.Collectivity),
			policy.Allow(stop, policy.Academy, school.AcademyAgent),
		},
		Routes: r.routes(),
		Menu: []service.MenuItem{
			{Label: "messages.title", URL: home, Icon: "mail", Action: read, Order: 15},
			{Label: "messages.stop", URL: home + "/stop", Icon: "lock", Action: stop, Order: 84, Always: true, Levels: []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity}},
		},
		Widgets: []service.Widget{{Name: name, Title: "messages.widget", Icon: "mail", Action: read, Order: 15, Load: r.load}},
		Search:  []service.Search{{Name: name, Title: "messages.title", Icon: "mail", Action: read, Order: 30, Load: r.find}},
		Jobs: []job.Handler{job.Handle(jobDeliver, r.deliver), job.Handle(jobOpen, r.opens), job.Handle(jobSend, r.sendScheduled),
			job.Handle(jobRemind, r.remind), job.Handle(jobSweep, r.sweep)},
		Settings: settings(),
		Notices: []notice.Kind{
			{Name: noticeReceived, Title: "messages.told.received", Default: []notice.Channel{notice.Mail, notice.Push}},
			{Name: noticeQueue, Staff: true, Title: "messages.told.queue", Default: []notice.Channel{notice.Mail, notice.Push}},
			{Name: noticeDecided, Title: "messages.told.decided", Default: []notice.Channel{notice.Push}},
		},
		Privacy: r.record(),
	}
}

func everywhere() []tenant.Kind {
	return []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity, tenant.KindEstablishment}
}

// routes are the pages of a school, and the one page that every rank has.
func (r *Room) routes() []service.Route {
	list := slices.Concat(r.writing(), r.moderation(), r.reading())
	for i := range list {
		list[i].Levels = []tenant.Kind{tenant.KindEstablishment}
	}
	return append(list, // a collectivity has no mail of its own, and stops that of its schools all the same
		service.Route{Method: "GET", Path: "/messages/stop", Action: stop, Always: true, Handler: r.getStop},
		service.Route{Method: "POST", Path: "/messages/stop", Action: stop, Always: true, Handler: r.postStop},
		service.Route{Method: "POST", Path: "/messages/stop/:id/end", Action: stop, Always: true, Handler: r.postResume},
	)
}

func (r *Room) writing() []service.Route {
	return []service.Route{
		{Method: "GET", Path: "/messages/new", Action: write, Handler: r.getNew},
		{Method: "POST", Path: "/messages/drafts", Action: write, Handler: r.postDraft},
		{Method: "GET", Path: "/messages/drafts/:id", Action: write, Handler: r.getDraft},
		{Method: "POST", Path: "/messages/drafts/:id/removal", Action: write, Handler: r.postDiscard},
		{Method: "POST", Path: "/messages/drafts/:id/recovery", Action: write, Handler: r.postUnschedule},
		{Method: "GET", Path: "/messages/drafts/:id/files", Action: write, Handler: r.getAttach},
		{Method: "POST", Path: "/messages/drafts/:id/files", Action: write, Handler: r.postUpload, MaxBody: largestForm, Stream: true},
		{Method: "POST", Path: "/messages/drafts/:id/documents", Action: write, Handler: r.postAttach},
		{Method: "GET", Path: "/messages/reach", Action: write, Handler: r.getReach},
		{Method: "POST", Path: "/messages/letters/:id/recall", Action: write, Handler: r.postRecall},
	}
}

func (r *Room) moderation() []service.Route {
	return []service.Route{
		{Method: "GET", Path: "/messages/moderation", Action: moderate, Handler: r.getQueue},
		{Method: "POST", Path: "/messages/moderation/held/:id", Action: moderate, Handler: r.postJudgement},
		{Method: "POST", Path: "/messages/moderation/held/:id/own", Action: moderate, StepUp: true, Handler: r.postOwn},
		{Method: "POST", Path: "/messages/moderation/team", Action: moderate, Handler: r.postTeam},
		{Method: "POST", Path: "/messages/moderation/:id", Action: moderate, Handler: r.postDecision},
		{Method: "GET", Path: "/messages/moderation/accounts", Action: moderate, Handler: r.getAccounts},
		{Method: "GET", Path: "/messages/moderation/accounts/:id", Action: moderate, Handler: r.getAccount,
			Looks: &service.Look{Param: "id", What: "messages.look"}},
		{Method: "GET", Path: "/messages/moderation/accounts/:id/openers", Action: moderate, Handler: r.getOpeners,
			Looks: &service.Look{Param: "id", What: "messages.look"}},
		{Method: "POST", Path: "/messages/moderation/accounts/:id/recall", Action: moderate, StepUp: true, Handler: r.postSweep},
		{Method: "POST", Path: "/messages/moderation/accounts/:id/block", Action: moderate, StepUp: true, Handler: r.postClose},
	}
}

func (r *Room) reading() []service.Route {
	return []service.Route{
		{Method: "GET", Path: "/messages", Action: read, Handler: r.getBox},
		{Method: "POST", Path: "/messages/changes", Action: read, Handler: r.postChanges},
		{Method: "GET", Path: "/messages/search", Action: read, Handler: r.getSearch},
		{Method: "GET", Path: "/messages/setup", Action: read, Handler: r.getSetup},
		{Method: "POST", Path: "/messages/setup/signature", Action: read, Handler: r.postSignature},
		{Method: "POST", Path: "/messages/setup/folders", Action: read, Handler: r.postFolder},
		{Method: "POST", Path: "/messages/setup/folders/:id", Action: read, Handler: r.postRename},
		{Method: "POST", Path: "/messages/setup/folders/:id/removal", Action: read, Handler: r.postFolderRemoval},
		{Method: "POST", Path: "/messages/setup/blocks/:id/removal", Action: read, Handler: r.postUnblock},
		{Method: "GET", Path: "/messages/letters/:id", Action: read, Handler: r.getLetter},
		{Method: "GET", Path: "/messages/letters/:id/receipts", Action: read, Handler: r.getReceipts},
		{Method: "GET", Path: "/messages/letters/:id/files/:file", Action: read, Handler: r.getFile},
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
		"pupil":     {ownTeachers, heads, schoolLife, staff},
		"guardian":  {ownTeachers, heads, schoolLife, staff},
		"teacher":   {teachers, heads, schoolLife, staff, pupils, guardians},
		"technical": {teachers, heads, schoolLife, staff}, // whose work is with colleagues, not with families
		"staff":     {teachers, heads, schoolLife, staff, pupils, guardians},
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
	return append(append(list, holding()...),
		setting.Def{Name: settingQuota + "families", Title: "messages.setting.quota.families", Help: "messages.setting.quota", Group: group, Kind: setting.Number, Unit: setting.Mebibytes,
			Min: 10, Max: 10000, Default: setting.Value{Number: 200}},
		setting.Def{Name: settingQuota + "staff", Title: "messages.setting.quota.staff", Group: group, Kind: setting.Number, Unit: setting.Mebibytes,
			Min: 10, Max: 100000, Default: setting.Value{Number: 2000}},
		setting.Def{Name: settingLifetime, Title: "messages.setting.lifetime", Help: "messages.setting.lifetime.help", Group: group, Kind: setting.Number, Unit: setting.Months,
			Min: 6, Max: 120, Default: setting.Value{Number: 36}})
}

// holding are the settings of what is held for a moderator.
func holding() []setting.Def {
	const group = "messages.settings.hold"
	number := func(name, title string, min, max, usual int) setting.Def {
		return setting.Def{Name: name, Title: title, Group: group, Kind: setting.Number, Min: min, Max: max, Default: setting.Value{Number: usual}}
	}
	points := func(side string, usual int) setting.Def {
		d := number(settingHoldPoints+side, "messages.setting.hold.points."+side, 2, 9, usual)
		d.Help = "messages.setting.hold.points"
		return d
	}
	return []setting.Def{
		{Name: settingHold, Title: "messages.setting.hold", Help: "messages.setting.hold.help", Group: group, Kind: setting.Switch, Default: setting.Value{On: true}},
		number(settingHoldDevice, "messages.setting.hold.device", 1, 720, 48),
		number(settingHoldPeople+"families", "messages.setting.hold.people.families", 2, 500, 5),
		number(settingHoldPeople+"staff", "messages.setting.hold.people.staff", 2, 5000, 30),
		number(settingHoldBurst, "messages.setting.hold.burst", 2, 200, 8),
		points("families", 4), points("staff", 5),
	}
}
