package rights

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/policy"
	"elyco/internal/school"
)

// own keeps to the space itself: it could also read the changes of those above.
const own = `tenant_id = current_setting('app.tenant')::bigint`

// numberTaken is violated when somebody else changed the line in the same moment.
const numberTaken = "policy_delta_tenant_id_room_action_profile_number_key"

// pageLength is how many changes a page of history shows.
const pageLength = 30

// closedAbove finds the highest space above that closed the line, or 0.
func closedAbove(ctx context.Context, tx db.Tx, c Change) (school.ScopeID, error) {
	var scope int64
	err := tx.NewRaw(`
		select coalesce(min(tenant_id), 0)
		from (
			select distinct on (tenant_id) tenant_id, closed
			from policy_delta
			where tenant_id <> current_setting('app.tenant')::bigint and room = ? and action = ? and profile = ?
			order by tenant_id, number desc
		) last
		where closed`, c.Room, c.Action, string(c.Profile)).Scan(ctx, &scope)
	return school.ScopeID(scope), err
}

func lastOf(ctx context.Context, tx db.Tx, c Change) (standing, error) {
	s := standing{State: State{Reach: string(policy.Inherited)}}
	err := tx.NewRaw(`
		select id, number, reach, closed
		from policy_delta
		where `+own+` and room = ? and action = ? and profile = ?
		order by number desc
		limit 1`, c.Room, c.Action, string(c.Profile)).Scan(ctx, &s.ID, &s.Number, &s.Reach, &s.Closed)
	if db.NoRows(err) {
		err = nil
	}
	return s, err
}

func sameLine(ctx context.Context, tx db.Tx, c Change) (same bool, err error) {
	err = tx.NewRaw(`select exists (select from policy_delta where `+own+` and id = ? and room = ? and action = ? and profile = ?)`,
		c.Undoes, c.Room, c.Action, string(c.Profile)).Scan(ctx, &same)
	return same, err
}

func insert(ctx context.Context, tx db.Tx, c Change, by school.Actor, number int) error {
	_, err := tx.ExecContext(ctx, `
		insert into policy_delta (id, room, action, profile, number, reach, closed, undoes, author_id, author_name, set_at)
		values (?, ?, ?, ?, ?, ?, ?, nullif(?, '00000000-0000-0000-0000-000000000000'::uuid), ?, ?, ?)`,
		c.ID, c.Room, c.Action, string(c.Profile), number, string(c.Reach), c.Closed, c.Undoes, by.Person.UUID, by.Name, tx.Now())
	return err
}

func queueNumber(b *db.Batch, l policy.Line, number *int, found *bool) {
	db.Row(b, found, []any{number}, `
		select coalesce(max(number), 0)
		from policy_delta
		where `+own+` and room = $1 and action = $2 and profile = $3`, l.Room, l.Action, string(l.Profile))
}

func queueAdministrators(b *db.Batch, today time.Time, n *int, found *bool) {
	db.Row(b, found, []any{n}, `
		select count(distinct person_id)
		from membership
		where admin and starts_on <= $1 and (ends_on is null or ends_on >= $1)`, today)
}

func queueHistory(b *db.Batch, room string, before uuid.UUID, past *[]Past) {
	db.Rows(b, past, scanPast, `
		select d.id, d.room, d.action, d.profile, d.number, coalesce(b.reach, 'inherited'), coalesce(b.closed, false), d.reach, d.closed,
			coalesce(d.undoes, '00000000-0000-0000-0000-000000000000'), d.author_name, d.set_at
		from policy_delta d
		left join policy_delta b on b.tenant_id = d.tenant_id and b.room = d.room and b.action = d.action and b.profile = d.profile
			and b.number = d.number - 1
		where d.tenant_id = current_setting('app.tenant')::bigint and ($1 = '' or d.room = $1)
		  and ($2 = '00000000-0000-0000-0000-000000000000'::uuid or (d.set_at, d.id) < (
			select set_at, id from policy_delta where `+own+` and id = $2))
		order by d.set_at desc, d.id desc
		limit $3`, room, before, pageLength+1)
}

func scanPast(row pgx.CollectableRow) (Past, error) {
	var p Past
	err := row.Scan(&p.ID, &p.Room, &p.Action, &p.Profile, &p.Number, &p.Before.Reach, &p.Before.Closed, &p.After.Reach, &p.After.Closed,
		&p.Undoes, &p.Author, &p.SetAt)
	p.SetAt = p.SetAt.UTC()
	return p, err
}
