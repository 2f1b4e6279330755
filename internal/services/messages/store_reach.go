package messages

import (
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/school"
)

// within is the rule of whom an author may write to. $1 is the day, $2 the profiles that are open in the whole school, $3
// those that are open near the classes and groups $4; a guardian is near where a child is.
const within = `
	with near as (
		select person_id, profile from class_member where class_id = any ($4)
		union
		select person_id, profile from group_member where group_id = any ($4)
	), around as (
		select person_id, profile from near
		union
		select g.guardian_id, 'guardian' from near n join guardianship g on g.child_id = n.person_id
		where n.profile = 'pupil' and g.starts_on <= $1 and (g.ends_on is null or g.ends_on >= $1)
		  and (g.excluded_until is null or g.excluded_until < $1)
	), open as (
		select m.tenant_id, m.person_id, m.profile, m.given_name, m.family_name, m.folded
		from membership m
		where m.starts_on <= $1 and (m.ends_on is null or m.ends_on >= $1)
		  and (m.profile = any ($2) or m.profile = any ($3)
		       and exists (select from around a where a.person_id = m.person_id and a.profile = m.profile))
	)`

func (c Circle) args(now time.Time) []any {
	return []any{directory.Day(now), append([]string{}, c.Wide...), append([]string{}, c.Near...), append([]uuid.UUID{}, c.Places...)}
}

func scanContact(row pgx.CollectableRow) (c Contact, err error) {
	err = row.Scan(&c.ID, &c.Given, &c.Family, &c.Profiles, &c.Details, &c.Folded)
	return c, err
}

const contactColumns = `
	select p.person_id, p.given_name, p.family_name, p.profiles, concat_ws(', ',
		(select string_agg(distinct k.name, ', ') from class_member cm join class k on k.tenant_id = cm.tenant_id and k.id = cm.class_id
		 where cm.person_id = p.person_id and cm.profile = any (p.profiles) and cm.profile = 'pupil'),
		(select string_agg(distinct n.given_name || ' ' || n.family_name, ', ') from guardianship g
		 join membership n on n.tenant_id = g.tenant_id and n.person_id = g.child_id and n.profile = 'pupil'
		 where g.guardian_id = p.person_id and 'guardian' = any (p.profiles)
		   and g.starts_on <= $1 and (g.ends_on is null or g.ends_on >= $1))), p.folded`

const people = `(
		select person_id, min(given_name) as given_name, min(family_name) as family_name, min(folded) as folded, array_agg(distinct profile order by profile) as profiles
		from open o where `

// queueContacts finds people whom the circle opens, by the beginnings of their names.
func queueContacts(b *db.Batch, dest *[]Contact, c Circle, now time.Time, patterns []string, profile string, from Contact, limit int) {
	if len(patterns) == 0 {
		patterns = nil
	}
	db.Rows(b, dest, scanContact, within+contactColumns+` from `+people+`($5::text[] is null or ' ' || o.folded like all ($5)) and ($6 = '' or o.profile = $6)
		and (o.folded, o.person_id) > ($7, $8) group by person_id order by folded, person_id limit $9) p order by p.folded, p.person_id`,
		append(c.args(now), patterns, profile, from.Folded, from.ID, limit)...)
}

// queueAllowed reads which of some persons the circle opens.
func queueAllowed(b *db.Batch, dest *[]Contact, c Circle, now time.Time, ids []uuid.UUID) {
	db.Rows(b, dest, scanContact, within+contactColumns+` from `+people+`o.person_id = any ($5) group by person_id) p`, append(c.args(now), append([]uuid.UUID{}, ids...))...)
}

// queueHeads counts whom the circle opens, by profile.
func queueHeads(b *db.Batch, dest *[]Head, c Circle, now time.Time) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (h Head, err error) {
		err = row.Scan((*string)(&h.Profile), &h.People)
		return h, err
	}, within+` select profile, count(distinct person_id) from open group by profile order by profile`, c.args(now)...)
}

