package mydata_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/words"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

// family is a guardian of two pupils in one school, with another family beside it.
type family struct {
	*testkit.House
	mother, zoe, tom, other, teacher testkit.Person
	class                            school.ClassID
}

func newFamily(t *testing.T) family {
	t.Helper()
	h := testkit.NewHouse(t)
	b := h.NewClass(t, h.College, "4e B", "4e")
	f := family{House: h, class: b}
	f.zoe = h.NewPerson(t, testkit.Named("Zoé", "Lefèvre"), testkit.In(h.College, school.Pupil, testkit.OfClass(b)))
	f.tom = h.NewPerson(t, testkit.Named("Tom", "Lefèvre"), testkit.In(h.Sibling, school.Pupil))
	f.other = h.NewPerson(t, testkit.Named("Anatole", "Quimper"), testkit.In(h.College, school.Pupil, testkit.OfClass(b)))
	f.mother = h.NewPerson(t, testkit.Named("Jeanne", "Lefèvre"), testkit.In(h.College, school.Guardian, testkit.Of(f.zoe)), testkit.In(h.Sibling, school.Guardian, testkit.Of(f.tom)))
	f.teacher = h.NewPerson(t, testkit.Named("Nadia", "Étienne"), testkit.In(h.College, school.Teacher, testkit.OfClass(b)))
	return f
}

func TestWhoSeesWhoseData(t *testing.T) {
	f := newFamily(t)
	zoe, mother := f.SignIn(t, f.zoe), f.SignIn(t, f.mother)
	zoe.Get(t, f.College, "/mydata").Is(t, 200).Sees(t, "h1", "Mes données").Sees(t, "h2", f.College.Name).Sees(t, "dd", "4e B").
		Sees(t, "li", "1 rattachement").Sees(t, "h2", "Votre identité").SeesNot(t, "Quimper")
	own := mother.Get(t, f.College, "/mydata").Is(t, 200).Sees(t, "a", "Zoé").Sees(t, "a", "Tom")
	own.Sees(t, "h2", f.College.Name).Sees(t, "h2", f.Sibling.Name)
	mother.Get(t, f.College, "/mydata?child="+f.zoe.ID.String()).Is(t, 200).Sees(t, "p", "garde sur Zoé").Sees(t, "dd", "4e B").SeesNot(t, f.Sibling.Name+" ·")
	// A child of the other school is found from here as well, and nobody else's child is.
	mother.Get(t, f.College, "/mydata?child="+f.tom.ID.String()).Is(t, 200).Sees(t, "h2", f.Sibling.Name)
	for _, path := range []string{"/mydata", "/mydata/journal", "/mydata/exports", "/mydata/corrections", "/mydata/held/directory"} {
		for _, who := range []string{f.other.ID.String(), f.teacher.ID.String(), "x", f.mother.ID.String()} {
			mother.Get(t, f.College, path+"?space=10&child="+who).Is(t, 404)
		}
		f.SignIn(t, f.teacher).Get(t, f.College, path+"?child="+f.zoe.ID.String()).Is(t, 404)
	}
	zoe.Get(t, f.College, "/mydata/held/directory?space="+number(f.College)).Is(t, 200).Sees(t, "th", "Élève").SeesNot(t, "Quimper")
	for _, path := range []string{"/mydata/held/directory?space=" + number(f.Sibling), "/mydata/held/nothing?space=" + number(f.College), "/mydata/held/directory?space=x"} {
		zoe.Get(t, f.College, path).Is(t, 404)
	}
}

func TestOfAge(t *testing.T) {
	f := newFamily(t)
	born := func(years int) {
		f.exec(t, `update person set birth_date = $2 where id = $1`, f.zoe.ID.UUID, f.Clock.Now().AddDate(-years, 0, -1))
	}
	mother := f.SignIn(t, f.mother)
	born(17)
	mother.Get(t, f.College, "/mydata?child="+f.zoe.ID.String()).Is(t, 200)
	born(18)
	mother.Get(t, f.College, "/mydata?child="+f.zoe.ID.String()).Is(t, 403).Sees(t, "p", "Zoé est majeur")
	mother.Post(t, f.College, "/mydata/exports", url.Values{"id": {school.NewID().String()}, "child": {f.zoe.ID.String()}}).Is(t, 403)
}

