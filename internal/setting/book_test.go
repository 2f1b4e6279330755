package setting_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// desk is a territory with two replicas of the book.
type desk struct {
	*testkit.Territory
	here, elsewhere *setting.Book
	by              school.PersonID
}

func newDesk(t *testing.T) desk {
	t.Helper()
	w := testkit.NewTerritory(t, "localhost:8080", nil)
	return desk{Territory: w, here: book(t, w), elsewhere: book(t, w), by: school.PersonID{UUID: school.NewID()}}
}

func book(t *testing.T, w *testkit.Territory) *setting.Book {
	t.Helper()
	b := setting.NewBook(w.DB)
	if err := b.Declare(quota, motto, chat, zone, fields, off); err != nil {
		t.Fatal(err)
	}
	if err := b.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return b
}

func (d desk) set(t *testing.T, in *tenant.Tenant, changes ...setting.Change) {
	t.Helper()
	if err := d.here.Set(tenant.Enter(t.Context(), in), d.by, changes...); err != nil {
		t.Fatal(err)
	}
}

func (d desk) refused(t *testing.T, in *tenant.Tenant, kind fault.Kind, says string, changes ...setting.Change) {
	t.Helper()
	err := d.here.Set(tenant.Enter(t.Context(), in), d.by, changes...)
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != kind {
		t.Fatalf("%+v: %v", changes, err)
	}
	if says != "" && !strings.Contains(f.Words+f.Fields[changes[0].Name], says) {
		t.Errorf("%+v says %q %v, not %q", changes, f.Words, f.Fields, says)
	}
}

func number(n int) setting.Value { return setting.Value{Number: n} }

func TestInheritance(t *testing.T) {
	d := newDesk(t)
	hold := func(what string, t2 *tenant.Tenant, want int) {
		t.Helper()
		if got := d.here.Number(t2, "files.quota"); got != want {
			t.Errorf("%s: %s has %d, not %d", what, t2.Name, got, want)
		}
	}
	hold("by default", d.College, 500)
	d.set(t, d.Academy, setting.Change{Name: "files.quota", Value: number(600)})
	hold("from the academy", d.College, 600)
	d.set(t, d.Vendee, setting.Change{Name: "files.quota", Value: number(700)})
	hold("from the collectivity", d.College, 700)
	hold("of another collectivity", d.Lycee, 600)
	d.set(t, d.College, setting.Change{Name: "files.quota", Value: number(800)})
	hold("its own", d.College, 800)
	hold("of a sibling", d.Sibling, 700)

	l := d.here.Line(d.College, "files.quota")
	if !l.Own || l.From != d.College || l.Version != 1 || l.Above.Number != 700 || l.Locked != nil || l.SetBy != d.by || l.SetAt.IsZero() {
		t.Errorf("the line is %+v", l)
	}
	d.set(t, d.Vendee, setting.Change{Name: "files.quota", Value: number(650), Lock: true, Version: 1})
	hold("locked above", d.College, 650)
	l = d.here.Line(d.College, "files.quota")
	if l.Own || l.Locked != d.Vendee || l.From != d.Vendee {
		t.Errorf("under a lock the line is %+v", l)
	}
	d.refused(t, d.College, fault.Invalid, d.Vendee.Name, setting.Change{Name: "files.quota", Value: number(900), Version: 1})
	d.refused(t, d.College, fault.Invalid, d.Vendee.Name, setting.Change{Name: "files.quota", Inherit: true, Version: 1})
	d.set(t, d.Vendee, setting.Change{Name: "files.quota", Value: number(650), Version: 2})
	hold("what a school decided comes back once it is unlocked", d.College, 800)
	if err := d.here.Reset(tenant.Enter(t.Context(), d.College), d.by, "files.quota", 1); err != nil {
		t.Fatal(err)
	}
	hold("given back", d.College, 650)
	if len(d.here.Effective(d.College)) != 6 {
		t.Error("not every setting is listed")
	}
}

func TestChangesAreRefused(t *testing.T) {
	d := newDesk(t)
	d.refused(t, d.College, fault.Invalid, "nombre", setting.Change{Name: "files.quota", Value: number(1)})
	d.refused(t, d.College, fault.Invalid, "imposé", setting.Change{Name: "files.quota", Value: number(100), Lock: true})
	d.refused(t, d.Vendee, fault.Invalid, "ne se décide pas", setting.Change{Name: "files.chat", Value: setting.Value{On: true}})
	d.refused(t, d.College, fault.NotFound, "", setting.Change{Name: "files.unknown"})
	d.set(t, d.College, setting.Change{Name: "files.quota", Value: number(100)})
	d.refused(t, d.College, fault.Conflict, "autre personne", setting.Change{Name: "files.quota", Value: number(200)})
	// One refusal refuses all that was sent with it.
	d.refused(t, d.College, fault.Conflict, "", setting.Change{Name: "files.motto", Value: setting.Value{Text: "Oser"}}, setting.Change{Name: "files.quota", Value: number(200)})
	if got := d.here.Text(d.College, "files.motto"); got != "" {
		t.Errorf("half of a refused form is kept: %q", got)
	}
}

