package app_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/testkit/database"
)

// keptNumbers are tables in which the number of somebody who was erased stays, each for its reason.
var keptNumbers = map[string]string{
	"audit_entry": "the trail is sealed, and the number leads to nobody any more",
	"job":         "work that is done is forgotten after a week",
}

// nameless are columns that name something else in the planted rows, or that nobody's number stands in there.
var nameless = map[string]bool{
	"drive_space.owner_id": true, // of a space that is no person's
	"erasure.person_id":    true, // the erasure under test writes it itself
}

const markedName = "Nom-Que-Nul-Ne-Porte"

// haunt makes every planted row name one person in every column that a declaration or the name of the column calls a person,
// and gives the columns of names beside them one name.
func haunt(t *testing.T, h *testkit.House, conn *pgx.Conn, who school.PersonID) {
	t.Helper()
	declared := map[string][]string{}
	for _, one := range h.App.Privacy().Holdings() {
		for _, table := range one.Tables {
			declared[table.Name] = append(declared[table.Name], table.Persons...)
		}
	}
	exec := func(sql string, args ...any) error { _, err := conn.Exec(t.Context(), sql, args...); return err }
	// Keys are consistent once every table has been changed, and the trail is written by nobody here.
	if err := exec(`set session_replication_role = replica`); err != nil {
		t.Fatal(err)
	}
	for table, columns := range columnsOfTables(t, h) {
		for _, c := range columns {
			person := namesPerson.MatchString(c) || slices.Contains(declared[table], c)
			if !person || nameless[table+"."+c] || keptNumbers[table] != "" || !slices.Contains(columns, "tenant_id") {
				continue
			}
			in := fmt.Sprintf(`update %s set %s = $1 where tenant_id in (1, $2)`, table, c)
			if err := exec(in, who.UUID, int64(h.College.ID)); err != nil {
				// One row of a key is enough.
				one := in + fmt.Sprintf(` and ctid in (select distinct on (tenant_id) ctid from %s order by tenant_id, ctid)`, table)
				if err := exec(one, who.UUID, int64(h.College.ID)); err != nil {
					t.Fatalf("%s.%s: %v", table, c, err)
				}
			}
			if name := strings.TrimSuffix(c, "_id") + "_name"; slices.Contains(columns, name) {
				if err := exec(fmt.Sprintf(`update %s set %s = $1 where %s = $2`, table, name, c), markedName, who.UUID); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := exec(`set session_replication_role = origin`); err != nil {
		t.Fatal(err)
	}
}

// namedIn lists the tables in which anything still says who.
func namedIn(t *testing.T, h *testkit.House, conn *pgx.Conn, who school.PersonID) []string {
	t.Helper()
	var bad []string
	for table, columns := range columnsOfTables(t, h) {
		if keptNumbers[table] != "" {
			continue
		}
		for _, c := range columns {
			var n int
			err := conn.QueryRow(t.Context(), fmt.Sprintf(`select count(*) from %s where %s::text like $1 or %s::text like $2`, table, c, c), "%"+who.String()+"%", "%"+markedName+"%").Scan(&n)
			if err != nil {
				t.Fatal(err)
			}
			if n > 0 {
				bad = append(bad, table+"."+c)
			}
		}
	}
	slices.Sort(bad)
	return bad
}

// TestErasure has one person named in every table: after the erasure nothing says who it was.
func TestErasure(t *testing.T) {
	t.Parallel()
	h := testkit.NewHouse(t)
	conn := h.As(t, superuser)
	database.Plant(t, conn, 1, int64(h.College.ID))
	who := h.NewPerson(t, testkit.Named(markedName, markedName))
	for _, sql := range []string{`delete from session`, `delete from sign_on`, `delete from passport`, `delete from app_password`, `delete from account where person_id = $1`, `delete from person where id = $1`} {
		var args []any
		if strings.Contains(sql, "$1") {
			args = []any{who.ID.UUID}
		}
		if _, err := conn.Exec(t.Context(), sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	haunt(t, h, conn, who.ID)
	named := namedIn(t, h, conn, who.ID)
	if len(named) < 30 {
		t.Fatalf("only %v name the person", named)
	}
	spaces := []*tenant.Tenant{h.Academy, h.College}
	exported := 0
	for _, one := range h.App.Privacy().Holdings() {
		for _, in := range spaces {
			found, err := h.App.Privacy().Export(tenant.Enter(t.Context(), in), one, who.ID)
			if err != nil {
				t.Errorf("export %s: %v", one.Name, err)
			}
			exported += min(1, len(found))
		}
	}
	if exported < 15 {
		t.Errorf("only %d rooms export something", exported)
	}
	for range 2 { // erasing twice is erasing once
		if err := h.App.Privacy().Erase(t.Context(), school.PersonID{}, who.ID); err != nil {
			t.Fatal(err)
		}
	}
	if left := namedIn(t, h, conn, who.ID); len(left) > 0 {
		t.Errorf("after the erasure these still name the person: %v", left)
	}
	for _, one := range h.App.Privacy().Holdings() {
		for _, in := range spaces {
			if found, err := h.App.Privacy().Export(tenant.Enter(t.Context(), in), one, who.ID); err != nil || len(found) > 0 && one.Name != "trail" {
				t.Errorf("%s still exports %v, %v", one.Name, found, err)
			}
		}
	}
}

// rows counts every row of every table that a clock may touch.
func rows(t *testing.T, h *testkit.House, conn *pgx.Conn) map[string]int {
	t.Helper()
	counts := map[string]int{}
	for table := range columnsOfTables(t, h) {
		var n int
		if err := conn.QueryRow(t.Context(), "select count(*) from "+table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		counts[table] = n
	}
	return counts
}

// TestClocks rehearses the clocks, which removes nothing, and then lets them run many years later.
func TestClocks(t *testing.T) {
	t.Parallel()
	h := testkit.NewHouse(t)
	conn := h.As(t, superuser)
	database.Plant(t, conn, 1, int64(h.College.ID))
	in := tenant.Enter(t.Context(), h.College)
	before := rows(t, h, conn)
	later := h.Clock.Now().AddDate(20, 0, 0)
	would, err := h.App.Privacy().Rehearse(in, later)
	if err != nil {
		t.Fatal(err)
	}
	if total(would) < 8 {
		t.Errorf("the clocks would remove %d rows after twenty years", total(would))
	}
	for table, n := range rows(t, h, conn) {
		if n != before[table] {
			t.Errorf("the rehearsal left %d rows of %s, of %d", n, table, before[table])
		}
	}
	done, err := h.App.Privacy().Purge(db.WithClock(in, func(time.Time) time.Time { return later }))
	if err != nil {
		t.Fatal(err)
	}
	if total(done) != total(would) {
		t.Errorf("the clocks removed %d rows and had said %d", total(done), total(would))
	}
	var runs func() map[string]privacy.Run
	if err := h.DB.Batch(in, func(b *db.Batch) { runs = privacy.QueueRuns(b) }); err != nil {
		t.Fatal(err)
	}
	if got := runs(); len(got) != len(h.App.Privacy().Holdings())+1 || got["news"].Removed == 0 || !got["news"].At.Equal(later.Truncate(time.Microsecond)) {
		t.Errorf("%d runs are noted: %+v", len(got), got["news"])
	}
}

func total(list []privacy.Purged) int {
	n := 0
	for _, p := range list {
		n += p.Rows
	}
	return n
}

// TestClocksComeEachNight has the clocks of a space wait for the coming night once, whoever asks.
func TestClocksComeEachNight(t *testing.T) {
	h := testkit.NewHouse(t)
	for range 2 {
		if err := h.App.Privacy().Schedule(t.Context(), h.College, h.Lycee); err != nil {
			t.Fatal(err)
		}
	}
	var n int
	err := h.DB.Read(tenant.Enter(t.Context(), h.College), func(ctx context.Context, tx db.Tx) error {
		return tx.NewRaw(`select count(*) from job where kind = 'privacy.purge' and run_at > ? and run_at < ?`, tx.Now(), tx.Now().Add(48*time.Hour)).Scan(ctx, &n)
	})
	if err != nil || n != 1 {
		t.Errorf("%d nights wait: %v", n, err)
	}
}

// TestClocksGoOn gives a clock more than one turn may remove: it goes on until nothing is left, and what is young stays.
func TestClocksGoOn(t *testing.T) {
	h := testkit.NewHouse(t)
	const old, young = 2*privacy.Batch + 10, 3
	_, err := h.As(t, superuser).Exec(t.Context(), `
		insert into access_entry (tenant_id, id, person_id, reader_name, reader_profile, what, at)
		select $1, gen_random_uuid(), gen_random_uuid(), 'x', 'teacher', 'people.looked.sheet', now() - case when n <= $2 then interval '2 years' else interval '2 days' end
		from generate_series(1, $3) n`, int64(h.College.ID), old, old+young)
	if err != nil {
		t.Fatal(err)
	}
	in := tenant.Enter(t.Context(), h.College)
	if would, err := h.App.Privacy().Rehearse(in, time.Time{}); err != nil || total(would) != old {
		t.Errorf("the clocks would remove %d, not %d: %v", total(would), old, err)
	}
	if done, err := h.App.Privacy().Purge(in); err != nil || total(done) != old {
		t.Errorf("the clocks removed %d, not %d: %v", total(done), old, err)
	}
	var left int
	var removed int64
	err = h.DB.Read(in, func(ctx context.Context, tx db.Tx) error {
		return tx.NewRaw(`select (select count(*) from access_entry), (select removed from retention_run where room = 'mydata')`).Scan(ctx, &left, &removed)
	})
	if err != nil || left != young || removed != old {
		t.Errorf("%d are left, %d are noted: %v", left, removed, err)
	}
}
