package news

import (
	_ "embed"

	"elyco/internal/db"
	"elyco/internal/notice"
	"elyco/internal/policy"
	"elyco/internal/publication"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
	"elyco/internal/ui"
)

//go:embed words.fr.yaml
var wordsFR []byte

// Room is the establishment's news.
type Room struct{ *publication.Desk }

// New makes the room. The policy comes later, by Furnish.
func New(d *db.DB, r *tenant.Registry, files publication.Files, h *notice.Herald) *Room {
	return &Room{publication.NewDesk(publication.Room{
		Name: "news", Icon: ui.IconNews, Title: "news.title", Lead: "news.lead", Desk: "news.desk", New: "news.new", Empty: "news.empty", Told: "news.told",
		Public: true, Writers: levels(),
	}, d, r, files, h)}
}

// A collectivity speaks through the territory's sections; the academy has none.
func levels() []tenant.Kind { return []tenant.Kind{tenant.KindEstablishment, tenant.KindAcademy} }

// Service declares the room.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: "news", Title: "news.title", Icon: "news", About: "news.about", Words: wordsFR,
		Levels: levels(),
		Actions: []service.Action{
			{Name: publication.Read, Words: "news.action.read"},
			{Name: publication.ReadPublic, Words: "news.action.read_public"},
			{Name: publication.Write, Words: "news.action.write"},
			{Name: publication.Publish, Words: "news.action.publish"},
		},
		Grants: []policy.Grant{
			policy.Allow(publication.Read, policy.Establishment, school.Profiles()...),
			policy.Allow(publication.ReadPublic, policy.Establishment, school.Anyone),
			policy.Allow(publication.Write, policy.Establishment, school.Head, school.Administrator, school.SchoolLife, school.Teacher,
				school.Librarian, school.Administrative, school.Health, school.AcademyAgent),
			policy.Allow(publication.Publish, policy.Establishment, school.Head, school.Administrator, school.AcademyAgent),
		},
		Routes:  r.Routes(),
		Menu:    []service.MenuItem{{Label: "news.title", URL: "/news", Icon: "news", Action: publication.Read, Order: 20}},
		Widgets: []service.Widget{{Name: "news", Title: "news.title", Icon: "news", Action: publication.Read, Order: 20, Load: r.Load}},
		Search:  []service.Search{{Name: "news", Title: "news.title", Icon: "news", Action: publication.Read, Order: 20, Load: r.Search}},
		Jobs:    r.Jobs(),
		Notices: r.Notices(),
		Reacts:  r.Reacts(),
		Objects: publication.Objects(),
		Privacy: r.Record("news.privacy.purpose", "news.privacy.ground", "news.privacy.retention"),
	}
}
