package app

import (
	"net/url"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/web"
	"elyco/internal/words"
)

// frame shapes what surrounds a page for the person who looks at it.
func (a *App) frame(c *fiber.Ctx, p web.Page) ui.Frame {
	ctx := c.UserContext()
	t, actor := tenant.From(ctx), session.Actor(ctx)
	skin := a.skins.For(ctx, t)
	f := ui.Frame{
		Title: p.Title, SiteName: t.Name, SiteKind: t.KindWords(), HomeURL: "/", Public: p.Public, Nonce: web.Nonce(c),
		Here: c.OriginalURL(), LogoURL: skin.LogoURL, FaviconURL: skin.FaviconURL, BannerURL: skin.BannerURL,
		ThemeHref: skin.StylesheetURL, ThemeColor: skin.Colour, ManifestURL: "/manifest.webmanifest",
		BaseCSSHref: "/assets/" + a.assets.BaseCSS, ScriptHref: "/assets/" + a.assets.Script,
		ContactEmail: t.ContactEmail, Comfort: comfort(actor.Comfort), ComfortURL: "/account/comfort",
		Footer: []ui.Link{
			{Label: a.words.T("app.legal"), URL: "/legal"},
			{Label: a.words.T("app.privacy"), URL: "/privacy"},
			{Label: a.words.T("app.accessibility"), URL: "/accessibility"},
			{Label: a.words.T("app.contact"), URL: "/contact"},
		},
	}
	if p.Action != "" {
		f.WhyURL = "/why/" + p.Room + "/" + p.Action
	}
	if said := web.Flash(c); said != "" {
		f.Notice = []ui.Flash{{Kind: ui.ToneSuccess, Text: said}}
	}
	if !actor.SignedIn() {
		f.SignInURL = "/sign-in?return=" + url.QueryEscape(session.ReturnPath(c.OriginalURL()))
		return f
	}
	f.HomeURL, f.SearchURL = "/home", "/search"
	if !actor.PreviewOnly {
		f.LiveURL, f.BellURL = "/live", "/notices"
	}
	menu, own := a.menu(t, actor, p.Room)
	f.Menu = menu
	f.Person = &ui.PersonChip{Name: actor.Name, ProfileLabel: a.profileLabel(actor), Initials: initials(actor.Name),
		AccountURL: "/account", SignOutURL: "/sign-out", Own: own}
	f.SwitchTo = a.portals(t, actor)
	if session.LookOver(ctx) {
		f.Notice = append(f.Notice, ui.Flash{Kind: ui.ToneInfo, Text: a.words.T("preview.over")})
	}
	if session.Alerted(ctx) && (p.Room == "home" || p.Room == "account") {
		f.Notice = append(f.Notice, ui.Flash{Kind: ui.ToneWarning, Text: a.words.T("app.new_device")})
	}
	if must, until := a.account.MustAddFactor(ctx); must && !until.IsZero() && (p.Room == "home" || p.Room == "account") {
		f.Notice = append(f.Notice, a.factorNotice(until))
	}
	if look, running := session.Looking(ctx); running {
		a.lookThrough(&f, look)
	}
	return f
}

// factorNotice tells who must add a factor how long there is time for it.
func (a *App) factorNotice(until time.Time) ui.Flash {
	if a.sessions.Now().After(until) {
		return ui.Flash{Kind: ui.ToneWarning, Text: a.words.T("app.factor_over")}
	}
	return ui.Flash{Kind: ui.ToneInfo, Text: a.words.T("app.factor_before", "day", words.Date(until))}
}

