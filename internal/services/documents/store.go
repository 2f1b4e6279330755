package documents

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
)

const mostComments = 200

type commentRow struct {
	ID         uuid.UUID  `db:"id"`
	AuthorID   *uuid.UUID `db:"author_id"`
	AuthorName string     `db:"author_name"`
	Body       string     `db:"body"`
	CreatedAt  time.Time  `db:"created_at"`
}

func queueComments(b *db.Batch, dest *[]commentRow, node uuid.UUID) {
	db.Rows(b, dest, pgx.RowToStructByName[commentRow], `
		select id, author_id, author_name, body, created_at from document_comment
		where node_id = $1 order by created_at desc, id desc limit $2`, node, mostComments)
}

// comments turns rows, the latest first, into what was said, the oldest first.
func comments(rows []commentRow) []Comment {
	out := make([]Comment, 0, len(rows))
	for _, r := range slices.Backward(rows) {
		c := Comment{ID: r.ID, AuthorName: r.AuthorName, Body: r.Body, At: r.CreatedAt.UTC()}
		if r.AuthorID != nil {
			c.Author = *r.AuthorID
		}
		out = append(out, c)
	}
	return out
}

func insertComment(ctx context.Context, tx db.Tx, node uuid.UUID, c Comment) error {
	_, err := tx.ExecContext(ctx, `
		insert into document_comment (id, node_id, author_id, author_name, body, created_at) values (?, ?, ?, ?, ?, ?)
		on conflict (tenant_id, id) do nothing`, c.ID, node, c.Author, c.AuthorName, c.Body, c.At)
	return err
}

func lockComment(ctx context.Context, tx db.Tx, node, id uuid.UUID) (author uuid.UUID, found bool, err error) {
	var by *uuid.UUID
	err = tx.NewRaw(`select author_id from document_comment where node_id = ? and id = ? for update`, node, id).Scan(ctx, &by)
	if errors.Is(err, sql.ErrNoRows) {
		return uuid.Nil, false, nil
	}
	if err == nil && by != nil {
		author = *by
	}
	return author, err == nil, err
}

func deleteComment(ctx context.Context, tx db.Tx, node, id uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `delete from document_comment where node_id = ? and id = ?`, node, id)
	return err
}
