package support

import (
	"context"
	"time"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

func record() privacy.Record {
	return privacy.Record{
		Purpose: "support.privacy.purpose", Ground: "support.privacy.ground", Retention: "support.privacy.retention",
		Tables: []privacy.Table{{Name: "support_visit", Persons: []string{"person_id", "author_id"}}},
		Export: export, Erase: erase, Purge: purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var visits []struct {
		Author  string     `bun:"author_name" json:"by"`
		Reason  string     `bun:"reason" json:"reason"`
		BegunAt time.Time  `bun:"begun_at" json:"begun_at"`
		EndsAt  time.Time  `bun:"ends_at" json:"ends_at"`
		EndedAt *time.Time `bun:"ended_at" json:"ended_at,omitempty"`
	}
	err := tx.NewSelect().TableExpr("support_visit").ColumnExpr("author_name, reason, begun_at, ends_at, ended_at").
		Where("person_id = ? or author_id = ?", who.UUID, who.UUID).OrderExpr("begun_at").Limit(1000).Scan(ctx, &visits)
	if err != nil || len(visits) == 0 {
		return nil, err
	}
	return map[string]any{"visits": visits}, nil
}

// erase forgets visits to somebody; that somebody else was visited stays, without the name of who looked.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	if _, err := tx.ExecContext(ctx, `delete from support_visit where person_id = ?`, who.UUID); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `update support_visit set author_id = null, author_name = '' where author_id = ?`, who.UUID)
	return err
}

func purge(ctx context.Context, tx db.Tx) (int, error) {
	res, err := tx.ExecContext(ctx, `delete from support_visit where begun_at < ?::timestamptz - interval '1 year'`, tx.Now())
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}
