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
	"elyco/internal/job"
	"elyco/internal/session"
)

const rolloverJob = "classes.rollover"

type rolloverWork struct {
	Rollover uuid.UUID `json:"rollover"`
}

// Plan works out what the turn of today's year would do, with some levels leaving; nil takes the last ones. A space
// without a year of today gives NotFound.
func (r *Room) Plan(ctx context.Context, leaving []string) (Plan, error) {
	today := directory.Day(r.db.NowIn(ctx))
	p := Plan{Today: today}
	var years []directory.Year
	var standing []Rollover
	err := r.db.Batch(ctx, func(b *db.Batch) {
		queueYears(b, &years)
		queueLevels(b, &p.Levels, today)
		queueDropped(b, &p.Unplaced, &p.Groups, &p.Teachings, today)
		queueStanding(b, &standing)
		queueDue(b, &p.Due, today.AddDate(0, -keptAfter, 0))
	})
	if err != nil {
		return Plan{}, fmt.Errorf("read the year that ends: %w", err)
	}
	for _, y := range years {
		if y.Includes(today) {
			p.From = y
		}
	}
	if p.From.ID == uuid.Nil {
		return Plan{}, fault.Missing()
	}
	if len(standing) > 0 && standing[0].From.ID == p.From.ID {
		p.Standing = &standing[0]
	}
	for _, y := range years {
		p.Exists = p.Exists || p.Standing == nil && y.StartsOn.After(today)
	}
	return p, r.foresee(ctx, &p, leaving)
}

// foresee adds the next year, from the calendar, and who leaves.
func (r *Room) foresee(ctx context.Context, p *Plan, leaving []string) error {
	var levels []string
	for _, l := range p.Levels {
		levels = append(levels, l.Name)
	}
	if leaving == nil {
		leaving = lastLevels(levels)
	}
	if p.Standing != nil {
		leaving = p.Standing.Leaving
	}
	p.Leaving = leaving
	for i := range p.Levels {
		for _, l := range leaving {
			p.Levels[i].Leaves = p.Levels[i].Leaves || l == p.Levels[i].Name
		}
	}
	cal, err := r.calendars.On(ctx, after(p.From))
	if err != nil {
		return err
	}
	p.To, p.OpensOn = cal.Year, cal.Year.StartsOn
	err = r.db.Batch(ctx, func(b *db.Batch) { queueLeavers(b, &p.Leavers, p.From, leaving, mostLeavers+1) })
	if err != nil {
		return fmt.Errorf("read who leaves: %w", err)
	}
	if p.More = len(p.Leavers) > mostLeavers; p.More {
		p.Leavers = p.Leavers[:mostLeavers]
	}
	return nil
}

const mostLeavers = 5000

// Prepare has the turn of the year done in the background. Sent twice, the form does it once.
func (r *Room) Prepare(ctx context.Context, turn Rollover) error {
	plan, err := r.Plan(ctx, turn.Leaving)
	if err != nil {
		return err
	}
	if plan.Standing != nil {
		if plan.Standing.ID == turn.ID {
			return nil
		}
		return errPrepared()
	}
	if plan.Exists {
		return errPrepared()
	}
	turn.From = plan.From
	turn.To.Label = directory.YearAt(turn.To.StartsOn).Label
	var levels []string
	for _, l := range plan.Levels {
		levels = append(levels, l.Name)
	}
	if err := turn.check(levels); err != nil {
		return err
	}
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := insertRollover(ctx, tx, turn, session.Actor(ctx).Person); err != nil {
			if db.Constraint(err) != "" {
				return errPrepared()
			}
			return fmt.Errorf("note the turn of the year: %w", err)
		}
		err := audit.Record(ctx, tx, audit.Entry{Actor: session.Actor(ctx).Person, Action: "classes.prepare_year", Subject: turn.ID.String(), Title: turn.To.Label})
		if err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, job.Job{ID: turn.ID, Kind: rolloverJob, Payload: rolloverWork{turn.ID}})
	})
}

func errPrepared() error {
	return fault.New(fault.Conflict, "L’année suivante est déjà préparée. Rechargez la page.")
}

