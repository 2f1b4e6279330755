package mustread

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/notice"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

const (
	jobTell   = "mustread.tell"
	batchSize = 500 // people told in one transaction
	pageSize  = 25
)

// Save keeps a draft. Faults: Invalid with the fields of what cannot be sent; NotFound for what is no draft of the space.
func (r *Room) Save(ctx context.Context, m Message) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	m.tidy()
	if m.ID == uuid.Nil {
		return fault.Missing()
	}
	if err := m.check(r.db.NowIn(ctx)); err != nil {
		return err
	}
	choices, err := audience.ChoicesOf(ctx, r.db, tenant.From(ctx))
	if err != nil {
		return err
	}
	if err := choices.Allows(m.Audience); err != nil {
		return err
	}
	if _, may := r.policy.For(a, name, urgent); m.Urgent && !may {
		return fault.Field("urgent", "Votre profil ne permet pas d’envoyer à toute heure.")
	}
	m.Whom, m.Author, m.AuthorName = choices.Words(m.Audience), a.Person.UUID, a.Name
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		kept, err := upsert(ctx, tx, m)
		if err == nil && !kept {
			return fault.Missing()
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("keep a message that must reach: %w", err)
	}
	return nil
}

// Message reads one; a NotFound fault for what is not there.
func (r *Room) Message(ctx context.Context, id uuid.UUID) (m Message, err error) {
	err = r.db.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		m, err = selectOne(ctx, tx, id, false)
		return err
	})
	if db.NoRows(err) {
		return m, fault.Missing()
	}
	return m, err
}

// List reads the messages of the space, the newest first, before one of them.
func (r *Room) List(ctx context.Context, before time.Time, last uuid.UUID) (list []listed, err error) {
	err = r.db.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		list, err = selectList(ctx, tx, before, last, pageSize+1)
		return err
	})
	return list, err
}

// Foresee says what would become of a draft.
func (r *Room) Foresee(ctx context.Context, m Message) (notice.Forecast, error) {
	return r.herald.Foresee(ctx, notice.Notice{ID: m.ID, Title: m.Title, Text: m.Body, Urgent: m.Urgent}, m.Audience)
}

// Send sends a draft: its first people are told at once, the others by a job. A second time changes nothing. Faults: Invalid
// with the fields of what has become impossible since; NotFound.
func (r *Room) Send(ctx context.Context, id uuid.UUID) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		m, err := selectOne(ctx, tx, id, true)
		if db.NoRows(err) {
			return fault.Missing()
		}
		if err != nil || m.State != Draft {
			return err
		}
		if err := m.check(tx.Now()); err != nil {
			return err
		}
		ladder := plan(m.Ways, m.GoalAt.Sub(tx.Now()))
		if m.Expected, err = audience.CountMembers(ctx, tx, m.Audience); err != nil {
			return err
		}
		if m.Expected == 0 {
			return fault.Field(audience.Field, "Personne ne répond à ce choix aujourd’hui. Choisissez à qui ce message doit parvenir.")
		}
		if err := begin(ctx, tx, id, ladder, m.Expected); err != nil {
			return err
		}
		err = audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "mustread.send", Subject: id.String(), Title: m.Title,
			Detail: map[string]any{"people": m.Expected, "urgent": m.Urgent, "reason": m.Reason}})
		if err != nil {
			return err
		}
		return r.tell(ctx, tx, id)
	})
	if err != nil {
		return fmt.Errorf("send what must reach: %w", err)
	}
	return nil
}

// telling is the payload of the job that goes on with a message.
type telling struct {
	ID uuid.UUID `json:"id"`
}

func (r *Room) tellMore(ctx context.Context, _ job.Run, t telling) error {
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return r.tell(ctx, tx, t.ID) })
}

// tell tells the next people of a message, and moves its cursor in the same transaction; when there are more, a job goes on.
func (r *Room) tell(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	m, err := selectOne(ctx, tx, id, true)
	if db.NoRows(err) || err == nil && m.State != Telling {
		return nil
	}
	if err != nil {
		return err
	}
	people, err := audience.Members(ctx, tx, m.Audience, m.After, batchSize)
	if err != nil {
		return err
	}
	n := notice.Notice{ID: m.ID, Kind: "mustread.asked", Ref: m.ID, Title: m.Title, Text: m.Body, Path: "/notices", Author: school.PersonID{UUID: m.Author}, AuthorName: m.AuthorName,
		WrittenAt: m.WrittenAt, SentAt: m.SentAt, Urgent: m.Urgent, Ladder: m.Ladder}
	if err := r.herald.Tell(ctx, tx, n, notice.ToMembers(people)); err != nil {
		return err
	}
	done := len(people) < batchSize
	after := m.After
	if len(people) > 0 {
		after = people[len(people)-1].Person
	}
	if err := advance(ctx, tx, id, after, len(people), done); err != nil || done {
		return err
	}
	next := job.New(jobTell, telling{ID: id})
	next.ID = uuid.NewSHA1(id, fmt.Append(nil, m.Batches+1))
	return job.Enqueue(ctx, tx, next)
}

// Remove takes a draft away.
func (r *Room) Remove(ctx context.Context, id uuid.UUID) error {
	if _, err := session.Writer(ctx); err != nil {
		return err
	}
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		n, err := deleteDraft(ctx, tx, id)
		if err == nil && n == 0 {
			return fault.Missing()
		}
		return err
	})
}
