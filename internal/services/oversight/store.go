package oversight

import (
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

// queueLeaders reads who leads and who administers the context's space today.
func queueLeaders(b *db.Batch, dest *[]Leader, today time.Time) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (l Leader, err error) {
		err = row.Scan(&l.Name, &l.Profile, &l.Function, &l.Administrator)
		return l, err
	}, `
		select given_name || ' ' || family_name, profile, function, admin
		from membership
		where (admin or profile = 'head') and starts_on <= $1 and (ends_on is null or ends_on >= $1)
		order by (profile = 'head') desc, family_name, given_name, person_id
		limit 40`, today)
}

// queueEditors reads the agents of the context's collectivity whose membership has not ended.
func queueEditors(b *db.Batch, dest *[]Editor, today time.Time) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (e Editor, err error) {
		var until *time.Time
		err = row.Scan(&e.Person.UUID, &e.Name, &e.Function, &e.Administrator, &e.Sections, &e.From, &until)
		if until != nil {
			e.Until = *until
		}
		return e, err
	}, `
		select person_id, given_name || ' ' || family_name, function, admin, sections, starts_on, ends_on
		from membership
		where profile = 'collectivity_agent' and (ends_on is null or ends_on >= $1)
		order by family_name, given_name, person_id
		limit 300`, today)
}

// queueLogin finds a person by the login, in the academy, where accounts are.
func queueLogin(b *db.Batch, found *bool, person *school.PersonID, login string) {
	db.Row(b, found, []any{&person.UUID}, `select person_id from account where login = $1`, login)
}
