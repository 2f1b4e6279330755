package slips

import (
	"context"
	"elyco/internal/notice"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/words"
)

const (
	jobTend   = "slips.tend"
	jobRound  = "slips.round"
	tellBatch = 200
)

// The automatic reminders, by how long before the end they go.
const (
	threeDays = "three"
	oneDay    = "one"
	stageEnd  = "closed"
)

type tending struct {
	ID uuid.UUID `json:"id"`
	At time.Time `json:"at"`
}

type rounding struct {
	ID    uuid.UUID `json:"id"`
	Stage string    `json:"stage"`
}

// noticeID names the notice of a slip for an occasion, so that nobody is told twice.
func noticeID(slip uuid.UUID, occasion string) uuid.UUID {
	return uuid.NewSHA1(slip, []byte("notice "+occasion))
}

// schedule has a slip tended to at an instant. The same instant is scheduled once.
func schedule(ctx context.Context, tx db.Tx, id uuid.UUID, at time.Time) error {
	j := job.New(jobTend, tending{ID: id, At: at.UTC()})
	j.ID, j.RunAt = uuid.NewSHA1(id, fmt.Append(nil, "tend ", at.UnixMicro())), at
	return job.Enqueue(ctx, tx, j)
}

func enqueueRound(ctx context.Context, tx db.Tx, id uuid.UUID, stage string) error {
	j := job.New(jobRound, rounding{ID: id, Stage: stage})
	j.ID = uuid.NewSHA1(id, []byte("round "+stage))
	return job.Enqueue(ctx, tx, j)
}

// nextVisit is when a slip is tended to next: at a reminder, at its end, and each morning before.
func nextVisit(now, end time.Time) time.Time {
	local := now.In(words.Zone())
	next := time.Date(local.Year(), local.Month(), local.Day()+1, 5, 0, 0, 0, words.Zone())
	for _, at := range []time.Time{end, end.Add(-72 * time.Hour), end.Add(-24 * time.Hour)} {
		if at.After(now) && at.Before(next) {
			next = at
		}
	}
	return next.UTC()
}

// dueReminder is the automatic reminder that is due, if any. A slip that is published later than that gets none of it:
// people have just been told.
func (s Slip) dueReminder(now time.Time) string {
	for _, r := range []struct {
		stage  string
		before time.Duration
	}{{oneDay, 24 * time.Hour}, {threeDays, 72 * time.Hour}} {
		at := s.ClosesAt.Add(-r.before)
		if s.Reminds && !now.Before(at) {
			if s.PublishedAt.Before(at) {
				return r.stage
			}
			return ""
		}
	}
	return ""
}

// tend looks after a slip: who is asked today, who has to be told, what reminder is due, whether all is over; and comes back.
func (r *Room) tend(ctx context.Context, _ job.Run, p tending) error {
	err := r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		s, err := heldSlip(ctx, tx, p.ID, true)
		if db.NoRows(err) || err == nil && s.State != Published {
			return nil
		}
		if err != nil {
			return err
		}
		now := tx.Now()
		if s.Over(now) {
			return r.finish(ctx, tx, s)
		}
		if err := strike(ctx, tx, s); err != nil {
			return err
		}
		if err := writeOut(ctx, tx, s); err != nil {
			return err
		}
		if stage := s.dueReminder(now); stage != "" {
			begun, err := beginRound(ctx, tx, s.ID, stage)
			if err == nil && begun {
				err = enqueueRound(ctx, tx, s.ID, stage)
			}
			if err != nil {
				return err
			}
		}
		return schedule(ctx, tx, s.ID, nextVisit(now, s.ClosesAt))
	})
	if err != nil {
		return fault.Doing("tend to a slip", err)
	}
	return r.tellAsked(ctx, p.ID)
}

