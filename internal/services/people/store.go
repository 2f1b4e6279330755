package people

import (
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

// visible is the rule of every reading: a membership of today, of somebody whom the reader sees. $1 is the day, $2 whether
// everybody is seen, $3 the contacts, $4 the profiles that are seen in the classes $5 and groups $6; $7 whether classes that
// are not open yet are seen.
const visible = `m.starts_on <= $1 and (m.ends_on is null or m.ends_on >= $1)
	and ($2 or m.profile = any ($3) or m.profile = any ($4) and (
		exists (select from class_member n where n.tenant_id = m.tenant_id and n.person_id = m.person_id and n.profile = m.profile and n.class_id = any ($5))
		or exists (select from group_member n where n.tenant_id = m.tenant_id and n.person_id = m.person_id and n.profile = m.profile and n.group_id = any ($6))))`

const roles = `
	select m.person_id, m.profile, m.given_name, m.family_name, m.function, m.folded,
	       coalesce(c.classes, '{}') as classes, coalesce(c.form, '{}') as form,
	       exists (select from person_photo f where f.tenant_id = m.tenant_id and f.person_id = m.person_id) as photo
	from membership m
	left join lateral (
		select array_agg(k.name order by k.name) as classes, array_agg(k.name order by k.name) filter (where cm.form) as form
		from class_member cm
		join class k on k.tenant_id = cm.tenant_id and k.id = cm.class_id
		join school_year y on y.tenant_id = k.tenant_id and y.id = k.school_year_id
		where cm.tenant_id = m.tenant_id and cm.person_id = m.person_id and cm.profile = m.profile
		  and y.starts_on <= $1 and y.ends_on >= $1 and ($7 or k.opens_on is null or k.opens_on <= $1)
	) c on true
	where ` + visible

// The page is chosen among people first, so that somebody with two profiles counts once.
const listPeople = roles + `
	and m.person_id in (
		select p.person_id from (
			select distinct m.folded, m.person_id
			from membership m
			where ` + visible + `
			  and ($8::text[] is null or ' ' || m.folded like all ($8))
			  and ($9 = '' or m.profile = $9)
			  and ($10::uuid is null or exists (select from class_member f
			       where f.tenant_id = m.tenant_id and f.person_id = m.person_id and f.profile = m.profile and f.class_id = $10 and m.profile = any ($14)))
			  and (m.folded, m.person_id) > ($11, $12::uuid)
			order by m.folded, m.person_id
			limit $13
		) p)
	order by m.folded, m.person_id, m.profile`

const findPerson = roles + ` and m.person_id = $8 order by m.profile`

func (s sight) args(today time.Time, v veil) []any {
	groups := make([]uuid.UUID, 0, len(s.Groups))
	for _, g := range s.Groups {
		groups = append(groups, g.UUID)
	}
	return []any{today, s.Everybody, names(contacts()), names(s.Near), s.classIDs(), groups, v.staff()}
}

func names(profiles []school.Profile) []string {
	list := make([]string, 0, len(profiles))
	for _, p := range profiles {
		list = append(list, string(p))
	}
	return list
}

type after struct {
	folded string
	person uuid.UUID
}

func queueList(b *db.Batch, dest *[]row, today time.Time, s sight, v veil, patterns []string, f Filter, from after, limit int) {
	var class *uuid.UUID
	if (f.Class != school.ClassID{}) {
		class = &f.Class.UUID
	}
	if len(patterns) == 0 {
		patterns = nil
	}
	args := append(s.args(today, v), patterns, string(f.Profile), class, from.folded, from.person, limit, names(v.withClasses()))
	db.Rows(b, dest, pgx.RowToStructByName[row], listPeople, args...)
}

func queuePerson(b *db.Batch, dest *[]row, today time.Time, s sight, v veil, who school.PersonID) {
	db.Rows(b, dest, pgx.RowToStructByName[row], findPerson, append(s.args(today, v), who.UUID)...)
}

type classRow struct {
	ID   uuid.UUID `db:"id"`
	Name string    `db:"name"`
}

// queueClasses lists the classes of this year, or those among ids.
func queueClasses(b *db.Batch, dest *[]classRow, today time.Time, all bool, ids []uuid.UUID) {
	db.Rows(b, dest, pgx.RowToStructByName[classRow], `
		select c.id, c.name
		from class c join school_year y on y.tenant_id = c.tenant_id and y.id = c.school_year_id
		where y.starts_on <= $1 and y.ends_on >= $1 and ($2 or c.id = any ($3))
		order by c.level desc, c.name
		limit 300`, today, all, ids)
}

func queueReach(b *db.Batch, found *bool, who school.PersonID, email **string, born **time.Time) {
	db.Row(b, found, []any{email, born}, `select email, birth_date from person where id = $1`, who.UUID)
}
