package db_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"elyco/internal/local/pg"
	"elyco/internal/testkit/database"
)

func TestMain(m *testing.M) { os.Exit(database.Main(m)) }

const superuser = "postgres"

// rule is one thing that no table, view, function or role may be. The query names what breaks it; $1 is the role that
// serves pages.
type rule struct{ name, query string }

// relations are the project's own; what extensions brought is not.
const relations = `
	with own as (
	  select c.oid, c.oid::regclass::text as name, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relispartition, c.reloptions, c.relowner,
	         (select attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not attisdropped) as tenant,
	         has_table_privilege($1, c.oid, 'select') or has_table_privilege($1, c.oid, 'insert')
	           or has_table_privilege($1, c.oid, 'update') or has_table_privilege($1, c.oid, 'delete') as reached
	  from pg_class c join pg_namespace n on n.oid = c.relnamespace
	  where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_' and c.relkind in ('r', 'p', 'v', 'm', 'f')
	    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
	), tab as (select * from own where relkind in ('r', 'p'))`

var rules = []rule{
	{"the role is bound by row security and has no other power", `select rolname from pg_roles
		where rolname = $1 and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`},
	{"the role is a member of nobody", `select m.roleid::regrole::text from pg_auth_members m where m.member = (select oid from pg_roles where rolname = $1)`},
	{"the role owns nothing", relations + `select name from own where pg_has_role($1, relowner, 'usage')`},
	{"a table that the role reaches has row security", relations + `select name from tab where reached and not relrowsecurity`},
	{"row security binds the owner too", relations + `select name from tab where relrowsecurity and not relforcerowsecurity`},
	{"a table that the role reaches has a scope", relations + `select name from tab where reached and tenant is null`},
	{"a scope is never null", relations + `select name from tab join pg_attribute a on a.attrelid = tab.oid and a.attnum = tenant where not attnotnull`},
	{"a scope is a bigint whose default is the transaction's", relations + `select name from tab join pg_attribute a on a.attrelid = tab.oid and a.attnum = tenant
		left join pg_attrdef d on d.adrelid = tab.oid and d.adnum = tenant
		where relrowsecurity and (atttypid <> 'bigint'::regtype or coalesce(pg_get_expr(adbin, adrelid), '') !~ '^\(?current_setting\(''app\.tenant''::text\)\)?::bigint$')`},
	{"row security comes with policies", relations + `select name from tab where relrowsecurity and not exists (select from pg_policy p where p.polrelid = tab.oid)`},
	{"every command meets a restrictive policy that compares the scope", relations + `select name || ' ' || cmd from tab cross join unnest('{r,a,w,d}'::text[]) cmd
		where relrowsecurity and not exists (select from pg_policy p where p.polrelid = tab.oid and not p.polpermissive and p.polcmd in ('*', cmd)
		  and case when cmd = 'a' then pg_get_expr(polwithcheck, polrelid) else pg_get_expr(polqual, polrelid) end ~ 'tenant_id = .*current_setting\(''app\.(tenant|above)''')`},
	{"what is read from above is written in its own scope alone", relations + `select name || ' ' || polname from tab join pg_policy p on p.polrelid = tab.oid
		where not polpermissive and polcmd <> 'r' and concat(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) ~ 'app\.above'`},
	{"a view asks with the reader's rights", relations + `select name from own where relkind = 'v' and reached and coalesce(reloptions::text, '') !~ 'security_invoker=(true|on|1)'`},
	{"the role reads no materialised view and no foreign table", relations + `select name from own where relkind in ('m', 'f') and reached`},
	{"a partition is reached by its parent alone", relations + `select name from own where relispartition and reached and not relrowsecurity`},
	{"the role cannot truncate, refer or add triggers", relations + `select name from own
		where has_table_privilege($1, oid, 'truncate') or has_table_privilege($1, oid, 'references') or has_table_privilege($1, oid, 'trigger')`},
	{"the role runs no function with its owner's rights", `select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
		where p.prosecdef and n.nspname !~ '^pg_' and has_function_privilege($1, p.oid, 'execute')`},
	{"no function of ours claims to be leakproof", `select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
		where p.proleakproof and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and $1 <> ''
		  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`},
	{"a key between scoped tables carries the scope", relations + `select a.name || ' ' || c.conname from pg_constraint c join tab a on a.oid = c.conrelid join tab b on b.oid = c.confrelid
		where c.contype = 'f' and a.tenant is not null and b.tenant is not null
		  and not exists (select from unnest(c.conkey, c.confkey) k (here, there) where k.here = a.tenant and k.there = b.tenant)`},
	{"what is unique is unique in its scope", relations + `select name || ' ' || i.indexrelid::regclass from pg_index i join tab on tab.oid = i.indrelid
		where i.indisunique and tenant is not null and i.indkey[0] <> tenant`},
	{"no sequence counts the rows of all scopes", relations + `select name || ' ' || a.attname from tab join pg_attribute a on a.attrelid = tab.oid
		left join pg_attrdef d on d.adrelid = tab.oid and d.adnum = a.attnum
		where tenant is not null and (attidentity <> '' or pg_get_expr(adbin, adrelid) ~ 'nextval')`},
	{"the role makes nothing in a schema", `select nspname::text from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' and has_schema_privilege($1, oid, 'create')`},
	{"an index begins with the scope", relations + `select name from tab where tenant is not null and not exists (select from pg_index i where i.indrelid = tab.oid and i.indkey[0] = tenant)`},
}

