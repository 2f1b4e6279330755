package audit_test

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/local/pg"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

var secret = [32]byte{7}

// sealed makes a territory whose collège has nine entries in three seals, and whose sibling has one.
func sealed(t *testing.T) (*testkit.Territory, *testkit.Clock, *audit.Keeper) {
	t.Helper()
	clock := &testkit.Clock{}
	w := testkit.NewTerritory(t, "localhost", clock.Now)
	k := audit.NewKeeper(w.DB, secret)
	fill(t, w, k, w.College)
	record(t, w, w.Sibling, audit.Entry{Action: "home.default"})
	seal(t, k, 1)
	return w, clock, k
}

// fill gives a space nine entries in three seals.
func fill(t *testing.T, w *testkit.Territory, k *audit.Keeper, in *tenant.Tenant) {
	t.Helper()
	for i := range 9 {
		record(t, w, in, audit.Entry{Actor: school.PersonID{UUID: school.NewID()}, Action: "home.default", Subject: fmt.Sprint(i), Title: fmt.Sprint("n° ", i), Detail: map[string]any{"n": i}})
		if i%3 == 2 {
			seal(t, k, 3)
		}
	}
}

// lift takes the walls down that bind the owner of the tables.
func lift(t *testing.T, w *testkit.Territory) {
	t.Helper()
	for _, table := range []string{"audit_entry", "audit_open", "audit_seal", "audit_head"} {
		if _, err := w.As(t, pg.Owner).Exec(t.Context(), `alter table `+table+` no force row level security`); err != nil {
			t.Fatal(err)
		}
	}
}

func seal(t *testing.T, k *audit.Keeper, want int) {
	t.Helper()
	if n, err := k.Seal(t.Context()); err != nil || n != want {
		t.Fatalf("sealed %d, not %d: %v", n, want, err)
	}
}

