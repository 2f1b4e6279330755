package oversight

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
)

func insertCopy(ctx context.Context, tx db.Tx, c Copy) error {
	lines, err := json.Marshal(c.Lines)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		insert into oversight_copy (id, source_id, lines, state, author_id, author_name, created_at)
		values (?, ?, ?::jsonb, ?, ?, ?, ?)
		on conflict do nothing`, c.ID, int64(c.Source), string(lines), string(c.State), c.Author.UUID, c.AuthorName, tx.Now())
	return err
}

const copyColumns = `id, source_id, lines, state, handled, author_name, created_at`

func scanCopy(row pgx.CollectableRow) (c Copy, err error) {
	var lines []byte
	if err = row.Scan(&c.ID, &c.Source, &lines, &c.State, &c.Handled, &c.AuthorName, &c.CreatedAt); err != nil {
		return c, err
	}
	return c, json.Unmarshal(lines, &c.Lines)
}

func queueCopy(b *db.Batch, found *bool, dest *Copy, id uuid.UUID) {
	var lines jsonLines
	db.Row(b, found, []any{&dest.ID, &dest.Source, lines.into(&dest.Lines), &dest.State, &dest.Handled, &dest.AuthorName, &dest.CreatedAt},
		`select `+copyColumns+` from oversight_copy where id = $1`, id)
}

func queueCopies(b *db.Batch, dest *[]Copy) {
	db.Rows(b, dest, scanCopy, `select `+copyColumns+` from oversight_copy where state <> 'planned' order by created_at desc limit 10`)
}

func moveCopy(ctx context.Context, tx db.Tx, id uuid.UUID, from, to CopyState) (bool, error) {
	res, err := tx.ExecContext(ctx, `update oversight_copy set state = ?, handled = 0 where id = ? and state = ?`, string(to), id, string(from))
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

func updateCopy(ctx context.Context, tx db.Tx, c Copy, handled int, state CopyState) error {
	lines, err := json.Marshal(c.Lines)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `update oversight_copy set lines = ?::jsonb, handled = ?, state = ? where id = ?`, string(lines), handled, string(state), c.ID)
	return err
}

// jsonLines reads a column of JSON into a list.
type jsonLines struct{ dest any }

func (j jsonLines) into(dest any) *jsonLines { return &jsonLines{dest} }

// Scan implements sql.Scanner.
func (j *jsonLines) Scan(v any) error {
	switch v := v.(type) {
	case string:
		return json.Unmarshal([]byte(v), j.dest)
	case []byte:
		return json.Unmarshal(v, j.dest)
	}
	return nil
}
