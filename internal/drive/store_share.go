package drive

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/school"
)

type shareRow struct {
	ID            uuid.UUID  `bun:"id" db:"id"`
	NodeID        uuid.UUID  `bun:"node_id" db:"node_id"`
	Role          int        `bun:"role" db:"role"`
	Audience      []byte     `bun:"audience" db:"audience"`
	AudienceWords string     `bun:"audience_words" db:"audience_words"`
	AuthorID      *uuid.UUID `bun:"author_id" db:"author_id"`
	AuthorName    string     `bun:"author_name" db:"author_name"`
	CreatedAt     time.Time  `bun:"created_at" db:"created_at"`
	EndsAt        *time.Time `bun:"ends_at" db:"ends_at"`
}

const shareColumns = `s.id, s.node_id, s.role, s.audience, s.audience_words, s.author_id, s.author_name, s.created_at, s.ends_at`

func (r shareRow) share() Share {
	s := Share{ID: r.ID, Node: r.NodeID, Role: Role(r.Role), Words: r.AudienceWords, By: r.AuthorName, CreatedAt: r.CreatedAt.UTC()}
	// Only Share writes it; what cannot be read is an empty choice, and the words stay.
	_ = json.Unmarshal(r.Audience, &s.Audience)
	if r.EndsAt != nil {
		s.Until = r.EndsAt.UTC()
	}
	return s
}

func insertShare(ctx context.Context, tx db.Tx, s Sharing, by school.Actor) (bool, error) {
	meant, err := json.Marshal(s.Audience)
	if err != nil {
		return false, err
	}
	var until any
	if !s.Until.IsZero() {
		until = s.Until
	}
	res, err := tx.ExecContext(ctx, `
		insert into drive_share (id, node_id, role, audience, audience_words, author_id, author_name, created_at, ends_at)
		values (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?) on conflict do nothing`,
		s.ID, s.Node, int(s.Role), string(meant), s.Words, by.Person.UUID, by.Name, tx.Now(), until)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	if err != nil || n == 0 {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `insert into drive_share_key (key, share_id) select distinct k, ?::uuid from unnest(?::text[]) k`, s.ID, pgdialect.Array(s.Keys))
	return true, err
}

func shareOf(ctx context.Context, tx db.Tx, id uuid.UUID) (r shareRow, err error) {
	err = tx.NewRaw(`select `+shareColumns+` from drive_share s where s.id = ?`, id).Scan(ctx, &r)
	return r, err
}

func deleteShare(ctx context.Context, tx db.Tx, node, id uuid.UUID) (bool, error) {
	res, err := tx.ExecContext(ctx, `delete from drive_share where id = ? and node_id = ?`, id, node)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

func queueShares(b *db.Batch, dest *[]shareRow, node uuid.UUID, now time.Time) {
	db.Rows(b, dest, pgx.RowToStructByName[shareRow], `select `+shareColumns+` from drive_share s
		where s.node_id = $1 and (s.ends_at is null or s.ends_at > $2) order by s.created_at desc, s.id limit 200`, node, now)
}

func queueReceived(b *db.Batch, dest *[]shareRow, v visit, before, now time.Time, limit int) {
	db.Rows(b, dest, pgx.RowToStructByName[shareRow], `
		select distinct on (s.created_at, s.id) `+shareColumns+`
		from drive_share_key k join drive_share s on s.tenant_id = k.tenant_id and s.id = k.share_id
		where k.key = any ($1) and s.author_id is distinct from $2 and s.created_at < $3 and (s.ends_at is null or s.ends_at > $4)
		order by s.created_at desc, s.id limit $5`, append([]string{}, v.keys...), v.actor.Person.UUID, before, now, limit)
}

// queueKnown finds which of some people, classes and groups are of this space today.
func queueKnown(b *db.Batch, dest *[]uuid.UUID, people, classes, groups []uuid.UUID, today time.Time) {
	db.Rows(b, dest, pgx.RowTo[uuid.UUID], `
		select person_id from membership where person_id = any ($1) and starts_on <= $4 and (ends_on is null or ends_on >= $4)
		union select id from class where id = any ($2)
		union select id from teaching_group where id = any ($3)`,
		append([]uuid.UUID{}, people...), append([]uuid.UUID{}, classes...), append([]uuid.UUID{}, groups...), today)
}
