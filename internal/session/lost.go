package session

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// Lost is what support says to take away the factors of somebody who lost them all. ID comes with the form.
type Lost struct {
	ID     uuid.UUID
	Login  string
	Reason string // the person reads it
}

// ForgetFactors takes all the factors of an account away, and signs its owner out everywhere: the password alone opens it
// again. The owner reads who did it, when and why. The faults name the fields "lost-login" and "lost-reason".
func (s *Sessions) ForgetFactors(ctx context.Context, l Lost) error {
	by, err := own(ctx)
	if err != nil {
		return err
	}
	ask := VisitAsk{ID: l.ID, Reason: l.Reason, Minutes: 1}
	if ask.check() != nil {
		return fault.Field("lost-reason", "Dites en quelques mots comment vous avez vérifié qui est la personne : elle le lira.")
	}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		p, err := selectVisited(ctx, tx, CleanLogin(l.Login))
		if err != nil {
			return err
		}
		if !p.found || p.person == by.Person.UUID {
			return fault.Field("lost-login", "Aucune autre personne n’a cet identifiant, ou son compte n’est pas ouvert.")
		}
		who := school.PersonID{UUID: p.person}
		made, err := insertVisit(ctx, tx, by, Visited{Person: who, Name: p.name}, VisitAsk{ID: l.ID, Space: school.Academy, Reason: ask.Reason})
		if err != nil || !made {
			return err
		}
		if err := forgetFactors(ctx, tx, who); err != nil {
			return err
		}
		if err := deleteSignOns(ctx, tx, who, uuid.Nil); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: by.Person, Action: "support.factors", Subject: who.String()})
	})
	if err != nil {
		return fmt.Errorf("take the factors of somebody away: %w", err)
	}
	return nil
}
