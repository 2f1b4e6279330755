package feed_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/feed"
	"elyco/internal/local/pg"
	"elyco/internal/tenant"
)

func TestChanges(t *testing.T) {
	w := newWorld(t)
	w.limits = feed.Limits{GonePercent: 100, TiesPercent: 100, GraceDays: 15}
	w.apply(t, w.usual())
	modify := func(given feed.Fields, p *feed.Pupil) feed.Row {
		return feed.Row{Operation: feed.Modify, Given: given, Pupil: p}
	}
	src := w.delta(
		modify(feed.Classes, &feed.Pupil{Person: feed.Person{Key: "1"}, Classes: []feed.Place{{Structure: college, Code: "6C"}}}),
		modify(feed.FamilyName, &feed.Pupil{Person: feed.Person{Key: "2", FamilyName: "Martin-Roy"}}),
		modify(feed.Ties, &feed.Pupil{Person: feed.Person{Key: "3"}, Ties: []feed.Tie{mother("104"), father("108")}}),
		relative("108", "Yann", "Le Goff"),
		feed.Row{Operation: feed.Drop, Pupil: &feed.Pupil{Person: feed.Person{Key: "4"}}},
		feed.Row{Operation: feed.Modify, Given: feed.Functions, Staff: &feed.Staff{Person: feed.Person{Key: "201"}, Functions: teaches(college)}},
		modify(feed.Classes, &feed.Pupil{Person: feed.Person{Key: "777"}, Classes: []feed.Place{{Structure: college, Code: "6C"}}}),
		pupil("9", "Mia", "Cadiou", "2014-07-07", tied(mother("103"))),
	)
	id, parts := w.mustCheck(t, src)
	if p := parts[w.College.ID]; p.Created != 2 || p.Gone != 1 || p.ChangedTies != 1 {
		t.Errorf("the collège's part is %+v", p)
	}
	w.holds(t, "Henry Paul head:ended, Henry Paul teacher:function, Martin-Roy Léa pupil:family_name", `select string_agg(name || ' ' || detail, ', ' order by name, detail) from feed_finding where feed_id = $1 and tenant_id = 10 and kind = 'changed'`, id)
	w.applied(t, id)
	w.holds(t, "6C", `select string_agg(c.name, ',') from class_member m join class c on c.id = m.class_id join person_key k using (person_id) where k.key = '1'`)
	w.holds(t, "Martin-Roy Martin-Roy 2014-05-09", `select p.family_name || ' ' || m.family_name || ' ' || p.birth_date from person p join person_key k on k.person_id = p.id join membership m using (person_id) where k.key = '2'`)
	w.holds(t, "6A", `select string_agg(c.name, ',') from class_member m join class c on c.id = m.class_id join person_key k using (person_id) where k.key = '2'`)
	w.holds(t, "104 108", `select string_agg(r.key, ' ' order by r.key) from guardianship g join person_key c on c.person_id = g.child_id join person_key r on r.person_id = g.guardian_id where c.key = '3'`)
	w.holds(t, "4", `select string_agg(distinct k.key, ',') from membership m join person_key k using (person_id) where missing_since is not null and m.profile = 'pupil'`)
	w.holds(t, "10 head true,10 teacher false,12 teacher true", `select string_agg(concat_ws(' ', m.tenant_id, m.profile, (m.missing_since is not null)::text), ',' order by m.tenant_id, m.profile)
		from membership m join person_key k using (person_id) where k.key = '201'`)
	w.holds(t, "true", `select (ends_on < current_date)::text from membership m join person_key k using (person_id) where k.key = '201' and profile = 'head'`)
	found, err := w.engine.Findings(w.academy(t), id, feed.FindingFilter{Kind: feed.Unknown})
	if err != nil || len(found) != 1 || found[0].Key != "777" {
		t.Errorf("a change of somebody unknown is reported as %+v: %v", found, err)
	}
	if n := w.apply(t, src); n != 0 {
		t.Errorf("the same changes wrote %d rows again", n)
	}
	w.day = w.day.AddDate(0, 0, 1)
	w.apply(t, w.delta(feed.Row{Operation: feed.Modify, Given: feed.Ties, Pupil: &feed.Pupil{Person: feed.Person{Key: "3"}, Ties: []feed.Tie{mother("104")}}}))
	w.holds(t, "true true", `select (g.ends_on < current_date)::text || ' ' || (m.ends_on < current_date)::text from guardianship g join person_key k on k.person_id = g.guardian_id
		join membership m on m.person_id = k.person_id where k.key = '108'`)
}

