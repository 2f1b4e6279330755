package console

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

// queueDecisions reads what is noted about every service: as many rows as there are services.
func queueDecisions(b *db.Batch, dest *[]Decision) {
	db.Rows(b, dest, func(r pgx.CollectableRow) (d Decision, err error) {
		var by uuid.NullUUID
		err = r.Scan(&d.Service, &d.Open, &d.DecidedOn, &d.Note, &d.Version, &by, &d.MadeAt)
		d.By.UUID = by.UUID
		return d, err
	}, `select service, open, decided_on, note, version, author_id, made_at from service_decision order by service limit 200`)
}

// writeDecision reports false when somebody else has noted something since the form was shown.
func writeDecision(ctx context.Context, tx db.Tx, by school.PersonID, d Decision) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		insert into service_decision as held (service, open, decided_on, note, author_id, made_at)
		select ?0, ?1, ?2::date, ?3, ?4, ?5
		where ?6 = 0 or exists (select from service_decision where service = ?0)
		on conflict (tenant_id, service) do update
		set open = excluded.open, decided_on = excluded.decided_on, note = excluded.note, author_id = excluded.author_id,
		    made_at = excluded.made_at, version = held.version + 1
		where held.version = ?6`,
		d.Service, d.Open, d.DecidedOn.Format(time.DateOnly), d.Note, by.UUID, tx.Now(), d.Version)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// counts are what the overview shows of the people of the space.
type counts struct {
	Profile school.Profile
	People  int
}

func queueCounts(b *db.Batch, dest *[]counts, today time.Time) {
	db.Rows(b, dest, pgx.RowToStructByPos[counts], `
		select profile, count(*)
		from membership
		where starts_on <= $1 and (ends_on is null or ends_on >= $1)
		group by profile`, today)
}

func queueClassCount(b *db.Batch, found *bool, n *int, today time.Time) {
	db.Row(b, found, []any{n}, `
		select count(*) from class c
		join school_year y on y.tenant_id = c.tenant_id and y.id = c.school_year_id
		where y.starts_on <= $1 and y.ends_on >= $1`, today)
}

// member is somebody with a profile of the space today.
type member struct {
	Person  uuid.UUID
	Profile school.Profile
}

// queueRoll lists the members of the space: a school has a few thousand, and the page counts them all.
func queueRoll(b *db.Batch, dest *[]member, today time.Time) {
	db.Rows(b, dest, pgx.RowToStructByPos[member], `
		select person_id, profile from membership
		where starts_on <= $1 and (ends_on is null or ends_on >= $1)
		limit 20000`, today)
}
