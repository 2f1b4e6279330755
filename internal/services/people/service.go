package people

import (
	_ "embed"

	"elyco/internal/blob"
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

// Room is the address book.
type Room struct {
	db       *db.DB
	registry *tenant.Registry
	settings *setting.Book
	blobs    *blob.Store
	policy   *policy.Policy
	pictures chan struct{} // a place for each picture that is being unpacked
}

// photos is the right to bring photos in and to take them away.
const photos = "photos"

// New makes the room. The policy comes later, by Furnish, because it is made of all rooms' grants.
func New(d *db.DB, r *tenant.Registry, b *setting.Book, store *blob.Store) *Room {
	return &Room{db: d, registry: r, settings: b, blobs: store, pictures: make(chan struct{}, 1)}
}

// Furnish gives the room the policy, whose reach says whom one sees. It is called once, before the first request.
func (r *Room) Furnish(p *policy.Policy) { r.policy = p }

// Service declares the room.
func (r *Room) Service() service.Service {
	establishment := []tenant.Kind{tenant.KindEstablishment}
	return service.Service{
		Name: "people", Title: "people.title", Icon: "user", About: "people.about", Words: wordsFR,
		Levels:  []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity, tenant.KindEstablishment},
		Actions: []service.Action{{Name: "read", Words: "people.action.read"}, {Name: photos, Words: "people.action.photos"}},
		Grants: []policy.Grant{
			policy.Allow("read", policy.Establishment, school.Head, school.Teacher, school.SchoolLife, school.Administrative, school.Health,
				school.Librarian, school.Administrator),
			policy.Allow("read", policy.Collectivity, school.Collectivity),
			policy.Allow("read", policy.Academy, school.AcademyAgent),
			policy.Allow("read", policy.Classes, school.Pupil, school.Technical),
			policy.Allow("read", policy.Children, school.Guardian),
			policy.Allow(photos, policy.Establishment, school.Head, school.Administrative, school.Administrator),
		},
		Routes: []service.Route{
			{Method: "GET", Path: "/people", Action: "read", Handler: r.getPeople},
			{Method: "GET", Path: "/people/photos", Action: photos, Levels: establishment, Handler: r.getPhotos},
			{Method: "POST", Path: "/people/photos", Action: photos, Levels: establishment, Handler: r.postArchive, MaxBody: largestArchive},
			{Method: "GET", Path: "/people/photos/:id", Action: photos, Levels: establishment, Handler: r.getImport},
			{Method: "POST", Path: "/people/photos/:id/application", Action: photos, Levels: establishment, Handler: r.postApply},
			{Method: "POST", Path: "/people/photos/:id/removal", Action: photos, Levels: establishment, Handler: r.postDiscard},
			{Method: "GET", Path: "/people/classes/:id", Action: "read", Levels: establishment, Handler: r.getWall},
			{Method: "GET", Path: "/people/:id", Action: "read", Handler: r.getPerson, Looks: &service.Look{Param: "id", What: "people.looked.sheet"}},
			{Method: "GET", Path: "/people/:id/photo", Action: "read", Levels: establishment, Handler: r.getPhoto},
			{Method: "POST", Path: "/people/:id/photo/removal", Action: photos, Levels: establishment, Handler: r.postPhotoRemoval},
		},
		Menu:    []service.MenuItem{{Label: "people.title", URL: "/people", Icon: "user", Action: "read", Order: 60}},
		Search:  []service.Search{{Name: "people", Title: "people.title", Icon: "user", Action: "read", Order: 5, Load: r.Search}},
		Jobs:    []job.Handler{job.Handle(importJob, r.readArchive)},
		Privacy: record(),
		Objects: []string{"person_photo.object_key", "photo_import.object_key", "photo_found.object_key"},
	}
}
