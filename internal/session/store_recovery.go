package session

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
)

// tryRecovery takes one of the wishes that a name has, and one of its network's: a name is counted whether it exists or not.
func tryRecovery(ctx context.Context, tx db.Tx, asked, network string) (allowed bool, ofNetwork int, err error) {
	err = tx.QueryRowContext(ctx, `
		with tried as (
		  insert into sign_in_failure as f (subject, failures, last_at) values (?0, 1, ?1)
		  on conflict (tenant_id, subject) do update
		  set failures = case when f.last_at <= ?2 then 1 else f.failures + 1 end, last_at = excluded.last_at
		  where f.last_at <= ?2 or f.failures < ?3
		  returning failures
		), network as (
		  insert into sign_in_failure as f (subject, failures, last_at) values (?4, 1, ?1)
		  on conflict (tenant_id, subject) do update set failures = f.failures + 1, last_at = excluded.last_at
		  returning failures
		)
		select exists (select from tried), (select failures from network)`,
		"r"+accountSubject(asked), tx.Now(), tx.Now().Add(-window), recoveries, "r"+networkSubject(network, tx.Now())).Scan(&allowed, &ofNetwork)
	return allowed, ofNetwork, err
}

func insertRecovery(ctx context.Context, tx db.Tx, id uuid.UUID, asked string, space school.ScopeID) error {
	_, err := tx.ExecContext(ctx, `insert into recovery_request (id, asked, space_id, created_at) values (?, ?, ?, ?)`, id, asked, int64(space), tx.Now())
	return err
}

// takeRecovery uses a wish up and finds the accounts that it means: one by its login, or those whose shown address it is.
func takeRecovery(ctx context.Context, tx db.Tx, id uuid.UUID) ([]Recovering, error) {
	var rows []struct {
		Person  uuid.UUID `bun:"person_id"`
		Space   int64     `bun:"space_id"`
		Given   string    `bun:"given_name"`
		Login   string    `bun:"login"`
		Address string    `bun:"value"`
	}
	err := tx.NewRaw(`
		with wish as (
		  delete from recovery_request where tenant_id = 1 and id = ?0 and created_at > ?1 returning asked, space_id
		), meant as (
		  select a.person_id from wish w join account a on a.tenant_id = 1 and a.login = w.asked
		  union
		  select c.person_id from wish w join account_contact c on c.tenant_id = 1 and c.kind = 'email' and lower(c.value) = w.asked
		)
		select a.person_id, (select space_id from wish) as space_id, p.given_name, a.login, c.value
		from meant m
		join account a on a.tenant_id = 1 and a.person_id = m.person_id and a.state = 'active'
		join person p on p.tenant_id = 1 and p.id = a.person_id
		join account_contact c on c.tenant_id = 1 and c.person_id = a.person_id and c.kind = 'email'
		order by a.login limit ?2`, id, tx.Now().Add(-24*time.Hour), mostOfAddress).Scan(ctx, &rows)
	found := make([]Recovering, len(rows))
	for i, r := range rows {
		found[i] = Recovering{Person: school.PersonID{UUID: r.Person}, Space: school.ScopeID(r.Space), Given: r.Given, Login: r.Login, Address: r.Address}
	}
	return found, err
}

func insertLink(ctx context.Context, tx db.Tx, r Recovering, until time.Time) error {
	_, err := tx.ExecContext(ctx, `insert into recovery_link (token_hash, person_id, created_at, expires_at) values (?, ?, ?, ?)`,
		r.Token.hash(), r.Person.UUID, tx.Now(), until)
	return err
}

func findLink(ctx context.Context, tx db.Tx, token Token) (m met, err error) {
	err = tx.QueryRowContext(ctx, `
		select a.person_id, p.given_name, p.given_name || ' ' || p.family_name, a.login
		from recovery_link l
		join account a on a.tenant_id = 1 and a.person_id = l.person_id and a.state = 'active'
		join person p on p.tenant_id = 1 and p.id = l.person_id
		where l.tenant_id = 1 and l.token_hash = ? and l.expires_at > ?`, token.hash(), tx.Now()).
		Scan(&m.person, &m.given, &m.name, &m.login)
	if db.NoRows(err) {
		return met{}, nil
	}
	return m, err
}

// useLink takes the link, and with it every other one of the account, and sets the password. It returns the shown address.
func useLink(ctx context.Context, tx db.Tx, token Token, who school.PersonID, phc string) (address string, used bool, err error) {
	err = tx.QueryRowContext(ctx, `
		with used as (
		  delete from recovery_link where tenant_id = 1 and token_hash = ?0 and person_id = ?1 and expires_at > ?2 returning person_id
		), others as (
		  delete from recovery_link where tenant_id = 1 and person_id = (select person_id from used) and token_hash <> ?0
		), codes as (
		  delete from activation_code where tenant_id = 1 and person_id = (select person_id from used)
		)
		update account a set password_hash = ?3, changed_at = ?2 from used u
		where a.tenant_id = 1 and a.person_id = u.person_id and a.state = 'active'
		returning coalesce((select value from account_contact c where c.tenant_id = 1 and c.person_id = u.person_id and c.kind = 'email'), '')`,
		token.hash(), who.UUID, tx.Now(), phc).Scan(&address)
	if db.NoRows(err) {
		return "", false, nil
	}
	return address, err == nil, err
}
