package slips

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/directory"
)

// meant writes an audience out: a line for each person who is asked for oneself, and for each guardian and child, or each
// guardian, where guardians are. Guardians are meant through the children whom they follow this day.
const meant = `
	with q as (
		select ?::uuid[] as classes, ?::uuid[] as groups, ?::text[] as levels, ?::text[] as profiles, ?::boolean as everybody, ?::boolean as narrow,
		       ?::boolean as per_child, ?::date as today
	), tied as (
		select m.person_id, m.profile from class_member m join class c on c.tenant_id = m.tenant_id and c.id = m.class_id
		join school_year y on y.tenant_id = c.tenant_id and y.id = c.school_year_id cross join q
		where (c.id = any (q.classes) or c.level = any (q.levels)) and y.ends_on >= q.today
		union
		select m.person_id, m.profile from group_member m cross join q where m.group_id = any (q.groups)
	), here as (
		select m.person_id, m.profile, m.given_name || ' ' || m.family_name as name from membership m cross join q
		where m.starts_on <= q.today and (m.ends_on is null or m.ends_on >= q.today)
	), homes as (
		select m.person_id, min(c.name) as class from class_member m join class c on c.tenant_id = m.tenant_id and c.id = m.class_id
		join school_year y on y.tenant_id = c.tenant_id and y.id = c.school_year_id cross join q
		where m.profile = 'pupil' and y.starts_on <= q.today and y.ends_on >= q.today
		group by m.person_id
	), kin as (
		select p.person_id, p.name, k.person_id as child_id, k.name as child_name, coalesce(h.class, '') as class
		from guardianship g join here p on p.person_id = g.guardian_id and p.profile = 'guardian'
		join here k on k.person_id = g.child_id and k.profile = 'pupil'
		left join homes h on h.person_id = k.person_id cross join q
		where g.starts_on <= q.today and (g.ends_on is null or g.ends_on >= q.today) and (g.excluded_until is null or g.excluded_until < q.today)
		  and (not q.narrow or exists (select from tied t where t.person_id = k.person_id and t.profile = 'pupil'))
	), lines as (
		select m.person_id, '00000000-0000-0000-0000-000000000000'::uuid as child_id, m.profile, m.name, '' as child_name,
		       case when m.profile = 'pupil' then coalesce(h.class, '') else '' end as class
		from here m left join homes h on h.person_id = m.person_id cross join q
		where m.profile <> 'guardian' and (q.everybody or m.profile = any (q.profiles))
		  and (not q.narrow or exists (select from tied t where t.person_id = m.person_id and t.profile = m.profile))
		union all
		select k.person_id, k.child_id, 'guardian', k.name, k.child_name, k.class
		from kin k cross join q where q.per_child and (q.everybody or 'guardian' = any (q.profiles))
		union all
		select k.person_id, '00000000-0000-0000-0000-000000000000', 'guardian', min(k.name), '', case when count(distinct k.class) = 1 then min(k.class) else '' end
		from kin k cross join q where not q.per_child and (q.everybody or 'guardian' = any (q.profiles)) group by k.person_id
	), who as (
		select distinct on (child_id, person_id) person_id, child_id, profile, name, child_name, class
		from lines order by child_id, person_id, profile
	)`

func (s Slip) meantArgs(today time.Time) []any {
	a := s.Audience
	classes, groups, levels, profiles := []string{}, []string{}, []string{}, []string{}
	if !a.Whole {
		for _, c := range a.Classes {
			classes = append(classes, c.String())
		}
		for _, g := range a.Groups {
			groups = append(groups, g.String())
		}
		levels = append(levels, a.Levels...)
		for _, p := range a.Profiles {
			profiles = append(profiles, string(p))
		}
	}
	return []any{pgdialect.Array(classes), pgdialect.Array(groups), pgdialect.Array(levels), pgdialect.Array(profiles), len(profiles) == 0,
		len(classes)+len(groups)+len(levels) > 0, s.PerChild, directory.Day(today)}
}

