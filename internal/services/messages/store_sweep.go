package messages

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

const sentIn = ` from message m where m.author_id = $1 and m.state <> 'draft' and m.sent_at >= $2 and m.sent_at < $3`

// queueDeeds reads what an account sent in a span, the latest first, and how much it was.
func queueDeeds(b *db.Batch, dest *[]Deed, messages, people *int, who school.PersonID, s Span, limit int) {
	var found bool
	db.Row(b, &found, []any{messages, people}, `select count(*)::int, coalesce(sum(m.reached), 0)::int`+sentIn, who.UUID, s.From, s.To)
	db.Rows(b, dest, func(row pgx.CollectableRow) (d Deed, err error) {
		var recalled *time.Time
		err = row.Scan(&d.ID, &d.At, &d.Subject, &d.Whom, &d.Reached, &d.Opened, &recalled)
		d.At = d.At.UTC()
		if recalled != nil {
			d.RecalledAt = recalled.UTC()
		}
		return d, err
	}, `select m.id, m.sent_at, m.subject, m.whom, m.reached,
			(select count(*) from message_copy k where k.tenant_id = m.tenant_id and k.message_id = m.id and k.field <> 'author' and k.read_at is not null), m.recalled_at`+
		sentIn+` order by m.sent_at desc, m.id desc limit $4`, who.UUID, s.From, s.To, limit)
}

// queueOpeners reads who had opened what an account sent in a span, in the order in which they did.
func queueOpeners(b *db.Batch, dest *[]Opener, who school.PersonID, s Span, from cursor, limit int) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (o Opener, err error) {
		err = row.Scan(&o.Message, &o.Subject, &o.Person, &o.Name, &o.Profile, &o.ReadAt)
		o.ReadAt = o.ReadAt.UTC()
		return o, err
	}, `select k.message_id, m.subject, k.person_id,
			coalesce((select p.family_name || ' ' || p.given_name from membership p where p.tenant_id = k.tenant_id and p.person_id = k.person_id order by p.profile limit 1), ''),
			k.profile, k.read_at
		from message m join message_copy k on k.tenant_id = m.tenant_id and k.message_id = m.id
		where m.author_id = $1 and m.state <> 'draft' and m.sent_at >= $2 and m.sent_at < $3 and k.field <> 'author' and k.read_at is not null
		  and (k.read_at, k.person_id) > ($4, $5)
		order by k.read_at, k.person_id limit $6`, who.UUID, s.From, s.To, from.at, from.id, limit)
}

// insertSweep notes that all of a span is to be withdrawn, and counts it.
func insertSweep(ctx context.Context, tx db.Tx, s Sweep, by school.PersonID) (int, error) {
	return changed(tx.ExecContext(ctx, `
		insert into message_recall (id, person_id, name, author_id, since, till, reason, made_at, total)
		select ?0, ?1, ?2, ?3, ?4, ?5, ?6, ?7,
		       (select count(*) from message where author_id = ?1 and state <> 'draft' and sent_at >= ?4 and sent_at < ?5 and recalled_at is null)
		on conflict do nothing`, s.ID, s.Person.UUID, s.Name, by.UUID, s.Span.From, s.Span.To, s.Reason, tx.Now()))
}

// sweepPart withdraws the next messages of a sweep and says which.
func sweepPart(ctx context.Context, tx db.Tx, id uuid.UUID, limit int) (ids []uuid.UUID, err error) {
	err = tx.NewRaw(`
		with part as (
			select m.id from message_recall s join message m on m.tenant_id = s.tenant_id and m.author_id = s.person_id
			where s.id = ?0 and s.ended_at is null and m.state <> 'draft' and m.sent_at >= s.since and m.sent_at < s.till and m.recalled_at is null
			order by m.sent_at limit ?1 for update of m
		), gone as (
			update message m set recalled_at = ?2, recalled_by = 'moderator', state = 'sent' from part where m.id = part.id returning m.id
		), counted as (
			update message_recall set done = done + (select count(*) from gone), ended_at = case when exists (select from gone) then null else ?2::timestamptz end
			where id = ?0 and ended_at is null
		)
		select id from gone`, id, limit, tx.Now()).Scan(ctx, &ids)
	return ids, err
}

// holdersOf lists who has a copy of some messages and sees it.
func holdersOf(ctx context.Context, tx db.Tx, messages []uuid.UUID, limit int) (people []uuid.UUID, err error) {
	err = tx.NewRaw(`select distinct person_id from message_copy where message_id = any (?::uuid[]) and visible_at <= ? limit ?`, array(messages), tx.Now(), limit).Scan(ctx, &people)
	return people, err
}

// withdrawWaiting gives what an account has waiting back as drafts, and closes what was held of it.
func withdrawWaiting(ctx context.Context, tx db.Tx, who school.PersonID, by school.PersonID, why string) error {
	_, err := tx.ExecContext(ctx, `update message_hold set state = 'withdrawn', reader_id = ?, decided_at = ?, reason = ? where author_id = ? and state = 'open'`,
		by.UUID, tx.Now(), why, who.UUID)
	if err == nil {
		_, err = tx.ExecContext(ctx, `update message set state = 'draft', send_at = null, refusal = ? where author_id = ? and state in ('scheduled', 'held')`, why, who.UUID)
	}
	return err
}

func scanSweep(row pgx.CollectableRow) (s Sweep, err error) {
	var person *uuid.UUID
	var ended *time.Time
	err = row.Scan(&s.ID, &person, &s.Name, &s.Span.From, &s.Span.To, &s.Reason, &s.At, &s.Total, &s.Done, &ended)
	if person != nil {
		s.Person.UUID = *person
	}
	if ended != nil {
		s.EndedAt = ended.UTC()
	}
	return s, err
}

const sweepColumns = `select id, person_id, name, since, till, reason, made_at, total, done, ended_at from message_recall`

// queueSweeps reads the latest sweeps.
func queueSweeps(b *db.Batch, dest *[]Sweep) {
	db.Rows(b, dest, scanSweep, sweepColumns+` order by made_at desc, id desc limit 10`)
}

// queueSweepsOf reads the sweeps of an account.
func queueSweepsOf(b *db.Batch, dest *[]Sweep, who school.PersonID) {
	db.Rows(b, dest, scanSweep, sweepColumns+` where person_id = $1 order by made_at desc, id desc limit 10`, who.UUID)
}

// queueAccounts finds members by their names, whatever they are.
func queueAccounts(b *db.Batch, dest *[]Contact, patterns []string, limit int) {
	db.Rows(b, dest, scanContact, `select person_id, min(given_name), min(family_name), array_agg(distinct profile order by profile), '', min(folded)
		from membership where ' ' || folded like all ($1) group by person_id order by min(folded), person_id limit $2`, patterns, limit)
}

// queuePastName reads under which name somebody wrote here, who may have left since.
func queuePastName(b *db.Batch, name *string, who school.PersonID) {
	var found bool
	db.Row(b, &found, []any{name}, `select name from (
			(select author_name as name from message where author_id = $1 and state <> 'draft' order by sent_at desc limit 1)
			union all
			(select author_name from message_hold where author_id = $1 limit 1)
			union all
			(select name from message_recall where person_id = $1 limit 1)) n where name <> '' limit 1`, who.UUID)
}
