package home

import (
	"context"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

func record() privacy.Record {
	return privacy.Record{
		Purpose: "home.privacy.purpose", Ground: "home.privacy.ground", Retention: "home.privacy.retention", Data: "home.privacy.data",
		Tables: []privacy.Table{{Name: "home_layout", Persons: []string{"person_id"}, Holds: "home.holds.layout"}, {Name: "home_default"}},
		Export: export, Erase: deleteLayout, Purge: purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var rows []struct {
		Shown  []string `bun:"shown,array"`
		Hidden []string `bun:"hidden,array"`
	}
	err := tx.NewSelect().TableExpr("home_layout").ColumnExpr("shown, hidden").Where("person_id = ?", who.UUID).Scan(ctx, &rows)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return map[string]any{"shown": rows[0].Shown, "hidden": rows[0].Hidden}, nil
}

// purge forgets the arrangement of people who are no longer of the establishment.
func purge(ctx context.Context, tx db.Tx) (int, error) {
	res, err := tx.ExecContext(ctx, `
		delete from home_layout where ctid in (
			select ctid from home_layout l
			where changed_at < ?::timestamptz - interval '1 year'
			  and not exists (select from membership m where m.tenant_id = l.tenant_id and m.person_id = l.person_id) limit ?)`, tx.Now(), privacy.Batch)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}
