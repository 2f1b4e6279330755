package service

import (
	"context"

	"golang.org/x/sync/errgroup"

	"elyco/internal/school"
	"elyco/internal/tenant"
)

// maxSpaces bounds how many spaces one page reads; nobody has more, but a fault in a feed could.
const maxSpaces = 8

// Spaces lists the spaces of which the actor is a member and which let people in, for pages that follow a person
// everywhere; for somebody without any, the space of the request.
func Spaces(ctx context.Context, r *tenant.Registry, actor school.Actor) []*tenant.Tenant {
	var spaces []*tenant.Tenant
	for _, id := range actor.Scopes() {
		if t := r.ByID(id); t != nil && t.LetsIn() && len(spaces) < maxSpaces {
			spaces = append(spaces, t)
		}
	}
	if len(spaces) == 0 {
		spaces = append(spaces, tenant.From(ctx))
	}
	return spaces
}

// Each calls read for every index side by side; one alone, which is what most people have, needs no second goroutine.
func Each(ctx context.Context, n int, read func(ctx context.Context, i int) error) error {
	if n == 1 {
		return read(ctx, 0)
	}
	g, ctx := errgroup.WithContext(ctx)
	for i := range n {
		g.Go(func() error { return read(ctx, i) })
	}
	return g.Wait()
}
