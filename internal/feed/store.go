package feed

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// begin opens a feed for reading; false where it was read before.
func begin(ctx context.Context, tx db.Tx, id uuid.UUID, by school.PersonID, h Header) (bool, error) {
	var state string
	err := tx.NewRaw(`select state from feed where id = ?`, id).Scan(ctx, &state)
	if err == nil {
		return State(state) == Reading, nil
	}
	if !db.NoRows(err) {
		return false, err
	}
	var last time.Time
	err = tx.NewRaw(`select day from feed where source = ? and applied_at is not null order by day desc limit 1`, h.Source).Scan(ctx, &last)
	switch {
	case db.NoRows(err) && h.Kind == Delta:
		return false, fault.New(fault.Conflict, "Aucun flux complet de cette source n’a encore été appliqué. Commencez par un flux complet.")
	case err != nil && !db.NoRows(err):
		return false, err
	case err == nil && h.Day.Before(last):
		return false, fault.New(fault.Conflict, "Ce flux du "+dayOf(h.Day)+" est plus ancien que le dernier qui a été appliqué ("+dayOf(last)+"). Demandez-en un plus récent.")
	}
	// A reading that nobody holds any more was interrupted.
	for _, sql := range []string{
		`update feed set state = 'refused', problem = 'La lecture a été interrompue. Lisez ce flux de nouveau.'
		 where source = ? and state = 'reading' and pg_try_advisory_xact_lock(hashtext('feed reading'), hashtext(source))`,
		`update feed set state = 'dropped' where source = ? and state = 'checked'`,
	} {
		if _, err := tx.ExecContext(ctx, sql, h.Source); err != nil {
			return false, err
		}
	}
	var author, only any
	if by != (school.PersonID{}) {
		author = by.UUID
	}
	if h.Only != 0 {
		only = int64(h.Only)
	}
	_, err = tx.ExecContext(ctx, `
		insert into feed (id, source, kind, day, label, only_scope, state, author_id, started_at) values (?, ?, ?, ?, ?, ?, 'reading', ?, ?)`,
		id, h.Source, string(h.Kind), h.Day, h.Label, only, author, tx.Now())
	if db.Constraint(err) == "feed_busy" {
		return false, fault.New(fault.Conflict, "Un flux de cette source est en train d’être lu ou appliqué. Attendez qu’il ait fini.")
	}
	return err == nil, err
}

// lockReading holds the source while it is read, until the transaction ends.
func lockReading(ctx context.Context, tx pgx.Tx, source string) error {
	_, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtext('feed reading'), hashtext($1))`, source)
	return err
}

func analyze(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `select feed_analyze()`)
	return err
}

// checked ends the reading.
func checked(ctx context.Context, tx pgx.Tx, s *stager, b *base, at time.Time) error {
	whole := at
	if b != nil {
		whole = b.wholeAt
	}
	tag, err := tx.Exec(ctx, `
		update feed set state = 'checked', records = $2, checked_at = $3, partial = $4, whole_at = $5, context = $6
		where tenant_id = 1 and id = $1 and state = 'reading'`, s.feed, s.records, at, b != nil, whole, s.context())
	if err == nil && tag.RowsAffected() == 0 {
		return errTakenOver
	}
	return err
}

func refuse(ctx context.Context, tx db.Tx, id uuid.UUID, problem string) error {
	_, err := tx.ExecContext(ctx, `update feed set state = 'refused', problem = ? where id = ? and state = 'reading'`, problem, id)
	return err
}

// forgetFindings takes away the names that earlier reports of the source hold; their counts stay.
func forgetFindings(ctx context.Context, tx pgx.Tx, source string) error {
	_, err := tx.Exec(ctx, `delete from feed_finding where feed_id in (select id from feed where tenant_id = 1 and source = $1)`, source)
	return err
}

// insertRefused leaves alone a feed that is there already.
func insertRefused(ctx context.Context, tx db.Tx, id uuid.UUID, by school.PersonID, label, problem string) error {
	var author any
	if by != (school.PersonID{}) {
		author = by.UUID
	}
	_, err := tx.ExecContext(ctx, `
		insert into feed (id, source, kind, day, label, state, problem, author_id, started_at) values (?, ?, ?, ?, ?, 'refused', ?, ?, ?)
		on conflict (tenant_id, id) do nothing`, id, academySource, string(Complete), tx.Now(), label, problem, author, tx.Now())
	return err
}
