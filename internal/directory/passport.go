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

const passportJob = "directory.passport"

type passportWork struct {
	Persons []uuid.UUID `json:"persons"`
}

// batch bounds the people of one transaction, so that no page waits long for a row of theirs.
const batch = 500

// Reissue has the passports of people issued anew once tx commits, and with them those of the guardians who follow them
// here: a guardian's passport names the children's classes. Whoever changes a membership, a class, a group or a
// guardianship calls it in the same transaction.
func Reissue(ctx context.Context, tx db.Tx, people ...school.PersonID) error {
	return reissueAt(ctx, tx, tx.Now(), people...)
}

func reissueAt(ctx context.Context, tx db.Tx, at time.Time, people ...school.PersonID) error {
	concerned, err := withGuardians(ctx, tx, people)
	if err != nil {
		return fmt.Errorf("find whose passports change: %w", err)
	}
	for len(concerned) > 0 {
		n := min(batch, len(concerned))
		// No unique key: a job that runs already may have read what was true before this transaction.
		err := job.Enqueue(ctx, tx, job.Job{Kind: passportJob, Payload: passportWork{concerned[:n]}, RunAt: at})
		if err != nil {
			return err
		}
		concerned = concerned[n:]
	}
	return nil
}

// Jobs are the directory's handlers for the workers.
func Jobs(d *db.DB) []job.Handler {
	return []job.Handler{
		job.Handle(passportJob, func(ctx context.Context, _ job.Run, w passportWork) error {
			return issue(ctx, d, w.Persons)
		}),
		job.Handle(turnJob, func(ctx context.Context, _ job.Run, w turn) error { return w.take(ctx, d) }),
	}
}

// IssuePassports computes at once what sessions know of people: for loads in bulk and for repairs. Pages use Reissue.
func IssuePassports(ctx context.Context, d *db.DB, people []school.PersonID) error {
	return issue(ctx, d, uuids(people))
}

func issue(ctx context.Context, d *db.DB, people []uuid.UUID) error {
	for len(people) > 0 {
		n := min(batch, len(people))
		if err := issuePassports(ctx, d, people[:n]); err != nil {
			return fmt.Errorf("issue passports: %w", err)
		}
		people = people[n:]
	}
	return nil
}

func uuids(people []school.PersonID) []uuid.UUID {
	ids := make([]uuid.UUID, len(people))
	for i, p := range people {
		ids[i] = p.UUID
	}
	return ids
}
