package bridges

import (
	"context"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

func record() privacy.Record {
	return privacy.Record{
		Purpose: "bridges.privacy.purpose", Ground: "bridges.privacy.ground", Retention: "bridges.privacy.retention", Data: "bridges.privacy.data",
		Tables: []privacy.Table{{Name: "bridge_paper", Persons: []string{"signer_id", "ender_id"}, Holds: "bridges.holds.paper"}, {Name: "bridge_heard"}},
		Export: export, Erase: erase, Purge: purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var rows []struct {
		Part     string `bun:"part" json:"part"`
		Reason   string `bun:"reason" json:"reason"`
		SignedAt string `bun:"signed_at" json:"signed_at"`
		Note     string `bun:"note" json:"note"`
		EndNote  string `bun:"end_note" json:"end_note"`
	}
	err := tx.NewRaw(`
		select part, case when part = 'proposal' then reason else '' end as reason, signed_at::text as signed_at,
		       case when signer_id = ? then note else '' end as note, case when ender_id = ? then end_note else '' end as end_note
		from bridge_paper where `+own+` and (signer_id = ? or ender_id = ?) order by signed_at`, who.UUID, who.UUID, who.UUID, who.UUID).Scan(ctx, &rows)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return map[string]any{"bridges_signed": rows}, nil
}

// erase forgets who signed: the agreement is the two establishments'.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	if _, err := tx.ExecContext(ctx, `update bridge_paper set signer_id = null, signer_name = '' where `+own+` and signer_id = ?`, who.UUID); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `update bridge_paper set ender_id = null, ender_name = '' where `+own+` and ender_id = ?`, who.UUID)
	return err
}

// purge drops papers five years after their last day, whatever became of them.
func purge(ctx context.Context, tx db.Tx) (int, error) {
	gone, err := tx.ExecContext(ctx, `delete from bridge_paper where `+own+` and ends_on < (?::timestamptz - interval '5 years')::date`, tx.Now())
	if err != nil {
		return 0, err
	}
	heard, err := tx.ExecContext(ctx, `delete from bridge_heard where `+own+` and heard_at < ?::timestamptz - interval '6 years'`, tx.Now())
	if err != nil {
		return 0, err
	}
	n, err := gone.RowsAffected()
	if err != nil {
		return 0, err
	}
	m, err := heard.RowsAffected()
	return int(n + m), err
}