// turnYear is the job: the whole turn in one transaction. A second run finds it done.
func (r *Room) turnYear(ctx context.Context, _ job.Run, w rolloverWork) error {
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		turn, err := lockRollover(ctx, tx, w.Rollover)
		if err != nil {
			return fmt.Errorf("take the turn of the year: %w", err)
		}
		if turn.State != waiting {
			return nil
		}
		made, err := insertNextYear(ctx, tx, turn.To)
		if err != nil {
			return fmt.Errorf("open the next year: %w", err)
		}
		if !made {
			return closeRollover(ctx, tx, turn.ID, rejected, 0, 0)
		}
		classes, err := copyClasses(ctx, tx, turn)
		if err != nil {
			return fmt.Errorf("open the classes of the next year: %w", err)
		}
		people, err := endLeavers(ctx, tx, turn)
		if err != nil {
			return fmt.Errorf("end who leaves: %w", err)
		}
		if err := closeRollover(ctx, tx, turn.ID, applied, classes, people); err != nil {
			return fmt.Errorf("note that the year was turned: %w", err)
		}
		return turnsOn(ctx, tx, turn)
	})
}

// turnsOn has passports follow: those of the old year when it is over, those of the new one when it begins.
func turnsOn(ctx context.Context, tx db.Tx, turn Rollover) error {
	for _, y := range []directory.Year{turn.From, turn.To} {
		if err := directory.TurnsOn(ctx, tx, y); err != nil {
			return err
		}
	}
	return nil
}

// Undo takes a turn of the year back as long as the new year has not begun and no source has filled it: its classes go, and
// memberships end when they did before.
func (r *Room) Undo(ctx context.Context, id uuid.UUID) error {
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		turn, err := lockRollover(ctx, tx, id)
		if err != nil {
			return missingOr(err, "take the turn of the year")
		}
		if !turn.mayUndo(directory.Day(tx.Now())) {
			return fault.New(fault.Conflict, "La nouvelle année a commencé, ou sa préparation est déjà annulée. Rechargez la page.")
		}
		fed, err := fedYear(ctx, tx, turn.To.ID)
		if err != nil {
			return fmt.Errorf("look for imported classes: %w", err)
		}
		if fed {
			return fault.New(fault.Conflict, "Une importation a déjà rempli la nouvelle année : sa préparation ne peut plus être annulée.")
		}
		if err := restoreLeavers(ctx, tx, turn); err != nil {
			return fmt.Errorf("give memberships their end back: %w", err)
		}
		if err := dropYear(ctx, tx, turn.To.ID); err != nil {
			return fmt.Errorf("close the next year: %w", err)
		}
		if err := closeRollover(ctx, tx, turn.ID, undone, 0, 0); err != nil {
			return fmt.Errorf("note that the turn was undone: %w", err)
		}
		err = audit.Record(ctx, tx, audit.Entry{Actor: session.Actor(ctx).Person, Action: "classes.undo_year", Subject: id.String(), Title: turn.To.Label})
		if err != nil {
			return err
		}
		return directory.TurnsOn(ctx, tx, turn.From)
	})
}

// Years lists the school years, the newest first, with the day.
func (r *Room) Years(ctx context.Context) ([]directory.Year, time.Time, error) {
	var years []directory.Year
	err := r.db.Batch(ctx, func(b *db.Batch) { queueYears(b, &years) })
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("list the school years: %w", err)
	}
	return years, directory.Day(r.db.NowIn(ctx)), nil
}

// Purge removes the memberships that ended three months ago or earlier, and with them the places in classes and groups,
// the assignments and the guardianships that hung on them. The person and the account stay the academy's.
func (r *Room) Purge(ctx context.Context) (int, error) {
	n := 0
	err := r.db.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		if n, err = deleteDue(ctx, tx, directory.Day(tx.Now()).AddDate(0, -keptAfter, 0)); err != nil {
			return fmt.Errorf("purge who left: %w", err)
		}
		if n == 0 {
			return nil
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: session.Actor(ctx).Person, Action: "classes.purge", Detail: map[string]any{"memberships": n}})
	})
	return n, err
}
