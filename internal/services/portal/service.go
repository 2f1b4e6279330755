package portal

import (
	"context"
	_ "embed"

	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
	"elyco/internal/theme"
)

//go:embed words.fr.yaml
var wordsFR []byte

// Skins says what a portal wears.
type Skins interface {
	For(ctx context.Context, t *tenant.Tenant) theme.Skin
}

// News gives the public news of the space of ctx, the newest first.
type News interface {
	PublicNews(ctx context.Context, limit int) ([]service.Item, error)
}

// Room is the public side.
type Room struct {
	registry *tenant.Registry
	skins    Skins
	news     News
}

// New makes the room. Without news, nil, portals show none.
func New(r *tenant.Registry, skins Skins, news News) *Room {
	return &Room{registry: r, skins: skins, news: news}
}

// Service declares the room. Its addresses stand at the root, where visitors and browsers look for them.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: "portal", Title: "portal.title", Icon: "building", About: "portal.about", Words: wordsFR, Always: true,
		Levels:  []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity, tenant.KindEstablishment},
		Actions: []service.Action{{Name: "read", Words: "portal.action.read", Kept: []school.Profile{school.Anyone}}},
		Grants:  []policy.Grant{policy.Allow("read", policy.Establishment, school.Anyone)},
		Routes: []service.Route{
			{Method: "GET", Path: "/", Action: "read", Handler: r.getHome},
			{Method: "GET", Path: "/establishments", Action: "read", Levels: []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity}, Handler: r.getEstablishments},
			{Method: "GET", Path: "/contact", Action: "read", Handler: r.getContact},
			{Method: "GET", Path: "/legal", Action: "read", Handler: r.getLegal},
			{Method: "GET", Path: "/privacy", Action: "read", Handler: r.getPrivacy},
			{Method: "GET", Path: "/accessibility", Action: "read", Handler: r.getAccessibility},
			{Method: "GET", Path: "/manifest.webmanifest", Action: "read", Handler: r.getManifest},
			{Method: "GET", Path: "/robots.txt", Action: "read", Handler: r.getRobots},
		},
		Privacy: record(),
	}
}
