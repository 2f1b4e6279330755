package console_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

var sections = []string{"/console", "/console/identity", "/console/services", "/console/administrators", "/console/calendar", "/console/fields",
	"/console/quotas", "/console/usage", "/console/trail"}

func TestWhoSeesTheConsole(t *testing.T) {
	h := testkit.NewHouse(t)
	admin := h.SignInAs(t, h.College, school.Administrative, testkit.Admin())
	head := h.SignInAs(t, h.College, school.Head)
	for _, path := range sections {
		admin.Get(t, h.College, path).Is(t, 200).Sees(t, ".console-nav a[aria-current]", "")
		head.Get(t, h.College, path).Is(t, 200)
	}
	for _, p := range []school.Profile{school.Pupil, school.Guardian, school.Teacher, school.SchoolLife, school.Administrative} {
		c := h.SignInAs(t, h.College, p)
		for _, path := range sections {
			c.Get(t, h.College, path).Is(t, 403)
		}
		c.Post(t, h.College, "/console/services", url.Values{"service": {"news"}, "open": {"0"}, "decided_on": {"2026-01-05"}}).Is(t, 403)
		c.Get(t, h.College, "/home").SeesNot(t, "Administration")
	}
	admin.Get(t, h.Sibling, "/console").Is(t, 403)
	h.SignInAs(t, h.Vendee, school.Collectivity, testkit.Admin()).Get(t, h.Vendee, "/console").Is(t, 404)
}

// TestTheMenuIsCalm holds that who has the console finds the other rooms of administration there, and not in the menu.
func TestTheMenuIsCalm(t *testing.T) {
	h := testkit.NewHouse(t)
	admin := h.SignInAs(t, h.College, school.Administrative, testkit.Admin())
	menu := admin.Get(t, h.College, "/branding").Is(t, 200)
	menu.Sees(t, "#menu a[aria-current]", "Administration")
	for _, a := range menu.Page(t).All("#menu a") {
		if a.Text() == "Apparence" {
			t.Error("the menu leads to a room that the console leads to")
		}
	}
	admin.Get(t, h.College, "/console").Sees(t, "h3", "Apparence")
	h.SignInAs(t, h.Vendee, school.Collectivity, testkit.Admin()).Get(t, h.Vendee, "/home").Sees(t, "#menu a", "Apparence")
}

func TestPresentation(t *testing.T) {
	h := testkit.NewHouse(t)
	other := h.Replica(t)
	head := h.SignInAs(t, h.College, school.Head)
	form := url.Values{"name": {h.College.Name}, "presentation": {"Un collège <b>au bord</b> de l’Yon."}, "contact_email": {"non"}, "contact_phone": {"02 51 00 00 00"}, "address": {"1 rue du Parc"}, "version": {"0"}}
	head.Post(t, h.College, "/console/identity", form).Is(t, 422).Sees(t, ".error-summary a", "adresse complète")
	form.Set("contact_email", "contact@dolto.example")
	head.Post(t, h.College, "/console/identity", form).LeadsTo(t, "/console/identity")
	head.Post(t, h.College, "/console/identity", form).Is(t, 409)
	h.Visitor().Get(t, h.College, "/").Sees(t, "p", "Un collège <b>au bord</b> de l’Yon.")
	eventually(t, "the portal of the other replica", func() bool {
		return strings.Contains(string(other.Visitor().Get(t, h.College, "/").Body), "au bord")
	})
	form.Set("slug", "volé")
	head.Post(t, h.College, "/console/identity", form).Is(t, 422)
	var name *string
	if err := h.As(t, "postgres").QueryRow(t.Context(), `select name from space where tenant_id = $1`, h.College.ID).Scan(&name); err != nil || name != nil {
		t.Errorf("a name that nobody changed is kept as the school's own: %v %v", name, err)
	}
}

func eventually(t *testing.T, what string, true func() bool) {
	t.Helper()
	for end := time.Now().Add(3 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if true() {
			return
		}
	}
	t.Errorf("after three seconds: %s", what)
}

func decision(service, open string, version string) url.Values {
	return url.Values{"service": {service}, "open": {open}, "decided_on": {"2026-06-30"}, "note": {"délibération 12"}, "version": {version}}
}

