package messages

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/school"
)

const standingStops = ` from message_stop where ended_at is null and (until is null or until > `

func scanStop(row pgx.CollectableRow) (s Stop, err error) {
	var by *uuid.UUID
	var space int64
	var until, ended *time.Time
	err = row.Scan(&s.ID, &space, &s.Categories, &s.Reason, &by, &s.At, &until, &ended)
	s.Space, s.At = school.ScopeID(space), s.At.UTC()
	if by != nil {
		s.By.UUID = *by
	}
	if until != nil {
		s.Until = until.UTC()
	}
	if ended != nil {
		s.EndedAt = ended.UTC()
	}
	return s, err
}

const stopColumns = `select id, tenant_id, categories, reason, author_id, started_at, until, ended_at`

// queueStops reads the stops that stand in the space, those of the spaces above with them.
func queueStops(b *db.Batch, dest *[]Stop, now time.Time) {
	db.Rows(b, dest, scanStop, stopColumns+standingStops+`$1) order by tenant_id, started_at desc limit 50`, now)
}

// queuePastStops reads the latest stops of the space itself that are over.
func queuePastStops(b *db.Batch, dest *[]Stop, space school.ScopeID, now time.Time) {
	db.Rows(b, dest, scanStop, stopColumns+` from message_stop where tenant_id = $1 and (ended_at is not null or until <= $2) order by started_at desc limit 10`, int64(space), now)
}

// stoppedIn says why a kind of author may not send; found is false when nothing keeps them.
func stoppedIn(ctx context.Context, tx db.Tx, kind string) (reason string, found bool, err error) {
	err = tx.NewRaw(`select reason`+standingStops+`?) and categories @> array[?::text] order by tenant_id limit 1`, tx.Now(), kind).Scan(ctx, &reason)
	if db.NoRows(err) {
		return "", false, nil
	}
	return reason, err == nil, err
}

func insertStop(ctx context.Context, tx db.Tx, s Stop, by school.PersonID) (int, error) {
	return changed(tx.ExecContext(ctx, `insert into message_stop (id, categories, reason, author_id, started_at, until) values (?, ?, ?, ?, ?, ?) on conflict do nothing`,
		s.ID, pgdialect.Array(s.Categories), s.Reason, by.UUID, tx.Now(), orNever(s.Until)))
}

// endStop ends a stop of the space itself.
func endStop(ctx context.Context, tx db.Tx, id uuid.UUID, by school.PersonID) (int, error) {
	return changed(tx.ExecContext(ctx, `update message_stop set ended_at = ?, actor_id = ? where id = ? and ended_at is null`, tx.Now(), by.UUID, id))
}
