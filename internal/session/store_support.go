package session

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
)

func selectVisited(ctx context.Context, tx db.Tx, login string) (p passport, err error) {
	err = tx.QueryRowContext(ctx, `
		select a.person_id, p.name, p.body from account a
		join passport p on p.tenant_id = a.tenant_id and p.person_id = a.person_id
		where a.tenant_id = 1 and a.login = ? and a.state = 'active'`, login).Scan(&p.person, &p.name, &p.body)
	if db.NoRows(err) {
		return passport{}, nil
	}
	p.found = err == nil
	return p, err
}

func insertVisit(ctx context.Context, tx db.Tx, by school.Actor, who Visited, ask VisitAsk) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		insert into support_visit (id, person_id, person_name, author_id, author_name, space_id, reason, begun_at, ends_at)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (tenant_id, id) do nothing`,
		ask.ID, who.Person.UUID, who.Name, by.Person.UUID, by.Name, int64(ask.Space), ask.Reason, tx.Now(),
		tx.Now().Add(time.Duration(ask.Minutes)*time.Minute))
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// selectVisit reads a visit of by to the space where by stands, as long as it lasts, with whom it is about.
func selectVisit(ctx context.Context, tx db.Tx, id uuid.UUID, by school.Actor) (v Visit, p passport, err error) {
	err = tx.QueryRowContext(ctx, `
		select v.id, v.person_name, v.space_id, v.reason, v.begun_at, v.ends_at, v.person_id, p.name, p.body
		from support_visit v
		join account a on a.tenant_id = 1 and a.person_id = v.person_id and a.state = 'active'
		join passport p on p.tenant_id = 1 and p.person_id = v.person_id
		where v.tenant_id = 1 and v.id = ? and v.author_id = ? and v.space_id = ? and v.ended_at is null and v.ends_at > ?`,
		id, by.Person.UUID, int64(by.Scope), tx.Now()).
		Scan(&v.ID, &v.Person, &v.Space, &v.Reason, &v.BegunAt, &v.EndsAt, &p.person, &p.name, &p.body)
	if db.NoRows(err) {
		return Visit{}, passport{}, nil
	}
	p.found = err == nil
	return v, p, err
}

func endVisit(ctx context.Context, tx db.Tx, id uuid.UUID, by school.PersonID) error {
	_, err := tx.ExecContext(ctx, `update support_visit set ended_at = ? where tenant_id = 1 and id = ? and author_id = ? and ended_at is null`,
		tx.Now(), id, by.UUID)
	return err
}

// selectVisits lists those about somebody; about anybody for the zero id.
func selectVisits(ctx context.Context, tx db.Tx, of school.PersonID) ([]Visit, error) {
	var rows []struct {
		ID      uuid.UUID `bun:"id"`
		Person  string    `bun:"person_name"`
		Author  string    `bun:"author_name"`
		Space   int64     `bun:"space_id"`
		Reason  string    `bun:"reason"`
		BegunAt time.Time `bun:"begun_at"`
		EndsAt  time.Time `bun:"ends_at"`
		EndedAt time.Time `bun:"ended_at,nullzero"`
	}
	q := tx.NewSelect().TableExpr("support_visit").
		ColumnExpr("id, person_name, author_name, space_id, reason, begun_at, ends_at, ended_at").Where("tenant_id = 1")
	if of != (school.PersonID{}) {
		q = q.Where("person_id = ?", of.UUID)
	}
	if err := q.OrderExpr("begun_at desc, id desc").Limit(listed).Scan(ctx, &rows); err != nil {
		return nil, err
	}
	list := make([]Visit, len(rows))
	for i, r := range rows {
		list[i] = Visit{ID: r.ID, Person: r.Person, Author: r.Author, Space: school.ScopeID(r.Space), Reason: r.Reason,
			BegunAt: r.BegunAt, EndsAt: r.EndsAt, EndedAt: r.EndedAt}
	}
	return list, nil
}
