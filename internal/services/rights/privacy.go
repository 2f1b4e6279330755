package rights

import (
	"context"
	"time"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

func record() privacy.Record {
	return privacy.Record{
		Purpose: "rights.privacy.purpose", Ground: "rights.privacy.ground", Retention: "rights.privacy.retention", Data: "rights.privacy.data",
		Tables: []privacy.Table{{Name: "policy_delta", Persons: []string{"author_id"}, Holds: "rights.holds.change"}},
		Export: export, Erase: erase, Purge: purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var rows []struct {
		Room    string    `bun:"room" json:"room"`
		Action  string    `bun:"action" json:"action"`
		Profile string    `bun:"profile" json:"profile"`
		Reach   string    `bun:"reach" json:"reach"`
		Closed  bool      `bun:"closed" json:"closed"`
		SetAt   time.Time `bun:"set_at" json:"set_at"`
	}
	err := tx.NewRaw(`
		select room, action, profile, reach, closed, set_at
		from policy_delta
		where `+own+` and author_id = ?
		order by set_at
		limit 5000`, who.UUID).Scan(ctx, &rows)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return map[string]any{"rights_changed": rows}, nil
}

// erase forgets who made a change: the change itself belongs to the space.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	_, err := tx.ExecContext(ctx, `update policy_delta set author_id = null, author_name = '' where `+own+` and author_id = ?`, who.UUID)
	return err
}

func purge(ctx context.Context, tx db.Tx) (int, error) {
	forgotten, err := tx.ExecContext(ctx, `
		update policy_delta set author_id = null, author_name = ''
		where `+own+` and author_id is not null and set_at < ?::timestamptz - interval '5 years'`, tx.Now())
	if err != nil {
		return 0, err
	}
	n, err := forgotten.RowsAffected()
	return int(n), err
}
