package rights_test

import (
	"encoding/csv"
	"net/url"
	"strings"
	"testing"

	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

const teachersWrite = "/rights/news/write/teacher"

// decide goes the way of a person without scripts: the form of a line, its effect, and then the button.
func decide(t *testing.T, c *testkit.Client, in *tenant.Tenant, line, query string) *testkit.Answer {
	t.Helper()
	c.Get(t, in, line).Is(t, 200).Sees(t, "form[method=get] button", "Voir l’effet")
	return apply(t, c, in, line+"/effect?"+query)
}

func apply(t *testing.T, c *testkit.Client, in *tenant.Tenant, effect string) *testkit.Answer {
	t.Helper()
	for _, f := range c.Get(t, in, effect).Is(t, 200).Page(t).All("main form[method=post]") {
		return c.Post(t, in, f.Attr("action"), f.Values())
	}
	t.Fatalf("%s shows no form", effect)
	return nil
}

func TestARightIsChangedWithoutScriptsAndEverybodyFollows(t *testing.T) {
	h := testkit.NewHouse(t)
	admin := h.SignInAs(t, h.College, school.Administrative, testkit.Admin())
	teacher := h.SignInAs(t, h.College, school.Teacher)
	librarian := h.SignInAs(t, h.College, school.Librarian)
	colleague := h.SignInAs(t, h.Sibling, school.Teacher)

	admin.Get(t, h.College, "/console").Is(t, 200).Sees(t, "main a", "Droits")
	admin.Get(t, h.College, "/rights").Is(t, 200).Sees(t, "h1", "Droits").Sees(t, "a[href=/rights/news]", "Actualités").SeesNot(t, "changée ici")
	admin.Get(t, h.College, "/rights/news").Is(t, 200).Sees(t, "td", "Un enseignant peut")
	teacher.Get(t, h.College, "/news/desk").Is(t, 200)

	effect := admin.Get(t, h.College, teachersWrite+"/effect?reach=none").Is(t, 200)
	effect.Sees(t, ".card", "Un enseignant peut").Sees(t, ".card", "Un enseignant ne peut pas").Sees(t, "li", "Cela concerne une personne")
	decide(t, admin, h.College, teachersWrite, "reach=none").LeadsTo(t, "/rights/news#write-teacher")

	admin.Get(t, h.College, "/rights/news?show=changed").Is(t, 200).Sees(t, "td", "Un enseignant ne peut pas").SeesNot(t, "Un professeur documentaliste")
	admin.Get(t, h.College, "/rights").Sees(t, ".badge", "1 règle changée ici")
	teacher.Get(t, h.College, "/news/desk").Is(t, 403)
	librarian.Get(t, h.College, "/news/desk").Is(t, 200)
	colleague.Get(t, h.Sibling, "/news/desk").Is(t, 200)

	why := teacher.Get(t, h.College, "/why/news/write").Is(t, 200)
	why.Sees(t, "p", "Ici, comme enseignant, vous ne pouvez pas").Sees(t, "dd", "Collège Françoise-Dolto").Sees(t, "dd", admin.Person.Name()).Sees(t, "dd", "Tout l’établissement")
	colleague.Get(t, h.Sibling, "/why/news/write").Sees(t, "dd", "La règle d’origine du service").SeesNot(t, "Dolto")

	// Undone, from the history.
	history := admin.Get(t, h.College, "/rights/news/history").Is(t, 200).Sees(t, "td", "Non").Sees(t, "td", admin.Person.Name())
	undo := ""
	for _, a := range history.Page(t).All("td a") {
		undo = a.Attr("href")
	}
	apply(t, admin, h.College, undo).LeadsTo(t, "/rights/news#write-teacher")
	teacher.Get(t, h.College, "/news/desk").Is(t, 200)
	admin.Get(t, h.College, "/rights/news/history").Sees(t, "td", "annulation")
	teacher.Get(t, h.College, "/why/news/write").Sees(t, "dd", "La règle d’origine du service")
}

func TestMenuHomeAndPageFollowAChange(t *testing.T) {
	h := testkit.NewHouse(t)
	admin := h.SignInAs(t, h.College, school.Administrative, testkit.Admin())
	for _, p := range []school.Profile{school.Pupil, school.Guardian, school.Teacher, school.Head, school.SchoolLife, school.Technical, school.Health, school.Tutor, school.Guest} {
		person := h.SignInAs(t, h.College, p)
		person.Get(t, h.College, "/home").Is(t, 200).Sees(t, "nav a", "Actualités")
		person.Get(t, h.College, "/news").Is(t, 200)
		line := "/rights/news/read/" + string(p)
		decide(t, admin, h.College, line, "reach=none").Is(t, 303)
		home := person.Get(t, h.College, "/home").Is(t, 200).Page(t)
		if home.Has("a[href=/news]") {
			t.Errorf("the home page or the menu of the %s still leads to the news", p)
		}
		person.Get(t, h.College, "/news").Is(t, 403)
		person.Get(t, h.College, "/why/news/read").Sees(t, "p", "vous ne pouvez pas")
		decide(t, admin, h.College, line, "reach=inherited").Is(t, 303)
		person.Get(t, h.College, "/news").Is(t, 200)
	}
}

func TestACollectivityClosesALine(t *testing.T) {
	h := testkit.NewHouse(t)
	above := h.SignInAs(t, h.Vendee, school.Collectivity, testkit.Admin())
	admin := h.SignInAs(t, h.College, school.Administrative, testkit.Admin())
	decide(t, admin, h.College, teachersWrite, "reach=none").Is(t, 303)

	above.Get(t, h.Vendee, "/rights/news").Is(t, 200).Sees(t, "th", "Espaces qui diffèrent").Sees(t, "tr[id=write-teacher] .numeric", "1")
	above.Get(t, h.Vendee, teachersWrite).Is(t, 200).Sees(t, "details li", "Collège Françoise-Dolto")
	above.Get(t, h.Vendee, teachersWrite+"/effect?reach=inherited&closed=1").Is(t, 422).Sees(t, ".error", "choisissez d’abord")
	above.Get(t, h.Vendee, teachersWrite+"/effect?reach=establishment&closed=1").Is(t, 200).Sees(t, "li", "Un espace a sa propre règle : elle n’aura plus d’effet.")
	decide(t, above, h.Vendee, teachersWrite, "reach=establishment&closed=1").Is(t, 303)

	admin.Get(t, h.College, "/rights/news").Sees(t, "tr[id=write-teacher] .badge", "Verrouillé").Sees(t, "tr[id=write-teacher]", "sans effet")
	admin.Get(t, h.College, teachersWrite).Is(t, 200).Sees(t, "p", "verrouillée par « Département de la Vendée »").SeesNot(t, "Voir l’effet")
	admin.Get(t, h.College, teachersWrite+"/effect?reach=none").Is(t, 403)
	forged := url.Values{"id": {school.NewID().String()}, "reach": {"inherited"}, "number": {"1"}}
	admin.Post(t, h.College, teachersWrite, forged).Is(t, 403).Sees(t, "p", "verrouillée par")
	h.SignInAs(t, h.College, school.Teacher).Get(t, h.College, "/why/news/write").Sees(t, "dd", "Département de la Vendée").Sees(t, "dd", "verrouillée")
	h.SignInAs(t, h.Lycee, school.Teacher).Get(t, h.Lycee, "/why/news/write").Sees(t, "dd", "La règle d’origine du service").SeesNot(t, "Vendée")
}

func TestWhoMayLookAndWhoMayChange(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	if head.Get(t, h.College, "/rights/news").Is(t, 200).Page(t).Has("a[href=" + teachersWrite + "]") {
		t.Error("who may only look is led to the form")
	}
	head.Get(t, h.College, teachersWrite).Is(t, 403)
	head.Post(t, h.College, teachersWrite, url.Values{"reach": {"none"}}).Is(t, 403)
	h.SignInAs(t, h.College, school.Teacher).Get(t, h.College, "/rights").Is(t, 403)
	agent := h.SignInAs(t, h.Vendee, school.Collectivity)
	agent.Get(t, h.Vendee, "/rights/territory").Is(t, 200)
	agent.Get(t, h.Vendee, "/rights/territory/write/administrator").Is(t, 403)
	h.SignInAs(t, h.Academy, school.AcademyAgent).Get(t, h.Academy, "/rights/news").Is(t, 200)

	admin := h.SignInAs(t, h.College, school.Administrative, testkit.Admin())
	admin.Get(t, h.College, "/rights/rights/change/administrator").Is(t, 200).Sees(t, "p", "ne peut être retiré à personne")
	admin.Post(t, h.College, "/rights/rights/change/administrator", url.Values{"reach": {"none"}}).Is(t, 403)
	for _, path := range []string{"/rights/nothing", "/rights/nothing/history", "/rights/news/burn/teacher", "/rights/news/write/pupil", "/rights/news/write/collectivity_agent", "/rights/news/history?before=x"} {
		admin.Get(t, h.College, path).Is(t, 404)
	}
	admin.Get(t, h.College, teachersWrite+"/effect").Is(t, 422).Sees(t, ".error", "Choisissez")
	admin.Get(t, h.College, teachersWrite+"/effect?reach=academy").Is(t, 422)
	admin.Get(t, h.College, teachersWrite+"/effect?reach=inherited").Is(t, 200).Sees(t, "p", "déjà la règle en place")
	admin.Post(t, h.College, teachersWrite, url.Values{"reach": {"galaxy"}}).Is(t, 422)

	decide(t, admin, h.College, "/rights/rights/change/head", "reach=establishment").Is(t, 303)
	head.Get(t, h.College, teachersWrite).Is(t, 200)
}

func TestTheTableIsAFile(t *testing.T) {
	h := testkit.NewHouse(t)
	admin := h.SignInAs(t, h.College, school.Administrative, testkit.Admin())
	decide(t, admin, h.College, teachersWrite, "reach=none").Is(t, 303)
	a := admin.Get(t, h.College, "/rights/news/export").Is(t, 200)
	if a.Header.Get("Content-Type") != "text/csv; charset=utf-8" || !strings.Contains(a.Header.Get("Content-Disposition"), "droits-news.csv") {
		t.Errorf("the file comes as %v", a.Header)
	}
	text, marked := strings.CutPrefix(string(a.Body), "\ufeff")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil || !marked {
		t.Fatalf("read the file: %v", err)
	}
	found := false
	for _, row := range rows {
		found = found || row[2] == "Enseignant" && row[6] == "Non" && strings.HasPrefix(row[8], "Un enseignant ne peut pas")
	}
	if !found {
		t.Errorf("the changed line is not in %d rows", len(rows))
	}
}
