package classes

import (
	"context"

	"github.com/google/uuid"

	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/session"
)

// Taken reads a unit whose list is taken away, and notes it in the journal of everybody on the list.
func (r *Room) Taken(ctx context.Context, kind Kind, id uuid.UUID) (Sheet, error) {
	s, err := r.Open(ctx, kind, id, "")
	if err != nil {
		return Sheet{}, err
	}
	whom := make([]school.PersonID, len(s.Members))
	for i, m := range s.Members {
		whom[i] = m.Person
	}
	return s, privacy.Noted(ctx, r.db, privacy.Look{Reader: session.Reader(ctx), Whom: whom, What: "classes.looked.list", Title: s.Name})
}
