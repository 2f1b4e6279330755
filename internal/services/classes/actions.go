package classes

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
)

// Shelf is the classes or the groups of one school year, beside the years that one may choose.
type Shelf struct {
	Years []directory.Year // the newest first
	Year  directory.Year   // zero when the space has no year of today and none was asked for
	Units []Unit
	Over  bool // the year is an archive
}

// List reads the units of a year, of today's for the nil id.
func (r *Room) List(ctx context.Context, kind Kind, year uuid.UUID) (Shelf, error) {
	today := directory.Day(r.db.NowIn(ctx))
	var s Shelf
	err := r.db.Batch(ctx, func(b *db.Batch) {
		queueYears(b, &s.Years)
		queueUnits(b, kind, &s.Units, year, today)
	})
	if err != nil {
		return Shelf{}, fmt.Errorf("list the classes and groups: %w", err)
	}
	return s.of(year, today)
}

// of finds the year among those that were read. A year that the space does not have is absent.
func (s Shelf) of(year uuid.UUID, today time.Time) (Shelf, error) {
	for _, y := range s.Years {
		if y.ID == year || year == uuid.Nil && y.Includes(today) {
			s.Year = y
			break
		}
	}
	if year != uuid.Nil && s.Year.ID == uuid.Nil {
		return Shelf{}, fault.Missing()
	}
	s.Over = s.Year.ID != uuid.Nil && s.Year.EndsOn.Before(today)
	return s, nil
}

// Sheet is one unit with its people.
type Sheet struct {
	Unit
	Members []Member
	Found   []Member // who could join, of those whose names were asked for
	Over    bool
	Today   time.Time
}

// Open reads a unit, its members and who could join by name.
func (r *Room) Open(ctx context.Context, kind Kind, id uuid.UUID, text string) (Sheet, error) {
	today := directory.Day(r.db.NowIn(ctx))
	var units []Unit
	s := Sheet{Today: today}
	err := r.db.Batch(ctx, func(b *db.Batch) {
		queueUnit(b, kind, &units, id, today)
		queueMembers(b, kind, &s.Members, id, today)
		if patterns := namesOf(text); len(patterns) > 0 {
			queueJoinable(b, kind, &s.Found, id, patterns, today)
		}
	})
	if err != nil {
		return Sheet{}, fmt.Errorf("read a class or a group: %w", err)
	}
	if len(units) == 0 {
		return Sheet{}, fault.Missing()
	}
	s.Unit = units[0]
	s.Over = s.over(today)
	return s, nil
}

// Create makes a class or a group of a year that is not over. Sent twice, the form makes one.
func (r *Room) Create(ctx context.Context, u Unit) error {
	if u.Kind == Group && u.Made == automatic {
		return fault.Field("made", "Un groupe automatique vient d’une importation. Choisissez un autre type.")
	}
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		year, err := lockYear(ctx, tx, u.Year.ID)
		if err != nil {
			return missingOr(err, "take a school year")
		}
		u.Year = year
		if err := u.check(); err != nil {
			return err
		}
		if year.EndsOn.Before(directory.Day(tx.Now())) {
			return errOver()
		}
		if err := insertUnit(ctx, tx, u); err != nil {
			return taken(err)
		}
		if err := opening(ctx, tx, u); err != nil {
			return err
		}
		return trail(ctx, tx, "classes.create", u.ID, u.Name)
	})
}

// Change writes the name, the level or kind, and the opening day of a unit that nobody changed since it was read.
func (r *Room) Change(ctx context.Context, u Unit) error {
	return r.edit(ctx, u.Kind, u.ID, func(ctx context.Context, tx db.Tx, is Unit) error {
		u.Year = is.Year
		if err := u.check(); err != nil {
			return err
		}
		if u.Kind == Group && (u.Made == automatic) != (is.Made == automatic) {
			return fault.Field("made", "Un groupe automatique vient d’une importation, et le reste.")
		}
		if u.Version != is.Version {
			return fault.New(fault.Conflict, "Quelqu’un d’autre a changé cette page entre-temps. Ouvrez-la de nouveau : rien n’a été enregistré.")
		}
		if err := updateUnit(ctx, tx, u); err != nil {
			return taken(err)
		}
		if u.Name != is.Name || !u.OpensOn.Equal(is.OpensOn) {
			if err := opening(ctx, tx, u); err != nil {
				return err
			}
		}
		return trail(ctx, tx, "classes.change", u.ID, u.Name)
	})
}

// Remove takes away a unit that has no member.
func (r *Room) Remove(ctx context.Context, kind Kind, id uuid.UUID) error {
	return r.edit(ctx, kind, id, func(ctx context.Context, tx db.Tx, is Unit) error {
		gone, err := deleteUnit(ctx, tx, kind, id)
		if err != nil {
			return fmt.Errorf("remove a class or a group: %w", err)
		}
		if !gone {
			return fault.New(fault.Invalid, "Retirez d’abord les personnes de la liste. Seul un ensemble vide peut être supprimé.")
		}
		return trail(ctx, tx, "classes.remove", id, is.Name)
	})
}

// edit runs fn on a unit of a year that is not over, locked until the transaction ends.
func (r *Room) edit(ctx context.Context, kind Kind, id uuid.UUID, fn func(context.Context, db.Tx, Unit) error) error {
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		is, err := lockUnit(ctx, tx, kind, id)
		if err != nil {
			return missingOr(err, "take a class or a group")
		}
		if is.over(directory.Day(tx.Now())) {
			return errOver()
		}
		return fn(ctx, tx, is)
	})
}

func opening(ctx context.Context, tx db.Tx, u Unit) error {
	if u.Kind != Class {
		return nil
	}
	return directory.OpensOn(ctx, tx, school.ClassID{UUID: u.ID}, u.OpensOn)
}

func errOver() error {
	return fault.New(fault.Conflict, "Cette année scolaire est terminée : ses classes et ses groupes ne changent plus.")
}

func missingOr(err error, doing string) error {
	if db.NoRows(err) {
		return fault.Missing()
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func taken(err error) error {
	if db.Constraint(err) != "" {
		return fault.Field("name", "Ce nom est déjà pris cette année. Choisissez-en un autre.")
	}
	return fmt.Errorf("write a class or a group: %w", err)
}

func trail(ctx context.Context, tx db.Tx, action string, id uuid.UUID, title string) error {
	return audit.Record(ctx, tx, audit.Entry{Actor: session.Actor(ctx).Person, Action: action, Subject: id.String(), Title: title})
}
