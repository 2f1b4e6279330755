package roster_test

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

const list = `Nom;Prénom;Né le;Classe;Niveau;Nom responsable 1;Prénom responsable 1;Email responsable 1;Sport
ARDOUIN;Zélie;03/05/2014;6A;6e;ARDOUIN;Ève;eve@exemple.fr;judo
ARDOUIN;Théo;31/02/2013;6A;6e;ARDOUIN;Ève;eve@exemple.fr;
;Sans nom;01/01/2014;6A;6e;;;;
`

// send posts a file to the first page.
func send(t *testing.T, c *testkit.Client, to *tenant.Tenant, id, kind, name, content string) *testkit.Answer {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for field, value := range map[string]string{"id": id, "kind": kind} {
		if err := w.WriteField(field, value); err != nil {
			t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return c.Do(t, testkit.Request{Method: http.MethodPost, To: to, Path: "/roster", Body: &body, Header: http.Header{"Content-Type": {w.FormDataContentType()}}})
}

// form reads what the form at an action would send, with what is chosen in its lists.
func form(t *testing.T, a *testkit.Answer, action string) url.Values {
	t.Helper()
	f, ok := a.Is(t, 200).Page(t).First("form[action=" + action + "]")
	if !ok {
		t.Fatalf("the page has no form to %s", action)
	}
	return f.Values()
}

// through brings a list as far as its report.
func through(t *testing.T, c *testkit.Client, to *tenant.Tenant, kind, content string) (at string, report *testkit.Answer) {
	t.Helper()
	id := uuid.NewString()
	at = "/roster/" + id
	send(t, c, to, id, kind, "liste.csv", content).LeadsTo(t, at)
	c.Post(t, to, at+"/columns", form(t, c.Get(t, to, at), at+"/columns")).LeadsTo(t, at+"/lines")
	c.Post(t, to, at+"/check", form(t, c.Get(t, to, at+"/lines"), at+"/check")).LeadsTo(t, at+"/report")
	return at, c.Get(t, to, at+"/report").Is(t, 200)
}

// people counts who has a profile by the word of a source, and is not missing from it.
func people(t *testing.T, h *testkit.House, in *tenant.Tenant, profile school.Profile, source string) (n int) {
	t.Helper()
	err := h.DB.Read(tenant.Enter(context.Background(), in), func(ctx context.Context, tx db.Tx) error {
		return tx.QueryRowContext(ctx, `select count(*) from membership where profile = ? and source = ? and missing_since is null`, string(profile), source).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// source is what a list of an establishment is called; staff have another.
func source(name string, in *tenant.Tenant) string { return fmt.Sprintf("%s:%d", name, in.ID) }

func TestAListFromItsFileToItsPeople(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	id := uuid.NewString()
	at := "/roster/" + id
	start := head.Get(t, h.College, "/roster").Is(t, 200).Sees(t, "h1", "Importer des listes")
	if start.Page(t).Has("#waiting") || start.Page(t).Has("#latest") {
		t.Error("a school that never brought a list has some")
	}
	send(t, head, h.College, id, "pupils", "../../élèves.csv", list).LeadsTo(t, at)
	send(t, head, h.College, id, "pupils", "élèves.csv", list).LeadsTo(t, at) // sent twice
	head.Get(t, h.College, "/roster").Sees(t, "#waiting", "élèves.csv").SeesNot(t, "..")

	columns := head.Get(t, h.College, at).Is(t, 200).Sees(t, ".notice", "3 lignes et 9 colonnes").Sees(t, "option[selected]", "Nom (ARDOUIN)")
	values := form(t, columns, at+"/columns")
	twice := url.Values{"match": append([]string{"class=0"}, values["match"]...)}
	head.Post(t, h.College, at+"/columns", url.Values{"match": {"family=0", "given=77"}}).Is(t, 422).Sees(t, ".error-summary a", "Classe : Choisissez").
		Sees(t, ".error-summary a", "n’est pas dans le tableau")
	head.Post(t, h.College, at+"/columns", url.Values{"match": {"family=0", "given=1", "class=0"}}).Is(t, 422).Sees(t, ".error-summary a", "déjà prise")
	head.Get(t, h.College, at+"/lines").Is(t, 409)
	head.Post(t, h.College, at+"/columns", twice).LeadsTo(t, at+"/lines") // the later choice of a field holds

	lines := head.Get(t, h.College, at+"/lines").Is(t, 200).Sees(t, "#problems tr", "31/02/2013").Sees(t, "#problems tr", "Nom de l’élève").
		Sees(t, "#sample td", "ARDOUIN Zélie").Sees(t, "#sample td", "Ève ARDOUIN")
	head.Get(t, h.College, at+"/report").Is(t, 409)
	check := form(t, lines, at+"/check")
	head.Post(t, h.College, at+"/check", check).LeadsTo(t, at+"/report")
	head.Post(t, h.College, at+"/check", check).LeadsTo(t, at+"/report")
	if n := people(t, h, h.College, school.Pupil, source("csv", h.College)); n != 0 {
		t.Errorf("%d pupils before the import", n)
	}
	report := head.Get(t, h.College, at+"/report").Is(t, 200).Sees(t, "summary", "3 comptes à créer").Sees(t, "details", "Zélie")
	head.Post(t, h.College, at+"/apply", form(t, report, at+"/apply")).LeadsTo(t, "/roster")
	if n, g := people(t, h, h.College, school.Pupil, source("csv", h.College)), people(t, h, h.College, school.Guardian, source("csv", h.College)); n != 2 || g != 1 {
		t.Errorf("%d pupils and %d guardians were imported", n, g)
	}
	after := head.Get(t, h.College, "/roster").Sees(t, "#latest", "élèves.csv").Sees(t, "#latest", "3 comptes créés")
	if after.Page(t).Has("#waiting") {
		t.Error("the file is kept after its import")
	}
	head.Get(t, h.College, at).Is(t, 404)

	_, again := through(t, head, h.College, "pupils", list)
	again.Sees(t, ".notice", "à jour")
	if again.Page(t).Has("form button[type=submit]") {
		for _, b := range again.Page(t).All("#main form button") {
			if strings.Contains(b.Text(), "Importer") {
				t.Error("a list that changes nothing can be applied")
			}
		}
	}
}

func TestColumnsAreRemembered(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	odd := strings.Replace(list, "Classe", "Regroupement perso", 1)
	id := uuid.NewString()
	at := "/roster/" + id
	send(t, head, h.College, id, "pupils", "a.csv", odd).LeadsTo(t, at)
	values := form(t, head.Get(t, h.College, at), at+"/columns")
	head.Post(t, h.College, at+"/columns", values).Is(t, 422)
	for i, v := range values["match"] {
		if v == "class=" {
			values["match"][i] = "class=3"
		}
	}
	head.Post(t, h.College, at+"/columns", values).LeadsTo(t, at+"/lines")
	head.Post(t, h.College, at+"/check", form(t, head.Get(t, h.College, at+"/lines"), at+"/check")).LeadsTo(t, at+"/report")
	head.Post(t, h.College, at+"/apply", form(t, head.Get(t, h.College, at+"/report"), at+"/apply")).LeadsTo(t, "/roster")
	through(t, head, h.College, "pupils", odd)
}

func TestAListThatRemovesTooMuchIsHeld(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	at, report := through(t, head, h.College, "pupils", list)
	head.Post(t, h.College, at+"/apply", form(t, report, at+"/apply")).LeadsTo(t, "/roster")
	at, report = through(t, head, h.College, "pupils", strings.Join(strings.Split(list, "\n")[:2], "\n"))
	report.Sees(t, ".notice", "retire beaucoup de personnes").Sees(t, "details[open]", "Théo")
	head.Post(t, h.College, at+"/apply", url.Values{"reason": {""}}).Is(t, 422).Sees(t, ".error-summary a", "pourquoi")
	if n := people(t, h, h.College, school.Pupil, source("csv", h.College)); n != 2 {
		t.Errorf("without a reason %d pupils stay", n)
	}
	head.Post(t, h.College, at+"/apply", url.Values{"reason": {"Déménagement de la famille"}}).LeadsTo(t, "/roster")
	if n := people(t, h, h.College, school.Pupil, source("csv", h.College)); n != 1 {
		t.Errorf("with a reason %d pupils stay", n)
	}
}

func TestStaffAndPupilsAreTwoLists(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	at, report := through(t, head, h.College, "pupils", list)
	head.Post(t, h.College, at+"/apply", form(t, report, at+"/apply")).LeadsTo(t, "/roster")
	at, report = through(t, head, h.College, "staff", "Nom;Prénom;Fonction;Matière;Classes\nRIOU;Paul;Professeur;Latin;6A\nHADDAD;Samia;CPE;;\n")
	head.Post(t, h.College, at+"/apply", form(t, report, at+"/apply")).LeadsTo(t, "/roster")
	if n := people(t, h, h.College, school.Pupil, source("csv", h.College)); n != 2 {
		t.Errorf("after a list of staff %d pupils stay", n)
	}
	if n, m := people(t, h, h.College, school.Teacher, source("csvstaff", h.College)), people(t, h, h.College, school.SchoolLife, source("csvstaff", h.College)); n != 1 || m != 1 {
		t.Errorf("%d teachers and %d of school life were imported", n, m)
	}
}

func TestWhatCannotBeAList(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	for name, c := range map[string]struct{ kind, content, want string }{
		"a text":       {"pupils", "Bonjour", "ligne de titres"},
		"nothing":      {"pupils", " ", "vide"},
		"another kind": {"parents", list, "Choisissez ce que contient la liste"},
		"a document":   {"staff", "%PDF-1.7", "PDF"},
	} {
		send(t, head, h.College, uuid.NewString(), c.kind, "x", c.content).Is(t, 422).Sees(t, ".error-summary a", c.want)
		if t.Failed() {
			t.Fatal(name)
		}
	}
	head.Post(t, h.College, "/roster", url.Values{"id": {uuid.NewString()}, "kind": {"pupils"}}).Is(t, 422).Sees(t, ".error-summary a", "Choisissez le fichier")
	id := uuid.NewString()
	send(t, head, h.College, id, "staff", "eleves.csv", list).LeadsTo(t, "/roster/"+id)
	head.Get(t, h.College, "/roster/"+id).Sees(t, ".notice", "ressemble à une liste d’élèves")
	head.Post(t, h.College, "/roster/"+id+"/removal", nil).LeadsTo(t, "/roster")
	head.Post(t, h.College, "/roster/"+id+"/removal", nil).Is(t, 404)
	head.Get(t, h.College, "/roster/x").Is(t, 404)
	head.Get(t, h.College, "/roster/model?kind=x").Is(t, 404)
}

func TestModelsNeedNoMatching(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	for kind, line := range map[string]string{"pupils": "ARDOUIN;Zélie;03/05/2014;6A", "staff": "RIOU;Paul;;paul@exemple.fr;;CPE"} {
		model := string(head.Get(t, h.College, "/roster/model?kind="+kind).Is(t, 200).Body)
		_, report := through(t, head, h.College, kind, model+line+"\r\n")
		report.Sees(t, "summary", "1 compte à créer")
	}
}

func TestASchoolThatTheAcademyFeedsBringsNothing(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	pupil := h.NewPerson(t, testkit.In(h.College, school.Pupil))
	h.Exec(t, `update membership set source = 'aaf' where person_id = $1`, pupil.ID)
	if head.Get(t, h.College, "/roster").Is(t, 200).Sees(t, ".notice", "alimente déjà").Page(t).Has("input[type=file]") {
		t.Error("a file can be chosen")
	}
	send(t, head, h.College, uuid.NewString(), "pupils", "x.csv", list).Is(t, 409)
	other := h.SignInAs(t, h.Sibling, school.Head)
	other.Get(t, h.Sibling, "/roster").Sees(t, "input[type=file]", "")
}

func TestWhoBringsLists(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	id := uuid.NewString()
	send(t, head, h.College, id, "pupils", "x.csv", list).LeadsTo(t, "/roster/"+id)
	for _, p := range []school.Profile{school.Pupil, school.Guardian, school.Teacher, school.SchoolLife, school.Administrative} {
		c := h.SignInAs(t, h.College, p)
		c.Get(t, h.College, "/roster").Is(t, 403)
		c.Get(t, h.College, "/roster/"+id).Is(t, 403)
		send(t, c, h.College, uuid.NewString(), "pupils", "x.csv", list).Is(t, 403)
	}
	h.SignInAs(t, h.Sibling, school.Head).Get(t, h.Sibling, "/roster/"+id).Is(t, 404)
	h.SignInAs(t, h.College, school.Administrative, testkit.Admin()).Get(t, h.College, "/roster/"+id).Is(t, 200)
	h.Clock.Pass(time.Hour)
	head.Get(t, h.College, "/roster/"+id).Is(t, 200)
}
