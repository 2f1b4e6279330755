package feed_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/feed"
	"elyco/internal/school"
)

func mother(key string) feed.Tie {
	return feed.Tie{Relative: key, Link: 10, Legal: 1, Pays: true, Contact: true, Home: true}
}
func father(key string) feed.Tie { return feed.Tie{Relative: key, Link: 20, Legal: 1, Contact: true} }

// usual is a feed with the records that trip others: homonyms, twins, a pupil of two schools, a child without guardian, an
// association that stands for a parent, staff with several functions in several schools.
func (w *world) usual() told {
	return w.complete([]feed.Row{
		pupil("1", "Léa", "Martin", "2014-03-01", tied(mother("101"), father("102"))),
		pupil("2", "Léa", "Martin", "2014-05-09", tied(mother("103"))),
		pupil("3", "Tom", "Le Goff", "2013-02-02", tied(mother("104"))),
		pupil("4", "Zoé", "Le Goff", "2013-02-02", tied(mother("104"), feed.Tie{Relative: "105", Link: 38, Legal: 0, Contact: true})),
		pupil("5", "Inès", "Nguyễn", "2012-11-30", func(p *feed.Pupil) {
			p.Classes = []feed.Place{{Structure: college, Code: "1 STMG 3"}, {Structure: sibling, Code: "ULIS"}}
			p.Groups = []feed.Place{{Structure: college, Code: "6ANG1"}, {Structure: college, Code: "6ANG1"}}
		}, tied(feed.Tie{Relative: "106", Link: 51, Legal: 1})),
		pupil("6", "Noé", "Petit", "2008-01-01", at(lycee, "TG2"), tied(feed.Tie{Relative: "107", Link: 70, Legal: 1})),
		relative("101", "Anne", "Martin"), relative("102", "Éric", "Durand"), relative("103", "Anne", "Martin"),
		relative("104", "Gaëlle", "Le Goff"), relative("105", "Yves", "Le Goff"), relative("106", "", "Service de l’enfance"),
		relative("107", "Noé", "Petit"),
		staff("201", "Paul", "Henry", append(teaches(college, sibling), feed.Function{Structure: college, Code: "DIR", Label: "DIRECTION"},
			feed.Function{Structure: college, Code: "ENS", Discipline: "LATIN"}, feed.Function{Structure: lycee, Code: "-", Label: "SANS OBJET"}),
			feed.Lesson{Structure: college, Class: "6A", Subject: "020700"}, feed.Lesson{Structure: college, Class: "6A", Subject: "020700"},
			feed.Lesson{Structure: college, Group: "6ANG1", Subject: "020700"}),
		staff("202", "Ève", "Roux", []feed.Function{{Structure: college, Code: "XYZ", Label: "INCONNUE"}}),
		staff("203", "Jean", "Remplaçant", []feed.Function{{Structure: "9999", Code: "ENS"}}),
	})
}

