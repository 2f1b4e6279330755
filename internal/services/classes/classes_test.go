package classes_test

import (
	"net/url"
	"strings"
	"testing"

	"elyco/internal/directory"
	"elyco/internal/school"
	"elyco/internal/testkit"
)

var pages = []string{"/classes", "/classes/groups", "/classes/subjects", "/classes/teachings", "/classes/teachings?by=teacher"}

func TestWhoSeesTheStructure(t *testing.T) {
	h := testkit.NewHouse(t)
	class := h.NewClass(t, h.College, "4e B", "4e")
	own := append([]string{"/classes/" + class.String()}, pages...)
	for _, p := range []school.Profile{school.Head, school.Administrative} {
		c := h.SignInAs(t, h.College, p)
		for _, path := range own {
			c.Get(t, h.College, path).Is(t, 200).Sees(t, "form[method=post]", "")
		}
	}
	for _, p := range []school.Profile{school.Teacher, school.SchoolLife, school.Librarian, school.Health} {
		c := h.SignInAs(t, h.College, p)
		for _, path := range own {
			if a := c.Get(t, h.College, path).Is(t, 200); a.Page(t).Has("#main form[method=post]") {
				t.Errorf("a %s gets a form at %s", p, path)
			}
		}
		c.Post(t, h.College, "/classes/"+class.String(), url.Values{"name": {"x"}, "level": {"4e"}, "version": {"1"}}).Is(t, 403)
	}
	for _, p := range []school.Profile{school.Pupil, school.Guardian, school.Technical, school.Guest} {
		c := h.SignInAs(t, h.College, p, testkit.OfClass(class))
		for _, path := range own {
			c.Get(t, h.College, path).Is(t, 403)
		}
	}
	h.SignInAs(t, h.Sibling, school.Head).Get(t, h.Sibling, "/classes/"+class.String()).Is(t, 404)
}

// value reads what a form would send.
func value(t *testing.T, a *testkit.Answer, selector string) string {
	t.Helper()
	n, ok := a.Page(t).First(selector)
	if !ok {
		t.Fatalf("the page has no %s", selector)
	}
	return n.Attr("value")
}

func TestAClassFromItsBirthToItsEnd(t *testing.T) {
	h := testkit.NewHouse(t)
	admin := h.SignInAs(t, h.Sibling, school.Administrative)
	before := h.NewClass(t, h.Sibling, "5e A", "5e")
	pupil := h.NewPerson(t, testkit.Named("Zélie", "Ardouin"), testkit.In(h.Sibling, school.Pupil, testkit.OfClass(before)))
	teacher := h.NewPerson(t, testkit.Named("Théo", "Ardouin"), testkit.In(h.Sibling, school.Teacher))
	guardian := h.NewPerson(t, testkit.Named("Ève", "Ardouin"), testkit.In(h.Sibling, school.Guardian, testkit.Of(pupil)))

	list := admin.Get(t, h.Sibling, "/classes").Sees(t, "td", "5e")
	form := url.Values{"id": {value(t, list, "#new input[name=id]")}, "year": {value(t, list, "#new input[name=year]")}, "name": {""}, "level": {"6e"}, "opens_on": {""}}
	admin.Post(t, h.Sibling, "/classes", form).Is(t, 422).Sees(t, ".error-summary a", "Donnez un nom")
	form.Set("name", "5e A")
	admin.Post(t, h.Sibling, "/classes", form).Is(t, 422).Sees(t, ".error-summary a", "déjà pris")
	form.Set("name", "6e Z")
	at := "/classes/" + form.Get("id")
	admin.Post(t, h.Sibling, "/classes", form).LeadsTo(t, at)
	admin.Post(t, h.Sibling, "/classes", form).LeadsTo(t, at) // sent twice
	if n := len(admin.Get(t, h.Sibling, "/classes").Page(t).All("tbody tr")); n != 2 {
		t.Errorf("%d classes are there", n)
	}

	found := admin.Get(t, h.Sibling, at+"?q=ardouin").Sees(t, "#join", "Actuellement en 5e A").Sees(t, "#join", "Ardouin Théo")
	found.SeesNot(t, "Ardouin Ève")
	both := url.Values{"who": {pupil.ID.String() + ":pupil", teacher.ID.String() + ":teacher"}}
	admin.Post(t, h.Sibling, at+"/members", url.Values{"who": {guardian.ID.String() + ":guardian"}}).Is(t, 422)
	admin.Post(t, h.Sibling, at+"/members", url.Values{}).Is(t, 422).Sees(t, ".error-summary", "au moins une personne")
	admin.Post(t, h.Sibling, at+"/members", both).LeadsTo(t, at)
	admin.Get(t, h.Sibling, at).Sees(t, "#pupils", "Ardouin Zélie").Sees(t, "#staff", "Ardouin Théo")
	admin.Get(t, h.Sibling, "/classes/"+before.String()).SeesNot(t, "Ardouin Zélie")
	admin.Post(t, h.Sibling, at+"/form", url.Values{"who": {teacher.ID.String() + ":teacher"}}).LeadsTo(t, at)
	admin.Get(t, h.Sibling, at).Sees(t, "#staff .badge", "Professeur principal")
	if csv := string(admin.Get(t, h.Sibling, at+"/export").Is(t, 200).Body); !strings.Contains(csv, "Ardouin;Zélie;Élève") {
		t.Errorf("the list is %q", csv)
	}

	edit := url.Values{"name": {"6e Y"}, "level": {"6e"}, "opens_on": {h.DB.Now().AddDate(0, 0, 2).Format("2006-01-02")}, "version": {"1"}}
	admin.Post(t, h.Sibling, at, edit).LeadsTo(t, at)
	admin.Post(t, h.Sibling, at, edit).Is(t, 409)
	admin.Get(t, h.Sibling, at).Sees(t, "h1", "6e Y").Sees(t, ".notice", "ne voient pas encore")

	admin.Post(t, h.Sibling, at+"/removal", url.Values{}).Is(t, 422).Sees(t, ".error-summary", "Retirez d’abord")
	gone := admin.Post(t, h.Sibling, at+"/members/removals", both)
	undo := admin.Get(t, h.Sibling, gone.Location()).Sees(t, "#undo", "Annuler")
	undo.SeesNot(t, "Ardouin Zélie")
	f, _ := undo.Page(t).First("#undo")
	admin.Post(t, h.Sibling, f.Attr("action"), f.Values()).LeadsTo(t, at)
	admin.Get(t, h.Sibling, at).Sees(t, "#pupils", "Ardouin Zélie")
	admin.Post(t, h.Sibling, at+"/members/removals", both)
	admin.Post(t, h.Sibling, at+"/removal", url.Values{}).LeadsTo(t, "/classes")
	admin.Get(t, h.Sibling, at).Is(t, 404)
}

