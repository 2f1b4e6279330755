package classes

import (
	"context"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

func record() privacy.Record {
	return privacy.Record{
		Purpose: "classes.privacy.purpose", Ground: "classes.privacy.ground", Retention: "classes.privacy.retention",
		Tables: []privacy.Table{{Name: "rollover", Persons: []string{"author_id"}}, {Name: "rollover_ended", Persons: []string{"person_id"}}},
		Export: export, Erase: erase, Purge: purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var prepared, ended int
	err := tx.NewRaw(`select (select count(*) from rollover where author_id = ?0), (select count(*) from rollover_ended where person_id = ?0)`, who.UUID).
		Scan(ctx, &prepared, &ended)
	if err != nil || prepared+ended == 0 {
		return nil, err
	}
	return map[string]any{"years_prepared": prepared, "memberships_ended_by_a_year": ended}, nil
}

func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	if _, err := tx.ExecContext(ctx, `update rollover set author_id = null where author_id = ?`, who.UUID); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `delete from rollover_ended where person_id = ?`, who.UUID)
	return err
}

// purge forgets, once the new year has begun, what it would take to undo its preparation; and who prepared it, after five
// years.
func purge(ctx context.Context, tx db.Tx) (int, error) {
	gone, err := tx.ExecContext(ctx, `
		delete from rollover_ended e using rollover r
		where r.tenant_id = e.tenant_id and r.id = e.rollover_id and r.starts_on <= ?::timestamptz::date`, tx.Now())
	if err != nil {
		return 0, err
	}
	forgotten, err := tx.ExecContext(ctx, `update rollover set author_id = null where author_id is not null and created_at < ?::timestamptz - interval '5 years'`, tx.Now())
	if err != nil {
		return 0, err
	}
	n, err := gone.RowsAffected()
	if err != nil {
		return 0, err
	}
	m, err := forgotten.RowsAffected()
	return int(n + m), err
}
