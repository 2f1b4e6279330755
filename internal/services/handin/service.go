package handin

import (
	_ "embed"

	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

const name = "handin"

// The actions.
const (
	read    = "read"    // sees what is asked of oneself or one's children
	deposit = "deposit" // hands in
	create  = "create"  // makes boxes for one's classes and groups, and opens what they hold
	follow  = "follow"  // reads who has given
)

const largestForm = 2 << 30 // of files sent at once; the drive has limits of its own

// Room is where work is handed in.
type Room struct {
	db       *db.DB
	drive    *drive.Drive
	registry *tenant.Registry
	policy   *policy.Policy
}

// New makes the room. The policy comes later, by Furnish.
func New(d *db.DB, files *drive.Drive, r *tenant.Registry) *Room {
	return &Room{db: d, drive: files, registry: r}
}

// Furnish gives the room the policy. It is called once, before the first request.
func (r *Room) Furnish(p *policy.Policy) { r.policy = p }

// Service declares the room.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: name, Title: "handin.title", Icon: "homework", About: "handin.about", Words: wordsFR,
		Levels: []tenant.Kind{tenant.KindEstablishment},
		Actions: []service.Action{
			{Name: read, Words: "handin.action.read"},
			{Name: deposit, Words: "handin.action.deposit"},
			{Name: create, Words: "handin.action.create"},
			{Name: follow, Words: "handin.action.follow"},
		},
		Grants: []policy.Grant{
			policy.Allow(read, policy.Classes, school.Pupil, school.Teacher),
			policy.Allow(read, policy.Children, school.Guardian),
			policy.Allow(read, policy.Establishment, school.Head, school.SchoolLife),
			policy.Allow(deposit, policy.Classes, school.Pupil),
			policy.Allow(create, policy.Classes, school.Teacher),
			policy.Allow(follow, policy.Establishment, school.Head, school.SchoolLife),
		},
		Routes:  r.routes(),
		Menu:    []service.MenuItem{{Label: "handin.title", URL: home, Icon: "homework", Action: read, Order: 45}},
		Widgets: []service.Widget{{Name: name, Title: "handin.widget", Icon: "homework", Action: read, Order: 30, Load: r.load}},
		Privacy: r.record(),
	}
}

func (r *Room) routes() []service.Route {
	return []service.Route{
		{Method: "GET", Path: "/handin", Action: read, Handler: r.getList},
		{Method: "GET", Path: "/handin/new", Action: create, Handler: r.getNew},
		{Method: "POST", Path: "/handin/boxes", Action: create, Handler: r.postBox},
		{Method: "GET", Path: "/handin/boxes/:id", Action: read, Handler: r.getBox},
		{Method: "GET", Path: "/handin/boxes/:id/list.csv", Action: read, Handler: r.getCSV},
		{Method: "GET", Path: "/handin/boxes/:id/archive", Action: create, Handler: r.getArchive},
		{Method: "GET", Path: "/handin/boxes/:id/files/:file", Action: read, Handler: r.getFile},
		{Method: "POST", Path: "/handin/boxes/:id/files", Action: deposit, Handler: r.postFiles, MaxBody: largestForm, Stream: true},
		{Method: "POST", Path: "/handin/boxes/:id/files/:file/removal", Action: deposit, Handler: r.postRemoval},
		{Method: "POST", Path: "/handin/boxes/:id/team", Action: deposit, Handler: r.postTeam},
		{Method: "POST", Path: "/handin/boxes/:id/team/leave", Action: deposit, Handler: r.postLeave},
		{Method: "POST", Path: "/handin/boxes/:id/end", Action: create, Handler: r.postEnd},
		{Method: "POST", Path: "/handin/boxes/:id/copies", Action: create, Handler: r.postCopies, MaxBody: largestForm, Stream: true},
		{Method: "POST", Path: "/handin/boxes/:id/return", Action: create, Handler: r.postReturn},
	}
}
