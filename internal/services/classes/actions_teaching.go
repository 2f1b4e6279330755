package classes

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/session"
)

// Subjects lists those of the space, by name, with how often each is taught in today's year.
func (r *Room) Subjects(ctx context.Context) ([]Subject, error) {
	var list []Subject
	today := directory.Day(r.db.NowIn(ctx))
	err := r.db.Batch(ctx, func(b *db.Batch) { queueSubjects(b, &list, today) })
	if err != nil {
		return nil, fmt.Errorf("list the subjects: %w", err)
	}
	return list, nil
}

// Name adds subjects, or changes what those with the same ids are called.
func (r *Room) Name(ctx context.Context, list []Subject) error {
	for i := range list {
		if err := list[i].check(); err != nil {
			return err
		}
	}
	if len(list) == 0 {
		return fault.Field("code", "Choisissez au moins une matière.")
	}
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := writeSubjects(ctx, tx, list); err != nil {
			if db.Constraint(err) != "" {
				return fault.Field("code", "Une matière porte déjà ce code. Changez son nom plutôt que d’en ajouter une.")
			}
			return fmt.Errorf("write subjects: %w", err)
		}
		return trail(ctx, tx, "classes.name_subjects", list[0].ID, list[0].Label)
	})
}

// Forget takes away a subject that nobody ever taught here.
func (r *Room) Forget(ctx context.Context, id uuid.UUID) error {
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		label, taught, err := lockSubject(ctx, tx, id)
		if err != nil {
			return missingOr(err, "take a subject")
		}
		if taught {
			return fault.New(fault.Invalid, "Cette matière est enseignée, ou l’a été une autre année. Elle ne peut pas être supprimée.")
		}
		if err := deleteSubject(ctx, tx, id); err != nil {
			return fmt.Errorf("forget a subject: %w", err)
		}
		return trail(ctx, tx, "classes.forget_subject", id, label)
	})
}

// Timetable is who teaches what to whom in one school year, with what one may choose from.
type Timetable struct {
	Shelf    // the classes
	Groups   []Unit
	Subjects []Subject
	Teachers []Member
	All      []Teaching
}

// Teachings reads a year's assignments in one round trip, today's for the nil id.
func (r *Room) Teachings(ctx context.Context, year uuid.UUID) (Timetable, error) {
	var t Timetable
	today := directory.Day(r.db.NowIn(ctx))
	err := r.db.Batch(ctx, func(b *db.Batch) {
		queueYears(b, &t.Years)
		queueUnits(b, Class, &t.Units, year, today)
		queueUnits(b, Group, &t.Groups, year, today)
		queueSubjects(b, &t.Subjects, today)
		queueTeachers(b, &t.Teachers, today)
		queueTeachings(b, &t.All, year, today)
	})
	if err != nil {
		return Timetable{}, fmt.Errorf("read who teaches what: %w", err)
	}
	t.Shelf, err = t.of(year, today)
	return t, err
}

// Assign adds assignments, and makes the teachers members of the classes and groups: what the passports follow. Those that
// exist stay as they are.
func (r *Room) Assign(ctx context.Context, list []line) error {
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		today := directory.Day(tx.Now())
		n, err := insertTeachings(ctx, tx, list, today)
		if err != nil {
			return fmt.Errorf("assign teachers: %w", err)
		}
		if n < len(list) {
			return fault.Missing()
		}
		if err := tieTeachers(ctx, tx, list); err != nil {
			return fmt.Errorf("tie teachers to what they teach: %w", err)
		}
		return settleTeachers(ctx, tx, "classes.assign", list)
	})
}

// Unassign takes assignments of a year that is not over back. A teacher who teaches nothing else to the class, and is not
// its form teacher, leaves it.
func (r *Room) Unassign(ctx context.Context, list []line) error {
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		n, err := deleteTeachings(ctx, tx, list, directory.Day(tx.Now()))
		if err != nil {
			return fmt.Errorf("take assignments back: %w", err)
		}
		if n == 0 {
			return fault.Missing()
		}
		if err := untieTeachers(ctx, tx, list); err != nil {
			return fmt.Errorf("untie teachers from what they teach no more: %w", err)
		}
		return settleTeachers(ctx, tx, "classes.unassign", list)
	})
}

func settleTeachers(ctx context.Context, tx db.Tx, action string, list []line) error {
	err := audit.Record(ctx, tx, audit.Entry{Actor: session.Actor(ctx).Person, Action: action, Subject: list[0].subject.String(),
		Detail: map[string]any{"lines": len(list)}})
	if err != nil {
		return err
	}
	return directory.Reissue(ctx, tx, teachersOf(list)...)
}
