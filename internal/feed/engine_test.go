package feed_test

import (
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/feed"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

// told is a source that says what a test puts in it.
type told struct {
	header feed.Header
	rows   []feed.Row
	cut    error // after the last row
}

func (s told) Header() feed.Header { return s.header }

func (s told) Rows(_ context.Context, yield func(*feed.Row) error) error {
	for i := range s.rows {
		r := s.rows[i]
		if r.Line == 0 {
			r.Line = i + 1
		}
		if err := yield(&r); err != nil {
			return err
		}
	}
	return s.cut
}

// The keys of the establishments.
const (
	college = "4310"
	lycee   = "4311"
	sibling = "4312"
)

type world struct {
	*testkit.Territory
	engine *feed.Engine
	limits feed.Limits
	day    time.Time // of the next feed
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{Territory: testkit.NewTerritory(t, "localhost:8080", nil), limits: feed.Defaults()}
	w.engine = feed.New(w.DB, w.Registry, func(*tenant.Tenant) feed.Limits { return w.limits })
	w.day = w.DB.Now()
	return w
}

func (w *world) complete(rows ...[]feed.Row) told {
	all := slices.Concat(structures(), slices.Concat(rows...))
	return told{header: feed.Header{Source: "aaf", Kind: feed.Complete, Day: w.day, Label: "ENT2DVA.tgz"}, rows: all}
}

func (w *world) delta(rows ...feed.Row) told {
	return told{header: feed.Header{Source: "aaf", Kind: feed.Delta, Day: w.day, Label: "ENT2DVA-Delta.tgz"}, rows: rows}
}

func structures() []feed.Row {
	one := func(key, uai string) feed.Row {
		return feed.Row{Operation: feed.Put, Structure: &feed.Structure{Key: key, UAI: uai, Name: uai}}
	}
	return []feed.Row{one(college, "0859998X"), one(lycee, "0859997W"), one(sibling, "0859996V"),
		{Operation: feed.Put, Subject: &feed.Subject{Code: "020700", Label: "FRANCAIS"}}}
}

func (w *world) check(t *testing.T, src feed.Source) (uuid.UUID, error) {
	t.Helper()
	id := school.NewID()
	return id, w.engine.Check(t.Context(), id, school.PersonID{}, src)
}

// mustCheck reads a feed and returns its parts by establishment.
func (w *world) mustCheck(t *testing.T, src feed.Source) (uuid.UUID, map[school.ScopeID]feed.Part) {
	t.Helper()
	id, err := w.check(t, src)
	if err != nil {
		t.Fatalf("check: %v", err)
	}
	return id, w.parts(t, id)
}

func (w *world) parts(t *testing.T, id uuid.UUID) map[school.ScopeID]feed.Part {
	t.Helper()
	list, err := w.engine.Parts(w.academy(t), id, feed.PartFilter{})
	if err != nil {
		t.Fatal(err)
	}
	parts := map[school.ScopeID]feed.Part{}
	for _, p := range list {
		parts[p.Scope] = p
	}
	return parts
}

func (w *world) academy(t *testing.T) context.Context { return tenant.Enter(t.Context(), w.Academy) }

func (w *world) start(t *testing.T, id uuid.UUID) {
	t.Helper()
	err := w.DB.Write(w.academy(t), func(ctx context.Context, tx db.Tx) error { return feed.Start(ctx, tx, id, school.PersonID{}) })
	if err != nil {
		t.Fatal(err)
	}
}

// apply checks and applies a feed, and returns how many rows it wrote.
func (w *world) apply(t *testing.T, src feed.Source) int64 {
	t.Helper()
	id, _ := w.mustCheck(t, src)
	return w.applied(t, id)
}

func (w *world) applied(t *testing.T, id uuid.UUID) int64 {
	t.Helper()
	w.start(t, id)
	var written int64
	if more, err := w.engine.Apply(t.Context(), id, func(p feed.Progress) { written = p.Written }); err != nil || more {
		t.Fatalf("apply: %v, %v", more, err)
	}
	return written
}

func (w *world) query(t *testing.T, sql string, args ...any) string {
	t.Helper()
	var out *string
	err := w.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error { return tx.QueryRow(ctx, sql, args...).Scan(&out) })
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	if out == nil {
		return ""
	}
	return *out
}

func (w *world) holds(t *testing.T, want, sql string, args ...any) {
	t.Helper()
	if got := w.query(t, sql, args...); got != want {
		t.Errorf("got %q, want %q\n%s", got, want, sql)
	}
}

