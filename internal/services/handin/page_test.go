package handin_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

func send(t *testing.T, c *testkit.Client, to *tenant.Tenant, path string, files ...string) *testkit.Answer {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		part, err := w.CreateFormFile("files", files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return c.Do(t, testkit.Request{Method: http.MethodPost, To: to, Path: path, Body: &b, Header: http.Header{"Content-Type": {w.FormDataContentType()}}})
}

type room struct {
	*testkit.House
	class                                                  school.ClassID
	teacher, colleague, lea, hugo, stranger, guardian, cpe *testkit.Client
	path                                                   string
	form                                                   url.Values
}

func newRoom(t *testing.T, late bool) room {
	h := testkit.NewHouse(t)
	r := room{House: h, class: h.NewClass(t, h.College, "5e B", "5e")}
	other := h.NewClass(t, h.College, "5e C", "5e")
	pupil := func(given string, class school.ClassID) testkit.Person {
		return h.NewPerson(t, testkit.Named(given, "Martin"), testkit.In(h.College, school.Pupil, testkit.OfClass(class)))
	}
	lea := pupil("Léa", r.class)
	r.lea, r.hugo, r.stranger = h.SignIn(t, lea), h.SignIn(t, pupil("Hugo", r.class)), h.SignIn(t, pupil("Zoé", other))
	r.teacher = h.SignInAs(t, h.College, school.Teacher, testkit.OfClass(r.class))
	r.colleague = h.SignInAs(t, h.College, school.Teacher, testkit.OfClass(r.class))
	r.guardian = h.SignInAs(t, h.College, school.Guardian, testkit.Of(lea))
	r.cpe = h.SignInAs(t, h.College, school.SchoolLife)
	id := school.NewID().String()
	r.path = "/handin/boxes/" + id
	r.form = url.Values{"id": {id}, "title": {"Exposé sur les volcans"}, "target": {"class:" + r.class.String()}, "teams": {"true"},
		"closes": {h.Clock.Now().Add(48 * time.Hour).Format("2006-01-02T15:04")}}
	if late {
		r.form.Set("late", "true")
	}
	r.teacher.Post(t, h.College, "/handin/boxes", r.form).LeadsTo(t, r.path)
	return r
}

// linkTo finds the address of a file on a page.
func linkTo(t *testing.T, a *testkit.Answer, name string) string {
	t.Helper()
	for _, n := range a.Page(t).All("a") {
		if strings.Contains(n.Text(), name) {
			return n.Attr("href")
		}
	}
	t.Fatalf("no link to %q", name)
	return ""
}

func TestWorkIsHandedInUnseenByOthers(t *testing.T) {
	r := newRoom(t, false)
	c := r.College
	r.teacher.Post(t, c, "/handin/boxes", r.form).LeadsTo(t, r.path)
	r.lea.Get(t, c, "/home").Sees(t, "main", "Exposé sur les volcans")
	send(t, r.lea, c, r.path+"/files").Is(t, 422).Sees(t, "main", "Choisissez au moins un fichier")
	send(t, r.lea, c, r.path+"/files", "volcans.txt", "lave").LeadsTo(t, r.path)
	send(t, r.lea, c, r.path+"/files", "volcans.txt", "lave et cendres", "photo.txt", "x").LeadsTo(t, r.path)
	page := r.lea.Get(t, c, r.path).Is(t, 200).Sees(t, "main", "Rendu le").Sees(t, "a", "photo.txt")
	file := linkTo(t, page, "volcans.txt")
	if got := string(r.lea.Get(t, c, file).Is(t, 200).Body); got != "lave et cendres" {
		t.Errorf("the file holds %q", got)
	}
	r.teacher.Get(t, c, file).Is(t, 200)
	r.hugo.Get(t, c, r.path).Is(t, 200).SeesNot(t, "volcans.txt").SeesNot(t, "Rendu le")
	for who, client := range map[string]*testkit.Client{"another pupil": r.hugo, "another class": r.stranger, "a guardian": r.guardian,
		"another teacher": r.colleague, "school life": r.cpe} {
		if got := client.Get(t, c, file).Status; got != 404 {
			t.Errorf("%s opens the file: %d", who, got)
		}
	}
	node := file[strings.LastIndex(file, "/")+1:]
	r.lea.Get(t, c, "/documents/items/"+node).Is(t, 404)
	r.teacher.Get(t, c, "/documents/items/"+node).Is(t, 404)
	r.hugo.Post(t, c, file+"/removal", url.Values{}).Is(t, 404)
	r.stranger.Get(t, c, r.path).Is(t, 404)
	send(t, r.stranger, c, r.path+"/files", "a.txt", "x").Is(t, 404)
	r.colleague.Get(t, c, r.path).Is(t, 404)
	r.colleague.Post(t, c, r.path+"/return", url.Values{}).Is(t, 404)
	r.guardian.Get(t, c, r.path).Is(t, 200).Sees(t, ".badge", "Rendu").SeesNot(t, "volcans.txt")
	r.cpe.Get(t, c, r.path).Is(t, 200).Sees(t, "main", "MARTIN Hugo").SeesNot(t, "volcans.txt")
	r.lea.Get(t, c, r.path+"/list.csv").Is(t, 404)
	if got := string(r.teacher.Get(t, c, r.path+"/list.csv").Is(t, 200).Body); !strings.Contains(got, "MARTIN Hugo;Pas rendu;") || !strings.Contains(got, "MARTIN Léa;Rendu;") {
		t.Errorf("the list is %q", got)
	}
	if got := r.teacher.Get(t, c, r.path+"/archive").Is(t, 200).Body; !bytes.Contains(got, []byte("volcans.txt")) {
		t.Error("the archive lacks the file")
	}
	r.lea.Post(t, c, file+"/removal", url.Values{}).LeadsTo(t, r.path)
	r.lea.Get(t, c, file).Is(t, 404)
}

func TestTheEndHolds(t *testing.T) {
	r := newRoom(t, false)
	c := r.College
	r.Clock.Pass(49 * time.Hour)
	r.lea, r.teacher = r.SignIn(t, r.lea.Person), r.SignIn(t, r.teacher.Person) // nobody stays signed in that long
	send(t, r.lea, c, r.path+"/files", "a.txt", "x").Is(t, 409)
	r.lea.Get(t, c, r.path).Sees(t, "main", "La date limite est passée")
	r.teacher.Post(t, c, r.path+"/end", url.Values{"version": {"7"}, "late": {"true"}, "closes": {"2030-01-01T08:00"}}).Is(t, 409)
	end := url.Values{"version": {"1"}, "late": {"true"}, "closes": {"2001-01-01T08:00"}}
	r.teacher.Post(t, c, r.path+"/end", end).Is(t, 422).Sees(t, "main", "à venir")
}

func TestLateWorkIsSaidToBeLate(t *testing.T) {
	r := newRoom(t, true)
	r.Clock.Pass(49 * time.Hour)
	r.lea, r.teacher = r.SignIn(t, r.lea.Person), r.SignIn(t, r.teacher.Person) // nobody stays signed in that long
	send(t, r.lea, r.College, r.path+"/files", "a.txt", "x").LeadsTo(t, r.path)
	r.teacher.Get(t, r.College, r.path).Sees(t, ".badge", "En retard")
}

func TestATeamSharesOneDeposit(t *testing.T) {
	r := newRoom(t, false)
	c := r.College
	team := url.Values{"id": {school.NewID().String()}, "with": {r.stranger.Person.ID.String()}}
	r.lea.Post(t, c, r.path+"/team", team).Is(t, 422)
	team.Set("with", r.hugo.Person.ID.String())
	r.lea.Post(t, c, r.path+"/team", team).LeadsTo(t, r.path)
	r.lea.Post(t, c, r.path+"/team", team).LeadsTo(t, r.path)
	send(t, r.lea, c, r.path+"/files", "ensemble.txt", "x").LeadsTo(t, r.path)
	send(t, r.hugo, c, r.path+"/files", "suite.txt", "x").LeadsTo(t, r.path)
	r.hugo.Get(t, c, r.path).Sees(t, "a", "ensemble.txt").Sees(t, "a", "suite.txt")
	tom := r.SignIn(t, r.NewPerson(t, testkit.Named("Tom", "Martin"), testkit.In(c, school.Pupil, testkit.OfClass(r.class))))
	send(t, tom, c, r.path+"/files", "seul.txt", "x").LeadsTo(t, r.path)
	team.Set("with", tom.Person.ID.String())
	r.lea.Post(t, c, r.path+"/team", team).Is(t, 422).Sees(t, "main", "rend déjà")
	tom.Post(t, c, r.path+"/team/leave", url.Values{}).Is(t, 409)
	r.hugo.Post(t, c, r.path+"/team/leave", url.Values{}).LeadsTo(t, r.path)
	r.hugo.Get(t, c, r.path).SeesNot(t, "ensemble.txt")
	send(t, r.hugo, c, r.path+"/files", "apres.txt", "x").LeadsTo(t, r.path)
	r.lea.Get(t, c, r.path).Sees(t, "a", "suite.txt").SeesNot(t, "apres.txt")
}

func TestTooManyFilesStayOut(t *testing.T) {
	r := newRoom(t, false)
	c := r.College
	var files []string
	for i := range 21 {
		files = append(files, fmt.Sprintf("%02d.txt", i), "x")
	}
	send(t, r.lea, c, r.path+"/files", files...).Is(t, 422).Sees(t, "main", "20 fichiers")
	send(t, r.lea, c, r.path+"/files", "00.txt", "autre").LeadsTo(t, r.path)
	body := r.teacher.Get(t, c, r.path+"/archive").Is(t, 200).Body
	zipped, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range zipped.File {
		if !f.FileInfo().IsDir() {
			n++
		}
	}
	if n != 20 {
		t.Errorf("the archive holds %d files", n)
	}
}

func TestAllCopiesComeBackAtOnce(t *testing.T) {
	r := newRoom(t, false)
	c := r.College
	send(t, r.lea, c, r.path+"/files", "volcans.txt", "x").LeadsTo(t, r.path)
	send(t, r.hugo, c, r.path+"/copies", "MARTIN Hugo.txt", "20").Is(t, 403)
	send(t, r.teacher, c, r.path+"/copies", "MARTIN Léa.txt", "18", "inconnu.txt", "0").Is(t, 422).Sees(t, "li", "MARTIN Léa").Sees(t, "main", "inconnu.txt")
	copied := linkTo(t, r.teacher.Get(t, c, r.path), "MARTIN Léa.txt")
	r.lea.Get(t, c, r.path).SeesNot(t, "MARTIN Léa.txt")
	r.lea.Get(t, c, copied).Is(t, 404)
	r.teacher.Post(t, c, r.path+"/return", url.Values{}).Is(t, 409)
	r.teacher.Post(t, c, r.path+"/end", url.Values{"version": {"1"}, "now": {"true"}}).LeadsTo(t, r.path)
	r.teacher.Post(t, c, r.path+"/return", url.Values{}).LeadsTo(t, r.path)
	r.teacher.Post(t, c, r.path+"/return", url.Values{}).LeadsTo(t, r.path)
	r.lea.Get(t, c, r.path).Sees(t, "a", "MARTIN Léa.txt")
	r.lea.Get(t, c, copied).Is(t, 200)
	r.hugo.Get(t, c, copied).Is(t, 404)
	r.guardian.Get(t, c, copied).Is(t, 404)
	send(t, r.lea, c, r.path+"/files", "a.txt", "x").Is(t, 409)
}
