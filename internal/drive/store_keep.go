package drive

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
)

func queueNamedBy(b *db.Batch, dest *[]string, c column, keys []string) {
	table, name := pgx.Identifier{c.table}.Sanitize(), pgx.Identifier{c.name}.Sanitize()
	db.Rows(b, dest, pgx.RowTo[string], `select `+name+` from `+table+` where `+name+` = any ($1)`, keys)
}

// queueStale finds uploads that nobody has gone on with since an instant.
func queueStale(b *db.Batch, dest *[]uploadRow, before time.Time, limit int) {
	db.Rows(b, dest, pgx.RowToStructByName[uploadRow], `select `+uploadColumns+` from drive_upload u where u.touched_at < $1 and u.done_at is null order by u.touched_at limit $2`, before, limit)
}

// forgetEnded removes what has had its time: uploads that became documents, shares and links that ended.
func forgetEnded(ctx context.Context, tx db.Tx, uploads, ended time.Time) error {
	if _, err := tx.ExecContext(ctx, `delete from drive_upload where touched_at < ? and done_at is not null`, uploads); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `delete from drive_share where ends_at < ?`, ended); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `delete from drive_link where ends_at < ?`, ended)
	return err
}

type oldTrash struct {
	ID      uuid.UUID `db:"id"`
	SpaceID uuid.UUID `db:"space_id"`
}

func queueOldTrash(b *db.Batch, dest *[]oldTrash, before time.Time, limit int) {
	db.Rows(b, dest, pgx.RowToStructByName[oldTrash], `
		select id, space_id from drive_node where trashed_at < $1 order by space_id, trashed_at limit $2`, before, limit)
}

// stillTrashed locks a space and keeps those of some nodes that are in its trash since before an instant.
func stillTrashed(ctx context.Context, tx db.Tx, space uuid.UUID, ids []uuid.UUID, before time.Time) (still []uuid.UUID, err error) {
	if _, err := spaceLocked(ctx, tx, space); err != nil {
		return nil, err
	}
	err = tx.NewRaw(`select id from drive_node where id = any (?) and space_id = ? and trashed_at < ?`, uuids(ids), space, before).Scan(ctx, &still)
	return still, err
}

func spaceLocked(ctx context.Context, tx db.Tx, owner uuid.UUID) (sp spaceRow, err error) {
	err = tx.NewRaw(`select tenant_id, owner_id, kind, used, files, quota, granted from drive_space where owner_id = ? for update`, owner).Scan(ctx, &sp)
	return sp, err
}
