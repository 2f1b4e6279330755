package demo

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Members are people of a class with a profile, guardians through its pupils, as a sign-in would make each.
func Members(ctx context.Context, d *db.DB, t *tenant.Tenant, class string, p school.Profile) ([]school.Actor, error) {
	var list []school.Actor
	err := d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			with pupils as (
				select m.person_id from class_member m join class c on c.tenant_id = m.tenant_id and c.id = m.class_id
				where m.tenant_id = $1 and c.name = $2 and m.profile = 'pupil'
			)
			select p.person_id, p.name, p.body from passport p
			where p.tenant_id = 1 and p.person_id in (
				select person_id from pupils where $3 = 'pupil'
				union select guardian_id from guardianship where tenant_id = $1 and child_id in (select person_id from pupils) and $3 = 'guardian')
			order by p.person_id limit 200`, int64(t.ID), class, string(p))
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (a school.Actor, err error) {
			var body []byte
			if err := row.Scan(&a.Person.UUID, &a.Name, &body); err != nil {
				return a, err
			}
			return a, json.Unmarshal(body, &a.Everywhere)
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find the members of %s: %w", class, err)
	}
	return list, nil
}
