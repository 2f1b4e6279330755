package database

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Planting holds one row of each table in each scope, as JSON.
type Planting map[string]map[int64][]byte

// ObjectKey names the object that planted rows lead to; {scope} stands for the row's.
const ObjectKey = "t/{scope}/2026/11/01900000-0000-7000-8000-000000000001"

// beside are rows r that keys of other tables need beside the one of the table.
var beside = map[string]string{
	"membership": `select jsonb_populate_record(m, jsonb_build_object('profile', o.profile)) as r
		from membership m cross join (values ('guardian'), ('teacher')) o (profile) where m.profile = 'pupil'`,
	"publication_attachment": `select jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'publication_id', p.id)) as r
		from publication_attachment a join publication p on p.tenant_id = a.tenant_id and p.id <> a.publication_id`,
	// A draft of everybody's, and a message that everybody has.
	"message": `select jsonb_populate_record(g, jsonb_build_object('id', gen_random_uuid(), 'state', 'draft', 'sent_at', null, 'author_id', m.person_id)) as r
		from message g join (select distinct tenant_id, person_id from membership) m on m.tenant_id = g.tenant_id`,
	"message_copy": `select jsonb_populate_record(c, jsonb_build_object('person_id', m.person_id, 'field', 'author', 'place', 'sent')) as r
		from message_copy c join (select distinct tenant_id, person_id from membership) m on m.tenant_id = c.tenant_id and m.person_id <> c.person_id`,
	// Everybody who may has opened the channel.
	"chat_visit": `select jsonb_populate_record(v, jsonb_build_object('person_id', m.person_id)) as r
		from chat_visit v join (select distinct tenant_id, person_id from membership) m on m.tenant_id = v.tenant_id and m.person_id <> v.person_id`,
	// A draft of everybody's, and a slip that everybody is asked and has answered.
	"slip": `select jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'state', 'draft', 'published_at', null, 'author_id', m.person_id)) as r
		from slip s join (select distinct tenant_id, person_id from membership) m on m.tenant_id = s.tenant_id`,
	"slip_asked": `select distinct on (m.tenant_id, m.person_id) jsonb_populate_record(a, jsonb_build_object('person_id', m.person_id, 'profile', m.profile)) as r
		from slip_asked a join membership m on m.tenant_id = a.tenant_id and m.person_id <> a.person_id`,
	"slip_reply": `select jsonb_populate_record(a, jsonb_build_object('person_id', m.person_id)) as r
		from slip_reply a join (select distinct tenant_id, person_id from membership) m on m.tenant_id = a.tenant_id and m.person_id <> a.person_id`,
	// A folder beside the file.
	"drive_node": `select jsonb_populate_record(n, jsonb_build_object('id', gen_random_uuid(), 'is_file', false, 'name', 'Dossier',
		'name_key', 'dossier', 'name_sort', 'dossier', 'version', 0, 'object_key', '', 'preview_key', '')) as r from drive_node n`,
	// What a school announces, and a draft.
	"publication": `select jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid()) || x) as r
		from publication p cross join (values (jsonb '{"room": "announcements"}'), (jsonb '{"state": "draft", "publish_at": null}')) v (x)`,
}

// Table is one whose rows belong to a scope.
type Table struct {
	Name     string
	Downward bool // read from the scopes below
}

