package mydata

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/directory"
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

// answerCorrection reports whether the request was still open, as it was seen, and whose it is.
func answerCorrection(ctx context.Context, tx db.Tx, id uuid.UUID, version int, state CorrectionState, reason string, by school.Actor) (c Correction, done bool, err error) {
	var author uuid.NullUUID
	err = tx.QueryRowContext(ctx, `
		update correction set state = ?, reason = ?, handler_id = ?, handler_name = ?, handled_at = ?, version = version + 1
		where id = ? and version = ? and state = 'open'
		returning id, person_id, author_id, author_name, field`, string(state), reason, by.Person.UUID, by.Name, tx.Now(), id, version).
		Scan(&c.ID, &c.Person.UUID, &author, &c.AuthorName, &c.Field)
	if db.NoRows(err) {
		return c, false, nil
	}
	c.Author.UUID = author.UUID
	return c, err == nil, err
}

type deskRow struct {
	Person uuid.UUID `bun:"person_id"`
	Name   string    `bun:"name"`
}

// selectAnswering lists who has one of some profiles in the space today; administering it is one of them.
func selectAnswering(ctx context.Context, tx db.Tx, profiles []string) (list []deskRow, err error) {
	err = tx.NewRaw(`
		select m.person_id, min(m.given_name || ' ' || m.family_name) as name
		from membership m
		where m.starts_on <= ?0 and (m.ends_on is null or m.ends_on >= ?0)
		  and (m.profile = any (?1) or ?2 = any (?1) and (m.admin or exists (
		       select from delegation d where d.person_id = m.person_id and d.withdrawn_at is null and d.starts_on <= ?0 and (d.ends_on is null or d.ends_on >= ?0))))
		group by m.person_id order by 2, 1 limit 100`, directory.Day(tx.Now()), pgdialect.Array(profiles), string(school.Administrator)).Scan(ctx, &list)
	return list, err
}

// worksHere tells whether somebody is here as more than a pupil or a guardian.
func worksHere(ctx context.Context, tx db.Tx, who school.PersonID) (works bool, err error) {
	err = tx.QueryRowContext(ctx, `select exists (select from membership where person_id = ?0 and profile not in ('pupil', 'guardian')
		and starts_on <= ?1 and (ends_on is null or ends_on >= ?1))`, who.UUID, directory.Day(tx.Now())).Scan(&works)
	return works, err
}
