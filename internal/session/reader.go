package session

import (
	"context"

	"elyco/internal/school"
)

// Reader is who really looks in ctx: the actor, or whoever looks through a preview.
func Reader(ctx context.Context) school.Actor {
	if look, looking := Looking(ctx); looking {
		return look.By
	}
	return Actor(ctx)
}
