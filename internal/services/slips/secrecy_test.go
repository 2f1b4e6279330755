package slips_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/services/slips"
)

// row is one row of any table, with what the database says of it beside its columns.
type row struct {
	xmin, block, place int
	columns            map[string]string
}

// everything reads every row of every table that belongs to a space, system columns included.
func everything(t *testing.T, conn *pgx.Conn) map[string][]row {
	t.Helper()
	rows, err := conn.Query(t.Context(), `select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
		where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(tables) < 50 {
		t.Fatalf("%d tables: %v", len(tables), err)
	}
	all := map[string][]row{}
	for _, table := range tables {
		rows, err := conn.Query(t.Context(), `select xmin::text::bigint, (ctid::text::point)[0]::int, (ctid::text::point)[1]::int, to_jsonb(x) from `+table+` x`)
		if err != nil {
			t.Fatal(err)
		}
		all[table], err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (out row, err error) {
			var body map[string]json.RawMessage
			err = r.Scan(&out.xmin, &out.block, &out.place, &body)
			out.columns = map[string]string{}
			for k, v := range body {
				out.columns[k] = string(v)
			}
			return out, err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// attack sets every row of the database beside the roll, by the transaction that wrote it, by the order of the transactions
// and by the order on the disk, and tells which columns say how each person voted: those whose values part the voters as
// their votes do.
func attack(all map[string][]row, slip string, votes map[string]string) (found []string) {
	var roll []row
	for _, r := range all["slip_roll"] {
		if r.columns["slip_id"] == `"`+slip+`"` {
			roll = append(roll, r)
		}
	}
	byPlace := func(a, b row) int {
		if a.block != b.block {
			return a.block - b.block
		}
		return a.place - b.place
	}
	byTime := func(a, b row) int { return a.xmin - b.xmin }
	for table, rows := range all {
		if table == "slip_roll" {
			continue
		}
		var near []row
		for _, r := range rows {
			if strings.Contains(fmt.Sprint(r.columns), slip) {
				near = append(near, r)
			}
		}
		beside := map[string]map[string]row{"the same transaction": {}, "the order on the disk": {}, "the order of the transactions": {}}
		for _, v := range roll {
			for _, r := range near {
				if r.xmin == v.xmin {
					beside["the same transaction"][v.columns["person_id"]] = r
				}
			}
		}
		for how, order := range map[string]func(a, b row) int{"the order on the disk": byPlace, "the order of the transactions": byTime} {
			a, b := slices.SortedFunc(slices.Values(roll), order), slices.SortedFunc(slices.Values(near), order)
			for i := range min(len(a), len(b)) {
				if len(a) == len(b) {
					beside[how][a[i].columns["person_id"]] = b[i]
				}
			}
		}
		for how, pairs := range beside {
			for _, column := range columnsOf(near) {
				if tells(pairs, column, votes) {
					found = append(found, table+"."+column+" by "+how)
				}
			}
		}
	}
	slices.Sort(found)
	return found
}

func columnsOf(rows []row) (list []string) {
	if len(rows) > 0 {
		for c := range rows[0].columns {
			list = append(list, c)
		}
	}
	return list
}

// tells reports whether the values of a column part the voters exactly as their votes do.
func tells(pairs map[string]row, column string, votes map[string]string) bool {
	if len(pairs) < len(votes) {
		return false
	}
	for a, va := range votes {
		for b, vb := range votes {
			if (pairs[a].columns[column] == pairs[b].columns[column]) != (va == vb) {
				return false
			}
		}
	}
	return true
}

// TestWhoReadsTheDatabaseLearnsNoVote lets people vote and looks for their votes in every column of every table. The same
// attack finds them where ballots are rows, in the transaction of the roll or in the next.
func TestWhoReadsTheDatabaseLearnsNoVote(t *testing.T) {
	s := newStage(t)
	all := s.voters(t, 6)
	path := s.publish(t, s.teacher, "ballot", ballotOf)
	slip := strings.TrimPrefix(path, "/slips/")
	conn := s.As(t, "postgres")
	votes, seals := map[string]string{}, map[string]bool{}
	length := 0
	for i, who := range all {
		choice := []string{"0", "1", "1", "0", "1", "0"}[i]
		who.Post(t, s.College, path+"/votes", vote(choice)).LeadsTo(t, path)
		votes[`"`+who.Person.ID.String()+`"`] = choice
		var sealed []byte
		if err := conn.QueryRow(t.Context(), `select sealed from slip_urn where slip_id = $1`, slip).Scan(&sealed); err != nil {
			t.Fatal(err)
		}
		if length != 0 && len(sealed) != length {
			t.Errorf("the vote for %s changes the length of the urn", choice)
		}
		length = len(sealed)
		seals[string(sealed)] = true
	}
	if len(seals) != len(all) {
		t.Error("an urn looks as it did before")
	}
	if found := attack(everything(t, conn), slip, votes); len(found) > 0 {
		t.Errorf("the votes are told by %v", found)
	}
	if n := count(t, s, `select count(*) from slip_urn`); n != 1 {
		t.Errorf("the urn is %d rows", n)
	}
	// Who has the key as well reads the sums, and no more.
	var sealed []byte
	if err := conn.QueryRow(t.Context(), `select sealed from slip_urn`).Scan(&sealed); err != nil {
		t.Fatal(err)
	}
	tally, err := slips.OpenUrn([32]byte{1}, int64(s.College.ID), uuid.MustParse(slip), 1, sealed)
	if err != nil || tally.Answers != 6 || tally.Counts[0]["0"] != 3 || len(tally.Classes) != 0 {
		t.Errorf("with the key: %+v, %v", tally, err)
	}
	if _, err := slips.OpenUrn([32]byte{2}, int64(s.College.ID), uuid.MustParse(slip), 1, sealed); err == nil {
		t.Error("another key opens the urn")
	}
	naive(t, s, conn, slip, votes)
}

// naive is the control: ballots with chance ids and no time, as rows of their own.
func naive(t *testing.T, s *stage, conn *pgx.Conn, slip string, votes map[string]string) {
	t.Helper()
	for _, apart := range []bool{false, true} {
		exec := func(sql string, args ...any) {
			t.Helper()
			if _, err := conn.Exec(t.Context(), sql, args...); err != nil {
				t.Fatal(err)
			}
		}
		exec(`delete from slip_roll`)
		exec(`drop table if exists naive_ballot`)
		exec(`create table naive_ballot (tenant_id bigint, id uuid default gen_random_uuid(), slip_id uuid, choice text)`)
		for person, choice := range votes {
			both := []string{`insert into slip_roll (tenant_id, slip_id, child_id, person_id) values (` + strconv.Itoa(int(s.College.ID)) + `, '` + slip + `', '` + nobody + `', '` + strings.Trim(person, `"`) + `')`,
				`insert into naive_ballot (tenant_id, slip_id, choice) values (` + strconv.Itoa(int(s.College.ID)) + `, '` + slip + `', '` + choice + `')`}
			if apart {
				exec(both[0])
				exec(both[1])
				continue
			}
			exec(strings.Join(both, ";"))
		}
		found := attack(everything(t, conn), slip, votes)
		if len(found) == 0 {
			t.Errorf("the attack finds nothing where ballots are rows (apart: %v): it is blind", apart)
		}
	}
}

// TestSwappedVotesLookAlike has the same people vote in the same order in two ballots, for the other candidate in the second:
// but for the seal, the two leave the same in the database.
func TestSwappedVotesLookAlike(t *testing.T) {
	s := newStage(t)
	all := s.voters(t, 4)
	conn := s.As(t, "postgres")
	var left []string
	for world := range 2 {
		path := s.publish(t, s.teacher, "ballot", ballotOf)
		for i, who := range all {
			who.Post(t, s.College, path+"/votes", vote(strconv.Itoa((i+world)%2))).LeadsTo(t, path)
		}
		slip := strings.TrimPrefix(path, "/slips/")
		var text string
		err := conn.QueryRow(t.Context(), `select string_agg(line, e'\n' order by line) from (
			select 'roll ' || (row_number() over (order by xmin::text::bigint)) || ' ' || to_jsonb(r)::text as line from slip_roll r where slip_id = $1
			union all select 'urn ' || part || ' ' || length(sealed) from slip_urn where slip_id = $1
			union all select 'reply ' || to_jsonb(p)::text from slip_reply p where slip_id = $1) x`, slip).Scan(&text)
		if err != nil {
			t.Fatal(err)
		}
		left = append(left, strings.ReplaceAll(text, slip, "slip"))
	}
	if left[0] != left[1] || strings.Count(left[0], "\n") != len(all) {
		t.Errorf("two elections with swapped votes differ:\n%s\n\n%s", left[0], left[1])
	}
}
