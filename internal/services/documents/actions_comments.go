package documents

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// beside moves ctx to where a thing's comments are: its own scope, which for personal spaces is the academy's. The drive
// has judged before that the actor sees the thing.
func beside(ctx context.Context, n drive.Node) context.Context {
	here := tenant.From(ctx)
	if academy := here.Academy(); n.Space.Scope != here.ID && n.Space.Scope == academy.ID {
		return tenant.Enter(ctx, academy)
	}
	return ctx
}

// Comments lists what was said of a thing, the oldest first, the last two hundred.
func (r *Room) Comments(ctx context.Context, n drive.Node) ([]Comment, error) {
	var rows []commentRow
	if err := r.db.Batch(beside(ctx, n), func(b *db.Batch) { queueComments(b, &rows, n.ID) }); err != nil {
		return nil, fmt.Errorf("list comments: %w", err)
	}
	return comments(rows), nil
}

// AddComment says something of a thing. The form carries the id, so that sending it twice says it once.
func (r *Room) AddComment(ctx context.Context, n drive.Node, id uuid.UUID, body string) error {
	body, err := checkComment(body)
	if err != nil {
		return err
	}
	actor := session.Actor(ctx)
	if actor.PreviewOnly {
		return fault.New(fault.Forbidden, "")
	}
	if id == uuid.Nil {
		return fault.Missing()
	}
	return r.db.Write(beside(ctx, n), func(ctx context.Context, tx db.Tx) error {
		return insertComment(ctx, tx, n.ID, Comment{ID: id, Author: actor.Person.UUID, AuthorName: actor.Name, Body: body, At: tx.Now()})
	})
}

// mayRemove says who may take a comment back: its author, and whoever may change the thing.
func mayRemove(n drive.Node, author, who uuid.UUID) bool {
	return n.Role == drive.Editor || author == who
}

// RemoveComment takes a comment back.
func (r *Room) RemoveComment(ctx context.Context, n drive.Node, id uuid.UUID) error {
	actor := session.Actor(ctx)
	if actor.PreviewOnly {
		return fault.New(fault.Forbidden, "")
	}
	return r.db.Write(beside(ctx, n), func(ctx context.Context, tx db.Tx) error {
		author, found, err := lockComment(ctx, tx, n.ID, id)
		if err != nil {
			return err
		}
		if !found || !mayRemove(n, author, actor.Person.UUID) {
			return fault.Missing()
		}
		return deleteComment(ctx, tx, n.ID, id)
	})
}
