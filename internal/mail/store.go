package mail

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
)

type stored struct {
	ID                           uuid.UUID
	Kind, Channel, Site, Subject string
	Text, HTML                   string
}

func insertLetter(ctx context.Context, tx db.Tx, l stored, to []Recipient) error {
	_, err := tx.ExecContext(ctx, `insert into letter (id, kind, channel, site, subject, body_text, body_html, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)`,
		l.ID, l.Kind, l.Channel, l.Site, l.Subject, l.Text, l.HTML, tx.Now())
	if err != nil {
		return err
	}
	ids, people, names, addresses := make([]string, len(to)), make([]string, len(to)), make([]string, len(to)), make([]string, len(to))
	for i, r := range to {
		ids[i], names[i], addresses[i] = uuid.Must(uuid.NewV7()).String(), r.Name, r.Address
		if r.Person != uuid.Nil {
			people[i] = r.Person.String()
		}
	}
	_, err = tx.ExecContext(ctx, `
		insert into letter_delivery (id, letter_id, person_id, name, address, due_at)
		select d.id::uuid, ?, nullif(d.person, '')::uuid, d.name, d.address, ?
		from unnest(?::text[], ?::text[], ?::text[], ?::text[]) as d (id, person, name, address)`,
		l.ID, tx.Now(), pgdialect.Array(ids), pgdialect.Array(people), pgdialect.Array(names), pgdialect.Array(addresses))
	return err
}

// parcel is one message, as a worker holds it.
type parcel struct {
	id, letter uuid.UUID
	attempt    int
	channel    string
	message    Message
}

// claimParcel takes the message that has waited longest, for as long as the lease. Rows that another worker holds are
// passed over.
func claimParcel(ctx context.Context, tx db.Tx, lease time.Duration) (p parcel, found bool, err error) {
	err = tx.QueryRowContext(ctx, `
		update letter_delivery d set state = 'sending', attempt = d.attempt + 1, due_at = ?
		from letter l
		where l.tenant_id = d.tenant_id and l.id = d.letter_id and d.id = (
			select id from letter_delivery
			where state in ('waiting', 'sending') and due_at <= ?
			order by due_at limit 1
			for update skip locked)
		returning d.id, l.id, d.attempt, l.channel, l.site, l.subject, l.body_text, l.body_html, l.created_at, d.name, d.address`,
		tx.Now().Add(lease), tx.Now()).
		Scan(&p.id, &p.letter, &p.attempt, &p.channel, &p.message.Site, &p.message.Subject, &p.message.Text, &p.message.HTML, &p.message.At, &p.message.Name, &p.message.Address)
	if db.NoRows(err) {
		return parcel{}, false, nil
	}
	p.message.ID = p.id
	return p, err == nil, err
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

// endParcel writes that a message was sent, kept or given up, and empties the letter when that was the last one waiting for
// it: a simulator alone keeps what it sent.
func endParcel(ctx context.Context, tx db.Tx, p parcel, state, reason string) error {
	_, err := tx.ExecContext(ctx, `update letter_delivery set state = ?, ended_at = ?, error = ?`+holds, state, tx.Now(), reason, p.id, p.attempt)
	if err != nil || state == stateKept {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		update letter l set body_text = '', body_html = ''
		where id = ? and not exists (select from letter_delivery d where d.tenant_id = l.tenant_id and d.letter_id = l.id and d.state in ('waiting', 'sending', 'kept'))`,
		p.letter)
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

func selectSent(ctx context.Context, tx db.Tx, before uuid.UUID, failed bool, limit int) ([]Sent, error) {
	q := tx.NewSelect().TableExpr("letter_delivery as d").
		Join("join letter as l on l.tenant_id = d.tenant_id and l.id = d.letter_id").
		ColumnExpr("d.id, l.kind, l.channel, l.subject, d.name, d.address, d.state, d.attempt, l.created_at, d.ended_at, d.error, l.body_text <> '' as readable").
		OrderExpr("d.id desc").Limit(int64(limit))
	if before != uuid.Nil {
		q = q.Where("d.id < ?", before)
	}
	if failed {
		q = q.Where("d.state = 'failed'")
	}
	var list []Sent
	return list, q.Scan(ctx, &list)
}

func selectText(ctx context.Context, tx db.Tx, id uuid.UUID) (s Sent, text, html string, err error) {
	err = tx.QueryRowContext(ctx, `
		select d.id, l.kind, l.channel, l.subject, d.name, d.address, d.state, d.attempt, l.created_at, d.error, l.body_text, l.body_html
		from letter_delivery d join letter l on l.tenant_id = d.tenant_id and l.id = d.letter_id
		where d.id = ?`, id).Scan(&s.ID, &s.Kind, &s.Channel, &s.Subject, &s.Name, &s.Address, &s.State, &s.Attempt, &s.CreatedAt, &s.Error, &text, &html)
	s.Readable = text != ""
	return s, text, html, err
}
