package session

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/mail"
	"elyco/internal/school"
)

// recognise is one statement: what it asks of the known browsers is what was known before.
func recognise(ctx context.Context, tx db.Tx, signOn uuid.UUID, mark Token, notice uuid.UUID) (told bool, err error) {
	err = tx.QueryRowContext(ctx, `
		with mine as (
		  select id, person_id, device, network from sign_on where tenant_id = 1 and id = ?0
		), mark as (
		  insert into known_device as k (person_id, mark_hash, first_at, last_at) select person_id, ?1, ?2, ?2 from mine
		  on conflict (tenant_id, person_id, mark_hash) do update set last_at = excluded.last_at
		  returning k.first_at
		), since as (
		  update sign_on o set device_since = m.first_at from mark m where o.tenant_id = 1 and o.id = ?0
		), noticed as (
		  insert into sign_in_notice (id, person_id, device, network, at)
		  select ?3, n.person_id, n.device, n.network, ?2 from mine n, mark m
		  where m.first_at = ?2 and exists (select from known_device k where k.tenant_id = 1 and k.person_id = n.person_id)
		  returning person_id
		), alerted as (
		  update account a set alerted_at = ?2 from noticed n where a.tenant_id = 1 and a.person_id = n.person_id
		)
		select exists (select from noticed)`, signOn, mark.hash(), tx.Now(), notice).Scan(&told)
	return told, err
}

// selectTold reads a notice and where its owner is written to; without a shown address the recipient has none. What the
// directory holds does not count: whoever reads it may not be the owner.
func selectTold(ctx context.Context, tx db.Tx, notice uuid.UUID) (n Notice, to mail.Recipient, err error) {
	n.ID = notice
	err = tx.QueryRowContext(ctx, `
		select n.device, n.network, n.at, n.person_id, p.given_name, coalesce(c.value, '')
		from sign_in_notice n
		join person p on p.tenant_id = 1 and p.id = n.person_id
		left join account_contact c on c.tenant_id = 1 and c.person_id = n.person_id and c.kind = 'email'
		where n.tenant_id = 1 and n.id = ?`, notice).Scan(&n.Device, &n.Network, &n.At, &to.Person, &to.Name, &to.Address)
	return n, to, err
}

func accompany(ctx context.Context, tx db.Tx, signOn uuid.UUID, mark Token) error {
	_, err := tx.ExecContext(ctx, `
		insert into known_device (person_id, mark_hash, first_at, last_at) select person_id, ?, ?, ? from sign_on where tenant_id = 1 and id = ?
		on conflict (tenant_id, person_id, mark_hash) do update set last_at = excluded.last_at`,
		mark.hash(), tx.Now(), tx.Now(), signOn)
	return err
}

func selectNotices(ctx context.Context, tx db.Tx, who school.PersonID, since time.Time) ([]Notice, error) {
	var list []Notice
	err := tx.NewSelect().TableExpr("sign_in_notice").ColumnExpr("id, device, network, at").
		Where("tenant_id = 1 and person_id = ? and at > ? and answered_at is null", who.UUID, since).
		OrderExpr("at desc, id").Limit(mostShown).Scan(ctx, &list)
	return list, err
}

// answerNotice answers one and looks for the latest that is left.
func answerNotice(ctx context.Context, tx db.Tx, who school.PersonID, id uuid.UUID, since time.Time) (int64, error) {
	res, err := tx.ExecContext(ctx, `update sign_in_notice set answered_at = ?
		where tenant_id = 1 and id = ? and person_id = ? and at > ? and answered_at is null`, tx.Now(), id, who.UUID, since)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	if err != nil || n == 0 {
		return n, err
	}
	_, err = tx.ExecContext(ctx, `update account set alerted_at = (select max(at) from sign_in_notice where tenant_id = 1 and person_id = ?0 and answered_at is null)
		where tenant_id = 1 and person_id = ?0`, who.UUID)
	return n, err
}

// selectNoticed finds whose open account a notice is about, as long as its link serves.
func selectNoticed(ctx context.Context, tx db.Tx, id uuid.UUID) (person uuid.UUID, found bool, err error) {
	err = tx.QueryRowContext(ctx, `
		select n.person_id from sign_in_notice n
		join account a on a.tenant_id = 1 and a.person_id = n.person_id and a.state = 'active'
		where n.tenant_id = 1 and n.id = ? and n.at > ?`, id, tx.Now().Add(-noticeLife)).Scan(&person)
	if db.NoRows(err) {
		return uuid.Nil, false, nil
	}
	return person, err == nil, err
}

// lockAccount closes the account and forgets all that opened it: whoever came in may have changed the password or added a
// passkey.
func lockAccount(ctx context.Context, tx db.Tx, who school.PersonID) error {
	if err := forgetFactors(ctx, tx, who); err != nil {
		return err
	}
	for _, sql := range []string{
		`update account set state = 'blocked', password_hash = '', locked_at = ?1, alerted_at = null where tenant_id = 1 and person_id = ?0 and state = 'active'`,
		`update sign_in_notice set answered_at = coalesce(answered_at, ?1) where tenant_id = 1 and person_id = ?0`,
		`delete from known_device where tenant_id = 1 and person_id = ?0`,
	} {
		if _, err := tx.ExecContext(ctx, sql, who.UUID, tx.Now()); err != nil {
			return err
		}
	}
	return nil
}

// forgetFactors leaves an account with its password alone.
func forgetFactors(ctx context.Context, tx db.Tx, who school.PersonID) error {
	for _, sql := range []string{
		`update account set factor_since = null where tenant_id = 1 and person_id = ?`,
		`delete from totp_secret where tenant_id = 1 and person_id = ?`,
		`delete from recovery_code where tenant_id = 1 and person_id = ?`,
		`delete from passkey where tenant_id = 1 and person_id = ?`,
		`delete from sign_in_half where tenant_id = 1 and person_id = ?`,
	} {
		if _, err := tx.ExecContext(ctx, sql, who.UUID); err != nil {
			return err
		}
	}
	return nil
}
