package console

import (
	"context"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

func record() privacy.Record {
	return privacy.Record{
		Purpose: "console.privacy.purpose", Ground: "console.privacy.ground", Retention: "console.privacy.retention", Data: "console.privacy.data",
		Tables: []privacy.Table{{Name: "service_decision", Persons: []string{"author_id"}, Holds: "console.holds.decision"}},
		Export: export, Erase: erase, Purge: purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var noted []string
	err := tx.NewSelect().TableExpr("service_decision").ColumnExpr("service").Where("author_id = ?", who.UUID).OrderExpr("service").Scan(ctx, &noted)
	if err != nil || len(noted) == 0 {
		return nil, err
	}
	return map[string]any{"service_decisions": noted}, nil
}

// erase forgets who noted a decision: the decision itself is the board's.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	_, err := tx.ExecContext(ctx, `update service_decision set author_id = null where author_id = ?`, who.UUID)
	return err
}

func purge(ctx context.Context, tx db.Tx) (int, error) {
	res, err := tx.ExecContext(ctx, `
		update service_decision set author_id = null
		where author_id is not null and made_at < ?::timestamptz - interval '5 years'`, tx.Now())
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}