func TestArchivesDoNotChange(t *testing.T) {
	h := testkit.NewHouse(t)
	old := directory.YearAt(h.DB.Now().AddDate(-1, 0, 0))
	year, class := school.NewID(), school.NewID()
	h.Exec(t, `insert into school_year (tenant_id, id, label, starts_on, ends_on) values ($1, $2, $3, $4, $5)`, h.College.ID, year, old.Label, old.StartsOn, old.EndsOn)
	h.Exec(t, `insert into class (tenant_id, id, school_year_id, name, level) values ($1, $2, $3, '3e Z', '3e')`, h.College.ID, class, year)
	admin := h.SignInAs(t, h.College, school.Head)
	at := "/classes/" + class.String()
	page := admin.Get(t, h.College, at).Is(t, 200).Sees(t, ".notice", "archive")
	if page.Page(t).Has("#main form[method=post]") {
		t.Error("an archive has forms")
	}
	admin.Get(t, h.College, "/classes?year="+year.String()).Sees(t, ".notice", "archive").Sees(t, "th", "3e Z")
	admin.Get(t, h.College, "/classes").SeesNot(t, "3e Z")
	admin.Get(t, h.College, "/classes?year="+school.NewID().String()).Is(t, 404)
	admin.Post(t, h.College, at, url.Values{"name": {"3e Y"}, "level": {"3e"}, "version": {"1"}}).Is(t, 409)
	admin.Post(t, h.College, at+"/removal", url.Values{}).Is(t, 409)
	admin.Post(t, h.College, "/classes", url.Values{"id": {school.NewID().String()}, "year": {year.String()}, "name": {"3e X"}, "level": {"3e"}}).Is(t, 409)
}

func TestGroups(t *testing.T) {
	h := testkit.NewHouse(t)
	admin := h.SignInAs(t, h.College, school.Head)
	pupil := h.NewPerson(t, testkit.Named("Noa", "Querré"), testkit.In(h.College, school.Pupil))
	list := admin.Get(t, h.College, "/classes/groups")
	form := url.Values{"id": {value(t, list, "#new input[name=id]")}, "year": {value(t, list, "#new input[name=year]")}, "name": {"Chorale"}, "made": {"automatic"}}
	admin.Post(t, h.College, "/classes/groups", form).Is(t, 422).Sees(t, ".error-summary", "importation")
	form.Set("made", "manual")
	at := "/classes/groups/" + form.Get("id")
	admin.Post(t, h.College, "/classes/groups", form).LeadsTo(t, at)
	who := url.Values{"who": {pupil.ID.String() + ":pupil"}}
	admin.Post(t, h.College, at+"/members", who).LeadsTo(t, at)
	admin.Get(t, h.College, at).Sees(t, "#pupils", "Querré Noa")
	h.Exec(t, `update teaching_group set kind = 'automatic' where id = $1`, form.Get("id"))
	admin.Post(t, h.College, at+"/members/removals", who).Is(t, 409)
	h.SignInAs(t, h.Sibling, school.Head).Post(t, h.Sibling, at+"/members", who).Is(t, 404)
}

