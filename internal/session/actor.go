// Package session knows who acts: sign-on by password for every host of the territory, one token a host, and the
// actor that each request runs as.
package session

import (
	"context"

	"elyco/internal/fault"
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

// Writer is Actor for those who change something. Faults: SignIn for a visitor; Forbidden for who looks through another's
// eyes, which the database refuses too, but the object store and the jobs would not know.
func Writer(ctx context.Context) (school.Actor, error) {
	a := Actor(ctx)
	switch {
	case !a.SignedIn():
		return a, fault.New(fault.SignIn, "")
	case a.PreviewOnly:
		return a, fault.New(fault.Forbidden, "Vous regardez cet espace avec les yeux d’une autre personne : rien ne peut y être modifié.")
	}
	return a, nil
}
