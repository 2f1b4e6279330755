package db

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync/atomic"
)

// Scope is what a transaction may see: rows of ID, and, in tables that are readable from below, rows of the scopes
// above it (an establishment reads what its collectivity and the academy publish).
type Scope struct {
	id    int64
	above string // PostgreSQL array literal of id and its ancestors
}

// NewScope builds a scope from its number and its ancestors' numbers.
func NewScope(id int64, ancestors ...int64) Scope {
	var b strings.Builder
	b.WriteByte('{')
	b.WriteString(strconv.FormatInt(id, 10))
	for _, a := range ancestors {
		b.WriteByte(',')
		b.WriteString(strconv.FormatInt(a, 10))
	}
	b.WriteByte('}')
	return Scope{id: id, above: b.String()}
}

// ID is the scope's number.
func (s Scope) ID() int64 { return s.id }

// ErrNoScope is returned before any SQL when a context names no scope.
var ErrNoScope = errors.New("db: no scope in context")

type scopeKey struct{}

// WithScope makes s the scope of the transactions that ctx starts.
func WithScope(ctx context.Context, s Scope) context.Context {
	return context.WithValue(ctx, scopeKey{}, s)
}

// ScopeOf returns the context's scope.
func ScopeOf(ctx context.Context) (Scope, error) {
	s, ok := ctx.Value(scopeKey{}).(Scope)
	if !ok || s.id == 0 {
		return Scope{}, ErrNoScope
	}
	return s, nil
}

// setLocal is sent together with BEGIN. Both values are formatted from integers: nothing to inject.
func (s Scope) setLocal() string {
	return "; set local app.tenant = '" + strconv.FormatInt(s.id, 10) + "'; set local app.above = '" + s.above + "'"
}

// setScope also makes the batch's transaction one that PostgreSQL lets nothing be written in.
const setScope = "select set_config('app.tenant', $1, true), set_config('app.above', $2, true), set_config('transaction_read_only', 'on', true)"

// Stats counts what a request asked of the database.
type Stats struct {
	Statements atomic.Int64
	RoundTrips atomic.Int64
}

type statsKey struct{}

// WithStats counts the statements and round trips of ctx in s.
func WithStats(ctx context.Context, s *Stats) context.Context {
	return context.WithValue(ctx, statsKey{}, s)
}

func count(ctx context.Context, statements, trips int64) {
	if s, ok := ctx.Value(statsKey{}).(*Stats); ok {
		s.Statements.Add(statements)
		s.RoundTrips.Add(trips)
	}
}
