package directory

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"elyco/internal/db"
	"elyco/internal/school"
)

// lockDelegations keeps two administrators from taking the administration back from each other at the same instant.
func lockDelegations(ctx context.Context, tx db.Tx) error {
	_, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock(hashtext('delegation'), current_setting('app.tenant')::int)`)
	return err
}

type administratorRow struct {
	PersonID   uuid.UUID `bun:"person_id"`
	Name       string    `bun:"name"`
	Profile    string    `bun:"profile"`
	Function   string    `bun:"function"`
	Standing   bool      `bun:"standing"`
	Delegation uuid.UUID `bun:"delegation"`
	StartsOn   time.Time `bun:"starts_on"`
	EndsOn     time.Time `bun:"ends_on"`
	AuthorID   uuid.UUID `bun:"author_id"`
}

func administrators(ctx context.Context, tx db.Tx, today time.Time) ([]Administrator, error) {
	var rows []administratorRow
	err := tx.NewRaw(`
		select m.person_id, min(m.given_name || ' ' || m.family_name) as name, min(m.profile) as profile, min(m.function) as function,
		       bool_or(m.admin) as standing, coalesce(d.id, '00000000-0000-0000-0000-000000000000') as delegation,
		       coalesce(d.starts_on, '0001-01-01') as starts_on, coalesce(d.ends_on, '0001-01-01') as ends_on,
		       coalesce(d.author_id, '00000000-0000-0000-0000-000000000000') as author_id
		from membership m
		left join delegation d on d.tenant_id = m.tenant_id and d.person_id = m.person_id and d.withdrawn_at is null
		  and (d.ends_on is null or d.ends_on >= ?0)
		where m.starts_on <= ?0 and (m.ends_on is null or m.ends_on >= ?0) and (m.admin or d.id is not null)
		group by m.person_id, d.id, d.starts_on, d.ends_on, d.author_id
		order by name, m.person_id
		limit 200`, today).Scan(ctx, &rows)
	list := make([]Administrator, len(rows))
	for i, r := range rows {
		list[i] = Administrator{Person: school.PersonID{UUID: r.PersonID}, Name: r.Name, Profile: school.Profile(r.Profile), Function: r.Function,
			Standing: r.Standing, Delegation: r.Delegation, GivenBy: school.PersonID{UUID: r.AuthorID}}
		if r.Delegation != uuid.Nil {
			list[i].From = r.StartsOn.UTC()
			if r.EndsOn.Year() > 1 {
				list[i].To = r.EndsOn.UTC()
			}
		}
	}
	return list, err
}

func profilesHeld(ctx context.Context, tx db.Tx, person school.PersonID, day time.Time) ([]school.Profile, error) {
	var profiles []school.Profile
	err := tx.NewSelect().TableExpr("membership").ColumnExpr("profile").
		Where("person_id = ? and starts_on <= ? and (ends_on is null or ends_on >= ?)", person.UUID, day, day).Scan(ctx, &profiles)
	return profiles, err
}

// replaceDelegation ends what the person held and gives what is given. Sent twice, the form gives once.
func replaceDelegation(ctx context.Context, tx db.Tx, by school.PersonID, g Delegation) error {
	if _, err := tx.ExecContext(ctx, `update delegation set withdrawn_at = ? where person_id = ? and withdrawn_at is null and id <> ?`,
		tx.Now(), g.Person.UUID, g.ID); err != nil {
		return err
	}
	var ends any
	if !g.To.IsZero() {
		ends = g.To
	}
	_, err := tx.ExecContext(ctx, `
		insert into delegation (id, person_id, starts_on, ends_on, author_id, given_at) values (?, ?, ?, ?, ?, ?)
		on conflict (tenant_id, id) do nothing`, g.ID, g.Person.UUID, g.From, ends, by.UUID, tx.Now())
	return err
}

func withdraw(ctx context.Context, tx db.Tx, person school.PersonID) error {
	if _, err := tx.ExecContext(ctx, `update delegation set withdrawn_at = ? where person_id = ? and withdrawn_at is null`, tx.Now(), person.UUID); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `update membership set admin = false where person_id = ? and admin`, person.UUID)
	return err
}

func findStaff(ctx context.Context, tx db.Tx, text string, today time.Time) ([]Member, error) {
	var staff []string
	for _, p := range school.Profiles() {
		if p.Adult() {
			staff = append(staff, string(p))
		}
	}
	var rows []struct {
		PersonID   uuid.UUID `bun:"person_id"`
		Profile    string    `bun:"profile"`
		GivenName  string    `bun:"given_name"`
		FamilyName string    `bun:"family_name"`
		Function   string    `bun:"function"`
	}
	like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
	err := tx.NewSelect().TableExpr("membership").ColumnExpr("person_id, profile, given_name, family_name, function").
		Where("profile in (?)", bun.List(staff)).
		Where("starts_on <= ? and (ends_on is null or ends_on >= ?)", today, today).
		Where("unaccent(given_name || ' ' || family_name || ' ' || given_name) ilike unaccent(?)", like).
		OrderExpr("family_name, given_name, person_id, profile").Limit(20).Scan(ctx, &rows)
	found := make([]Member, len(rows))
	for i, r := range rows {
		found[i] = Member{Person: school.PersonID{UUID: r.PersonID}, Profile: school.Profile(r.Profile), GivenName: r.GivenName,
			FamilyName: r.FamilyName, Function: r.Function}
	}
	return found, err
}
