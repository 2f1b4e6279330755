package mydata

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

// mostWaiting is how many requests somebody may have open in one space.
const mostWaiting = 20

func countWaiting(ctx context.Context, tx db.Tx, author school.PersonID) (n int, err error) {
	err = tx.NewRaw(`select count(*) from correction where author_id = ? and state = 'open'`, author.UUID).Scan(ctx, &n)
	return n, err
}

// insertCorrection reports whether the request is new.
func insertCorrection(ctx context.Context, tx db.Tx, c Correction) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		insert into correction (id, person_id, person_name, author_id, author_name, field, shown, fed, asked, created_at)
		values (?, ?, ?, ?, ?, ?, left(?, 500), ?, ?, ?) on conflict (tenant_id, id) do nothing`,
		c.ID, c.Person.UUID, c.PersonName, c.Author.UUID, c.AuthorName, c.Field, c.Shown, c.Fed, c.Asked, tx.Now())
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

const correctionColumns = `id, person_id, person_name, author_id, author_name, field, shown, fed, asked, state, reason, handler_name, created_at, handled_at, version`

func scanCorrection(row pgx.CollectableRow) (c Correction, err error) {
	var author uuid.NullUUID
	var handled *time.Time
	err = row.Scan(&c.ID, &c.Person.UUID, &c.PersonName, &author, &c.AuthorName, &c.Field, &c.Shown, &c.Fed, &c.Asked, &c.State, &c.Reason, &c.Handler, &c.CreatedAt, &handled, &c.Version)
	c.Author.UUID = author.UUID
	if handled != nil {
		c.HandledAt = *handled
	}
	return c, err
}

// queueCorrectionsOf lists what was asked for a person, by the person or by who looks.
func queueCorrectionsOf(b *db.Batch, dest *[]Correction, who, author school.PersonID) {
	db.Rows(b, dest, scanCorrection, `
		select `+correctionColumns+` from correction
		where person_id = $1 and ($1 = $2 or author_id = $2)
		order by created_at desc, id desc limit 100`, who.UUID, author.UUID)
}

func queueOpen(b *db.Batch, dest *[]Correction) {
	db.Rows(b, dest, scanCorrection, `select `+correctionColumns+` from correction where state = 'open' order by created_at, id limit 200`)
}

func queueAnswered(b *db.Batch, dest *[]Correction) {
	db.Rows(b, dest, scanCorrection, `select `+correctionColumns+` from correction where state in ('accepted', 'refused') order by handled_at desc, id desc limit 100`)
}

// answerCorrection reports whether the request was still open, as it was seen.
func answerCorrection(ctx context.Context, tx db.Tx, id uuid.UUID, version int, state CorrectionState, reason string, by school.Actor) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		update correction set state = ?, reason = ?, handler_id = ?, handler_name = ?, handled_at = ?, version = version + 1
		where id = ? and version = ? and state = 'open'`, string(state), reason, by.Person.UUID, by.Name, tx.Now(), id, version)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}
