package oversight_test

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

	"elyco/internal/school"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// works has the house do its jobs until something is so.
func works(t *testing.T, h *testkit.House, what string, true func() bool) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- h.App.Work(ctx) }()
	defer func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	for end := time.Now().Add(20 * time.Second); !true(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("after twenty seconds: %s", what)
		}
	}
}

// shared is a setting that every rank decides, of those that the rooms declare.
func shared(t *testing.T, h *testkit.House) setting.Def {
	t.Helper()
	for _, d := range h.App.Settings().Defs() {
		if d.Kind == setting.Number && d.MaySet(tenant.KindEstablishment) && d.MayLock(tenant.KindCollectivity) {
			return d
		}
	}
	t.Fatal("no room declares a number that every rank decides")
	return setting.Def{}
}

func set(t *testing.T, h *testkit.House, in *tenant.Tenant, d setting.Def, n int) {
	t.Helper()
	line := h.App.Settings().Line(in, d.Name)
	err := h.App.Settings().Set(tenant.Enter(t.Context(), in), school.PersonID{UUID: school.NewID()}, setting.Change{Name: d.Name, Value: setting.Value{Number: n}, Version: line.Version})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDefaultsAreInheritedAndLocked(t *testing.T) {
	h := testkit.NewHouse(t)
	d := shared(t, h)
	admin := h.SignInAs(t, h.Vendee, school.Collectivity, testkit.Admin())
	agent := h.SignInAs(t, h.Vendee, school.Collectivity)
	agent.Get(t, h.Vendee, "/oversight/defaults").Is(t, 403)
	set(t, h, h.Sibling, d, d.Default.Number+1)
	admin.Get(t, h.Vendee, "/oversight/defaults").Is(t, 200).Sees(t, "main", "1 établissement en a décidé autrement.")
	form := url.Values{"name": {d.Name}, "number": {fmt.Sprint(d.Default.Number + 2)}, "version": {"0"}, "lock": {"1"}}
	admin.Post(t, h.Vendee, "/oversight/defaults", form).LeadsTo(t, "/oversight/defaults")
	for _, s := range []*tenant.Tenant{h.College, h.Sibling} {
		if got := h.App.Settings().Number(s, d.Name); got != d.Default.Number+2 {
			t.Errorf("%s has %d under a lock", s.Name, got)
		}
	}
	if got := h.App.Settings().Number(h.Lycee, d.Name); got != d.Default.Number {
		t.Errorf("the lycée of another collectivity has %d", got)
	}
	admin.Post(t, h.Vendee, "/oversight/defaults", form).Is(t, 303) // the same once more changes nothing
	form.Set("number", "-99999999")
	admin.Post(t, h.Vendee, "/oversight/defaults", form).Is(t, 422).Sees(t, "main", "Choisissez un nombre entre")
	admin.Post(t, h.Vendee, "/oversight/defaults", url.Values{"name": {"no.such"}, "number": {"1"}}).Is(t, 404)
}

func TestCopyIsShownThenDoneThenUndone(t *testing.T) {
	h := testkit.NewHouse(t)
	d := shared(t, h)
	set(t, h, h.College, d, d.Default.Number+3)
	admin := h.SignInAs(t, h.Vendee, school.Collectivity, testkit.Admin())
	admin.Get(t, h.Vendee, "/oversight/copies/new?q=colette").Is(t, 200).Sees(t, "form", "Collège Colette").SeesNot(t, "Saint-Gabriel")
	id := school.NewID()
	form := func(from, to *tenant.Tenant) url.Values {
		return url.Values{"id": {id.String()}, "from": {fmt.Sprint(from.ID)}, "to": {fmt.Sprint(to.ID)}, "settings": {d.Name}}
	}
	admin.Post(t, h.Vendee, "/oversight/copies", form(h.College, h.Lycee)).Is(t, 404)
	admin.Post(t, h.Vendee, "/oversight/copies", form(h.Lycee, h.College)).Is(t, 404)
	admin.Post(t, h.Vendee, "/oversight/copies", url.Values{"id": {id.String()}}).Is(t, 422).Sees(t, "main", "Choisissez au moins un réglage.")
	path := "/oversight/copies/" + id.String()
	admin.Post(t, h.Vendee, "/oversight/copies", form(h.College, h.Sibling)).LeadsTo(t, path)
	admin.Post(t, h.Vendee, "/oversight/copies", form(h.College, h.Sibling)).LeadsTo(t, path)
	admin.Get(t, h.Vendee, path).Sees(t, "table", "Collège Colette").Sees(t, "table", "à copier")
	number := func() int { return h.App.Settings().Number(h.Sibling, d.Name) }
	if number() != d.Default.Number {
		t.Fatal("the dry run changed something")
	}
	h.SignInAs(t, h.Region, school.Collectivity, testkit.Admin()).Get(t, h.Region, path).Is(t, 404)
	admin.Post(t, h.Vendee, path+"/return", nil).Is(t, 409)
	admin.Post(t, h.Vendee, path+"/application", nil).LeadsTo(t, path)
	admin.Post(t, h.Vendee, path+"/application", nil).Is(t, 409)
	works(t, h, "the copy is not done", func() bool { return strings.Contains(string(admin.Get(t, h.Vendee, path).Body), "Copie faite") })
	admin.Get(t, h.Vendee, path).SeesNot(t, "à changer")
	if number() != d.Default.Number+3 {
		t.Errorf("the copy gave %d", number())
	}
	admin.Post(t, h.Vendee, path+"/return", nil).LeadsTo(t, path)
	works(t, h, "the copy is not undone", func() bool { return strings.Contains(string(admin.Get(t, h.Vendee, path).Body), "Copie défaite") })
	if line := h.App.Settings().Line(h.Sibling, d.Name); line.Own || number() != d.Default.Number {
		t.Errorf("after the way back the collège has %d, of its own: %t", number(), line.Own)
	}
}

// TestWhatWasDecidedSinceStays holds that neither a copy nor its way back overrides somebody who decided meanwhile.
func TestWhatWasDecidedSinceStays(t *testing.T) {
	h := testkit.NewHouse(t)
	d := shared(t, h)
	set(t, h, h.College, d, d.Default.Number+3)
	admin := h.SignInAs(t, h.Vendee, school.Collectivity, testkit.Admin())
	plan := func() string {
		id := school.NewID().String()
		admin.Post(t, h.Vendee, "/oversight/copies", url.Values{"id": {id}, "from": {fmt.Sprint(h.College.ID)}, "to": {fmt.Sprint(h.Sibling.ID)}, "settings": {d.Name}}).Is(t, 303)
		return "/oversight/copies/" + id
	}
	seen := func(path, words string) func() bool {
		return func() bool { return strings.Contains(string(admin.Get(t, h.Vendee, path).Body), words) }
	}
	path := plan()
	set(t, h, h.Sibling, d, d.Default.Number+7)
	admin.Post(t, h.Vendee, path+"/application", nil).Is(t, 303)
	works(t, h, "the copy does not end", seen(path, "Copie faite"))
	if got := h.App.Settings().Number(h.Sibling, d.Name); got != d.Default.Number+7 {
		t.Errorf("the copy took %d away", got)
	}
	path = plan()
	admin.Post(t, h.Vendee, path+"/application", nil).Is(t, 303)
	works(t, h, "the second copy does not end", seen(path, "Copie faite"))
	set(t, h, h.Sibling, d, d.Default.Number+9)
	admin.Post(t, h.Vendee, path+"/return", nil).Is(t, 303)
	works(t, h, "the way back does not end", seen(path, "Copie défaite"))
	if got := h.App.Settings().Number(h.Sibling, d.Name); got != d.Default.Number+9 {
		t.Errorf("the way back took %d away", got)
	}
	admin.Get(t, h.Vendee, path).Sees(t, "table", "sa décision reste")
}

func TestEditorsOfSections(t *testing.T) {
	h := testkit.NewHouse(t)
	admin := h.SignInAs(t, h.Vendee, school.Collectivity, testkit.Admin())
	agent := h.NewPerson(t, testkit.Named("Yann", "Corre"), testkit.In(h.Vendee, school.Collectivity, testkit.Edits("transport")))
	newcomer := h.NewPerson(t, testkit.Named("Lise", "Arnaud"), testkit.In(h.College, school.Guardian))
	admin.Get(t, h.Vendee, "/oversight/editors").Is(t, 200).Sees(t, "#agents", "Yann Corre")
	h.SignIn(t, agent).Get(t, h.Vendee, "/oversight/editors").Is(t, 403)
	path := "/oversight/editors/" + agent.ID.String()
	admin.Post(t, h.Vendee, path, url.Values{"was": {"transport"}, "sections": {"works", "culture"}}).LeadsTo(t, "/oversight/editors")
	admin.Post(t, h.Vendee, path, url.Values{"was": {"transport"}, "sections": {"canteen"}}).Is(t, 409)
	admin.Post(t, h.Vendee, path, url.Values{"was": {"works", "culture"}, "sections": {"sport"}}).Is(t, 422)
	admin.Post(t, h.Vendee, "/oversight/editors/"+newcomer.ID.String(), url.Values{"sections": {"works"}}).Is(t, 404)
	region := h.SignInAs(t, h.Region, school.Collectivity, testkit.Admin())
	region.Post(t, h.Region, path, url.Values{"was": {"works", "culture"}}).Is(t, 404)
	works(t, h, "the passport is old", func() bool { return fmt.Sprint(h.Actor(t, h.Vendee, agent).Sections()) == "[works culture]" })
	admin.Post(t, h.Vendee, "/oversight/editors", url.Values{"login": {"nobody"}, "sections": {"works"}}).Is(t, 422).Sees(t, "main", "Personne n’a cet identifiant")
	admin.Post(t, h.Vendee, "/oversight/editors", url.Values{"login": {newcomer.Login}}).Is(t, 422).Sees(t, "main", "au moins une rubrique")
	invite := url.Values{"login": {strings.ToUpper(newcomer.Login)}, "sections": {"works"}, "ends_on": {"2099-12-31"}}
	admin.Post(t, h.Vendee, "/oversight/editors", invite).LeadsTo(t, "/oversight/editors")
	admin.Post(t, h.Vendee, "/oversight/editors", invite).Is(t, 409)
	works(t, h, "the newcomer has no passport", func() bool { return fmt.Sprint(h.Actor(t, h.Vendee, newcomer).Sections()) == "[works]" })
}

const header = "identifiant_de_l_etablissement;nom_etablissement;type_etablissement;statut_public_prive;nom_commune;libelle_academie;etat\n"

func upload(t *testing.T, c *testkit.Client, to *tenant.Tenant, id uuid.UUID, content string) *testkit.Answer {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	w.WriteField("id", id.String())
	part, _ := w.CreateFormFile("directory", "annuaire.csv")
	part.Write([]byte(content))
	w.Close()
	return c.Do(t, testkit.Request{Method: http.MethodPost, To: to, Path: "/oversight/imports", Body: &b, Header: http.Header{"Content-Type": {w.FormDataContentType()}}})
}

func TestNationalDirectory(t *testing.T) {
	h := testkit.NewHouse(t)
	rector := h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin())
	h.SignInAs(t, h.Academy, school.AcademyAgent).Get(t, h.Academy, "/oversight/imports").Is(t, 403)
	// The territory of tests numbers its spaces by hand; the registry counts on from there.
	_, err := h.As(t, "postgres").Exec(t.Context(), `select setval(pg_get_serial_sequence('tenant', 'id'), 100)`)
	if err != nil {
		t.Fatal(err)
	}
	line := "0850000N;Collège Né-de-l'Annuaire;Collège;Public;La Roche-sur-Yon;Nantes;OUVERT\n"
	for name, content := range map[string]string{"nothing": "", "no table": "\x00\x01\x02", "another table": "a;b\n1;2\n", "no line of ours": header + "0750001A;Lycée;Lycée;Public;Paris;Paris;OUVERT\n"} {
		if a := upload(t, rector, h.Academy, school.NewID(), content); a.Status != 422 {
			t.Errorf("%s answers %d", name, a.Status)
		}
	}
	id := school.NewID()
	path := "/oversight/imports/" + id.String()
	latin := strings.NewReplacer("è", "\xe8", "é", "\xe9").Replace(header + line + line + "0850001Z;Sans clé;Collège;Public;Luçon;Nantes;OUVERT\n")
	upload(t, rector, h.Academy, id, latin).LeadsTo(t, path)
	shown := rector.Get(t, h.Academy, path).Is(t, 200).Sees(t, "table", "Collège Né-de-l'Annuaire").Sees(t, "table", "Nouvel établissement, collège public").Sees(t, "#problems", "est déjà à la ligne 2")
	if text := string(shown.Body); strings.Index(text, "Nouvel établissement") > strings.Index(text, "ne le connaît pas") {
		t.Error("what would be applied stands below what would not")
	}
	field, ok := shown.Page(t).First("input[name=agreed]")
	if !ok {
		t.Fatal("there is nothing to agree to")
	}
	born := func() *tenant.Tenant {
		if err := h.App.Registry().Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, one := range h.App.Registry().All() {
			if one.UAI == "0850000N" {
				return one
			}
		}
		return nil
	}
	if born() != nil {
		t.Fatal("the dry run changed the registry")
	}
	rector.Post(t, h.Academy, path+"/application", url.Values{"agreed": {"x"}}).Is(t, 409)
	rector.Post(t, h.Academy, path+"/application", url.Values{"agreed": {field.Attr("value")}}).LeadsTo(t, path)
	works(t, h, "the directory is not applied", func() bool {
		return strings.Contains(string(rector.Get(t, h.Academy, path).Body), "Appliqué")
	})
	if got := born(); got == nil || got.State != tenant.Planned || got.Parent.ID != h.Vendee.ID {
		t.Errorf("the collège of the directory is %+v", got)
	}
	rector.Post(t, h.Academy, path+"/application", url.Values{"agreed": {field.Attr("value")}}).Is(t, 409)
}

// TestOnlyTheDirectoryMayBeLarge holds every other form of the console to what a form needs; what the guard does beyond a
// route's limit, the house's own tests hold.
func TestOnlyTheDirectoryMayBeLarge(t *testing.T) {
	h := testkit.NewHouse(t)
	for _, room := range h.App.Rooms() {
		for _, r := range room.Routes {
			if want := map[bool]int64{true: 64 << 20}[r.Path == "/oversight/imports" && r.Method == "POST"]; room.Name == "oversight" && r.MaxBody != want {
				t.Errorf("%s %s takes %d bytes", r.Method, r.Path, r.MaxBody)
			}
		}
	}
}
