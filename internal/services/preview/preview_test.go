package preview_test

import (
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/words"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

// publish puts an article before the holders of a key.
func publish(t *testing.T, h *testkit.House, in *tenant.Tenant, key, title string, at time.Time) string {
	t.Helper()
	id := school.NewID().String()
	h.Exec(t, `insert into publication (tenant_id, id, room, title, body, body_html, state, publish_at, announced_at, keys, created_at, updated_at, wants_receipt)
		values ($1, $2, 'news', $3, 'x', '<p>x</p>', 'published', $4, $4, array[$5], $4, $4, true)`, int64(in.ID), id, title, at, key)
	return id
}

const bar = "section[aria-label=Aperçu en cours]"

func begin(t *testing.T, c *testkit.Client, in *tenant.Tenant, form url.Values) {
	t.Helper()
	c.Post(t, in, "/preview", form).LeadsTo(t, "/home")
	c.Get(t, in, "/home").Is(t, 200).Sees(t, "p[role=status]", "Vous voyez l’établissement")
}

func leave(t *testing.T, c *testkit.Client, in *tenant.Tenant) {
	t.Helper()
	c.Post(t, in, session.LeavePath, nil).LeadsTo(t, "/home")
	c.Get(t, in, "/home").Is(t, 200).SeesNot(t, "Rien ne peut être enregistré")
}

func count(t *testing.T, h *testkit.House, sql string, args ...any) (n int) {
	t.Helper()
	if err := h.As(t, "postgres").QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestAsParents walks through a whole preview: what is seen, what is refused, what is left behind.
func TestAsParents(t *testing.T) {
	h := testkit.NewHouse(t)
	b, c := h.NewClass(t, h.College, "4e B", "4e"), h.NewClass(t, h.College, "3e C", "3e")
	head := h.SignIn(t, h.NewPerson(t, testkit.Named("Anne", "Morvan"), testkit.In(h.College, school.Head)))
	now := h.Clock.Now().Add(-time.Hour)
	mine := publish(t, h, h.College, "c"+b.String()+":guardian", "Voyage des 4e B", now)
	publish(t, h, h.College, "c"+c.String()+":guardian", "Orientation des 3e C", now)
	publish(t, h, h.College, "c"+b.String()+":pupil", "Mot aux élèves", now)

	head.Get(t, h.College, "/preview").Is(t, 200).Sees(t, "select[name=class]", "4e B").Sees(t, "p", "Aucun aperçu pour le moment")
	begin(t, head, h.College, url.Values{"who": {"guardian"}, "class": {b.String()}})
	home := head.Get(t, h.College, "/home").Sees(t, bar, "comme responsable légal de 4e B").Sees(t, "main", "Voyage des 4e B").
		SeesNot(t, "Orientation des 3e C").SeesNot(t, "Mot aux élèves").SeesNot(t, "Anne Morvan")
	if home.Page(t).Has("[popovertarget=comfort]") {
		t.Error("reading settings are offered, and could not be kept")
	}
	head.Get(t, h.College, "/news/"+mine).Is(t, 200).Sees(t, bar, "Rien ne peut être enregistré")
	head.Get(t, h.College, "/legal").Is(t, 200).Sees(t, bar, "Quitter l’aperçu")
	head.Get(t, h.College, "/news/desk").Is(t, 403).Sees(t, bar, "Quitter l’aperçu")
	head.Get(t, h.College, "/preview").Is(t, 403)
	for _, path := range []string{"/news/" + mine + "/receipt", "/home/arrange", "/home/reset", "/account/comfort", "/preview", "/account/password", "/no/such"} {
		head.Post(t, h.College, path, url.Values{}).Is(t, 403).Sees(t, "h1", "Rien n’a été enregistré").Sees(t, bar, "Quitter l’aperçu")
	}
	if n := count(t, h, `select count(*) from publication_read`); n != 0 {
		t.Errorf("%d traces of reading", n)
	}
	head.Post(t, h.College, session.LeavePath, url.Values{"then": {"change"}}).LeadsTo(t, "/preview")
	head.Get(t, h.College, "/preview").Is(t, 200).Sees(t, "section#runs", "Anne Morvan : responsable légal de 4e B").Sees(t, "section#runs", "jusqu’à")
	head.Get(t, h.College, "/news/desk").Is(t, 200)
	if n := count(t, h, `select count(*) from audit_entry where tenant_id = $1 and actor_id = $2 and action in ('preview.start', 'preview.leave')`, int64(h.College.ID), head.Person.ID.UUID); n != 2 {
		t.Errorf("%d entries in the trail", n)
	}
	head.Post(t, h.College, session.LeavePath, nil).LeadsTo(t, "/home")
	if n := count(t, h, `select count(*) from audit_entry where action = 'preview.leave'`); n != 1 {
		t.Error("leaving without a preview is in the trail")
	}
}

func TestLaterDay(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	key, now := "e10:guardian", h.Clock.Now()
	publish(t, h, h.College, key, "Portes ouvertes", now.AddDate(0, 0, 10))
	ending := publish(t, h, h.College, key, "Grève des cars", now.Add(-time.Hour))
	h.Exec(t, `update publication set ends_at = $2 where id = $1`, ending, now.AddDate(0, 0, 5))
	day := func(days int) string { return now.AddDate(0, 0, days).In(words.Zone()).Format("2006-01-02") }

	begin(t, head, h.College, url.Values{"who": {"guardian"}})
	head.Get(t, h.College, "/news").Sees(t, "main", "Grève des cars").SeesNot(t, "Portes ouvertes")
	leave(t, head, h.College)
	begin(t, head, h.College, url.Values{"who": {"guardian"}, "day": {day(12)}})
	for _, path := range []string{"/news", "/home"} {
		head.Get(t, h.College, path).Is(t, 200).Sees(t, "main", "Portes ouvertes").SeesNot(t, "Grève des cars")
	}
	head.Get(t, h.College, "/news/"+ending).Is(t, 404)
	leave(t, head, h.College)
	for _, wrong := range []string{day(-1), day(400), "demain"} {
		head.Post(t, h.College, "/preview", url.Values{"who": {"guardian"}, "day": {wrong}}).Is(t, 422).Sees(t, "[id=day-error]", ".")
	}
}

// TestWhoMayPlayWhom holds previews to those who may begin one, and each to the profiles that open nothing to them.
func TestWhoMayPlayWhom(t *testing.T) {
	h := testkit.NewHouse(t)
	families := "pupil guardian tutor guest "
	for name, c := range map[string]struct {
		ties    []testkit.Tie
		profile school.Profile
		plays   string
	}{
		"a head":                    {nil, school.Head, families},
		"school life":               {nil, school.SchoolLife, families},
		"an administrator":          {[]testkit.Tie{testkit.Admin()}, school.Administrative, families + "administrative technical "},
		"a teacher who administers": {[]testkit.Tie{testkit.Admin()}, school.Teacher, families + "teacher technical "},
		"a teacher":                 {nil, school.Teacher, ""},
		"a guardian":                {nil, school.Guardian, ""},
	} {
		client := h.SignInAs(t, h.College, c.profile, c.ties...)
		if c.plays == "" {
			client.Get(t, h.College, "/preview").Is(t, 403)
		}
		for _, p := range school.Profiles() {
			a := client.Post(t, h.College, "/preview", url.Values{"who": {string(p)}})
			plays := strings.Contains(c.plays, string(p)+" ")
			if c.ties != nil && p.Adult() && !plays && p != school.Health && slices.Contains(school.SchoolProfiles(), p) {
				// What the other rooms give the staff decides of the rest.
				_, _, exceeds := h.App.Policy().Exceeds(h.Actor(t, h.College, client.Person), p)
				plays = !exceeds
			}
			if plays != (a.Status == http.StatusSeeOther) {
				t.Errorf("%s plays %s: %d", name, p, a.Status)
			}
			if a.Status == http.StatusSeeOther {
				leave(t, client, h.College)
			}
		}
	}
}

// TestNothingIsOpened takes from administrators what teachers may do: they cannot look with teachers' eyes any more, and
// the page says why.
func TestNothingIsOpened(t *testing.T) {
	h := testkit.NewHouse(t)
	admin := h.SignInAs(t, h.College, school.Administrative, testkit.Admin())
	begin(t, admin, h.College, url.Values{"who": {"librarian"}})
	for _, s := range []school.Profile{school.Administrative, school.Administrator} {
		_, err := h.As(t, "postgres").Exec(t.Context(), `insert into policy_delta (tenant_id, id, room, action, profile, number, reach, closed, author_name, set_at)
			values ($1, gen_random_uuid(), 'people', 'read', $2, 1, 'none', false, 'Test', now())`, int64(h.College.ID), string(s))
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := h.App.Policy().Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	admin.Get(t, h.College, "/home").Is(t, 200).Sees(t, "#flash", "L’aperçu est terminé").SeesNot(t, "Rien ne peut être enregistré")
	admin.Post(t, h.College, "/preview", url.Values{"who": {"librarian"}}).Is(t, 422)
	admin.Get(t, h.College, "/preview").Is(t, 200).Sees(t, "details", "Ce profil peut consulter l’annuaire, et vous ne le pouvez pas")
}

func TestEnds(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	begin(t, head, h.College, url.Values{"who": {"pupil"}})
	h.Clock.Pass(29 * time.Minute)
	head.Get(t, h.College, "/home").Is(t, 200).Sees(t, bar, "comme élève")
	h.Clock.Pass(2 * time.Minute)
	// A form that was filled in while looking is not the person's own.
	head.Post(t, h.College, "/home/reset", nil).Is(t, 403).Sees(t, "main", "L’aperçu est terminé")
	head.Get(t, h.College, "/news/desk").Is(t, 200)

	begin(t, head, h.College, url.Values{"who": {"pupil"}})
	h.Clock.Pass(31 * time.Minute)
	head.Get(t, h.College, "/home").Is(t, 200).Sees(t, "#flash", "L’aperçu est terminé")
	head.Get(t, h.College, "/home").SeesNot(t, "L’aperçu est terminé")

	begin(t, head, h.College, url.Values{"who": {"pupil"}})
	h.Clock.Pass(31 * time.Minute)
	head.Post(t, h.College, session.LeavePath, nil).LeadsTo(t, "/home")
}

// TestRightsEnd takes the right away while somebody looks.
func TestRightsEnd(t *testing.T) {
	h := testkit.NewHouse(t)
	admin := h.SignInAs(t, h.College, school.Teacher, testkit.Admin())
	begin(t, admin, h.College, url.Values{"who": {"pupil"}})
	h.Exec(t, `update membership set admin = false where person_id = $1`, admin.Person.ID.UUID)
	h.Reissue(t, admin.Person)
	admin.Post(t, h.College, "/home/reset", nil).Is(t, 403)
	admin.Get(t, h.College, "/home").Is(t, 200).SeesNot(t, "Rien ne peut être enregistré")
	admin.Get(t, h.College, "/preview").Is(t, 403)

	gone := h.SignInAs(t, h.College, school.Head)
	begin(t, gone, h.College, url.Values{"who": {"guardian"}})
	h.Exec(t, `update membership set ends_on = current_date - 1 where person_id = $1`, gone.Person.ID.UUID)
	h.Reissue(t, gone.Person)
	gone.Get(t, h.College, "/people").Is(t, 403)
}

// TestForged puts previews on a session that nobody could have begun.
func TestForged(t *testing.T) {
	h := testkit.NewHouse(t)
	head, other := h.SignInAs(t, h.College, school.Head), h.SignInAs(t, h.College, school.Teacher)
	until := h.Clock.Now().Add(time.Minute).Format(time.RFC3339)
	for name, body := range map[string]string{
		"the health staff": `{"id":"01900000-0000-7000-8000-000000000001","profile":"health","until":"` + until + `"}`,
		"an administrator": `{"id":"01900000-0000-7000-8000-000000000001","profile":"administrator","until":"` + until + `"}`,
		"a colleague":      `{"id":"` + other.Person.ID.String() + `","profile":"teacher","until":"` + until + `"}`,
		"a child of others": `{"id":"01900000-0000-7000-8000-000000000001","profile":"guardian","own":true,"child":{"i":"` + other.Person.ID.String() +
			`","n":"Inès"},"until":"` + until + `"}`,
		"no end":       `{"id":"01900000-0000-7000-8000-000000000001","profile":"pupil"}`,
		"nonsense":     `"x"`,
		"another form": `{"until": 3}`,
	} {
		head.Get(t, h.College, "/home").Is(t, 200)
		h.Exec(t, `update session set preview = $2::jsonb where person_id = $1`, head.Person.ID.UUID, body)
		head.Get(t, h.College, "/home").Is(t, 200).Sees(t, "#flash", "L’aperçu est terminé")
		if n := count(t, h, `select count(*) from session where preview is not null`); n != 0 {
			t.Errorf("%s: the forged preview stays", name)
		}
	}
	for _, form := range []url.Values{
		{"who": {"pupil"}, "id": {other.Person.ID.String()}}, {"who": {"pupil"}, "person": {other.Person.ID.String()}}, {"who": {"pupil"}, "until": {"2030-01-01"}},
		{"who": {"child:" + other.Person.ID.String()}}, {"who": {"pupil"}, "class": {other.Person.ID.String()}}, {"who": {"pupil", "head"}}, {},
	} {
		head.Post(t, h.College, "/preview", form).Is(t, 422)
	}
}

// TestOnOneHost shows that a preview is of the host where it began, for those who may look there.
func TestOnOneHost(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignIn(t, h.NewPerson(t, testkit.Named("Anne", "Morvan"), testkit.In(h.College, school.Head), testkit.In(h.Lycee, school.Guardian)))
	begin(t, head, h.College, url.Values{"who": {"pupil"}})
	head.Get(t, h.Lycee, "/home").Is(t, 200).SeesNot(t, "Rien ne peut être enregistré").Sees(t, "h1", "Bonjour Anne")
	head.Post(t, h.Lycee, "/home/reset", nil).LeadsTo(t, "/home/arrange")
	head.Post(t, h.Lycee, "/preview", url.Values{"who": {"pupil"}}).Is(t, 403)
	head.Post(t, h.Vendee, "/preview", url.Values{"who": {"pupil"}}).Is(t, 404)
	h.SignInAs(t, h.Sibling, school.Head).Post(t, h.College, "/preview", url.Values{"who": {"pupil"}}).Is(t, 403)
	h.Visitor().Post(t, h.College, "/preview", url.Values{"who": {"pupil"}}).Is(t, 401)
	h.Visitor().Post(t, h.College, session.LeavePath, nil).Is(t, 401)
}

// TestTabs looks in one tab and leaves in another, then signs out in the middle of a preview.
func TestTabs(t *testing.T) {
	h := testkit.NewHouse(t)
	first := h.SignInAs(t, h.College, school.Head)
	begin(t, first, h.College, url.Values{"who": {"pupil"}})
	second := h.Visitor()
	second.SetCookie(h.College.Host(), session.Cookie, first.Cookie(h.College.Host(), session.Cookie))
	second.Get(t, h.College, "/news").Is(t, 200).Sees(t, bar, "comme élève")
	second.Post(t, h.College, "/preview", url.Values{"who": {"guardian"}}).Is(t, 403)
	leave(t, second, h.College)
	first.Get(t, h.College, "/news").Is(t, 200).SeesNot(t, "Rien ne peut être enregistré")

	begin(t, first, h.College, url.Values{"who": {"pupil"}})
	first.Do(t, testkit.Request{Method: "POST", To: h.College, Path: session.LeavePath, Header: http.Header{"Sec-Fetch-Site": {"cross-site"}}}).Is(t, 403)
	second.Get(t, h.College, "/news").Sees(t, bar, "comme élève")
	second.Post(t, h.College, "/sign-out", nil).LeadsTo(t, "/")
	first.Get(t, h.College, "/home").Is(t, http.StatusSeeOther)
	if n := count(t, h, `select count(*) from session where person_id = $1`, first.Person.ID.UUID); n != 0 {
		t.Error("signing out left a session")
	}
}

// TestOwnChild looks as the guardian of one's own child, until one is that no longer. The trail does not name the child.
func TestOwnChild(t *testing.T) {
	h := testkit.NewHouse(t)
	class := h.NewClass(t, h.College, "5e A", "5e")
	child := h.NewPerson(t, testkit.Named("Inès", "Morvan"), testkit.In(h.College, school.Pupil, testkit.OfClass(class)))
	p := h.NewPerson(t, testkit.Named("Anne", "Morvan"), testkit.In(h.College, school.Head), testkit.In(h.College, school.Guardian, testkit.Of(child)))
	publish(t, h, h.College, "c"+class.String()+":guardian", "Sortie des 5e A", h.Clock.Now().Add(-time.Hour))
	head := h.SignIn(t, p)
	who := url.Values{"who": {"child:" + child.ID.String()}}
	head.Get(t, h.College, "/preview").Is(t, 200).Sees(t, "option", "Responsable légal de Inès, 5e A")
	begin(t, head, h.College, who)
	head.Get(t, h.College, "/home").Sees(t, bar, "comme responsable légal de Inès").Sees(t, "main", "Sortie des 5e A").Sees(t, "main", "Inès")
	if n := count(t, h, `select count(*) from audit_entry where title || detail::text ~ 'Inès' or detail::text ~ $1`, child.ID.String()); n != 0 {
		t.Error("the trail names the child")
	}
	h.Exec(t, `update guardianship set ends_on = current_date - 1 where guardian_id = $1`, p.ID.UUID)
	h.Reissue(t, p)
	head.Get(t, h.College, "/home").Is(t, 200).Sees(t, "#flash", "L’aperçu est terminé")
	head.Post(t, h.College, "/preview", who).Is(t, 422).Sees(t, "[id=who-error]", "Choisissez")
}

// TestCostsNothing holds pages to the round trips that they cost without a preview.
func TestCostsNothing(t *testing.T) {
	h := testkit.NewHouse(t)
	head, pupil := h.SignInAs(t, h.College, school.Head), h.SignInAs(t, h.College, school.Pupil)
	begin(t, head, h.College, url.Values{"who": {"pupil"}})
	for _, path := range []string{"/home", "/news"} {
		own, looking := pupil.Get(t, h.College, path), head.Get(t, h.College, path)
		if looking.RoundTrips > own.RoundTrips || looking.Statements > own.Statements {
			t.Errorf("%s costs %d round trips and %d statements, and %d and %d in a preview", path, own.RoundTrips, own.Statements, looking.RoundTrips, looking.Statements)
		}
	}
}
