package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/testkit"
	"elyco/internal/words"
)

// look has a player see the collège with other eyes.
func (s *stage) look(t *testing.T, c *testkit.Client, form url.Values) {
	t.Helper()
	c.Post(t, s.College, "/preview", form).LeadsTo(t, "/home")
}

// class is the one that the cast belongs to.
func (s *stage) class(t *testing.T) (id school.ClassID) {
	t.Helper()
	if err := s.As(t, superuser).QueryRow(t.Context(), `select id from class where name = '5e B'`).Scan(&id.UUID); err != nil {
		t.Fatal(err)
	}
	return id
}

// objects lists what the store holds.
func (s *stage) objects(t *testing.T) (names []string) {
	t.Helper()
	err := s.Blobs.List(t.Context(), "", func(i blob.Info) error { names = append(names, i.Key.String()); return nil })
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

// verbs are all that a client may send.
var verbs = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}

// walk takes every route by every verb, with the ids in turn that rooms of its kind keep in the collège, and sends every form of
// every page.
func (s *stage) walk(t *testing.T, p player, tell func(method, path string, a *testkit.Answer)) {
	t.Helper()
	send := func(method, path string, form url.Values) {
		if path == "/preview/leave" || path == "/sign-out" {
			return
		}
		tell(method, path, p.client.Do(t, testkit.Request{Method: method, To: s.College, Path: path, Form: form}))
	}
	owner := s.owners()
	for _, room := range s.App.Rooms() {
		ids := s.idsOf(t, func(table string) bool { o := owner[table]; return o == "" || o == room.Name }, s.College)
		for _, r := range room.Routes {
			for _, method := range verbs {
				some := ids
				if method != http.MethodGet || !takesID(r.Path) { // other verbs are refused before anybody asks for what
					some = ids[:1]
				}
				for _, id := range some {
					send(method, fill(r.Path, id), nil)
				}
			}
		}
	}
	for _, f := range s.forms(t, p, s.College) {
		send(http.MethodPost, f.action, f.values)
	}
}

// TestPreviewWritesNothing holds a preview to looking, by a fingerprint of all that the house holds: rows and objects.
func TestPreviewWritesNothing(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	class := s.class(t).String()
	s.join(t, "teacher who administers", s.College, school.Teacher, testkit.Admin())
	for _, c := range []struct{ who, by string }{{"guardian", "head"}, {"pupil", "school_life"}, {"teacher", "teacher who administers"}} {
		p := s.player(t, c.by)
		s.look(t, p.client, url.Values{"who": {c.who}, "class": {class}})
		p.subjects = map[school.ScopeID][]school.Profile{s.College.ID: {school.Profile(c.who)}}
		before, stored, asked := s.sum(t, s.Everywhere()...), s.objects(t), 0
		s.walk(t, p, func(method, path string, a *testkit.Answer) {
			asked++
			reads := method == http.MethodGet || method == http.MethodHead
			if a.Status >= 500 || !reads && a.Status != http.StatusForbidden {
				t.Errorf("%s %s as %s: %d", method, path, c.who, a.Status)
			}
		})
		// The journal grows, as it must: it tells people who really looked at their data.
		delete(before, "access_entry")
		mustBeSame(t, "looking as "+c.who, before, s.sum(t, s.Everywhere()...))
		if now := s.objects(t); !slices.Equal(stored, now) {
			t.Errorf("looking as %s changed the object store: %v, then %v", c.who, stored, now)
		}
		t.Logf("%d requests as %s", asked, c.who)
		p.client.Get(t, s.College, "/home").Sees(t, "p[role=status]", "Vous voyez l’établissement")
	}
}

// TestPreviewWritesNothingCanFail sends the same requests with one's own eyes: the fingerprint must tell.
func TestPreviewWritesNothingCanFail(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	p := s.player(t, "guardian")
	before := s.sum(t, s.Everywhere()...)
	s.walk(t, p, func(string, string, *testkit.Answer) {})
	after := s.sum(t, s.Everywhere()...)
	var changed []string
	for table, sum := range before {
		if after[table] != sum {
			changed = append(changed, table)
		}
	}
	mustFind(t, "what a guardian does with the own eyes", changed)
	t.Log(changed)
}

// seenAs is what somebody finds on one page.
type seenAs struct {
	status int
	text   string
}

var (
	anyID    = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	someTime = regexp.MustCompile(`à l’instant|il y a (une|\d+) minutes?|Ont ouvert \d+`) // goes on while the test reads
)

// reader is how those are called who read in this test: a name that no page of theirs may differ by.
const reader = "Zoé Quintin"

// sight gathers what somebody finds at every address of the collège that is read: the menu and the main part.
func (s *stage) sight(t *testing.T, c *testkit.Client, ids []string) map[string]seenAs {
	t.Helper()
	greeting := strings.NewReplacer("Bonjour Zoé", "Bonjour")
	seen := map[string]seenAs{}
	for _, room := range s.App.Rooms() {
		for _, r := range room.Routes {
			if r.Method != http.MethodGet || !opens(room, r, s.College) || personal(room, r) {
				continue
			}
			tries := ids[:1]
			if takesID(r.Path) {
				tries = ids
			}
			for _, id := range tries {
				path := fill(r.Path, id)
				a := c.Get(t, s.College, path)
				one := seenAs{status: a.Status}
				if a.HTML() && a.Status == http.StatusOK {
					if main, ok := a.Page(t).First("main"); ok {
						one.text = main.Text()
					}
					for _, m := range a.Page(t).All("nav[id=menu] a") {
						one.text += " | " + m.Text() + " " + m.Attr("href")
					}
					one.text = someTime.ReplaceAllString(anyID.ReplaceAllString(greeting.Replace(one.text), "#"), "~")
				}
				seen[path] = one
			}
		}
	}
	return seen
}

