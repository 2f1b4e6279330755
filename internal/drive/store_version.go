package drive

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/blob"
	"elyco/internal/db"
)

type versionRow struct {
	NodeID      uuid.UUID  `bun:"node_id" db:"node_id"`
	Number      int        `bun:"number" db:"number"`
	ObjectKey   string     `bun:"object_key" db:"object_key"`
	PreviewKey  string     `bun:"preview_key" db:"preview_key"`
	Size        int64      `bun:"size" db:"size"`
	ContentType string     `bun:"content_type" db:"content_type"`
	Hash        string     `bun:"hash" db:"hash"`
	State       string     `bun:"state" db:"state"`
	AuthorID    *uuid.UUID `bun:"author_id" db:"author_id"`
	AuthorName  string     `bun:"author_name" db:"author_name"`
	CreatedAt   time.Time  `bun:"created_at" db:"created_at"`
}

const versionColumns = `v.node_id, v.number, v.object_key, v.preview_key, v.size, v.content_type, v.hash, v.state, v.author_id, v.author_name, v.created_at`

// over is the file as it was at the version.
func (o versionRow) over(r row) row {
	r.Version, r.ObjectKey, r.PreviewKey, r.Size, r.ContentType, r.Hash, r.State = o.Number, o.ObjectKey, o.PreviewKey, o.Size, o.ContentType, o.Hash, o.State
	r.EditorID, r.EditorName, r.ModifiedAt = o.AuthorID, o.AuthorName, o.CreatedAt
	return r
}

func queueVersion(b *db.Batch, ok *bool, dest *versionRow, id uuid.UUID, number int) {
	db.Row(b, ok, []any{&dest.NodeID, &dest.Number, &dest.ObjectKey, &dest.PreviewKey, &dest.Size, &dest.ContentType, &dest.Hash, &dest.State,
		&dest.AuthorID, &dest.AuthorName, &dest.CreatedAt},
		`select `+versionColumns+` from drive_version v where v.node_id = $1 and v.number = $2`, id, number)
}

// addVersion adds a version and makes it the current one.
func addVersion(ctx context.Context, tx db.Tx, o versionRow) error {
	_, err := tx.ExecContext(ctx, `
		insert into drive_version (node_id, number, object_key, preview_key, size, content_type, hash, state, author_id, author_name, created_at)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		o.NodeID, o.Number, o.ObjectKey, o.PreviewKey, o.Size, o.ContentType, o.Hash, o.State, o.AuthorID, o.AuthorName, tx.Now())
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		update drive_node set version = ?, object_key = ?, preview_key = ?, size = ?, content_type = ?, hash = ?, state = ?, editor_id = ?, editor_name = ?, modified_at = ?
		where id = ?`, o.Number, o.ObjectKey, o.PreviewKey, o.Size, o.ContentType, o.Hash, o.State, o.AuthorID, o.AuthorName, tx.Now(), o.NodeID)
	return err
}

// pruneVersions removes all but the latest versions, and tells their objects and what they weighed.
func pruneVersions(ctx context.Context, tx db.Tx, id uuid.UUID, keep int) (keys []string, bytes int64, err error) {
	var gone []versionRow
	err = tx.NewRaw(`
		delete from drive_version v where v.node_id = ? and v.number <= (
			select w.number from drive_version w where w.node_id = ? order by w.number desc offset ? limit 1
		) returning `+versionColumns, id, id, keep).Scan(ctx, &gone)
	for _, o := range gone {
		bytes += o.Size
		keys = append(keys, o.ObjectKey)
		if o.PreviewKey != "" {
			keys = append(keys, o.PreviewKey)
		}
	}
	return keys, bytes, err
}

func queueNamed(b *db.Batch, dest *[]string, keys []string) {
	db.Rows(b, dest, pgx.RowTo[string], `
		select object_key from drive_version where object_key = any ($1)
		union select preview_key from drive_version where preview_key = any ($1)
		union select object_key from drive_upload where object_key = any ($1) and done_at is null`, keys)
}
func queueVersions(b *db.Batch, dest *[]versionRow, id uuid.UUID) {
	db.Rows(b, dest, pgx.RowToStructByName[versionRow], `select `+versionColumns+` from drive_version v where v.node_id = $1 order by v.number desc limit 1000`, id)
}

func versionOf(ctx context.Context, tx db.Tx, id uuid.UUID, number int) (o versionRow, err error) {
	err = tx.NewRaw(`select `+versionColumns+` from drive_version v where v.node_id = ? and v.number = ?`, id, number).Scan(ctx, &o)
	return o, err
}

// setPreview names what shows a version small, and every other version of the same content.
func setPreview(ctx context.Context, tx db.Tx, id uuid.UUID, number int, preview blob.Key) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		update drive_version v set preview_key = ? from drive_version w
		where w.node_id = ? and w.number = ? and v.tenant_id = w.tenant_id and v.node_id = w.node_id and v.object_key = w.object_key`, preview.String(), id, number)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	if err != nil || n == 0 {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `
		update drive_node n set preview_key = v.preview_key from drive_version v
		where n.id = ? and v.tenant_id = n.tenant_id and v.node_id = n.id and v.number = n.version`, id)
	return true, err
}

// settle says of every version of an object, and of the files that show it, what the antivirus found.
func settle(ctx context.Context, tx db.Tx, key string, s State) error {
	if _, err := tx.ExecContext(ctx, `update drive_version set state = ? where object_key = ? and state = 'pending'`, string(s), key); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `
		update drive_node n set state = v.state from drive_version v
		where v.object_key = ? and n.tenant_id = v.tenant_id and n.id = v.node_id and n.version = v.number and n.state = 'pending'`, key)
	return err
}

// versionsOfObject reads the versions that an object is the content of.
func versionsOfObject(ctx context.Context, tx db.Tx, key string) ([]versionRow, error) {
	var rows []versionRow
	err := tx.NewRaw(`select `+versionColumns+` from drive_version v where v.object_key = ? order by v.node_id, v.number`, key).Scan(ctx, &rows)
	return rows, err
}
