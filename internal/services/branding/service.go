package branding

import (
	_ "embed"

	"elyco/internal/db"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
	"elyco/internal/theme"
)

//go:embed words.fr.yaml
var wordsFR []byte

// The actions of the room.
const (
	edit    = "edit"
	publish = "publish"
)

// Room is where a space chooses how it looks.
type Room struct {
	db       *db.DB
	registry *tenant.Registry
	skins    *theme.Wardrobe
	policy   *policy.Policy
	pictures chan struct{} // a place for each picture that is being unpacked
}

// New makes the room. The policy comes later, by Furnish.
func New(d *db.DB, r *tenant.Registry, skins *theme.Wardrobe) *Room {
	const unpackedAtOnce = 2
	return &Room{db: d, registry: r, skins: skins, pictures: make(chan struct{}, unpackedAtOnce)}
}

// Furnish gives the room the policy, which says who sees the button that publishes. It is called once, before the first
// request.
func (r *Room) Furnish(p *policy.Policy) { r.policy = p }

// Service declares the room.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: "branding", Title: "branding.title", Icon: "image", About: "branding.about", Words: wordsFR, Always: true,
		Levels: []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity, tenant.KindEstablishment},
		Actions: []service.Action{
			{Name: edit, Words: "branding.action.edit"},
			{Name: publish, Words: "branding.action.publish"},
		},
		Grants: []policy.Grant{
			policy.Allow(edit, policy.Establishment, school.Administrator, school.Head),
			policy.Allow(publish, policy.Establishment, school.Administrator, school.Head),
		},
		Routes: []service.Route{
			{Method: "GET", Path: "/branding", Action: edit, Handler: r.getEditor},
			{Method: "POST", Path: "/branding/draft", Action: edit, Handler: r.postDraft},
			{Method: "POST", Path: "/branding/draft/colours", Action: edit, Handler: r.postColour},
			{Method: "POST", Path: "/branding/draft/reset", Action: edit, Handler: r.postReset},
			{Method: "POST", Path: "/branding/draft/discard", Action: edit, Handler: r.postDiscard},
			{Method: "POST", Path: "/branding/drawings/:place", Action: edit, Handler: r.postDrawing, MaxBody: maxUpload},
			{Method: "POST", Path: "/branding/drawings/:place/removal", Action: edit, Handler: r.postRemoval},
			{Method: "POST", Path: "/branding/publications", Action: publish, Handler: r.postPublication},
			{Method: "GET", Path: "/branding/versions/:id", Action: edit, Handler: r.getVersion},
			{Method: "POST", Path: "/branding/versions/:id/restoration", Action: publish, Handler: r.postRestoration},
			{Method: "GET", Path: "/branding/preview", Action: edit, Handler: r.getPreview},
			{Method: "GET", Path: "/branding/preview/mail", Action: edit, Handler: r.getMail},
			{Method: "GET", Path: "/branding/preview/letter", Action: edit, Handler: r.getLetter},
			{Method: "GET", Path: "/branding/preview/pdf", Action: edit, Handler: r.getSheet},
			{Method: "GET", Path: "/branding/preview/:id/:file", Action: edit, Handler: r.getFile},
		},
		Menu:    []service.MenuItem{{Label: "branding.title", URL: "/branding", Icon: "image", Action: edit, Order: 90, Group: service.Administration}},
		Privacy: record(),
	}
}
