package publication

import (
	"context"
	"time"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

// Record is a room's entry in the register: the purpose, ground and retention are the room's own sentences, the tables and
// what is done with them are shared. A text is kept for two years after its life, a trace of reading for one.
func (d *Desk) Record(purpose, ground, retention string) privacy.Record {
	here := "room = '" + d.room.Name + "'"
	return privacy.Record{
		Purpose: purpose, Ground: ground, Retention: retention,
		Tables: []privacy.Table{{Name: "publication", Persons: []string{"author_id"}, Holds: "publication.holds.written", Where: here}, {Name: "publication_attachment"},
			{Name: "publication_read", Persons: []string{"person_id"}, Holds: "publication.holds.read", Where: here}},
		Export: d.export, Erase: d.erase, Purge: d.purge,
	}
}

// Objects lists the columns that name objects of the store, for the rooms' declarations.
func Objects() []string { return []string{"publication.cover_key", "publication_attachment.blob_key"} }

func (d *Desk) export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var wrote []struct {
		Title     string     `bun:"title" json:"title"`
		Body      string     `bun:"body" json:"body"`
		State     string     `bun:"state" json:"state"`
		PublishAt *time.Time `bun:"publish_at" json:"publish_at,omitempty"`
	}
	err := tx.NewSelect().TableExpr("publication").ColumnExpr("title, body, state, publish_at").
		Where("room = ?", d.room.Name).Where("author_id = ?", who.UUID).
		Where("tenant_id = current_setting('app.tenant')::bigint").
		OrderExpr("created_at, id").Limit(5000).Scan(ctx, &wrote)
	if err != nil {
		return nil, err
	}
	var read []struct {
		Publication    string     `bun:"publication_id" json:"publication"`
		ReadAt         time.Time  `bun:"read_at" json:"read_at"`
		AcknowledgedAt *time.Time `bun:"acknowledged_at" json:"acknowledged_at,omitempty"`
	}
	err = tx.NewSelect().TableExpr("publication_read").ColumnExpr("publication_id::text, read_at, acknowledged_at").
		Where("room = ?", d.room.Name).Where("person_id = ?", who.UUID).
		OrderExpr("read_at, publication_id").Limit(20000).Scan(ctx, &read)
	if err != nil || len(wrote)+len(read) == 0 {
		return nil, err
	}
	return map[string]any{"written": wrote, "read": read}, nil
}

// erase severs what the person wrote for others from the person, and removes the traces of reading.
func (d *Desk) erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	if _, err := tx.ExecContext(ctx, `delete from publication_read where room = ? and person_id = ?`, d.room.Name, who.UUID); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `update publication set author_id = null, author_name = '' where room = ? and author_id = ?`, d.room.Name, who.UUID)
	return err
}

func (d *Desk) purge(ctx context.Context, tx db.Tx) (int, error) {
	reads, err := tx.ExecContext(ctx, `
		delete from publication_read where ctid in (select ctid from publication_read where room = ? and read_at < ? limit ?)`,
		d.room.Name, tx.Now().AddDate(-1, 0, 0), privacy.Batch)
	if err != nil {
		return 0, err
	}
	n, err := reads.RowsAffected()
	if err != nil {
		return 0, err
	}
	var keys []string
	// A publication's life ends with its end, else with the last change to it.
	err = tx.NewRaw(`
		with old as (
			select tenant_id, id, cover_key from publication
			where room = ? and tenant_id = current_setting('app.tenant')::bigint
			  and greatest(updated_at, coalesce(ends_at, publish_at, updated_at)) < ? limit ?
		), files as (
			select a.blob_key from publication_attachment a join old using (tenant_id)
			where a.publication_id = old.id
			union all
			select cover_key from old
		), gone as (
			delete from publication p using old where p.tenant_id = old.tenant_id and p.id = old.id
		)
		select blob_key from files`, d.room.Name, tx.Now().AddDate(-2, 0, 0), privacy.Batch).Scan(ctx, &keys)
	if err != nil {
		return 0, err
	}
	return d.purged(ctx, tx, int(n), keys)
}

// purged has the objects of what went removed. Every publication that went gave one line, empty without a cover.
func (d *Desk) purged(ctx context.Context, tx db.Tx, n int, keys []string) (int, error) {
	var objects []string
	for _, k := range keys {
		if k != "" {
			objects = append(objects, k)
		}
	}
	return n + len(keys), d.forgetLater(ctx, tx, objects)
}
