// Package session knows who acts: sign-on by password for every host of the territory, one token a host, and the
// actor that each request runs as.
package session

import (
	"context"

	"elyco/internal/fault"
	"elyco/internal/readonly"
	"elyco/internal/school"
)

type key struct{}

// With makes a the actor of ctx. Where a only looks, nothing is kept.
func With(ctx context.Context, a school.Actor) context.Context {
	if a.PreviewOnly {
		ctx = readonly.With(ctx)
	}
	return context.WithValue(ctx, key{}, a)
}

// Actor returns who acts; the zero actor is a visitor who has not signed in.
func Actor(ctx context.Context) school.Actor {
	a, _ := ctx.Value(key{}).(school.Actor)
	return a
}

// Writer is Actor for those who change something, before anything is read for it. Faults: SignIn for a visitor; ReadOnly for
// who looks through another's eyes.
func Writer(ctx context.Context) (school.Actor, error) {
	a := Actor(ctx)
	if !a.SignedIn() {
		return a, fault.New(fault.SignIn, "")
	}
	return a, readonly.Check(ctx)
}
