package notice

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/hours"
)

func insertNotice(ctx context.Context, tx db.Tx, n Notice) error {
	channels, waits := n.Ladder.parts()
	var author, ref *uuid.UUID
	if n.Author.UUID != uuid.Nil {
		author = &n.Author.UUID
	}
	if n.Ref != uuid.Nil {
		ref = &n.Ref
	}
	_, err := tx.ExecContext(ctx, `insert into notice (id, kind, ref, title, body, path, author_id, author_name, urgent, written_at, sent_at, ladder, waits)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::text[], ?::int[]) on conflict do nothing`,
		n.ID, n.Kind, ref, n.Title, n.Text, n.Path, author, n.AuthorName, n.Urgent, n.WrittenAt, n.SentAt, pgdialect.Array(channels), pgdialect.Array(waits))
	return err
}

type toldRow struct {
	Person    uuid.UUID `bun:"person_id"`
	VisibleAt time.Time `bun:"visible_at"`
	NextAt    time.Time `bun:"next_at"`
}

// insertPeople adds those who have not been told yet, each with the two clocks of the receiving side.
func insertPeople(ctx context.Context, tx db.Tx, n Notice, to []To, families, staff hours.Week, code func(uuid.UUID) []byte) (told []toldRow, err error) {
	size := len(to)
	people, names, about, aboutNames := make([]string, size), make([]string, size), make([]string, size), make([]string, size)
	works, visible, notify, codes := make([]bool, size), make([]string, size), make([]string, size), make([]string, size)
	for i, p := range to {
		children := make([]string, len(p.About))
		for j, c := range p.About {
			children[j] = c.String()
		}
		people[i], names[i], about[i], aboutNames[i] = p.Person.String(), p.Name, strings.Join(children, ","), p.AboutNames
		works[i], visible[i], notify[i] = p.Staff, stamp(p.VisibleAt), stamp(p.NotifyAt)
		if n.Must() {
			codes[i] = hex.EncodeToString(code(p.Person))
		}
	}
	err = tx.NewRaw(`
		insert into notice_person (notice_id, person_id, name, about, about_names, staff, visible_at, notify_at, code_hash, next_at)
		select ?, t.person::uuid, coalesce(nullif(t.name, ''), m.name, ''), string_to_array(t.about, ',')::uuid[], coalesce(nullif(t.about_names, ''), k.names, ''), t.works,
		       case when ? then ? else coalesce(nullif(t.visible, '')::timestamptz, c.visible_at) end,
		       case when ? then ? else coalesce(nullif(t.notify, '')::timestamptz, c.notify_at) end,
		       decode(nullif(t.code, ''), 'hex'),
		       case when ? then ? else coalesce(nullif(t.notify, '')::timestamptz, c.notify_at) end
		from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[], ?::text[])
		       as t (person, name, about, about_names, works, visible, notify, code)
		cross join lateral clocks(?, t.person::uuid, case when t.works then ? else ? end, case when t.works then ? else ? end, case when t.works then ? else ? end) c
		left join lateral (
			select given_name || ' ' || family_name as name from membership where t.name = '' and person_id = t.person::uuid limit 1
		) m on true
		left join lateral (
			select string_agg(given_name, ', ' order by given_name) as names from membership
			where t.about_names = '' and t.about <> '' and profile = 'pupil' and person_id = any (string_to_array(t.about, ',')::uuid[])
		) k on true
		order by t.person
		on conflict do nothing
		returning person_id, visible_at, next_at`,
		n.ID, n.Urgent, n.SentAt, n.Urgent, n.SentAt, n.Urgent, n.SentAt,
		pgdialect.Array(people), pgdialect.Array(names), pgdialect.Array(about), pgdialect.Array(aboutNames), pgdialect.Array(works),
		pgdialect.Array(visible), pgdialect.Array(notify), pgdialect.Array(codes),
		n.SentAt, staff.Mask(), families.Mask(), staff.From, families.From, staff.To, families.To).Scan(ctx, &told)
	return told, err
}

func stamp(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339Nano)
}

// noteWithdrawn has the lines of the ledger say what became of deliveries that were taken back.
func noteWithdrawn(ctx context.Context, tx db.Tx, deliveries []uuid.UUID) error {
	texts := make([]string, len(deliveries))
	for i, id := range deliveries {
		texts[i] = id.String()
	}
	_, err := tx.ExecContext(ctx, `update notice_way set outcome = 'withdrawn' where delivery_id = any (?::uuid[])`, pgdialect.Array(texts))
	if err != nil {
		return fmt.Errorf("note what was taken back: %w", err)
	}
	return nil
}

func withdraw(ctx context.Context, tx db.Tx, ids []uuid.UUID) (people []uuid.UUID, err error) {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = id.String()
	}
	err = tx.NewRaw(`
		with gone as (
			update notice set withdrawn_at = ?, ended_at = coalesce(ended_at, ?) where id = any (?::uuid[]) and withdrawn_at is null returning id
		), still as (
			update notice_person p set next_at = null from gone g where p.notice_id = g.id returning p.person_id
		)
		select distinct person_id from still`, tx.Now(), tx.Now(), pgdialect.Array(texts)).Scan(ctx, &people)
	return people, err
}

func markOpened(ctx context.Context, tx db.Tx, ref, person uuid.UUID) (int64, error) {
	res, err := tx.ExecContext(ctx, `update notice_person p set read_at = ? from notice n
		where n.tenant_id = p.tenant_id and n.id = p.notice_id and n.ref = ? and p.person_id = ? and p.read_at is null`, tx.Now(), ref, person)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func acknowledge(ctx context.Context, tx db.Tx, notice, person uuid.UUID, by string, notedBy uuid.UUID) (author uuid.UUID, done bool, err error) {
	var hand *uuid.UUID
	if notedBy != uuid.Nil {
		hand = &notedBy
	}
	err = tx.QueryRowContext(ctx, `update notice_person p
		set acknowledged_at = ?, acknowledged_by = ?, noted_by = ?, read_at = coalesce(p.read_at, ?), next_at = null
		from notice n
		where n.tenant_id = p.tenant_id and n.id = p.notice_id and cardinality(n.ladder) > 0 and n.withdrawn_at is null
		  and p.notice_id = ? and p.person_id = ? and p.acknowledged_at is null
		returning coalesce(n.author_id, p.person_id)`, tx.Now(), by, hand, tx.Now(), notice, person).Scan(&author)
	if db.NoRows(err) {
		return author, false, nil
	}
	return author, err == nil, err
}

func selectLinked(ctx context.Context, tx db.Tx, hash []byte) (l Linked, found bool, err error) {
	var at *time.Time
	err = tx.QueryRowContext(ctx, `select n.id, p.person_id, n.title, n.body, p.about_names, n.author_name, n.sent_at, p.acknowledged_at, cardinality(n.ladder) > 0
		from notice_person p join notice n on n.tenant_id = p.tenant_id and n.id = p.notice_id
		where p.code_hash = ? and n.withdrawn_at is null`, hash).
		Scan(&l.Notice, &l.Person, &l.Title, &l.Text, &l.AboutNames, &l.AuthorName, &l.SentAt, &at, &l.Must)
	if db.NoRows(err) {
		return l, false, nil
	}
	if at != nil {
		l.AcknowledgedAt = *at
	}
	return l, err == nil, err
}
