package mail

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
)

type stored struct {
	ID                           uuid.UUID
	Kind, Channel, Site, Subject string
	Text, HTML, Path, Payer      string
	Notice                       uuid.UUID
	Due                          time.Time
}

// insertLetter gives the numbers of the deliveries in the order of to.
func insertLetter(ctx context.Context, tx db.Tx, l stored, to []Recipient) ([]uuid.UUID, error) {
	_, err := tx.ExecContext(ctx, `insert into letter (id, kind, channel, site, subject, body_text, body_html, path, payer, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		l.ID, l.Kind, l.Channel, l.Site, l.Subject, l.Text, l.HTML, l.Path, l.Payer, tx.Now())
	if err != nil {
		return nil, err
	}
	numbers := make([]uuid.UUID, len(to))
	ids, people, names, addresses, fields := make([]string, len(to)), make([]string, len(to)), make([]string, len(to)), make([]string, len(to)), make([]string, len(to))
	for i, r := range to {
		numbers[i] = uuid.Must(uuid.NewV7())
		ids[i], names[i], addresses[i] = numbers[i].String(), r.Name, r.Address
		if r.Person != uuid.Nil {
			people[i] = r.Person.String()
		}
		if len(r.Fields) > 0 {
			raw, err := json.Marshal(r.Fields)
			if err != nil {
				return nil, err
			}
			fields[i] = string(raw)
		}
	}
	_, err = tx.ExecContext(ctx, `
		insert into letter_delivery (id, letter_id, person_id, name, address, due_at, notice_id, fields)
		select d.id::uuid, ?, nullif(d.person, '')::uuid, d.name, d.address, ?, ?, nullif(d.fields, '')::jsonb
		from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) as d (id, person, name, address, fields)`,
		l.ID, l.Due, orNull(l.Notice), pgdialect.Array(ids), pgdialect.Array(people), pgdialect.Array(names), pgdialect.Array(addresses), pgdialect.Array(fields))
	return numbers, err
}

func orNull(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

// parcel is one message, as a worker holds it.
type parcel struct {
	id, letter uuid.UUID
	person     uuid.UUID
	notice     uuid.UUID
	attempt    int
	channel    string
	payer      string
	message    Message
}

// claimParcel takes the message that has waited longest, for as long as the lease. Rows that another worker holds are
// passed over, and so are the channels that are shut.
func claimParcel(ctx context.Context, tx db.Tx, lease time.Duration, shut []string) (p parcel, found bool, err error) {
	var person, notice *uuid.UUID
	var fields []byte
	m := &p.message
	err = tx.QueryRowContext(ctx, `
		update letter_delivery d set state = 'sending', attempt = d.attempt + 1, due_at = ?
		from letter l
		where l.tenant_id = d.tenant_id and l.id = d.letter_id and d.id = (
			select x.id from letter_delivery x join letter y on y.tenant_id = x.tenant_id and y.id = x.letter_id
			where x.state in ('waiting', 'sending') and x.due_at <= ? and y.channel <> all (coalesce(?::text[], '{}'))
			order by x.due_at limit 1
			for update of x skip locked)
		returning d.id, l.id, d.person_id, d.notice_id, d.attempt, l.channel, l.payer, l.site, l.subject, l.body_text, l.body_html, l.path, l.created_at, d.name, d.address, d.fields`,
		tx.Now().Add(lease), tx.Now(), pgdialect.Array(shut)).
		Scan(&p.id, &p.letter, &person, &notice, &p.attempt, &p.channel, &p.payer, &m.Site, &m.Subject, &m.Text, &m.HTML, &m.Path, &m.At, &m.Name, &m.Address, &fields)
	if db.NoRows(err) {
		return parcel{}, false, nil
	}
	if err != nil {
		return parcel{}, false, err
	}
	m.ID = p.id
	if person != nil {
		p.person = *person
	}
	if notice != nil {
		p.notice = *notice
	}
	m.Person = p.person
	return p, true, m.open(fields)
}

// open fills in what is said to this recipient alone.
func (m *Message) open(raw []byte) error {
	if len(raw) == 0 {
		return nil
	}
	var fields map[string]string
	if err := json.Unmarshal(raw, &fields); err != nil {
		return err
	}
	m.fill(fields)
	return nil
}

// nextDue is when something is to be done again; the zero time for never.
func nextDue(ctx context.Context, tx db.Tx) (at time.Time, err error) {
	var next *time.Time
	err = tx.QueryRowContext(ctx, `select min(due_at) from letter_delivery where state in ('waiting', 'sending')`).Scan(&next)
	if next != nil {
		at = *next
	}
	return at, err
}

// The outcome is written only by the worker that holds the message.
const holds = ` where id = ? and attempt = ? and state = 'sending'`

// endParcel writes that a message was sent, kept or given up, and says whether that was news. What it said is emptied once
// nobody waits for it: a simulator alone keeps what it sent.
func endParcel(ctx context.Context, tx db.Tx, p parcel, state, reason string) (news bool, err error) {
	res, err := tx.ExecContext(ctx, `
		update letter_delivery set state = ?, ended_at = ?, error = ?, fields = case when ? = 'kept' then fields end`+holds,
		state, tx.Now(), reason, state, p.id, p.attempt)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	if err != nil || n == 0 {
		return false, err
	}
	if state != stateFailed {
		err = spend(ctx, tx, p.channel, p.payer, 1, 0)
	}
	if err != nil || state == stateKept {
		return true, err
	}
	return true, emptyLetter(ctx, tx, p.letter)
}

func emptyLetter(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `
		update letter l set body_text = '', body_html = ''
		where id = ? and not exists (select from letter_delivery d where d.tenant_id = l.tenant_id and d.letter_id = l.id and d.state in ('waiting', 'sending', 'kept'))`,
		id)
	return err
}

func postpone(ctx context.Context, tx db.Tx, p parcel, due time.Time, reason string) error {
	_, err := tx.ExecContext(ctx, `update letter_delivery set state = 'waiting', due_at = ?, error = ?`+holds, due, reason, p.id, p.attempt)
	return err
}

// release gives back what could not be tried, as if nobody had taken it.
func release(ctx context.Context, tx db.Tx, p parcel, due time.Time) error {
	_, err := tx.ExecContext(ctx, `update letter_delivery set state = 'waiting', attempt = attempt - 1, due_at = ?`+holds, due, p.id, p.attempt)
	return err
}

// recall leaves alone what a worker holds: it may be in somebody's hands already.
func recall(ctx context.Context, tx db.Tx, notice, person uuid.UUID) ([]uuid.UUID, error) {
	var rows []struct {
		ID     uuid.UUID `bun:"id"`
		Letter uuid.UUID `bun:"letter_id"`
	}
	err := tx.NewRaw(`
		with chosen as (
			select id from letter_delivery where notice_id = ? and (?::uuid is null or person_id = ?) and state = 'waiting' for update
		), gone as (
			delete from letter_delivery d using chosen c where d.id = c.id and d.attempt = 0 returning d.id, d.letter_id
		), ended as (
			update letter_delivery d set state = 'failed', ended_at = ?, fields = null from chosen c where d.id = c.id and d.attempt > 0 returning d.id, d.letter_id
		)
		select id, letter_id from gone union all select id, letter_id from ended`,
		notice, orNull(person), orNull(person), tx.Now()).Scan(ctx, &rows)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	ids, letters := make([]uuid.UUID, len(rows)), make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i], letters[i] = r.ID, r.Letter
	}
	for _, sql := range []string{
		`delete from letter l where id in (?) and not exists (select from letter_delivery d where d.tenant_id = l.tenant_id and d.letter_id = l.id)`,
		`update letter l set body_text = '', body_html = '' where id in (?) and not exists (select from letter_delivery d
			where d.tenant_id = l.tenant_id and d.letter_id = l.id and d.state in ('waiting', 'sending', 'kept'))`} {
		if _, err := tx.NewRaw(sql, bun.List(letters)).Exec(ctx); err != nil {
			return nil, err
		}
	}
	return ids, nil
}
