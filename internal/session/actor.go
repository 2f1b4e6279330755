// Package session knows who acts: sign-on by password for every host of the territory, one token a host, and the
// actor that each request runs as.
package session

import (
	"context"

	"elyco/internal/school"
)

type key struct{}

// With makes a the actor of ctx.
func With(ctx context.Context, a school.Actor) context.Context {
	return context.WithValue(ctx, key{}, a)
}

// Actor returns who acts; the zero actor is a visitor who has not signed in.
func Actor(ctx context.Context) school.Actor {
	a, _ := ctx.Value(key{}).(school.Actor)
	return a
}
