package app_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/testkit/database"
)

// TestSessionsStayOnTheirHost presents the session of one school to all the others.
func TestSessionsStayOnTheirHost(t *testing.T) {
	h := testkit.NewHouse(t)
	member := h.SignInAs(t, h.College, school.Head, testkit.Admin())
	member.Get(t, h.College, "/home").Is(t, http.StatusOK)
	token := member.Cookie(h.College.Host(), session.Cookie)
	for _, other := range h.Everywhere() {
		thief := h.Visitor()
		thief.SetCookie(other.Host(), session.Cookie, token)
		status := thief.Get(t, other, "/home").Status
		if other == h.College && status != http.StatusOK {
			t.Errorf("the session does not open its own host: %d", status)
		}
		if other != h.College && status != http.StatusSeeOther {
			t.Errorf("the session of %s opens %s: %d", h.College.Name, other.Name, status)
		}
	}
}

func TestForgedCookies(t *testing.T) {
	h := testkit.NewHouse(t)
	good := h.SignInAs(t, h.College, school.Teacher)
	good.Get(t, h.College, "/home").Is(t, http.StatusOK)
	token := good.Cookie(h.College.Host(), session.Cookie)
	for name, cookie := range map[string]string{
		"empty":      session.Cookie + "=",
		"random":     session.Cookie + "=" + strings.Repeat("A", 43),
		"cut":        session.Cookie + "=" + token[:42],
		"longer":     session.Cookie + "=" + token + "A",
		"sql":        session.Cookie + "=' or 1=1 --",
		"huge":       session.Cookie + "=" + strings.Repeat("A", 4000),
		"doubled":    session.Cookie + "=" + token + "; " + session.Cookie + "=" + strings.Repeat("A", 43),
		"other case": strings.ToUpper(session.Cookie) + "=" + token,
		"no prefix":  "elyco=" + token,
	} {
		a := h.Visitor().Do(t, testkit.Request{To: h.College, Path: "/home", Header: http.Header{"Cookie": {cookie}}})
		if a.Status != http.StatusSeeOther {
			t.Errorf("a cookie that is %s opens the home page: %d", name, a.Status)
		}
	}
	a := h.Visitor().Do(t, testkit.Request{To: h.College, Path: "/home", Header: http.Header{"Cookie": {session.Cookie + "=" + token}}})
	a.Is(t, http.StatusOK)
}

func TestSessionsEnd(t *testing.T) {
	h := testkit.NewHouse(t)
	forgotten := h.SignInAs(t, h.College, school.Pupil)
	forgotten.Get(t, h.College, "/home").Is(t, http.StatusOK)
	blocked := h.SignInAs(t, h.College, school.Pupil)
	blocked.Get(t, h.College, "/home").Is(t, http.StatusOK)
	h.Exec(t, `update account set state = 'blocked' where person_id = $1`, blocked.Person.ID.UUID)
	blocked.Get(t, h.College, "/home").Is(t, http.StatusSeeOther)
	left := h.SignInAs(t, h.College, school.Head)
	left.Get(t, h.College, "/home/defaults").Is(t, http.StatusOK)
	h.Exec(t, `update membership set ends_on = current_date - 1 where person_id = $1`, left.Person.ID.UUID)
	h.Reissue(t, left.Person)
	left.Get(t, h.College, "/home/defaults").Is(t, http.StatusForbidden)
	h.Clock.Pass(13 * time.Hour)
	forgotten.Get(t, h.College, "/home").Is(t, http.StatusSeeOther)
}

// TestSuspendedSpaceKeepsNobody holds that whoever was signed in when a space closed reads no page of it any more, of the
// rooms that are always there either, and is back once it opens.
func TestSuspendedSpaceKeepsNobody(t *testing.T) {
	h := testkit.NewHouse(t)
	pupil, head := h.SignInAs(t, h.College, school.Pupil), h.SignInAs(t, h.College, school.Head)
	rector := h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin())
	become := func(from, to tenant.State) {
		t.Helper()
		form := url.Values{"from": {string(from)}, "to": {string(to)}, "reason": {"Travaux"}, "sure": {"1"}}
		rector.Post(t, h.Academy, fmt.Sprintf("/oversight/establishments/%d/decision", h.College.ID), form).Is(t, http.StatusSeeOther)
	}
	become(tenant.Open, tenant.Suspended)
	for _, c := range []*testkit.Client{pupil, head} {
		for _, path := range []string{"/home", "/notices", "/account", "/search?q=a", "/console", "/mydata"} {
			if a := c.Get(t, h.College, path); a.Status == http.StatusOK || strings.Contains(string(a.Body), c.Person.Given) {
				t.Errorf("%s is answered %d", path, a.Status)
			}
		}
		c.Get(t, h.College, "/").Is(t, http.StatusServiceUnavailable)
		c.Get(t, h.College, "/legal").Is(t, http.StatusOK)
	}
	rector.Get(t, h.Academy, "/home").Is(t, http.StatusOK)
	become(tenant.Suspended, tenant.Open)
	pupil.Get(t, h.College, "/home").Is(t, http.StatusOK)
	head.Get(t, h.College, "/console").Is(t, http.StatusOK)
}

