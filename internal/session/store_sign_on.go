package session

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/words"
)

// attempt is what a try may know before the password is looked at.
type attempt struct {
	allowed  bool
	lastAt   time.Time // of the last evaluated try, when not allowed
	failures int       // of the network, in this window
	person   uuid.UUID
	login    string
	name     string
	phc      string // empty: no such account, or a blocked one
	factor   bool   // the password alone does not suffice
}

// countTry takes one of the account's tries and reads the account, in one statement: tries that come together cannot
// pass the limit together. The count starts again after a window without an evaluated try.
const countTry = `
	with tried as (
	  insert into sign_in_failure as f (subject, failures, last_at) values (?0, 1, ?1)
	  on conflict (tenant_id, subject) do update
	  set failures = case when f.last_at <= ?2 then 1 else f.failures + 1 end, last_at = excluded.last_at
	  where f.last_at <= ?2 or f.failures < ?3
	  returning failures
	)
	select exists (select from tried),
	       coalesce((select last_at from sign_in_failure where tenant_id = 1 and subject = ?0), ?1),
	       coalesce((select failures from sign_in_failure where tenant_id = 1 and subject = ?4), 0),
	       a.person_id, coalesce(a.login, ''), coalesce(p.given_name || ' ' || p.family_name, ''), coalesce(a.password_hash, ''), a.factor_since is not null
	from (select) nobody
	left join account a on a.tenant_id = 1 and a.state = 'active' and `

const personOfAccount = ` left join person p on p.tenant_id = a.tenant_id and p.id = a.person_id`

func tryLogin(ctx context.Context, tx db.Tx, login, network string) (attempt, error) {
	return scanAttempt(tx.QueryRowContext(ctx, countTry+`a.login = ?5`+personOfAccount,
		accountSubject(login), tx.Now(), tx.Now().Add(-window), tries, networkSubject(network, tx.Now()), login))
}

// tryPerson counts the tries of somebody who is signed in and gives the present password again.
func tryPerson(ctx context.Context, tx db.Tx, who school.PersonID) (attempt, error) {
	return scanAttempt(tx.QueryRowContext(ctx, countTry+`a.person_id = ?5`+personOfAccount,
		personSubject(who), tx.Now(), tx.Now().Add(-window), tries, "", who.UUID))
}

func personSubject(who school.PersonID) string { return "p:" + who.String() }

func scanAttempt(row *sql.Row) (attempt, error) {
	var a attempt
	var person uuid.NullUUID
	err := row.Scan(&a.allowed, &a.lastAt, &a.failures, &person, &a.login, &a.name, &a.phc, &a.factor)
	a.person = person.UUID
	return a, err
}

func countNetworkFailure(ctx context.Context, tx db.Tx, network string) error {
	_, err := tx.ExecContext(ctx, `
		insert into sign_in_failure as f (subject, failures, last_at) values (?, 1, ?)
		on conflict (tenant_id, subject) do update set failures = f.failures + 1, last_at = excluded.last_at`,
		networkSubject(network, tx.Now()), tx.Now())
	return err
}

// opening is a sign-on about to be written, with the session of the host that asked for it.
type opening struct {
	signOn    uuid.UUID
	person    uuid.UUID
	host      school.ScopeID
	token     Token
	device    string
	network   string
	subject   string // whose failures are forgotten
	phc       string // the stored password that was matched
	freshPHC  string // what it is replaced by, when its cost is no longer the present one
	supersede uuid.UUID
}

