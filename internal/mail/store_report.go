package mail

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
)

// held is a message about which something is heard, with its row locked.
type held struct {
	id, letter, notice, person uuid.UUID
	channel, payer             string
	state, heard               string
	written                    time.Time
	address                    string
	cost                       MicroEuros
}

func selectHeld(ctx context.Context, tx db.Tx, channel string, id uuid.UUID) (h held, err error) {
	var notice, person *uuid.UUID
	err = tx.QueryRowContext(ctx, `
		select d.id, d.letter_id, d.notice_id, d.person_id, l.channel, l.payer, d.state, d.heard, l.created_at, d.address, d.cost
		from letter_delivery d join letter l on l.tenant_id = d.tenant_id and l.id = d.letter_id
		where d.id = ? and l.channel = ? for update of d`, id, channel).
		Scan(&h.id, &h.letter, &notice, &person, &h.channel, &h.payer, &h.state, &h.heard, &h.written, &h.address, &h.cost)
	if notice != nil {
		h.notice = *notice
	}
	if person != nil {
		h.person = *person
	}
	if h.state == stateFailed && h.heard == "" {
		h.heard = Failed
	}
	return h, err
}

func raiseCost(ctx context.Context, tx db.Tx, h held, more MicroEuros) error {
	if _, err := tx.ExecContext(ctx, `update letter_delivery set cost = cost + ? where id = ?`, int64(more), h.id); err != nil {
		return err
	}
	return spend(ctx, tx, h.channel, h.payer, 0, more)
}

// moveOn writes what is heard, and what it implies: what was answered was delivered. A message of which anything is heard has
// been handed over, even if whoever took it died before saying so: nobody sends it again.
func moveOn(ctx context.Context, tx db.Tx, h held, r Report) error {
	_, err := tx.ExecContext(ctx, `
		update letter_delivery set heard = ?0,
			state = case when state in ('waiting', 'sending') then 'sent' else state end,
			ended_at = coalesce(ended_at, ?1::timestamptz),
			error = case when ?0 = 'failed' then ?2 else '' end,
			delivered_at = case when ?0 in ('delivered', 'answered', 'acknowledged') then coalesce(delivered_at, ?1::timestamptz) end,
			answered_at = case when ?0 in ('answered', 'acknowledged') then coalesce(answered_at, ?1::timestamptz) end,
			acknowledged_at = case when ?0 = 'acknowledged' then ?1::timestamptz end
		where id = ?3`, r.Event, r.At, r.Reason, h.id)
	if err != nil || h.state != stateWaiting && h.state != stateSending {
		return err
	}
	if err := spend(ctx, tx, h.channel, h.payer, 1, 0); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `update letter_delivery set fields = null where id = ?`, h.id); err != nil {
		return err
	}
	return emptyLetter(ctx, tx, h.letter)
}
