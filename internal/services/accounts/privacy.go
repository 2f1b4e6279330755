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
		Tables: []privacy.Table{{Name: "sheet_run", Persons: []string{"author_id"}, Holds: "accounts.holds.run"}, {Name: "sheet_part"}},
		Export: export, Erase: erase, Purge: purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var runs []struct {
		Title     string    `bun:"title" json:"title"`
		CreatedAt time.Time `bun:"created_at" json:"created_at"`
	}
	err := tx.NewSelect().TableExpr("sheet_run").ColumnExpr("title, created_at").Where("author_id = ?", who.UUID).OrderExpr("created_at").Limit(1000).Scan(ctx, &runs)
	if err != nil || len(runs) == 0 {
		return nil, err
	}
	return map[string]any{"sheets": runs}, nil
}

// erase ends the printings that the person ordered: others can order them again.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	_, err := tx.ExecContext(ctx, `delete from sheet_run where author_id = ?`, who.UUID)
	return err
}

func purge(ctx context.Context, tx db.Tx) (int, error) {
	res, err := tx.ExecContext(ctx, `delete from sheet_run where ctid in (select ctid from sheet_run where expires_at < ? limit ?)`, tx.Now(), privacy.Batch)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}
