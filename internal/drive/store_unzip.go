package drive

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

type unzipRow struct {
	State    string `db:"state"`
	Progress []byte `db:"progress"`
}

func (r unzipRow) unzipping() (u Unzipping) {
	// Written by reportUnzip alone; before the first report it is empty.
	_ = json.Unmarshal(r.Progress, &u)
	return u
}

func queueUnzip(b *db.Batch, dest *[]unzipRow, kind string, id uuid.UUID, who school.PersonID) {
	db.Rows(b, dest, pgx.RowToStructByName[unzipRow], `select state, progress from job where kind = $1 and id = $2 and payload ->> 'person' = $3`, kind, id, who.String())
}

func reportUnzip(ctx context.Context, tx db.Tx, id uuid.UUID, u Unzipping) error {
	text, err := json.Marshal(u)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `update job set progress = ?::jsonb where id = ?`, string(text), id)
	return err
}

func queuePassport(b *db.Batch, ok *bool, a *school.Actor) {
	db.Row(b, ok, []any{&a.Name, &a.Everywhere}, `select name, body from passport where person_id = $1`, a.Person.UUID)
}
