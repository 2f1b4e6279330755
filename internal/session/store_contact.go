package session

import (
	"context"
	"database/sql"
	"time"

	"elyco/internal/db"
	"elyco/internal/school"
)

func selectContacts(ctx context.Context, tx db.Tx, who school.PersonID) ([]Contact, error) {
	var rows []struct {
		Kind  string              `bun:"kind"`
		Value string              `bun:"value"`
		At    sql.Null[time.Time] `bun:"verified_at"`
		Spent bool                `bun:"spent"`
	}
	err := tx.NewRaw(`
		select kind, value, verified_at, false as spent from account_contact where tenant_id = 1 and person_id = ?0
		union all
		select kind, value, null, expires_at <= ?1 or tries >= ?2 from contact_check where tenant_id = 1 and person_id = ?0
		order by 3 nulls last, 1`, who.UUID, tx.Now(), proofTries).Scan(ctx, &rows)
	list := make([]Contact, len(rows))
	for i, r := range rows {
		list[i] = Contact{Kind: ContactKind(r.Kind), Value: r.Value, VerifiedAt: r.At.V, Spent: r.Spent}
	}
	return list, err
}

func tryProof(ctx context.Context, tx db.Tx, who school.PersonID) (allowed bool, err error) {
	err = tx.QueryRowContext(ctx, `
		with tried as (
		  insert into sign_in_failure as f (subject, failures, last_at) values (?0, 1, ?1)
		  on conflict (tenant_id, subject) do update
		  set failures = case when f.last_at <= ?2 then 1 else f.failures + 1 end, last_at = excluded.last_at
		  where f.last_at <= ?2 or f.failures < ?3
		  returning failures
		) select exists (select from tried)`, "c"+personSubject(who), tx.Now(), tx.Now().Add(-window), proofsSent).Scan(&allowed)
	return allowed, err
}

func upsertCheck(ctx context.Context, tx db.Tx, p Proof, hash []byte, until time.Time) (name, old string, err error) {
	err = tx.QueryRowContext(ctx, `
		with kept as (
		  insert into contact_check as c (person_id, kind, value, code_hash, created_at, expires_at) values (?0, ?1, ?2, ?3, ?4, ?5)
		  on conflict (tenant_id, person_id, kind) do update
		  set value = excluded.value, code_hash = excluded.code_hash, tries = 0, created_at = excluded.created_at, expires_at = excluded.expires_at
		)
		select p.given_name || ' ' || p.family_name, coalesce(c.value, '')
		from person p left join account_contact c on c.tenant_id = p.tenant_id and c.person_id = p.id and c.kind = ?1
		where p.tenant_id = 1 and p.id = ?0`, p.Person.UUID, string(p.Kind), p.Value, hash, tx.Now(), until).Scan(&name, &old)
	return name, old, err
}

// takeCheck takes one of the tries of a code; hash is nil when none is awaited.
func takeCheck(ctx context.Context, tx db.Tx, who school.PersonID, k ContactKind) (p Proof, hash []byte, tries int, err error) {
	p = Proof{Contact: Contact{Kind: k}, Person: who}
	err = tx.QueryRowContext(ctx, `
		update contact_check c set tries = c.tries + 1
		from person p
		where c.tenant_id = 1 and c.person_id = ?0 and c.kind = ?1 and c.expires_at > ?2 and p.tenant_id = 1 and p.id = c.person_id
		returning c.value, c.code_hash, c.tries, p.given_name || ' ' || p.family_name,
		          coalesce((select value from account_contact o where o.tenant_id = 1 and o.person_id = c.person_id and o.kind = c.kind), '')`,
		who.UUID, string(k), tx.Now()).Scan(&p.Value, &hash, &tries, &p.Name, &p.Old)
	if db.NoRows(err) {
		return p, nil, 0, nil
	}
	return p, hash, tries, err
}

func settleContact(ctx context.Context, tx db.Tx, p Proof) error {
	_, err := tx.ExecContext(ctx, `
		with shown as (delete from contact_check where tenant_id = 1 and person_id = ?0 and kind = ?1)
		insert into account_contact as c (person_id, kind, value, verified_at) values (?0, ?1, ?2, ?3)
		on conflict (tenant_id, person_id, kind) do update set value = excluded.value, verified_at = excluded.verified_at`,
		p.Person.UUID, string(p.Kind), p.Value, tx.Now())
	return err
}

func deleteContact(ctx context.Context, tx db.Tx, who school.PersonID, k ContactKind) (name, old string, err error) {
	err = tx.QueryRowContext(ctx, `
		with waiting as (delete from contact_check where tenant_id = 1 and person_id = ?0 and kind = ?1),
		gone as (delete from account_contact where tenant_id = 1 and person_id = ?0 and kind = ?1 returning value)
		select p.given_name || ' ' || p.family_name, coalesce((select value from gone), '')
		from person p where p.tenant_id = 1 and p.id = ?0`, who.UUID, string(k)).Scan(&name, &old)
	if db.NoRows(err) {
		return "", "", nil
	}
	return name, old, err
}
