package mydata

import (
	_ "embed"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/job"
	"elyco/internal/notice"
	"elyco/internal/policy"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
	"elyco/internal/theme"
)

//go:embed words.fr.yaml
var wordsFR []byte

// The actions of the room.
const (
	see    = "see"
	answer = "answer"
	govern = "govern"
)

// Room is where people use their rights.
type Room struct {
	db       *db.DB
	registry *tenant.Registry
	blobs    *blob.Store
	skins    *theme.Wardrobe
	files    *drive.Drive
	teller   Teller
	floor    []privacy.Holding
	house    *privacy.House
	policy   *policy.Policy
	rooms    []service.Service
	buffers  chan []byte // one for each archive that is being written
}

// New makes the room. floor are the declarations of the parts of the house that are no rooms; the rooms come later, by
// Furnish, because this one is among them.
func New(d *db.DB, r *tenant.Registry, blobs *blob.Store, skins *theme.Wardrobe, files *drive.Drive, teller Teller, floor []privacy.Holding) *Room {
	const atOnce = 2
	room := &Room{db: d, registry: r, blobs: blobs, skins: skins, files: files, teller: teller, floor: floor, house: privacy.NewHouse(d, r, floor), buffers: make(chan []byte, atOnce)}
	for range atOnce {
		room.buffers <- nil
	}
	return room
}

// Furnish gives the room the policy, which says who is told what, and every room of the house. It is called once, before
// the first request.
func (r *Room) Furnish(p *policy.Policy, rooms []service.Service) {
	r.policy, r.rooms = p, rooms
	all := r.floor
	for _, s := range rooms {
		all = append(all, privacy.Holding{Name: s.Name, Title: s.Title, Record: s.Privacy})
	}
	r.house = privacy.NewHouse(r.db, r.registry, all)
}

// House is every declaration of the house.
func (r *Room) House() *privacy.House { return r.house }

// Service declares the room.
func (r *Room) Service() service.Service {
	staff := []school.Profile{school.Administrator, school.Head, school.Administrative}
	return service.Service{
		Name: "mydata", Title: "mydata.title", Icon: "eye", About: "mydata.about", Words: wordsFR, Always: true,
		Levels: []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity, tenant.KindEstablishment},
		Actions: []service.Action{
			{Name: see, Words: "mydata.action.see", Kept: []school.Profile{school.Someone}},
			{Name: answer, Words: "mydata.action.answer", Kept: []school.Profile{school.Administrator, school.Head}},
			{Name: govern, Words: "mydata.action.govern", Kept: []school.Profile{school.Administrator, school.Head}},
		},
		Grants: []policy.Grant{
			policy.Allow(see, policy.Self, school.Someone),
			policy.Allow(answer, policy.Establishment, staff...),
			policy.Allow(govern, policy.Establishment, school.Administrator, school.Head),
			policy.Allow(govern, policy.Academy, school.AcademyAgent),
		},
		Routes: append(r.own(), r.governing()...),
		Menu: []service.MenuItem{
			{Label: "mydata.title", URL: home, Icon: "eye", Action: see, Order: 80, Group: service.Personal},
			{Label: "mydata.governing", URL: home + "/register", Icon: "book", Action: govern, Order: 92, Group: service.Administration},
			{Label: "mydata.requests.title", URL: home + "/requests", Icon: "edit", Action: answer, Order: 93, Group: service.Administration},
		},
		Jobs:    []job.Handler{job.Handle(exportKind, r.makeExport), job.Handle(dropKind, r.drop)},
		Objects: []string{"mydata_export.object_key"},
		Notices: []notice.Kind{
			{Name: noticeAsked, Title: "mydata.told.asked", Default: []notice.Channel{notice.Mail}},
			{Name: noticeAnswered, Title: "mydata.told.answered", Default: []notice.Channel{notice.Mail, notice.Push}},
		},
		Privacy: record(),
	}
}

func (r *Room) own() []service.Route {
	return []service.Route{
		{Method: "GET", Path: "/mydata", Action: see, Handler: r.getOverview},
		{Method: "GET", Path: "/mydata/held/:room", Action: see, Handler: r.getHeld},
		{Method: "GET", Path: "/mydata/exports", Action: see, Handler: r.getExports},
		{Method: "POST", Path: "/mydata/exports", Action: see, StepUp: true, Handler: r.postExport},
		{Method: "GET", Path: "/mydata/exports/:id/file", Action: see, StepUp: true, Handler: r.getExportFile},
		{Method: "GET", Path: "/mydata/journal", Action: see, Handler: r.getJournal},
		{Method: "GET", Path: "/mydata/journal/export", Action: see, Handler: r.getJournalExport},
		{Method: "GET", Path: "/mydata/corrections", Action: see, Handler: r.getCorrections},
		{Method: "GET", Path: "/mydata/corrections/new", Action: see, Handler: r.getCorrection},
		{Method: "POST", Path: "/mydata/corrections", Action: see, Handler: r.postCorrection},
	}
}

func (r *Room) governing() []service.Route {
	return []service.Route{
		{Method: "GET", Path: "/mydata/requests", Action: answer, Handler: r.getRequests},
		{Method: "POST", Path: "/mydata/requests/:id", Action: answer, Handler: r.postRequest},
		{Method: "GET", Path: "/mydata/register", Action: govern, Handler: r.getRegister},
		{Method: "GET", Path: "/mydata/register/table", Action: govern, Handler: r.getRegisterTable},
		{Method: "GET", Path: "/mydata/register/document", Action: govern, Handler: r.getRegisterDocument},
		{Method: "GET", Path: "/mydata/retention", Action: govern, Handler: r.getRetention},
	}
}
