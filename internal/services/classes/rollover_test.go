package classes_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// work runs what the room has enqueued.
func work(t *testing.T, h *testkit.House) {
	t.Helper()
	var handlers []job.Handler
	for _, room := range h.App.Rooms() {
		if room.Name == "classes" {
			handlers = room.Jobs
		}
	}
	worker, err := job.NewWorker(h.DB, handlers, 1, func(ctx context.Context, scope int64) (context.Context, bool) {
		return tenant.Enter(ctx, h.Registry.ByID(school.ScopeID(scope))), true
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := worker.Once(t.Context()); err != nil || n == 0 {
		t.Fatalf("%d jobs ran: %v", n, err)
	}
}

func TestTheTurnOfTheYear(t *testing.T) {
	h := testkit.NewHouse(t)
	at := h.NewSchool(t)
	year := school.NewID()
	first := h.DB.Now().AddDate(0, 0, -60).Truncate(24 * time.Hour)
	h.Exec(t, `delete from school_year where tenant_id = $1`, at.ID)
	h.Exec(t, `insert into school_year (tenant_id, id, label, starts_on, ends_on) values ($1, $2, '2026-2027', $3, $4)`, at.ID, year, first, first.AddDate(0, 10, 0))
	sixth, third := h.NewClass(t, at, "6e A", "6e"), h.NewClass(t, at, "3e A", "3e")
	h.NewClass(t, at, "5e A", "5e")
	h.NewClass(t, at, "4e A", "4e")
	h.NewGroup(t, at, "3ESP")
	in := func(given string, p school.Profile, ties ...testkit.Tie) testkit.Person {
		return h.NewPerson(t, testkit.Named(given, "Départ"), testkit.In(at, p, ties...))
	}
	elder, younger := in("Aînée", school.Pupil, testkit.OfClass(third)), in("Cadette", school.Pupil, testkit.OfClass(sixth))
	alone := in("Seul", school.Pupil, testkit.OfClass(third))
	stays, goes := in("Reste", school.Guardian, testkit.Of(elder, younger)), in("Part", school.Guardian, testkit.Of(alone))
	teacher := h.SignInAs(t, at, school.Teacher, testkit.OfClass(third))
	admin := h.SignInAs(t, at, school.Administrative)

	teacher.Get(t, at, "/classes/years").Is(t, 403)
	page := admin.Get(t, at, "/classes/years").Is(t, 200)
	table := ""
	for _, row := range page.Page(t).All("tbody tr") {
		table += row.Text() + "\n"
	}
	for name, leaves := range map[string]bool{"Aînée": true, "Seul": true, "Part": true, "Cadette": false, "Reste": false} {
		if strings.Contains(table, "Départ "+name) != leaves {
			t.Errorf("the list of who leaves has %s: %t\n%s", name, !leaves, table)
		}
	}
	if csv := string(admin.Get(t, at, "/classes/years/leavers?asked=1&leave=6e").Is(t, 200).Body); !strings.Contains(csv, "Départ;Cadette;Élève;6e A;") || strings.Contains(csv, "Aînée") {
		t.Errorf("when the sixth form leaves, the list is %q", csv)
	}

	f, _ := page.Page(t).First("#prepare-form")
	form := f.Values()
	admin.Post(t, at, "/classes/years", form).Is(t, 422).Sees(t, ".error-summary", "cochez la case")
	form.Set("agreed", "1")
	bad := url.Values{}
	for k, v := range form {
		bad[k] = v
	}
	bad.Set("starts_on", first.Format(time.DateOnly))
	admin.Post(t, at, "/classes/years", bad).Is(t, 422).Sees(t, ".error-summary", "commence après la fin")
	admin.Post(t, at, "/classes/years", form).LeadsTo(t, "/classes/years")
	admin.Post(t, at, "/classes/years", form).LeadsTo(t, "/classes/years") // sent twice
	admin.Get(t, at, "/classes/years").Sees(t, "#turn", "")
	work(t, h)

	ends := func(p testkit.Person) (n int) {
		t.Helper()
		if err := h.As(t, "postgres").QueryRow(t.Context(), `select count(*) from membership where tenant_id = $1 and person_id = $2 and ends_on is not null`, at.ID, p.ID.UUID).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for who, want := range map[*testkit.Person]int{&elder: 1, &alone: 1, &goes: 1, &younger: 0, &stays: 0} {
		if ends(*who) != want {
			t.Errorf("the membership of %s has an end: %d", who.Given, ends(*who))
		}
	}
	done := admin.Get(t, at, "/classes/years").Sees(t, "p", "4 classes ouvertes").Sees(t, ".badge", "À venir")
	admin.Get(t, at, "/classes/"+third.String()).Sees(t, "#pupils", "Départ Seul") // the archive keeps its lists
	other := form
	other.Set("id", school.NewID().String())
	admin.Post(t, at, "/classes/years", other).Is(t, 409)

	undo, _ := done.Page(t).First("#undo-year")
	h.SignInAs(t, h.College, school.Head).Post(t, h.College, undo.Attr("action"), url.Values{}).Is(t, 404)
	admin.Post(t, at, undo.Attr("action"), url.Values{}).LeadsTo(t, "/classes/years")
	admin.Post(t, at, undo.Attr("action"), url.Values{}).Is(t, 409)
	if ends(elder)+ends(alone)+ends(goes) != 0 {
		t.Error("after the undo memberships still end")
	}
	admin.Get(t, at, "/classes/years").SeesNot(t, "À venir")
}

func TestWhatHasBegunIsNotUndone(t *testing.T) {
	h := testkit.NewHouse(t)
	at := h.NewSchool(t)
	head := h.SignInAs(t, at, school.Head)
	h.NewClass(t, at, "3e A", "3e")
	f, _ := head.Get(t, at, "/classes/years").Is(t, 200).Page(t).First("#prepare-form")
	form := f.Values()
	form.Set("agreed", "1")
	head.Post(t, at, "/classes/years", form).LeadsTo(t, "/classes/years")
	work(t, h)
	undo := "/classes/years/" + form.Get("id") + "/undoing"
	set := func(sql string, args ...any) {
		t.Helper()
		if _, err := h.As(t, "postgres").Exec(t.Context(), sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	set(`update class set source_key = 'x' where tenant_id = $1 and school_year_id = (select to_year_id from rollover where id = $2)`, at.ID, form.Get("id"))
	head.Post(t, at, undo, url.Values{}).Is(t, 409)
	set(`update class set source_key = null where tenant_id = $1`, at.ID)
	set(`update rollover set starts_on = current_date where id = $1`, form.Get("id"))
	head.Post(t, at, undo, url.Values{}).Is(t, 409)
}

func TestPurgeOfWhoLeft(t *testing.T) {
	h := testkit.NewHouse(t)
	at := h.NewSchool(t)
	head := h.SignInAs(t, at, school.Head)
	old, recent := h.NewPerson(t, testkit.In(at, school.Pupil, testkit.Ended())), h.NewPerson(t, testkit.In(at, school.Pupil, testkit.Ended()))
	h.Exec(t, `update membership set starts_on = current_date - 400, ends_on = (current_date - interval '3 months')::date where person_id = $1`, old.ID.UUID)
	h.Exec(t, `update membership set starts_on = current_date - 400, ends_on = (current_date - interval '3 months')::date + 2 where person_id = $1`, recent.ID.UUID)
	head.Get(t, at, "/classes/years").Sees(t, "#purge-form", "1 personne")
	head.Post(t, at, "/classes/years/purge", url.Values{}).Is(t, 422).Sees(t, ".error-summary", "cochez")
	head.Post(t, at, "/classes/years/purge", url.Values{"purge": {"1"}}).LeadsTo(t, "/classes/years")
	var left int
	if err := h.As(t, "postgres").QueryRow(t.Context(), `select count(*) from membership where tenant_id = $1 and profile = 'pupil'`, at.ID).Scan(&left); err != nil || left != 1 {
		t.Errorf("%d pupils are left: %v", left, err)
	}
}
