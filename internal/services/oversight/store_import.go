package oversight

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
)

func insertImport(ctx context.Context, tx db.Tx, i Import) error {
	lines, err := json.Marshal(i.Lines)
	if err != nil {
		return err
	}
	problems, err := json.Marshal(i.Problems)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		insert into oversight_import (id, file_name, lines, problems, state, author_id, author_name, created_at)
		values (?, ?, ?::jsonb, coalesce(nullif(?::jsonb, 'null'), '[]'), ?, ?, ?, ?)
		on conflict do nothing`, i.ID, i.FileName, string(lines), string(problems), string(i.State), i.Author.UUID, i.AuthorName, tx.Now())
	return err
}

func queueImport(b *db.Batch, found *bool, dest *Import, id uuid.UUID) {
	var j jsonLines
	db.Row(b, found, []any{&dest.ID, &dest.FileName, j.into(&dest.Lines), j.into(&dest.Problems), &dest.State, &dest.Agreed, j.into(&dest.Report),
		&dest.AuthorName, &dest.CreatedAt}, `
		select id, file_name, lines, problems, state, agreed, report, author_name, created_at
		from oversight_import where id = $1`, id)
}

func queueImports(b *db.Batch, dest *[]Import) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (i Import, err error) {
		err = row.Scan(&i.ID, &i.FileName, &i.State, &i.AuthorName, &i.CreatedAt)
		return i, err
	}, `select id, file_name, state, author_name, created_at from oversight_import order by created_at desc limit 10`)
}

func agreeImport(ctx context.Context, tx db.Tx, id uuid.UUID, agreed string) (bool, error) {
	res, err := tx.ExecContext(ctx, `update oversight_import set state = 'waiting', agreed = ? where id = ? and state = 'read'`, agreed, id)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

func endImport(ctx context.Context, tx db.Tx, id uuid.UUID, state ImportState, report ImportReport) error {
	body, err := json.Marshal(report)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		update oversight_import set state = ?, report = ?::jsonb, applied_at = ?, lines = '[]'
		where id = ? and state = 'waiting'`, string(state), string(body), tx.Now(), id)
	return err
}
