package drive

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/school"
)

type uploadRow struct {
	TenantID   int64      `db:"tenant_id"`
	ID         uuid.UUID  `db:"id"`
	NodeID     uuid.UUID  `db:"node_id"`
	SpaceID    uuid.UUID  `db:"space_id"`
	ParentID   uuid.UUID  `db:"parent_id"`
	Name       string     `db:"name"`
	OnClash    string     `db:"on_clash"`
	IfHash     string     `db:"if_hash"`
	Size       int64      `db:"size"`
	Received   int64      `db:"received"`
	ObjectKey  string     `db:"object_key"`
	Multipart  string     `db:"multipart"`
	Digest     []byte     `db:"digest"`
	Head       []byte     `db:"head"`
	AuthorID   uuid.UUID  `db:"author_id"`
	AuthorName string     `db:"author_name"`
	DoneAt     *time.Time `db:"done_at"`
	Kind       string     `db:"kind"`
	Parts      int        `db:"parts"`
}

const uploadColumns = `u.tenant_id, u.id, u.node_id, u.space_id, coalesce(u.parent_id, '00000000-0000-0000-0000-000000000000') as parent_id,
	u.name, u.on_clash, u.if_hash, u.size, u.received, u.object_key, u.multipart, u.digest, u.head,
	coalesce(u.author_id, '00000000-0000-0000-0000-000000000000') as author_id, u.author_name, u.done_at,
	(select s.kind from drive_space s where s.tenant_id = u.tenant_id and s.owner_id = u.space_id) as kind,
	coalesce((select max(p.number) from drive_upload_part p where p.tenant_id = u.tenant_id and p.upload_id = u.id), 0) as parts`

func (u uploadRow) upload() Upload { return Upload{u.ID, u.Name, u.Size, u.Received, u.DoneAt != nil} }

func (u uploadRow) incoming() Incoming {
	return Incoming{Space: SpaceRef{school.ScopeID(u.TenantID), Kind(u.Kind), u.SpaceID}, Parent: u.ParentID, ID: u.ID, Name: u.Name,
		Replace: u.OnClash == "replace", Rename: u.OnClash == "rename", IfHash: u.IfHash}
}

func queueUpload(b *db.Batch, dest *[]uploadRow, id uuid.UUID) {
	db.Rows(b, dest, pgx.RowToStructByName[uploadRow], `select `+uploadColumns+` from drive_upload u where u.id = $1`, id)
}

type partRow struct {
	Number int    `db:"number"`
	ETag   string `db:"etag"`
	Size   int64  `db:"size"`
}

func queueParts(b *db.Batch, dest *[]partRow, upload uuid.UUID) {
	db.Rows(b, dest, pgx.RowToStructByName[partRow], `select number, etag, size from drive_upload_part where upload_id = $1 order by number limit 10000`, upload)
}

// uploading is how many bytes somebody has announced here and not yet made documents of.
func uploading(ctx context.Context, tx db.Tx, who school.PersonID) (bytes int64, err error) {
	err = tx.NewRaw(`select coalesce(sum(size), 0)::bigint from drive_upload where author_id = ? and done_at is null`, who.UUID).Scan(ctx, &bytes)
	return bytes, err
}

func insertUpload(ctx context.Context, tx db.Tx, u uploadRow) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		insert into drive_upload (id, node_id, space_id, parent_id, name, on_clash, if_hash, size, object_key, multipart, digest, author_id, author_name, created_at, touched_at)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict do nothing`,
		u.ID, u.ID, u.SpaceID, orNull(u.ParentID), u.Name, u.OnClash, u.IfHash, u.Size, u.ObjectKey, u.Multipart, u.Digest, u.AuthorID, u.AuthorName, tx.Now(), tx.Now())
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// advance says that a part is kept, unless somebody has gone on from the same place before.
func advance(ctx context.Context, tx db.Tx, from int64, u uploadRow, p blob.Part) (bool, error) {
	res, err := tx.ExecContext(ctx, `update drive_upload set received = ?, digest = ?, head = ?, touched_at = ? where id = ? and received = ? and done_at is null`,
		u.Received, u.Digest, u.Head, tx.Now(), u.ID, from)
	if err != nil {
		return false, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `insert into drive_upload_part (upload_id, number, etag, size) values (?, ?, ?, ?)`, u.ID, p.Number, p.ETag, p.Size)
	return true, err
}

// finishUpload says which document an upload has become, unless it was given up meanwhile.
func finishUpload(ctx context.Context, tx db.Tx, id, node uuid.UUID) (bool, error) {
	res, err := tx.ExecContext(ctx, `update drive_upload set done_at = ?, node_id = ?, touched_at = ? where id = ? and done_at is null`, tx.Now(), node, tx.Now(), id)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// deleteUpload forgets an upload that is not done.
func deleteUpload(ctx context.Context, tx db.Tx, id uuid.UUID) (bool, error) {
	res, err := tx.ExecContext(ctx, `delete from drive_upload where id = ? and done_at is null`, id)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}