// Tables lists those whose rows belong to a scope.
func Tables(t testing.TB, conn *pgx.Conn) []Table {
	t.Helper()
	rows, err := conn.Query(t.Context(), `
		select c.relname, exists (select from pg_policy p where p.polrelid = c.oid and not polpermissive and pg_get_expr(polqual, polrelid) ~ 'app\.above')
		from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not attisdropped
		where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (s Table, err error) { return s, r.Scan(&s.Name, &s.Downward) })
	if err != nil || len(tables) < 10 {
		t.Fatalf("%d tables: %v", len(tables), err)
	}
	return tables
}

// Plant puts a row of every scoped table into each of the scopes, from what the catalog says of its columns: a table
// is in the tests by existing. The connection must be a superuser's.
func Plant(t testing.TB, conn *pgx.Conn, scopes ...int64) Planting {
	t.Helper()
	p := Planting{}
	waiting := Tables(t, conn)
	for len(waiting) > 0 {
		before := len(waiting)
		waiting = slices.DeleteFunc(waiting, func(s Table) bool { return p.add(t, conn, s.Name, scopes) })
		if len(waiting) == before {
			t.Fatalf("no row can be planted in %v: their keys lead in a circle", waiting)
		}
	}
	return p
}

type column struct {
	name, kind string
	checks     []string // definitions of checks that name the column
	table      string   // that a key leads to, or ""
	target     string   // its column
}

// add plants a table when all that its keys lead to is planted.
func (p Planting) add(t testing.TB, conn *pgx.Conn, table string, scopes []int64) bool {
	t.Helper()
	columns := columnsOf(t, conn, table)
	for _, c := range columns {
		if c.table != "" && c.table != table && c.table != "tenant" && p[c.table] == nil {
			return false
		}
	}
	p[table] = map[int64][]byte{}
	for _, scope := range scopes {
		names, values := []string{"tenant_id"}, []string{fmt.Sprint(scope)}
		for i, c := range columns {
			if c.name == "tenant_id" || c.table == table {
				continue
			}
			names, values = append(names, c.name), append(values, p.value(t, c, i, table, scope))
		}
		sql := fmt.Sprintf("insert into %s (%s) values (%s) returning to_jsonb(%s)", table, strings.Join(names, ", "), strings.Join(values, ", "), table)
		var row []byte
		if err := conn.QueryRow(t.Context(), sql).Scan(&row); err != nil {
			t.Fatalf("plant a row (teach chosen what the catalog does not tell): %s: %v", sql, err)
		}
		p[table][scope] = row
	}
	if more := beside[table]; more != "" {
		names := Columns(t, conn, table)
		values := "(b.r)." + strings.ReplaceAll(names, ", ", ", (b.r).")
		if _, err := conn.Exec(t.Context(), fmt.Sprintf("insert into %s (%s) select %s from (%s) b", table, names, values, more)); err != nil {
			t.Fatalf("plant a row of %s: %v", table, err)
		}
	}
	return true
}

func (p Planting) value(t testing.TB, c column, place int, table string, scope int64) string {
	t.Helper()
	if v, ok := chosen[table+"."+c.name]; ok {
		return strings.ReplaceAll(v, "{scope}", strconv.FormatInt(scope, 10))
	}
	if v, ok := oneOf(c); ok {
		return v
	}
	if c.table != "" && c.table != "tenant" {
		var row map[string]any
		if err := json.Unmarshal(p[c.table][scope], &row); err != nil {
			t.Fatal(err)
		}
		return quote(fmt.Sprint(row[c.target]))
	}
	return sample(t, c, place, table)
}

var (
	listed = regexp.MustCompile(`\(?(\w+)\)? = ANY \(+ARRAY\[('[^']*')`)
	single = regexp.MustCompile(`\(+(\w+) = ('[^']*')::text\)+$`)
)

// oneOf takes the first value that a check allows.
func oneOf(c column) (string, bool) {
	for _, check := range c.checks {
		for _, shape := range []*regexp.Regexp{listed, single} {
			if m := shape.FindStringSubmatch(check); m != nil && m[1] == c.name {
				return m[2], true
			}
		}
	}
	return "", false
}

func sample(t testing.TB, c column, place int, table string) string {
	t.Helper()
	switch c.kind {
	case "uuid":
		return "gen_random_uuid()"
	case "text":
		return "'x'"
	case "text[]":
		return "'{x}'"
	case "uuid[]":
		return "array[gen_random_uuid()]"
	case "bigint", "integer", "smallint", "numeric":
		return "1"
	case "bigint[]", "integer[]":
		return "'{1}'"
	case "boolean":
		return "true"
	case "jsonb", "json":
		return "'{}'"
	case "bytea":
		return `decode(md5(random()::text), 'hex')`
	case "date":
		return fmt.Sprintf("current_date + %d", place)
	case "timestamp with time zone":
		return fmt.Sprintf("now() + interval '%d minutes'", place)
	case "interval":
		return "'1 day'"
	case "inet":
		return "'127.0.0.1'"
	}
	t.Fatalf("the matrix does not know how to fill %s.%s, a %s", table, c.name, c.kind)
	return ""
}

// Columns lists the columns of a table that can be written, as an insert names them: those that the database makes of
// others are left out.
func Columns(t testing.TB, conn *pgx.Conn, table string) string {
	t.Helper()
	var names []string
	for _, c := range columnsOf(t, conn, table) {
		names = append(names, c.name)
	}
	return strings.Join(names, ", ")
}

func columnsOf(t testing.TB, conn *pgx.Conn, table string) []column {
	t.Helper()
	rows, err := conn.Query(t.Context(), `
		select a.attname, format_type(a.atttypid, null),
		       coalesce((select array_agg(pg_get_constraintdef(k.oid)) from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'c' and a.attnum = any (k.conkey)), '{}'),
		       coalesce(f.confrelid::regclass::text, ''), coalesce(f.target, '')
		from pg_attribute a
		left join lateral (
		  select k.confrelid, (select attname from pg_attribute r where r.attrelid = k.confrelid and r.attnum = k.confkey[array_position(k.conkey, a.attnum)]) as target
		  from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'f' and a.attnum = any (k.conkey)
		  order by array_length(k.conkey, 1) desc limit 1) f on a.attname <> 'tenant_id'
		where a.attrelid = $1::text::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
		order by a.attnum`, table)
	if err != nil {
		t.Fatal(err)
	}
	columns, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (c column, err error) {
		return c, r.Scan(&c.name, &c.kind, &c.checks, &c.table, &c.target)
	})
	if err != nil {
		t.Fatal(err)
	}
	return columns
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// Literal is a planted row as SQL.
func (p Planting) Literal(table string, scope int64) string {
	return quote(string(p[table][scope])) + "::jsonb"
}
