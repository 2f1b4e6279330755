package chat

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/session"
)

const visitLasts = 8 * time.Hour // a moderator's visit is said again after this

// Remove takes a message back: the author's own within ten minutes, or as a moderator, with a reason. A second time changes
// nothing. Faults: Invalid in the field "reason", Conflict when it is too late.
func (r *Room) Remove(ctx context.Context, id uuid.UUID, reason string) error {
	return r.altered(ctx, id, "remove a message", func(ctx context.Context, tx db.Tx, a school.Actor, c Channel, s seat, m Message) error {
		if m.Kind != Said || m.Person != a.Person && !s.moderates {
			return fault.Missing()
		}
		if m.Gone() {
			return nil
		}
		if m.Regrettable(a.Person, tx.Now()) {
			if err := updateRemoved(ctx, tx, m, "author", ""); err != nil {
				return err
			}
			return r.stir(ctx, tx, c.ID)
		}
		if !s.moderates {
			return fault.New(fault.Conflict, "Un message se retire dans les dix minutes. Demandez à un modérateur de le retirer.")
		}
		why, err := checkReason(reason)
		if err != nil {
			return err
		}
		return r.remove(ctx, tx, a, c, m, why)
	})
}

// remove takes a message back as a moderator and ends what was reported about it.
func (r *Room) remove(ctx context.Context, tx db.Tx, a school.Actor, c Channel, m Message, why string) error {
	if err := updateRemoved(ctx, tx, m, "moderator", why); err != nil {
		return err
	}
	if err := settleReports(ctx, tx, m, "removed", a.Person); err != nil {
		return err
	}
	if err := r.stir(ctx, tx, c.ID); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "chat.remove", Subject: m.ID.String(), Title: c.Title,
		Detail: map[string]any{"author": m.Person.String(), "reason": why}})
}

// Silence has a member who is a pupil or a guardian not write for some minutes. Faults: Invalid in the fields "person", "minutes"
// and "reason"; NotFound when the actor does not moderate or nobody of that kind belongs.
func (r *Room) Silence(ctx context.Context, id uuid.UUID, who school.PersonID, minutes int, reason string) error {
	return r.held(ctx, id, "silence a member", func(ctx context.Context, tx db.Tx, a school.Actor, c Channel, s seat) error {
		if who.UUID == uuid.Nil {
			return fault.Field("person", "Choisissez une personne.")
		}
		family, err := memberOf(ctx, tx, id, who)
		if db.NoRows(err) || err == nil && (!s.reads() || !s.moderates || !family || who == a.Person) {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		if !slices.Contains(silences(), minutes) {
			return fault.Field("minutes", "Choisissez une des durées de la liste.")
		}
		why, err := checkReason(reason)
		if err != nil {
			return err
		}
		if err := upsertSilence(ctx, tx, id, who, tx.Now().Add(time.Duration(minutes)*time.Minute), why, a.Person); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "chat.silence", Subject: who.String(), Title: c.Title,
			Detail: map[string]any{"minutes": minutes, "reason": why}})
	})
}

// Lift lets a member write again.
func (r *Room) Lift(ctx context.Context, id uuid.UUID, who school.PersonID) error {
	return r.held(ctx, id, "let a member write again", func(ctx context.Context, tx db.Tx, a school.Actor, c Channel, s seat) error {
		if !s.reads() || !s.moderates {
			return fault.Missing()
		}
		gone, err := deleteSilence(ctx, tx, id, who)
		if err != nil || !gone {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "chat.lift", Subject: who.String(), Title: c.Title})
	})
}

// Report tells the moderators that something is wrong with a message of somebody else. Its id is made with the form.
// Faults: Invalid in the fields "reason" and "note".
func (r *Room) Report(ctx context.Context, id uuid.UUID, p Report) error {
	if err := p.check(); err != nil {
		return err
	}
	if p.ID == uuid.Nil {
		return fault.Missing()
	}
	return r.altered(ctx, id, "report a message", func(ctx context.Context, tx db.Tx, a school.Actor, _ Channel, _ seat, m Message) error {
		if !m.Reportable(a.Person) {
			return fault.Missing()
		}
		return insertReport(ctx, tx, p, m, a.Person)
	})
}

