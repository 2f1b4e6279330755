package feed_test

import (
	"context"
	"testing"
	"time"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/feed"
	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// without leaves out the people with these keys.
func without(s told, keys ...string) told {
	var rows []feed.Row
	for _, r := range s.rows {
		key := ""
		switch {
		case r.Pupil != nil:
			key = r.Pupil.Key
		case r.Relative != nil:
			key = r.Relative.Key
		case r.Staff != nil:
			key = r.Staff.Key
		}
		left := false
		for _, k := range keys {
			left = left || k == key
		}
		if !left {
			rows = append(rows, r)
		}
	}
	s.rows = rows
	return s
}

func TestWhoIsMissingHasTimeToComeBack(t *testing.T) {
	w := newWorld(t)
	w.apply(t, w.usual())
	w.limits.GonePercent = 100
	state := w.state(t)
	id, parts := w.mustCheck(t, without(w.usual(), "2", "103"))
	if p := parts[w.College.ID]; p.Gone != 2 || p.Created+p.Changed != 0 {
		t.Errorf("the part is %+v", p)
	}
	w.applied(t, id)
	today := directory.Day(w.DB.Now())
	until := today.AddDate(0, 0, 15).Format(time.DateOnly)
	w.holds(t, "103 "+until+",2 "+until, `select string_agg(k.key || ' ' || m.ends_on, ',' order by k.key) from membership m join person_key k using (person_id) where missing_since = current_date`)
	w.holds(t, "true", `select (body <> '[]')::text from passport p join person_key k using (person_id) where k.key = '2'`)
	w.holds(t, "1", `select count(*)::text from job where kind = 'feeds.close' and tenant_id = 10 and run_at::date = current_date + 16`)
	if n := w.apply(t, without(w.usual(), "2", "103")); n != 0 {
		t.Errorf("who is missing still was written again, %d rows", n)
	}
	if _, parts := w.mustCheck(t, w.usual()); parts[w.College.ID].Back != 2 {
		t.Errorf("who comes back is counted as %+v", parts[w.College.ID])
	}
	w.apply(t, w.usual())
	if back := w.state(t); back != state {
		t.Errorf("who came back is\n%s\ninstead of\n%s", back, state)
	}
}

func TestTheAccessOfWhoIsMissingEnds(t *testing.T) {
	w := newWorld(t)
	w.apply(t, w.usual())
	w.limits = feed.Limits{GonePercent: 100, TiesPercent: 100}
	w.apply(t, without(w.usual(), "2"))
	// As on the day after the last one of the grace.
	w.Exec(t, `update membership set ends_on = current_date - 1 where missing_since is not null`)
	w.Exec(t, `update job set run_at = now() - interval '1 minute', payload = jsonb_build_object('day', current_date) where kind = 'feeds.close'`)
	worker, err := job.NewWorker(w.DB, w.engine.Jobs(), 1, func(ctx context.Context, scope int64) (context.Context, bool) {
		return tenant.Enter(ctx, w.Registry.ByID(school.ScopeID(scope))), true
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := worker.Once(t.Context()); n != 1 || err != nil {
		t.Fatalf("%d jobs ran: %v", n, err)
	}
	w.holds(t, "[]", `select body::text from passport p join person_key k using (person_id) where k.key = '2'`)
	w.holds(t, "1", `select count(*)::text from person_key where key = '2'`)
}

func TestAPupilKeepsTheAccountFromSchoolToSchool(t *testing.T) {
	w := newWorld(t)
	w.apply(t, w.usual())
	person := w.query(t, `select person_id::text from person_key where key = '1'`)
	next := without(w.usual(), "1")
	next.rows = append(next.rows, pupil("1", "Léa", "Martin", "2014-03-01", at(lycee, "2GT1"), func(p *feed.Pupil) { p.Level = "SECONDE GENERALE & TECHNO YC BT" }, tied(mother("101"), father("102"))))
	id, parts := w.mustCheck(t, next)
	if here, there := parts[w.College.ID], parts[w.Lycee.ID]; here.Moved != 3 || here.Gone != 0 || here.State != feed.PartReady || there.Arrived != 3 {
		t.Errorf("here %+v\nthere %+v", here, there)
	}
	w.applied(t, id)
	w.holds(t, person, `select person_id::text from person_key where key = '1'`)
	w.holds(t, "10 true,11 false", `select string_agg(tenant_id || ' ' || (missing_since is not null), ',' order by tenant_id) from membership where person_id = $1::uuid`, person)
	w.holds(t, "2de", `select level from class where name = '2GT1'`)
	w.holds(t, "1", `select count(*)::text from class_member m where tenant_id = 10 and person_id = $1::uuid`, person)
	w.holds(t, "1", `select count(*)::text from account where person_id = $1::uuid`, person)
}

func TestWhoLosesTheAuthorityLosesTheAccessAtOnce(t *testing.T) {
	w := newWorld(t)
	w.apply(t, w.usual())
	w.limits.TiesPercent = 100
	src := w.usual()
	for i, r := range src.rows {
		if r.Pupil != nil && r.Pupil.Key == "1" {
			p := *r.Pupil
			p.Ties = []feed.Tie{mother("101"), {Relative: "102", Link: 20, Legal: 0}}
			src.rows[i].Pupil = &p
		}
	}
	w.limits.GonePercent = 100
	w.apply(t, src)
	w.holds(t, "true", `select (ends_on < current_date)::text from guardianship g join person_key k on k.person_id = g.guardian_id where k.key = '102'`)
	w.holds(t, "[]", `select body::text from passport p join person_key k using (person_id) where k.key = '102'`)
	w.apply(t, w.usual())
	w.holds(t, "1", `select jsonb_array_length(body -> 0 -> 'k')::text from passport p join person_key k using (person_id) where k.key = '102'`)
}

func TestBothMeaningsOfTheLegalField(t *testing.T) {
	for _, c := range []struct {
		link, legal int
		standing    feed.Standing
		rank        int
	}{
		{1, 1, feed.Authority, 1}, {2, 2, feed.Authority, 2}, {3, 0, feed.Contact, 0}, {7, 1, feed.Oneself, 0},
		{10, 1, feed.Authority, 1}, {20, 1, feed.Authority, 1}, {39, 2, feed.InCharge, 0}, {38, 0, feed.Contact, 0}, {70, 1, feed.Oneself, 0}, {0, 1, feed.Authority, 1},
	} {
		if s, rank := (feed.Tie{Link: c.link, Legal: c.legal}).Standing(); s != c.standing || rank != c.rank {
			t.Errorf("link %d, legal %d: %s, %d", c.link, c.legal, s, rank)
		}
	}
	w := newWorld(t)
	src := w.complete([]feed.Row{relative("9", "Aïcha", "Ba"), pupil("8", "Sam", "Ba", "2014-01-01", tied(feed.Tie{Relative: "9", Link: 39, Legal: 2}))})
	w.apply(t, src)
	w.holds(t, "0", `select count(*)::text from guardianship`)
	w.limits.InCharge, w.limits.TiesPercent = true, 100
	w.apply(t, src)
	w.holds(t, "family without rank", `select tie || ' ' || coalesce(legal_rank::text, 'without rank') from guardianship`)
}

func TestWhatChangesTooMuchWaitsForAWord(t *testing.T) {
	w := newWorld(t)
	w.day = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	w.apply(t, w.usual())
	next := without(w.usual(), "2", "3")
	next.rows = append(next.rows, pupil("50", "Nour", "Haddad", "2008-01-01", at(lycee, "TG2")))
	id, parts := w.mustCheck(t, next)
	if p := parts[w.College.ID]; p.State != feed.PartHeld || p.HeldFor != feed.TooManyGone {
		t.Fatalf("the collège's part is %+v", p)
	}
	w.applied(t, id)
	w.holds(t, "0", `select count(*)::text from membership where missing_since is not null`)
	w.holds(t, "1", `select count(*)::text from membership m join person_key k using (person_id) where k.key = '50'`)
	admin := w.NewPerson(t)
	confirm := func(reason string, scope school.ScopeID) error {
		return w.DB.Write(w.academy(t), func(ctx context.Context, tx db.Tx) error { return feed.Confirm(ctx, tx, id, scope, admin.ID, reason) })
	}
	if err := confirm("", w.College.ID); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a reason: %v", err)
	}
	if err := confirm("Fermeture d’une classe", w.Lycee.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("what is not held: %v", err)
	}
	if err := confirm("Fermeture d’une classe", w.College.ID); err != nil {
		t.Fatal(err)
	}
	w.applied(t, id)
	w.holds(t, "2", `select count(distinct person_id)::text from membership where missing_since is not null and profile = 'pupil'`)
	w.holds(t, "applied", `select state from feed where id = $1`, id)
	w.holds(t, "Fermeture d’une classe", `select detail ->> 'reason' from audit_entry where action = 'feeds.confirm'`)
}

func TestTiesThatChangeTooMuchWait(t *testing.T) {
	w := newWorld(t)
	w.apply(t, w.usual())
	src := w.usual()
	for i, r := range src.rows {
		if r.Pupil != nil && r.Pupil.Key == "2" {
			p := *r.Pupil
			p.Ties = []feed.Tie{mother("101")}
			src.rows[i].Pupil = &p
		}
	}
	w.limits.GonePercent = 100
	if _, parts := w.mustCheck(t, src); w.DB.Now().Month() != time.September && parts[w.College.ID].HeldFor != feed.TooManyTies {
		t.Errorf("the part is %+v", parts[w.College.ID])
	}
}

func TestFeedsInTheWrongOrder(t *testing.T) {
	w := newWorld(t)
	if _, err := w.check(t, w.delta()); !fault.Is(err, fault.Conflict) {
		t.Errorf("changes before everything: %v", err)
	}
	w.apply(t, w.usual())
	w.day = w.day.AddDate(0, 0, -1)
	if _, err := w.check(t, w.usual()); !fault.Is(err, fault.Conflict) {
		t.Errorf("an older feed: %v", err)
	}
}