// TestAServiceGoesOffEverywhereAtOnce holds what administrators are promised: closed for everyone of that school, on every
// replica, and for nobody else.
func TestAServiceGoesOffEverywhereAtOnce(t *testing.T) {
	h := testkit.NewHouse(t)
	other := h.Replica(t)
	admin := h.SignInAs(t, h.College, school.Administrative, testkit.Admin())
	here, there := h.SignInAs(t, h.College, school.Teacher), other.SignInAs(t, h.College, school.Teacher)
	sibling := other.SignInAs(t, h.Sibling, school.Teacher)
	there.Get(t, h.College, "/news").Is(t, 200)

	admin.Post(t, h.College, "/console/services", decision("news", "0", "0")).LeadsTo(t, "/console/services")
	here.Get(t, h.College, "/news").Is(t, 404)
	eventually(t, "the room is closed on the other replica", func() bool { return there.Get(t, h.College, "/news").Status == 404 })
	for name, c := range map[string]*testkit.Client{"here": here, "there": there} {
		page := c.Get(t, h.College, "/home").Is(t, 200).Page(t)
		for _, a := range page.All("a[href]") {
			if strings.HasPrefix(a.Attr("href"), "/news") {
				t.Errorf("%s: the home page leads to %s", name, a.Attr("href"))
			}
		}
	}
	sibling.Get(t, h.Sibling, "/news").Is(t, 200)
	sibling.Get(t, h.Sibling, "/home").Sees(t, "#menu a", "Actualités")
	admin.Get(t, h.College, "/console/services").Sees(t, "#service-news .badge", "Fermé").Sees(t, "#service-news p", "30 juin 2026, notée par").Sees(t, "#service-announcements .badge", "Ouvert")
	admin.Get(t, h.College, "/console/trail").Sees(t, "td", "a fermé un service")

	admin.Post(t, h.College, "/console/services", decision("news", "1", "0")).Is(t, 409)
	admin.Post(t, h.College, "/console/services", decision("news", "1", "1")).LeadsTo(t, "/console/services")
	eventually(t, "the room is open again on the other replica", func() bool { return there.Get(t, h.College, "/news").Status == 200 })
}

func TestDecisionsThatAreRefused(t *testing.T) {
	h := testkit.NewHouse(t)
	admin := h.SignInAs(t, h.College, school.Administrative, testkit.Admin())
	for name, c := range map[string]struct {
		change func(url.Values)
		status int
	}{
		"without a date":        {func(f url.Values) { f.Set("decided_on", "") }, 422},
		"a date to come":        {func(f url.Values) { f.Set("decided_on", time.Now().AddDate(0, 0, 3).Format(time.DateOnly)) }, 422},
		"of another century":    {func(f url.Values) { f.Set("decided_on", "1926-01-01") }, 422},
		"a part of the house":   {func(f url.Values) { f.Set("service", "home") }, 404},
		"a room of others":      {func(f url.Values) { f.Set("service", "territory-x") }, 404},
		"a version of nowhere":  {func(f url.Values) { f.Set("version", "7") }, 409},
		"a field of no page":    {func(f url.Values) { f.Set("tenant_id", "12") }, 422},
		"too many words for it": {func(f url.Values) { f.Set("note", strings.Repeat("é", 301)) }, 422},
	} {
		form := decision("news", "0", "0")
		c.change(form)
		if a := admin.Post(t, h.College, "/console/services", form); a.Status != c.status {
			t.Errorf("%s: %d", name, a.Status)
		}
	}
	admin.Get(t, h.College, "/news").Is(t, 200)
	err := h.DB.Write(tenant.Enter(t.Context(), h.Vendee), func(ctx context.Context, tx db.Tx) error { return tenant.CloseBelow(ctx, tx, []string{"news"}) })
	if err != nil {
		t.Fatal(err)
	}
	if err := h.App.Registry().Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	admin.Get(t, h.College, "/news").Is(t, 404)
	admin.Post(t, h.College, "/console/services", decision("news", "1", "0")).Is(t, 422).Sees(t, ".error-summary a", h.Vendee.Name)
}

