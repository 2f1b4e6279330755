package dav

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/tenant"
)

const tokenPrefix = "urn:uuid:"

func (l lock) token() string { return tokenPrefix + l.ID.String() }

// covers reports whether the lock holds for what is at key.
func (l lock) covers(key string) bool { return l.Path == key || l.Deep && within(key, l.Path) }

// bars reports whether a lock that is there keeps another from being made.
func (l lock) bars(other lock) bool {
	meet := l.covers(other.Path) || other.covers(l.Path)
	return meet && (l.Exclusive || other.Exclusive)
}

// in moves ctx to the scope of a space: that of the request, or the academy's, where personal spaces are.
func (q *request) in(ctx context.Context, s drive.SpaceRef) context.Context {
	if academy := q.tenant.Academy(); s.Scope == academy.ID && q.tenant.ID != academy.ID {
		return tenant.Enter(ctx, academy)
	}
	return ctx
}

// locksAround reads the locks on an address, on what it is in, and on what is in it.
func (q *request) locksAround(ctx context.Context, at place) ([]lock, error) {
	if at.root() {
		return nil, nil
	}
	var list []lock
	err := q.h.db.Batch(q.in(ctx, at.space), func(b *db.Batch) { queueLocks(b, &list, at.space.Owner, at.key(), q.h.db.Now()) })
	return list, err
}

// need is what a request is about to change: what is at an address, with what is in it when tree says so, and the folder
// that it is in when the names of that folder change.
type need struct {
	at     place
	tree   bool
	parent bool
}

// free fails unless the If header is true, with 412, and the request knows the locks on all that it changes, with 423.
// Only who made a lock can use its token.
func (q *request) free(ctx context.Context, needs ...need) error {
	if err := q.hold(ctx); err != nil {
		return err
	}
	known := q.cond.tokens()
	for _, n := range needs {
		list, err := q.locksAround(ctx, n.at)
		if err != nil {
			return err
		}
		key := n.at.key()
		groups := map[string][]lock{}
		for _, l := range list {
			switch {
			case l.covers(key):
				groups["at"+key] = append(groups["at"+key], l)
			case n.tree && within(l.Path, key):
				groups["in"+l.Path] = append(groups["in"+l.Path], l)
			}
			if n.parent && key != "" && l.covers(above(key)) {
				groups["at"+above(key)] = append(groups["at"+above(key)], l)
			}
		}
		for _, group := range groups {
			if !q.knows(group, known) {
				return locked(n.at, group[0])
			}
		}
	}
	return nil
}

// knows reports whether the request may pass the locks on one address: the token of one of them is enough, for where
// there are several they are shared.
func (q *request) knows(group []lock, known map[string]bool) bool {
	for _, l := range group {
		if known[l.token()] && l.PersonID == q.actor.Person.UUID {
			return true
		}
	}
	return false
}

func locked(at place, l lock) error {
	return &status{code: http.StatusLocked, words: l.PersonName + " modifie ce document.",
		condition: "<D:lock-token-submitted><D:href>" + escape(at.href(false)) + "</D:href></D:lock-token-submitted>"}
}

// release ends the locks on what has gone from an address.
func (q *request) release(ctx context.Context, at place) {
	err := q.h.db.Write(q.in(ctx, at.space), func(ctx context.Context, tx db.Tx) error {
		return deleteLocksAt(ctx, tx, at.space.Owner, at.key())
	})
	if err != nil {
		q.log(ctx, "locks stay until they expire", err)
	}
}

// AtWork names who is changing documents of one scope in a program of theirs, by the document, for pages that say so. ctx
// is in that scope.
func AtWork(ctx context.Context, d *db.DB, nodes []uuid.UUID) (map[uuid.UUID]string, error) {
	names := map[uuid.UUID]string{}
	if len(nodes) == 0 {
		return names, nil
	}
	var list []lock
	if err := d.Batch(ctx, func(b *db.Batch) { queueLocksOn(b, &list, nodes, d.Now()) }); err != nil {
		return nil, err
	}
	for _, l := range list {
		names[*l.NodeID] = l.PersonName
	}
	return names, nil
}
