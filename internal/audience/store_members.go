package audience

import (
	"context"

	"github.com/google/uuid"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/school"
)

// meant finds whom an audience means in an establishment: members of a day, with the ties that the choice asks for, and
// guardians through the children whom they follow that day.
const meant = `
		with tied as (
			select cm.person_id, cm.profile
			from class_member cm
			join class c on c.tenant_id = cm.tenant_id and c.id = cm.class_id
			join school_year y on y.tenant_id = c.tenant_id and y.id = c.school_year_id
			where y.ends_on >= ?0::date and (c.id = any (?1::uuid[]) or c.level = any (?2::text[]))
			union
			select gm.person_id, gm.profile from group_member gm where gm.group_id = any (?3::uuid[])
		), children as (
			select g.guardian_id, g.child_id, k.given_name
			from guardianship g
			join membership k on k.person_id = g.child_id and k.profile = 'pupil'
			where k.starts_on <= ?0::date and (k.ends_on is null or k.ends_on >= ?0::date)
			  and g.starts_on <= ?0::date and (g.ends_on is null or g.ends_on >= ?0::date)
			  and (g.excluded_until is null or g.excluded_until < ?0::date)
			  and (not ?4 or exists (select from tied t where t.person_id = g.child_id and t.profile = 'pupil'))
		), who as (
			select m.person_id, min(m.given_name || ' ' || m.family_name) as name, bool_or(m.profile = any (?5::text[])) as staff, bool_or(m.profile = 'guardian') as guards
			from membership m
			where m.starts_on <= ?0::date and (m.ends_on is null or m.ends_on >= ?0::date) and m.person_id > ?6
			  and (cardinality(?7::text[]) = 0 or m.profile = any (?7::text[]))
			  and (not ?4 or exists (select from tied t where t.person_id = m.person_id and t.profile = m.profile)
			       or m.profile = 'guardian' and exists (select from children c where c.guardian_id = m.person_id))
			group by m.person_id
			order by m.person_id
			limit ?8
		)`

func meantArgs(a Audience, tx db.Tx, after uuid.UUID, limit int) []any {
	narrow := !a.Whole && len(a.Levels)+len(a.Classes)+len(a.Groups) > 0
	profiles := []string{}
	if !a.Whole {
		for _, p := range a.Profiles {
			profiles = append(profiles, string(p))
		}
	}
	adults := []string{}
	for _, p := range school.Profiles() {
		if p.Adult() {
			adults = append(adults, string(p))
		}
	}
	return []any{directory.Day(tx.Now()), pgdialect.Array(idTexts(classIDs(a.Classes))), pgdialect.Array(texts(a.Levels)), pgdialect.Array(idTexts(groupIDs(a.Groups))), narrow,
		pgdialect.Array(adults), after, pgdialect.Array(profiles), limit}
}

func countMembers(ctx context.Context, tx db.Tx, a Audience, limit int) (n int, err error) {
	err = tx.NewRaw(meant+` select count(*) from who`, meantArgs(a, tx, uuid.Nil, limit)...).Scan(ctx, &n)
	return n, err
}

func selectMembers(ctx context.Context, tx db.Tx, a Audience, after uuid.UUID, limit int) ([]Member, error) {
	var rows []struct {
		Person uuid.UUID   `bun:"person_id"`
		Name   string      `bun:"name"`
		Staff  bool        `bun:"staff"`
		About  []uuid.UUID `bun:"about,array"`
		Names  string      `bun:"names"`
	}
	err := tx.NewRaw(meant+`
		select w.person_id, w.name, w.staff, coalesce(c.about, '{}') as about, coalesce(c.names, '') as names
		from who w
		left join lateral (
			select array_agg(c.child_id order by c.given_name) as about, string_agg(c.given_name, ', ' order by c.given_name) as names
			from children c where w.guards and c.guardian_id = w.person_id
		) c on true
		order by w.person_id`, meantArgs(a, tx, after, limit)...).Scan(ctx, &rows)
	list := make([]Member, len(rows))
	for i, r := range rows {
		list[i] = Member{Person: r.Person, Name: r.Name, Staff: r.Staff, About: r.About, AboutNames: r.Names}
	}
	return list, err
}

func idTexts(list []uuid.UUID) []string {
	out := make([]string, len(list))
	for i, id := range list {
		out[i] = id.String()
	}
	return out
}
