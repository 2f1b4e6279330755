package accounts

import (
	"context"
	"time"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

func record() privacy.Record {
	return privacy.Record{
		Purpose: "accounts.privacy.purpose", Ground: "accounts.privacy.ground", Retention: "accounts.privacy.retention",
		Tables: []privacy.Table{{Name: "sheet_run", Persons: []string{"author_id"}, Holds: "accounts.holds.run"}, {Name: "sheet_part"},
			{Name: "person_merge", Persons: []string{"kept_id", "gone_id", "author_id"}, Holds: "accounts.holds.merge"}, {Name: "person_merge_row"},
			{Name: "person_apart", Persons: []string{"one_id", "other_id", "author_id"}}},
		Export: export, Erase: erase, Purge: purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var runs []struct {
		Title     string    `bun:"title" json:"title"`
		CreatedAt time.Time `bun:"created_at" json:"created_at"`
	}
	err := tx.NewSelect().TableExpr("sheet_run").ColumnExpr("title, created_at").Where("author_id = ?", who.UUID).OrderExpr("created_at").Limit(1000).Scan(ctx, &runs)
	if err != nil {
		return nil, err
	}
	var merges []struct {
		Login string    `bun:"gone_login" json:"login"`
		At    time.Time `bun:"merged_at" json:"merged_at"`
	}
	err = tx.NewSelect().TableExpr("person_merge").ColumnExpr("gone_login, merged_at").Where("? in (kept_id, gone_id)", who.UUID).OrderExpr("merged_at").Limit(1000).Scan(ctx, &merges)
	if err != nil || len(runs)+len(merges) == 0 {
		return nil, err
	}
	return map[string]any{"sheets": runs, "merges": merges}, nil
}

// erase ends the printings that the person ordered: others can order them again. Merges and refusals of the person go; those that
// the person decided lose the author.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	_, err := tx.ExecContext(ctx, `
		with runs as (delete from sheet_run where author_id = ?0),
		moved as (delete from person_merge_row where key::text like '%' || ?0::text || '%'),
		merges as (delete from person_merge where ?0 in (kept_id, gone_id)),
		decided as (update person_merge set author_id = null, author_name = '' where author_id = ?0 and ?0 not in (kept_id, gone_id)),
		said as (update person_apart set author_id = null where author_id = ?0 and ?0 not in (one_id, other_id))
		delete from person_apart where ?0 in (one_id, other_id)`, who.UUID)
	return err
}

// undoable is how long a merge can be undone.
const undoable = 365 * 24 * time.Hour

func purge(ctx context.Context, tx db.Tx) (int, error) {
	res, err := tx.ExecContext(ctx, `delete from sheet_run where ctid in (select ctid from sheet_run where expires_at < ? limit ?)`, tx.Now(), privacy.Batch)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	if err != nil {
		return int(n), err
	}
	res, err = tx.ExecContext(ctx, `delete from person_merge where ctid in (select ctid from person_merge where merged_at < ? limit ?)`, tx.Now().Add(-undoable), privacy.Batch)
	if err != nil {
		return int(n), err
	}
	old, err := res.RowsAffected()
	return int(n + old), err
}
