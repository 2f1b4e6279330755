package portal

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/theme"
	"elyco/internal/ui"
	"elyco/internal/web"
	"elyco/internal/words"
)

func schools() []*tenant.Tenant {
	list := []*tenant.Tenant{
		{Name: "Collège Élise-Freinet", City: "Mayenne", Nature: "college", UAI: "0530001A"},
		{Name: "Lycée Jean-Moulin", City: "Angers", Nature: "lpo"},
		{Name: "Collège Jean Rostand", City: "Angers", Nature: "college"},
	}
	for i := range 60 {
		list = append(list, &tenant.Tenant{Name: fmt.Sprintf("Collège %02d", i), City: "Nantes", Nature: "college"})
	}
	return list
}

func TestFilter(t *testing.T) {
	for _, tc := range []struct {
		filter             filter
		total, page, pages int
		first              string
	}{
		{filter{}, 63, 1, 3, "Collège Élise-Freinet"},
		{filter{Text: "ELISE freinet"}, 1, 1, 1, "Collège Élise-Freinet"},
		{filter{Text: "college angers"}, 1, 1, 1, "Collège Jean Rostand"},
		{filter{Text: "0530001a"}, 1, 1, 1, "Collège Élise-Freinet"},
		{filter{City: "Angers"}, 2, 1, 1, "Lycée Jean-Moulin"},
		{filter{City: "Angers", Nature: "college"}, 1, 1, 1, "Collège Jean Rostand"},
		{filter{City: "Nantes", Page: 3}, 60, 3, 3, "Collège 48"},
		{filter{City: "Nantes", Page: 99}, 60, 3, 3, "Collège 48"},
		{filter{Page: -4}, 63, 1, 3, "Collège Élise-Freinet"},
		{filter{Text: "rien de tel"}, 0, 1, 1, ""},
	} {
		got := tc.filter.apply(schools())
		first := ""
		if len(got.Spaces) > 0 {
			first = got.Spaces[0].Name
		}
		if got.Total != tc.total || got.Page != tc.page || got.Pages != tc.pages || first != tc.first || len(got.Spaces) > pageSize {
			t.Errorf("%+v: got %d, page %d of %d, first %q", tc.filter, got.Total, got.Page, got.Pages, first)
		}
	}
	if got := strings.Join(cities(schools()), " "); got != "Angers Mayenne Nantes" {
		t.Errorf("cities: %s", got)
	}
}

type wardrobe struct{}

func (wardrobe) For(context.Context, *tenant.Tenant) theme.Skin {
	return theme.Skin{Colour: "#123456", FaviconURL: "/theme/f.svg", Inline: theme.Inline{Background: "#ffffff"}}
}

type press struct{}

func (press) PublicNews(_ context.Context, limit int) ([]service.Item, error) {
	return []service.Item{{Title: "Portes ouvertes <b>", Summary: "Samedi", URL: "/news/1", At: 1_790_000_000}}[:min(limit, 1)], nil
}

// visit asks a page of a space, as an actor, with the messages of the room.
func visit(t *testing.T, space *tenant.Tenant, actor school.Actor, target string) (int, string, http.Header) {
	t.Helper()
	s := New(tenant.NewRegistry(nil, "elyco.test", "http"), wardrobe{}, press{}).Service()
	if err := service.Validate(s); err != nil {
		t.Fatal(err)
	}
	catalog := words.NewCatalog("fr")
	if err := catalog.Add("words.fr.yaml", s.Words); err != nil {
		t.Fatal(err)
	}
	app := fiber.New(fiber.Config{Immutable: true, StrictRouting: true, ErrorHandler: web.Failure(slog.New(slog.DiscardHandler))})
	app.Use(func(c *fiber.Ctx) error {
		c.SetUserContext(session.With(words.With(tenant.Enter(c.UserContext(), space), catalog), actor))
		web.WithFramer(c, func(_ *fiber.Ctx, p web.Page) ui.Frame { return ui.Frame{Title: p.Title, SiteName: space.Name} })
		return c.Next()
	})
	for _, r := range s.Routes {
		app.Add(r.Method, r.Path, r.Handler)
	}
	res, err := app.Test(httptest.NewRequest("GET", target, nil), 10_000)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body), res.Header
}

func space(state tenant.State) *tenant.Tenant {
	academy := &tenant.Tenant{ID: 1, Kind: tenant.KindAcademy, Name: "Académie", State: tenant.Open}
	funder := &tenant.Tenant{ID: 2, Kind: tenant.KindCollectivity, Parent: academy, Name: "Vendée", State: tenant.Open, ContactPhone: "02 00 00 00 00"}
	return &tenant.Tenant{ID: 3, Kind: tenant.KindEstablishment, Parent: funder, Name: "Collège Alpha de la Roche", City: "La Roche", Nature: "college",
		State: state, StateNote: "Travaux jusqu’à lundi.", Presentation: "Un collège.\n\nDes élèves.", ContactEmail: "alpha@elyco.test"}
}

func TestPublicPages(t *testing.T) {
	for target, want := range map[string]string{
		"/": "Portes ouvertes &lt;b&gt;", "/establishments": "0 établissement", "/contact": "mailto:alpha@elyco.test", "/legal": "Le chef d’établissement est directeur",
		"/privacy": "Académie est responsable des comptes", "/accessibility": "non conforme", "/establishments?q=x&page=zz": "Aucun établissement",
	} {
		status, body, _ := visit(t, space(tenant.Open), school.Actor{}, target)
		if status != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d, without %q", target, status, want)
		}
		if n := strings.Count(body, "<h1"); n != 1 {
			t.Errorf("%s: %d main titles", target, n)
		}
		if i := strings.Index(body, "[portal."); i >= 0 {
			t.Errorf("%s lacks a message: %s", target, body[i:i+40])
		}
	}
}

func TestSomebodySignedInGoesHome(t *testing.T) {
	status, _, header := visit(t, space(tenant.Open), school.Actor{Person: school.PersonID{UUID: school.NewID()}}, "/")
	if status != http.StatusSeeOther || header.Get("Location") != "/home" {
		t.Errorf("%d to %q", status, header.Get("Location"))
	}
}

func TestSuspendedSpace(t *testing.T) {
	status, body, _ := visit(t, space(tenant.Suspended), school.Actor{}, "/")
	if status != http.StatusServiceUnavailable || !strings.Contains(body, "Travaux jusqu’à lundi.") || strings.Contains(body, "Portes ouvertes") {
		t.Errorf("%d: %s", status, body)
	}
	if _, robots, _ := visit(t, space(tenant.Suspended), school.Actor{}, "/robots.txt"); !strings.Contains(robots, "Disallow: /\n") {
		t.Errorf("robots: %s", robots)
	}
}

func TestManifest(t *testing.T) {
	status, body, header := visit(t, space(tenant.Open), school.Actor{}, "/manifest.webmanifest")
	var m manifest
	if err := json.Unmarshal([]byte(body), &m); err != nil || status != 200 {
		t.Fatal(status, err)
	}
	if m.Name != "Collège Alpha de la Roche" || len([]rune(m.ShortName)) > 18 || m.Theme != "#123456" || m.Icons[0].Source != "/theme/f.svg" ||
		!strings.HasPrefix(header.Get("Content-Type"), "application/manifest+json") {
		t.Errorf("%+v %v", m, header)
	}
}
