package accounts

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
)

// moved tells who of some members has come to another establishment already, while the days of grace here still run. Their
// accounts are looked after there: whoever is left behind must not be able to come in under their names.
func (r *Room) moved(ctx context.Context, list ...Member) (map[school.PersonID]bool, error) {
	var leaving []uuid.UUID
	for _, m := range list {
		if m.Leaving {
			leaving = append(leaving, m.Person.UUID)
		}
	}
	if len(leaving) == 0 {
		return nil, nil
	}
	var spaces map[int64][]uuid.UUID
	err := r.db.Read(tenant.Enter(ctx, r.registry.Academy()), func(ctx context.Context, tx db.Tx) (err error) {
		spaces, err = selectSpaces(ctx, tx, leaving)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find where people are: %w", err)
	}
	var others []*tenant.Tenant
	for id := range spaces {
		if t := r.registry.ByID(school.ScopeID(id)); t != nil && t.Kind == tenant.KindEstablishment && t.ID != tenant.From(ctx).ID {
			others = append(others, t)
		}
	}
	staying := make([][]uuid.UUID, len(others))
	err = service.Each(ctx, len(others), func(ctx context.Context, i int) error {
		return r.db.Read(tenant.Enter(ctx, others[i]), func(ctx context.Context, tx db.Tx) (err error) {
			staying[i], err = selectStaying(ctx, tx, spaces[int64(others[i].ID)])
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("find who has moved: %w", err)
	}
	out := map[school.PersonID]bool{}
	for _, id := range slices.Concat(staying...) {
		out[school.PersonID{UUID: id}] = true
	}
	return out, nil
}

// still refuses the account of somebody who has moved.
func (r *Room) still(ctx context.Context, m Member) error {
	gone, err := r.moved(ctx, m)
	if err == nil && gone[m.Person] {
		err = fault.New(fault.Conflict, "Cette personne est maintenant dans un autre établissement : c’est lui qui s’occupe de son compte.")
	}
	return err
}
