package slips

import (
	"context"
	"elyco/internal/notice"
	_ "embed"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/job"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

const name = "slips"

// The actions.
const (
	read   = "read"   // answers what is asked
	create = "create" // asks people
	follow = "follow" // reads the results of what others ask
	paper  = "paper"  // copies answers that came back on paper
)

const largestForm = 200 << 20 // of files sent at once; the drive has limits of its own

// The kinds of notices.
const (
	NoticeAsked    = "slips.asked"
	NoticeReminder = "slips.reminder"
	NoticeClosed   = "slips.closed"
)

// Teller brings notices to people, in the transaction of what they tell. The same notice is told to a person once.
type Teller interface {
	Tell(ctx context.Context, tx db.Tx, n notice.Notice, to []notice.To) error
	Withdraw(ctx context.Context, tx db.Tx, ids ...uuid.UUID) error
	Opened(ctx context.Context, tx db.Tx, ref, person uuid.UUID) error
	Foresee(ctx context.Context, n notice.Notice, a audience.Audience) (notice.Forecast, error)
}

// Renderer turns what authors write into HTML that is safe to keep and to show as it is.
type Renderer interface {
	HTML(text string) (string, error)
}

// Room is where people are asked and answer.
type Room struct {
	db       *db.DB
	drive    *drive.Drive
	registry *tenant.Registry
	text     Renderer
	teller   Teller
	key      key
	policy   *policy.Policy
}

// New makes the room. secret is the program's, of which the keys of urns are made. The policy comes later, by Furnish.
func New(d *db.DB, files *drive.Drive, r *tenant.Registry, text Renderer, teller Teller, secret [32]byte) *Room {
	return &Room{db: d, drive: files, registry: r, text: text, teller: teller, key: secret}
}

// Furnish gives the room the policy. It is called once, before the first request.
func (r *Room) Furnish(p *policy.Policy) { r.policy = p }

// Service declares the room.
func (r *Room) Service() service.Service {
	office := []school.Profile{school.Head, school.SchoolLife, school.Administrative}
	return service.Service{
		Name: name, Title: "slips.title", Icon: "signature", About: "slips.about", Words: wordsFR,
		Levels: []tenant.Kind{tenant.KindEstablishment},
		Actions: []service.Action{
			{Name: read, Words: "slips.action.read"},
			{Name: create, Words: "slips.action.create"},
			{Name: follow, Words: "slips.action.follow"},
			{Name: paper, Words: "slips.action.paper"},
		},
		Grants: []policy.Grant{
			policy.Allow(read, policy.Self, school.SchoolProfiles()...),
			policy.Allow(create, policy.Classes, school.Teacher),
			policy.Allow(create, policy.Establishment, append(office, school.Health, school.Librarian)...),
			policy.Allow(follow, policy.Establishment, school.Head),
			policy.Allow(paper, policy.Establishment, office...),
			policy.Allow(paper, policy.Classes, school.Teacher),
		},
		Routes:  r.routes(),
		Menu:    []service.MenuItem{{Label: "slips.title", URL: home, Icon: "signature", Action: read, Order: 18}},
		Widgets: []service.Widget{{Name: name, Title: "slips.widget", Icon: "signature", Action: read, Order: 12, Load: r.load}},
		Jobs:    []job.Handler{job.Handle(jobTend, r.tend), job.Handle(jobRound, r.round)},
		Notices: []notice.Kind{
			{Name: NoticeAsked, Title: "slips.told.asked", Default: []notice.Channel{notice.Mail, notice.Push, notice.Digest}},
			{Name: NoticeReminder, Title: "slips.told.reminder", Default: []notice.Channel{notice.Mail, notice.Push}},
			{Name: NoticeClosed, Title: "slips.told.closed", Default: []notice.Channel{notice.Digest}},
		},
		Privacy: r.record(),
	}
}

func (r *Room) routes() []service.Route {
	return []service.Route{
		{Method: "GET", Path: "/slips", Action: read, Handler: r.getList},
		{Method: "GET", Path: "/slips/desk", Action: create, Handler: r.getDesk},
		{Method: "GET", Path: "/slips/new", Action: create, Handler: r.getNew},
		{Method: "POST", Path: "/slips/drafts", Action: create, Handler: r.postBegin},
		{Method: "GET", Path: "/slips/audience", Action: create, Handler: r.getAudience},
		{Method: "GET", Path: "/slips/drafts/:id", Action: create, Handler: r.getDraft},
		{Method: "POST", Path: "/slips/drafts/:id", Action: create, Handler: r.postDraft},
		{Method: "GET", Path: "/slips/drafts/:id/check", Action: create, Handler: r.getCheck},
		{Method: "POST", Path: "/slips/drafts/:id/publication", Action: create, Handler: r.postPublication},
		{Method: "POST", Path: "/slips/drafts/:id/removal", Action: create, Handler: r.postRemoval},
		{Method: "POST", Path: "/slips/drafts/:id/files", Action: create, Handler: r.postFiles, MaxBody: largestForm, Stream: true},
		{Method: "POST", Path: "/slips/drafts/:id/files/:file/removal", Action: create, Handler: r.postDetach},
		{Method: "POST", Path: "/slips/templates/:id/removal", Action: create, Handler: r.postTemplateRemoval},
		{Method: "GET", Path: "/slips/:id", Action: read, Handler: r.getSlip},
		{Method: "GET", Path: "/slips/:id/files/:file", Action: read, Handler: r.getFile},
		{Method: "POST", Path: "/slips/:id/replies", Action: read, Handler: r.postReply},
		{Method: "POST", Path: "/slips/:id/votes", Action: read, Handler: r.postVote},
		{Method: "GET", Path: "/slips/:id/receipt", Action: read, Handler: r.getReceipt},
		{Method: "GET", Path: "/slips/:id/results", Action: read, Handler: r.getResults},
		{Method: "GET", Path: "/slips/:id/results.csv", Action: read, Handler: r.getCSV},
		{Method: "GET", Path: "/slips/:id/texts", Action: create, Handler: r.getTexts},
		{Method: "POST", Path: "/slips/:id/texts", Action: create, Handler: r.postText},
		{Method: "POST", Path: "/slips/:id/end", Action: create, Handler: r.postEnd},
		{Method: "POST", Path: "/slips/:id/withdrawal", Action: create, Handler: r.postWithdrawal},
		{Method: "POST", Path: "/slips/:id/reminders", Action: create, Handler: r.postReminder},
		{Method: "POST", Path: "/slips/:id/copies", Action: create, Handler: r.postCopy},
		{Method: "POST", Path: "/slips/:id/template", Action: create, Handler: r.postTemplate},
		{Method: "GET", Path: "/slips/:id/paper", Action: paper, Handler: r.getPaper},
		{Method: "POST", Path: "/slips/:id/paper", Action: paper, Handler: r.postPaper},
	}
}
