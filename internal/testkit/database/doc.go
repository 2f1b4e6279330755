// Package database gives each test a real PostgreSQL database of its own: a copy, made in some fifty milliseconds, of
// one that was migrated once. It stands low, so that any package's own tests may use it.
package database