func TestWhoTeachesWhat(t *testing.T) {
	h := testkit.NewHouse(t)
	admin := h.SignInAs(t, h.College, school.Head)
	class, group := h.NewClass(t, h.College, "4e Q", "4e"), h.NewGroup(t, h.College, "4ESPQ")
	teacher := h.NewPerson(t, testkit.Named("Ana", "Quélen"), testkit.In(h.College, school.Teacher))
	admin.Post(t, h.College, "/classes/subjects/essentials", url.Values{}).Is(t, 422)
	admin.Post(t, h.College, "/classes/subjects/essentials", url.Values{"code": {"061300", "030602"}}).LeadsTo(t, "/classes/subjects")
	admin.Get(t, h.College, "/classes/subjects").Sees(t, "tbody", "Mathématiques").Sees(t, "td", "030602")
	own := url.Values{"id": {school.NewID().String()}, "label": {"Breton"}, "short": {""}, "code": {"061300"}}
	admin.Post(t, h.College, "/classes/subjects", own).Is(t, 422).Sees(t, ".error-summary", "déjà ce code")
	own.Set("code", "")
	admin.Post(t, h.College, "/classes/subjects", own).LeadsTo(t, "/classes/subjects")

	grid := admin.Get(t, h.College, "/classes/teachings")
	var maths string
	for _, o := range grid.Page(t).All("#assign-form option") {
		if o.Text() == "Mathématiques" {
			maths = o.Attr("value")
		}
	}
	form := url.Values{"subject": {maths}, "teacher": {teacher.ID.String()}, "unit": {"class:" + class.String(), "group:" + group.String()}}
	admin.Post(t, h.College, "/classes/teachings", url.Values{"subject": {maths}, "teacher": {""}}).Is(t, 422).Sees(t, ".error-summary", "enseignant")
	admin.Post(t, h.College, "/classes/teachings", form).LeadsTo(t, "/classes/teachings")
	admin.Post(t, h.College, "/classes/teachings", form).LeadsTo(t, "/classes/teachings") // sent twice
	admin.Get(t, h.College, "/classes/teachings?level=4e").Sees(t, "td", "Quélen Ana")
	admin.Get(t, h.College, "/classes/teachings?by=group").Sees(t, "tbody", "4ESPQ")
	if csv := string(admin.Get(t, h.College, "/classes/teachings/export").Body); strings.Count(csv, "Quélen;Ana;061300;Mathématiques") != 2 {
		t.Errorf("the grid is %q", csv)
	}
	h.Reissue(t, teacher)
	if m := h.Actor(t, h.College, teacher).Here[0]; len(m.Classes) != 1 || len(m.Groups) != 1 {
		t.Errorf("the teacher is tied to %v and %v", m.Classes, m.Groups)
	}
	admin.Post(t, h.College, "/classes/subjects/"+maths+"/removal", url.Values{}).Is(t, 422).Sees(t, ".error-summary", "est enseignée")
	admin.Post(t, h.College, "/classes/subjects/"+own.Get("id")+"/removal", url.Values{}).LeadsTo(t, "/classes/subjects")

	gone := admin.Post(t, h.College, "/classes/teachings/removals", url.Values{"line": {maths + ":" + teacher.ID.String() + ":class:" + class.String()}})
	h.Reissue(t, teacher)
	if m := h.Actor(t, h.College, teacher).Here[0]; len(m.Classes) != 0 || len(m.Groups) != 1 {
		t.Errorf("after the class was taken back the teacher is tied to %v and %v", m.Classes, m.Groups)
	}
	undo, _ := admin.Get(t, h.College, gone.Location()).Page(t).First("#undo")
	admin.Post(t, h.College, undo.Attr("action"), undo.Values()).LeadsTo(t, "/classes/teachings")
	admin.Get(t, h.College, "/classes/teachings?level=4e").Sees(t, "td", "Quélen Ana")

	stranger := h.NewPerson(t, testkit.In(h.Sibling, school.Teacher))
	form.Set("teacher", stranger.ID.String())
	admin.Post(t, h.College, "/classes/teachings", form).Is(t, 404)
}
