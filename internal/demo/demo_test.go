package demo_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/demo"
	"elyco/internal/directory"
	"elyco/internal/local/pg"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/migrations"
	"elyco/tenants"
)

// stage is a database with the territory in it.
type stage struct {
	db       *db.DB
	registry *tenant.Registry
	owner    string
}

func open(t testing.TB, files tenant.Territory) *stage {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "demo-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	os.Chmod(dir, 0o755)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	server, err := pg.Start(ctx, pg.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Stop() })
	s := &stage{owner: server.DSN(pg.Owner, "elyco")}
	if err := pg.Bootstrap(ctx, server, "elyco"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Migrate(ctx, s.owner, migrations.FS); err != nil {
		t.Fatal(err)
	}
	s.db, err = db.Open(ctx, db.Config{App: server.DSN(pg.App, "elyco"), Import: server.DSN(pg.Import, "elyco"), Pool: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.db.Close)
	if _, err := tenant.Sync(ctx, s.db, files, true); err != nil {
		t.Fatal(err)
	}
	s.registry = tenant.NewRegistry(s.db, "localhost:8080", "http")
	if err := s.registry.Load(ctx); err != nil {
		t.Fatal(err)
	}
	return s
}

func territory(t testing.TB) tenant.Territory {
	t.Helper()
	files, problems := tenant.LoadTerritory(tenants.FS)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return files
}

func (s *stage) load(t testing.TB, o demo.Options) demo.Report {
	t.Helper()
	r, err := demo.Load(t.Context(), s.db, s.registry, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// number asks the database for a count, without row security.
func (s *stage) number(t testing.TB, sql string, args ...any) int {
	t.Helper()
	var n int
	err := s.db.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, sql, args...).Scan(&n)
	})
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

func TestPilot(t *testing.T) {
	s := open(t, territory(t))
	r := s.load(t, demo.Options{})
	if r.Spaces != len(s.registry.All()) || r.Skipped != 0 || r.Profiles[school.Pupil] < 4000 {
		t.Fatalf("got %+v", r)
	}
	t.Logf("%+v", r)
	t.Run("nothing is amiss", s.consistent)
	t.Run("passports say what memberships say", s.passportsMatch)
	t.Run("a family of two funders", s.twoFunders)
	t.Run("ready-made accounts", s.accounts)
	t.Run("sessions open", s.sessions)
	t.Run("again", func(t *testing.T) {
		before := s.number(t, `select count(*) from person`)
		again := s.load(t, demo.Options{})
		if again.Spaces != 0 || s.number(t, `select count(*) from person`) != before {
			t.Fatalf("a second load wrote %+v", again)
		}
	})
}

// consistent counts what must not be.
func (s *stage) consistent(t *testing.T) {
	for what, sql := range map[string]string{
		"guardians without a child": `select count(*) from membership m where profile = 'guardian' and not exists
			(select from guardianship g where g.tenant_id = m.tenant_id and g.guardian_id = m.person_id)`,
		"pupils without a guardian": `select count(*) from membership m where profile = 'pupil' and not exists
			(select from guardianship g where g.tenant_id = m.tenant_id and g.child_id = m.person_id)`,
		"pupils without one class": `select count(*) from (select m.person_id from membership m
			left join class_member c on c.tenant_id = m.tenant_id and c.person_id = m.person_id and c.profile = m.profile
			where m.profile = 'pupil' group by m.tenant_id, m.person_id having count(c.class_id) <> 1) x`,
		"classes without one form teacher": `select count(*) from (select c.id from class c
			left join class_member m on m.tenant_id = c.tenant_id and m.class_id = c.id and m.form
			group by c.tenant_id, c.id having count(m.person_id) <> 1) x`,
		"pupils of two schools": `select count(*) from (select person_id from membership where profile = 'pupil' group by person_id having count(*) > 1) x`,
		"members unknown to the academy": `select count(*) from membership m where not exists
			(select from person p where p.tenant_id = 1 and p.id = m.person_id and p.given_name = m.given_name and p.family_name = m.family_name)`,
		"people without an account":          `select count(*) from person p where not exists (select from account a where a.person_id = p.id)`,
		"people without a passport":          `select count(*) from person p where not exists (select from passport a where a.person_id = p.id)`,
		"people who belong nowhere":          `select count(*) from person p where not exists (select from membership m where m.person_id = p.id)`,
		"profiles of another rank of space":  `select count(*) from membership m join tenant t on t.id = m.tenant_id where (t.kind = 'collectivity') <> (m.profile = 'collectivity_agent') or (t.kind = 'academy') <> (m.profile = 'academy_agent')`,
		"spaces without an administrator":    `select count(*) from tenant t where not exists (select from membership m where m.tenant_id = t.id and m.admin)`,
		"establishments without a head":      `select count(*) from tenant t where kind = 'establishment' and not exists (select from membership m where m.tenant_id = t.id and m.profile = 'head')`,
		"establishments without a year":      `select count(*) from tenant t where kind = 'establishment' and not exists (select from school_year y where y.tenant_id = t.id)`,
		"guardians too young for the child":  `select count(*) from guardianship g join person c on c.id = g.child_id join person a on a.id = g.guardian_id where g.tie in ('mother', 'father') and a.birth_date > c.birth_date - interval '17 years'`,
		"brothers and sisters of one name":   `select count(*) from (select 1 from guardianship g join membership c on c.tenant_id = g.tenant_id and c.person_id = g.child_id and c.profile = 'pupil' group by g.tenant_id, g.guardian_id, c.given_name having count(*) > 1) x`,
		"groups without a pupil":             `select count(*) from teaching_group g where not exists (select from group_member m where m.tenant_id = g.tenant_id and m.group_id = g.id and m.profile = 'pupil')`,
		"headcounts that nobody has counted": `select count(*) from tenant t where kind = 'collectivity' and not exists (select from audience_headcount h where h.tenant_id = t.id)`,
	} {
		if n := s.number(t, sql); n != 0 {
			t.Errorf("%s: %d", what, n)
		}
	}
}

// passports reads every passport.
func (s *stage) passports(t *testing.T) map[uuid.UUID]string {
	t.Helper()
	all := map[uuid.UUID]string{}
	err := s.db.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select person_id, name || ' ' || body from passport`)
		if err != nil {
			return err
		}
		var id uuid.UUID
		var body string
		_, err = pgx.ForEachRow(rows, []any{&id, &body}, func() error {
			all[id] = body
			return nil
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// passportsMatch has the database issue every passport and compares.
func (s *stage) passportsMatch(t *testing.T) {
	if err := demo.Analyze(t.Context(), s.owner); err != nil {
		t.Fatal(err)
	}
	made := s.passports(t)
	people := make([]school.PersonID, 0, len(made))
	for id := range made {
		people = append(people, school.PersonID{UUID: id})
	}
	if err := directory.IssuePassports(t.Context(), s.db, people); err != nil {
		t.Fatal(err)
	}
	for id, issued := range s.passports(t) {
		if issued != made[id] {
			t.Fatalf("made %s\nissued %s", made[id], issued)
		}
	}
}

func (s *stage) twoFunders(t *testing.T) {
	n := s.number(t, `
		select count(*) from (
			select g.guardian_id from guardianship g join tenant t on t.id = g.tenant_id
			group by g.guardian_id having count(distinct t.parent_id) > 1 and count(distinct t.sector) > 1) x`)
	if n < 2 {
		t.Errorf("%d guardians have children in schools of two funders and sectors", n)
	}
	camille := s.number(t, `
		select count(distinct t.parent_id) from account a join guardianship g on g.guardian_id = a.person_id
		join tenant t on t.id = g.tenant_id where a.login = 'camille.parent'`)
	if camille != 2 {
		t.Errorf("camille.parent has children with %d funders, want 2", camille)
	}
	children := s.number(t, `
		select count(*) from account a join guardianship g on g.guardian_id = a.person_id join account c on c.person_id = g.child_id
		where a.login in ('camille.parent', 'karim.parent') and c.login in ('lea.eleve', 'hugo.eleve')`)
	if children != 4 {
		t.Errorf("the two parents have %d ties with Léa and Hugo, want 4", children)
	}
}

func (s *stage) accounts(t *testing.T) {
	list := demo.Accounts(s.registry)
	if len(list) < 20 {
		t.Fatalf("%d accounts", len(list))
	}
	for _, a := range list {
		here := s.registry.Resolve(strings.TrimSuffix(strings.TrimPrefix(a.URL, "http://"), "/"))
		n := s.number(t, `select count(*) from account a join membership m on m.person_id = a.person_id
			where a.login = $1 and m.tenant_id = $2 and $3 like m.given_name || ' ' || m.family_name || '%'`, a.Login, int64(here.ID), a.Who)
		if n != 1 {
			t.Errorf("%s has %d memberships at %s", a.Login, n, a.URL)
		}
	}
	form := s.number(t, `select count(*) from account a join class_member m on m.person_id = a.person_id and m.form
		join class c on c.tenant_id = m.tenant_id and c.id = m.class_id where a.login = 'nadia.prof' and c.name = '4B'`)
	if form != 1 {
		t.Errorf("nadia.prof is form teacher of %d classes named 4B", form)
	}
}

func (s *stage) sessions(t *testing.T) {
	var out bytes.Buffer
	n, err := demo.Sessions(t.Context(), s.db, s.registry, 300, &out)
	if err != nil || n != 300 {
		t.Fatalf("%d sessions, error %v", n, err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	for _, i := range []int{0, 150, 299} {
		cells := strings.Split(lines[i], "\t")
		actor, err := session.New(s.db).Resume(t.Context(), session.Token(cells[0]), s.registry.Resolve(cells[1]))
		if err != nil || !actor.SignedIn() || !actor.Has(school.Profile(cells[2])) {
			t.Errorf("session %d gives %v, error %v", i, actor, err)
		}
	}
}

// A small load is completed by a large one; the people who were there stay as they are.
func TestOneEstablishmentThenFull(t *testing.T) {
	files, err := demo.OneEstablishment(territory(t), "vendee/francois-viete")
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, files)
	small := s.load(t, demo.Options{})
	if small.Profiles[school.Pupil] != 0 || small.Profiles[school.Head] != 1 {
		t.Fatalf("got %+v", small)
	}
	full := s.load(t, demo.Options{Scale: demo.Full})
	if full.Spaces != 1 || full.Profiles[school.Pupil] < 300 || full.Left == 0 {
		t.Fatalf("got %+v", full)
	}
	if n := s.number(t, `select count(*) from membership where profile = 'head' and function not like '%djoint%'`); n != 1 {
		t.Errorf("the establishment has %d heads", n)
	}
	s.passportsMatch(t)
	if again := s.load(t, demo.Options{Scale: demo.Full}); again.Persons != 0 {
		t.Errorf("a second load wrote %+v", again)
	}
	if _, err := demo.OneEstablishment(files, "vendee/inconnu"); err == nil {
		t.Error("an unknown establishment was accepted")
	}
}

func TestSameSeedSamePeople(t *testing.T) {
	files, err := demo.OneEstablishment(territory(t), "vendee/haxo")
	if err != nil {
		t.Fatal(err)
	}
	const first = `select string_agg(md5(person_id::text || profile || given_name || family_name || function || starts_on), '' order by person_id, profile) from membership`
	var sums []uuid.UUID
	for _, seed := range []uint64{7, 7, 8} {
		s := open(t, files)
		s.load(t, demo.Options{Seed: seed})
		var sum uuid.UUID
		err := s.db.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
			return tx.QueryRow(ctx, `select md5((`+first+`))::uuid`).Scan(&sum)
		})
		if err != nil {
			t.Fatal(err)
		}
		sums = append(sums, sum)
	}
	if sums[0] != sums[1] || sums[0] == sums[2] {
		t.Errorf("got %v", sums)
	}
}
