package territory

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

// Room is the collectivity's and the academy's space.
type Room struct{ *publication.Desk }

// New makes the room. The policy comes later, by Furnish.
func New(d *db.DB, r *tenant.Registry, files publication.Files, h *notice.Herald) *Room {
	return &Room{publication.NewDesk(publication.Room{
		Name: "territory", Icon: ui.IconMap, Title: "territory.title", Lead: "territory.lead", Desk: "territory.desk", New: "territory.new",
		Empty: "territory.empty", Told: "territory.told", Public: true, Writers: above(), Sections: Sections(),
	}, d, r, files, h)}
}

// Sections lists the parts of the space, each with editors of its own: a membership names those that it edits.
func Sections() []publication.Section {
	return []publication.Section{
		{Name: "transport", Title: "territory.section.transport", Icon: ui.IconBus},
		{Name: "canteen", Title: "territory.section.canteen", Icon: ui.IconCanteen},
		{Name: "equipment", Title: "territory.section.equipment", Icon: ui.IconSettings},
		{Name: "works", Title: "territory.section.works", Icon: ui.IconBuilding},
		{Name: "culture", Title: "territory.section.culture", Icon: ui.IconStar},
	}
}

func above() []tenant.Kind { return []tenant.Kind{tenant.KindCollectivity, tenant.KindAcademy} }

// Service declares the room. It is written above and read everywhere.
func (r *Room) Service() service.Service {
	agents := []school.Profile{school.Collectivity, school.AcademyAgent}
	return service.Service{
		Name: "territory", Title: "territory.title", Icon: "map", About: "territory.about", Words: wordsFR,
		Levels: append(above(), tenant.KindEstablishment),
		Actions: []service.Action{
			{Name: publication.Read, Words: "territory.action.read"},
			{Name: publication.ReadPublic, Words: "territory.action.read_public"},
			{Name: publication.Write, Words: "territory.action.write"},
			{Name: publication.Publish, Words: "territory.action.publish"},
		},
		Grants: []policy.Grant{
			policy.Allow(publication.Read, policy.Collectivity, school.Profiles()...),
			policy.Allow(publication.ReadPublic, policy.Collectivity, school.Anyone),
			policy.Allow(publication.Write, policy.Sections, agents...),
			policy.Allow(publication.Publish, policy.Sections, agents...),
			policy.Allow(publication.Write, policy.Collectivity, school.Administrator),
			policy.Allow(publication.Publish, policy.Collectivity, school.Administrator),
		},
		Routes:  r.Routes(),
		Menu:    []service.MenuItem{{Label: "territory.menu", URL: "/territory", Icon: "map", Action: publication.Read, Order: 25}},
		Widgets: []service.Widget{{Name: "territory", Title: "territory.title", Icon: "map", Action: publication.Read, Order: 25, Load: r.Load}},
		Search:  []service.Search{{Name: "territory", Title: "territory.title", Icon: "map", Action: publication.Read, Order: 25, Load: r.Search}},
		Jobs:    r.Jobs(),
		Notices: r.Notices(),
		Reacts:  r.Reacts(),
		Objects: publication.Objects(),
		Privacy: r.Record("territory.privacy.purpose", "territory.privacy.ground", "territory.privacy.retention"),
	}
}
