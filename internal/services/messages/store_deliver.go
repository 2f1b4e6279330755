package messages

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/directory"
)

// meant works out whom the addresses of a message mean this day: each person once, in the most open of the fields, with the
// children through whom a guardian is meant. Whoever blocked the author is not there, unless the author is of the staff.
// The conditions on people come last, so that a part of them can be taken.
const meant = `
	with addr as (
		select field, kind, person_id, place_id, level, profile from message_address where message_id = ?message
	), tied as (
		select a.field, a.profile as want, cm.person_id, cm.profile
		from addr a
		join class c on a.kind = 'class' and c.id = a.place_id or a.kind = 'level' and c.level = a.level
		join school_year y on y.tenant_id = c.tenant_id and y.id = c.school_year_id and y.ends_on >= ?today
		join class_member cm on cm.tenant_id = c.tenant_id and cm.class_id = c.id
		union all
		select a.field, a.profile, gm.person_id, gm.profile
		from addr a join group_member gm on a.kind = 'group' and gm.group_id = a.place_id
	), named as (
		select field, person_id, null::text as profile, null::uuid as child from addr where kind = 'person'
		union all
		select a.field, m.person_id, m.profile, null from addr a join membership m on a.kind = 'school' and a.profile in ('*', m.profile)
		union all
		select field, person_id, profile, null from tied where want in ('*', profile)
		union all
		select w.field, g.guardian_id, 'guardian', g.child_id
		from (
			select field, person_id from addr where kind = 'guardians'
			union all
			select field, person_id from tied where profile = 'pupil' and want in ('*', 'guardian')
		) w
		join guardianship g on g.child_id = w.person_id
		where g.starts_on <= ?today and (g.ends_on is null or g.ends_on >= ?today)
		  and (g.excluded_until is null or g.excluded_until < ?today)
	), who as (
		select n.person_id, min(case n.field when 'to' then 1 when 'cc' then 2 else 3 end) as field,
		       coalesce(array_agg(distinct n.child) filter (where n.child is not null), '{}') as about
		from named n
		join membership m on m.person_id = n.person_id and (n.profile is null or m.profile = n.profile)
		where m.starts_on <= ?today and (m.ends_on is null or m.ends_on >= ?today)
		  and n.person_id <> ?author and n.person_id > ?after
		  and (?official or not exists (select from message_block b where b.author_id = ?author and b.person_id = n.person_id))
		group by n.person_id
		order by n.person_id
		limit ?limit
	)`

// mailing is what a delivery needs to know of a message.
type mailing struct {
	message  uuid.UUID
	author   uuid.UUID
	official bool
	after    uuid.UUID
	sentAt   time.Time
	batch    int
	limit    int
}

func (m mailing) query(tail string, today time.Time) (string, []any) {
	values := map[string]any{"?message": m.message, "?today": directory.Day(today), "?author": m.author, "?after": m.after,
		"?official": m.official, "?limit": m.limit, "?sent": m.sentAt, "?batch": m.batch}
	var args []any
	var out strings.Builder
	text := meant + tail
	for {
		i := strings.IndexByte(text, '?')
		if i < 0 {
			out.WriteString(text)
			return out.String(), args
		}
		end := i + 1
		for end < len(text) && text[end] >= 'a' && text[end] <= 'z' {
			end++
		}
		args = append(args, values[text[i:end]])
		out.WriteString(text[:i])
		out.WriteByte('?')
		text = text[end:]
	}
}

// countMeant says how many people a message is for, counting no further than the limit.
func countMeant(ctx context.Context, tx db.Tx, m mailing) (n int, err error) {
	text, args := m.query(` select count(*) from who`, tx.Now())
	err = tx.NewRaw(text, args...).Scan(ctx, &n)
	return n, err
}

// deliver makes the next copies, after the person m.after. found is how many people it took, last the last of them.
func deliver(ctx context.Context, tx db.Tx, m mailing) (found, made int, last uuid.UUID, err error) {
	text, args := m.query(`, added as (
			insert into message_copy (message_id, person_id, field, place, about, sent_at, batch)
			select ?message, person_id, case field when 1 then 'to' when 2 then 'cc' else 'bcc' end, 'inbox', about, ?sent, ?batch from who
			on conflict do nothing returning person_id)
		select (select count(*) from who) as found, (select count(*) from added) as made,
		       coalesce((select person_id from who order by person_id desc limit 1), ?after) as last`, tx.Now())
	err = tx.NewRaw(text, args...).Scan(ctx, &found, &made, &last)
	return found, made, last, err
}

// heldMailing locks a message that is being delivered; db.NoRows when it is not, or was withdrawn.
func heldMailing(ctx context.Context, tx db.Tx, id uuid.UUID) (m mailing, err error) {
	m = mailing{message: id, limit: batchSize}
	var author *uuid.UUID
	err = tx.NewRaw(`select author_id, author_profile not in ('pupil', 'guardian', 'tutor', 'guest'), delivered_to, sent_at, batches
		from message where id = ? and state = 'sending' and recalled_at is null for update`, id).Scan(ctx, &author, &m.official, &m.after, &m.sentAt, &m.batch)
	if author != nil {
		m.author = *author
	}
	return m, err
}

// advance notes how far a delivery is.
func advance(ctx context.Context, tx db.Tx, id, last uuid.UUID, made int, done bool) error {
	_, err := tx.ExecContext(ctx, `update message set delivered_to = ?, reached = reached + ?, batches = batches + 1,
		state = case when ? then 'sent' else 'sending' end where id = ?`, last, made, done, id)
	return err
}

// firstMeant says how many people a message is for, and who the first of them are.
func firstMeant(ctx context.Context, tx db.Tx, m mailing, limit int) (n int, first []uuid.UUID, err error) {
	var rows []struct {
		Person uuid.UUID `bun:"person_id"`
		People int       `bun:"people"`
	}
	text, args := m.query(` select person_id, count(*) over () as people from who order by person_id limit `+strconv.Itoa(limit), tx.Now())
	err = tx.NewRaw(text, args...).Scan(ctx, &rows)
	for _, r := range rows {
		n, first = r.People, append(first, r.Person)
	}
	return n, first, err
}
