package notice

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
)

// unread reads, for the next people of a slot, what they have not opened in every school: some lines of each, by person. last
// is the last of the people looked at, and the zero id when there are no others.
func unread(ctx context.Context, d *db.DB, s slot, kinds []string) (lines []line, last uuid.UUID, err error) {
	err = d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		lines, last, err = importUnread(ctx, tx, s, kinds)
		return err
	})
	return lines, last, err
}

func importUnread(ctx context.Context, tx pgx.Tx, s slot, kinds []string) (lines []line, last uuid.UUID, err error) {
	rows, err := tx.Query(ctx, `
		select person_id from notice_person
		where read_at is null and visible_at > $1 and visible_at <= $2 and person_id > $3
		group by person_id order by person_id limit $4`, s.From, s.End, s.After, digestBatch)
	if err != nil {
		return nil, last, err
	}
	people, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil || len(people) == 0 {
		return nil, last, err
	}
	if len(people) == digestBatch {
		last = people[len(people)-1]
	}
	rows, err = tx.Query(ctx, `
		with unread as (
			select p.person_id, p.tenant_id, p.name, p.about_names, n.title, n.sent_at,
			       row_number() over (partition by p.person_id order by n.urgent desc, n.sent_at desc) as number,
			       count(*) over (partition by p.person_id) as altogether
			from notice_person p
			join notice n on n.tenant_id = p.tenant_id and n.id = p.notice_id
			left join notice_choice c on c.tenant_id = 1 and c.person_id = p.person_id and c.kind = n.kind
			left join notice_rhythm r on r.tenant_id = 1 and r.person_id = p.person_id
			where p.read_at is null and p.visible_at > $1 and p.visible_at <= $2 and n.withdrawn_at is null
			  and coalesce(r.digest, 'week') = $3
			  and case when c.person_id is null then n.kind = any ($4) else 'digest' = any (c.ways) end
			  and p.person_id = any ($5)
		)
		select u.person_id, coalesce(nullif(u.name, ''), w.given_name || ' ' || w.family_name, ''), coalesce(a.value, w.email, ''), u.tenant_id, u.title, u.about_names,
		       u.sent_at, u.number, u.altogether
		from unread u
		left join person w on w.tenant_id = 1 and w.id = u.person_id
		left join account_contact a on a.tenant_id = 1 and a.person_id = u.person_id and a.kind = 'email'
		where u.number <= $6
		order by u.person_id, u.about_names, u.number`, s.From, s.End, string(s.Rhythm), kinds, people, digestLines)
	if err != nil {
		return nil, last, err
	}
	lines, err = pgx.CollectRows(rows, pgx.RowToStructByPos[line])
	return lines, last, err
}
