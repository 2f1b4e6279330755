// Package readonly marks contexts in which somebody only looks. The database and the object store ask it before they
// keep anything, so that what only looks cannot write, whatever code it passes through.
package readonly

import (
	"context"

	"elyco/internal/fault"
)

type key struct{}

// With marks ctx, and all that is made of it, as one in which nothing is kept. The mark cannot be taken away.
func With(ctx context.Context) context.Context { return context.WithValue(ctx, key{}, true) }

// Is reports whether nothing may be kept in ctx.
func Is(ctx context.Context) bool { return ctx.Value(key{}) != nil }

// Check refuses, with a ReadOnly fault, a context in which nothing may be kept.
func Check(ctx context.Context) error {
	if Is(ctx) {
		return fault.New(fault.ReadOnly, "Vous êtes dans un aperçu : rien ne peut y être enregistré. Quittez-le, puis recommencez.")
	}
	return nil
}
