package slips

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// MoveEnd gives a slip a later end; the zero end closes it now. What was anonymous and is over stays over: its results may
// have been read. version is the one that the form was made from.
func (r *Room) MoveEnd(ctx context.Context, id uuid.UUID, version int, end time.Time) error {
	return r.change(ctx, id, "move the end of a slip", leads, func(ctx context.Context, tx db.Tx, a school.Actor, s Slip) error {
		now := tx.Now()
		if s.Version != version || s.State != Published && s.State != Closed {
			return errStale
		}
		if s.Over(now) && (s.Anonymous || end.IsZero()) {
			return fault.New(fault.Conflict, "Cette consultation est terminée : elle ne peut plus être rouverte.")
		}
		if end.IsZero() {
			if err := updateEnd(ctx, tx, id, now); err != nil {
				return err
			}
			if err := r.finish(ctx, tx, s); err != nil {
				return err
			}
			return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "slips.close", Subject: id.String(), Title: s.Title})
		}
		if !end.After(now) || !end.After(s.ClosesAt) || end.After(now.Add(maxAhead)) {
			return fault.Field("closes", "Choisissez une date plus tardive que l’actuelle, dans l’année qui vient.")
		}
		if err := updateEnd(ctx, tx, id, end); err != nil {
			return err
		}
		if err := schedule(ctx, tx, id, nextVisit(now, end)); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "slips.extend", Subject: id.String(), Title: s.Title,
			Detail: map[string]any{"closes_at": end.UTC().Format(time.RFC3339)}})
	})
}

// Withdraw takes a slip back: those who were asked do not see it any more. A second time changes nothing.
func (r *Room) Withdraw(ctx context.Context, id uuid.UUID) error {
	return r.change(ctx, id, "withdraw a slip", leads, func(ctx context.Context, tx db.Tx, a school.Actor, s Slip) error {
		if s.State == Withdrawn {
			return nil
		}
		if s.State != Published {
			return errStale
		}
		if err := updateState(ctx, tx, id, Withdrawn); err != nil {
			return err
		}
		if err := r.teller.Withdraw(ctx, tx, noticeID(id, "asked"), noticeID(id, threeDays), noticeID(id, oneDay)); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "slips.withdraw", Subject: id.String(), Title: s.Title})
	})
}

// betweenReminders keeps families from being told the same thing over and over.
const betweenReminders = 12 * time.Hour

// Remind has those told who have not answered. stage comes with the form: a second time reminds nobody.
func (r *Room) Remind(ctx context.Context, id, stage uuid.UUID) error {
	return r.change(ctx, id, "remind people", leads, func(ctx context.Context, tx db.Tx, a school.Actor, s Slip) error {
		if !s.Open(tx.Now()) || stage == uuid.Nil {
			return errStale
		}
		last, err := lastReminder(ctx, tx, id)
		if err != nil {
			return err
		}
		begun, err := beginRound(ctx, tx, id, stage.String())
		if err != nil || !begun {
			return err
		}
		if last != nil && tx.Now().Sub(*last) < betweenReminders {
			return fault.New(fault.Conflict, "Un rappel est déjà parti il y a moins de douze heures. Laissez aux personnes le temps de répondre.")
		}
		if err := enqueueRound(ctx, tx, id, stage.String()); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "slips.remind", Subject: id.String(), Title: s.Title})
	})
}

// Translate supplies the notice in a language; an empty text takes it away.
func (r *Room) Translate(ctx context.Context, id uuid.UUID, t Text) error {
	t.Title, t.Body = strings.TrimSpace(t.Title), strings.TrimSpace(t.Body)
	if _, ok := language(t.Lang); !ok {
		return fault.Field("lang", "Choisissez une des langues proposées.")
	}
	if utf8.RuneCountInString(t.Title) > maxTitle {
		return fault.Field("title", "Ce titre est trop long : 140 caractères au plus.")
	}
	if utf8.RuneCountInString(t.Body) > maxBody {
		return fault.Field("body", "Ce texte est trop long : 8 000 caractères au plus.")
	}
	return r.change(ctx, id, "translate a slip", author, func(ctx context.Context, tx db.Tx, _ school.Actor, s Slip) error {
		if s.State == Withdrawn {
			return errStale
		}
		var list []Text
		for _, l := range Languages() {
			there, ok := s.text(l.Code)
			if l.Code == t.Lang {
				there, ok = t, t.Title+t.Body != ""
			}
			if ok {
				list = append(list, there)
			}
		}
		return updateTexts(ctx, tx, id, list)
	})
}