func TestAdministrators(t *testing.T) {
	h := testkit.NewHouse(t)
	admin := h.SignInAs(t, h.College, school.Administrative, testkit.Admin())
	teacher := h.NewPerson(t, testkit.Named("Théo", "Évrard"), testkit.In(h.College, school.Teacher))
	pupil := h.NewPerson(t, testkit.Named("Tom", "Évrard"), testkit.In(h.College, school.Pupil))
	browser := h.SignIn(t, teacher)
	browser.Get(t, h.College, "/console").Is(t, 403)
	admin.Get(t, h.College, "/console/administrators?name=evrard").Sees(t, "label", "Théo Évrard").SeesNot(t, "Tom Évrard")
	admin.Get(t, h.College, "/console/administrators?name=zzz").Sees(t, "p", "Aucun personnel")

	until := time.Now().AddDate(0, 0, 20).Format(time.DateOnly)
	give := func(who testkit.Person, to string) url.Values {
		return url.Values{"id": {school.NewID().String()}, "person": {who.ID.String()}, "from": {""}, "to": {to}}
	}
	admin.Post(t, h.College, "/console/administrators", give(pupil, until)).Is(t, 422)
	admin.Post(t, h.College, "/console/administrators", give(teacher, "demain")).Is(t, 422)
	admin.Post(t, h.College, "/console/administrators", give(teacher, until)).LeadsTo(t, "/console/administrators")
	browser.Get(t, h.College, "/console").Is(t, 200)
	browser.Post(t, h.College, "/console/administrators", give(h.NewPerson(t, testkit.In(h.College, school.Teacher)), "")).Is(t, 422).Sees(t, ".error-summary a", "au-delà")
	admin.Post(t, h.College, "/console/administrators/withdrawals", url.Values{"person": {admin.Person.ID.String()}}).Is(t, 422).Sees(t, ".error-summary a", "au moins un")
	admin.Post(t, h.College, "/console/administrators/withdrawals", url.Values{"person": {teacher.ID.String()}}).LeadsTo(t, "/console/administrators")
	browser.Get(t, h.College, "/console").Is(t, 403)
}

