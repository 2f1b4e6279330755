package mydata

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// Wish is a request for a correction as a form sends it.
type Wish struct {
	ID    uuid.UUID
	Space int64
	Field string
	Asked string
}

// Shown finds what a space says in a field, and the desk that answers for it. What no page shows is NotFound.
func (r *Room) Shown(ctx context.Context, s Subject, space int64, field string) (Field, *tenant.Tenant, error) {
	t, err := s.space(space)
	if err != nil {
		return Field{}, nil, err
	}
	if !slices.Contains(fields(), field) {
		return Field{}, nil, fault.Missing()
	}
	var found identity
	if err := r.db.Batch(tenant.Enter(ctx, t), func(b *db.Batch) { queueIdentity(b, &found, s, t) }); err != nil {
		return Field{}, nil, fmt.Errorf("read a field that is said to be wrong: %w", err)
	}
	for _, f := range found.fields(ctx) {
		if f.Name == field {
			return f, s.desk(t), nil
		}
	}
	return Field{Name: field}, s.desk(t), nil
}

// AskCorrection asks the people who answer for a space to correct a field. The same id twice is one request.
func (r *Room) AskCorrection(ctx context.Context, s Subject, w Wish) error {
	shown, desk, err := r.Shown(ctx, s, w.Space, w.Field)
	if err != nil {
		return err
	}
	if err := checkAsked(w.Asked); err != nil {
		return err
	}
	actor := session.Actor(ctx)
	c := Correction{ID: w.ID, Person: s.Person, PersonName: s.Name, Author: actor.Person, AuthorName: actor.Name, Field: w.Field, Shown: shown.Text, Fed: shown.Fed, Asked: w.Asked}
	return r.db.Write(tenant.Enter(ctx, desk), func(ctx context.Context, tx db.Tx) error {
		waiting, err := countWaiting(ctx, tx, actor.Person)
		if err != nil {
			return fmt.Errorf("count open requests: %w", err)
		}
		if waiting >= mostWaiting {
			return fault.New(fault.Conflict, "Vous avez déjà plusieurs demandes en attente dans cet établissement. Attendez une réponse avant d’en faire une autre.")
		}
		fresh, err := insertCorrection(ctx, tx, c)
		if err != nil {
			return fmt.Errorf("ask for a correction: %w", err)
		}
		if !fresh {
			return nil
		}
		if err := r.tellDesk(ctx, tx, c); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: actor.Person, Action: "mydata.ask", Subject: w.ID.String(), Detail: map[string]any{"field": w.Field}})
	})
}

// Corrections lists what was asked for the subject in each of the subject's spaces, the newest first.
func (r *Room) Corrections(ctx context.Context, s Subject) ([]SpaceCorrections, error) {
	found := make([][]Correction, len(s.Spaces))
	err := service.Each(ctx, len(s.Spaces), func(ctx context.Context, i int) error {
		err := r.db.Batch(tenant.Enter(ctx, s.Spaces[i]), func(b *db.Batch) { queueCorrectionsOf(b, &found[i], s.Person, session.Actor(ctx).Person) })
		if err != nil {
			return fmt.Errorf("list requests for corrections: %w", err)
		}
		return nil
	})
	var list []SpaceCorrections
	for i, t := range s.Spaces {
		if len(found[i]) > 0 {
			list = append(list, SpaceCorrections{t, found[i]})
		}
	}
	return list, err
}

// SpaceCorrections are the requests that one space answers.
type SpaceCorrections struct {
	Space *tenant.Tenant
	List  []Correction
}

// Requests lists what the space of ctx has to answer, the oldest first, and the last hundred that it has answered.
func (r *Room) Requests(ctx context.Context) (open, answered []Correction, err error) {
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queueOpen(b, &open)
		queueAnswered(b, &answered)
	})
	if err != nil {
		return nil, nil, fmt.Errorf("list requests to answer: %w", err)
	}
	return open, answered, nil
}

// Answer accepts or refuses a request of the space of ctx. A request that somebody else has answered meanwhile is a
// Conflict.
func (r *Room) Answer(ctx context.Context, id uuid.UUID, version int, state CorrectionState, reason string) error {
	if err := checkAnswer(state, reason); err != nil {
		return err
	}
	actor := session.Actor(ctx)
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		c, done, err := answerCorrection(ctx, tx, id, version, state, reason, actor)
		if err != nil {
			return fmt.Errorf("answer a request: %w", err)
		}
		if !done {
			return fault.New(fault.Conflict, "Quelqu’un a déjà répondu à cette demande. Rechargez la page pour lire la réponse.")
		}
		if err := r.tellAuthor(ctx, tx, c); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: actor.Person, Action: "mydata.answer", Subject: id.String(), Detail: map[string]any{"state": string(state)}})
	})
}