// Reports lists what waits for the actor's decision, the oldest first.
func (r *Room) Reports(ctx context.Context) (list []Report, err error) {
	a := session.Actor(ctx)
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queueReports(b, &list, a.Person, r.db.NowIn(ctx), moderatesAs(r.policy, a), watcher(r.policy, a))
	})
	return list, fault.Doing("list the reports", err)
}

// moderatesAs are the profiles by which the actor moderates the own channels.
func moderatesAs(j judge, a school.Actor) []string {
	list := []string{}
	for _, m := range a.Here {
		one := a
		one.Here = []school.Membership{m}
		if _, ok := j.For(one, name, moderate); ok && !a.PreviewOnly {
			list = append(list, string(m.Profile))
		}
	}
	return list
}

// Decide ends what was reported about a message: the message stays, or is removed with a reason. A moderator of the school
// decides without opening the channel. Conflict when somebody was faster.
func (r *Room) Decide(ctx context.Context, id uuid.UUID, removes bool, reason string) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	return fault.Doing("decide about a report", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		message, state, err := reportOf(ctx, tx, id)
		if db.NoRows(err) {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		c, m, err := heldMessage(ctx, tx, message)
		if err != nil {
			return err
		}
		s, err := r.seatIn(ctx, tx, a, c)
		if err != nil {
			return err
		}
		if !s.moderates {
			return fault.Missing()
		}
		if state != "open" {
			return fault.New(fault.Conflict, "Quelqu’un d’autre a déjà décidé de ce signalement.")
		}
		return r.decide(ctx, tx, a, c, m, removes, reason)
	}))
}

func (r *Room) decide(ctx context.Context, tx db.Tx, a school.Actor, c Channel, m Message, removes bool, reason string) error {
	if removes && !m.Gone() {
		why, err := checkReason(reason)
		if err != nil {
			return err
		}
		return r.remove(ctx, tx, a, c, m, why)
	}
	state := "kept"
	if removes {
		state = "removed"
	}
	if err := settleReports(ctx, tx, m, state, a.Person); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "chat.decide", Subject: m.ID.String(), Title: c.Title, Detail: map[string]any{"decision": state}})
}

// Visit has a moderator of the school open a channel that is not the own. It is said among the messages, and lasts some hours.
func (r *Room) Visit(ctx context.Context, id uuid.UUID) error {
	return r.held(ctx, id, "visit a channel", func(ctx context.Context, tx db.Tx, a school.Actor, c Channel, s seat) error {
		if !s.watches {
			return fault.Missing()
		}
		if s.member {
			return nil
		}
		first, err := upsertVisit(ctx, tx, id, a.Person)
		if err != nil || !first {
			return err
		}
		if _, err := r.happen(ctx, tx, id, Visited, a); err != nil {
			return err
		}
		if err := r.stir(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "chat.visit", Subject: id.String(), Title: c.Title})
	})
}

const maxLog = 20000 // lines of a log that is taken away

// Log reads everything that was said in a channel, for those who moderate it. It is noted in the trail.
func (r *Room) Log(ctx context.Context, id uuid.UUID) (s sight, err error) {
	s, err = r.glance(ctx, id, func(b *db.Batch, s *sight) { queueFrom(b, &s.Messages, id, 0, maxLog) })
	if err == nil && (!s.seat.moderates || !s.seat.reads()) {
		err = fault.Missing()
	}
	if err != nil {
		return sight{}, err
	}
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		var whom []school.PersonID
		for _, m := range s.Messages {
			if m.Person.UUID != uuid.Nil && !slices.Contains(whom, m.Person) {
				whom = append(whom, m.Person)
			}
		}
		if err := privacy.Looked(ctx, tx, privacy.Look{Reader: session.Reader(ctx), Whom: whom, What: "chat.looked.log", Title: s.Title}); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: s.me.Person, Action: "chat.export", Subject: id.String(), Title: s.Title})
	})
	return s, fault.Doing("note that a log was taken away", err)
}
