package announcements

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

// Room is the announcements of a school and of its collectivity.
type Room struct{ *publication.Desk }

// New makes the room. The policy comes later, by Furnish.
func New(d *db.DB, r *tenant.Registry, files publication.Files, h *notice.Herald) *Room {
	return &Room{publication.NewDesk(publication.Room{
		Name: "announcements", Icon: ui.IconSpeaker, Title: "announcements.title", Lead: "announcements.lead", Desk: "announcements.desk",
		New: "announcements.new", Empty: "announcements.empty", Told: "announcements.told", Short: true,
		Writers: levels(),
	}, d, r, files, h)}
}

func levels() []tenant.Kind { return []tenant.Kind{tenant.KindEstablishment, tenant.KindCollectivity} }

// Service declares the room.
func (r *Room) Service() service.Service {
	senders := []school.Profile{school.Head, school.Administrator, school.SchoolLife, school.Collectivity}
	return service.Service{
		Name: "announcements", Title: "announcements.title", Icon: "speaker", About: "announcements.about", Words: wordsFR,
		Levels: levels(),
		Actions: []service.Action{
			{Name: publication.Read, Words: "announcements.action.read"},
			{Name: publication.Write, Words: "announcements.action.write"},
			{Name: publication.Publish, Words: "announcements.action.publish"},
		},
		Grants: []policy.Grant{
			policy.Allow(publication.Read, policy.Establishment, school.Profiles()...),
			policy.Allow(publication.Write, policy.Establishment, senders...),
			policy.Allow(publication.Publish, policy.Establishment, senders...),
		},
		Routes: r.Routes(),
		Menu:   []service.MenuItem{{Label: "announcements.title", URL: "/announcements", Icon: "speaker", Action: publication.Read, Order: 15}},
		Widgets: []service.Widget{{Name: "announcements", Title: "announcements.title", Icon: "speaker", Action: publication.Read, Order: 15,
			Load: r.Load}},
		Search: []service.Search{{Name: "announcements", Title: "announcements.title", Icon: "speaker", Action: publication.Read, Order: 15,
			Load: r.Search}},
		Jobs:    r.Jobs(),
		Notices: r.Notices(),
		Reacts:  r.Reacts(),
		Objects: publication.Objects(),
		Privacy: r.Record("announcements.privacy.purpose", "announcements.privacy.ground", "announcements.privacy.retention"),
	}
}
