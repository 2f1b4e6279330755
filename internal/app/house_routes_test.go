package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/service"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// outside are routes of no room: what every page is dressed with.
var outside = []string{"/assets/:name", "/theme/:name"}

// TestEveryRouteBelongsToARoom finds routes that no declaration names, which no policy would guard.
func TestEveryRouteBelongsToARoom(t *testing.T) {
	h := testkit.NewHouse(t)
	declared := slices.Clone(outside)
	for _, s := range h.App.Rooms() {
		for _, r := range s.Routes {
			declared = append(declared, r.Path)
		}
	}
	report(t, strayRoutes(h.App.Fiber().GetRoutes(true), declared))
	mustFind(t, "a route of no room", strayRoutes([]fiber.Route{{Method: "GET", Path: "/debug"}}, declared))
}

func strayRoutes(routes []fiber.Route, declared []string) []string {
	var bad []string
	for _, r := range routes {
		if !slices.Contains(declared, r.Path) {
			bad = append(bad, fmt.Sprintf("%s %s belongs to no room", r.Method, r.Path))
		}
	}
	return bad
}

// outcome is what a request comes to, as the guard of a route may decide it.
type outcome string

const (
	absent  outcome = "is not found"
	askedIn outcome = "is asked to sign in"
	refused outcome = "is refused"
	taken   outcome = "is let in"
)

func expected(s service.Service, r service.Route, p player, in *tenant.Tenant) outcome {
	switch {
	case !opens(s, r, in):
		return absent
	case may(s, r.Action, p.subjectsIn(in)):
		return taken
	case p.known:
		return refused
	}
	return askedIn
}

func got(method string, a *testkit.Answer) outcome {
	switch {
	case a.Status == http.StatusNotFound:
		return absent
	case method == http.MethodGet && a.Status == http.StatusSeeOther && strings.HasPrefix(a.Location(), "/sign-in?"), a.Status == http.StatusUnauthorized:
		return askedIn
	case a.Status == http.StatusForbidden:
		return refused
	}
	return taken
}

// judge says what is wrong with an answer, or "". Somebody who is let in may still find nothing: the thing that was
// asked for does not exist. A handler may refuse what its route allows, for things that are not the person's own.
func judge(want outcome, method string, a *testkit.Answer) string {
	is := got(method, a)
	switch {
	case a.Status >= 500:
		return fmt.Sprintf("breaks: %d", a.Status)
	case want == is, want == taken && is == absent, want == taken && is == refused:
		return ""
	}
	return fmt.Sprintf("%s (%d), where the grants say: %s", is, a.Status, want)
}

// TestRoutes asks every route as everybody everywhere. What comes back is what the grants say, and nothing that is
// sent changes another school. Reading comes first: some forms end the session that sends them.
func TestRoutes(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	others := []*tenant.Tenant{s.Lycee, s.Sibling, s.Region}
	before := s.sum(t, others...)
	cells := 0
	for _, reading := range []bool{true, false} {
		for _, p := range s.cast {
			// Whoever belongs to another school may change it there.
			if !reading && (p.subjects[s.Lycee.ID] != nil || p.subjects[s.Sibling.ID] != nil) {
				continue
			}
			for _, in := range s.Everywhere() {
				cells += s.askAll(t, p, in, func(r service.Route) bool { return (r.Method == http.MethodGet) == reading })
			}
		}
	}
	mustBeSame(t, "sending empty forms", before, s.sum(t, others...))
	t.Logf("%d cells", cells)
}

func (s *stage) askAll(t *testing.T, p player, in *tenant.Tenant, which func(service.Route) bool) (cells int) {
	t.Helper()
	for _, room := range s.App.Rooms() {
		for _, r := range room.Routes {
			if !which(r) {
				continue
			}
			cells++
			a := s.ask(t, p, in, r, uuid.NewString())
			if wrong := judge(expected(room, r, p, in), r.Method, a); wrong != "" {
				t.Errorf("%s %s in %s: the %s %s", r.Method, r.Path, in.Name, p.name, wrong)
			}
		}
	}
	return cells
}

// ask takes a route. A form may end the session that sends it, so each is sent by a fresh one.
func (s *stage) ask(t *testing.T, p player, in *tenant.Tenant, r service.Route, id string) *testkit.Answer {
	t.Helper()
	if r.Method == http.MethodGet {
		return p.client.Get(t, in, fill(r.Path, id))
	}
	client := p.client
	if p.person.Login != "" {
		client = s.SignIn(t, p.person)
	}
	return client.Do(t, testkit.Request{Method: r.Method, To: in, Path: fill(r.Path, id), Form: url.Values{}})
}

