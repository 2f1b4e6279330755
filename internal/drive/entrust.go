package drive

import (
	"context"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/tenant"
)

type trustKey struct{}

// trust is how far the actor may go in one box, on the word of the room that keeps it.
type trust struct {
	box  SpaceRef
	role Role
}

// BoxOf names the space of a box in the scope of ctx.
func BoxOf(ctx context.Context, id uuid.UUID) SpaceRef { return SpaceRef{tenant.From(ctx).ID, Box, id} }

// Entrust lets whoever acts in ctx go as far as role in one box of the scope. It is for the room that keeps the box, once
// its own rules have said yes: neither the policy of documents nor a share is asked. Nothing else opens a box.
func Entrust(ctx context.Context, box uuid.UUID, role Role) context.Context {
	return context.WithValue(ctx, trustKey{}, trust{BoxOf(ctx, box), role})
}

func trusted(ctx context.Context) trust {
	t, _ := ctx.Value(trustKey{}).(trust)
	return t
}

// EraseIn removes documents of a box for good within the room's own transaction; their objects follow by a job.
func (d *Drive) EraseIn(ctx context.Context, tx db.Tx, box uuid.UUID, nodes []uuid.UUID) error {
	if len(nodes) == 0 {
		return nil
	}
	if _, err := spaceLocked(ctx, tx, box); err != nil {
		if db.NoRows(err) {
			return nil
		}
		return fault.Doing("erase from a box", err)
	}
	return fault.Doing("erase from a box", d.erase(ctx, tx, box, nodes))
}
