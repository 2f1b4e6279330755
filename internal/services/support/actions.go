package support

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/session"
)

// Begin opens a visit of the actor; see session.BeginVisit for its faults.
func (r *Room) Begin(ctx context.Context, ask session.VisitAsk) error {
	return r.sessions.BeginVisit(ctx, ask)
}

// Enter has the actor look through a visit of the own, on the host of its space. The space's trail and the person's journal
// tell of it first: a look that nobody could trace must not begin.
func (r *Room) Enter(ctx context.Context, id uuid.UUID) error {
	by := session.Actor(ctx)
	if !r.Allows(by, session.Preview{}) {
		return fault.Missing()
	}
	v, who, err := r.sessions.VisitOf(ctx, id)
	if err != nil {
		return err
	}
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		err := privacy.Looked(ctx, tx, privacy.Look{Reader: by.In(school.Academy), Whom: []school.PersonID{who}, What: "support.looked.visit"})
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: by.Person, Action: "support.enter", Subject: who.String(), Detail: map[string]any{"visit": v.ID}})
	})
	if err != nil {
		return fmt.Errorf("tell of a visit of support: %w", err)
	}
	return r.sessions.EnterVisit(ctx, v, who)
}
