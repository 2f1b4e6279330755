package classes

import (
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

func scanMember(row pgx.CollectableRow) (m Member, err error) {
	var profile string
	err = row.Scan(&m.Person.UUID, &profile, &m.Given, &m.Family, &m.Function, &m.Form, &m.OtherUnit)
	m.Profile = school.Profile(profile)
	return m, err
}

// queueMembers reads who is in a unit: those of today, or of the year's last day once it is over.
func queueMembers(b *db.Batch, k Kind, dest *[]Member, id uuid.UUID, today time.Time) {
	t := tablesOf(k)
	form := "n.form"
	if k == Group {
		form = "false"
	}
	db.Rows(b, dest, scanMember, `
		select m.person_id, m.profile, m.given_name, m.family_name, m.function, `+form+`, ''
		from `+t.unit+` u
		join school_year y on y.tenant_id = u.tenant_id and y.id = u.school_year_id
		join `+t.members+` n on n.tenant_id = u.tenant_id and n.`+t.key+` = u.id
		join membership m on m.tenant_id = n.tenant_id and m.person_id = n.person_id and m.profile = n.profile
		where u.id = $1 and m.starts_on <= greatest($2, y.starts_on) and (m.ends_on is null or m.ends_on >= least($2, y.ends_on))
		order by m.profile <> 'pupil', m.folded, m.person_id
		limit 1000`, id, today)
}

// queueJoinable finds pupils and staff by the beginnings of their names who are not in the unit, with the class in which a
// pupil is this year.
func queueJoinable(b *db.Batch, k Kind, dest *[]Member, id uuid.UUID, patterns []string, today time.Time) {
	t := tablesOf(k)
	var profiles []string
	for _, p := range school.SchoolProfiles() {
		if mayJoin(p) {
			profiles = append(profiles, string(p))
		}
	}
	db.Rows(b, dest, scanMember, `
		select m.person_id, m.profile, m.given_name, m.family_name, m.function, false, coalesce((
		       select min(c.name) from class_member o join class c on c.tenant_id = o.tenant_id and c.id = o.class_id
		       where o.tenant_id = m.tenant_id and o.person_id = m.person_id and o.profile = m.profile and m.profile = 'pupil'
		         and c.school_year_id = u.school_year_id), '')
		from `+t.unit+` u
		join membership m on m.tenant_id = u.tenant_id
		where u.id = $1 and m.profile = any ($2) and ' ' || m.folded like all ($3)
		  and (m.ends_on is null or m.ends_on >= $4)
		  and not exists (select from `+t.members+` n where n.tenant_id = m.tenant_id and n.`+t.key+` = u.id and n.person_id = m.person_id and n.profile = m.profile)
		order by m.folded, m.person_id, m.profile
		limit 30`, id, profiles, patterns, today)
}
