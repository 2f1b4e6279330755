package classes

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/search"
)

func namesOf(text string) []string { return search.Parse(text).Names() }

// Add makes members of people. A pupil is in one class of a year: joining one leaves the other. It refuses with Invalid
// families and guests, and with Conflict a group that a source works out.
func (r *Room) Add(ctx context.Context, kind Kind, id uuid.UUID, list []who) error {
	for _, w := range list {
		if !mayJoin(w.profile) {
			return fault.Field("who", "Seuls des élèves et des personnels entrent dans une classe ou un groupe.")
		}
	}
	return r.edit(ctx, kind, id, func(ctx context.Context, tx db.Tx, u Unit) error {
		if err := u.byHand(); err != nil {
			return err
		}
		if kind == Class {
			if err := leaveOthers(ctx, tx, u, list); err != nil {
				return fmt.Errorf("leave the other classes of the year: %w", err)
			}
		}
		if err := insertMembers(ctx, tx, u, list); err != nil {
			return fmt.Errorf("add members: %w", err)
		}
		return settle(ctx, tx, "classes.add_members", u, list)
	})
}

// Drop takes people out of a unit; their membership of the establishment stays.
func (r *Room) Drop(ctx context.Context, kind Kind, id uuid.UUID, list []who) error {
	return r.edit(ctx, kind, id, func(ctx context.Context, tx db.Tx, u Unit) error {
		if err := u.byHand(); err != nil {
			return err
		}
		if err := deleteMembers(ctx, tx, u, list); err != nil {
			return fmt.Errorf("take members out: %w", err)
		}
		return settle(ctx, tx, "classes.drop_members", u, list)
	})
}

// Appoint makes some of the staff of a class its form teachers, in place of those who were.
func (r *Room) Appoint(ctx context.Context, id uuid.UUID, list []who) error {
	return r.edit(ctx, Class, id, func(ctx context.Context, tx db.Tx, u Unit) error {
		if err := updateForm(ctx, tx, u, list); err != nil {
			return fmt.Errorf("appoint form teachers: %w", err)
		}
		return trail(ctx, tx, "classes.appoint", u.ID, u.Name)
	})
}

func (u Unit) byHand() error {
	if u.Made == automatic {
		return fault.New(fault.Conflict, "Ce groupe est tenu par l’importation : ses membres ne changent pas à la main.")
	}
	return nil
}

func settle(ctx context.Context, tx db.Tx, action string, u Unit, list []who) error {
	if err := trail(ctx, tx, action, u.ID, u.Name); err != nil {
		return err
	}
	return directory.Reissue(ctx, tx, unique(persons(list))...)
}

func unique(list []school.PersonID) []school.PersonID {
	seen := map[school.PersonID]bool{}
	var out []school.PersonID
	for _, p := range list {
		if !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	return out
}
