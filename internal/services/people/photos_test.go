package people_test

import (
	"archive/zip"
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

func drawn(t *testing.T, width, height int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		img.Set(x, x%height, color.RGBA{200, 30, 90, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func archive(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bring sends an archive and waits until it has been read; it returns the address of the report.
func bring(t *testing.T, h *testkit.House, admin *testkit.Client, content []byte) string {
	t.Helper()
	f, _ := admin.Get(t, h.College, "/people/photos").Is(t, 200).Page(t).First("#archive-form input[name=id]")
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	if err := w.WriteField("id", f.Attr("value")); err != nil {
		t.Fatal(err)
	}
	part, err := w.CreateFormFile("archive", "photos.zip")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	at := admin.Do(t, testkit.Request{Method: "POST", To: h.College, Path: "/people/photos", Body: &body, Header: http.Header{"Content-Type": {w.FormDataContentType()}}}).Location()
	var handlers []job.Handler
	for _, room := range h.App.Rooms() {
		if room.Name == "people" {
			handlers = room.Jobs
		}
	}
	worker, err := job.NewWorker(h.DB, handlers, 1, func(ctx context.Context, scope int64) (context.Context, bool) {
		return tenant.Enter(ctx, h.Registry.ByID(school.ScopeID(scope))), true
	})
	if err != nil {
		t.Fatal(err)
	}
	admin.Get(t, h.College, at).Sees(t, "#progress", "").Sees(t, ".badge", "Lecture en cours")
	for range 20 {
		if n, err := worker.Once(t.Context()); err != nil {
			t.Fatalf("%d jobs ran: %v", n, err)
		}
		if !admin.Get(t, h.College, at).Is(t, 200).Page(t).Has("#progress") {
			return at
		}
	}
	t.Fatal("the archive was not read")
	return ""
}

func TestPhotosFromAnArchive(t *testing.T) {
	h := testkit.NewHouse(t)
	class := h.NewClass(t, h.College, "4e F", "4e")
	in := func(given, family string, p school.Profile, ties ...testkit.Tie) testkit.Person {
		return h.NewPerson(t, testkit.Named(given, family), testkit.In(h.College, p, ties...))
	}
	zoe, tom := in("Zoé", "Façade", school.Pupil, testkit.OfClass(class)), in("Tom", "Façade", school.Pupil, testkit.OfClass(class))
	in("Léa", "Homonyme", school.Pupil)
	in("Lea", "Homonyme", school.Pupil)
	prof := in("Ana", "Façade", school.Teacher, testkit.OfClass(class))
	mother := in("Ève", "Façade", school.Guardian, testkit.Of(zoe))
	admin, teacher, mate, guardian := h.SignInAs(t, h.College, school.Administrative), h.SignIn(t, prof), h.SignIn(t, tom), h.SignIn(t, mother)
	at := bring(t, h, admin, archive(t, map[string][]byte{
		"4F/FACADE Zoe.png": drawn(t, 40, 50), "FACADE Ana.png": drawn(t, 900, 1200), "HOMONYME Léa.png": drawn(t, 9, 9), "Inconnu.png": drawn(t, 9, 9),
		"tom_façade.png": []byte("no picture"), "Zoé Façade.png": drawn(t, 41, 50), "__MACOSX/x.png": nil}))
	report := admin.Get(t, h.College, at)
	for _, words := range []string{"Plusieurs personnes", "Personne ne porte ce nom", "n’est pas une image lisible", "déjà celui de cette personne"} {
		report.Sees(t, "table", words)
	}
	report.Sees(t, "#apply", "2 photos").Sees(t, "caption", "Photos reconnues")
	photo := "/people/" + zoe.ID.String() + "/photo"
	teacher.Get(t, h.College, photo).Is(t, 404) // nothing is applied yet

	admin.Post(t, h.College, at+"/application", url.Values{}).LeadsTo(t, "/people/photos")
	admin.Post(t, h.College, at+"/application", url.Values{}).Is(t, 409)
	got := teacher.Get(t, h.College, photo).Is(t, 200)
	if cache := got.Header.Get("Cache-Control"); !strings.Contains(cache, "private") || !strings.Contains(got.Header.Get("Content-Type"), "image/") {
		t.Errorf("the photo is sent as %v", got.Header)
	}
	mate.Get(t, h.College, photo).Is(t, 404)     // pupils do not see pupils' faces
	guardian.Get(t, h.College, photo).Is(t, 404) // nor do families
	mate.Get(t, h.College, "/people/"+prof.ID.String()+"/photo").Is(t, 200)
	h.Visitor().Get(t, h.College, photo).LeadsTo(t, "/sign-in?return="+url.QueryEscape(photo))
	h.SignInAs(t, h.Sibling, school.Head).Get(t, h.Sibling, photo).Is(t, 404)

	wall := "/people/classes/" + class.String()
	if !teacher.Get(t, h.College, wall).Is(t, 200).Sees(t, ".portrait-name", "Tom Façade").Page(t).Has(`img[src="` + photo + `"]`) {
		t.Error("the teacher's wall has no photo of the pupil")
	}
	if mate.Get(t, h.College, wall).Is(t, 200).Sees(t, ".portrait-name", "Zoé Façade").Page(t).Has(`img[src="` + photo + `"]`) {
		t.Error("the pupil's wall has the photo of a classmate")
	}
	guardian.Get(t, h.College, wall).SeesNot(t, "Tom Façade")

	admin.Post(t, h.College, photo+"/removal", url.Values{}).LeadsTo(t, "/people/"+zoe.ID.String())
	teacher.Get(t, h.College, photo).Is(t, 404)
	admin.Post(t, h.College, at+"/removal", url.Values{}).LeadsTo(t, "/people/photos")
	admin.Get(t, h.College, at).Is(t, 404)
	teacher.Get(t, h.College, "/people/"+prof.ID.String()+"/photo").Is(t, 200)
}

func TestArchivesThatAreNone(t *testing.T) {
	h := testkit.NewHouse(t)
	admin := h.SignInAs(t, h.College, school.Head)
	at := bring(t, h, admin, []byte("PK no archive"))
	admin.Get(t, h.College, at).Sees(t, ".notice", "n’est pas une archive")
	admin.Post(t, h.College, at+"/application", url.Values{}).Is(t, 409)
	admin.Post(t, h.College, "/people/photos", url.Values{"id": {school.NewID().String()}}).Is(t, 422).Sees(t, ".error-summary", "Choisissez")
	for _, p := range []school.Profile{school.Teacher, school.Pupil, school.Guardian, school.SchoolLife} {
		c := h.SignInAs(t, h.College, p)
		c.Get(t, h.College, "/people/photos").Is(t, 403)
		c.Get(t, h.College, at).Is(t, 403)
		c.Post(t, h.College, at+"/application", url.Values{}).Is(t, 403)
	}
}

// TestFieldsFollowTheSettings holds the list, the card and the search to what the space decided.
func TestFieldsFollowTheSettings(t *testing.T) {
	h := testkit.NewHouse(t)
	class := h.NewClass(t, h.College, "4e V", "4e")
	pupil := h.NewPerson(t, testkit.Named("Yann", "Voilé"), testkit.In(h.College, school.Pupil, testkit.OfClass(class)))
	h.Exec(t, `update person set email = 'yann@exemple.fr', birth_date = '2013-05-04' where id = $1`, pupil.ID.UUID)
	teacher := h.SignInAs(t, h.College, school.Teacher)
	card := "/people/" + pupil.ID.String()
	teacher.Get(t, h.College, card).Sees(t, "dd", "4e V").Sees(t, "dd", "yann@exemple.fr").Sees(t, "dd", "4 mai 2013")
	mate := h.SignInAs(t, h.College, school.Pupil, testkit.OfClass(class))
	seen := mate.Get(t, h.College, card).Is(t, 200)
	seen.Sees(t, "dd", "4e V")
	seen.SeesNot(t, "yann@exemple.fr")
	seen.SeesNot(t, "4 mai 2013")

	head := h.SignInAs(t, h.College, school.Head)
	fields, _ := head.Get(t, h.College, "/console/fields").Is(t, 200).Page(t).First("form[action=/console/fields]")
	form := fields.Values()
	form["seen"] = slices.DeleteFunc(form["seen"], func(box string) bool { return strings.Contains(box, "pupils_by") })
	head.Post(t, h.College, "/console/fields", form).LeadsTo(t, "/console/fields")
	for _, c := range []*testkit.Client{teacher, mate} {
		c.Get(t, h.College, card).Is(t, 200).SeesNot(t, "4e V")
		c.Get(t, h.College, card).SeesNot(t, "yann@exemple.fr")
		list := c.Get(t, h.College, "/people?q=voil").Sees(t, "a", "Yann Voilé")
		for _, item := range list.Page(t).All(".item-text") {
			if strings.Contains(item.Text(), "4e V") {
				t.Error("the list tells the class")
			}
		}
		found := c.Get(t, h.College, "/search?q=voil").Sees(t, "a", "Yann Voilé")
		found.SeesNot(t, "4e V")
		c.Get(t, h.College, "/people?class="+class.String()+"&q=voil").SeesNot(t, "Yann Voilé")
	}
}
