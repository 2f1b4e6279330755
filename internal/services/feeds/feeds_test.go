package feeds_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/feed"
	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/services/feeds"
	"elyco/internal/session"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

type told struct {
	header feed.Header
	rows   []feed.Row
}

func (s told) Header() feed.Header { return s.header }

func (s told) Rows(_ context.Context, yield func(*feed.Row) error) error {
	for i := range s.rows {
		if err := yield(&s.rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// bring reads a feed with n pupils of the collège and a record that cannot be read.
func bring(t *testing.T, w *testkit.Territory, n int) (*feed.Engine, uuid.UUID) {
	t.Helper()
	e := feed.New(w.DB, w.Registry, func(*tenant.Tenant) feed.Limits { return feed.Defaults() })
	src := told{header: feed.Header{Source: "aaf", Kind: feed.Complete, Day: w.DB.Now(), Label: "ENT2DVA.essai.tgz"}, rows: []feed.Row{
		{Operation: feed.Put, Structure: &feed.Structure{Key: "1", UAI: w.College.UAI}}, {Operation: feed.Put, Structure: &feed.Structure{Key: "2", UAI: w.Lycee.UAI}},
		{File: "Eleve_0000.xml", Line: 12, Problem: "la date n’existe pas"}}}
	for i := range n {
		src.rows = append(src.rows, feed.Row{Operation: feed.Put, Pupil: &feed.Pupil{Home: "1",
			Person: feed.Person{Key: fmt.Sprint(100 + i), GivenName: "Élève", FamilyName: fmt.Sprintf("Numéro %02d", i)}}})
	}
	id := school.NewID()
	if err := e.Check(t.Context(), id, school.PersonID{}, src); err != nil {
		t.Fatal(err)
	}
	return e, id
}

func finish(t *testing.T, w *testkit.Territory, e *feed.Engine, id uuid.UUID) {
	t.Helper()
	err := w.DB.Write(tenant.Enter(t.Context(), w.Academy), func(ctx context.Context, tx db.Tx) error { return feed.Start(ctx, tx, id, school.PersonID{}) })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Apply(t.Context(), id, nil); err != nil {
		t.Fatal(err)
	}
}

func TestWhoReadsReports(t *testing.T) {
	h := testkit.NewHouse(t)
	_, id := bring(t, h.Territory, 3)
	rector := h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin())
	inspector := h.SignInAs(t, h.Academy, school.AcademyAgent)
	admin := h.SignInAs(t, h.College, school.Administrative, testkit.Admin())
	head := h.SignInAs(t, h.College, school.Head)
	report := "/feeds/" + id.String()
	part := func(s *tenant.Tenant) string { return fmt.Sprintf("%s/establishments/%d", report, s.ID) }
	for _, c := range []struct {
		who  string
		as   *testkit.Client
		in   *tenant.Tenant
		path string
		want int
	}{
		{"the academy's administrator", rector, h.Academy, "/feeds", 200},
		{"the academy's administrator", rector, h.Academy, report, 200},
		{"the academy's administrator", rector, h.Academy, part(h.College), 200},
		{"the academy's administrator", rector, h.Academy, part(h.Sibling), 404},
		{"the academy's administrator", rector, h.Academy, part(h.Vendee), 404},
		{"the academy's administrator", rector, h.Academy, "/feeds/functions", 200},
		{"the academy's administrator", rector, h.Academy, "/feeds/x", 404},
		{"the academy's administrator", rector, h.Academy, report + "?after=x", 422},
		{"an inspector", inspector, h.Academy, "/feeds", 403},
		{"the school's administrator", admin, h.College, "/feeds", 200},
		{"the school's administrator", admin, h.College, report, 200},
		{"the school's administrator", admin, h.College, report + "/export", 404},
		{"the school's administrator", admin, h.College, part(h.Lycee), 404},
		{"the school's administrator", admin, h.College, "/feeds/functions", 404},
		{"a head", head, h.College, "/feeds", 403},
		{"a school that the feed is not about", h.SignInAs(t, h.Sibling, school.Head, testkit.Admin()), h.Sibling, report, 404},
	} {
		if a := c.as.Get(t, c.in, c.path); a.Status != c.want {
			t.Errorf("%s: %s answers %d, not %d", c.who, c.path, a.Status, c.want)
		}
	}
	rector.Get(t, h.Academy, "/feeds").Sees(t, "#latest", "ENT2DVA.essai.tgz").Sees(t, "#archives", "Aucun dossier")
	rector.Get(t, h.Academy, report).Sees(t, "#parts", "Dolto").Sees(t, "#problems", "la date n’existe pas").Sees(t, "main", "Appliquer ce flux")
	rector.Get(t, h.Academy, report+"?q=gabriel").Sees(t, "#parts", "Saint-Gabriel").SeesNot(t, "Dolto")
	rector.Get(t, h.Academy, report+"?q=zzz").Sees(t, "main", "Aucun établissement")
	rector.Get(t, h.Academy, part(h.College)).Sees(t, "#lines", "Numéro 01 Élève")
	own := admin.Get(t, h.College, report).Sees(t, "#lines", "Numéro 01 Élève")
	own.SeesNot(t, "Appliquer ce flux").SeesNot(t, "Confirmer")
	export := string(rector.Get(t, h.Academy, report+"/export").Is(t, 200).Body)
	if !strings.Contains(export, "0859998X;Collège Françoise-Dolto;0;3;0") {
		t.Errorf("the export is %s", export)
	}
}

func TestConfirmAndApply(t *testing.T) {
	h := testkit.NewHouse(t)
	e, first := bring(t, h.Territory, 10)
	finish(t, h.Territory, e, first)
	_, id := bring(t, h.Territory, 4)
	rector := h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin())
	report := "/feeds/" + id.String()
	part := fmt.Sprintf("%s/establishments/%d", report, h.College.ID)
	rector.Get(t, h.Academy, report).Sees(t, "#feed-state", "changerait beaucoup").SeesNot(t, "Appliquer ce flux")
	rector.Get(t, h.Academy, part).Sees(t, "main", "ferait partir 6 personnes sur 10").Sees(t, "#lines", "Numéro 09 Élève")
	rector.Post(t, h.Academy, part, url.Values{"reason": {"non"}}).Is(t, 422).Sees(t, "main", "Dites en quelques mots")
	rector.Post(t, h.Academy, part, url.Values{"reason": {"Fermeture de la section"}}).Is(t, 303)
	rector.Post(t, h.Academy, part, url.Values{"reason": {"Fermeture de la section"}}).Is(t, 409)
	rector.Get(t, h.Academy, part).Sees(t, "main", "Confirmé parce que : Fermeture de la section")
	rector.Post(t, h.Academy, report+"/application", url.Values{}).Is(t, 303)
	answer := rector.Get(t, h.Academy, report).Sees(t, "#feed-state", "Application en cours")
	if answer.Header.Get("Refresh") == "" {
		t.Error("without scripts the page does not go on")
	}
	if _, err := e.Apply(t.Context(), id, nil); err != nil {
		t.Fatal(err)
	}
	rector.Get(t, h.Academy, report).Sees(t, "#feed-state", "Appliqué").SeesNot(t, "Appliquer ce flux")
	rector.Post(t, h.Academy, report+"/application", url.Values{}).Is(t, 409)
	admin := h.SignInAs(t, h.College, school.Administrative, testkit.Admin())
	admin.Get(t, h.College, report).Sees(t, "main", "Confirmé parce que : Fermeture de la section")
}

func TestFunctions(t *testing.T) {
	h := testkit.NewHouse(t)
	rector := h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin())
	send := func(code, label, profile, version string) *testkit.Answer {
		return rector.Post(t, h.Academy, "/feeds/functions", url.Values{"code": {code}, "label": {label}, "profile": {profile}, "version": {version}})
	}
	send("zrd", "Remplacement de zone", "teacher", "0").Is(t, 303)
	rector.Get(t, h.Academy, "/feeds/functions").Sees(t, "#functions", "ZRD")
	send("ZRD", "Encore", "teacher", "0").Is(t, 409)
	send("ZRD", "Zone", "pupil", "1").Is(t, 422).Sees(t, "main", "Choisissez l’un des profils")
	send("", "Zone", "teacher", "0").Is(t, 422)
	send("ZRD", "Zone", "", "1").Is(t, 303)
	send("ZRD", "Zone", "head", "1").Is(t, 409)
	rector.Get(t, h.Academy, "/feeds/functions?code=ENS").Sees(t, "#edit", "Changer la fonction ENS")
}

