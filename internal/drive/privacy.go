package drive

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

// Record is the drive's part of the register, for the room that shows it: the purpose, ground and retention are the room's
// own sentences.
func (d *Drive) Record(purpose, ground, retention string) privacy.Record {
	return privacy.Record{
		Purpose: purpose, Ground: ground, Retention: retention,
		Tables: []privacy.Table{{Name: "drive_space", Persons: []string{"owner_id"}}, {Name: "drive_node", Persons: []string{"author_id", "editor_id"}, Holds: "documents.holds.document"},
			{Name: "drive_version", Persons: []string{"author_id"}, Holds: "documents.holds.version"}, {Name: "drive_text"}, {Name: "drive_upload", Persons: []string{"author_id"}}, {Name: "drive_upload_part"},
			{Name: "drive_share", Persons: []string{"author_id"}, Holds: "documents.holds.share"}, {Name: "drive_share_key"}, {Name: "drive_link", Persons: []string{"author_id"}, Holds: "documents.holds.link"}},
		Export: d.export, Erase: d.eraseOf, Purge: d.purge,
	}
}

type exported struct {
	ID       uuid.UUID  `bun:"id" json:"id"`
	Folder   *uuid.UUID `bun:"parent_id" json:"folder,omitempty"`
	Name     string     `bun:"name" json:"name"`
	Size     int64      `bun:"size" json:"size"`
	Type     string     `bun:"content_type" json:"type,omitempty"`
	Object   string     `bun:"object_key" json:"object,omitempty"` // where the content is, for who puts it beside the list
	Created  time.Time  `bun:"created_at" json:"created"`
	Modified time.Time  `bun:"modified_at" json:"modified"`
	Trashed  *time.Time `bun:"trashed_at" json:"trashed,omitempty"`
}

// export lists what a person keeps, and what the person has put into the spaces of others.
func (d *Drive) export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	const fields = `id, parent_id, name, size, content_type, object_key, created_at, modified_at, trashed_at`
	var own, elsewhere []exported
	err := tx.NewRaw(`select `+fields+` from drive_node where space_id = ? order by created_at, id limit 50000`, who.UUID).Scan(ctx, &own)
	if err != nil {
		return nil, err
	}
	err = tx.NewRaw(`select `+fields+` from drive_node where author_id = ? and space_id <> ? order by created_at, id limit 50000`, who.UUID, who.UUID).Scan(ctx, &elsewhere)
	if err != nil {
		return nil, err
	}
	var shares []struct {
		Document uuid.UUID  `bun:"node_id" json:"document"`
		With     string     `bun:"audience_words" json:"with"`
		At       time.Time  `bun:"created_at" json:"at"`
		Until    *time.Time `bun:"ends_at" json:"until,omitempty"`
	}
	err = tx.NewRaw(`select node_id, audience_words, created_at, ends_at from drive_share where author_id = ? order by created_at, id limit 20000`, who.UUID).Scan(ctx, &shares)
	if err != nil || len(own)+len(elsewhere)+len(shares) == 0 {
		return nil, err
	}
	return map[string]any{"documents": own, "deposited": elsewhere, "shares": shares}, nil
}

// eraseOf removes a person's own space and all that leads to it, and severs from the person what others work with.
func (d *Drive) eraseOf(ctx context.Context, tx db.Tx, who school.PersonID) error {
	if _, err := spaceLocked(ctx, tx, who.UUID); err != nil && !db.NoRows(err) {
		return err
	}
	roots, err := rootsOf(ctx, tx, who.UUID)
	if err != nil {
		return err
	}
	if len(roots) > 0 {
		if err := d.erase(ctx, tx, who.UUID, roots); err != nil {
			return err
		}
	}
	for _, statement := range []string{
		`delete from drive_upload where ?0 in (author_id, space_id)`,
		`delete from drive_link where author_id = ?`,
		`delete from drive_space where owner_id = ? and kind = 'personal'`,
		`update drive_node set author_id = null, author_name = '' where author_id = ?`,
		`update drive_node set editor_id = null, editor_name = '' where editor_id = ?`,
		`update drive_version set author_id = null, author_name = '' where author_id = ?`,
		`update drive_share set author_id = null, author_name = '' where author_id = ?`,
		`delete from drive_share_key where key = 'p' || ?::text`,
	} {
		if _, err := tx.ExecContext(ctx, statement, who.UUID); err != nil {
			return err
		}
	}
	return nil
}

// rootsOf lists what stands at the top of a space, the trash included.
func rootsOf(ctx context.Context, tx db.Tx, space uuid.UUID) (ids []uuid.UUID, err error) {
	err = tx.NewRaw(`select id from drive_node where space_id = ? and (parent_id is null or trashed_at is not null)`, space).Scan(ctx, &ids)
	return ids, err
}

// purge removes shares and links a month after their end, and tells how many; the nightly upkeep empties the trash.
func (d *Drive) purge(ctx context.Context, tx db.Tx) (int, error) {
	var n int
	err := tx.NewRaw(`
		with s as (delete from drive_share where ctid in (select ctid from drive_share where ends_at < ?0 limit ?1) returning 1),
		     l as (delete from drive_link where ctid in (select ctid from drive_link where ends_at < ?0 limit ?1) returning 1)
		select (select count(*) from s) + (select count(*) from l)`, tx.Now().Add(-endedLife), privacy.Batch).Scan(ctx, &n)
	return n, err
}
