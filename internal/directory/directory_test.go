package directory_test

import (
	"context"
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/local/pg"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/migrations"
)

func TestYearAt(t *testing.T) {
	for day, label := range map[string]string{"2026-11-23": "2026-2027", "2026-08-31": "2025-2026", "2026-09-01": "2026-2027", "2027-08-31": "2026-2027"} {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		year := directory.YearAt(at)
		if year.Label != label || !year.Includes(at) || year.Includes(at.AddDate(1, 0, 0)) {
			t.Errorf("%s is in %+v, want %s", day, year, label)
		}
	}
}

// house is a small school: a collège with one class, a pupil, a guardian and a teacher, and the lycée next door.
type house struct {
	db       *db.DB
	dir      *directory.Directory
	registry *tenant.Registry
	worker   *job.Worker
	college  *tenant.Tenant
	lycee    *tenant.Tenant
	class    school.ClassID
	pupil    school.PersonID
	guardian school.PersonID
	teacher  school.PersonID
}

func build(t *testing.T) *house {
	t.Helper()
	h := &house{db: database(t), class: school.ClassID{UUID: school.NewID()}}
	for _, p := range []*school.PersonID{&h.pupil, &h.guardian, &h.teacher} {
		p.UUID = school.NewID()
	}
	h.fill(t)
	h.dir = directory.New(h.db)
	h.registry = tenant.NewRegistry(h.db, "localhost:8080", "http")
	if err := h.registry.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.college, h.lycee = h.registry.ByID(3), h.registry.ByID(4)
	var err error
	h.worker, err = job.NewWorker(h.db, directory.Jobs(h.db), 1, func(ctx context.Context, scope int64) (context.Context, bool) {
		return tenant.Enter(ctx, h.registry.ByID(school.ScopeID(scope))), true
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func database(t *testing.T) *db.DB {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "directory-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	os.Chmod(dir, 0o755)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s, err := pg.Start(ctx, pg.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Stop() })
	if err := pg.Bootstrap(ctx, s, "elyco"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Migrate(ctx, s.DSN(pg.Owner, "elyco"), migrations.FS); err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(ctx, db.Config{App: s.DSN(pg.App, "elyco"), Import: s.DSN(pg.Import, "elyco"), Pool: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

func (h *house) fill(t *testing.T) {
	t.Helper()
	year := school.NewID()
	y := directory.YearAt(h.db.Now())
	type statement struct {
		sql  string
		args []any
	}
	err := h.db.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		for _, s := range []statement{
			{`insert into tenant (id, kind, parent_id, slug, name, nature) values (1, 'academy', null, 'nantes', 'Académie', ''),
				(2, 'collectivity', 1, 'vendee', 'Vendée', 'departement'), (3, 'establishment', 2, 'haxo', 'Collège', 'college'),
				(4, 'establishment', 2, 'autre', 'Lycée', 'lgt')`, nil},
			{`insert into person (tenant_id, id, given_name, family_name) values (1, $1, 'Lila', 'Essai'), (1, $2, 'Noé', 'Essai'), (1, $3, 'Ana', 'Modèle')`,
				[]any{h.pupil.UUID, h.guardian.UUID, h.teacher.UUID}},
			{`insert into school_year (tenant_id, id, label, starts_on, ends_on) values (3, $1, $2, $3, $4)`, []any{year, y.Label, y.StartsOn, y.EndsOn}},
			{`insert into class (tenant_id, id, school_year_id, name, level) values (3, $1, $2, '4B', '4e')`, []any{h.class.UUID, year}},
			{`insert into membership (tenant_id, person_id, profile, given_name, family_name, starts_on) values
				(3, $1, 'pupil', 'Lila', 'Essai', '2020-09-01'), (3, $2, 'guardian', 'Noé', 'Essai', '2020-09-01'), (3, $3, 'teacher', 'Ana', 'Modèle', '2020-09-01')`,
				[]any{h.pupil.UUID, h.guardian.UUID, h.teacher.UUID}},
			{`insert into class_member (tenant_id, class_id, person_id, profile, form) values (3, $1, $2, 'pupil', false), (3, $1, $3, 'teacher', true)`,
				[]any{h.class.UUID, h.pupil.UUID, h.teacher.UUID}},
			{`insert into guardianship (tenant_id, child_id, guardian_id, tie, starts_on) values (3, $1, $2, 'father', '2020-09-01')`,
				[]any{h.pupil.UUID, h.guardian.UUID}},
		} {
			if _, err := tx.Exec(ctx, s.sql, s.args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// passport reads what a session would know of a person.
func (h *house) passport(t *testing.T, p school.PersonID) []school.Membership {
	t.Helper()
	var body []byte
	var found bool
	err := h.db.Batch(db.WithScope(t.Context(), db.NewScope(1)), func(b *db.Batch) {
		db.Row(b, &found, []any{&body}, "select body from passport where person_id = $1", p.UUID)
	})
	if err != nil || !found {
		t.Fatalf("no passport: %v", err)
	}
	var memberships []school.Membership
	if err := json.Unmarshal(body, &memberships); err != nil {
		t.Fatal(err)
	}
	return memberships
}

func (h *house) work(t *testing.T) {
	t.Helper()
	if n, err := h.worker.Once(t.Context()); err != nil || n == 0 {
		t.Fatalf("the worker ran %d jobs, error %v", n, err)
	}
}

func TestDirectory(t *testing.T) {
	h := build(t)
	t.Run("reads", h.reads)
	t.Run("a membership's change reaches the passports", h.changes)
	t.Run("refusals", h.refuses)
}

func (h *house) reads(t *testing.T) {
	ctx := tenant.Enter(t.Context(), h.college)
	year, err := h.dir.CurrentYear(ctx)
	if err != nil || year.Label != directory.YearAt(h.db.Now()).Label {
		t.Fatalf("the year is %+v, error %v", year, err)
	}
	classes, err := h.dir.Classes(ctx)
	if err != nil || len(classes) != 1 || classes[0].Pupils != 1 || classes[0].Level != "4e" {
		t.Fatalf("the classes are %+v, error %v", classes, err)
	}
	members, more, err := h.dir.ClassMembers(ctx, h.class, directory.Page{Size: 1})
	if err != nil || len(members) != 1 || !more || members[0].GivenName != "Lila" {
		t.Fatalf("the first page is %+v, more %v, error %v", members, more, err)
	}
	members, more, err = h.dir.ClassMembers(ctx, h.class, directory.Page{Number: 1, Size: 1})
	if err != nil || len(members) != 1 || more || !members[0].Form {
		t.Fatalf("the second page is %+v, more %v, error %v", members, more, err)
	}
	names, err := h.dir.Names(ctx, []school.PersonID{h.pupil, {UUID: uuid.New()}})
	if err != nil || len(names) != 1 || names[h.pupil] != "Lila Essai" {
		t.Fatalf("the names are %v, error %v", names, err)
	}
	next := tenant.Enter(t.Context(), h.lycee)
	if members, _, err = h.dir.ClassMembers(next, h.class, directory.Page{}); err != nil || len(members) != 0 {
		t.Fatalf("the lycée sees %+v of the collège, error %v", members, err)
	}
	if _, err = h.dir.CurrentYear(next); !fault.Is(err, fault.NotFound) {
		t.Fatalf("a school without a year answers %v", err)
	}
}

func (h *house) changes(t *testing.T) {
	everybody := []school.PersonID{h.pupil, h.guardian, h.teacher}
	if err := directory.IssuePassports(t.Context(), h.db, everybody); err != nil {
		t.Fatal(err)
	}
	if p := h.passport(t, h.guardian); len(p) != 1 || len(p[0].Children) != 1 || p[0].Children[0].Classes[0].Name != "4B" {
		t.Fatalf("the guardian's passport is %+v", p)
	}
	lycee := tenant.Enter(t.Context(), h.lycee)
	if err := h.dir.AddMembership(lycee, h.teacher, directory.Membership{Person: h.teacher, Profile: school.Teacher}); err != nil {
		t.Fatal(err)
	}
	if p := h.passport(t, h.teacher); len(p) != 1 {
		t.Fatalf("the passport changed before the work was done: %+v", p)
	}
	h.work(t)
	if p := h.passport(t, h.teacher); len(p) != 2 || p[1].Scope != h.lycee.ID {
		t.Fatalf("the teacher's passport is %+v", p)
	}
	college := tenant.Enter(t.Context(), h.college)
	yesterday := h.db.Now().AddDate(0, 0, -1)
	if err := h.dir.EndMembership(college, h.teacher, h.pupil, school.Pupil, yesterday); err != nil {
		t.Fatal(err)
	}
	h.work(t)
	if p := h.passport(t, h.pupil); len(p) != 0 {
		t.Fatalf("the pupil who left keeps %+v", p)
	}
	if p := h.passport(t, h.guardian); len(p) != 1 || len(p[0].Children) != 0 {
		t.Fatalf("the guardian of who left keeps %+v", p)
	}
	if err := h.dir.AddMembership(college, h.teacher, directory.Membership{Person: h.pupil, Profile: school.Pupil}); err != nil {
		t.Fatal(err)
	}
	h.work(t)
	if p := h.passport(t, h.guardian); len(p[0].Children) != 1 {
		t.Fatalf("the child who came back is missing: %+v", p)
	}
}

func (h *house) refuses(t *testing.T) {
	college, vendee := tenant.Enter(t.Context(), h.college), tenant.Enter(t.Context(), h.college.Parent)
	now := h.db.Now()
	for name, c := range map[string]struct {
		ctx  context.Context
		m    directory.Membership
		kind fault.Kind
	}{
		"a pupil of a collectivity": {vendee, directory.Membership{Person: h.pupil, Profile: school.Pupil}, fault.Invalid},
		"an unknown person":         {college, directory.Membership{Person: school.PersonID{UUID: uuid.New()}, Profile: school.Pupil}, fault.NotFound},
		"twice the same":            {college, directory.Membership{Person: h.teacher, Profile: school.Teacher}, fault.Conflict},
		"an end before the start":   {college, directory.Membership{Person: h.teacher, Profile: school.Head, StartsOn: now, EndsOn: now.AddDate(0, 0, -3)}, fault.Invalid},
		"sections in a school":      {college, directory.Membership{Person: h.teacher, Profile: school.Head, Sections: []string{"works"}}, fault.Invalid},
	} {
		if err := h.dir.AddMembership(c.ctx, h.teacher, c.m); !fault.Is(err, c.kind) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if err := h.dir.EndMembership(college, h.teacher, h.teacher, school.Head, now); !fault.Is(err, fault.NotFound) {
		t.Errorf("ending what is not: got %v", err)
	}
}
