package oversight_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"elyco/internal/audience"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

func sheet(t *tenant.Tenant) string { return fmt.Sprintf("/oversight/establishments/%d", t.ID) }

func TestWhoSeesTheConsole(t *testing.T) {
	h := testkit.NewHouse(t)
	admin := h.SignInAs(t, h.Vendee, school.Collectivity, testkit.Admin())
	agent := h.SignInAs(t, h.Vendee, school.Collectivity)
	region := h.SignInAs(t, h.Region, school.Collectivity, testkit.Admin())
	inspector := h.SignInAs(t, h.Academy, school.AcademyAgent)
	rector := h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin())
	for _, c := range []struct {
		who  string
		as   *testkit.Client
		in   *tenant.Tenant
		path string
		want int
	}{
		{"an administrator of a collectivity", admin, h.Vendee, "/oversight", 200},
		{"an agent", agent, h.Vendee, "/oversight/establishments", 200},
		{"an agent of another collectivity", region, h.Vendee, "/oversight", 403},
		{"a guest", h.SignInAs(t, h.Vendee, school.Guest), h.Vendee, "/oversight/map", 403},
		{"a head, in the school", h.SignInAs(t, h.College, school.Head, testkit.Admin()), h.College, "/oversight", 404},
		{"its own establishment", admin, h.Vendee, sheet(h.College), 200},
		{"the establishment of another collectivity", admin, h.Vendee, sheet(h.Lycee), 404},
		{"the collectivity itself", admin, h.Vendee, sheet(h.Vendee), 404},
		{"the academy's number", admin, h.Vendee, sheet(h.Academy), 404},
		{"no number", admin, h.Vendee, "/oversight/establishments/x", 404},
		{"a number too large", admin, h.Vendee, "/oversight/establishments/99999999999999999999", 404},
		{"all, from the academy", inspector, h.Academy, sheet(h.Lycee), 200},
		{"a decision, by an administrator of a collectivity", admin, h.Vendee, sheet(h.College) + "/decision?to=suspended", 404},
		{"a decision, by an inspector", inspector, h.Academy, sheet(h.College) + "/decision?to=suspended", 403},
		{"a decision, by the academy", rector, h.Academy, sheet(h.College) + "/decision?to=suspended", 200},
		{"the waves, in a collectivity", admin, h.Vendee, "/oversight/waves", 404},
	} {
		if a := c.as.Get(t, c.in, c.path); a.Status != c.want {
			t.Errorf("%s: %s answers %d, not %d", c.who, c.path, a.Status, c.want)
		}
	}
	table := admin.Get(t, h.Vendee, "/oversight/establishments").Is(t, 200).Sees(t, "table", "Françoise-Dolto")
	table.SeesNot(t, "Saint-Gabriel")
	if table.RoundTrips > 2 {
		t.Errorf("the table costs %d round trips", table.RoundTrips)
	}
	export := string(admin.Get(t, h.Vendee, "/oversight/export").Is(t, 200).Body)
	if !strings.Contains(export, "Collège Colette;Luçon;85") || strings.Contains(export, "Saint-Gabriel") {
		t.Errorf("the export is %s", export)
	}
	admin.Get(t, h.Vendee, "/oversight/map").Is(t, 200).SeesNot(t, "Saint-Gabriel")
	inspector.Get(t, h.Academy, "/oversight/map?department=85").Is(t, 200).Sees(t, ".mark title", "Luçon")
	inspector.Get(t, h.Academy, "/oversight/establishments?q=dolto").Sees(t, "table", "Dolto").SeesNot(t, "Colette")
	inspector.Get(t, h.Academy, "/oversight/establishments?q=%3Cscript%3E").Is(t, 200).Sees(t, "main", "Aucun établissement ne correspond")
	inspector.Get(t, h.Academy, "/oversight/establishments?page=x").Is(t, 422)
}

func TestSheetShowsPeopleAndFigures(t *testing.T) {
	h := testkit.NewHouse(t)
	h.NewPerson(t, testkit.Named("Maëlle", "Grimaud"), testkit.In(h.College, school.Head, testkit.Admin()))
	h.NewPerson(t, testkit.Named("Ancien", "Chef"), testkit.In(h.College, school.Head, testkit.Ended()))
	h.NewPerson(t, testkit.Named("Zoé", "Élève"), testkit.In(h.College, school.Pupil))
	if err := audience.Recount(t.Context(), h.DB, h.Vendee.ID); err != nil {
		t.Fatal(err)
	}
	admin := h.SignInAs(t, h.Vendee, school.Collectivity, testkit.Admin())
	admin.Get(t, h.Vendee, sheet(h.College)).Sees(t, "main", "Maëlle Grimaud").Sees(t, ".facts", "2").SeesNot(t, "Ancien Chef").SeesNot(t, "Zoé Élève")
	// The other collège has nobody: it asks for attention, and the filter finds it.
	admin.Get(t, h.Vendee, "/oversight").Sees(t, "#attention", "Collège Colette")
	admin.Get(t, h.Vendee, "/oversight/establishments?lacking=administrator").Sees(t, "table", "Colette").SeesNot(t, "Dolto")
	admin.Post(t, h.Vendee, "/oversight/count", nil).LeadsTo(t, "/oversight")
}