func TestCalendar(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	page := head.Get(t, h.College, "/console/calendar").Is(t, 200).Sees(t, ".console-month th", "L").Page(t)
	form, _ := page.First("#terms")
	year, _ := form.First("[name=year]")
	lines := url.Values{"year": {year.Attr("value")}}
	day := func(n int) string { return time.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	for i, id := range form.All("[name=id]") {
		lines.Add("id", id.Attr("value"))
		lines.Add("name", []string{"1er trimestre", "2e trimestre", "", ""}[i])
		lines.Add("from", []string{day(-20), day(0), "", ""}[i])
		lines.Add("to", []string{day(0), day(50), "", ""}[i])
	}
	head.Post(t, h.College, "/console/calendar/terms", lines).Is(t, 422).Sees(t, ".error-summary a", "jours en commun").Sees(t, "#terms .error", "jours en commun")
	lines["from"][1] = day(1)
	head.Post(t, h.College, "/console/calendar/terms", lines).LeadsTo(t, "/console/calendar")
	again := head.Get(t, h.College, "/console/calendar").Page(t)
	if f, _ := again.First("#term_1_name"); f.Attr("value") != "2e trimestre" {
		t.Errorf("the second term is %q", f.Attr("value"))
	}
	cut := url.Values{"year": lines["year"], "id": lines["id"], "name": lines["name"][:1], "from": lines["from"], "to": lines["to"]}
	head.Post(t, h.College, "/console/calendar/terms", cut).Is(t, 422)
	head.Post(t, h.College, "/console/calendar/year", url.Values{"id": lines["year"], "starts_on": {day(0)}, "ends_on": {day(100)}}).Is(t, 422).Sees(t, ".error-summary a", "sortirait")
	head.Post(t, h.College, "/console/calendar/days-off", url.Values{"year": lines["year"], "id": {school.NewID().String()}, "name": {"Pont"}, "from": {day(3)}, "to": {""}}).LeadsTo(t, "/console/calendar")
	head.Get(t, h.College, "/console/calendar").Sees(t, ".console-day-closed", "Pont")
}

func TestFieldsAndQuotas(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	form := url.Values{}
	for _, v := range head.Get(t, h.College, "/console/fields").Is(t, 200).Page(t).All("#fields [name=version]") {
		form.Add("version", v.Attr("value"))
	}
	form.Add("seen", "directory.visible.pupils_by_pupils photo")
	head.Post(t, h.College, "/console/fields", form).LeadsTo(t, "/console/fields")
	if got := h.App.Settings().Many(h.College, "directory.visible.pupils_by_pupils"); len(got) != 1 || got[0] != "photo" {
		t.Errorf("pupils see %v of each other", got)
	}
	head.Post(t, h.College, "/console/fields", form).Is(t, 303) // says what holds: no version is compared
	form["seen"] = []string{"directory.visible.pupils_by_pupils shoe"}
	head.Post(t, h.College, "/console/fields", form).Is(t, 422)

	name := "setting.quota.pupil"
	quota := func(value, version string) url.Values {
		return url.Values{"name": {name}, "value": {value}, "version": {name + " " + version}}
	}
	head.Post(t, h.College, "/console/quotas", quota("beaucoup", "0")).Is(t, 422).Sees(t, ".error", "nombre entier")
	head.Post(t, h.College, "/console/quotas", quota("999999999", "0")).Is(t, 422).Sees(t, ".error", "entre")
	head.Post(t, h.College, "/console/quotas", quota("800", "0")).LeadsTo(t, "/console/quotas")
	if got := h.App.Settings().PersonQuota(h.College, school.Pupil); got != 800<<20 {
		t.Errorf("a pupil has %d bytes", got)
	}
	if got := h.App.Settings().PersonQuota(h.Sibling, school.Pupil); got != 500<<20 {
		t.Errorf("a pupil of a sibling has %d bytes", got)
	}
	head.Post(t, h.College, "/console/quotas", quota("900", "0")).Is(t, 409)
	head.Post(t, h.College, "/console/quotas", quota("", "1")).LeadsTo(t, "/console/quotas")
	head.Get(t, h.College, "/console/quotas").Sees(t, ".hint", "Valeur habituelle : 500 Mo").Sees(t, ".progress-words", "0 octet sur 100 Go")
	head.Post(t, h.College, "/console/quotas", url.Values{"name": {"calendar.zone"}, "value": {"1"}, "version": {"calendar.zone 0"}}).Is(t, 422)
}

func TestUsageAndTrail(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	h.NewPerson(t, testkit.Password("un mot de passe long"), testkit.In(h.College, school.Pupil))
	if _, err := h.As(t, "postgres").Exec(t.Context(), `insert into connection_count (tenant_id, space_id, day, connections)
		values (1, $1, current_date, 37), (1, $2, current_date, 900)`, h.College.ID, h.Sibling.ID); err != nil {
		t.Fatal(err)
	}
	head.Get(t, h.College, "/console/usage").Is(t, 200).Sees(t, "#profiles tr", "100 %").Sees(t, "#days td", "37").SeesNot(t, "900")
	csv := head.Get(t, h.College, "/console/usage/export").Is(t, 200)
	if !strings.HasPrefix(csv.Header.Get("Content-Type"), "text/csv") || !strings.Contains(string(csv.Body), "Élève;1;1") {
		t.Errorf("the export is %s", csv.Body)
	}
	for i := range 60 {
		h.Exec(t, `insert into audit_entry (tenant_id, id, at, actor_id, action, subject, title) values ($1, $2, now() - make_interval(mins => $3), $4, 'news.publish', 'x', $5)`,
			h.College.ID, school.NewID(), i, head.Person.ID.UUID, "=CMD"+strings.Repeat("I", i%3))
	}
	head.Get(t, h.College, "/console/trail").Sees(t, ".notice", "aucun sceau")
	keeper := audit.NewKeeper(h.DB, [32]byte{1})
	if err := keeper.Round(t.Context()); err != nil {
		t.Fatal(err)
	}
	head.Get(t, h.College, "/console/trail").Sees(t, ".notice", "n’a pas été modifié")
	first := head.Get(t, h.College, "/console/trail").Is(t, 200).Page(t)
	next, ok := first.First(".pager a")
	if rows := len(first.All("#trail tbody tr")); rows != 50 || !ok {
		t.Fatalf("the first page has %d lines", rows)
	}
	if rows := len(head.Get(t, h.College, next.Attr("href")).Is(t, 200).Page(t).All("#trail tbody tr")); rows != 10 {
		t.Errorf("the second page has %d lines", rows)
	}
	head.Get(t, h.College, "/console/trail?text=zzz").Sees(t, "h2", "Rien de tel")
	head.Get(t, h.College, "/console/trail?from=2020-01-01&to=2020-02-01&action=&text=").Sees(t, "h2", "Rien de tel")
	head.Get(t, h.College, "/console/trail?after=nonsense").Is(t, 404)
	if body := string(head.Get(t, h.College, "/console/trail/export").Is(t, 200).Body); strings.Contains(body, ";=CMD") || strings.Count(body, "\n") < 60 {
		t.Error("a title is a formula, or lines are missing")
	}
}

func TestOpening(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head, testkit.Admin())
	head.Get(t, h.College, "/console").Sees(t, ".badge", "Espace ouvert").Sees(t, ".console-step", "À faire")
	head.Post(t, h.College, "/console/opening", url.Values{}).Is(t, 422)
	if h.App.Registry().ByID(h.College.ID).State != tenant.Open {
		t.Error("the state changed")
	}
}
