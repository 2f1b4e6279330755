package mydata

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/school"
)

// oneArchive is violated by a second archive while one waits.
const oneArchive = "mydata_export_one"

// insertArchive reports whether the archive is new.
func insertArchive(ctx context.Context, tx db.Tx, a Archive) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		insert into mydata_export (id, person_id, author_id, spaces, total, created_at) values (?, ?, ?, ?, ?, ?)
		on conflict (tenant_id, id) do nothing`, a.ID, a.Person.UUID, a.Author.UUID, pgdialect.Array(a.Spaces), a.Total, tx.Now())
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

const archiveColumns = `id, person_id, author_id, state, spaces, done, total, object_key, size, created_at, expires_at`

func scanArchive(row pgx.CollectableRow) (a Archive, err error) {
	var expires *time.Time
	err = row.Scan(&a.ID, &a.Person.UUID, &a.Author.UUID, &a.State, &a.Spaces, &a.Done, &a.Total, &a.Object, &a.Size, &a.CreatedAt, &expires)
	if expires != nil {
		a.ExpiresAt = *expires
	}
	return a, err
}

// queueArchives lists what somebody asked for and may still see, the newest first.
func queueArchives(b *db.Batch, dest *[]Archive, author school.PersonID, now time.Time) {
	db.Rows(b, dest, scanArchive, `
		select `+archiveColumns+` from mydata_export
		where author_id = $1 and (expires_at is null or expires_at > $2)
		order by created_at desc, id desc limit 20`, author.UUID, now)
}

func queueArchive(b *db.Batch, dest *[]Archive, id uuid.UUID) {
	db.Rows(b, dest, scanArchive, `select `+archiveColumns+` from mydata_export where id = $1`, id)
}

func saveProgress(ctx context.Context, tx db.Tx, id uuid.UUID, done int) error {
	_, err := tx.ExecContext(ctx, `update mydata_export set done = ? where id = ? and state = 'waiting'`, done, id)
	return err
}

// finishArchive reports whether somebody still waits for the archive.
func finishArchive(ctx context.Context, tx db.Tx, id uuid.UUID, object string, size int64) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		update mydata_export set state = 'ready', done = total, object_key = ?, size = ?, finished_at = ?, expires_at = ?
		where id = ? and state = 'waiting'`, object, size, tx.Now(), tx.Now().Add(archiveLife), id)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

func failArchive(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `
		update mydata_export set state = 'failed', finished_at = ?, expires_at = ? where id = ? and state = 'waiting'`, tx.Now(), tx.Now().Add(archiveLife), id)
	return err
}