func TestFirstFeed(t *testing.T) {
	w := newWorld(t)
	id, parts := w.mustCheck(t, w.usual())
	if p := parts[w.College.ID]; p.State != feed.PartReady || p.Created != 12 || p.Gone != 0 || p.Classes != 3 || p.Known != 0 {
		t.Errorf("the collège's part is %+v", p)
	}
	w.holds(t, "0", `select count(*)::text from person`)
	w.applied(t, id)

	w.holds(t, "lea.martin,lea.martin2", `select string_agg(login, ',' order by login) from account a join person_key k using (person_id) where k.key in ('1', '2')`)
	w.holds(t, "anne.martin,anne.martin2", `select string_agg(login, ',' order by k.key) from account a join person_key k using (person_id) where k.key in ('101', '103')`)
	w.holds(t, "ines.nguyen", `select login from account a join person_key k using (person_id) where k.key = '5'`)
	w.holds(t, "0", `select count(*)::text from account a join person_key k using (person_id) where a.state <> 'pending'`)
	w.holds(t, "servicedelenfance", `select login from account a join person_key k using (person_id) where k.key = '106'`)
	w.holds(t, "0", `select count(*)::text from person_key where key in ('105', '107', '203')`)
	w.holds(t, "mother 1 true true true,father 1 false true false", `select string_agg(concat_ws(' ', tie, legal_rank, pays::text, emergency_contact::text, lives_with::text), ',' order by tie desc)
		from guardianship g join person_key k on k.person_id = g.child_id where k.key = '1'`)
	w.holds(t, "10 1 STMG 3,12 ULIS", `select string_agg(m.tenant_id || ' ' || c.name, ',' order by m.tenant_id) from class_member m join class c on c.id = m.class_id
		join person_key k on k.person_id = m.person_id where k.key = '5'`)
	w.holds(t, "10 guardian,12 guardian", `select string_agg(m.tenant_id || ' ' || m.profile, ',' order by m.tenant_id) from membership m join person_key k using (person_id) where k.key = '106'`)
	w.holds(t, "10 head Direction,10 teacher Latin, Lettres modernes,12 teacher Lettres modernes", `select string_agg(concat_ws(' ', m.tenant_id, m.profile, m.function), ',' order by m.tenant_id, m.profile)
		from membership m join person_key k using (person_id) where k.key = '201'`)
	w.holds(t, "Francais 6A,Francais 6ANG1", `select string_agg(s.label || ' ' || coalesce(c.name, g.name), ',' order by c.name) from teaching t join subject s on s.id = t.subject_id
		left join class c on c.id = t.class_id left join teaching_group g on g.id = t.group_id`)
	w.holds(t, "administrative", `select m.profile from membership m join person_key k using (person_id) where k.key = '202'`)
	w.holds(t, "6e", `select level from class where name = '6A'`)
	w.holds(t, "Tom,Zoé", `select string_agg(c ->> 'n', ',' order by c ->> 'n') from passport p join person_key k using (person_id), jsonb_array_elements(p.body -> 0 -> 'k') c where k.key = '104'`)
	found, err := w.engine.Findings(w.academy(t), id, feed.FindingFilter{Kind: feed.Unnamed})
	if err != nil || len(found) != 1 || found[0].Key != "XYZ" || found[0].Line == 0 {
		t.Errorf("the unknown function is reported as %+v: %v", found, err)
	}
	if found, _ := w.engine.Findings(w.academy(t), id, feed.FindingFilter{Kind: feed.Structures}); len(found) != 1 || found[0].Key != "9999" {
		t.Errorf("the unknown structure is reported as %+v", found)
	}
}

func TestTheSameFeedWritesNothing(t *testing.T) {
	w := newWorld(t)
	followed := 0
	w.engine.Then(func(context.Context, db.Tx) error { followed++; return nil })
	if n := w.apply(t, w.usual()); n == 0 || followed != 1 {
		t.Fatalf("the first feed wrote %d rows and was followed %d times", n, followed)
	}
	const versions = `select md5(string_agg(v, ',' order by v)) from (
		select 'm' || xmin || ctid as v from membership union all select 'p' || xmin || ctid from person union all select 'k' || xmin || ctid from person_key
		union all select 'g' || xmin || ctid from guardianship union all select 'c' || xmin || ctid from class_member union all select 'r' || xmin || ctid from group_member
		union all select 't' || xmin || ctid from teaching union all select 'l' || xmin || ctid from class union all select 's' || xmin || ctid from passport
		union all select 'a' || xmin || ctid from account) x`
	before, state := w.query(t, versions), w.state(t)
	for seed := range uint64(3) {
		id, parts := w.mustCheck(t, shuffled(w.usual(), seed))
		for _, p := range parts {
			if p.State != feed.Unchanged {
				t.Errorf("an unchanged feed changes %+v", p)
			}
		}
		w.applied(t, id)
	}
	if followed != 1 {
		t.Errorf("what wrote nothing was followed: %d times", followed-1)
	}
	if after := w.query(t, versions); after != before {
		t.Errorf("rows were written\nbefore:\n%s\nafter:\n%s", state, w.state(t))
	}
}

func TestTheOrderOfRecordsIsNoMatter(t *testing.T) {
	var first string
	for seed := range uint64(3) {
		w := newWorld(t)
		src := w.usual()
		if seed > 0 {
			src = shuffled(src, seed)
		}
		w.apply(t, src)
		if state := w.state(t); first == "" {
			first = state
		} else if state != first {
			t.Errorf("another order makes\n%s\ninstead of\n%s", state, first)
		}
	}
}

