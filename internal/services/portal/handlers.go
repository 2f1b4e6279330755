package portal

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

// shown is how many news a portal shows.
const shown = 6

func (r *Room) getHome(c *fiber.Ctx) error {
	ctx := c.UserContext()
	t := tenant.From(ctx)
	if !t.LetsIn() && t.Kind != tenant.KindAcademy {
		return r.show(c, fiber.StatusServiceUnavailable, t.Name, suspended(t))
	}
	if session.Actor(ctx).SignedIn() {
		return web.Done(c, "/home")
	}
	var news []service.Item
	if r.news != nil {
		var err error
		if news, err = r.news.PublicNews(ctx, shown); err != nil {
			return fmt.Errorf("read the public news: %w", err)
		}
	}
	page := web.Page{Title: t.Name, Room: "portal", Public: true, Hero: heroOf(ctx, t, r.skins.For(ctx, t).BannerURL)}
	return web.Show(c, page, homeView(r.shapeHome(t, news)))
}

func (r *Room) getEstablishments(c *fiber.Ctx) error {
	ctx := c.UserContext()
	page, _ := strconv.Atoi(c.Query("page"))
	f := filter{Text: cut(c.Query("q")), City: c.Query("city"), Nature: c.Query("nature"), Page: page}
	return r.show(c, 0, words.T(ctx, "portal.establishments.title"), establishmentsView(r.shapeEstablishments(ctx, tenant.From(ctx), f)))
}

// cut bounds what is searched: nobody types more.
func cut(s string) string {
	runes := []rune(s)
	return string(runes[:min(len(runes), 100)])
}

func (r *Room) getContact(c *fiber.Ctx) error {
	ctx := c.UserContext()
	return r.show(c, 0, words.T(ctx, "portal.contact.title"), contactView(shapeContact(tenant.From(ctx))))
}

func (r *Room) getLegal(c *fiber.Ctx) error {
	ctx := c.UserContext()
	return r.show(c, 0, words.T(ctx, "portal.legal.title"), legalView(shapeNotice(tenant.From(ctx))))
}

func (r *Room) getPrivacy(c *fiber.Ctx) error {
	ctx := c.UserContext()
	return r.show(c, 0, words.T(ctx, "portal.privacy.title"), privacyView(shapeNotice(tenant.From(ctx))))
}

func (r *Room) getAccessibility(c *fiber.Ctx) error {
	ctx := c.UserContext()
	return r.show(c, 0, words.T(ctx, "portal.accessibility.title"), accessibilityView(shapeNotice(tenant.From(ctx))))
}

func (r *Room) show(c *fiber.Ctx, status int, title string, body templ.Component) error {
	return web.Show(c, web.Page{Title: title, Room: "portal", Public: true, Status: status}, body)
}

type manifest struct {
	Name       string         `json:"name"`
	ShortName  string         `json:"short_name"`
	Language   string         `json:"lang"`
	Start      string         `json:"start_url"`
	Scope      string         `json:"scope"`
	Display    string         `json:"display"`
	Background string         `json:"background_color"`
	Theme      string         `json:"theme_color"`
	Icons      []manifestIcon `json:"icons"`
}

type manifestIcon struct {
	Source  string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
}

// getManifest says how the space looks as an installed application: its name, its icon, its colours.
func (r *Room) getManifest(c *fiber.Ctx) error {
	ctx := c.UserContext()
	t := tenant.From(ctx)
	skin := r.skins.For(ctx, t)
	m := manifest{Name: t.Name, ShortName: shortName(t.Name), Language: "fr", Start: "/home", Scope: "/", Display: "standalone",
		Background: skin.Inline.Background, Theme: skin.Colour}
	if skin.FaviconURL != "" {
		m.Icons = []manifestIcon{{Source: skin.FaviconURL, Sizes: "any", Type: "image/svg+xml", Purpose: "any"}}
	}
	body, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("write the manifest of scope %d: %w", t.ID, err)
	}
	c.Set(fiber.HeaderContentType, "application/manifest+json; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	return c.Send(body)
}

// shortName fits under an icon.
func shortName(name string) string {
	runes := []rune(name)
	if len(runes) <= 18 {
		return name
	}
	return string(runes[:17]) + "…"
}

// getRobots lets search engines read the public side of open spaces and nothing else.
func (r *Room) getRobots(c *fiber.Ctx) error {
	t := tenant.From(c.UserContext())
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	if !t.LetsIn() {
		return c.SendString("User-agent: *\nDisallow: /\n")
	}
	return c.SendString("User-agent: *\nDisallow: /sign-\nDisallow: /account\nDisallow: /home\nDisallow: /why\nAllow: /\n")
}
