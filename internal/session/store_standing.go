package session

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/mail"
	"elyco/internal/school"
)

func selectStandings(ctx context.Context, tx db.Tx, people []school.PersonID) ([]AccountStanding, error) {
	var rows []struct {
		Person  uuid.UUID           `bun:"person_id"`
		Login   string              `bun:"login"`
		State   string              `bun:"state"`
		SeenAt  sql.Null[time.Time] `bun:"seen_at"`
		Coded   sql.Null[time.Time] `bun:"coded_at"`
		Reason  string              `bun:"blocked_reason"`
		Address string              `bun:"address"`
	}
	err := tx.NewRaw(`
		select a.person_id, a.login, a.state, a.seen_at, a.blocked_reason, c.created_at as coded_at, coalesce(e.value, '') as address
		from account a
		left join activation_code c on c.tenant_id = a.tenant_id and c.person_id = a.person_id and c.expires_at > ?
		left join account_contact e on e.tenant_id = a.tenant_id and e.person_id = a.person_id and e.kind = 'email'
		where a.tenant_id = 1 and a.person_id = any (?::text[]::uuid[])`, tx.Now(), idsOf(people)).Scan(ctx, &rows)
	list := make([]AccountStanding, len(rows))
	for i, r := range rows {
		list[i] = AccountStanding{Person: school.PersonID{UUID: r.Person}, Login: r.Login, State: r.State, SeenAt: r.SeenAt.V, Coded: r.Coded.V, Reason: r.Reason, Address: r.Address}
	}
	return list, err
}

func blockAccount(ctx context.Context, tx db.Tx, who school.PersonID, reason string) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		with ended as (delete from sign_on where tenant_id = 1 and person_id = ?0),
		codes as (delete from activation_code where tenant_id = 1 and person_id = ?0),
		links as (delete from recovery_link where tenant_id = 1 and person_id = ?0)
		update account set state = 'blocked', blocked_at = ?1, blocked_reason = ?2
		where tenant_id = 1 and person_id = ?0 and state <> 'blocked'`, who.UUID, tx.Now(), reason)
	return touched(res, err)
}

func unblockAccount(ctx context.Context, tx db.Tx, who school.PersonID) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		update account set state = case when password_hash = '' then 'pending' else 'active' end, blocked_at = null, blocked_reason = ''
		where tenant_id = 1 and person_id = ? and state = 'blocked'`, who.UUID)
	return touched(res, err)
}

func touched(res sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

func selectAddresses(ctx context.Context, tx db.Tx, people []school.PersonID) (map[school.PersonID]mail.Recipient, error) {
	var rows []struct {
		Person  uuid.UUID `bun:"id"`
		Name    string    `bun:"name"`
		Address string    `bun:"address"`
	}
	err := tx.NewRaw(`
		select p.id, p.given_name || ' ' || p.family_name as name, coalesce(c.value, p.email, '') as address
		from person p
		left join account_contact c on c.tenant_id = p.tenant_id and c.person_id = p.id and c.kind = 'email'
		where p.tenant_id = 1 and p.id = any (?::text[]::uuid[]) and coalesce(c.value, p.email, '') <> ''`, idsOf(people)).Scan(ctx, &rows)
	out := make(map[school.PersonID]mail.Recipient, len(rows))
	for _, r := range rows {
		if address, bad := mail.CleanAddress(r.Address); bad == nil {
			out[school.PersonID{UUID: r.Person}] = mail.Recipient{Person: r.Person, Name: r.Name, Address: address}
		}
	}
	return out, err
}