// TestNobodySeesAnother has many people ask at once over few connections: a string that is kept past its request, or a
// connection that keeps a scope, would show one person's name to another.
func TestNobodySeesAnother(t *testing.T) {
	t.Parallel()
	h := testkit.NewHouse(t)
	spaces := []*tenant.Tenant{h.College, h.Lycee, h.Sibling}
	var clients []*testkit.Client
	var names []string
	for i := range 12 {
		name := fmt.Sprintf("Canari%c", 'A'+i)
		names = append(names, name)
		p := h.NewPerson(t, testkit.Named(name, "Roy"), testkit.In(spaces[i%3], school.Teacher))
		clients = append(clients, h.SignIn(t, p))
	}
	var wg sync.WaitGroup
	for i, c := range clients {
		wg.Go(func() {
			for range 25 {
				a := c.Get(t, spaces[i%3], "/home")
				for _, finding := range foreignNames(string(a.Body), names, names[i]) {
					t.Error(finding)
				}
			}
		})
	}
	wg.Wait()
	mustFind(t, "another person's name", foreignNames("Bonjour CanariA et CanariB", names, "CanariA"))
	mustFind(t, "a page that is nobody's", foreignNames("Bonjour", names, "CanariA"))
	if c := h.App.Fiber().Config(); !c.Immutable || !c.CaseSensitive || !c.StrictRouting {
		t.Errorf("strings of a request do not outlive it, or paths are read loosely: %+v", c)
	}
}

func foreignNames(body string, all []string, own string) []string {
	var bad []string
	for _, n := range all {
		if there := strings.Contains(body, n); there != (n == own) {
			bad = append(bad, fmt.Sprintf("the page of %s shows %s: %t", own, n, there))
		}
	}
	return bad
}

// TestChangesComeFromTheirOwnPage sends every form as a page of another site, or of a sibling school, would make a
// browser send it.
func TestChangesComeFromTheirOwnPage(t *testing.T) {
	s := newStage(t)
	head := s.player(t, "head")
	head.client.Get(t, s.College, "/home").Is(t, http.StatusOK)
	before := s.sum(t, s.College)
	for name, header := range map[string]http.Header{
		"another site":              {"Sec-Fetch-Site": {"cross-site"}},
		"a sibling school":          {"Sec-Fetch-Site": {"same-site"}},
		"an old browser, elsewhere": {"Sec-Fetch-Site": {" "}, "Origin": {"http://" + s.Sibling.Host()}},
		"a page without an origin":  {"Sec-Fetch-Site": {" "}, "Origin": {"null"}},
	} {
		for _, room := range s.App.Rooms() {
			for _, r := range room.Routes {
				if r.Method == http.MethodGet || !opens(room, r, s.College) {
					continue
				}
				a := head.client.Do(t, testkit.Request{Method: r.Method, To: s.College, Path: fill(r.Path, "x"), Form: url.Values{}, Header: header})
				if a.Status != http.StatusForbidden {
					t.Errorf("%s sent from %s: %d", r.Path, name, a.Status)
				}
			}
		}
	}
	mustBeSame(t, "what other sites sent", before, s.sum(t, s.College))
	head.client.Post(t, s.College, "/home/reset", url.Values{}).Is(t, http.StatusSeeOther)
}

// TestHeaders holds what every answer carries, whoever asks and whatever comes back.
func TestHeaders(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	nonces := map[string]bool{}
	for _, path := range []string{"/home", "/none", "/home/defaults", "/sign-in", "/why/home/read"} {
		a := c.Get(t, h.College, path)
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "same-origin",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := a.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, not %q", path, name, got, want)
			}
		}
		csp := a.Header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "base-uri 'none'", "object-src 'none'", "'strict-dynamic'", "frame-ancestors"} {
			if !strings.Contains(csp, part) {
				t.Errorf("%s: the content policy lacks %s: %s", path, part, csp)
			}
		}
		if strings.Contains(csp, "unsafe") || nonces[csp] {
			t.Errorf("%s: the content policy is unsafe or was used before: %s", path, csp)
		}
		nonces[csp] = true
		if server := a.Header.Get("Server"); server != "" {
			t.Errorf("%s: the server names itself %q", path, server)
		}
	}
}

// TestHomeCostsTheSame counts what the first page asks of the database, session included: at one thing to show and at
// many, for one school and for two.
func TestHomeCostsTheSame(t *testing.T) {
	const most = 3
	s := newStage(t)
	teacher := s.player(t, "teacher").client
	teacher.Get(t, s.College, "/home").Is(t, http.StatusOK)
	few := teacher.Get(t, s.College, "/home").Is(t, http.StatusOK)
	conn := s.As(t, superuser)
	defer conn.Close(context.Background())
	columns := database.Columns(t, conn, "publication")
	s.Exec(t, `insert into publication (`+columns+`) select r.* from (select `+columns+` from publication) p
		cross join generate_series(1, 40) n
		cross join lateral (select `+columns+` from jsonb_populate_record(null::publication, to_jsonb(p) || jsonb_build_object('id', md5(p.id::text || n)))) r
		where p.tenant_id = $1 and p.state = 'published'`, int64(s.College.ID))
	many := teacher.Get(t, s.College, "/home").Is(t, http.StatusOK)
	if few.RoundTrips == 0 || few.RoundTrips > most || few.RoundTrips != many.RoundTrips || few.Statements != many.Statements {
		t.Errorf("%d round trips and %d statements with a few things, %d and %d with many", few.RoundTrips, few.Statements, many.RoundTrips, many.Statements)
	}
	if len(many.Body) <= len(few.Body) {
		t.Errorf("the page did not grow: %d bytes, then %d", len(few.Body), len(many.Body))
	}
	family := s.player(t, "guardian of two schools").client
	family.Get(t, s.College, "/home").Is(t, http.StatusOK)
	// One for the session, and one for each school, side by side.
	if a := family.Get(t, s.College, "/home").Is(t, http.StatusOK); a.RoundTrips > most {
		t.Errorf("a family of two schools costs %d round trips", a.RoundTrips)
	}
}