func verify(t *testing.T, k *audit.Keeper, in *tenant.Tenant) audit.Verdict {
	t.Helper()
	v, err := k.Verify(tenant.Enter(t.Context(), in))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestChainHolds(t *testing.T) {
	w, clock, k := sealed(t)
	if v := verify(t, k, w.College); !v.Holds() || v.Seals != 3 || v.Entries != 9 || v.Waiting != 0 {
		t.Errorf("%+v", v)
	}
	if v := verify(t, k, w.Lycee); !v.Holds() || v.Seals != 0 {
		t.Errorf("an empty trail: %+v", v)
	}
	seal(t, k, 0)
	record(t, w, w.College, audit.Entry{Action: "home.default"})
	if v := verify(t, k, w.College); !v.Holds() || v.Waiting != 1 {
		t.Errorf("%+v", v)
	}
	clock.Pass(time.Hour)
	if v := verify(t, k, w.College); v.Damage != audit.NothingSealed {
		t.Errorf("nobody seals, and: %+v", v)
	}
	other := audit.NewKeeper(w.DB, [32]byte{8})
	if v := verify(t, other, w.College); v.Damage != audit.SealBroken || v.Seal != 1 {
		t.Errorf("another secret: %+v", v)
	}
}

// TestTampering does, as the owner of the database and with its walls down, what a dishonest administrator would.
func TestTampering(t *testing.T) {
	w, _, k := sealed(t)
	owner := w.As(t, pg.Owner)
	lift(t, w)
	const of = ` tenant_id = {scope} and `
	const fifth = `(select id from audit_entry where tenant_id = {scope} and subject = '4')`
	for what, c := range map[string]struct {
		sql    []string
		damage audit.Damage
		seal   int64
		entry  string // its subject
	}{
		"a changed title":    {[]string{`update audit_entry set title = 'x' where` + of + `subject = '4'`}, audit.EntryChanged, 2, "4"},
		"a changed actor":    {[]string{`update audit_entry set actor_id = gen_random_uuid() where` + of + `subject = '8'`}, audit.EntryChanged, 3, "8"},
		"an actor removed":   {[]string{`update audit_entry set actor_id = null where` + of + `subject = '0'`}, audit.EntryChanged, 1, "0"},
		"a changed instant":  {[]string{`update audit_entry set at = at - interval '1 microsecond' where` + of + `subject = '1'`}, audit.EntryChanged, 1, "1"},
		"a changed detail":   {[]string{`update audit_entry set detail = '{"n": 5}' where` + of + `subject = '4'`}, audit.EntryChanged, 2, "4"},
		"a changed action":   {[]string{`update audit_entry set action = 'home.other' where` + of + `subject = '4'`}, audit.EntryChanged, 2, "4"},
		"a removed entry":    {[]string{`delete from audit_entry where` + of + `subject = '4'`}, audit.EntryRemoved, 2, ""},
		"an entry elsewhere": {[]string{`update audit_entry set tenant_id = 12 where` + of + `subject = '4'`}, audit.EntryRemoved, 2, ""},
		"a new id":           {[]string{`update audit_entry set id = gen_random_uuid() where` + of + `subject = '4'`}, audit.EntryRemoved, 2, ""},
		"swapped subjects": {[]string{`update audit_entry set subject = case subject when '3' then '4' else '3' end where` + of + `subject in ('3', '4')`},
			audit.EntryChanged, 2, "4"},
		"an added entry": {[]string{`insert into audit_entry (tenant_id, id, at, action, subject) values ({scope}, gen_random_uuid(), now(), 'home.default', 'new')`,
			`delete from audit_open`}, audit.EntryAdded, 0, "new"},
		"an entry for another": {[]string{`delete from audit_entry where` + of + `subject = '4'`,
			`insert into audit_entry (tenant_id, id, at, action, subject) values ({scope}, gen_random_uuid(), now(), 'home.default', '4')`, `delete from audit_open`},
			audit.EntryRemoved, 2, ""},
		"a removed seal":     {[]string{`delete from audit_seal where` + of + `number = 2`}, audit.SealBroken, 2, ""},
		"the first seal":     {[]string{`delete from audit_seal where` + of + `number = 1`, `update audit_seal set number = number - 1 where` + of + `true`}, audit.SealBroken, 1, ""},
		"the order of seals": {[]string{`update audit_seal set number = case number when 2 then 103 else 102 end where` + of + `number in (2, 3)`, `update audit_seal set number = number - 100 where number > 100`}, audit.SealBroken, 2, ""},
		"a seal's instant":   {[]string{`update audit_seal set at = at + interval '1 day' where` + of + `number = 3`}, audit.SealBroken, 3, ""},
		"a seal of another":  {[]string{`update audit_seal s set leaves = o.leaves, link = o.link, entries = o.entries from audit_seal o where s.tenant_id = {scope} and s.number = 1 and o.tenant_id = 12`}, audit.SealBroken, 1, ""},
		"the order inside": {[]string{`update audit_seal set leaves = substr(leaves, 49, 48) || substr(leaves, 1, 48) || substr(leaves, 97) where` + of + `number = 2`},
			audit.SealBroken, 2, ""},
		"an entry and its leaf": {[]string{`delete from audit_entry where id = ` + fifth,
			`update audit_seal set entries = 2, leaves = substr(leaves, 1, 48) || substr(leaves, 97), link = sha256(leaves) where` + of + `number = 2`},
			audit.SealBroken, 2, ""},
		"the end, but not its entries": {[]string{`delete from audit_seal where` + of + `number = 3`}, audit.EntryAdded, 0, "6"},
	} {
		t.Run(what, func(t *testing.T) {
			in := w.NewSchool(t)
			fill(t, w, k, in)
			if v := verify(t, k, in); !v.Holds() {
				t.Fatalf("before: %+v", v)
			}
			for _, sql := range c.sql {
				sql = strings.ReplaceAll(sql, "{scope}", fmt.Sprint(in.ID))
				if tag, err := owner.Exec(t.Context(), sql); err != nil || tag.Update() && tag.RowsAffected() == 0 {
					t.Fatalf("%s: %v, %v", sql, tag, err)
				}
			}
			v := verify(t, k, in)
			if v.Damage != c.damage || v.Seal != c.seal {
				t.Fatalf("%+v", v)
			}
			if c.entry == "" {
				return
			}
			var subject string
			if err := owner.QueryRow(t.Context(), `select subject from audit_entry where tenant_id = $2 and id = $1`, v.Entry, int64(in.ID)).Scan(&subject); err != nil || subject != c.entry && what != "swapped subjects" {
				t.Errorf("it names %q: %v", subject, err)
			}
		})
	}
}

// TestHeads cuts the end of a chain with its entries: only what was kept elsewhere can tell.
func TestHeads(t *testing.T) {
	w, clock, k := sealed(t)
	h, taken, err := k.TakeHead(t.Context())
	if err != nil || !taken || len(h.Numbers) != 2 || h.Numbers[w.College.ID] != 3 {
		t.Fatalf("%+v, %v, %v", h, taken, err)
	}
	if _, again, err := k.TakeHead(t.Context()); err != nil || again {
		t.Errorf("the day's head was taken twice: %v", err)
	}
	kept, err := audit.ParseKept(h.String())
	if err != nil {
		t.Fatal(err)
	}
	check := func(want string) {
		t.Helper()
		found, err := k.VerifyHeads(t.Context(), kept)
		got := ""
		for _, v := range found {
			got += fmt.Sprintf("%s %d %d;", v.Damage, v.Scope, v.Seal)
		}
		if err != nil || got != want {
			t.Errorf("found %q, not %q: %v", got, want, err)
		}
	}
	check("")
	clock.Pass(24 * time.Hour)
	if err := k.Round(t.Context()); err != nil || k.Broken() != 0 || k.Sealed() != 10 {
		t.Errorf("the next day: %d sealed, %d broken, %v", k.Sealed(), k.Broken(), err)
	}
	check("")
	owner := w.As(t, pg.Owner)
	lift(t, w)
	do := func(sql ...string) {
		t.Helper()
		for _, s := range sql {
			if _, err := owner.Exec(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
	}
	do(`delete from audit_entry where tenant_id = 10 and subject > '5'`, `delete from audit_seal where tenant_id = 10 and number = 3`)
	if v := verify(t, k, w.College); !v.Holds() {
		t.Fatalf("a chain that was cut looks whole by itself: %+v", v)
	}
	check("chain_cut 10 3;chain_cut 10 3;")
	do(`delete from audit_head`)
	check("head_unlike 0 0;")
}

func TestKept(t *testing.T) {
	for _, s := range []string{"", "2026-11-23", "2026-11-23:ab", "23/11/2026:" + hex.EncodeToString(make([]byte, 32)), "2026-11-23:" + hex.EncodeToString(make([]byte, 33))} {
		if _, err := audit.ParseKept(s); err == nil {
			t.Errorf("%q was read", s)
		}
	}
}

// TestSealersAndWriters lets several replicas seal while many people write, some of them slowly.
func TestSealersAndWriters(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost", nil)
	k := audit.NewKeeper(w.DB, secret)
	const writers, each = 3, 40
	done := make(chan struct{})
	var writing, sealing sync.WaitGroup
	for i := range writers {
		writing.Go(func() {
			for n := range each {
				in := []*tenant.Tenant{w.College, w.Sibling}[n%2]
				err := w.DB.Write(tenant.Enter(t.Context(), in), func(ctx context.Context, tx db.Tx) error {
					if err := audit.Record(ctx, tx, audit.Entry{Action: "home.default", Subject: fmt.Sprint(i, n)}); err != nil {
						return err
					}
					if n%10 == 0 {
						time.Sleep(30 * time.Millisecond) // commits long after its id and its clock
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 2 {
		sealing.Go(func() {
			for {
				if _, err := k.Seal(t.Context()); err != nil {
					t.Error(err)
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	writing.Wait()
	close(done)
	sealing.Wait()
	if _, err := k.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	total := int64(0)
	for _, in := range []*tenant.Tenant{w.College, w.Sibling} {
		v := verify(t, k, in)
		if !v.Holds() || v.Waiting != 0 || v.Seals < 2 {
			t.Errorf("%+v", v)
		}
		total += v.Entries
	}
	if total != writers*each || k.Sealed() != total {
		t.Errorf("%d entries in seals and %d sealed, of %d", total, k.Sealed(), writers*each)
	}
}

func TestStanding(t *testing.T) {
	w, _, k := sealed(t)
	stand := func() (s audit.Standing) {
		t.Helper()
		err := w.DB.Read(tenant.Enter(t.Context(), w.College), func(ctx context.Context, tx db.Tx) (err error) {
			s, err = audit.Stand(ctx, tx)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	record(t, w, w.College, audit.Entry{Action: "home.default"})
	if text, alarm := stand().Words(); alarm || !strings.Contains(text, "scellé depuis") {
		t.Errorf("%q", text)
	}
	if s := stand(); s.Seals != 3 || s.Waiting != 1 || s.SealedAt.IsZero() || !s.Last.At.IsZero() {
		t.Errorf("%+v", s)
	}
	for range 2 {
		if err := k.Note(tenant.Enter(t.Context(), w.College), verify(t, k, w.College)); err != nil {
			t.Fatal(err)
		}
	}
	if s := stand(); !s.Last.Holds() || s.Last.Entries != 9 || s.Last.At.IsZero() {
		t.Errorf("%+v", s)
	}
	bad := audit.Verdict{At: w.Now(), Damage: audit.EntryRemoved, Seal: 2, Entry: school.NewID()}
	if err := k.Note(tenant.Enter(t.Context(), w.College), bad); err != nil {
		t.Fatal(err)
	}
	if text, alarm := stand().Words(); !alarm || !strings.Contains(text, "une inscription scellée a disparu (sceau 2)") {
		t.Errorf("%q", text)
	}
}