func TestArchives(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost:8080", nil)
	dir := t.TempDir()
	for _, name := range []string{"ENT2DVA.20261124.tgz", ".en-cours.tgz", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("\x1f\x8bcut"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	book := setting.NewBook(w.DB)
	if err := book.Declare(feed.Settings()...); err != nil {
		t.Fatal(err)
	}
	room := feeds.New(w.DB, w.Registry, book, dir)
	list, err := room.Archives()
	if err != nil || len(list) != 1 || list[0].Name != "ENT2DVA.20261124.tgz" {
		t.Fatalf("the folder holds %+v: %v", list, err)
	}
	admin := w.NewPerson(t, testkit.In(w.Academy, school.AcademyAgent, testkit.Admin()))
	ctx := session.With(tenant.Enter(t.Context(), w.Academy), w.Actor(t, w.Academy, admin))
	for _, name := range []string{"../secret.tgz", "notes.txt", "", "absent.tgz"} {
		if err := room.Read(ctx, school.NewID(), name); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: got %v", name, err)
		}
	}
	id := school.NewID()
	if err := room.Read(ctx, id, "ENT2DVA.20261124.tgz"); err != nil {
		t.Fatal(err)
	}
	worker, err := job.NewWorker(w.DB, room.Service().Jobs, 1, func(ctx context.Context, scope int64) (context.Context, bool) {
		return tenant.Enter(ctx, w.Registry.ByID(school.ScopeID(scope))), true
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := worker.Once(t.Context()); n != 1 || err != nil {
		t.Fatalf("%d jobs ran: %v", n, err)
	}
	e := feed.New(w.DB, w.Registry, feed.LimitsBy(book))
	f, err := e.Feed(tenant.Enter(t.Context(), w.Academy), id)
	if err != nil || f.State != feed.Refused || !strings.Contains(f.Problem, "ne peut pas être lu") {
		t.Errorf("an archive cut short is %+v: %v", f, err)
	}
	if list, err := feeds.New(w.DB, w.Registry, book, "").Archives(); err != nil || len(list) != 0 {
		t.Errorf("without a folder there is %+v: %v", list, err)
	}
}

// TestPeopleAreCountedAfterAFeed holds that the academy knows how many people a message reaches as soon as a feed has
// brought them, and not on the day when somebody thinks of counting.
func TestPeopleAreCountedAfterAFeed(t *testing.T) {
	h := testkit.NewHouse(t)
	pupils := func() int {
		e, err := audience.Count(tenant.Enter(t.Context(), h.Academy), h.DB, h.Academy, audience.Audience{Profiles: []school.Profile{school.Pupil}})
		if err != nil {
			t.Fatal(err)
		}
		return e.People
	}
	before := pupils()
	_, id := bring(t, h.Territory, 7)
	rector := h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin())
	rector.Post(t, h.Academy, "/feeds/"+id.String()+"/application", url.Values{}).Is(t, 303)
	for range 5 {
		if _, err := h.App.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	rector.Get(t, h.Academy, "/feeds/"+id.String()).Sees(t, "#feed-state", "Appliqué")
	if after := pupils(); after != before+7 {
		t.Errorf("a feed of 7 pupils makes %d of %d", after, before)
	}
}

// TestAFeedLeavesAccountsToActivate holds that those whom a feed brought wait for a code, and that sheets are made for them.
func TestAFeedLeavesAccountsToActivate(t *testing.T) {
	h := testkit.NewHouse(t)
	e, id := bring(t, h.Territory, 3)
	finish(t, h.Territory, e, id)
	admin := h.SignInAs(t, h.College, school.Administrative, testkit.Admin())
	admin.Get(t, h.College, "/accounts?state=pending").Sees(t, "#list", "Numéro 02")
	admin.Get(t, h.College, "/accounts?state=active").SeesNot(t, "Numéro 02")
	run := school.NewID().String()
	admin.Post(t, h.College, "/accounts/sheets", url.Values{"id": {run}, "audience": {"pupils"}}).Is(t, 303)
	for range 3 {
		if _, err := h.App.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	admin.Get(t, h.College, "/accounts/sheets/"+run).Sees(t, "main", "3 codes")
	admin.Get(t, h.College, "/accounts?state=coded").Sees(t, "#list", "Numéro 02")
}

// TestReportSaysWhatChanges applies a feed, reads another in which two pupils are described otherwise, and looks at the lines.
func TestReportSaysWhatChanges(t *testing.T) {
	h := testkit.NewHouse(t)
	e, first := bring(t, h.Territory, 3)
	finish(t, h.Territory, e, first)
	pupil := func(key, given, family string) feed.Row {
		return feed.Row{Operation: feed.Put, Pupil: &feed.Pupil{Home: "1", Person: feed.Person{Key: key, GivenName: given, FamilyName: family}}}
	}
	id := school.NewID()
	err := e.Check(t.Context(), id, school.PersonID{}, told{header: feed.Header{Source: "aaf", Kind: feed.Complete, Day: h.DB.Now().AddDate(0, 0, 1), Label: "suite"}, rows: []feed.Row{
		{Operation: feed.Put, Structure: &feed.Structure{Key: "1", UAI: h.College.UAI}},
		pupil("100", "Zoé", "Chiffre"), pupil("101", "Élève", "Nombre"), pupil("102", "Élève", "Numéro 02"), pupil("103", "Nouvelle", "Venue")}})
	if err != nil {
		t.Fatal(err)
	}
	c := h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin())
	lines := fmt.Sprintf("/feeds/%s/establishments/%d?kind=", id, h.College.ID)
	page := c.Get(t, h.Academy, lines+"changed").Is(t, 200)
	page.Sees(t, "#lines", "Chiffre Zoé, Élève Change : nom, prénom.").Sees(t, "#lines", "Nombre Élève, Élève Change : nom.").SeesNot(t, "Numéro 02")
	c.Get(t, h.Academy, lines+"created").Is(t, 200).Sees(t, "#lines", "Venue Nouvelle, Élève").SeesNot(t, "Change :")
}
