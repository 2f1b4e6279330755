package drive

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
)

type linkRow struct {
	ID           uuid.UUID  `db:"id"`
	NodeID       uuid.UUID  `db:"node_id"`
	SecretHash   []byte     `db:"secret_hash"`
	PasswordHash string     `db:"password_hash"`
	AuthorID     *uuid.UUID `db:"author_id"`
	AuthorName   string     `db:"author_name"`
	CreatedAt    time.Time  `db:"created_at"`
	EndsAt       time.Time  `db:"ends_at"`
	Opened       int        `db:"opened"`
	Failures     int        `db:"failures"`
	FailedAt     *time.Time `db:"failed_at"`
}

const linkColumns = `l.id, l.node_id, l.secret_hash, l.password_hash, l.author_id, l.author_name, l.created_at, l.ends_at, l.opened, l.failures, l.failed_at`

func (r linkRow) link() Link {
	return Link{r.ID, r.NodeID, r.AuthorName, r.CreatedAt.UTC(), r.EndsAt.UTC(), r.PasswordHash != "", r.Opened}
}

func insertLink(ctx context.Context, tx db.Tx, r linkRow, most int) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		insert into drive_link (id, node_id, secret_hash, password_hash, author_id, author_name, created_at, ends_at)
		select ?, ?, ?, ?, ?, ?, ?, ?
		where (select count(*) from drive_link where node_id = ? and ends_at > ?) < ?
		on conflict do nothing`,
		r.ID, r.NodeID, r.SecretHash, r.PasswordHash, r.AuthorID, r.AuthorName, r.CreatedAt, r.EndsAt, r.NodeID, r.CreatedAt, most)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

func queueLinks(b *db.Batch, dest *[]linkRow, node uuid.UUID, now time.Time) {
	db.Rows(b, dest, pgx.RowToStructByName[linkRow], `select `+linkColumns+` from drive_link l
		where l.node_id = $1 and l.ends_at > $2 order by l.created_at desc, l.id limit 100`, node, now)
}

// queueLink finds a link that has not ended, and the way up from what it leads to.
func queueLink(b *db.Batch, links *[]linkRow, way *[]row, hash []byte, now time.Time) {
	db.Rows(b, links, pgx.RowToStructByName[linkRow], `select `+linkColumns+` from drive_link l where l.secret_hash = $1 and l.ends_at > $2`, hash, now)
	db.Rows(b, way, pgx.RowToStructByName[row], `
	with recursive up as (
		select n.tenant_id, n.id, n.parent_id, 0 as height from drive_link l join drive_node n on n.tenant_id = l.tenant_id and n.id = l.node_id
		where l.secret_hash = $1 and l.ends_at > $2
		union all
		select n.tenant_id, n.id, n.parent_id, up.height + 1 from up join drive_node n on n.tenant_id = up.tenant_id and n.id = up.parent_id
		where up.height < 64
	)
	select `+unshared+` from up join drive_node n on n.tenant_id = up.tenant_id and n.id = up.id order by up.height`, hash, now)
}

func deleteLink(ctx context.Context, tx db.Tx, node, id uuid.UUID) (bool, error) {
	res, err := tx.ExecContext(ctx, `delete from drive_link where id = ? and node_id = ?`, id, node)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// noteGuess counts wrong passwords; a right one, or a rest, begins anew.
func noteGuess(ctx context.Context, tx db.Tx, id uuid.UUID, right bool, rested time.Time) error {
	if right {
		_, err := tx.ExecContext(ctx, `update drive_link set failures = 0 where id = ?`, id)
		return err
	}
	_, err := tx.ExecContext(ctx, `
		update drive_link set failures = case when failed_at < ? then 1 else failures + 1 end, failed_at = ? where id = ?`, rested, tx.Now(), id)
	return err
}

func noteOpened(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `update drive_link set opened = opened + 1 where id = ?`, id)
	return err
}
