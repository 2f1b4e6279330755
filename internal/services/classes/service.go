package classes

import (
	_ "embed"

	"elyco/internal/calendar"
	"elyco/internal/db"
	"elyco/internal/job"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/setting"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

// The actions of the room.
const (
	read   = "read"
	manage = "manage"
)

// Room is where an establishment keeps its structure.
type Room struct {
	db        *db.DB
	calendars *calendar.Calendars
	policy    *policy.Policy
}

// New makes the room. The policy comes later, by Furnish.
func New(d *db.DB, b *setting.Book) *Room { return &Room{db: d, calendars: calendar.New(d, b)} }

// Furnish gives the room the policy, which says who sees the forms. It is called once, before the first request.
func (r *Room) Furnish(p *policy.Policy) { r.policy = p }

// Service declares the room.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: "classes", Title: "classes.title", Icon: "group", About: "classes.about", Words: wordsFR, Always: true,
		Levels: []tenant.Kind{tenant.KindEstablishment},
		Actions: []service.Action{
			{Name: read, Words: "classes.action.read"},
			{Name: manage, Words: "classes.action.manage", Kept: []school.Profile{school.Administrator}},
		},
		Grants: []policy.Grant{
			policy.Allow(read, policy.Establishment, school.Head, school.Teacher, school.SchoolLife, school.Administrative, school.Health,
				school.Librarian, school.Administrator),
			policy.Allow(manage, policy.Establishment, school.Head, school.Administrative, school.Administrator),
		},
		Routes: []service.Route{
			{Method: "GET", Path: "/classes", Action: read, Handler: r.getUnits(Class)},
			{Method: "GET", Path: "/classes/export", Action: read, Handler: r.getUnitsExport(Class)},
			{Method: "POST", Path: "/classes", Action: manage, Handler: r.postUnit(Class)},

			{Method: "GET", Path: "/classes/subjects", Action: read, Handler: r.getSubjects},
			{Method: "GET", Path: "/classes/subjects/export", Action: read, Handler: r.getSubjectsExport},
			{Method: "POST", Path: "/classes/subjects", Action: manage, Handler: r.postSubject},
			{Method: "POST", Path: "/classes/subjects/essentials", Action: manage, Handler: r.postEssentials},
			{Method: "POST", Path: "/classes/subjects/:id/removal", Action: manage, Handler: r.postForget},

			{Method: "GET", Path: "/classes/teachings", Action: read, Handler: r.getTeachings},
			{Method: "GET", Path: "/classes/teachings/export", Action: read, Handler: r.getTeachingsExport},
			{Method: "POST", Path: "/classes/teachings", Action: manage, Handler: r.postTeachings},
			{Method: "POST", Path: "/classes/teachings/removals", Action: manage, Handler: r.postUnassigned},

			{Method: "GET", Path: "/classes/years", Action: manage, Handler: r.getYears},
			{Method: "GET", Path: "/classes/years/leavers", Action: manage, Handler: r.getLeavers},
			{Method: "POST", Path: "/classes/years", Action: manage, Handler: r.postYear},
			{Method: "POST", Path: "/classes/years/purge", Action: manage, Handler: r.postPurge},
			{Method: "POST", Path: "/classes/years/:id/undoing", Action: manage, Handler: r.postUndo},

			{Method: "GET", Path: "/classes/groups", Action: read, Handler: r.getUnits(Group)},
			{Method: "GET", Path: "/classes/groups/export", Action: read, Handler: r.getUnitsExport(Group)},
			{Method: "POST", Path: "/classes/groups", Action: manage, Handler: r.postUnit(Group)},
			{Method: "GET", Path: "/classes/groups/:id", Action: read, Handler: r.getUnit(Group)},
			{Method: "GET", Path: "/classes/groups/:id/export", Action: read, Handler: r.getUnitExport(Group)},
			{Method: "POST", Path: "/classes/groups/:id", Action: manage, Handler: r.postChange(Group)},
			{Method: "POST", Path: "/classes/groups/:id/removal", Action: manage, Handler: r.postRemove(Group)},
			{Method: "POST", Path: "/classes/groups/:id/members", Action: manage, Handler: r.postMembers(Group)},
			{Method: "POST", Path: "/classes/groups/:id/members/removals", Action: manage, Handler: r.postDropped(Group)},

			{Method: "GET", Path: "/classes/:id", Action: read, Handler: r.getUnit(Class)},
			{Method: "GET", Path: "/classes/:id/export", Action: read, Handler: r.getUnitExport(Class)},
			{Method: "POST", Path: "/classes/:id", Action: manage, Handler: r.postChange(Class)},
			{Method: "POST", Path: "/classes/:id/removal", Action: manage, Handler: r.postRemove(Class)},
			{Method: "POST", Path: "/classes/:id/members", Action: manage, Handler: r.postMembers(Class)},
			{Method: "POST", Path: "/classes/:id/members/removals", Action: manage, Handler: r.postDropped(Class)},
			{Method: "POST", Path: "/classes/:id/form", Action: manage, Handler: r.postForm()},
		},
		Menu: []service.MenuItem{{Label: "classes.title", URL: home, Icon: "group", Action: read, Order: 62},
			{Label: "classes.years", URL: years, Icon: "agenda", Action: manage, Order: 87, Group: service.Administration}},
		Jobs:    []job.Handler{job.Handle(rolloverJob, r.turnYear)},
		Privacy: record(),
	}
}
