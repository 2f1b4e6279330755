package account

import (
	"context"
	_ "embed"
	"slices"
	"time"

	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/theme"
)

//go:embed words.fr.yaml
var wordsFR []byte

// Skins says what a portal wears; the sign-in page wears it too.
type Skins interface {
	For(ctx context.Context, t *tenant.Tenant) theme.Skin
}

// Room is the account of everybody, and the way in.
type Room struct {
	sessions *session.Sessions
	registry *tenant.Registry
	relay    relay
	skins    Skins
	judge    Judge
	mount    func(t *tenant.Tenant) string
	decided  decisions
	office   Office
}

// Office says what the house can send. The letters themselves are queued with what they tell of.
type Office interface {
	Texts() bool // short messages reach telephones
}

// Judge is the policy, which says who may open documents outside the pages.
type Judge interface {
	Can(ctx context.Context, room, action string) (policy.Reach, bool)
}

// Furnish gives the room the policy, once every room is known, and the address under which a file manager opens the
// documents of a space: empty where none does; and what the spaces decided about the room's settings.
func (r *Room) Furnish(j Judge, mount func(t *tenant.Tenant) string, d decisions) {
	r.judge, r.mount, r.decided = j, mount, d
}

// MustAddFactor tells whether the actor's roles ask for a second factor that the actor has not, and until when there is time
// to add one: zero until the next sign-in by the page, which says so for the first time.
func (r *Room) MustAddFactor(ctx context.Context) (must bool, until time.Time) {
	who, standing := session.Actor(ctx), session.StandingOf(ctx)
	if !who.SignedIn() || who.PreviewOnly || !standing.FactorSince.IsZero() {
		return false, time.Time{}
	}
	must, grace := demand(r.decided, r.registry.ByID, who)
	if !must || standing.FactorAsked.IsZero() {
		return must, time.Time{}
	}
	return true, standing.FactorAsked.Add(grace)
}

// New makes the room.
func New(s *session.Sessions, r *tenant.Registry, skins Skins, o Office) *Room {
	return &Room{sessions: s, registry: r, relay: relay{r}, skins: skins, office: o}
}

// AppPassword is the right to open documents in other programs, with a password for each. It is given to profiles by name,
// and not to whoever is signed in, so that an establishment can take it from its pupils.
const AppPassword = "app_password"

// Service declares the room. The addresses of sign-on stand outside its prefix, because people and browsers'
// password keepers know them.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: "account", Title: "account.title", Icon: "user", About: "account.about", Words: wordsFR, Always: true,
		Levels: []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity, tenant.KindEstablishment},
		Actions: []service.Action{
			{Name: "sign_on", Words: "account.action.sign_on", Kept: []school.Profile{school.Anyone}},
			{Name: "comfort", Words: "account.action.comfort", Kept: []school.Profile{school.Anyone}},
			{Name: "manage", Words: "account.action.manage", Kept: []school.Profile{school.Someone}},
			{Name: AppPassword, Words: "account.action.app_password"},
		},
		Grants: []policy.Grant{
			policy.Allow("sign_on", policy.Self, school.Anyone),
			policy.Allow("comfort", policy.Self, school.Anyone),
			policy.Allow("manage", policy.Self, school.Someone),
			policy.Allow(AppPassword, policy.Self, school.Profiles()...),
		},
		Routes:   append(r.routes(), r.activationRoutes()...),
		Jobs:     r.jobs(),
		Privacy:  record(),
		Settings: settings(),
	}
}

func (r *Room) routes() []service.Route {
	return slices.Concat(r.factorRoutes(), r.passkeyRoutes(), r.deviceRoutes(), []service.Route{
		{Method: "GET", Path: "/sign-in", Action: "sign_on", Handler: r.getSignIn},
		{Method: "POST", Path: "/sign-in", Action: "sign_on", Handler: r.postSignIn},
		{Method: "GET", Path: "/sign-in/factor", Action: "sign_on", Handler: r.getSignInFactor},
		{Method: "POST", Path: "/sign-in/factor", Action: "sign_on", Handler: r.postSignInFactor},
		{Method: "POST", Path: "/sign-out", Action: "sign_on", Handler: r.postSignOut},
		{Method: "GET", Path: "/sign-on", Action: "sign_on", Levels: []tenant.Kind{tenant.KindAcademy}, Handler: r.getSignOn},
		{Method: "GET", Path: "/sign-on/land", Action: "sign_on", Handler: r.getLand},
		{Method: "GET", Path: "/account", Action: "manage", Handler: r.getAccount},
		{Method: "POST", Path: "/account/comfort", Action: "comfort", Handler: r.postComfort},
		{Method: "GET", Path: "/account/password", Action: "manage", Handler: r.getPassword},
		{Method: "POST", Path: "/account/password", Action: "manage", Handler: r.postPassword},
		{Method: "GET", Path: "/account/app-passwords", Action: AppPassword, StepUp: true, Handler: r.getAppPasswords},
		{Method: "POST", Path: "/account/app-passwords", Action: AppPassword, StepUp: true, Handler: r.postAppPassword},
		{Method: "POST", Path: "/account/app-passwords/:id/end", Action: "manage", Handler: r.postEndAppPassword},
		{Method: "GET", Path: "/account/file-manager", Action: AppPassword, Handler: r.getFileManager},
		{Method: "POST", Path: "/account/sign-ons/:id/end", Action: "manage", Handler: r.postEnd},
		{Method: "POST", Path: "/account/sign-ons/end", Action: "manage", Handler: r.postEndAll},
	})
}

// activationRoutes are the ways to an account, back to it, and to its owner.
func (r *Room) activationRoutes() []service.Route {
	return []service.Route{
		{Method: "GET", Path: "/activate", Action: "sign_on", Handler: r.getActivate},
		{Method: "POST", Path: "/activate", Action: "sign_on", Handler: r.postCode},
		{Method: "POST", Path: "/activate/finish", Action: "sign_on", Handler: r.postActivate},
		{Method: "GET", Path: "/recover", Action: "sign_on", Handler: r.getRecover},
		{Method: "POST", Path: "/recover", Action: "sign_on", Handler: r.postRecover},
		{Method: "GET", Path: "/recover/:token", Action: "sign_on", Handler: r.getRecoverLink},
		{Method: "POST", Path: "/recover/:token", Action: "sign_on", Handler: r.postRecoverLink},
		{Method: "GET", Path: "/account/contacts", Action: "manage", StepUp: true, Handler: r.getContacts},
		{Method: "POST", Path: "/account/contacts", Action: "manage", StepUp: true, Handler: r.postContact},
		{Method: "POST", Path: "/account/contacts/confirm", Action: "manage", Handler: r.postContactCode},
		{Method: "POST", Path: "/account/contacts/drop", Action: "manage", StepUp: true, Handler: r.postContactDrop},
	}
}
