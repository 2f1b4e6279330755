package feed

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/aaf"
	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// Check reads a feed, compares it with the house and keeps the report under id; nobody is changed. by is who asks, nobody
// for a command. A check that was interrupted begins anew with the same id; one that is done is not done again. The fault
// says in French why a feed is refused: older than what was applied, cut short, another one under way.
func (e *Engine) Check(ctx context.Context, id uuid.UUID, by school.PersonID, src Source) error {
	h := src.Header()
	h.Day, h.Label = directory.Day(h.Day), clean(h.Label)
	if err := h.check(); err != nil {
		return err
	}
	if missing := missingOf(src); h.Kind == Complete && len(missing) > 0 {
		return fault.New(fault.Invalid, "Ce flux complet n’est pas entier : il y manque "+strings.Join(missing, ", ")+". Rien n’a été lu.")
	}
	academy := db.WithScope(ctx, db.NewScope(int64(school.Academy)))
	var begun bool
	err := e.db.Write(academy, func(ctx context.Context, tx db.Tx) (err error) {
		begun, err = begin(ctx, tx, id, by, h)
		if err != nil || !begun {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: by, Action: "feeds.check", Subject: id.String(), Title: h.Label})
	})
	if err != nil || !begun {
		return err
	}
	err = e.read(ctx, id, h, src)
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return err // interrupted: the next run begins anew
	}
	refused := e.db.Write(academy, func(ctx context.Context, tx db.Tx) error { return refuse(ctx, tx, id, wordsOf(err)) })
	return errors.Join(err, refused)
}

// missingOf lists the kinds of records that a source should have and has not.
func missingOf(src Source) []string {
	if m, ok := src.(interface{ Missing() []string }); ok {
		return m.Missing()
	}
	return nil
}

// wordsOf tells people why a feed was refused.
func wordsOf(err error) string {
	var bad *aaf.SyntaxError
	if errors.As(err, &bad) {
		return "Ce flux ne peut pas être lu : " + bad.Error() + "."
	}
	var f *fault.Error
	if !errors.As(err, &f) {
		return "Une erreur du programme a interrompu la lecture. Recommencez ; si cela se reproduit, prévenez l’exploitant."
	}
	said := []string{}
	if f.Words != "" {
		said = append(said, f.Words)
	}
	for _, w := range f.Fields {
		said = append(said, w)
	}
	return strings.Join(said, " ")
}

// progressEvery is how many records pass between two words about how far the reading is.
const progressEvery = 20_000

// Watched tells tell how many records of src have been read, now and then.
func Watched(src Source, tell func(records int64)) Source { return watched{src, tell} }

type watched struct {
	Source
	tell func(records int64)
}

// Missing is what the source that is watched says: watching takes no guard away.
func (w watched) Missing() []string { return missingOf(w.Source) }

func (w watched) Rows(ctx context.Context, yield func(*Row) error) error {
	n := int64(0)
	return w.Source.Rows(ctx, func(r *Row) error {
		if n++; n%progressEvery == 0 {
			w.tell(n)
		}
		return yield(r)
	})
}

var errTakenOver = errors.New("feed: another reading took the place of this one")

func dayOf(t time.Time) string { return t.Format("02/01/2006") }

// Refuse keeps in the history that a feed could not be read at all, with what err says in words for people.
func (e *Engine) Refuse(ctx context.Context, id uuid.UUID, by school.PersonID, label string, err error) error {
	academy := db.WithScope(ctx, db.NewScope(int64(school.Academy)))
	return e.db.Write(academy, func(ctx context.Context, tx db.Tx) error {
		return insertRefused(ctx, tx, id, by, clean(label), wordsOf(err))
	})
}
