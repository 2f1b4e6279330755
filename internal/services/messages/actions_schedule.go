package messages

import (
	"context"
	"elyco/internal/notice"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/live"
	"elyco/internal/school"
)

func (r *Room) schedule(ctx context.Context, tx db.Tx, id uuid.UUID, at time.Time) error {
	if err := setWaiting(ctx, tx, id, Scheduled); err != nil {
		return err
	}
	return meet(ctx, tx, jobSend, id, at)
}

// Unschedule makes a scheduled message of the actor's a draft again. Conflict when it has left meanwhile.
func (r *Room) Unschedule(ctx context.Context, id uuid.UUID) error {
	return r.change(ctx, "cancel a scheduled message", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		n, err := unschedule(ctx, tx, id, a.Person)
		if err != nil || n > 0 {
			return err
		}
		switch state, err := stateOf(ctx, tx, id, a.Person); {
		case err != nil:
			return err
		case state == "":
			return fault.Missing()
		case state == Drafted:
			return nil
		}
		return fault.New(fault.Conflict, "Ce message n’attend plus son heure : il est parti, ou attend d’être lu.")
	})
}

// sendScheduled sends a message at its hour. What may not leave any more comes back to its author as a draft, which says why.
func (r *Room) sendScheduled(ctx context.Context, _ job.Run, p appointment) error {
	return fault.Doing("send a scheduled message", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		w, err := heldScheduled(ctx, tx, p.ID, p.At)
		if db.NoRows(err) {
			return nil // cancelled, sent, or scheduled anew
		}
		if err != nil {
			return err
		}
		err = r.mayLeave(ctx, tx, w)
		why := sentenceOf(err)
		if err != nil && why == "" {
			return err
		}
		if why != "" {
			return r.giveBack(ctx, tx, w, why)
		}
		return r.release(ctx, tx, w.author, w.Draft)
	}))
}

// mayLeave refuses a waiting message whose author left, may not send now, or would reach too many.
func (r *Room) mayLeave(ctx context.Context, tx db.Tx, w waiting) error {
	if !w.member {
		return fault.New(fault.Forbidden, "Son auteur ne fait plus partie de l’établissement.")
	}
	kind := category(w.profile)
	if err := r.refuseStopped(ctx, tx, kind); err != nil {
		return err
	}
	m := mailing{message: w.ID, author: w.author.UUID, official: w.profile.Adult(), urgent: w.Urgent, copies: string(w.Guardians), sentAt: tx.Now(),
		limit: everybodyThere, weeks: r.weeks(ctx)}
	people, err := countMeant(ctx, tx, m)
	if err != nil {
		return err
	}
	return r.within(ctx, tx, w.author, kind, w.ID, people)
}

// giveBack makes a waiting message a draft again and tells its author.
func (r *Room) giveBack(ctx context.Context, tx db.Tx, w waiting, why string) error {
	n, err := sendBack(ctx, tx, w.ID, why)
	if err != nil || n == 0 || w.author.UUID == uuid.Nil {
		return err
	}
	if err := live.Tell(ctx, tx, live.Event{Room: name, Ref: w.ID}, w.author.UUID); err != nil {
		return err
	}
	return r.notices.Tell(ctx, tx, notice.Notice{ID: uuid.NewSHA1(w.ID, []byte("back "+tx.Now().Format(time.RFC3339))), Kind: noticeDecided, Ref: w.ID, Title: w.Subject,
		Text: why, Path: draftPath(w.ID), WrittenAt: tx.Now(), SentAt: tx.Now()}, []notice.To{{Person: w.author.UUID, Staff: w.profile.Adult()}})
}
