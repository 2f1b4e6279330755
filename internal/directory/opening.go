package directory

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/job"
	"elyco/internal/school"
)

const turnJob = "directory.turn"

// turn names whose passports a day changes: the members of a class, or all who are tied to a school year. They are read on
// that day, so that who joined meanwhile is among them.
type turn struct {
	Class uuid.UUID `json:"class"`
	Year  uuid.UUID `json:"year"`
}

// OpensOn has the passports of a class's pupils and of their families issued anew once tx commits and on the day when
// the class opens to them; the zero time says that it is open. Whoever sets the day of a class calls it in the same
// transaction.
func OpensOn(ctx context.Context, tx db.Tx, class school.ClassID, day time.Time) error {
	return turnAt(ctx, tx, turn{Class: class.UUID}, tx.Now(), day)
}

// TurnsOn has the passports of all whom a school year ties to its classes and groups issued anew when the year begins and
// when it is over. Whoever makes a year, or changes its days, calls it in the same transaction.
func TurnsOn(ctx context.Context, tx db.Tx, y Year) error {
	return turnAt(ctx, tx, turn{Year: y.ID}, tx.Now(), y.StartsOn, y.EndsOn.AddDate(0, 0, 1))
}

func turnAt(ctx context.Context, tx db.Tx, w turn, now time.Time, days ...time.Time) error {
	for _, at := range append([]time.Time{now}, days...) {
		if at.Before(now) {
			continue
		}
		if err := job.Enqueue(ctx, tx, job.Job{Kind: turnJob, Payload: w, RunAt: at}); err != nil {
			return err
		}
	}
	return nil
}

// take issues the passports that a day has changed.
func (w turn) take(ctx context.Context, d *db.DB) error {
	var people []uuid.UUID
	if err := d.Batch(ctx, func(b *db.Batch) { queueTurned(b, &people, w) }); err != nil {
		return fmt.Errorf("find whose passports a day changes: %w", err)
	}
	return issue(ctx, d, people)
}