// personal are the pages about the person who reads, which a preview of nobody has nothing to show on, and the lists of
// what was done and of who came, which grow with each sign-in and each preview; the turn of the year, which counts the very
// people who are compared; and a file that nobody takes away unless the trail notes it, which no preview can do.
func personal(room service.Service, r service.Route) bool {
	return room.Name == "account" || room.Name == "accounts" || room.Name == "mydata" && r.Action == "see" || strings.HasPrefix(r.Path, "/sign-") || r.Path == "/preview" || strings.HasPrefix(r.Path, "/console/trail") ||
		r.Path == "/classes/years" || r.Path == "/messages/moderation/accounts/:id/openers"
}

// compare names the pages on which two people find different things.
func compare(a, b map[string]seenAs) []string {
	var bad []string
	for _, path := range sortedKeys(a) {
		if a[path] != b[path] {
			bad = append(bad, fmt.Sprintf("%s: the person gets %d %.700q, the preview %d %.700q", path, a[path].status, a[path].text, b[path].status, b[path].text))
		}
	}
	return bad
}

// TestPreviewAgrees compares, page by page, what a real member of each profile finds with what the preview of that profile
// shows: today, and on a later day when something has appeared and something else has ended.
func TestPreviewAgrees(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	class := s.class(t)
	child := s.NewPerson(t, testkit.Named("Un enfant", "Quintin"), testkit.In(s.College, school.Pupil, testkit.OfClass(class)))
	ids := append(s.publications(t, class), s.player(t, "teacher").person.ID.String(), child.ID.String(), s.ids(t, s.Vendee)[0])
	const later = 20
	type pair struct {
		real [2]testkit.Person // who never read anything, for today and for later
		form url.Values
	}
	pairs := map[school.Profile]pair{}
	for _, p := range school.SchoolProfiles() {
		if p == school.Health {
			continue
		}
		real := pair{form: url.Values{"who": {string(p)}}}
		var ties []testkit.Tie
		switch p {
		case school.Pupil, school.Teacher:
			ties = append(ties, testkit.OfClass(class))
			real.form.Set("class", class.String())
		case school.Guardian:
			ties = append(ties, testkit.Of(child))
			real.form.Set("class", class.String())
		}
		for i := range real.real {
			given, family, _ := strings.Cut(reader, " ")
			real.real[i] = s.NewPerson(t, testkit.Named(given, family), testkit.In(s.College, p, ties...))
		}
		pairs[p] = real
	}
	// Whoever may do all that the staff may is let look with the eyes of each.
	looker := s.NewPerson(t, testkit.Named("Anne", "Morvan"), testkit.In(s.College, school.Head, testkit.Admin()), testkit.In(s.College, school.Teacher),
		testkit.In(s.College, school.SchoolLife), testkit.In(s.College, school.Technical), testkit.In(s.College, school.Librarian), testkit.In(s.College, school.Administrative))
	previews := map[school.Profile]map[string]seenAs{}
	client := s.SignIn(t, looker)
	now := s.Clock.Now()
	look := func(p school.Profile, day string) map[string]seenAs {
		form := url.Values{"day": {day}}
		for k, v := range pairs[p].form {
			form[k] = v
		}
		s.look(t, client, form)
		seen := s.sight(t, client, ids)
		client.Post(t, s.College, "/preview/leave", nil).LeadsTo(t, "/home")
		client.Get(t, s.College, "/home").Sees(t, "[id=flash]", "L’aperçu est terminé")
		return seen
	}
	agree := func(when int) {
		t.Helper()
		for p := range pairs {
			for _, wrong := range compare(s.sight(t, s.SignIn(t, pairs[p].real[when]), ids), previews[p]) {
				t.Errorf("%s, %d: %s", p, when, wrong)
			}
		}
	}
	for p := range pairs {
		previews[p] = look(p, "")
	}
	agree(0)
	mustFind(t, "a preview of another profile", compare(previews[school.Pupil], previews[school.Guardian]))
	for p := range pairs {
		today := previews[p]
		previews[p] = look(p, now.AddDate(0, 0, later).In(words.Zone()).Format("2006-01-02"))
		mustFind(t, "a later day shows something else", compare(today, previews[p]))
	}
	s.Clock.Pass(later * 24 * time.Hour)
	agree(1)
}

// publications puts before members of the class, before a profile and before everybody something that is there, something
// that comes and something that ends.
func (s *stage) publications(t *testing.T, class school.ClassID) (ids []string) {
	t.Helper()
	now := s.Clock.Now()
	for name, key := range map[string]string{"les élèves": "c" + class.String() + ":pupil", "les parents": "c" + class.String() + ":guardian",
		"la direction": fmt.Sprintf("e%d:head", s.College.ID), "tous": fmt.Sprintf("e%d:*", s.College.ID)} {
		for title, days := range map[string][2]int{"Déjà là": {-3, 300}, "À venir": {10, 300}, "Bientôt fini": {-2, 5}} {
			id := uuid.NewString()
			s.Exec(t, `insert into publication (tenant_id, id, room, title, body, body_html, state, publish_at, announced_at, ends_at, keys, created_at, updated_at)
				values ($1, $2, 'news', $3, 'x', '<p>x</p>', 'published', $4, $4, $5, array[$6], $4, $4)`,
				int64(s.College.ID), id, title+" pour "+name, now.AddDate(0, 0, days[0]), now.AddDate(0, 0, days[1]), key)
			if days[0] > 0 || name == "tous" {
				ids = append(ids, id)
			}
		}
	}
	return ids
}