// finish closes a slip and has its end told.
func (r *Room) finish(ctx context.Context, tx db.Tx, s Slip) error {
	if err := updateState(ctx, tx, s.ID, Closed); err != nil {
		return err
	}
	begun, err := beginRound(ctx, tx, s.ID, stageEnd)
	if err != nil || !begun {
		return err
	}
	n := r.notice(ctx, s, NoticeClosed, stageEnd, tx.Now())
	n.Path = resultsPath(s.ID)
	if s.Author.UUID != uuid.Nil {
		if err := r.teller.Tell(ctx, tx, n, []notice.To{{Person: s.Author.UUID, Name: s.AuthorName, Staff: true}}); err != nil {
			return err
		}
	}
	if !s.ResultsOpen {
		return nil
	}
	return enqueueRound(ctx, tx, s.ID, stageEnd)
}

// notice words a notice. Its text says nothing of what anybody answered.
func (r *Room) notice(ctx context.Context, s Slip, kind, occasion string, now time.Time) notice.Notice {
	key := map[string]string{NoticeAsked: "slips.notice.asked", NoticeReminder: "slips.notice.reminder", NoticeClosed: "slips.notice.closed"}[kind]
	return notice.Notice{ID: noticeID(s.ID, occasion), Kind: kind, Ref: s.ID, Title: s.Title, Text: words.T(ctx, key, "day", words.DateTime(s.ClosesAt)),
		Path: slipPath(s.ID), Author: s.Author, AuthorName: s.AuthorName, WrittenAt: now}
}

// tellAsked tells those who have not been told that they are asked, a batch in each transaction.
func (r *Room) tellAsked(ctx context.Context, id uuid.UUID) error {
	for {
		n := 0
		err := r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
			n = 0
			s, err := heldSlip(ctx, tx, id, false)
			if db.NoRows(err) || err == nil && !s.Open(tx.Now()) {
				return nil
			}
			if err != nil {
				return err
			}
			list, err := nextUntold(ctx, tx, id, tellBatch)
			if err != nil || len(list) == 0 {
				return err
			}
			n = len(list)
			return r.teller.Tell(ctx, tx, r.notice(ctx, s, NoticeAsked, "asked", tx.Now()), toAll(list))
		})
		if err != nil || n < tellBatch {
			return fault.Doing("tell who is asked", err)
		}
	}
}

func toAll(list []told) []notice.To {
	out := make([]notice.To, 0, len(list))
	for _, t := range list {
		out = append(out, notice.To{Person: t.Person, Name: t.Name, About: t.About, AboutNames: t.Names, Staff: t.Profile != "guardian" && t.Profile != "pupil"})
	}
	return out
}

// round sends a round of notices, a batch in each transaction: a stop at any point tells nobody twice and leaves nobody out.
func (r *Room) round(ctx context.Context, _ job.Run, p rounding) error {
	for {
		more := false
		err := r.db.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
			more, err = r.batch(ctx, tx, p)
			return err
		})
		if err != nil || !more {
			return fault.Doing("send a round of notices", err)
		}
	}
}

func (r *Room) batch(ctx context.Context, tx db.Tx, p rounding) (more bool, err error) {
	s, err := heldSlip(ctx, tx, p.ID, false)
	if db.NoRows(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	kind, pending := NoticeReminder, true
	if p.Stage == stageEnd {
		kind, pending = NoticeClosed, false
	}
	if pending && !s.Open(tx.Now()) || !pending && s.State != Closed {
		return false, nil
	}
	after, err := heldRound(ctx, tx, p.ID, p.Stage)
	if db.NoRows(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	list, err := nextOf(ctx, tx, p.ID, after, pending, tellBatch)
	if err != nil {
		return false, err
	}
	if len(list) > 0 {
		after = list[len(list)-1].Person
		n := r.notice(ctx, s, kind, p.Stage, tx.Now())
		if kind == NoticeClosed {
			n.Path = resultsPath(s.ID)
		}
		if err := r.teller.Tell(ctx, tx, n, toAll(list)); err != nil {
			return false, err
		}
	}
	more = len(list) == tellBatch
	return more, advanceRound(ctx, tx, p.ID, p.Stage, after, len(list), !more)
}
