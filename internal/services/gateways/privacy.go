package gateways

import (
	"context"
	"time"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

// The letters themselves are in the record of the account, with whom they were for.
func record() privacy.Record {
	return privacy.Record{
		Purpose: "gateways.privacy.purpose", Ground: "gateways.privacy.ground", Retention: "gateways.privacy.retention",
		Tables: []privacy.Table{
			{Name: "bounced_address", Persons: []string{"person_id"}, Holds: "gateways.holds.bounced"},
			{Name: "push_device", Persons: []string{"person_id"}, Holds: "gateways.holds.device"},
			{Name: "channel_spend"},
		},
		Export: export, Erase: erase, Purge: purge,
	}
}

// export runs in every scope; what these tables hold is read from below too, and told once, by the academy's.
func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var devices []struct {
		Name      string    `bun:"name" json:"name"`
		CreatedAt time.Time `bun:"created_at" json:"created_at"`
		UsedAt    time.Time `bun:"used_at" json:"used_at"`
	}
	const here = "tenant_id = current_setting('app.tenant')::bigint and person_id = ?"
	err := tx.NewSelect().TableExpr("push_device").ColumnExpr("name, created_at, used_at").Where(here, who.UUID).OrderExpr("created_at").Limit(100).Scan(ctx, &devices)
	if err != nil {
		return nil, err
	}
	var bounced []struct {
		Address string    `bun:"address" json:"address"`
		Reason  string    `bun:"reason" json:"reason"`
		At      time.Time `bun:"bounced_at" json:"bounced_at"`
	}
	err = tx.NewSelect().TableExpr("bounced_address").ColumnExpr("address, reason, bounced_at").Where(here, who.UUID).OrderExpr("bounced_at").Limit(100).Scan(ctx, &bounced)
	if err != nil || len(devices)+len(bounced) == 0 {
		return nil, err
	}
	return map[string]any{"devices": devices, "returned_letters": bounced}, nil
}

func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	for _, sql := range []string{`delete from push_device where person_id = ?`, `delete from bounced_address where person_id = ?`} {
		if _, err := tx.ExecContext(ctx, sql, who.UUID); err != nil {
			return err
		}
	}
	return nil
}

// purge forgets devices that showed nothing for a year, addresses that bounced a year ago, and sums after ten years.
func purge(ctx context.Context, tx db.Tx) (int, error) {
	total := 0
	for _, old := range []struct{ table, when string }{
		{"push_device", `used_at < ?::timestamptz - interval '1 year'`},
		{"bounced_address", `bounced_at < ?::timestamptz - interval '1 year'`},
		{"channel_spend", `month < ?::timestamptz - interval '10 years'`},
	} {
		sql := "delete from " + old.table + " where ctid in (select ctid from " + old.table + " where tenant_id = current_setting('app.tenant')::bigint and " + old.when + " limit ?)"
		res, err := tx.ExecContext(ctx, sql, tx.Now(), privacy.Batch)
		if err != nil {
			return total, err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return total, err
		}
		total += int(n)
	}
	return total, nil
}
