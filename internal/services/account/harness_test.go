package account

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/local/pg"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/theme"
	"elyco/internal/ui"
	"elyco/internal/web"
	"elyco/internal/words"
	"elyco/migrations"
)

const (
	base       = "elyco.test"
	vendee     = "vendee.elyco.test"
	alpha      = "alpha.vendee.elyco.test"
	beta       = "beta.vendee.elyco.test"
	gamma      = "gamma.vendee.elyco.test" // suspended
	delta      = "www.delta.test"          // has a domain of its own
	passPhrase = "girafe lente sous la pluie"
)

// territory is one small academy, served by the real middleware and handlers, for the whole package.
type territory struct {
	db       *db.DB
	registry *tenant.Registry
	app      *fiber.App
}

var (
	shared = sync.OnceValues(newTerritory)
	stop   = func() {}
	people atomic.Int64
	stored = sync.OnceValue(func() string { return session.HashPassword(passPhrase) })
)

// StopTerritory ends what newTerritory started, if anything did.
func StopTerritory() { stop() }

func newTerritory() (*territory, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	dir, err := os.MkdirTemp("/tmp", "account-test-")
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return nil, err
	}
	server, err := pg.Start(ctx, pg.Config{Dir: dir})
	if err != nil {
		return nil, err
	}
	stop = func() { server.Stop(); os.RemoveAll(dir) }
	if err := pg.Bootstrap(ctx, server, "elyco"); err != nil {
		return nil, err
	}
	if _, err := db.Migrate(ctx, server.DSN(pg.Owner, "elyco"), migrations.FS); err != nil {
		return nil, err
	}
	w := &territory{}
	if w.db, err = db.Open(ctx, db.Config{App: server.DSN(pg.App, "elyco"), Import: server.DSN(pg.Import, "elyco"), Pool: 4}); err != nil {
		return nil, err
	}
	err = w.load(ctx, `insert into tenant (id, kind, parent_id, slug, name, state, domain, opened_on) values
		(1, 'academy', null, 'academie', 'Académie', 'open', null, '2026-09-01'),
		(2, 'collectivity', 1, 'vendee', 'Vendée', 'open', null, '2026-09-01'),
		(3, 'establishment', 2, 'alpha', 'Collège Alpha', 'open', null, '2026-09-01'),
		(4, 'establishment', 2, 'beta', 'Collège Bêta', 'opening', null, '2026-09-01'),
		(5, 'establishment', 2, 'gamma', 'Collège Gamma', 'suspended', null, '2026-09-01'),
		(6, 'establishment', 2, 'delta', 'Lycée Delta', 'open', 'www.delta.test', '2026-09-01')`)
	if err != nil {
		return nil, err
	}
	w.registry = tenant.NewRegistry(w.db, base, "http")
	if err := w.registry.Load(ctx); err != nil {
		return nil, err
	}
	w.app, err = w.serve()
	return w, err
}

func (w *territory) load(ctx context.Context, sql string, args ...any) error {
	return w.db.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, args...)
		return err
	})
}

type plain struct{}

func (plain) For(context.Context, *tenant.Tenant) theme.Skin { return theme.Skin{} }

type silent struct{}

func (silent) Texts() bool { return false }

// serve mounts the room the way the roof does: host, tenant, session, same origin, policy, handler.
func (w *territory) serve() (*fiber.App, error) {
	sessions := session.New(w.db)
	if err := sessions.ServePasskeys("http://"+base, "E-LYCO"); err != nil {
		return nil, err
	}
	room := New(sessions, w.registry, plain{}, silent{})
	s := room.Service()
	if err := service.Validate(s); err != nil {
		return nil, err
	}
	judge, err := policy.New(map[string][]policy.Grant{s.Name: s.Grants})
	if err != nil {
		return nil, err
	}
	book := setting.NewBook(w.db)
	if err := book.Declare(s.Settings...); err != nil {
		return nil, err
	}
	room.Furnish(judge, func(t *tenant.Tenant) string {
		if t.Slug == "delta" {
			return ""
		}
		return "https://" + t.Host() + "/dav/"
	}, book)
	catalog := words.NewCatalog("fr")
	if err := catalog.Add("words.fr.yaml", s.Words); err != nil {
		return nil, err
	}
	app := fiber.New(fiber.Config{Immutable: true, CaseSensitive: true, StrictRouting: true, DisableStartupMessage: true, ReadBufferSize: 16 << 10,
		ErrorHandler: web.Failure(slog.New(slog.NewTextHandler(os.Stderr, nil)))})
	app.Use(func(c *fiber.Ctx) error {
		t := w.registry.Resolve(string(c.Request().Header.Host()))
		if t == nil {
			return fiber.ErrNotFound
		}
		c.SetUserContext(words.With(tenant.Enter(c.UserContext(), t), catalog))
		web.WithFramer(c, func(c *fiber.Ctx, p web.Page) ui.Frame {
			return ui.Frame{Title: p.Title, SiteName: t.Name, ComfortURL: "/account/comfort", Here: c.OriginalURL(),
				Comfort: ui.Comfort{Scheme: session.Actor(c.UserContext()).Comfort.Scheme}}
		})
		return c.Next()
	}, web.SameOrigin("http"), session.Middleware(sessions, nil))
	guard := func(r service.Route) fiber.Handler {
		return func(c *fiber.Ctx) error {
			if len(r.Levels) > 0 && !slices.Contains(r.Levels, tenant.From(c.UserContext()).Kind) {
				return fault.Missing()
			}
			if _, may := judge.Can(c.UserContext(), s.Name, r.Action); may {
				return c.Next()
			}
			return session.Challenge(c)
		}
	}
	for _, r := range s.Routes {
		app.Add(r.Method, r.Path, guard(r), r.Handler)
	}
	// A page that needs somebody, and says who came.
	app.Get("/home", func(c *fiber.Ctx) error {
		a := session.Actor(c.UserContext())
		if !a.SignedIn() {
			return session.Challenge(c)
		}
		return c.SendString("bonjour " + a.Name)
	})
	return app, nil
}

