package notice

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/mail"
)

func selectProgress(ctx context.Context, tx db.Tx, id uuid.UUID) (p Progress, found bool, err error) {
	var ladder []string
	var waits []int
	var next, ended *time.Time
	row := struct {
		Ladder  []string   `bun:"ladder,array"`
		Waits   []int      `bun:"waits,array"`
		EndedAt *time.Time `bun:"ended_at"`
		SentAt  time.Time  `bun:"sent_at"`
		Urgent  bool       `bun:"urgent"`
	}{}
	err = tx.NewRaw(`select ladder, waits, ended_at, sent_at, urgent from notice where id = ? and withdrawn_at is null`, id).Scan(ctx, &row)
	if db.NoRows(err) {
		return p, false, nil
	}
	if err != nil {
		return p, false, err
	}
	ladder, waits, ended = row.Ladder, row.Waits, row.EndedAt
	p = Progress{ID: id, Ladder: ladderOf(ladder, waits), SentAt: row.SentAt, Urgent: row.Urgent, By: map[string]int{}, Ways: map[Channel]Way{}}
	if ended != nil {
		p.EndedAt = *ended
	}
	err = tx.QueryRowContext(ctx, `
		select count(*), count(acknowledged_at), count(read_at), count(next_at), count(*) filter (where next_at is null and acknowledged_at is null), min(next_at)
		from notice_person where notice_id = ?`, id).Scan(&p.People, &p.Acknowledged, &p.Read, &p.Climbing, &p.Exhausted, &next)
	if err != nil {
		return p, false, err
	}
	if next != nil {
		p.NextAt = *next
	}
	var by []struct {
		By string `bun:"acknowledged_by"`
		N  int    `bun:"n"`
	}
	if err = tx.NewRaw(`select acknowledged_by, count(*) as n from notice_person where notice_id = ? and acknowledged_at is not null group by 1`, id).Scan(ctx, &by); err != nil {
		return p, false, err
	}
	for _, b := range by {
		p.By[b.By] = b.N
	}
	var ways []struct {
		Channel   string `bun:"channel"`
		Payer     string `bun:"payer"`
		Taken     int    `bun:"taken"`
		NoAddress int    `bun:"no_address"`
		Closed    int    `bun:"closed"`
		Waiting   int    `bun:"waiting"`
		Failed    int    `bun:"failed"`
		Cost      int64  `bun:"cost"`
	}
	err = tx.NewRaw(`
		select w.channel, max(w.payer) as payer, count(*) filter (where w.outcome in ('sent', 'shown', 'printed', 'waiting')) as taken,
		       count(*) filter (where w.outcome in ('no_address', 'bounced')) as no_address, count(*) filter (where w.outcome = 'closed') as closed,
		       count(*) filter (where w.outcome = 'waiting') as waiting, count(*) filter (where 'failed' in (d.state, d.heard) and w.outcome <> 'withdrawn') as failed,
		       coalesce(sum(d.cost), 0) as cost
		from notice_way w
		left join letter_delivery d on d.tenant_id = w.tenant_id and d.id = w.delivery_id
		where w.notice_id = ?
		group by w.channel`, id).Scan(ctx, &ways)
	for _, w := range ways {
		p.Ways[Channel(w.Channel)] = Way{Taken: w.Taken, NoAddress: w.NoAddress, Closed: w.Closed, Waiting: w.Waiting, Failed: w.Failed, Payer: w.Payer, Cost: mail.MicroEuros(w.Cost)}
	}
	return p, err == nil, err
}