func decision(to, from string, more ...string) url.Values {
	v := url.Values{"from": {from}, "to": {to}, "reason": {"Incendie du serveur"}, "sure": {"1"}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

// TestSuspendingAndBack holds that a suspension stops everybody at once, says why, and can be undone.
func TestSuspendingAndBack(t *testing.T) {
	h := testkit.NewHouse(t)
	rector := h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin())
	parent := h.SignInAs(t, h.College, school.Guardian)
	admin := h.SignInAs(t, h.Vendee, school.Collectivity, testkit.Admin())
	parent.Get(t, h.College, "/news").Is(t, 200)
	path := sheet(h.College) + "/decision"
	rector.Post(t, h.Academy, path, decision("suspended", "open", "sure", "")).Is(t, 422).Sees(t, "form", "Cochez cette case")
	rector.Post(t, h.Academy, path, decision("suspended", "open", "reason", "")).Is(t, 422).Sees(t, "form", "Dites pourquoi")
	rector.Post(t, h.Academy, path, decision("planned", "open")).Is(t, 422)
	admin.Post(t, h.Vendee, path, decision("suspended", "open")).Is(t, 404)
	parent.Get(t, h.College, "/news").Is(t, 200)
	rector.Post(t, h.Academy, path, decision("suspended", "open", "note", "De retour lundi.")).LeadsTo(t, sheet(h.College))
	parent.Get(t, h.College, "/news").Is(t, 303)
	parent.Get(t, h.College, "/").Sees(t, "main", "De retour lundi.")
	rector.Post(t, h.Academy, path, decision("closed", "open")).Is(t, 409)
	admin.Get(t, h.Vendee, sheet(h.College)).Sees(t, "main", "Incendie du serveur").Sees(t, "main", rector.Person.Name())
	rector.Post(t, h.Academy, sheet(h.College)+"/return", url.Values{"reason": {""}}).Is(t, 422)
	rector.Post(t, h.Academy, sheet(h.College)+"/return", url.Values{"reason": {"Réparé"}}).LeadsTo(t, sheet(h.College))
	parent.Get(t, h.College, "/news").Is(t, 200)
	rector.Post(t, h.Academy, sheet(h.College)+"/return", url.Values{"reason": {"Encore"}}).Is(t, 409)
}

// TestOpening brings an establishment from the plan to its people, step by step.
func TestOpening(t *testing.T) {
	h := testkit.NewHouse(t)
	rector := h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin())
	head := h.SignInAs(t, h.Sibling, school.Head)
	if err := tenant.SetState(t.Context(), h.DB, h.Sibling.ID, tenant.Planned, ""); err != nil {
		t.Fatal(err)
	}
	if err := h.App.Registry().Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	path := sheet(h.Sibling) + "/decision"
	head.Get(t, h.Sibling, "/news").Is(t, 303)
	rector.Post(t, h.Academy, path, decision("opening", "planned")).LeadsTo(t, sheet(h.Sibling))
	head.Get(t, h.Sibling, "/news").Is(t, 200)
	rector.Post(t, h.Academy, path, decision("open", "planned")).Is(t, 409)
	rector.Post(t, h.Academy, path, decision("open", "opening")).LeadsTo(t, sheet(h.Sibling))
	rector.Get(t, h.Academy, sheet(h.Sibling)).Sees(t, ".badge", "ouvert")
	head.Get(t, h.Sibling, "/news").Is(t, 200)
	h.Visitor().Get(t, h.Sibling, "/").Is(t, 200)
}

func TestMergingAndMoving(t *testing.T) {
	h := testkit.NewHouse(t)
	rector := h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin())
	path := sheet(h.Sibling) + "/decision"
	rector.Get(t, h.Academy, path+"?to=merged").Sees(t, "select", "Collège Françoise-Dolto")
	rector.Post(t, h.Academy, path, decision("merged", "open")).Is(t, 422)
	rector.Post(t, h.Academy, path, decision("merged", "open", "into", "2")).Is(t, 422)
	rector.Post(t, h.Academy, path, decision("merged", "open", "into", fmt.Sprint(h.College.ID))).LeadsTo(t, sheet(h.Sibling))
	rector.Get(t, h.Academy, sheet(h.Sibling)).Sees(t, "main", "Fusionné dans : Collège Françoise-Dolto")
	wave := sheet(h.Lycee) + "/wave"
	rector.Post(t, h.Academy, wave, url.Values{"from": {""}, "wave": {"2026"}, "wave_reason": {"x"}}).Is(t, 422)
	rector.Post(t, h.Academy, wave, url.Values{"from": {""}, "wave": {"2026-2027"}, "wave_reason": {""}}).Is(t, 422).Sees(t, "main", "Dites pourquoi")
	rector.Post(t, h.Academy, wave, url.Values{"from": {""}, "wave": {"2026-2027"}, "wave_reason": {"Chantier"}}).LeadsTo(t, sheet(h.Lycee))
	rector.Get(t, h.Academy, "/oversight/waves").Sees(t, "table", "2026-2027")
	if got := h.App.Registry().ByID(h.Lycee.ID).Wave; got != "2026-2027" {
		t.Errorf("the wave is %q", got)
	}
}

// TestOtherReplicasHear holds that a decision taken on one replica stops people on another.
func TestOtherReplicasHear(t *testing.T) {
	h := testkit.NewHouse(t)
	other := tenant.NewRegistry(h.DB, "localhost", "http")
	if err := other.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	go other.Follow(t.Context())
	time.Sleep(200 * time.Millisecond) // the listener is connected by now, or reads anew once it is
	rector := h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin())
	rector.Post(t, h.Academy, sheet(h.College)+"/decision", decision("suspended", "open")).LeadsTo(t, sheet(h.College))
	if h.App.Registry().ByID(h.College.ID).LetsIn() {
		t.Error("the replica that decided still lets people in")
	}
	for end := time.Now().Add(5 * time.Second); other.ByID(h.College.ID).LetsIn(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the other replica did not hear")
		}
	}
}
