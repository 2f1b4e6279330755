package session

import (
	"context"
	"database/sql"
	"encoding/hex"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/school"
)

func idsOf(people []school.PersonID) any {
	texts := make([]string, len(people))
	for i, p := range people {
		texts[i] = p.String()
	}
	return pgdialect.Array(texts)
}

func openAccounts(ctx context.Context, tx db.Tx, people []school.PersonID) error {
	_, err := tx.ExecContext(ctx, `select open_accounts(?::text[]::uuid[])`, idsOf(people))
	return err
}

func (i Issue) work() uuid.NullUUID { return uuid.NullUUID{UUID: i.Work, Valid: i.Work != uuid.Nil} }

type codeRow struct {
	Person uuid.UUID `bun:"person_id"`
	Login  string    `bun:"login"`
	State  string    `bun:"state"`
	Coded  bool      `bun:"coded"` // has a code that still serves
}

func selectForCodes(ctx context.Context, tx db.Tx, i Issue) ([]codeRow, error) {
	var rows []codeRow
	err := tx.NewRaw(`
		select a.person_id, a.login, a.state, coalesce(c.expires_at > ?0 and (?1::uuid is null or c.work_id is distinct from ?1), false) as coded
		from account a left join activation_code c on c.tenant_id = a.tenant_id and c.person_id = a.person_id
		where a.tenant_id = 1 and a.person_id = any (?2::text[]::uuid[])`, tx.Now(), i.work(), idsOf(i.People)).Scan(ctx, &rows)
	return rows, err
}

// upsertCodes writes the codes of accounts that may still have one: who has been blocked since they were drawn gets none.
func upsertCodes(ctx context.Context, tx db.Tx, a *apps, by school.PersonID, i Issue, drafts []Draft, until time.Time) error {
	if len(drafts) == 0 {
		return nil
	}
	people, hashes := make([]school.PersonID, len(drafts)), make([]string, len(drafts))
	for n, d := range drafts {
		people[n], hashes[n] = d.Person, hex.EncodeToString(a.hashCode("activation", string(d.Code)))
	}
	_, err := tx.ExecContext(ctx, `
		with given as (
			insert into activation_code as c (person_id, code_hash, author_id, space_id, via, created_at, expires_at, work_id)
			select d.person::uuid, decode(d.hash, 'hex'), ?, ?, ?, ?, ?, ?
			from unnest(?::text[], ?::text[]) as d (person, hash)
			join account a on a.tenant_id = 1 and a.person_id = d.person::uuid and (a.state = 'pending' or ? and a.state = 'active')
			on conflict (tenant_id, person_id) do update
			set code_hash = excluded.code_hash, author_id = excluded.author_id, space_id = excluded.space_id, via = excluded.via,
			    created_at = excluded.created_at, expires_at = excluded.expires_at, work_id = excluded.work_id
			returning person_id
		)
		insert into account_event (id, person_id, author_id, author_name, space_id, kind, at)
		select gen_random_uuid(), g.person_id, ?, coalesce(p.given_name || ' ' || p.family_name, ''), ?, 'code', ?
		from given g left join person p on p.tenant_id = 1 and p.id = ?`,
		by.UUID, int64(i.Space), i.Via, tx.Now(), until, i.work(), idsOf(people), pgdialect.Array(hashes), i.Reset, by.UUID, int64(i.Space), tx.Now(), by.UUID)
	return err
}

// met is whose a code is, and how often its network erred.
type met struct {
	person             uuid.UUID
	given, name, login string
	state              string
	space              school.ScopeID
	failures           int
}

func findCode(ctx context.Context, tx db.Tx, hash []byte, network string) (m met, err error) {
	var person uuid.NullUUID
	var space int64
	err = tx.QueryRowContext(ctx, `
		select coalesce((select failures from sign_in_failure where tenant_id = 1 and subject = ?), 0),
		       a.person_id, coalesce(p.given_name, ''), coalesce(p.given_name || ' ' || p.family_name, ''), coalesce(a.login, ''),
		       coalesce(a.state, ''), coalesce(c.space_id, 0)
		from (select) nobody
		left join (activation_code c
			join account a on a.tenant_id = c.tenant_id and a.person_id = c.person_id and a.state in ('pending', 'active')
			join person p on p.tenant_id = c.tenant_id and p.id = c.person_id)
		on c.tenant_id = 1 and c.code_hash = ? and c.expires_at > ?`,
		networkSubject(network, tx.Now()), hash, tx.Now()).
		Scan(&m.failures, &person, &m.given, &m.name, &m.login, &m.state, &space)
	m.person, m.space = person.UUID, school.ScopeID(space)
	return m, err
}

// redeemCode takes the code and sets the password, however many come at once: one. first tells that nobody had the account
// before; nil that the code serves no more.
func redeemCode(ctx context.Context, tx db.Tx, hash []byte, phc string) (first *bool, err error) {
	var was bool
	err = tx.QueryRowContext(ctx, `
		with used as (
			delete from activation_code where tenant_id = 1 and code_hash = ?0 and expires_at > ?1 returning person_id
		), before as (
			select a.person_id, a.state from account a join used u on u.person_id = a.person_id
			where a.tenant_id = 1 and a.state in ('pending', 'active') for update of a
		)
		update account a set password_hash = ?2, state = 'active', changed_at = ?1, charter_at = ?1, activated_at = coalesce(a.activated_at, ?1)
		from before b where a.tenant_id = 1 and a.person_id = b.person_id
		returning b.state = 'pending'`, hash, tx.Now(), phc).Scan(&was)
	if db.NoRows(err) {
		return nil, nil
	}
	return &was, err
}

func forgetFailures(ctx context.Context, tx db.Tx, who school.PersonID) error {
	_, err := tx.ExecContext(ctx, `delete from sign_in_failure where tenant_id = 1 and subject = ?`, personSubject(who))
	return err
}

func insertEvent(ctx context.Context, tx db.Tx, e Event) error {
	_, err := tx.ExecContext(ctx, `
		insert into account_event (id, person_id, author_id, author_name, space_id, kind, at)
		values (?, ?, ?, ?, ?, ?, ?)`, school.NewID(), e.Person.UUID, e.Author.UUID, e.Name, int64(e.Space), e.Kind, tx.Now())
	return err
}

func selectEvents(ctx context.Context, tx db.Tx, who school.PersonID) ([]Event, error) {
	var rows []struct {
		Author sql.Null[uuid.UUID] `bun:"author_id"`
		Name   string              `bun:"author_name"`
		Space  int64               `bun:"space_id"`
		Kind   string              `bun:"kind"`
		At     time.Time           `bun:"at"`
	}
	err := tx.NewSelect().TableExpr("account_event").ColumnExpr("author_id, author_name, space_id, kind, at").
		Where("tenant_id = 1 and person_id = ?", who.UUID).OrderExpr("at desc, id desc").Limit(20).Scan(ctx, &rows)
	events := make([]Event, len(rows))
	for i, r := range rows {
		events[i] = Event{Person: who, Author: school.PersonID{UUID: r.Author.V}, Name: r.Name, Space: school.ScopeID(r.Space), Kind: r.Kind, At: r.At}
	}
	return events, err
}
