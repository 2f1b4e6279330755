package roster

import (
	"context"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

func record() privacy.Record {
	return privacy.Record{
		Purpose: "roster.privacy.purpose", Ground: "roster.privacy.ground", Retention: "roster.privacy.retention",
		Tables: []privacy.Table{{Name: "roster_draft", Persons: []string{"author_id"}}, {Name: "roster_columns"}},
		Export: export, Erase: erase, Purge: purge,
	}
}

// export tells who sent a file; what is in it is the directory's to tell once it is imported.
func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var rows []struct {
		Name      string `bun:"name" json:"name"`
		StartedAt string `bun:"started_at" json:"started_at"`
	}
	err := tx.NewRaw(`select name, started_at::text as started_at from roster_draft where author_id = ? order by started_at`, who.UUID).Scan(ctx, &rows)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return map[string]any{"lists_sent": rows}, nil
}

// erase lets the files go that the person was working on.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	_, err := tx.ExecContext(ctx, `delete from roster_draft where author_id = ?`, who.UUID)
	return err
}

// purge lets files go that nobody imported.
func purge(ctx context.Context, tx db.Tx) (int, error) {
	res, err := tx.ExecContext(ctx, `delete from roster_draft where started_at < ?`, tx.Now().Add(-kept))
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}