func TestHomonymsAreProposedAndNeverMerged(t *testing.T) {
	w := newWorld(t)
	w.apply(t, w.usual())
	w.Exec(t, `insert into person (tenant_id, id, given_name, family_name, birth_date) values (1, gen_random_uuid(), 'ELODIE', 'GUERINEAU', '2014-01-02')`)
	src := w.usual()
	src.rows = append(src.rows, pupil("60", "Élodie", "Guérineau", "2014-01-02"), pupil("61", "Ana", "Silva", "2014-01-03"), pupil("62", "Ana", "Silva", "2014-01-03"),
		pupil("63", "Tom", "Le Goff", "2014-09-09"))
	id, parts := w.mustCheck(t, src)
	if parts[w.College.ID].Duplicates != 3 || parts[w.College.ID].Created != 4 {
		t.Errorf("the part is %+v", parts[w.College.ID])
	}
	w.applied(t, id)
	w.holds(t, "4", `select count(distinct person_id)::text from person_key where key in ('60', '61', '62', '63')`)
	w.holds(t, "ana.silva,ana.silva2", `select string_agg(login, ',' order by login) from account where login like 'ana.silva%'`)
}

func TestKeysThatComeTwice(t *testing.T) {
	w := newWorld(t)
	src := w.complete([]feed.Row{pupil("1", "Léa", "Martin", "2014-03-01"), pupil("1", "Ugo", "Zimmer", "2014-03-01")})
	id, _ := w.mustCheck(t, src)
	found, err := w.engine.Findings(w.academy(t), id, feed.FindingFilter{Kind: feed.Twice})
	if err != nil || len(found) != 1 || found[0].Name != "Ugo Zimmer" {
		t.Errorf("the second record is reported as %+v: %v", found, err)
	}
	w.applied(t, id)
	w.holds(t, "Léa", `select string_agg(given_name, ',') from membership`)
	if n := w.apply(t, shuffled(src, 5)); n != 0 {
		t.Errorf("the other order wrote %d rows", n)
	}
}

// What changes the school of a pupil says nothing of the parents: they come along.
func TestGuardiansFollowAPupilToAnotherSchool(t *testing.T) {
	w := newWorld(t)
	w.apply(t, w.complete([]feed.Row{pupil("1", "Léa", "Martin", "2014-03-01", at(college, "6A"), tied(mother("101"), father("102"))),
		relative("101", "Anne", "Martin"), relative("102", "Jean", "Martin")}))
	w.day = w.day.AddDate(0, 0, 1)
	move := w.delta(feed.Row{Operation: feed.Modify, Given: feed.Home | feed.Classes, Pupil: &feed.Pupil{Person: feed.Person{Key: "1"}, Home: lycee,
		Classes: []feed.Place{{Structure: lycee, Code: "2A"}}}})
	w.apply(t, move)
	w.holds(t, "101 mother,102 father", `select string_agg(k.key || ' ' || g.tie, ',' order by k.key) from guardianship g join person_key k on k.person_id = g.guardian_id where g.tenant_id = $1`, int64(w.Lycee.ID))
	w.holds(t, "101,102", `select string_agg(k.key, ',' order by k.key) from membership m join person_key k using (person_id) where m.tenant_id = $1 and m.profile = 'guardian'`, int64(w.Lycee.ID))
	if n := w.apply(t, move); n != 0 {
		t.Errorf("the same change wrote %d rows again", n)
	}
}

// A pupil and somebody of the staff under one key are one of the two, and the pupil never becomes a teacher.
func TestAKeyIsOfOneKind(t *testing.T) {
	w := newWorld(t)
	src := w.complete([]feed.Row{pupil("1", "Léa", "Martin", "2014-03-01", at(college, "6A"), tied(mother("101"))), relative("101", "Anne", "Martin"),
		staff("1", "Ugo", "Zimmer", teaches(college), feed.Lesson{Structure: college, Class: "6B", Subject: "020700"}),
		staff("101", "Paul", "Roy", teaches(college))})
	id, _ := w.mustCheck(t, src)
	w.applied(t, id)
	w.holds(t, "101 guardian,1 pupil", `select string_agg(k.key || ' ' || m.profile, ',' order by m.profile) from membership m join person_key k using (person_id)`)
	w.holds(t, "6A", `select string_agg(c.name, ',') from class_member m join class c on c.id = m.class_id`)
	w.holds(t, "0", `select count(*)::text from teaching`)
	if n := w.apply(t, shuffled(src, 5)); n != 0 {
		t.Errorf("the other order wrote %d rows", n)
	}
}

