package oversight

import (
	"context"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

func record() privacy.Record {
	return privacy.Record{
		Purpose: "oversight.privacy.purpose", Ground: "oversight.privacy.ground", Retention: "oversight.privacy.retention", Data: "oversight.privacy.data",
		Tables: []privacy.Table{{Name: "tenant_event", Persons: []string{"actor_id"}, Holds: "oversight.holds.event"}, {Name: "oversight_copy", Persons: []string{"author_id"}, Holds: "oversight.holds.copy"},
			{Name: "oversight_import", Persons: []string{"author_id"}, Holds: "oversight.holds.import"}},
		Export: export, Erase: erase, Purge: purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var events, copies, imports []map[string]any
	err := tx.NewRaw(`select at, kind, was, becomes from tenant_event where actor_id = ? order by id limit 10000`, who.UUID).Scan(ctx, &events)
	if err != nil {
		return nil, err
	}
	err = tx.NewRaw(`select created_at, state from oversight_copy where author_id = ? order by id limit 10000`, who.UUID).Scan(ctx, &copies)
	if err != nil {
		return nil, err
	}
	err = tx.NewRaw(`select created_at, state, file_name from oversight_import where author_id = ? order by id limit 10000`, who.UUID).Scan(ctx, &imports)
	if err != nil || len(events)+len(copies)+len(imports) == 0 {
		return nil, err
	}
	return map[string]any{"decisions": events, "copies": copies, "imports": imports}, nil
}

// erase forgets who decided: the decision itself belongs to the establishment's history.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	for _, sql := range []string{
		`update tenant_event set actor_id = null, actor_name = '' where actor_id = ?`,
		`update oversight_copy set author_id = null, author_name = '' where author_id = ?`,
		`update oversight_import set author_id = null, author_name = '' where author_id = ?`,
	} {
		if _, err := tx.ExecContext(ctx, sql, who.UUID); err != nil {
			return err
		}
	}
	return nil
}

func purge(ctx context.Context, tx db.Tx) (int, error) {
	total := 0
	for _, sql := range []string{
		`update tenant_event set actor_id = null, actor_name = '' where actor_id is not null and at < ?::timestamptz - interval '5 years'`,
		`delete from oversight_copy where created_at < ?::timestamptz - interval '1 year'`,
		`delete from oversight_import where created_at < ?::timestamptz - interval '1 year'`,
	} {
		res, err := tx.ExecContext(ctx, sql, tx.Now())
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
