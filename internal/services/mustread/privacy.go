package mustread

import (
	"context"
	"time"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

func (r *Room) record() privacy.Record {
	return privacy.Record{
		Purpose: "mustread.privacy.purpose", Ground: "mustread.privacy.ground", Retention: "mustread.privacy.retention",
		Tables: []privacy.Table{{Name: "mustread_notice", Persons: []string{"author_id"}, Holds: "mustread.privacy.holds"}},
		Export: export, Erase: erase, Purge: purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var sent []struct {
		At    time.Time `bun:"written_at" json:"at"`
		Title string    `bun:"title" json:"title"`
		Body  string    `bun:"body" json:"text"`
	}
	err := tx.NewRaw(`select written_at, title, body from mustread_notice where author_id = ? order by written_at desc limit 5000`, who.UUID).Scan(ctx, &sent)
	if err != nil || len(sent) == 0 {
		return nil, err
	}
	return map[string]any{"sent": sent}, nil
}

// erase leaves what the school said, without who wrote it.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	_, err := tx.ExecContext(ctx, `update mustread_notice set author_id = null, author_name = '' where author_id = ?`, who.UUID)
	return err
}

func purge(ctx context.Context, tx db.Tx) (int, error) {
	res, err := tx.ExecContext(ctx, `delete from mustread_notice where (tenant_id, id) in (select tenant_id, id from mustread_notice where written_at < ? limit ?)`,
		tx.Now().AddDate(-1, 0, 0), privacy.Batch)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}