// state is everything that feeds write, by keys: what was made twice from the same feeds is the same.
func (w *world) state(t *testing.T) string {
	t.Helper()
	return w.query(t, `
		select string_agg(line, E'\n' order by line) from (
		  select 'person ' || k.source || ' ' || k.key || ' ' || p.given_name || '|' || p.family_name || '|' || coalesce(p.birth_date::text, '') || '|' || coalesce(p.email, '') || '|' || a.login as line
		    from person_key k join person p on p.id = k.person_id left join account a on a.person_id = p.id
		  union all select concat_ws(' ', 'member', m.tenant_id, k.key, m.profile, m.given_name, m.family_name, m.function, m.source, m.missing_since, m.ends_on) from membership m join person_key k on k.person_id = m.person_id
		  union all select concat_ws(' ', 'class', c.tenant_id, c.name, c.level, c.source_key) from class c
		  union all select concat_ws(' ', 'place', m.tenant_id, c.name, k.key, m.profile, m.form) from class_member m join class c on c.id = m.class_id join person_key k on k.person_id = m.person_id
		  union all select concat_ws(' ', 'group', m.tenant_id, g.name, k.key, m.profile) from group_member m join teaching_group g on g.id = m.group_id join person_key k on k.person_id = m.person_id
		  union all select concat_ws(' ', 'tie', g.tenant_id, c.key, r.key, g.tie, g.legal_rank, g.pays, g.emergency_contact, g.lives_with, g.ends_on) from guardianship g join person_key c on c.person_id = g.child_id join person_key r on r.person_id = g.guardian_id
		  union all select concat_ws(' ', 'lesson', t.tenant_id, s.code, k.key, c.name, g.name) from teaching t join subject s on s.id = t.subject_id join person_key k on k.person_id = t.teacher_id left join class c on c.id = t.class_id left join teaching_group g on g.id = t.group_id
		  union all select concat_ws(' ', 'passport', k.key, p.name, jsonb_path_query_array(p.body, '$[*].c[*].n'), jsonb_path_query_array(p.body, '$[*].k[*].n')) from passport p join person_key k on k.person_id = p.person_id
		) s`)
}

func pupil(key, given, family, born string, o ...func(*feed.Pupil)) feed.Row {
	p := &feed.Pupil{Person: feed.Person{Key: key, GivenName: given, FamilyName: family, BirthDate: date(born)}, Home: college, Level: "6EME",
		Classes: []feed.Place{{Structure: college, Code: "6A"}}}
	for _, f := range o {
		f(p)
	}
	return feed.Row{Operation: feed.Put, File: "Eleve_0000.xml", Pupil: p}
}

func at(structure string, classes ...string) func(*feed.Pupil) {
	return func(p *feed.Pupil) {
		p.Home, p.Classes = structure, nil
		for _, c := range classes {
			p.Classes = append(p.Classes, feed.Place{Structure: structure, Code: c})
		}
	}
}

func tied(ties ...feed.Tie) func(*feed.Pupil) { return func(p *feed.Pupil) { p.Ties = ties } }

func relative(key, given, family string) feed.Row {
	return feed.Row{Operation: feed.Put, Relative: &feed.Relative{Person: feed.Person{Key: key, GivenName: given, FamilyName: family}}}
}

func staff(key, given, family string, functions []feed.Function, lessons ...feed.Lesson) feed.Row {
	return feed.Row{Operation: feed.Put, Staff: &feed.Staff{Person: feed.Person{Key: key, GivenName: given, FamilyName: family}, Functions: functions, Lessons: lessons}}
}

func teaches(structures ...string) []feed.Function {
	var list []feed.Function
	for _, s := range structures {
		list = append(list, feed.Function{Structure: s, Code: "ENS", Label: "ENSEIGNEMENT", Discipline: "LETTRES MODERNES"})
	}
	return list
}

func date(s string) time.Time {
	d, _ := time.Parse(time.DateOnly, s)
	return d
}

func shuffled(s told, seed uint64) told {
	first := slices.IndexFunc(s.rows, func(r feed.Row) bool { return r.Structure == nil && r.Subject == nil && r.Programme == nil })
	rows := slices.Clone(s.rows)
	people := rows[first:]
	rand.New(rand.NewPCG(seed, 1)).Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
	s.rows = rows
	return s
}
