package notice

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/school"
)

const mineColumns = `
	select n.id, n.kind, n.title, n.body, n.path, n.author_name, p.about_names, p.visible_at, n.urgent, p.read_at is not null, cardinality(n.ladder) > 0,
	       coalesce(p.acknowledged_at, 'epoch')
	from notice_person p
	join notice n on n.tenant_id = p.tenant_id and n.id = p.notice_id
	where p.person_id = $1 and n.withdrawn_at is null and p.visible_at <= $2`

func scanMine(row pgx.CollectableRow) (m Mine, err error) {
	err = row.Scan(&m.ID, &m.Kind, &m.Title, &m.Text, &m.Path, &m.AuthorName, &m.AboutNames, &m.At, &m.Urgent, &m.Read, &m.Must, &m.AcknowledgedAt)
	if m.AcknowledgedAt.Unix() == 0 {
		m.AcknowledgedAt = time.Time{}
	}
	return m, err
}

func queueMine(b *db.Batch, dest *[]Mine, who school.PersonID, s Shown) {
	db.Rows(b, dest, scanMine, mineColumns+` and ($3::timestamptz is null or p.visible_at < $3) and (not $4::boolean or p.read_at is null)
		order by p.visible_at desc, n.id desc limit $5`, who.UUID, s.Now, nullTime(s.Before), s.Unread, s.Limit)
}

func queueAsked(b *db.Batch, dest *[]Mine, who school.PersonID, now time.Time, limit int) {
	db.Rows(b, dest, scanMine, mineColumns+` and p.code_hash is not null and p.acknowledged_at is null and n.ended_at is null
		order by p.visible_at desc, n.id desc limit $3`, who.UUID, now, limit)
}

func nullTime(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

func queueOne(b *db.Batch, dest *[]Mine, who school.PersonID, id uuid.UUID, now time.Time) {
	db.Rows(b, dest, scanMine, mineColumns+` and p.notice_id = $3`, who.UUID, now, id)
}

func queueWaiting(b *db.Batch, n *int, who school.PersonID, now time.Time) {
	var found bool
	db.Row(b, &found, []any{n}, `
		select count(*) from (
			select from notice_person p join notice n on n.tenant_id = p.tenant_id and n.id = p.notice_id
			where p.person_id = $1 and p.visible_at <= $2 and n.withdrawn_at is null
			  and (p.read_at is null or cardinality(n.ladder) > 0 and p.acknowledged_at is null and n.ended_at is null)
			limit 100) w`, who.UUID, now)
}

func markRead(ctx context.Context, tx db.Tx, who school.PersonID, which []uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `update notice_person set read_at = ? where person_id = ? and read_at is null and visible_at <= ?
		and (? or notice_id = any (?::uuid[]))`, tx.Now(), who.UUID, tx.Now(), len(which) == 0, ids(which))
	return err
}

func selectChoices(ctx context.Context, tx db.Tx, who school.PersonID) (chosen map[string][]string, digest, language string, err error) {
	chosen, digest, language = map[string][]string{}, string(Weekly), "fr"
	var rows []struct {
		Kind string   `bun:"kind"`
		Ways []string `bun:"ways,array"`
	}
	if err = tx.NewRaw(`select kind, ways from notice_choice where tenant_id = 1 and person_id = ?`, who.UUID).Scan(ctx, &rows); err != nil {
		return nil, "", "", err
	}
	for _, r := range rows {
		chosen[r.Kind] = r.Ways
	}
	err = tx.QueryRowContext(ctx, `select digest, language from notice_rhythm where tenant_id = 1 and person_id = ?`, who.UUID).Scan(&digest, &language)
	if db.NoRows(err) {
		err = nil
	}
	return chosen, digest, language, err
}

func upsertChoices(ctx context.Context, tx db.Tx, who school.PersonID, kinds []string, ways [][]string, digest, language string) error {
	joined := make([]string, len(ways))
	for i, w := range ways {
		joined[i] = strings.Join(w, ",")
	}
	_, err := tx.ExecContext(ctx, `
		with rhythm as (
			insert into notice_rhythm (person_id, digest, language) values (?0, ?1, ?2)
			on conflict (tenant_id, person_id) do update set digest = excluded.digest, language = excluded.language
		)
		insert into notice_choice (person_id, kind, ways)
		select ?0, k.kind, coalesce(string_to_array(nullif(k.ways, ''), ','), '{}') from unnest(?3::text[], ?4::text[]) as k (kind, ways)
		on conflict (tenant_id, person_id, kind) do update set ways = excluded.ways`,
		who.UUID, digest, language, pgdialect.Array(kinds), pgdialect.Array(joined))
	return err
}