// Whoever has to say that a feed is right sees who changes class, and whose guardians change.
func TestAReportNamesWhatChangesForThoseWhoWereThere(t *testing.T) {
	w := newWorld(t)
	w.apply(t, w.complete([]feed.Row{pupil("1", "Léa", "Martin", "2014-03-01", at(college, "6A"), tied(mother("101"))), relative("101", "Anne", "Martin"),
		pupil("2", "Tom", "Roy", "2014-03-02", at(college, "6A"), tied(mother("101")))}))
	w.day = w.day.AddDate(0, 0, 1)
	id, _ := w.mustCheck(t, w.complete([]feed.Row{pupil("1", "Léa", "Martin", "2014-03-01", at(college, "6B"), tied(father("102"))), relative("101", "Anne", "Martin"),
		relative("102", "Jean", "Martin"), pupil("2", "Tom", "Roy", "2014-03-02", at(college), tied(mother("101"))),
		pupil("3", "Zoé", "Nouvelle", "2014-03-03", at(college, "6B"), tied(father("102")))}))
	for kind, want := range map[feed.FindingKind]string{feed.Placed: "6A>Martin Léa>6B;6A>Roy Tom>;", feed.Tied: "end>Martin Léa>Martin Anne;insert>Martin Léa>Martin Jean;"} {
		found, err := w.engine.Findings(tenant.Enter(t.Context(), w.College), id, feed.FindingFilter{Kind: kind})
		if err != nil {
			t.Fatal(err)
		}
		said := ""
		for _, f := range found {
			said += f.Key + ">" + f.Name + ">" + f.Detail + ";"
		}
		if said != want {
			t.Errorf("of %s, the report says %q, not %q", kind, said, want)
		}
	}
}

func TestAnEstablishmentSeesItsOwnPart(t *testing.T) {
	w := newWorld(t)
	id, _ := w.mustCheck(t, w.usual())
	here := tenant.Enter(t.Context(), w.College)
	latest, err := w.engine.Latest(here)
	if err != nil || len(latest) != 1 || latest[0].Created != 12 {
		t.Fatalf("the collège sees %+v: %v", latest, err)
	}
	if list, err := w.engine.Parts(here, id, feed.PartFilter{}); err != nil || len(list) != 1 {
		t.Errorf("the collège sees %d parts: %v", len(list), err)
	}
	if list, err := w.engine.Findings(here, id, feed.FindingFilter{Kind: feed.Created, Limit: 5}); err != nil || len(list) != 5 || list[0].Number != 1 || list[0].Scope != w.College.ID {
		t.Errorf("the collège sees %+v: %v", list, err)
	}
	if list, err := w.engine.Parts(w.academy(t), id, feed.PartFilter{Text: "saint gab"}); err != nil || len(list) != 1 || list[0].Scope != w.Lycee.ID {
		t.Errorf("the search finds %+v: %v", list, err)
	}
	if _, err := w.engine.Part(tenant.Enter(t.Context(), w.Vendee), id, w.College.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("a collectivity reads a part: %v", err)
	}
}

// killed is set in the program that the test starts and kills.
const killed = "ELYCO_FEED_KILLED"

// TestKilled applies a feed in a program of its own that is killed, at another moment each time, and finishes it here.
func TestKilled(t *testing.T) {
	if dsn := os.Getenv(killed); dsn != "" {
		applyUntilKilled(t, dsn)
		return
	}
	whole := newWorld(t)
	whole.apply(t, whole.usual())
	want := whole.state(t)
	broken := 0
	for _, after := range []time.Duration{0, 20 * time.Millisecond, 60 * time.Millisecond, 150 * time.Millisecond} {
		w := newWorld(t)
		id, _ := w.mustCheck(t, w.usual())
		w.start(t, id)
		owner := w.As(t, pg.Owner)
		ddl := func(sql string) {
			t.Helper()
			if _, err := owner.Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		}
		ddl(`create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.02); return null; end $$`)
		ddl(`create trigger slow after insert on membership for each row execute function slow()`)
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		cmd.Env = append(os.Environ(), killed+"="+w.DSN(pg.App)+"|"+w.DSN(pg.Import)+"|"+id.String())
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var begun string
		fmt.Fscan(out, &begun)
		time.Sleep(after)
		cmd.Process.Kill()
		cmd.Wait()
		if w.query(t, `select count(*)::text from feed_part where tenant_id = 1 and state = 'ready'`) != "0" {
			broken++
		}
		ddl(`drop trigger slow on membership`)
		if _, err := w.engine.Apply(t.Context(), id, nil); err != nil {
			t.Fatal(err)
		}
		if got := w.state(t); got != want {
			t.Errorf("killed after %v, and finished:\n%s\ninstead of\n%s", after, got, want)
		}
	}
	if broken == 0 {
		t.Error("no kill came before the end")
	}
}

func applyUntilKilled(t *testing.T, told string) {
	parts := strings.Split(told, "|")
	d, err := db.Open(t.Context(), db.Config{App: parts[0], Import: parts[1], Pool: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	r := tenant.NewRegistry(d, "localhost:8080", "http")
	if err := r.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	e := feed.New(d, r, func(*tenant.Tenant) feed.Limits { return feed.Defaults() })
	fmt.Println("begun")
	if _, err := e.Apply(t.Context(), uuid.MustParse(parts[2]), nil); err != nil {
		t.Fatal(err)
	}
}
