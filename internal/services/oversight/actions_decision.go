package oversight

import (
	"context"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// Decide brings an establishment below the context's space to another state. The fault names the field.
func (r *Room) Decide(ctx context.Context, id school.ScopeID, d tenant.Decision) error {
	t, err := r.Find(ctx, id)
	if err != nil {
		return err
	}
	allowed := false
	for _, s := range Steps(d.From) {
		allowed = allowed || s == d.To
	}
	if !allowed {
		return fault.Field("state", "Cet établissement ne peut pas passer à cet état depuis celui où il est.")
	}
	if d.Into != 0 {
		if _, err := r.Find(ctx, d.Into); err != nil {
			return fault.Field("into", "Choisissez un établissement de la liste.")
		}
	}
	d.Space = t.ID
	d.By, d.ByName = session.Actor(ctx).Person, session.Actor(ctx).Name
	if err := tenant.Decide(ctx, r.DB, d); err != nil {
		return err
	}
	return r.Registry.Load(ctx)
}

// Return undoes a suspension: the establishment is again what it was, with the notice that it had.
func (r *Room) Return(ctx context.Context, id school.ScopeID, reason string) error {
	s, err := r.Open(ctx, id)
	if err != nil {
		return err
	}
	event, ok := WayBack(s.School, s.History)
	if !ok {
		return fault.New(fault.Conflict, "Cette suspension a déjà été levée. Ouvrez de nouveau la fiche pour voir où en est l’établissement.")
	}
	d := tenant.Decision{Space: id, From: tenant.Suspended, To: tenant.State(event.Was), Note: event.WasNote, Reason: reason,
		By: session.Actor(ctx).Person, ByName: session.Actor(ctx).Name}
	if err := tenant.Decide(ctx, r.DB, d); err != nil {
		return err
	}
	return r.Registry.Load(ctx)
}

// Move brings an establishment to another wave of the deployment.
func (r *Room) Move(ctx context.Context, id school.ScopeID, m tenant.Move) error {
	t, err := r.Find(ctx, id)
	if err != nil {
		return err
	}
	m.Space = t.ID
	m.By, m.ByName = session.Actor(ctx).Person, session.Actor(ctx).Name
	if err := tenant.MoveToWave(ctx, r.DB, m); err != nil {
		return err
	}
	return r.Registry.Load(ctx)
}
