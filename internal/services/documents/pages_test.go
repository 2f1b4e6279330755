package documents_test

import (
	"archive/zip"
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

func TestEverybodyHasASpace(t *testing.T) {
	h := testkit.NewHouse(t)
	class := h.NewClass(t, h.College, "5e B", "5e")
	for _, p := range everybody() {
		c := h.SignInAs(t, h.College, p, testkit.OfClass(class))
		a := c.Get(t, h.College, "/documents").Is(t, http.StatusOK).Sees(t, ".space-name", "Mes documents")
		if a.RoundTrips > 8 {
			t.Errorf("%s: the overview asks the database %d times", p, a.RoundTrips)
		}
		stored(t, h, c, h.College, "À moi.txt", "Bonjour")
	}
	h.SignInAs(t, h.College, school.Guest).Get(t, h.College, "/documents").Is(t, http.StatusForbidden)
	for in, p := range map[*tenant.Tenant]school.Profile{h.Vendee: school.Collectivity, h.Academy: school.AcademyAgent} {
		c := h.SignInAs(t, in, p)
		c.Get(t, in, "/documents").Is(t, http.StatusOK).Sees(t, ".space-name", "Mes documents")
		stored(t, h, c, in, "Note.txt", "Bonjour")
	}
}

func TestAClassSharesItsSpace(t *testing.T) {
	h := testkit.NewHouse(t)
	class, other := h.NewClass(t, h.College, "5e B", "5e"), h.NewClass(t, h.College, "5e C", "5e")
	teacher := h.SignInAs(t, h.College, school.Teacher, testkit.OfClass(class))
	pupil := h.SignInAs(t, h.College, school.Pupil, testkit.OfClass(class))
	stranger := h.SignInAs(t, h.College, school.Pupil, testkit.OfClass(other))
	guardian := h.SignInAs(t, h.College, school.Guardian, testkit.Of(pupil.Person))
	space := "classe-" + class.String()
	post(t, teacher, h.College, space, "", sent{"Leçon.txt", "Les fractions"}).LeadsTo(t, "/documents/spaces/"+space)
	lesson := only(t, pupil, h.College, "/documents/spaces/"+space, "Leçon.txt")
	pupil.Get(t, h.College, lesson).Sees(t, ".preview-text", "Les fractions").SeesNot(t, "Renommer")
	guardian.Get(t, h.College, lesson).Is(t, http.StatusOK)
	stranger.Get(t, h.College, lesson).Is(t, http.StatusNotFound)
	stranger.Get(t, h.College, "/documents/spaces/"+space).Is(t, http.StatusNotFound)
	post(t, pupil, h.College, space, "", sent{"a.txt", "x"}).Is(t, http.StatusUnprocessableEntity)
	// A folder that the teacher opens takes what pupils add.
	teacher.Post(t, h.College, "/documents/folders", url.Values{"id": {school.NewID().String()}, "space": {space}, "name": {"Exposés"}})
	folder := only(t, teacher, h.College, "/documents/spaces/"+space, "Exposés")
	teacher.Post(t, h.College, "/documents/items/"+idIn(folder)+"/opening", url.Values{"opening": {"open"}}).Is(t, http.StatusSeeOther)
	post(t, pupil, h.College, space, idIn(folder), sent{"Mon exposé.txt", "Les marais"}).LeadsTo(t, folder)
	pupil.Get(t, h.College, "/documents/spaces/"+space).Sees(t, ".badge", "Dépôt ouvert")
	// What is said of a document is read by all who see it, once.
	comment := url.Values{"id": {school.NewID().String()}, "body": {"À relire pour jeudi."}}
	for range 2 {
		teacher.Post(t, h.College, lesson+"/comments", comment).Is(t, http.StatusSeeOther)
	}
	if said := pupil.Get(t, h.College, lesson).Sees(t, ".said-text", "À relire").Page(t).All(".said"); len(said) != 1 {
		t.Errorf("said %d times", len(said))
	}
	stranger.Post(t, h.College, lesson+"/comments", url.Values{"id": {school.NewID().String()}, "body": {"x"}}).Is(t, http.StatusNotFound)
	pupil.Post(t, h.College, lesson+"/comments/"+comment.Get("id")+"/removal", nil).Is(t, http.StatusNotFound)
	teacher.Post(t, h.College, lesson+"/comments", url.Values{"id": {school.NewID().String()}, "body": {" "}}).Is(t, http.StatusUnprocessableEntity).Sees(t, ".error", "Écrivez d’abord")
}

func TestTheTrashGivesBack(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	item := stored(t, h, c, h.College, "Brouillon.txt", "x")
	back := c.Post(t, h.College, "/documents/trashings", url.Values{"node": {idIn(item)}, "back": {"/documents/spaces/perso"}})
	page := c.Get(t, h.College, back.Location()).Is(t, http.StatusOK).Sees(t, ".undo", "L’élément est dans la corbeille").SeesNot(t, "Brouillon.txt")
	form, _ := page.Page(t).First(".undo form")
	c.Get(t, h.College, "/documents/trash").Sees(t, ".file-words", "Brouillon.txt").Sees(t, ".lead", "30 jours")
	c.Post(t, h.College, form.Attr("action"), form.Values()).Is(t, http.StatusSeeOther)
	c.Get(t, h.College, item).Is(t, http.StatusOK)
	c.Post(t, h.College, "/documents/trashings", url.Values{"node": {idIn(item)}, "back": {"//evil.test"}}).LeadsTo(t, "/documents/spaces/perso?trashed="+idIn(item))
	c.Post(t, h.College, "/documents/erasures", url.Values{"node": {idIn(item)}, "space": {"perso"}}).Is(t, http.StatusSeeOther)
	c.Get(t, h.College, "/documents/trash").SeesNot(t, "Brouillon.txt")
	c.Post(t, h.College, "/documents/trashings", nil).Is(t, http.StatusUnprocessableEntity)
	again := stored(t, h, c, h.College, "Autre.txt", "x")
	c.Post(t, h.College, "/documents/trashings", url.Values{"node": {idIn(again)}})
	c.Post(t, h.College, "/documents/emptying", url.Values{"space": {"perso"}}).Is(t, http.StatusSeeOther)
	c.Get(t, h.College, "/documents/trash").Sees(t, ".empty-title", "La corbeille est vide")
}

func TestThingsMoveAndComeBack(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	item := stored(t, h, c, h.College, "Cours.txt", "x")
	c.Post(t, h.College, "/documents/folders", url.Values{"id": {school.NewID().String()}, "space": {"perso"}, "name": {"Archives"}})
	c.Post(t, h.College, "/documents/folders", url.Values{"id": {school.NewID().String()}, "space": {"perso"}, "name": {"archives"}}).
		Is(t, http.StatusUnprocessableEntity).Sees(t, ".error", "porte déjà ce nom")
	folder := only(t, c, h.College, "/documents/spaces/perso", "Archives")
	at := "/documents/destination?how=move&node=" + idIn(item)
	c.Get(t, h.College, at).Sees(t, ".item-title", "Mes documents")
	page := c.Get(t, h.College, at+"&space=perso&folder="+idIn(folder)).Is(t, http.StatusOK).Sees(t, "button", "Déplacer ici").Page(t)
	form, _ := page.First("form.destination")
	moved := c.Post(t, h.College, form.Attr("action"), form.Values())
	back, _ := c.Get(t, h.College, moved.Location()).Sees(t, ".file-words", "Cours.txt").Page(t).First(".undo form")
	c.Post(t, h.College, back.Attr("action"), back.Values()).Is(t, http.StatusSeeOther)
	only(t, c, h.College, "/documents/spaces/perso", "Cours.txt")
	c.Post(t, h.College, "/documents/moves", url.Values{"node": {idIn(item)}, "how": {"copy"}, "space": {"perso"}, "folder": {idIn(folder)}}).LeadsTo(t, folder)
	c.Post(t, h.College, "/documents/moves", url.Values{"node": {idIn(folder)}, "how": {"move"}, "space": {"perso"}, "folder": {idIn(folder)}}).
		Is(t, http.StatusUnprocessableEntity).Sees(t, ".notice-danger", "dans lui-même")
	c.Post(t, h.College, item+"/name", url.Values{"name": {"Leçon.txt"}}).LeadsTo(t, item)
	c.Post(t, h.College, item+"/name", url.Values{"name": {"a/b"}}).Is(t, http.StatusUnprocessableEntity).Sees(t, ".error", "Retirez du nom")
	a := c.Get(t, h.College, "/documents/archive?node="+idIn(item)+"&node="+idIn(folder)).Is(t, http.StatusOK)
	z, err := zip.NewReader(bytes.NewReader(a.Body), int64(len(a.Body)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	if got := strings.Join(names, " "); got != "Archives/ Archives/Cours.txt Leçon.txt" {
		t.Errorf("the archive holds %s", got)
	}
}

func TestSharesReachThoseMeant(t *testing.T) {
	h := testkit.NewHouse(t)
	class, other := h.NewClass(t, h.College, "5e B", "5e"), h.NewClass(t, h.College, "5e C", "5e")
	teacher := h.SignInAs(t, h.College, school.Teacher, testkit.OfClass(class))
	pupil := h.SignInAs(t, h.College, school.Pupil, testkit.OfClass(class))
	stranger := h.SignInAs(t, h.College, school.Pupil, testkit.OfClass(other))
	item := stored(t, h, teacher, h.College, "Sujet.txt", "Sujet")
	page := teacher.Get(t, h.College, item+"/sharing").Is(t, http.StatusOK).Sees(t, "legend", "À qui vous adressez-vous").Page(t)
	form, _ := page.First("form[action=" + item + "/shares]")
	values := form.Values()
	teacher.Post(t, h.College, item+"/shares", values).Is(t, http.StatusUnprocessableEntity)
	values.Set("to_class", class.String())
	teacher.Get(t, h.College, "/documents/audience?to_class="+class.String()).Sees(t, ".notice-title", "2 personnes")
	teacher.Post(t, h.College, item+"/audience", values).Is(t, http.StatusOK).Sees(t, "#reach", "2 personnes")
	pupil.Get(t, h.College, item).Is(t, http.StatusNotFound)
	values.Set("until", h.Clock.Now().AddDate(0, 0, 3).Format(time.DateOnly))
	teacher.Post(t, h.College, item+"/shares", values).LeadsTo(t, item+"/sharing")
	pupil.Get(t, h.College, "/documents/received").Sees(t, ".item-title", "Sujet.txt")
	pupil.Get(t, h.College, item).Is(t, http.StatusOK).SeesNot(t, "Renommer")
	stranger.Get(t, h.College, item).Is(t, http.StatusNotFound)
	pupil.Post(t, h.College, item+"/shares", values).Is(t, http.StatusForbidden)
	h.Clock.Pass(5 * 24 * time.Hour)
	again := h.SignIn(t, pupil.Person)
	again.Get(t, h.College, item).Is(t, http.StatusNotFound)
	// A pupil shares with the classes of their own, and with nobody else's.
	mine := stored(t, h, again, h.College, "Exposé.txt", "x")
	again.Get(t, h.College, mine+"/sharing").SeesNot(t, "5e C").SeesNot(t, "Liens sans compte")
	wrong := url.Values{"id": {school.NewID().String()}, "role": {"view"}, "to_class": {other.String()}}
	again.Post(t, h.College, mine+"/shares", wrong).Is(t, http.StatusUnprocessableEntity)
	wrong.Set("to_class", class.String())
	again.Post(t, h.College, mine+"/shares", wrong).Is(t, http.StatusSeeOther)
}

func TestLinksOpenWithoutAnAccount(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	item := stored(t, h, c, h.College, "Programme.txt", "Départ à 8 h")
	makeLink := func(password string) string {
		a := c.Post(t, h.College, item+"/links", url.Values{"id": {school.NewID().String()}, "password": {password},
			"until": {h.Clock.Now().AddDate(0, 0, 3).Format(time.DateOnly)}}).Is(t, http.StatusOK)
		field, _ := a.Page(t).First("#fresh-link")
		u, err := url.Parse(field.Attr("value"))
		if err != nil || u.Path == "" {
			t.Fatalf("the link %q: %v", field.Attr("value"), err)
		}
		return u.Path
	}
	open, locked := makeLink(""), makeLink("girafe lente")
	visitor := h.Visitor()
	visitor.Get(t, h.College, open).Is(t, http.StatusOK).Sees(t, "h1", "Programme.txt")
	got := visitor.Get(t, h.College, open+"/content").Is(t, http.StatusOK)
	if string(got.Body) != "Départ à 8 h" || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment;") {
		t.Errorf("%q, %s", got.Body, got.Header.Get("Content-Disposition"))
	}
	visitor.Get(t, h.College, locked).Is(t, http.StatusOK).SeesNot(t, "Programme.txt")
	visitor.Get(t, h.College, locked+"/content").Is(t, http.StatusUnprocessableEntity).SeesNot(t, "Départ")
	visitor.Post(t, h.College, locked, url.Values{"password": {"autre chose"}}).Is(t, http.StatusUnprocessableEntity).Sees(t, ".error", "Ce mot de passe")
	right := visitor.Post(t, h.College, locked, url.Values{"password": {"girafe lente"}}).Is(t, http.StatusOK)
	if string(right.Body) != "Départ à 8 h" {
		t.Errorf("for the right password: %q", right.Body)
	}
	visitor.Get(t, h.Lycee, open).Is(t, http.StatusOK) // a personal document belongs to nobody's school
	visitor.Get(t, h.College, open[:len(open)-1]).Is(t, http.StatusNotFound)
	for range 12 {
		visitor.Post(t, h.College, locked, url.Values{"password": {"essai"}})
	}
	visitor.Post(t, h.College, locked, url.Values{"password": {"girafe lente"}}).Sees(t, ".error", "Trop de mots de passe")
	page := c.Get(t, h.College, item+"/sharing").Page(t)
	for _, f := range page.All("#links .share form") {
		c.Post(t, h.College, f.Attr("action"), nil).Is(t, http.StatusSeeOther)
		break
	}
	gone := 0
	for _, l := range []string{open, locked} {
		if visitor.Get(t, h.College, l).Status == http.StatusNotFound {
			gone++
		}
	}
	if gone != 1 {
		t.Errorf("%d links are closed", gone)
	}
	late := makeLink("")
	h.Clock.Pass(5 * 24 * time.Hour)
	visitor.Get(t, h.College, late).Is(t, http.StatusNotFound)
	visitor.Get(t, h.College, late+"/content").Is(t, http.StatusNotFound)
}

func TestVersions(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	item := stored(t, h, c, h.College, "Texte.txt", "un")
	u := ask(t, c, h.College, "POST", "uploads", url.Values{"space": {"perso"}, "name": {"Texte.txt"}, "size": {"4"}, "clash": {"replace"}}, nil)
	ask(t, c, h.College, "POST", "uploads/"+u.ID+"/chunks?offset=0", nil, []byte("deux"))
	ask(t, c, h.College, "POST", "uploads/"+u.ID+"/end", url.Values{}, nil)
	read := func(path string) string { return string(c.Get(t, h.College, item+path).Body) }
	if read("/content") != "deux" || read("/content?version=1") != "un" {
		t.Errorf("now %q, before %q", read("/content"), read("/content?version=1"))
	}
	c.Post(t, h.College, item+"/restoration", url.Values{"version": {"1"}}).LeadsTo(t, item)
	if read("/content") != "un" || read("/content?version=2") != "deux" {
		t.Errorf("restored: %q", read("/content"))
	}
	c.Get(t, h.College, item+"/content?version=9").Is(t, http.StatusNotFound)
	c.Get(t, h.College, item+"/content?version=x").Is(t, http.StatusNotFound)
}

func TestOthersDocumentsAreAbsent(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	item := stored(t, h, c, h.College, "À moi.txt", "secret")
	for name, other := range map[string]*testkit.Client{"a colleague": h.SignInAs(t, h.College, school.Teacher), "the head": h.SignInAs(t, h.College, school.Head, testkit.Admin())} {
		for _, path := range []string{item, item + "/content", item + "/preview", item + "/sharing", "/documents/archive?node=" + idIn(item),
			"/documents/destination?how=copy&space=perso&node=" + school.NewID().String() + "&folder=" + idIn(item)} {
			if a := other.Get(t, h.College, path); a.Status != http.StatusNotFound {
				t.Errorf("%s gets %s: %d", name, path, a.Status)
			}
		}
		for _, path := range []string{"/documents/trashings", "/documents/erasures", "/documents/restorations", "/documents/moves"} {
			if a := other.Post(t, h.College, path, url.Values{"node": {idIn(item)}, "space": {"perso"}}); a.Status != http.StatusNotFound {
				t.Errorf("%s sends %s: %d", name, path, a.Status)
			}
		}
	}
	if a := c.Get(t, h.College, item+"/content"); string(a.Body) != "secret" {
		t.Errorf("changed: %d, %q", a.Status, a.Body)
	}
}