func TestAFeedCutShortLeavesNothing(t *testing.T) {
	w := newWorld(t)
	src := w.usual()
	src.cut = fault.New(fault.Invalid, "Le fichier est incomplet.")
	id, err := w.check(t, src)
	if !fault.Is(err, fault.Invalid) {
		t.Fatalf("got %v", err)
	}
	w.holds(t, "refused Le fichier est incomplet.", `select state || ' ' || problem from feed where id = $1`, id)
	w.holds(t, "0", `select ((select count(*) from staged_person) + (select count(*) from person) + (select count(*) from feed_part))::text`)
	src.cut = errors.New("something broke")
	if id, err := w.check(t, src); err == nil || !strings.Contains(w.query(t, `select problem from feed where id = $1`, id), "Recommencez") {
		t.Errorf("a defect is told as %v", err)
	}
	w.apply(t, w.usual())
	w.holds(t, "6", `select count(*)::text from membership where profile = 'pupil' and tenant_id <> 12`)
}

func TestWhatPeopleAddedStays(t *testing.T) {
	w := newWorld(t)
	w.apply(t, w.usual())
	w.Exec(t, `update membership set source = 'manual', function = 'Par la main' where tenant_id = 10 and person_id = (select person_id from person_key where key = '202')`)
	before := w.query(t, `select m.xmin || ' ' || function from membership m join person_key k using (person_id) where k.key = '202'`)
	src := w.usual()
	src.rows[len(src.rows)-2].Staff.FamilyName = "Autrement"
	w.limits.GonePercent = 100
	w.apply(t, src)
	w.holds(t, before, `select m.xmin || ' ' || function from membership m join person_key k using (person_id) where k.key = '202'`)
	w.apply(t, w.complete())
	w.holds(t, before, `select m.xmin || ' ' || function from membership m join person_key k using (person_id) where k.key = '202'`)
	w.holds(t, "0", `select count(*)::text from membership where source = 'aaf' and missing_since is null`)
}

func TestNobodyTouchesAnotherSchool(t *testing.T) {
	w := newWorld(t)
	w.apply(t, w.usual())
	state := w.query(t, `select md5(string_agg(xmin || ' ' || ctid || tenant_id, ',' order by tenant_id, ctid)) from membership`)
	own := told{header: feed.Header{Source: "csv:12", Kind: feed.Complete, Day: w.day, Label: "colette.csv", Only: w.Sibling.ID}, rows: []feed.Row{
		{Operation: feed.Put, Structure: &feed.Structure{Key: "ici", UAI: "0859996V"}}, {Operation: feed.Put, Structure: &feed.Structure{Key: "ailleurs", UAI: "0859998X"}},
		pupil("1", "Autre", "Enfant", "2014-01-01", at("ailleurs", "6A")), pupil("2", "Bien", "Ici", "2014-01-01", at("ici", "5B")),
	}}
	id, parts := w.mustCheck(t, own)
	if len(parts) != 1 || parts[w.Sibling.ID].Created != 1 {
		t.Fatalf("the parts are %+v", parts)
	}
	w.applied(t, id)
	w.holds(t, state, `select md5(string_agg(xmin || ' ' || ctid || tenant_id, ',' order by tenant_id, ctid)) from membership where source <> 'csv:12'`)
	w.holds(t, "12 2", `select string_agg(m.tenant_id || ' ' || k.key, ',') from membership m join person_key k using (person_id) where k.source = 'csv:12'`)
	for name, h := range map[string]feed.Header{
		"a name that is none":     {Source: "csv:12'; drop table person; --", Kind: feed.Complete, Day: w.day, Only: w.Sibling.ID},
		"a table for every place": {Source: "csv:12", Kind: feed.Complete, Day: w.day},
		"no day":                  {Source: "aaf", Kind: feed.Complete},
	} {
		if err := w.engine.Check(t.Context(), school.NewID(), school.PersonID{}, told{header: h}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
