package people

import (
	"context"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

func record() privacy.Record {
	return privacy.Record{
		Purpose: "people.privacy.purpose", Ground: "people.privacy.ground", Retention: "people.privacy.retention",
		Tables: []privacy.Table{
			{Name: "person_photo", Persons: []string{"person_id"}},
			{Name: "photo_import", Persons: []string{"author_id"}},
			{Name: "photo_found", Persons: []string{"person_id"}},
		},
		Export: export, Erase: erase, Purge: purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var photos []struct {
		AddedAt string `bun:"added_at"`
		Size    int64  `bun:"size"`
	}
	err := tx.NewRaw(`select added_at::text as added_at, size from person_photo where person_id = ?`, who.UUID).Scan(ctx, &photos)
	if err != nil {
		return nil, err
	}
	var imports int
	if err := tx.NewRaw(`select count(*) from photo_import where author_id = ?`, who.UUID).Scan(ctx, &imports); err != nil {
		return nil, err
	}
	out := map[string]any{}
	for _, p := range photos {
		out["photo"] = map[string]any{"added_at": p.AddedAt, "bytes": p.Size}
	}
	if imports > 0 {
		out["photo_imports"] = imports
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, nil
}

// erase takes the face away, and forgets who brought archives in.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	for _, sql := range []string{
		`delete from person_photo where person_id = ?`,
		`delete from photo_found where person_id = ?`,
		`update photo_import set author_id = null where author_id = ?`,
	} {
		if _, err := tx.ExecContext(ctx, sql, who.UUID); err != nil {
			return err
		}
	}
	return nil
}

// purge removes archives and their reports after thirty days, and photos three months after the last membership here.
func purge(ctx context.Context, tx db.Tx) (int, error) {
	total := 0
	for _, sql := range []string{
		`delete from photo_import where created_at < ?::timestamptz - interval '30 days'`,
		`delete from person_photo f where not exists (
		   select from membership m where m.tenant_id = f.tenant_id and m.person_id = f.person_id
		     and (m.ends_on is null or m.ends_on > (?::timestamptz - interval '3 months')::date))`,
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
