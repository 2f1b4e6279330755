package notice

import (
	"context"

	"github.com/google/uuid"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/hours"
)

func peopleOf(to []To) any {
	list := make([]uuid.UUID, len(to))
	for i, p := range to {
		list[i] = p.Person
	}
	return ids(list)
}

func selectMoments(ctx context.Context, tx db.Tx, n Notice, to []To, families, staff hours.Week) ([]Moment, error) {
	if n.Urgent {
		return []Moment{{tx.Now(), len(to)}}, nil
	}
	works := make([]bool, len(to))
	for i, p := range to {
		works[i] = p.Staff
	}
	var rows []Moment
	err := tx.NewRaw(`
		select c.visible_at as at, count(*) as people
		from unnest(?::uuid[], ?::boolean[]) as t (person, works)
		cross join lateral clocks(?, t.person, case when t.works then ? else ? end, case when t.works then ? else ? end, case when t.works then ? else ? end) c
		group by 1 order by 1 limit 8`, peopleOf(to), pgdialect.Array(works), tx.Now(), staff.Mask(), families.Mask(), staff.From, families.From, staff.To, families.To).Scan(ctx, &rows)
	return rows, err
}

func selectNoise(ctx context.Context, tx db.Tx, to []To) (n Noise, err error) {
	err = tx.QueryRowContext(ctx, `
		select coalesce(round(10.0 * sum(n) / ?), 0)::int, coalesce(max(n), 0)
		from (select count(*) as n from notice_person where person_id = any (?::uuid[]) and visible_at > ? and visible_at <= ? group by person_id) w`,
		len(to), peopleOf(to), tx.Now().AddDate(0, 0, -7), tx.Now()).Scan(&n.Tenths, &n.Most)
	return n, err
}

func selectAlike(ctx context.Context, tx db.Tx, n Notice, to []To) (list []Alike, err error) {
	err = tx.NewRaw(`
		with alike as materialized (
			select id, title, author_name, sent_at from notice
			where sent_at > ? and withdrawn_at is null and id <> ? and similarity(title || ' ' || left(body, 600), ?) > ?
			order by sent_at desc limit 5
		)
		select a.id, a.title, a.author_name, a.sent_at, s.shared
		from alike a
		cross join lateral (select count(*) as shared from notice_person p where p.notice_id = a.id and p.person_id = any (?::uuid[])) s
		where s.shared > 0
		order by a.sent_at desc`, tx.Now().AddDate(0, 0, -7), n.ID, n.Title+" "+cut(n.Text, 600), likeness, peopleOf(to)).Scan(ctx, &list)
	return list, err
}
