package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Place finds the space that a piece names, or nil when the territory has none.
func Place(reg *tenant.Registry, space string) *tenant.Tenant {
	if space == stageLycee {
		return stageLyceeOf(reg.All())
	}
	for _, t := range reg.All() {
		if path(t) == space {
			return t
		}
	}
	return nil
}

// HeadOf is the login of the ready-made head of a space that has teachers who write.
func HeadOf(space string) string {
	if space == stageLycee {
		return "chef.lycee"
	}
	return "chef.haxo"
}

// Actor is the person behind a ready-made account, as a sign-in would make it.
func Actor(ctx context.Context, d *db.DB, login string) (school.Actor, error) {
	a, err := actorBy(ctx, d, `select a.person_id from account a where a.tenant_id = 1 and a.login = $1`, login)
	if err != nil {
		return a, fmt.Errorf("find the account %s: %w", login, err)
	}
	return a, nil
}

// ActorOf is a person of the demonstration, as a sign-in would make it.
func ActorOf(ctx context.Context, d *db.DB, who school.PersonID) (school.Actor, error) {
	a, err := actorBy(ctx, d, `select $1::uuid`, who.UUID)
	if err != nil {
		return a, fmt.Errorf("find the person %s: %w", who, err)
	}
	return a, nil
}

func actorBy(ctx context.Context, d *db.DB, person string, arg any) (a school.Actor, err error) {
	var body []byte
	err = d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select p.person_id, p.name, p.body from passport p where p.tenant_id = 1 and p.person_id = (`+person+`)`, arg).
			Scan(&a.Person.UUID, &a.Name, &body)
	})
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal(body, &a.Everywhere)
}

// Published lists what the rooms hold, by id.
func Published(ctx context.Context, d *db.DB) (map[uuid.UUID]bool, error) {
	ids := map[uuid.UUID]bool{}
	err := d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select id from publication limit 100000`)
		if err != nil {
			return err
		}
		all, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		for _, id := range all {
			ids[id] = true
		}
		return err
	})
	return ids, err
}

// Backdate gives a piece of the demonstration an earlier date than today's.
func Backdate(ctx context.Context, d *db.DB, id uuid.UUID, at time.Time) error {
	return d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update publication set publish_at = $2, updated_at = $2 where id = $1`, id, at)
		return err
	})
}

// HeadIn is a head of a space, as a sign-in would make them; the one with a ready-made account comes first.
func HeadIn(ctx context.Context, d *db.DB, t *tenant.Tenant) (school.Actor, error) {
	var a school.Actor
	var body []byte
	err := d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `
			select m.person_id, p.name, p.body
			from membership m join passport p on p.tenant_id = 1 and p.person_id = m.person_id
			left join account a on a.tenant_id = 1 and a.person_id = m.person_id
			where m.tenant_id = $1 and m.profile = 'head' and m.ends_on is null
			order by a.login like 'chef.%' desc nulls last, m.person_id limit 1`, int64(t.ID)).Scan(&a.Person.UUID, &a.Name, &body)
	})
	if err != nil {
		return a, fmt.Errorf("find a head of %s: %w", t.Slug, err)
	}
	return a, json.Unmarshal(body, &a.Everywhere)
}