// browser keeps cookies per host, as __Host- cookies are, and follows redirects.
type browser struct {
	t       *testing.T
	app     *fiber.App
	cookies map[string]map[string]string
	trail   []string // hosts and paths of the last visit
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	w, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, app: w.app, cookies: map[string]map[string]string{}}
}

type answer struct {
	status       int
	body         string
	header       http.Header
	host, target string
}

func (b *browser) send(method, host, target string, form url.Values) answer {
	b.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req := httptest.NewRequest(method, target, body)
	req.Host = host
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	req.Header.Set("User-Agent", "Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0")
	for name, value := range b.cookies[host] {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := b.app.Test(req, 60_000)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range res.Cookies() {
		if !strings.HasPrefix(c.Name, "__Host-") || !c.Secure || !c.HttpOnly || c.Path != "/" || c.Domain != "" || c.SameSite != http.SameSiteLaxMode {
			b.t.Errorf("%s%s sets an unsafe cookie: %s", host, target, c.Raw)
		}
		if b.cookies[host] == nil {
			b.cookies[host] = map[string]string{}
		}
		if c.MaxAge < 0 || c.Value == "" {
			delete(b.cookies[host], c.Name)
			continue
		}
		b.cookies[host][c.Name] = c.Value
	}
	return answer{res.StatusCode, string(content), res.Header, host, target}
}

// follow goes where redirects lead, at most eight times, and never out of the territory.
func (b *browser) follow(a answer) answer {
	b.t.Helper()
	b.trail = []string{a.host + a.target}
	for range 8 {
		location := a.header.Get("Location")
		if a.status != http.StatusSeeOther || location == "" {
			return a
		}
		u, err := url.Parse(location)
		if err != nil {
			b.t.Fatal(err)
		}
		host := a.host
		if u.Host != "" {
			host = u.Host
		}
		if !slices.Contains([]string{base, vendee, alpha, beta, gamma, delta}, host) {
			b.t.Fatalf("led out of the territory, to %s", location)
		}
		b.trail = append(b.trail, host+u.Path)
		a = b.send("GET", host, u.RequestURI(), nil)
	}
	b.t.Fatalf("goes round in circles: %s", strings.Join(b.trail, " → "))
	return a
}

func (b *browser) get(host, target string) answer {
	b.t.Helper()
	return b.follow(b.send("GET", host, target, nil))
}

func (b *browser) post(host, target string, form url.Values) answer {
	b.t.Helper()
	return b.follow(b.send("POST", host, target, form))
}

// signIn does what a person does: asks for a page, fills in the form that comes, sends it.
func (b *browser) signIn(host, page, login, password string) answer {
	b.t.Helper()
	form := b.get(host, page)
	if !strings.Contains(form.body, `action="/sign-in"`) {
		b.t.Fatalf("no sign-in form but %d on %s after %s", form.status, form.host, strings.Join(b.trail, " → "))
	}
	return b.post(form.host, "/sign-in", url.Values{"login": {login}, "password": {password},
		"return": {hidden(form.body, "return")}, "seal": {hidden(form.body, "seal")}})
}

// hidden reads a hidden field of the form whose action is /sign-in.
func hidden(body, name string) string {
	_, body, _ = strings.Cut(body, `action="/sign-in"`)
	_, rest, ok := strings.Cut(body, `name="`+name+`" value="`)
	if !ok {
		return ""
	}
	value, _, _ := strings.Cut(rest, `"`)
	return strings.ReplaceAll(value, "&amp;", "&")
}

// person makes an account with a school and a child, and returns its login.
func person(t *testing.T) string {
	t.Helper()
	w, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	id, login := school.NewID(), fmt.Sprintf("parent.%d", people.Add(1))
	body := fmt.Sprintf(`[{"s":3,"p":"guardian","k":[{"i":%q,"n":"Léo","c":[{"i":%q,"n":"4e B"}]}]},{"s":6,"p":"teacher"}]`, school.NewID(), school.NewID())
	for _, q := range []struct {
		sql  string
		args []any
	}{
		{`insert into person (tenant_id, id, given_name, family_name) values (1, $1, 'Marceline', 'Bertholet')`, []any{id}},
		{`insert into passport (tenant_id, person_id, name, body) values (1, $1, 'Marceline Bertholet', $2)`, []any{id, body}},
		{`insert into account (tenant_id, person_id, login, password_hash) values (1, $1, $2, $3)`, []any{id, login, stored()}},
	} {
		if err := w.load(t.Context(), q.sql, q.args...); err != nil {
			t.Fatal(err)
		}
	}
	return login
}