func selectLedger(ctx context.Context, tx db.Tx, id uuid.UUID, page LedgerPage) ([]Reached, error) {
	var rows []struct {
		Person    uuid.UUID  `bun:"person_id"`
		Name      string     `bun:"name"`
		About     string     `bun:"about_names"`
		VisibleAt time.Time  `bun:"visible_at"`
		ReadAt    *time.Time `bun:"read_at"`
		AckAt     *time.Time `bun:"acknowledged_at"`
		AckBy     string     `bun:"acknowledged_by"`
		NextAt    *time.Time `bun:"next_at"`
		Attempts  []byte     `bun:"attempts"`
	}
	err := tx.NewRaw(`
		select p.person_id, p.name, p.about_names, p.visible_at, p.read_at, p.acknowledged_at, p.acknowledged_by, p.next_at, (
			select json_agg(json_build_object('channel', w.channel, 'at', w.taken_at, 'outcome', w.outcome, 'payer', w.payer,
			         'delivery', case when d.heard = 'failed' then d.heard else coalesce(d.state, '') end, 'error', coalesce(d.error, '')) order by w.taken_at, w.channel)
			from notice_way w left join letter_delivery d on d.tenant_id = w.tenant_id and d.id = w.delivery_id
			where w.tenant_id = p.tenant_id and w.notice_id = p.notice_id and w.person_id = p.person_id) as attempts
		from notice_person p
		where p.notice_id = ? and (not ? or p.acknowledged_at is null) and (p.name, p.person_id) > (?, ?::uuid)
		order by p.name, p.person_id
		limit ?`, id, page.Left, page.AfterName, page.After, page.Limit).Scan(ctx, &rows)
	if err != nil {
		return nil, err
	}
	list := make([]Reached, len(rows))
	for i, r := range rows {
		list[i] = Reached{Person: r.Person, Name: r.Name, AboutNames: r.About, VisibleAt: r.VisibleAt, ReadAt: orZero(r.ReadAt), AcknowledgedAt: orZero(r.AckAt),
			AcknowledgedBy: r.AckBy, NextAt: orZero(r.NextAt)}
		if list[i].Attempts, err = readAttempts(r.Attempts); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func orZero(at *time.Time) time.Time {
	if at == nil {
		return time.Time{}
	}
	return *at
}

func hasten(ctx context.Context, tx db.Tx, id uuid.UUID) (int, error) {
	res, err := tx.ExecContext(ctx, `update notice_person set next_at = ? where notice_id = ? and acknowledged_at is null and next_at > ?`, tx.Now(), id, tx.Now())
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

func end(ctx context.Context, tx db.Tx, id uuid.UUID) (people []uuid.UUID, err error) {
	err = tx.NewRaw(`
		with over as (update notice set ended_at = ? where id = ? and ended_at is null returning id)
		update notice_person p set next_at = null from over o where p.notice_id = o.id and p.acknowledged_at is null returning p.person_id`,
		tx.Now(), id).Scan(ctx, &people)
	return people, err
}

func markPrinted(ctx context.Context, tx db.Tx, id uuid.UUID) (people []uuid.UUID, err error) {
	err = tx.NewRaw(`update notice_way set outcome = 'printed' where notice_id = ? and channel = 'letter' and outcome = 'waiting' returning person_id`, id).Scan(ctx, &people)
	return people, err
}

// leaveUnprinted withdraws the letters that wait for a printer: of one person, or of all.
func leaveUnprinted(ctx context.Context, tx db.Tx, notice, person uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `update notice_way set outcome = 'withdrawn' where notice_id = ?0 and outcome = 'waiting' and (?1 = ?2::uuid or person_id = ?1)`,
		notice, person, uuid.Nil)
	if err != nil {
		return fmt.Errorf("withdraw letters that wait for a printer: %w", err)
	}
	return nil
}

// hastenOne takes the next way at once for somebody whom the last one did not reach.
func hastenOne(ctx context.Context, tx db.Tx, notice, person uuid.UUID) (int64, error) {
	res, err := tx.ExecContext(ctx, `update notice_person set next_at = ? where notice_id = ? and person_id = ? and acknowledged_at is null and next_at > ?`,
		tx.Now(), notice, person, tx.Now())
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}