// queueChildren finds pupils whose guardians the circle opens, by name, or among ids.
func queueChildren(b *db.Batch, dest *[]Contact, c Circle, now time.Time, patterns []string, ids []uuid.UUID, limit int) {
	wide, near := c.opensGuardians()
	if !wide && !near {
		return
	}
	if len(patterns) == 0 {
		patterns = nil
	}
	db.Rows(b, dest, scanContact, `
		select m.person_id, m.given_name, m.family_name, array['pupil'],
		       coalesce((select string_agg(distinct k.name, ', ') from class_member cm join class k on k.tenant_id = cm.tenant_id and k.id = cm.class_id
		                 where cm.person_id = m.person_id and cm.profile = 'pupil'), ''), m.folded
		from membership m
		where m.profile = 'pupil' and m.starts_on <= $1 and (m.ends_on is null or m.ends_on >= $1)
		  and ($2::text[] is null or ' ' || m.folded like all ($2)) and ($3::uuid[] is null or m.person_id = any ($3))
		  and ($4 or exists (select from class_member n where n.person_id = m.person_id and n.profile = 'pupil' and n.class_id = any ($5))
		          or exists (select from group_member n where n.person_id = m.person_id and n.profile = 'pupil' and n.group_id = any ($5)))
		  and exists (select from guardianship g where g.child_id = m.person_id and g.starts_on <= $1 and (g.ends_on is null or g.ends_on >= $1))
		order by m.folded, m.person_id limit $6`, directory.Day(now), patterns, ids, wide, append([]uuid.UUID{}, c.Places...), limit)
}

// queueNames reads what the persons are called in the school, whoever they are.
func queueNames(b *db.Batch, dest *[]Contact, ids []uuid.UUID) {
	db.Rows(b, dest, scanContact, `select distinct on (m.person_id) m.person_id, m.given_name, m.family_name, array[m.profile], '', m.folded
		from membership m where m.person_id = any ($1) order by m.person_id, m.profile`, append([]uuid.UUID{}, ids...))
}

type placeRow struct {
	ID   uuid.UUID `db:"id"`
	Kind string    `db:"kind"`
	Name string    `db:"name"`
	Rung string    `db:"rung"`
}

// queuePlaces lists the classes and groups of the year: all, or those among ids.
func queuePlaces(b *db.Batch, dest *[]placeRow, now time.Time, all bool, ids []uuid.UUID) {
	db.Rows(b, dest, pgx.RowToStructByName[placeRow], `
		select c.id, 'class' as kind, c.name, c.level as rung from class c join school_year y on y.tenant_id = c.tenant_id and y.id = c.school_year_id
		where y.starts_on <= $1 and y.ends_on >= $1 and ($2 or c.id = any ($3))
		union all
		select g.id, 'group', g.name, '' from teaching_group g join school_year y on y.tenant_id = g.tenant_id and y.id = g.school_year_id
		where y.starts_on <= $1 and y.ends_on >= $1 and ($2 or g.id = any ($3))
		order by 2, 4 desc, 3 limit 1000`, directory.Day(now), all, append([]uuid.UUID{}, ids...))
}

// queueMemberships reads what a member of the school is, with the classes and groups around the person; those of the children
// count as a guardian's.
func queueMemberships(b *db.Batch, dest *[]school.Membership, who school.PersonID, now time.Time) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (m school.Membership, err error) {
		var classes, groups, childClasses, childGroups []uuid.UUID
		if err = row.Scan((*string)(&m.Profile), &classes, &groups, &childClasses, &childGroups); err != nil {
			return m, err
		}
		m.Classes, m.Groups = refs(classes, groups)
		if len(childClasses)+len(childGroups) > 0 {
			var c school.ChildRef
			c.Classes, c.Groups = refs(childClasses, childGroups)
			m.Children = []school.ChildRef{c}
		}
		return m, nil
	}, `select m.profile,
			array(select class_id from class_member c where c.person_id = m.person_id and c.profile = m.profile),
			array(select group_id from group_member g where g.person_id = m.person_id and g.profile = m.profile),
			array(select c.class_id from guardianship g join class_member c on c.tenant_id = g.tenant_id and c.person_id = g.child_id and c.profile = 'pupil'
			      where m.profile = 'guardian' and g.guardian_id = m.person_id and g.starts_on <= $2 and (g.ends_on is null or g.ends_on >= $2)),
			array(select c.group_id from guardianship g join group_member c on c.tenant_id = g.tenant_id and c.person_id = g.child_id and c.profile = 'pupil'
			      where m.profile = 'guardian' and g.guardian_id = m.person_id and g.starts_on <= $2 and (g.ends_on is null or g.ends_on >= $2))
		from membership m where m.person_id = $1 and m.starts_on <= $2 and (m.ends_on is null or m.ends_on >= $2) order by m.profile limit 20`, who.UUID, directory.Day(now))
}

func refs(classes, groups []uuid.UUID) (c []school.ClassRef, g []school.GroupRef) {
	for _, id := range classes {
		c = append(c, school.ClassRef{ID: school.ClassID{UUID: id}})
	}
	for _, id := range groups {
		g = append(g, school.GroupRef{ID: school.GroupID{UUID: id}})
	}
	return c, g
}
