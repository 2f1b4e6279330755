package feed

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/school"
)

// count reads what the comparison found, by establishment.
func (c comparison) count(ctx context.Context, tx pgx.Tx) ([]Part, error) {
	rows, err := tx.Query(ctx, c.text(`
		with people as (
		  select scope_id, count(distinct key) filter (where what = 'created') as created, count(distinct key) filter (where what = 'arrived') as arrived,
		    count(distinct key) filter (where what = 'changed') as changed, count(distinct person_id) filter (where what = 'moved') as moved,
		    count(distinct person_id) filter (where what = 'gone') as gone, count(distinct key) filter (where what = 'back') as back
		  from d_member group by 1
		), members as (
		  select m.tenant_id as scope_id, count(distinct m.person_id) as n from membership m join concerned c on c.scope_id = m.tenant_id
		  where m.source = '{source}' and m.missing_since is null and (m.ends_on is null or m.ends_on >= '{today}') group by 1
		), ties as (
		  select g.tenant_id as scope_id, count(*) as n from guardianship g join concerned c on c.scope_id = g.tenant_id
		  where g.source = '{source}' and (g.ends_on is null or g.ends_on >= '{today}') group by 1
		), changes as (
		  select scope_id, count(*) as n, count(*) filter (where settled) as settled from d_tie group by 1
		), places as (
		  select scope_id, count(*) as n from (select scope_id from d_place union all select scope_id from d_lesson) p group by 1
		), classes as (select scope_id, count(*) as n from d_class group by 1)
		select c.scope_id, coalesce(m.n, 0), coalesce(p.created, 0), coalesce(p.arrived, 0), coalesce(p.changed, 0), coalesce(p.moved, 0),
		  coalesce(p.gone, 0), coalesce(p.back, 0), coalesce(k.n, 0), coalesce(l.n, 0), coalesce(t.n, 0), coalesce(x.n, 0), coalesce(x.settled, 0)
		from concerned c
		left join people p using (scope_id) left join members m using (scope_id) left join ties t using (scope_id)
		left join changes x using (scope_id) left join places l using (scope_id) left join classes k using (scope_id)
		order by 1`))
	if err != nil {
		return nil, fmt.Errorf("count what differs: %w", err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p Part, err error) {
		return p, row.Scan(&p.Scope, &p.Known, &p.Created, &p.Arrived, &p.Changed, &p.Moved, &p.Gone, &p.Back, &p.Classes, &p.Placed,
			&p.KnownTies, &p.Ties, &p.ChangedTies)
	})
}

// list writes down whom the comparison found, the first of each kind in each establishment by name; and who has the
// name and the birthday of somebody else, though the source says that they are two.
func (c comparison) list(ctx context.Context, tx pgx.Tx) error {
	return c.run(ctx, tx, movesSQL+`
insert into feed_finding (tenant_id, feed_id, kind, number, key, name, detail)
  select d.scope_id, '{feed}', d.what, d.turn, d.key, d.name, d.profile || case d.what when 'changed' then `+differsSQL+` else '' end
  from (
    select scope_id, what, act, key, person_id, concat_ws(' ', family_name, given_name) as name, profile, given_name, family_name, function,
      row_number() over (partition by scope_id, what order by family_name, given_name, key, profile) as turn
    from d_member) d
  left join who h on d.what = 'changed' and h.key = d.key
  left join membership m on d.what = 'changed' and m.tenant_id = d.scope_id and m.person_id = d.person_id and m.profile = d.profile
  where d.turn <= `+fmt.Sprint(mostFindings)+`;
create temp table newcomer on commit drop as
  select distinct w.key, h.given_name, h.family_name, h.birth_date, min(w.scope_id) as scope_id from want w join who h on h.key = w.key
  where (w.person_id is null or w.fresh) and h.birth_date is not null group by 1, 2, 3, 4;
analyze newcomer;
create temp table double on commit drop as
    select scope_id, key, max(name) as name, max(detail) as detail from (
      select distinct on (n.scope_id, n.key) n.scope_id, n.key, concat_ws(' ', n.family_name, n.given_name) as name,
        coalesce((select string_agg(distinct t.name, ', ') from membership m join tenant t on t.id = m.tenant_id where m.person_id = p.id), '') as detail
      from newcomer n join person p on p.tenant_id = 1 and p.birth_date = n.birth_date
        and fold(p.family_name) = fold(n.family_name) and fold(p.given_name) = fold(n.given_name)
      union all
      select n.scope_id, n.key, concat_ws(' ', n.family_name, n.given_name), ''
      from newcomer n join (select birth_date, lower(family_name) as family, lower(given_name) as given from newcomer group by 1, 2, 3 having count(*) > 1) o
        on o.birth_date = n.birth_date and o.family = lower(n.family_name) and o.given = lower(n.given_name)
    ) every group by 1, 2;
insert into feed_finding (tenant_id, feed_id, kind, number, key, name, detail)
  select scope_id, '{feed}', 'duplicate', turn, key, name, detail from (
    select *, row_number() over (partition by scope_id order by name, key) as turn from double) d
  where turn <= `+fmt.Sprint(mostFindings)+`;
create temp table lost on commit drop as
  select t.scope_id, t.child, t.relative, concat_ws(' ', c.family_name, c.given_name) as name
  from staged_tie t join who c on c.key = t.child left join who g on g.key = t.relative
  where t.feed_id = '{feed}' and (g.key is null or not g.described or g.person_id is null and g.operation <> 'put');
insert into feed_finding (tenant_id, feed_id, kind, number, key, name)
  select scope_id, '{feed}', 'relative', turn, relative, name from (
    select *, row_number() over (partition by scope_id order by relative, name) as turn from lost) d
  where turn <= `+fmt.Sprint(mostFindings)+`;`)
}

