package audit_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/audit"
	"elyco/internal/local/pg"
)

// TestRelease lets go of the nine entries of three seals some years later: the chain still holds, and what is done behind the
// program's back still shows.
func TestRelease(t *testing.T) {
	w, clock, k := sealed(t)
	clock.Pass(4 * 365 * 24 * time.Hour)
	fill(t, w, k, w.College)
	lift(t, w)
	if _, err := k.Release(t.Context(), w.College.ID, clock.Now().AddDate(-3, 0, 0)); err == nil {
		t.Error("entries go before any daily head was taken")
	}
	if _, taken, err := k.TakeHead(t.Context()); err != nil || !taken {
		t.Fatalf("no head: %v", err)
	}
	if _, err := k.Release(t.Context(), w.College.ID, clock.Now().AddDate(0, -2, 0)); err == nil {
		if n, _ := k.Release(t.Context(), w.College.ID, clock.Now().AddDate(0, -2, 0)); n > 0 {
			t.Error("entries of the last year go")
		}
	}
	if v := verify(t, k, w.College); !v.Holds() || v.Entries != 18 {
		t.Fatalf("before the release: %+v", v)
	}
	n, err := k.Release(t.Context(), w.College.ID, clock.Now().AddDate(-3, 0, 0))
	if err != nil || n != 9 {
		t.Fatalf("%d entries went, not nine: %v", n, err)
	}
	if v := verify(t, k, w.College); !v.Holds() || v.Seals != 6 || v.Entries != 9 {
		t.Errorf("after the release: %+v", v)
	}
	if v := verify(t, k, w.Sibling); !v.Holds() || v.Entries != 1 {
		t.Errorf("another space: %+v", v)
	}
	if got := told(list(t, w, w.College, audit.Filter{})); got != "n° 8 n° 7 n° 6 n° 5 n° 4 n° 3 n° 2 n° 1 n° 0" {
		t.Errorf("left: %s", got)
	}
	if n, err := k.Release(t.Context(), w.College.ID, clock.Now().AddDate(-3, 0, 0)); err != nil || n != 0 {
		t.Errorf("a second time %d went: %v", n, err)
	}
	for what, c := range map[string]struct {
		sql  string
		want audit.Damage
	}{
		"a release that reaches further": {`update audit_release set number = 4 where tenant_id = 10`, audit.SealBroken},
		"one beyond the chain":           {`update audit_release set number = 40 where tenant_id = 10`, audit.SealBroken},
		"one of another day":             {`update audit_release set before = before + interval '1 day' where tenant_id = 10`, audit.SealBroken},
		"no release":                     {`delete from audit_release where tenant_id = 10`, audit.EntryRemoved},
		"an entry that comes back": {`insert into audit_entry (tenant_id, id, at, action) select 10, encode(substr(leaves, 1, 16), 'hex')::uuid, at, 'x.y' from audit_seal
			where tenant_id = 10 and number = 1; delete from audit_open`, audit.EntryAdded},
		"a young entry that is gone": {`delete from audit_entry where tenant_id = 10 and id = (select max(id::text)::uuid from audit_entry where tenant_id = 10)`, audit.EntryRemoved},
	} {
		t.Run(what, func(t *testing.T) {
			conn := w.As(t, pg.Owner)
			tx, err := conn.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			lifted := `alter table audit_release no force row level security`
			if _, err := tx.Exec(t.Context(), lifted); err != nil {
				t.Fatal(err)
			}
			if _, err := tx.Exec(t.Context(), `create temp table before_release as table audit_release; create temp table before_entry as table audit_entry`); err != nil {
				t.Fatal(err)
			}
			if _, err := tx.Exec(t.Context(), c.sql); err != nil {
				t.Fatal(err)
			}
			if err := tx.Commit(t.Context()); err != nil {
				t.Fatal(err)
			}
			if v := verify(t, k, w.College); v.Damage != c.want {
				t.Errorf("%q, not %q", v.Damage, c.want)
			}
			if _, err := conn.Exec(t.Context(), `delete from audit_release; insert into audit_release table before_release;
				delete from audit_entry; insert into audit_entry table before_entry; delete from audit_open; drop table before_release, before_entry`, pgx.QueryExecModeSimpleProtocol); err != nil {
				t.Fatal(err)
			}
			if v := verify(t, k, w.College); !v.Holds() {
				t.Fatalf("put back: %+v", v)
			}
		})
	}
}

// TestReleaseIsTheKeepersAlone holds the roles away from the door.
func TestReleaseIsTheKeepersAlone(t *testing.T) {
	w, _, _ := sealed(t)
	for role, sql := range map[string]string{
		pg.App:    `select audit_let_go(10, 3, now() - interval '2 years')`,
		pg.Import: `select audit_let_go(10, 3, now())`,
	} {
		if _, err := w.As(t, role).Exec(t.Context(), sql); err == nil {
			t.Errorf("%s may %s", role, sql)
		}
	}
}

// TestRetention has the keeper let go by itself, once a day.
func TestRetention(t *testing.T) {
	w, clock, k := sealed(t)
	k.Retain(func() int { return 36 })
	clock.Pass(4 * 365 * 24 * time.Hour)
	if err := k.Round(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p := list(t, w, w.College, audit.Filter{}); len(p.Lines) != 0 {
		t.Errorf("%d entries are kept after four years", len(p.Lines))
	}
	if v := verify(t, k, w.College); !v.Holds() || v.Seals != 3 {
		t.Errorf("%+v", v)
	}
}
