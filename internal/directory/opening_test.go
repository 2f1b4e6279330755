package directory_test

import (
	"context"
	"testing"
	"time"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// TestClassesOpenOnTheirDay holds what each profile knows of a class before and from its opening day.
func TestClassesOpenOnTheirDay(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost:8080", nil)
	class, group := w.NewClass(t, w.College, "6e Ouverture", "6e"), w.NewGroup(t, w.College, "6e LV1")
	pupil := w.NewPerson(t, testkit.In(w.College, school.Pupil, testkit.OfClass(class), testkit.OfGroup(group)))
	guardian := w.NewPerson(t, testkit.In(w.College, school.Guardian, testkit.Of(pupil)))
	teacher := w.NewPerson(t, testkit.In(w.College, school.Teacher, testkit.OfClass(class), testkit.OfGroup(group)))
	for name, c := range map[string]struct {
		days int
		open bool
	}{"tomorrow": {1, false}, "today": {0, true}, "yesterday": {-1, true}} {
		w.Exec(t, `update class set opens_on = current_date + $1::int where id = $2`, c.days, class.UUID)
		w.Reissue(t, pupil, guardian, teacher)
		p, g, s := w.Actor(t, w.College, pupil).Here[0], w.Actor(t, w.College, guardian).Here[0], w.Actor(t, w.College, teacher).Here[0]
		if got := len(p.Classes) == 1 && len(p.Groups) == 1; got != c.open || len(p.Classes) != len(p.Groups) {
			t.Errorf("%s: the pupil knows %v and %v", name, p.Classes, p.Groups)
		}
		if len(g.Children) != 1 {
			t.Fatalf("%s: the guardian follows %v", name, g.Children)
		}
		if k := g.Children[0]; (len(k.Classes) == 1) != c.open || len(k.Classes) != len(k.Groups) {
			t.Errorf("%s: the guardian knows %v and %v", name, k.Classes, k.Groups)
		}
		if len(s.Classes) != 1 || len(s.Groups) != 1 {
			t.Errorf("%s: the teacher knows %v and %v", name, s.Classes, s.Groups)
		}
	}
}

// TestPassportsFollowTheYear holds that a class of another year is nobody's of today.
func TestPassportsFollowTheYear(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost:8080", nil)
	next := school.NewID()
	y := directory.YearAt(w.DB.Now().AddDate(1, 0, 0))
	w.Exec(t, `insert into school_year (tenant_id, id, label, starts_on, ends_on) values ($1, $2, $3, $4, $5)`, w.Sibling.ID, next, y.Label, y.StartsOn, y.EndsOn)
	later := school.ClassID{UUID: school.NewID()}
	w.Exec(t, `insert into class (tenant_id, id, school_year_id, name, level) values ($1, $2, $3, '5e A', '5e')`, w.Sibling.ID, later.UUID, next)
	teacher := w.NewPerson(t, testkit.In(w.Sibling, school.Teacher, testkit.OfClass(later)))
	if m := w.Actor(t, w.Sibling, teacher).Here[0]; len(m.Classes) != 0 {
		t.Errorf("next year's class is known today: %v", m.Classes)
	}
	w.Exec(t, `update school_year set starts_on = current_date where id = $1`, next)
	w.Reissue(t, teacher)
	if m := w.Actor(t, w.Sibling, teacher).Here[0]; len(m.Classes) != 1 {
		t.Error("the class of a year that has begun is not known")
	}
}

// TestTheDayItselfIssues holds that work waits for the opening day and finds who joined since.
func TestTheDayItselfIssues(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost:8080", nil)
	class := w.NewClass(t, w.College, "6e Attente", "6e")
	ctx := tenant.Enter(t.Context(), w.College)
	day := directory.Day(w.DB.Now()).AddDate(0, 0, 4)
	err := w.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return directory.OpensOn(ctx, tx, class, day) })
	if err != nil {
		t.Fatal(err)
	}
	var at time.Time
	err = w.As(t, "postgres").QueryRow(t.Context(), `select max(run_at) from job where kind = 'directory.turn' and payload ->> 'class' = $1`, class.String()).Scan(&at)
	if err != nil || !at.Equal(day) {
		t.Fatalf("work waits for %s: %v", at, err)
	}
	w.Exec(t, `update class set opens_on = current_date + 4 where id = $1`, class.UUID)
	pupil := w.NewPerson(t, testkit.In(w.College, school.Pupil, testkit.OfClass(class)))
	guardian := w.NewPerson(t, testkit.In(w.College, school.Guardian, testkit.Of(pupil)))
	w.Exec(t, `update class set opens_on = current_date where id = $1`, class.UUID)
	worker, err := job.NewWorker(w.DB, directory.Jobs(w.DB), 1, func(ctx context.Context, scope int64) (context.Context, bool) {
		return tenant.Enter(ctx, w.Registry.ByID(school.ScopeID(scope))), true
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := worker.Once(t.Context()); err != nil || n == 0 {
		t.Fatalf("%d jobs ran: %v", n, err)
	}
	if m := w.Actor(t, w.College, pupil).Here[0]; len(m.Classes) != 1 {
		t.Error("the pupil's passport stayed as it was")
	}
	if m := w.Actor(t, w.College, guardian).Here[0]; len(m.Children[0].Classes) != 1 {
		t.Error("the guardian's passport stayed as it was")
	}
}