// differsSQL says what is another of somebody who was there before, after the profile: ":family_name,birth_date".
const differsSQL = `case when d.act = 'end' then ':ended' else coalesce(':' || nullif(concat_ws(',',
      case when m.family_name <> d.family_name or h.differs and h.family_name is distinct from h.was_family then 'family_name' end,
      case when m.given_name <> coalesce(d.given_name, '') or h.differs and h.given_name is distinct from h.was_given then 'given_name' end,
      case when h.differs and h.birth_date is distinct from h.was_birth then 'birth_date' end,
      case when h.differs and h.email is distinct from h.was_email then 'email' end,
      case when m.function <> d.function then 'function' end,
      case when m.person_id is null then 'profile' end), ''), '') end`

// movesSQL names those who were there before and change class, and the ties of pupils who were there before: whoever has to
// say that a feed is right must see which. Of a change of class, key holds what is left and detail what is entered.
var movesSQL = `
insert into feed_finding (tenant_id, feed_id, kind, number, key, name, detail)
  select scope_id, '{feed}', 'place', turn, coalesce(away, ''), name, coalesce(entered, '') from (
    select d.scope_id, d.away, d.entered, concat_ws(' ', p.family_name, p.given_name) as name,
      row_number() over (partition by d.scope_id order by p.family_name, p.given_name, p.id) as turn
    from (
      select scope_id, person_id, string_agg(distinct code, ', ' order by code) filter (where act = 'end') as away,
        string_agg(distinct code, ', ' order by code) filter (where act = 'insert') as entered
      from d_place where not grouped and act <> 'update' and person_id is not null group by 1, 2
    ) d
    join person p on p.tenant_id = 1 and p.id = d.person_id
    where not exists (select from d_member m where m.scope_id = d.scope_id and m.person_id = d.person_id and m.what in ('created', 'arrived', 'back'))
  ) every where turn <= ` + fmt.Sprint(mostFindings) + `;
insert into feed_finding (tenant_id, feed_id, kind, number, key, name, detail)
  select scope_id, '{feed}', 'tie', turn, act, child, guardian from (
    select d.scope_id, d.act, concat_ws(' ', c.family_name, c.given_name) as child,
      concat_ws(' ', coalesce(g.family_name, w.family_name), coalesce(g.given_name, w.given_name)) as guardian,
      row_number() over (partition by d.scope_id order by c.family_name, c.given_name, c.id, d.act, coalesce(g.family_name, w.family_name), d.relative) as turn
    from d_tie d
    join person c on c.tenant_id = 1 and c.id = d.child_id
    left join who w on w.key = d.relative
    left join person g on g.tenant_id = 1 and g.id = d.guardian_id
    where d.settled
  ) every where turn <= ` + fmt.Sprint(mostFindings) + `;`

// counted counts the rows of a table that list made, by establishment.
func counted(ctx context.Context, tx pgx.Tx, table string) (map[school.ScopeID]int, error) {
	rows, err := tx.Query(ctx, "select scope_id, count(*) from "+table+" group by 1")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := map[school.ScopeID]int{}
	for rows.Next() {
		var scope school.ScopeID
		var n int
		if err := rows.Scan(&scope, &n); err != nil {
			return nil, err
		}
		counts[scope] = n
	}
	return counts, rows.Err()
}

func copyFindings(ctx context.Context, tx pgx.Tx, feed uuid.UUID, list []Finding) error {
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"feed_finding"}, []string{"tenant_id", "feed_id", "kind", "number", "key", "name", "detail", "file", "line"},
		pgx.CopyFromSlice(len(list), func(i int) ([]any, error) {
			f := list[i]
			return []any{int64(f.Scope), feed, string(f.Kind), int32(f.Number), f.Key, f.Name, f.Detail, f.File, int32(f.Line)}, nil
		}))
	if err != nil {
		return fmt.Errorf("keep the findings: %w", err)
	}
	return nil
}

var partColumns = []string{"tenant_id", "feed_id", "scope_id", "name", "uai", "source", "kind", "day", "label", "state", "known", "created", "arrived",
	"changed", "moved", "gone", "back", "classes", "placed", "known_ties", "ties", "changed_ties", "duplicates", "problems", "held_for", "checked_at"}

// copyParts keeps each part twice: for the academy, and for the establishment.
func copyParts(ctx context.Context, tx pgx.Tx, h Header, feed uuid.UUID, parts []Part, at time.Time) error {
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"feed_part"}, partColumns, pgx.CopyFromSlice(2*len(parts), func(i int) ([]any, error) {
		p := parts[i/2]
		holder := int64(school.Academy)
		if i%2 == 1 {
			holder = int64(p.Scope)
		}
		return []any{holder, feed, int64(p.Scope), p.Name, p.UAI, h.Source, string(h.Kind), h.Day, h.Label, string(p.State), p.Known, p.Created, p.Arrived,
			p.Changed, p.Moved, p.Gone, p.Back, p.Classes, p.Placed, p.KnownTies, p.Ties, p.ChangedTies, p.Duplicates, p.Problems, string(p.HeldFor), at}, nil
	}))
	if err != nil {
		return fmt.Errorf("keep the report: %w", err)
	}
	return nil
}