// excused breaks a rule knowingly. A line that excuses nothing any more is a failure.
var excused = map[string]string{
	"a table that the role reaches has row security: tenant": "the registry of the territory is public and read-only: every replica holds it in memory",
	"a table that the role reaches has a scope: tenant":      "it is the list of the scopes",
}

func TestSchema(t *testing.T) {
	d := database.New(t, nil)
	found := lint(t, d.As(t, superuser), pg.App)
	for finding := range found {
		if excused[finding] == "" {
			t.Error(finding)
		}
	}
	for finding := range excused {
		if !found[finding] {
			t.Errorf("nothing breaks %q any more; take the excuse away", finding)
		}
	}
}

// TestRegistryIsReadOnly holds what the excuses promise.
func TestRegistryIsReadOnly(t *testing.T) {
	conn := database.New(t, nil).As(t, pg.App)
	for _, statement := range []string{
		`insert into tenant (id, kind, slug, name) values (9, 'academy', 'x', 'x')`, `update tenant set name = 'x'`, `delete from tenant`, `truncate tenant`,
	} {
		if _, err := conn.Exec(t.Context(), statement); code(err) != denied {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

func lint(t *testing.T, conn *pgx.Conn, role string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for _, r := range rules {
		rows, err := conn.Query(t.Context(), r.query, role)
		if err != nil {
			t.Fatalf("%s: %v", r.name, err)
		}
		names, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatalf("%s: %v", r.name, err)
		}
		for _, n := range names {
			found[r.name+": "+n] = true
		}
	}
	return found
}

// planted breaks every rule once. %[1]s is a role made for it, because roles belong to all databases of a server.
const planted = `
	create role %[1]s bypassrls;
	create role %[1]s_group;
	grant %[1]s_group to %[1]s;
	create table p_owned (tenant_id bigint); alter table p_owned owner to %[1]s;
	create table p_open (tenant_id bigint not null); grant select on p_open to %[1]s;
	create table p_unforced (tenant_id bigint not null, primary key (tenant_id)); alter table p_unforced enable row level security;
	create table p_scopeless (id int); grant select on p_scopeless to %[1]s;
	create table p_nullable (tenant_id bigint, id int);
	create table p_wall (tenant_id bigint not null, id uuid unique, n int generated always as identity, primary key (tenant_id, id));
	call protect('p_wall'); alter policy scope_wall on p_wall using (true);
	alter table p_wall alter tenant_id drop default;
	create table p_downward (tenant_id bigint not null, id uuid, primary key (tenant_id, id));
	call protect_downward('p_downward');
	alter policy scope_wall_update on p_downward using (tenant_id = any (current_setting('app.above')::bigint[]));
	create table p_key (tenant_id bigint not null, of uuid references p_wall (id));
	create view p_view as select * from p_wall; grant select on p_view to %[1]s;
	create materialized view p_kept as select * from p_wall; grant select on p_kept to %[1]s;
	create table p_parts (tenant_id bigint not null) partition by list (tenant_id);
	create table p_part partition of p_parts for values in (1); grant select on p_part to %[1]s;
	create table p_powers (tenant_id bigint not null); grant truncate on p_powers to %[1]s;
	create function p_definer() returns int language sql security definer as 'select 1';
	create function p_leakproof() returns int language sql leakproof as 'select 1';
	grant create on schema public to %[1]s`

func TestSchemaCanFail(t *testing.T) {
	d := database.New(t, nil)
	conn := d.As(t, superuser)
	role := "p_" + strings.TrimPrefix(d.Name(), "t_")
	if _, err := conn.Exec(t.Context(), fmt.Sprintf(planted, role)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := conn.Exec(context.Background(), fmt.Sprintf("drop owned by %[1]s; drop role %[1]s; drop role %[1]s_group", role)); err != nil {
			t.Error(err)
		}
	})
	found := lint(t, conn, role)
	for _, r := range rules {
		hit := false
		for f := range found {
			hit = hit || strings.HasPrefix(f, r.name+": p_") || strings.HasPrefix(f, r.name+": public")
		}
		if !hit {
			t.Errorf("planted and not found: %s", r.name)
		}
	}
}