func (f family) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	if _, err := f.As(t, "postgres").Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

func number(s *tenant.Tenant) string { return fmt.Sprint(int64(s.ID)) }

// work does what waits for a worker.
func (f family) work(t *testing.T) {
	t.Helper()
	catalog := words.NewCatalog("fr")
	var handlers []job.Handler
	for _, s := range f.App.Rooms() {
		handlers = append(handlers, s.Jobs...)
		if err := catalog.Add(s.Name, s.Words); err != nil {
			t.Fatal(err)
		}
	}
	w, err := job.NewWorker(f.DB, handlers, 1, func(ctx context.Context, scope int64) (context.Context, bool) {
		in := f.Registry.ByID(school.ScopeID(scope))
		return words.With(tenant.Enter(ctx, in), catalog), in != nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for {
		if n, err := w.Once(t.Context()); err != nil || n == 0 {
			if err != nil {
				t.Fatal(err)
			}
			return
		}
	}
}

// archive asks for an archive and takes it away.
func (f family) archive(t *testing.T, c *testkit.Client, in *tenant.Tenant, child string) map[string]string {
	t.Helper()
	id := school.NewID().String()
	form := url.Values{"id": {id}, "child": {child}}
	c.Post(t, in, "/mydata/exports", form).Is(t, 303)
	c.Post(t, in, "/mydata/exports", form).Is(t, 303) // the same wish
	c.Get(t, in, "/mydata/exports").Is(t, 200).Sees(t, "h2", "Votre archive se prépare")
	c.Post(t, in, "/mydata/exports", url.Values{"id": {school.NewID().String()}}).Is(t, 409)
	c.Get(t, in, "/mydata/exports/"+id+"/file").Is(t, 404)
	f.work(t)
	body := c.Get(t, in, "/mydata/exports/"+id+"/file").Is(t, 200).Body
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, one := range z.File {
		if one.Modified.Year() < 2020 {
			t.Errorf("%s is dated %s", one.Name, one.Modified)
		}
		r, err := one.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[one.Name] = string(text)
	}
	return files
}

// TestArchives gives two pupils of one class much the same data: the archive of the one names nothing of the other's.
func TestArchives(t *testing.T) {
	f := newFamily(t)
	zoe, other := f.SignIn(t, f.zoe), f.SignIn(t, f.other)
	for _, p := range []testkit.Person{f.zoe, f.other} {
		ask(t, f.SignIn(t, p), f.College, "class", "Je suis en 4e C : "+p.Name())
	}
	f.SignIn(t, f.teacher).Get(t, f.College, "/people/"+f.zoe.ID.String()).Is(t, 200)
	f.exec(t, `update person set email = 'zoe@exemple.test' where id = $1`, f.zoe.ID.UUID)
	files := f.archive(t, zoe, f.College, "")
	f.exec(t, `do $$ begin assert (select count(*) from letter_delivery where person_id = '`+f.zoe.ID.String()+`') = 1, 'no letter says that the archive is ready'; end $$`)
	for name, text := range files {
		for _, bad := range []string{"Anatole", "Quimper", f.other.ID.String()} {
			if strings.Contains(name+text, bad) {
				t.Errorf("%s tells of %s", name, bad)
			}
		}
	}
	index := files["index.html"]
	for _, want := range []string{"Mes données personnelles", f.College.Name, "donnees/" + f.College.Slug, "Annuaire et rattachements"} {
		if !strings.Contains(index, want) {
			t.Errorf("the list lacks %q", want)
		}
	}
	if strings.Contains(index, "http") {
		t.Error("the list leads out of the archive")
	}
	base := "donnees/" + f.College.Slug + "-" + number(f.College) + "/"
	for file, want := range map[string]string{
		base + "directory-memberships.csv": "Zoé;Lefèvre", base + "directory.json": `"given_name": "Zoé"`,
		base + "mydata-corrections.csv": "Je suis en 4e C", base + "mydata-looks.csv": "Nadia Étienne",
	} {
		if !strings.Contains(files[file], want) {
			t.Errorf("%s does not hold %q: %q", file, want, files[file])
		}
	}
	day := regexp.MustCompile(`;\d{4}-\d{2}-\d{2};4e B`)
	if table := files[base+"directory-memberships.csv"]; !day.MatchString(table) {
		t.Errorf("since when somebody is there is no day: %q", table)
	}
	// Nobody else takes it away, and nobody after a week.
	list := zoe.Get(t, f.College, "/mydata/exports").Is(t, 200).Sees(t, "span", "Prête")
	link, _ := list.Page(t).First(`a[href$="/file"]`)
	other.Get(t, f.College, link.Attr("href")).Is(t, 404)
	f.SignIn(t, f.mother).Get(t, f.College, link.Attr("href")).Is(t, 404)
	f.Clock.Pass(8 * 24 * time.Hour)
	f.SignIn(t, f.zoe).Get(t, f.College, link.Attr("href")).Is(t, 404)
}

func TestArchiveOfAChild(t *testing.T) {
	f := newFamily(t)
	files := f.archive(t, f.SignIn(t, f.mother), f.College, f.zoe.ID.String())
	for name, text := range files {
		for _, bad := range []string{"Anatole", "Quimper", "Jeanne", "Tom"} {
			if strings.Contains(name+text, bad) {
				t.Errorf("%s tells of %s", name, bad)
			}
		}
	}
	if base := "donnees/" + f.Sibling.Slug; strings.Contains(files["index.html"], base) {
		t.Error("the archive holds another school's data")
	}
	if !strings.Contains(files["index.html"], f.College.Name) {
		t.Error("the archive lacks the child's school")
	}
}

func ask(t *testing.T, c *testkit.Client, in *tenant.Tenant, field, text string) {
	t.Helper()
	page := c.Get(t, in, "/mydata/corrections/new?space="+number(in)+"&field="+field).Is(t, 200).Page(t)
	form, _ := page.First(`form#ask`)
	values := form.Values()
	values.Set("asked", text)
	c.Post(t, in, "/mydata/corrections", values).Is(t, 303)
	c.Post(t, in, "/mydata/corrections", values).Is(t, 303) // sent twice, asked once
}

func TestCorrections(t *testing.T) {
	f := newFamily(t)
	mother := f.SignIn(t, f.mother)
	secretary := f.SignInAs(t, f.College, school.Administrative)
	page := mother.Get(t, f.College, "/mydata/corrections/new?field=class&space="+number(f.College)+"&child="+f.zoe.ID.String()).Is(t, 200).Sees(t, "dd", "4e B")
	form, _ := page.Page(t).First("form#ask")
	values := form.Values()
	mother.Post(t, f.College, "/mydata/corrections", values).Is(t, 422).Sees(t, "a", "Écrivez ce qui n’est pas juste")
	values.Set("asked", strings.Repeat("é", 2001))
	mother.Post(t, f.College, "/mydata/corrections", values).Is(t, 422)
	values.Set("asked", "Zoé est en 4e A")
	values.Set("field", "salary")
	mother.Post(t, f.College, "/mydata/corrections", values).Is(t, 404)
	values.Set("field", "class")
	mother.Post(t, f.College, "/mydata/corrections", values).Is(t, 303)
	mother.Get(t, f.College, "/mydata/corrections?child="+f.zoe.ID.String()).Is(t, 200).Sees(t, "span", "En attente").Sees(t, "dd", "Zoé est en 4e A")
	// Other desks, other people.
	f.SignInAs(t, f.Sibling, school.Head).Get(t, f.Sibling, "/mydata/requests").Is(t, 200).SeesNot(t, "4e A")
	for _, p := range []school.Profile{school.Teacher, school.Pupil, school.Guardian, school.SchoolLife} {
		f.SignInAs(t, f.College, p).Get(t, f.College, "/mydata/requests").Is(t, 403)
	}
	f.SignIn(t, f.teacher).Get(t, f.College, "/mydata/corrections").Is(t, 200).SeesNot(t, "4e A")

	desk := secretary.Get(t, f.College, "/mydata/requests").Is(t, 200).Sees(t, "h2", "Classes de Zoé").Sees(t, "dd", "4e B").Sees(t, "dd", "Jeanne Lefèvre")
	answer, _ := desk.Page(t).First(`form[action^="/mydata/requests/"]`)
	reply := answer.Values()
	secretary.Post(t, f.College, answer.Attr("action"), reply).Is(t, 422).Sees(t, "a", "Choisissez une réponse")
	reply.Set("state", "refused")
	secretary.Post(t, f.College, answer.Attr("action"), reply).Is(t, 422).Sees(t, "a", "Dites pourquoi")
	reply.Set("reason", "Le conseil de classe l’a décidé")
	f.SignInAs(t, f.Sibling, school.Head).Post(t, f.Sibling, answer.Attr("action"), reply).Is(t, 409)
	secretary.Post(t, f.College, answer.Attr("action"), reply).Is(t, 303)
	secretary.Post(t, f.College, answer.Attr("action"), reply).Is(t, 409)
	mother.Get(t, f.College, "/mydata/corrections?child="+f.zoe.ID.String()).Is(t, 200).Sees(t, "span", "Refusée").Sees(t, "dd", "Le conseil de classe")
}

// TestFed says of what a feed brought that it is corrected at its source, to both sides.
func TestFed(t *testing.T) {
	f := newFamily(t)
	zoe, head := f.SignIn(t, f.zoe), f.SignInAs(t, f.College, school.Head)
	path := "/mydata/corrections/new?field=class&space=" + number(f.College)
	zoe.Get(t, f.College, path).Is(t, 200).SeesNot(t, "à la source")
	ask(t, zoe, f.College, "class", "à la main")
	head.Get(t, f.College, "/mydata/requests").Is(t, 200).SeesNot(t, "ramènerait l’erreur")
	f.exec(t, `update membership set source = 'aaf' where person_id = $1`, f.zoe.ID.UUID)
	zoe.Get(t, f.College, path).Is(t, 200).Sees(t, "p", "la corrige à la source")
	ask(t, zoe, f.College, "class", "venu de la base")
	head.Get(t, f.College, "/mydata/requests").Is(t, 200).Sees(t, "p", "ramènerait l’erreur")
}

func TestJournal(t *testing.T) {
	f := newFamily(t)
	zoe, mother := f.SignIn(t, f.zoe), f.SignIn(t, f.mother)
	sheet := "/people/" + f.zoe.ID.String()
	nadia := f.SignIn(t, f.teacher)
	for range 3 {
		nadia.Get(t, f.College, sheet).Is(t, 200)
	}
	// Families and pupils leave no trace, nor does a refusal.
	zoe.Get(t, f.College, "/people/"+f.teacher.ID.String()).Is(t, 200)
	f.SignInAs(t, f.Sibling, school.Teacher).Get(t, f.Sibling, sheet).Is(t, 404)
	for _, c := range []struct {
		as    *testkit.Client
		query string
	}{{zoe, ""}, {mother, "?child=" + f.zoe.ID.String()}} {
		a := c.as.Get(t, f.College, "/mydata/journal"+c.query).Is(t, 200).Sees(t, "td", "Nadia Étienne").Sees(t, "td", "Enseignant").Sees(t, "td", "la fiche dans l’annuaire")
		if n := len(a.Page(t).All("tbody tr")); n != 1 {
			t.Errorf("%d looks, not one", n)
		}
	}
	nadia.Get(t, f.College, "/mydata/journal").Is(t, 200).Sees(t, "h2", "Aucune consultation")
	zoe.Get(t, f.College, "/mydata/journal?month=2020-01").Is(t, 200).SeesNot(t, "Nadia")
	csv := string(zoe.Get(t, f.College, "/mydata/journal/export").Is(t, 200).Body)
	if !strings.Contains(csv, "Nadia Étienne;Enseignant;") {
		t.Errorf("the table: %q", csv)
	}
	for _, bad := range []string{"month=%00", "month=9999-99", "month=0000-00", "month=x"} {
		if a := zoe.Get(t, f.College, "/mydata/journal?"+bad); a.Status != 200 {
			t.Errorf("%s: %d", bad, a.Status)
		}
	}
	if n := len(f.SignIn(t, f.other).Get(t, f.College, "/mydata/journal").Is(t, 200).Page(t).All("tbody tr")); n != 0 {
		t.Errorf("%d looks at somebody who was not looked at", n)
	}
	head := f.SignInAs(t, f.College, school.Head)
	head.Get(t, f.College, "/classes/"+f.class.String()+"/export").Is(t, 200)
	for _, p := range []testkit.Person{f.zoe, f.other} {
		f.SignIn(t, p).Get(t, f.College, "/mydata/journal").Is(t, 200).Sees(t, "td", "téléchargée : 4e B").Sees(t, "td", "Direction")
	}
	before := f.Clock.Now()
	f.Clock.Pass(2 * time.Hour)
	nadia.Get(t, f.College, sheet).Is(t, 200)
	// The two hours may lie in two months.
	looks := map[string]int{}
	for _, at := range []time.Time{before, f.Clock.Now()} {
		month := at.In(words.Zone()).Format("2006-01")
		looks[month] = len(f.SignIn(t, f.zoe).Get(t, f.College, "/mydata/journal?month="+month).Is(t, 200).Page(t).All("tbody tr"))
	}
	total := 0
	for _, n := range looks {
		total += n
	}
	if total != 3 {
		t.Errorf("%d looks after two hours, not three", total)
	}
}

func TestGoverning(t *testing.T) {
	f := newFamily(t)
	head := f.SignInAs(t, f.College, school.Head)
	head.Get(t, f.College, "/mydata/register").Is(t, 200).Sees(t, "h2", "Annuaire et rattachements").Sees(t, "dd", "Le chef d’établissement").Sees(t, "dd", "Élève")
	if body := string(head.Get(t, f.College, "/mydata/register/table").Is(t, 200).Body); strings.Count(body, "\n") < 8 || !strings.Contains(body, "Annuaire et rattachements;") {
		t.Errorf("the table: %q", body)
	}
	if body := head.Get(t, f.College, "/mydata/register/document").Is(t, 200).Body; !bytes.HasPrefix(body, []byte("%PDF")) {
		t.Error("the document is no PDF")
	}
	head.Get(t, f.College, "/mydata/retention").Is(t, 200).Sees(t, "th", "Annuaire et rattachements")
	for _, p := range []school.Profile{school.Teacher, school.Pupil, school.Guardian, school.Administrative} {
		for _, path := range []string{"/mydata/register", "/mydata/register/table", "/mydata/register/document", "/mydata/retention"} {
			f.SignInAs(t, f.College, p).Get(t, f.College, path).Is(t, 403)
		}
	}
}

// TestCorrectionsAreTold follows who hears of a request and of its answer, and who does not.
func TestCorrectionsAreTold(t *testing.T) {
	f := newFamily(t)
	secretary, head := f.SignInAs(t, f.College, school.Administrative), f.SignInAs(t, f.College, school.Head)
	admin := f.SignInAs(t, f.College, school.Teacher, testkit.Admin())
	others := []*testkit.Client{f.SignIn(t, f.teacher), f.SignIn(t, f.mother), f.SignInAs(t, f.College, school.SchoolLife), f.SignInAs(t, f.Sibling, school.Head)}
	told := func(c *testkit.Client, kind string) int {
		return f.Count(t, `select count(*) from notice n join notice_person p on p.tenant_id = n.tenant_id and p.notice_id = n.id where n.kind = $1 and p.person_id = $2`, kind, c.Person.ID.UUID)
	}
	zoe := f.SignIn(t, f.zoe)
	ask(t, zoe, f.College, "class", "Je suis en 4e C")
	ask(t, head, f.College, "given_name", "Deux prénoms")
	for who, c := range map[string]*testkit.Client{"the office": secretary, "an administrator": admin} {
		if n := told(c, "mydata.asked"); n != 2 {
			t.Errorf("%s was told %d times", who, n)
		}
	}
	if n := told(head, "mydata.asked"); n != 1 {
		t.Errorf("the head was told %d times, of the own request too", n)
	}
	for i, c := range others {
		if n := told(c, "mydata.asked"); n != 0 {
			t.Errorf("somebody who does not answer was told: %d", i)
		}
	}
	if n := f.Count(t, `select count(*) from notice where kind like 'mydata.%' and (title || body) like '%4e C%'`); n != 0 {
		t.Error("the notice says what was asked")
	}
	desk := secretary.Get(t, f.College, "/mydata/requests").Is(t, 200)
	answer, _ := desk.Page(t).First(`form[action^="/mydata/requests/"]`)
	reply := answer.Values()
	reply.Set("state", "accepted")
	secretary.Post(t, f.College, answer.Attr("action"), reply).Is(t, 303)
	if n := told(zoe, "mydata.answered") + told(head, "mydata.answered"); n != 1 {
		t.Errorf("%d were told of one answer", n)
	}
}