// reach is how many people a slip asks, and for how many children.
type reach struct {
	People   int `bun:"people"`
	Children int `bun:"children"`
}

func reachOf(ctx context.Context, tx db.Tx, s Slip) (n reach, err error) {
	err = tx.NewRaw(meant+` select count(distinct person_id) as people,
		count(distinct child_id) filter (where child_id <> '00000000-0000-0000-0000-000000000000') as children from who`, s.meantArgs(tx.Now())...).Scan(ctx, &n)
	return n, err
}

// writeOut adds the lines that are meant and not there yet.
func writeOut(ctx context.Context, tx db.Tx, s Slip) error {
	_, err := tx.ExecContext(ctx, meant+` insert into slip_asked (slip_id, child_id, person_id, profile, person_name, child_name, class_name)
		select ?, child_id, person_id, profile, name, child_name, class from who on conflict do nothing`, append(s.meantArgs(tx.Now()), s.ID)...)
	return err
}

// strike takes out the lines that are no longer meant and have no answer.
func strike(ctx context.Context, tx db.Tx, s Slip) error {
	_, err := tx.ExecContext(ctx, meant+` delete from slip_asked a where a.slip_id = ?
		and not exists (select from who w where w.person_id = a.person_id and w.child_id = a.child_id)
		and not exists (select from slip_reply r where r.tenant_id = a.tenant_id and r.slip_id = a.slip_id and r.child_id = a.child_id and r.person_id = a.person_id)
		and not exists (select from slip_roll v where v.tenant_id = a.tenant_id and v.slip_id = a.slip_id and v.child_id = a.child_id and v.person_id = a.person_id)`,
		append(s.meantArgs(tx.Now()), s.ID)...)
	return err
}

// told is somebody whom a notice is for.
type told struct {
	Person  uuid.UUID   `bun:"person_id"`
	Profile string      `bun:"profile"`
	Name    string      `bun:"name"`
	Names   string      `bun:"names"` // of the children
	About   []uuid.UUID `bun:"-"`
	Kids    []string    `bun:"kids,array"`
}

// nextUntold takes the next people who have not been told that they are asked.
func nextUntold(ctx context.Context, tx db.Tx, slip uuid.UUID, limit int) (list []told, err error) {
	err = tx.NewRaw(`with next as (
			select distinct person_id from slip_asked where slip_id = ? and not told order by person_id limit ?
		), marked as (
			update slip_asked a set told = true from next n where a.slip_id = ? and a.person_id = n.person_id returning a.person_id, a.profile, a.child_id, a.person_name, a.child_name
		)
		select person_id, min(profile) as profile, min(person_name) as name,
		       coalesce(string_agg(distinct nullif(child_name, ''), ', '), '') as names, array_agg(child_id::text) as kids from marked group by person_id order by person_id`,
		slip, limit, slip).Scan(ctx, &list)
	return parsed(list), err
}

// nextOf takes the next people after one: those of whom something is expected, or all.
func nextOf(ctx context.Context, tx db.Tx, slip, after uuid.UUID, pending bool, limit int) (list []told, err error) {
	err = tx.NewRaw(`select a.person_id, min(a.profile) as profile, min(a.person_name) as name,
		       coalesce(string_agg(distinct nullif(a.child_name, ''), ', '), '') as names, array_agg(a.child_id::text) as kids
		from slip_asked a join slip s on s.tenant_id = a.tenant_id and s.id = a.slip_id
		where a.slip_id = ? and a.person_id > ? and (not ? or not `+answered+`)
		group by a.person_id order by a.person_id limit ?`, slip, after, pending, limit).Scan(ctx, &list)
	return parsed(list), err
}

func parsed(list []told) []told {
	for i := range list {
		for _, text := range list[i].Kids {
			if id, err := uuid.Parse(text); err == nil && id != uuid.Nil {
				list[i].About = append(list[i].About, id)
			}
		}
	}
	return list
}