func TestEveryKindIsKept(t *testing.T) {
	d := newDesk(t)
	d.set(t, d.College, setting.Change{Name: "files.motto", Value: setting.Value{Text: "  Oser  "}}, setting.Change{Name: "files.chat", Value: setting.Value{On: true}},
		setting.Change{Name: "files.zone", Value: setting.Value{Text: "A"}}, setting.Change{Name: "files.fields", Value: setting.Value{Many: []string{"phone", "mail", "phone"}}},
		setting.Change{Name: "files.off", Value: setting.Value{Periods: []setting.Period{{"Pont", on("2027-05-07"), on("2027-05-08")}, {"Fête", on("2026-12-04"), on("2026-12-04")}}}})
	fresh := book(t, d.Territory)
	if fresh.Text(d.College, "files.motto") != "Oser" || !fresh.On(d.College, "files.chat") || fresh.Text(d.College, "files.zone") != "A" {
		t.Error("a text, a switch or a choice is lost")
	}
	if got := fresh.Many(d.College, "files.fields"); len(got) != 2 || got[0] != "mail" {
		t.Errorf("the choices are %v", got)
	}
	if got := fresh.Periods(d.College, "files.off"); len(got) != 2 || got[0].Name != "Fête" || !got[1].To.Equal(on("2027-05-08")) {
		t.Errorf("the periods are %v", got)
	}
}

func TestTheTrailIsLeftOnce(t *testing.T) {
	d := newDesk(t)
	change := setting.Change{Name: "files.quota", Value: number(100)}
	d.set(t, d.College, change)
	d.set(t, d.College, change) // says what holds already
	d.set(t, d.Sibling, setting.Change{Name: "files.quota", Inherit: true})
	var n int
	var detail string
	if err := d.As(t, "postgres").QueryRow(t.Context(), `select count(*), max(detail::text) from audit_entry where action = 'setting.set' and actor_id = $1`, d.by.UUID).Scan(&n, &detail); err != nil {
		t.Fatal(err)
	}
	if n != 1 || !strings.Contains(detail, `"after": "100"`) {
		t.Errorf("%d entries, %s", n, detail)
	}
}

// TestReplicasFollow holds that what one replica changes another knows within a second, and loses nothing else.
func TestReplicasFollow(t *testing.T) {
	d := newDesk(t)
	d.set(t, d.Sibling, setting.Change{Name: "files.quota", Value: number(123)})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { d.elsewhere.Follow(ctx); close(done) }()
	t.Cleanup(func() { stop(); <-done })
	within(t, "the replica does not know what was set before it listened", func() bool { return d.elsewhere.Number(d.Sibling, "files.quota") == 123 })
	d.set(t, d.College, setting.Change{Name: "files.quota", Value: number(321)})
	within(t, "the replica does not hear", func() bool { return d.elsewhere.Number(d.College, "files.quota") == 321 })
	if d.elsewhere.Number(d.Sibling, "files.quota") != 123 {
		t.Error("reading one space again forgot another")
	}
	d.set(t, d.College, setting.Change{Name: "files.quota", Inherit: true, Version: 1})
	within(t, "the replica keeps what was given back", func() bool { return d.elsewhere.Number(d.College, "files.quota") == 500 })
}

func within(t *testing.T, what string, true func() bool) {
	t.Helper()
	for end := time.Now().Add(3 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if true() {
			return
		}
	}
	t.Error(what)
}

func TestCopy(t *testing.T) {
	d := newDesk(t)
	names := []string{"files.quota", "files.motto"}
	d.set(t, d.College, setting.Change{Name: "files.quota", Value: number(900)}, setting.Change{Name: "files.motto", Value: setting.Value{Text: "Oser"}})
	vendee := tenant.Enter(t.Context(), d.Vendee)

	plan, err := d.here.Copy(vendee, d.by, d.College, []*tenant.Tenant{d.Sibling}, names, true)
	if err != nil || len(plan) != 2 || !plan[0].Changes || plan[0].Before.Number != 500 || plan[0].After.Number != 900 {
		t.Fatalf("the plan is %+v: %v", plan, err)
	}
	if d.here.Number(d.Sibling, "files.quota") != 500 {
		t.Fatal("a dry run wrote")
	}
	d.set(t, d.Vendee, setting.Change{Name: "files.motto", Value: setting.Value{Text: "Grandir"}, Lock: true})
	done, err := d.here.Copy(vendee, d.by, d.College, []*tenant.Tenant{d.Sibling}, names, false)
	if err != nil {
		t.Fatal(err)
	}
	if !done[0].Changes || done[1].Changes || d.here.Number(d.Sibling, "files.quota") != 900 {
		t.Errorf("the copy did %+v", done)
	}
	d.set(t, d.Region, setting.Change{Name: "files.quota", Value: number(400), Lock: true})
	far, err := d.here.Copy(tenant.Enter(t.Context(), d.Academy), d.by, d.College, []*tenant.Tenant{d.Lycee, d.Sibling}, names[:1], false)
	if err != nil || far[0].Changes || !strings.Contains(far[0].Refused, d.Region.Name) || far[0].After.Number != 400 {
		t.Errorf("under a lock the copy did %+v: %v", far, err)
	}
	for what, call := range map[string]func() error{
		"to another collectivity's": func() error {
			_, err := d.here.Copy(vendee, d.by, d.College, []*tenant.Tenant{d.Lycee}, names, false)
			return err
		},
		"from another collectivity's": func() error {
			_, err := d.here.Copy(vendee, d.by, d.Lycee, []*tenant.Tenant{d.Sibling}, names, false)
			return err
		},
		"by a school to its sibling": func() error {
			_, err := d.here.Copy(tenant.Enter(t.Context(), d.College), d.by, d.College, []*tenant.Tenant{d.Sibling}, names, false)
			return err
		},
	} {
		if err := call(); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
