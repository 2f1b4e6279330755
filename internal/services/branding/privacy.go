package branding

import (
	"context"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

func record() privacy.Record {
	return privacy.Record{
		Purpose: "branding.privacy.purpose", Ground: "branding.privacy.ground", Retention: "branding.privacy.retention", Data: "branding.privacy.data",
		Tables: []privacy.Table{{Name: "theme_version", Persons: []string{"author_id"}, Holds: "branding.holds.version"}},
		Export: export, Erase: erase, Purge: purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var rows []versionRow
	err := tx.NewRaw(`select `+versionColumns+` from theme_version where `+own+` and author_id = ? order by changed_at`, who.UUID).Scan(ctx, &rows)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var versions []map[string]any
	for _, r := range rows {
		versions = append(versions, map[string]any{"number": r.Number, "note": r.Note, "changed_at": r.ChangedAt})
	}
	return map[string]any{"theme_versions": versions}, nil
}

// erase forgets who the author was: the look itself belongs to the space.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	_, err := tx.ExecContext(ctx, `update theme_version set author_id = null, author_name = '' where `+own+` and author_id = ?`, who.UUID)
	return err
}

func purge(ctx context.Context, tx db.Tx) (int, error) {
	dropped, err := tx.ExecContext(ctx, `
		delete from theme_version where `+own+` and state = 'draft' and changed_at < ?::timestamptz - interval '1 year'`, tx.Now())
	if err != nil {
		return 0, err
	}
	forgotten, err := tx.ExecContext(ctx, `
		update theme_version set author_id = null, author_name = ''
		where `+own+` and author_id is not null and published_at < ?::timestamptz - interval '5 years'`, tx.Now())
	if err != nil {
		return 0, err
	}
	n, err := dropped.RowsAffected()
	if err != nil {
		return 0, err
	}
	m, err := forgotten.RowsAffected()
	return int(n + m), err
}
