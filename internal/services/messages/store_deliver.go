package messages

import (
	"context"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/hours"
)

// meant works out whom the addresses of a message mean this day: each person once, in the most open of the fields, with the
// children through whom a guardian is meant, and on the side of the profile through which the person is meant. Whoever blocked
// the author is not there, unless the author is of the staff. The conditions on people come last, so that a part of them can be
// taken.
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
	), chosen as (
		select field, person_id, null::text as profile, null::uuid as child from addr where kind = 'person'
		union all
		select a.field, m.person_id, m.profile, null from addr a join membership m on a.kind = 'school' and a.profile in ('*', m.profile)
		union all
		select field, person_id, profile, null from tied where want in ('*', profile)
	), named as (
		select field, person_id, profile, child from chosen
		union all
		select w.field, g.guardian_id, 'guardian', g.child_id
		from (
			select field, person_id from addr where kind = 'guardians'
			union all
			select field, person_id from tied where profile = 'pupil' and want in ('*', 'guardian')
			union all
			select ?copy, c.person_id from chosen c
			join membership p on p.person_id = c.person_id and p.profile = 'pupil' and (c.profile is null or c.profile = 'pupil')
			where ?copy <> '' and p.starts_on <= ?today and (p.ends_on is null or p.ends_on >= ?today)
		) w
		join guardianship g on g.child_id = w.person_id
		where g.starts_on <= ?today and (g.ends_on is null or g.ends_on >= ?today)
		  and (g.excluded_until is null or g.excluded_until < ?today)
	), who as (
		select n.person_id, min(case n.field when 'to' then 1 when 'cc' then 2 else 3 end) as field,
		       coalesce(array_agg(distinct n.child) filter (where n.child is not null), '{}') as about,
		       bool_or(m.profile not in ('pupil', 'guardian', 'tutor', 'guest')) as staff,
		       coalesce(min(m.profile) filter (where m.profile not in ('pupil', 'guardian', 'tutor', 'guest')), min(m.profile)) as profile
		from named n
		join membership m on m.person_id = n.person_id and (n.profile is null or m.profile = n.profile)
		where m.starts_on <= ?today and (m.ends_on is null or m.ends_on >= ?today)
		  and n.person_id <> ?author and n.person_id > ?after
		  and (?official or not exists (select from message_block b where b.author_id = ?author and b.person_id = n.person_id))
		group by n.person_id
		order by n.person_id
		limit ?limit
	)`

// timed adds when each of them sees the message and hears of it. The hours of the space are worked out once for each side, and
// those of a person for the few who have some.
const timed = `, week as materialized (
		select v.staff, c.visible_at, c.notify_at, v.days, v.opens, v.closes
		from (values (false, ?fdays::int, ?fopens::int, ?fcloses::int), (true, ?sdays, ?sopens, ?scloses)) v (staff, days, opens, closes),
		     clocks(?sent::timestamptz, '00000000-0000-0000-0000-000000000000', v.days, v.opens, v.closes) c
	), own as materialized (
		select w.person_id, c.visible_at, c.notify_at
		from who w
		join person_hours h on h.tenant_id = 1 and h.person_id = w.person_id
		join week k on k.staff = w.staff
		cross join lateral clocks(?sent::timestamptz, w.person_id, k.days, k.opens, k.closes) c
	), timed as (
		select w.person_id, w.field, w.about, w.staff, w.profile,
		       case when ?urgent then ?sent else coalesce(o.visible_at, k.visible_at) end as visible_at,
		       case when ?urgent then ?sent else coalesce(o.notify_at, k.notify_at) end as notify_at
		from who w
		join week k on k.staff = w.staff
		left join own o on o.person_id = w.person_id
	)`

// mailing is what a delivery needs to know of a message.
type mailing struct {
	message  uuid.UUID
	author   uuid.UUID
	official bool
	urgent   bool
	copies   string // the field in which the guardians of the pupils get a copy; empty for none
	after    uuid.UUID
	sentAt   time.Time
	batch    int
	limit    int
	weeks    map[hours.Side]hours.Week
}

// query is a statement about those whom the message means; more are values of its tail alone.
func (m mailing) query(tail string, today time.Time, more ...map[string]any) (string, []any) {
	families, staff := m.weeks[hours.Families], m.weeks[hours.Staff]
	values := map[string]any{"?message": m.message, "?today": directory.Day(today), "?author": m.author, "?after": m.after,
		"?official": m.official, "?limit": m.limit, "?sent": m.sentAt, "?batch": m.batch, "?urgent": m.urgent, "?copy": m.copies,
		"?fdays": families.Mask(), "?fopens": families.From, "?fcloses": families.To, "?sdays": staff.Mask(), "?sopens": staff.From, "?scloses": staff.To}
	for _, m := range more {
		maps.Copy(values, m)
	}
	return fill(meant+tail, values)
}

// fill puts values in the places that a statement names.
func fill(text string, values map[string]any) (string, []any) {
	var args []any
	var out strings.Builder
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

// made is a copy that a delivery has made.
type made struct {
	Person    uuid.UUID `bun:"person_id"`
	About     []string  `bun:"about,array"`
	Staff     bool      `bun:"staff"`
	VisibleAt time.Time `bun:"visible_at"`
	NotifyAt  time.Time `bun:"notify_at"`
	New       bool      `bun:"fresh"`
}

// deliver makes the next copies, after the person m.after, and says for whom, in the order of their ids.
func deliver(ctx context.Context, tx db.Tx, m mailing) (list []made, err error) {
	text, args := m.query(timed+`, added as (
			insert into message_copy (message_id, person_id, field, place, about, sent_at, batch, visible_at, notify_at, profile)
			select ?message, person_id, case field when 1 then 'to' when 2 then 'cc' else 'bcc' end, 'inbox', about, ?sent, ?batch, visible_at, notify_at, profile from timed
			on conflict do nothing returning person_id)
		select t.person_id, t.about::text[] as about, t.staff, t.visible_at, t.notify_at, a.person_id is not null as fresh
		from timed t left join added a on a.person_id = t.person_id order by t.person_id`, tx.Now())
	err = tx.NewRaw(text, args...).Scan(ctx, &list)
	return list, err
}

// heldMailing locks a message that is being delivered; db.NoRows when it is not, or was withdrawn.
func heldMailing(ctx context.Context, tx db.Tx, id uuid.UUID) (m mailing, l posted, err error) {
	m = mailing{message: id, limit: batchSize}
	var author *uuid.UUID
	err = tx.NewRaw(`select author_id, author_profile not in ('pupil', 'guardian', 'tutor', 'guest'), delivered_to, sent_at, batches, urgent, guardians,
			subject, left(body, 400), author_name, saved_at
		from message where id = ? and state = 'sending' and recalled_at is null for update`, id).
		Scan(ctx, &author, &m.official, &m.after, &m.sentAt, &m.batch, &m.urgent, &m.copies, &l.subject, &l.body, &l.author, &l.writtenAt)
	if author != nil {
		m.author = *author
	}
	return m, l, err
}

// posted is what is told of a message that is being delivered.
type posted struct {
	subject, body, author string
	writtenAt             time.Time
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

// momentsOf says when a message would be visible, to how many of which kind: of those whom it means, and of the copies that are
// made.
func momentsOf(ctx context.Context, tx db.Tx, m mailing) (list []Moment, err error) {
	text, args := m.query(timed+` select visible_at as at, kind, count(*) as people from (
			select visible_at, case when staff then 'colleague' when profile = 'pupil' then 'pupil' when profile = 'guardian' then 'family' else 'partner' end as kind from timed) t
		group by 1, 2 order by 1, 2 limit 200`, tx.Now())
	err = tx.NewRaw(text, args...).Scan(ctx, &list)
	return list, err
}

// openAt says who sees a message from an instant on, and the next instant at which others do; zero when there is none.
func openAt(ctx context.Context, tx db.Tx, id uuid.UUID, at time.Time) (people []uuid.UUID, next time.Time, err error) {
	err = tx.NewRaw(`select k.person_id from message_copy k join message m on m.tenant_id = k.tenant_id and m.id = k.message_id
		where k.message_id = ? and k.visible_at = ? and k.field <> 'author' and m.recalled_at is null`, id, at).Scan(ctx, &people)
	if err != nil {
		return nil, next, err
	}
	var later *time.Time
	err = tx.NewRaw(`select min(visible_at) from message_copy where message_id = ? and visible_at > ?`, id, at).Scan(ctx, &later)
	if later != nil {
		next = *later
	}
	return people, next, err
}