// lookThrough says on every page that somebody looks with other eyes, and takes away what leads to a person: nobody is
// there, and the other spaces know nothing of the preview.
func (a *App) lookThrough(f *ui.Frame, look session.Look) {
	f.Person.Initials, f.Person.AccountURL, f.Person.Own, f.ComfortURL, f.SwitchTo = "A", "", nil, "", nil
	if look.Support() {
		f.Preview = &ui.PreviewBar{Region: a.words.T("support.region"), Note: a.words.T("preview.banner_note"), URL: session.LeaveVisitPath,
			Text: a.words.T("support.banner", "name", look.Name, "until", words.Clock(look.Until)), Leave: a.words.T("support.leave")}
		return
	}
	f.Preview = &ui.PreviewBar{Region: a.words.T("preview.region"), Note: a.words.T("preview.banner_note"),
		Text: a.words.T("preview.banner", "as", look.As, "date", words.Date(look.At(a.ground.DB.Now()))),
		URL:  session.LeavePath, Change: a.words.T("preview.change"), Leave: a.words.T("preview.leave")}
}

func comfort(c school.Comfort) ui.Comfort {
	return ui.Comfort{Scheme: c.Scheme, Contrast: c.Contrast, TextSize: c.TextSize, Font: c.Font, Motion: c.Motion}
}

// menu lists the entries that the actor may open, those of the person's own menu apart. Who may open a hub finds the other
// entries of its group there.
func (a *App) menu(t *tenant.Tenant, actor school.Actor, current string) (items, own []ui.MenuItem) {
	type entry struct {
		service.MenuItem
		room string
	}
	var entries []entry
	hubs := map[string]string{} // the room of the hub, by group
	for _, s := range a.rooms {
		if !s.Has(t.Kind) {
			continue
		}
		for _, m := range s.Menu {
			if len(m.Levels) > 0 && !slices.Contains(m.Levels, t.Kind) || !s.Always && !m.Always && !t.Offers(s.Name) {
				continue
			}
			if _, may := a.policy.For(actor, s.Name, m.Action); may {
				entries = append(entries, entry{m, s.Name})
				if m.Hub {
					hubs[m.Group] = s.Name
				}
			}
		}
	}
	sort.SliceStable(entries, func(i, j int) bool { return entries[i].Order < entries[j].Order })
	for _, e := range entries {
		hub := hubs[e.Group]
		if hub != "" && hub != e.room {
			continue
		}
		item := ui.MenuItem{Label: a.words.T(e.Label), URL: e.URL, Icon: ui.Icon(e.Icon), Current: e.room == current}
		item.Current = item.Current || hub != "" && slices.ContainsFunc(entries, func(o entry) bool { return o.Group == e.Group && o.room == current })
		if e.Group == service.Personal {
			own = append(own, item)
			continue
		}
		items = append(items, item)
	}
	return items, own
}

func (a *App) profileLabel(actor school.Actor) string {
	list := actor.Here
	if len(list) == 0 {
		list = actor.Everywhere
	}
	if len(list) == 0 {
		return ""
	}
	return a.words.T("profile." + string(list[0].Profile))
}

// portals lists the person's spaces, and above them the funders' portals, so that a family moves between its schools.
func (a *App) portals(here *tenant.Tenant, actor school.Actor) []ui.Link {
	var links []ui.Link
	seen := map[school.ScopeID]bool{}
	add := func(t *tenant.Tenant) {
		if t == nil || seen[t.ID] || !t.LetsIn() {
			return
		}
		seen[t.ID] = true
		links = append(links, ui.Link{Label: t.Name, URL: a.registry.URL(t, "/home"), Current: t.ID == here.ID})
	}
	for _, id := range actor.Scopes() {
		add(a.registry.ByID(id))
	}
	for _, id := range actor.Scopes() {
		if t := a.registry.ByID(id); t != nil {
			add(t.Collectivity())
		}
	}
	if len(links) < 2 {
		return nil
	}
	return links
}

func initials(name string) string {
	var b strings.Builder
	for _, word := range strings.Fields(name) {
		for _, letter := range word {
			b.WriteString(strings.ToUpper(string(letter)))
			break
		}
		if b.Len() >= 4 {
			break
		}
	}
	return b.String()
}
