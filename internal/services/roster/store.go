package roster

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/roster"
	"elyco/internal/school"
)

// mostDrafts bounds the list of what waits.
const mostDrafts = 20

// queueDrafts reads what waits for its import, without the files, the newest first.
func queueDrafts(b *db.Batch, drafts *[]Draft) {
	db.Rows(b, drafts, func(row pgx.CollectableRow) (d Draft, err error) {
		return d, row.Scan(&d.ID, &d.Kind, &d.Name, &d.StartedAt)
	}, `select id, kind, name, started_at from roster_draft order by started_at desc, id limit $1`, mostDrafts)
}

// queueFed finds out whether the academy's directory feeds the establishment.
func queueFed(b *db.Batch, fed *[]bool) {
	db.Rows(b, fed, pgx.RowTo[bool], `select exists (select from membership where source = 'aaf' and missing_since is null)`)
}

func isFed(ctx context.Context, tx db.Tx) (fed bool, err error) {
	err = tx.QueryRowContext(ctx, `select exists (select from membership where source = 'aaf' and missing_since is null)`).Scan(&fed)
	return fed, err
}

// insertDraft keeps a file; sent twice, it is kept once.
func insertDraft(ctx context.Context, tx db.Tx, d Draft, by school.PersonID) error {
	_, err := tx.ExecContext(ctx, `
		insert into roster_draft (id, kind, name, content, author_id, started_at)
		values (?, ?, ?, ?, ?, ?)
		on conflict do nothing`, d.ID, string(d.Kind), d.Name, d.Content, by.UUID, tx.Now())
	return err
}

// findDraft reads a draft with its file, and how columns of its kind were matched the last time.
func findDraft(ctx context.Context, tx db.Tx, id uuid.UUID) (d Draft, last map[roster.Field]string, found bool, err error) {
	var matches, before []byte
	var checked uuid.NullUUID
	err = tx.QueryRowContext(ctx, `
		select d.id, d.kind, d.name, d.content, d.matches, d.feed_id, d.started_at, c.matches
		from roster_draft d
		left join roster_columns c on c.tenant_id = d.tenant_id and c.kind = d.kind
		where d.id = ?`, id).Scan(&d.ID, &d.Kind, &d.Name, &d.Content, &matches, &checked, &d.StartedAt, &before)
	if errors.Is(err, sql.ErrNoRows) {
		return d, nil, false, nil
	}
	if err != nil {
		return d, nil, false, err
	}
	d.Feed = checked.UUID
	if matches != nil {
		err = json.Unmarshal(matches, &d.Matches)
	}
	if before != nil {
		err = errors.Join(err, json.Unmarshal(before, &last))
	}
	return d, last, true, err
}

func saveMatches(ctx context.Context, tx db.Tx, id uuid.UUID, matches map[roster.Field]string) error {
	text, err := json.Marshal(matches)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `update roster_draft set matches = ?::jsonb, feed_id = null where id = ?`, string(text), id)
	return err
}

func saveFeed(ctx context.Context, tx db.Tx, id, feed uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `update roster_draft set feed_id = ? where id = ?`, feed, id)
	return err
}

func remember(ctx context.Context, tx db.Tx, k roster.Kind, matches map[roster.Field]string) error {
	text, err := json.Marshal(matches)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		insert into roster_columns (kind, matches, changed_at) values (?, ?::jsonb, ?)
		on conflict (tenant_id, kind) do update set matches = excluded.matches, changed_at = excluded.changed_at`, string(k), string(text), tx.Now())
	return err
}

// deleteDraft reports whether it was there.
func deleteDraft(ctx context.Context, tx db.Tx, id uuid.UUID) (bool, error) {
	res, err := tx.ExecContext(ctx, `delete from roster_draft where id = ?`, id)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}