func TestRoutesCanFail(t *testing.T) {
	page := func(status int, location string) *testkit.Answer {
		return &testkit.Answer{Status: status, Header: http.Header{"Location": {location}}}
	}
	for what, wrong := range map[string]string{
		"a page shown to who is refused":       judge(refused, "GET", page(200, "")),
		"a page shown to a visitor":            judge(askedIn, "GET", page(200, "")),
		"a form taken from a visitor":          judge(askedIn, "POST", page(303, "/home")),
		"a refusal that tells of a page":       judge(absent, "GET", page(403, "")),
		"a page that asks a member in":         judge(taken, "GET", page(303, "/sign-in?return=%2Fhome")),
		"a page that breaks":                   judge(taken, "GET", page(500, "")),
		"a page where there should be no room": judge(absent, "GET", page(200, "")),
	} {
		if wrong == "" {
			t.Errorf("not noticed: %s", what)
		}
	}
}

var volatile = regexp.MustCompile(`nonce="[^"]*"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

func fingerprint(a *testkit.Answer) string {
	return fmt.Sprint(a.Status, " ", a.Location(), " ", volatile.ReplaceAllString(string(a.Body), "*"))
}

// TestForeignIsAbsent asks every route that takes an id for people of other schools, and for things that rooms of its kind keep
// there. The answer is the one that an id of nothing gets, byte for byte, and nothing changes.
func TestForeignIsAbsent(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	others := []*tenant.Tenant{s.Lycee, s.Sibling, s.Region}
	before := s.sum(t, others...)
	own := s.ids(t, s.College)
	owner := s.owners()
	cells := 0
	// Each player tries one other space, and each space is tried: all of all would take half an hour.
	for i, name := range []string{"head", "administrator", "teacher", "guardian", "pupil"} {
		p := s.player(t, name)
		for _, room := range s.App.Rooms() {
			near := func(table string) bool { o := owner[table]; return o == "" || o == room.Name }
			foreign := slices.DeleteFunc(s.idsOf(t, near, others[i%len(others)]), func(id string) bool { return slices.Contains(own, id) })
			for _, r := range room.Routes {
				if !takesID(r.Path) || !may(room, r.Action, p.subjectsIn(s.College)) || !opens(room, r, s.College) {
					continue
				}
				nothing := fingerprint(s.ask(t, p, s.College, r, uuid.NewString()))
				for _, id := range foreign {
					cells++
					if is := fingerprint(s.ask(t, p, s.College, r, id)); is != nothing {
						t.Errorf("%s %s tells the %s that %s exists elsewhere: %.120s, not %.120s", r.Method, r.Path, name, id, is, nothing)
						break
					}
				}
			}
		}
	}
	mustBeSame(t, "naming foreign ids", before, s.sum(t, others...))
	if cells == 0 {
		t.Error("no route takes an id")
	}
	t.Logf("%d cells", cells)
}

// owners names the room that keeps each table about people.
func (s *stage) owners() map[string]string {
	owner := map[string]string{}
	for _, room := range s.App.Rooms() {
		for _, table := range room.Privacy.Tables {
			owner[table.Name] = room.Name
		}
	}
	return owner
}

// TestForeignIDsInForms sends every form of every page with each of its ids replaced by those of other schools.
func TestForeignIDsInForms(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	others := []*tenant.Tenant{s.Lycee, s.Sibling, s.Region}
	before := s.sum(t, others...)
	sent := 0
	for i, name := range []string{"head", "administrator", "teacher", "guardian"} {
		p := s.player(t, name)
		foreign := s.ids(t, others[i%2])
		for _, f := range s.forms(t, p, s.College) {
			for field, values := range f.values {
				if _, err := uuid.Parse(values[0]); err != nil {
					continue
				}
				client := s.SignIn(t, p.person)
				for _, id := range foreign {
					sent++
					form := url.Values{}
					for k, v := range f.values {
						form[k] = v
					}
					form.Set(field, id)
					a := client.Post(t, s.College, f.action, form)
					if a.Status >= 500 {
						t.Errorf("the form %s breaks (%d) on a foreign %s", f.action, a.Status, field)
					}
					if strings.HasPrefix(a.Location(), "/sign-in") { // the form has ended the session
						client = s.SignIn(t, p.person)
					}
				}
			}
		}
	}
	mustBeSame(t, "foreign ids in forms", before, s.sum(t, others...))
	t.Logf("%d forms were sent", sent)
}

type form struct {
	action string
	values url.Values
}

// forms gathers the forms of all pages that a player sees in a space, each once.
func (s *stage) forms(t *testing.T, p player, in *tenant.Tenant) []form {
	t.Helper()
	seen := map[string]bool{}
	var all []form
	s.pages(t, p, in, func(_ service.Route, _ string, a *testkit.Answer) {
		if !a.HTML() {
			return
		}
		for _, f := range a.Page(t).All("form[method=post]") {
			action, _, _ := strings.Cut(f.Attr("action"), "?")
			if !strings.HasPrefix(action, "/") || action == "/sign-out" || seen[action] {
				continue
			}
			seen[action] = true
			values := f.Values()
			for k, v := range values {
				if v[0] == "" {
					values.Set(k, "x")
				}
			}
			all = append(all, form{action, values})
		}
	})
	return all
}