// open writes the sign-on and its first session, forgets the account's failures, renews the stored password and ends
// the sign-on that this browser had before. It does nothing when the account changed since it was read.
func open(ctx context.Context, tx db.Tx, o opening) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		with known as (
		  select person_id from account
		  where tenant_id = 1 and person_id = ?0 and state = 'active' and password_hash = ?1
		), forgotten as (
		  delete from sign_in_failure where tenant_id = 1 and subject = ?2 and exists (select from known)
		), superseded as (
		  delete from sign_on where tenant_id = 1 and id = ?3 and exists (select from known)
		), renewed as (
		  update account set password_hash = ?4
		  where tenant_id = 1 and person_id = (select person_id from known) and ?4 <> ''
		), opened as (
		  insert into sign_on (id, person_id, device, network, created_at, seen_at, proved_at, expires_at)
		  select ?5, person_id, ?6, ?7, ?8, ?8, ?8, ?9 from known
		), counted as (
		  insert into connection_count as c (space_id, day, connections) select ?11, ?13::date, 1 from known
		  on conflict (tenant_id, space_id, day) do update set connections = c.connections + 1
		)
		insert into session (token_hash, sign_on_id, host_scope, person_id, expires_at)
		select ?10, ?5, ?11, person_id, ?12 from known`,
		o.person, o.phc, o.subject, o.supersede, o.freshPHC, o.signOn, o.device, o.network, tx.Now(), tx.Now().Add(idle),
		o.token.hash(), int64(o.host), tx.Now().Add(lifetime), today(tx))
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

func insertTicket(ctx context.Context, tx db.Tx, ticket Token, p Passage) error {
	_, err := tx.ExecContext(ctx, `
		insert into sign_on_ticket (ticket_hash, sign_on_id, host_scope, return_path, seal, expires_at)
		values (?, ?, ?, ?, ?, ?)`,
		ticket.hash(), p.SignOn, int64(p.To.ID), p.Path, []byte(p.Seal), tx.Now().Add(ticketLife))
	return err
}

// redeem uses a ticket up and opens the host's session. However many come at once, the delete lets one through.
func redeem(ctx context.Context, tx db.Tx, l landing) (o Opened, err error) {
	row := tx.QueryRowContext(ctx, `
		with used as (
		  delete from sign_on_ticket
		  where tenant_id = 1 and ticket_hash = ?0 and host_scope = ?1 and seal = ?2 and expires_at > ?3
		  returning sign_on_id, return_path
		), alive as (
		  select o.id, o.person_id, o.created_at, u.return_path
		  from used u
		  join sign_on o on o.tenant_id = 1 and o.id = u.sign_on_id and o.expires_at > ?3
		  join account a on a.tenant_id = 1 and a.person_id = o.person_id and a.state = 'active'
		), superseded as (
		  delete from sign_on where tenant_id = 1 and id = ?4 and id <> (select id from alive)
		), opened as (
		  insert into session (token_hash, sign_on_id, host_scope, person_id, expires_at)
		  select ?5, id, ?1, person_id, created_at + ?6::interval from alive
		), counted as (
		  insert into connection_count as c (space_id, day, connections) select ?1, ?7::date, 1 from alive
		  on conflict (tenant_id, space_id, day) do update set connections = c.connections + 1
		)
		select id, person_id, return_path from alive`,
		l.ticket.hash(), int64(l.host), []byte(l.seal), tx.Now(), l.supersede, l.token.hash(), seconds(lifetime), today(tx))
	err = row.Scan(&o.SignOn, &o.Person.UUID, &o.Path)
	if db.NoRows(err) {
		return Opened{}, nil
	}
	o.Token = l.token
	return o, err
}

// today is the day on which a school counts a connection: its own, not that of UTC.
func today(tx db.Tx) string { return tx.Now().In(words.Zone()).Format(time.DateOnly) }

func seconds(d time.Duration) string { return fmt.Sprintf("%d seconds", int(d.Seconds())) }

func deleteSignOn(ctx context.Context, tx db.Tx, who school.PersonID, id uuid.UUID) (int64, error) {
	res, err := tx.ExecContext(ctx, `delete from sign_on where tenant_id = 1 and id = ? and person_id = ?`, id, who.UUID)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func deleteSignOns(ctx context.Context, tx db.Tx, who school.PersonID, but uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `delete from sign_on where tenant_id = 1 and person_id = ? and id <> ?`, who.UUID, but)
	return err
}

func selectSignOns(ctx context.Context, tx db.Tx, who school.PersonID) ([]SignOn, error) {
	var list []SignOn
	err := tx.NewSelect().TableExpr("sign_on").
		ColumnExpr("id, device, network, created_at, seen_at").
		Where("tenant_id = 1 and person_id = ? and expires_at > ?", who.UUID, tx.Now()).
		OrderExpr("seen_at desc, id").Limit(listed).Scan(ctx, &list)
	return list, err
}

func updatePassword(ctx context.Context, tx db.Tx, who school.PersonID, old, fresh string) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		with forgotten as (delete from sign_in_failure where tenant_id = 1 and subject = ?)
		update account set password_hash = ?, changed_at = ?
		where tenant_id = 1 and person_id = ? and state = 'active' and password_hash = ?`,
		personSubject(who), fresh, tx.Now(), who.UUID, old)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// updatePreview keeps what the person's session on the actor's host looks through; nothing ends it.
func updatePreview(ctx context.Context, tx db.Tx, by school.Actor, body []byte) error {
	var preview any
	if body != nil {
		preview = string(body)
	}
	_, err := tx.ExecContext(ctx, `update session set preview = ?::jsonb where tenant_id = 1 and sign_on_id = ? and host_scope = ? and person_id = ?`,
		preview, by.SignOn, int64(by.Scope), by.Person.UUID)
	return err
}

func updateComfort(ctx context.Context, tx db.Tx, who school.PersonID, comfort []byte) error {
	_, err := tx.ExecContext(ctx, `update account set comfort = ?::jsonb where tenant_id = 1 and person_id = ?`, string(comfort), who.UUID)
	return err
}
