package mustread

import (
	"context"
	"fmt"
	"io"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/notice"
	"elyco/internal/session"
	"elyco/internal/sheet"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// followed is a message that was sent, how far it is, and a part of its ledger.
type followed struct {
	Message
	progress notice.Progress
	people   []notice.Reached
	more     bool
}

// Follow reads how far a message is, with those who are left, or everybody, after a person.
func (r *Room) Follow(ctx context.Context, id uuid.UUID, page notice.LedgerPage) (f followed, err error) {
	page.Limit = pageSize + 1
	err = r.db.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		if f.Message, err = selectOne(ctx, tx, id, false); err != nil || f.State == Draft {
			return err
		}
		if f.progress, _, err = notice.ProgressOf(ctx, tx, id); err != nil {
			return err
		}
		f.people, err = notice.Ledger(ctx, tx, id, page)
		return err
	})
	if db.NoRows(err) {
		return f, fault.Missing()
	}
	if err != nil {
		return f, fmt.Errorf("follow message %s: %w", id, err)
	}
	if len(f.people) > pageSize {
		f.people, f.more = f.people[:pageSize], true
	}
	return f, nil
}

// change does something with a message that was sent, and notes who did it.
func (r *Room) change(ctx context.Context, id uuid.UUID, verb string, detail map[string]any, do func(ctx context.Context, tx db.Tx, m Message) error) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		m, err := selectOne(ctx, tx, id, true)
		if db.NoRows(err) || err == nil && m.State == Draft {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		if err := do(ctx, tx, m); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "mustread." + verb, Subject: id.String(), Title: m.Title, Detail: detail})
	})
	if err != nil {
		return fmt.Errorf("%s message %s: %w", verb, id, err)
	}
	return nil
}

// Hurry takes the next way at once for everybody who is left; it returns for how many.
func (r *Room) Hurry(ctx context.Context, id uuid.UUID) (n int, err error) {
	err = r.change(ctx, id, "hurry", nil, func(ctx context.Context, tx db.Tx, _ Message) error {
		n, err = r.herald.Hasten(ctx, tx, id)
		return err
	})
	return n, err
}

// End stops a message where it stands.
func (r *Room) End(ctx context.Context, id uuid.UUID) error {
	return r.change(ctx, id, "end", nil, func(ctx context.Context, tx db.Tx, _ Message) error {
		if err := stop(ctx, tx, id); err != nil {
			return err
		}
		return r.herald.End(ctx, tx, id)
	})
}

// Reached notes that somebody was reached otherwise: by a call, at the gate. It counts as done by whoever notes it. NotFound for
// whom the message was never for.
func (r *Room) Reached(ctx context.Context, id, person uuid.UUID) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	return r.change(ctx, id, "reached", map[string]any{"person": person}, func(ctx context.Context, tx db.Tx, _ Message) error {
		there, err := notice.Told(ctx, tx, id, person)
		if err == nil && !there {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		_, err = r.herald.Acknowledge(ctx, tx, id, person, "hand", a.Person.UUID)
		return err
	})
}

// Ledger gives every line of the ledger to tell, in their order, some hundreds at a time.
func (r *Room) Ledger(ctx context.Context, id uuid.UUID, tell func(notice.Reached) error) error {
	page := notice.LedgerPage{Limit: batchSize}
	for {
		var list []notice.Reached
		err := r.db.Read(ctx, func(ctx context.Context, tx db.Tx) (err error) {
			list, err = notice.Ledger(ctx, tx, id, page)
			return err
		})
		if err != nil {
			return err
		}
		for _, p := range list {
			if err := tell(p); err != nil {
				return err
			}
		}
		if len(list) < page.Limit {
			return nil
		}
		page.AfterName, page.After = list[len(list)-1].Name, list[len(list)-1].Person
	}
}

// Letters writes one document with a letter for each person who waits for one, and notes that they are printed. Without
// anybody it fails with NotFound.
func (r *Room) Letters(ctx context.Context, id uuid.UUID, w io.Writer) error {
	t := tenant.From(ctx)
	paper, err := r.skins.Page(ctx, t)
	if err != nil {
		return err
	}
	var m Message
	var names []letterTo
	err = r.change(ctx, id, "letters", nil, func(ctx context.Context, tx db.Tx, found Message) error {
		m = found
		people, err := notice.Printed(ctx, tx, id)
		if err == nil && len(people) == 0 {
			return fault.New(fault.NotFound, words.T(ctx, "mustread.letters.none"))
		}
		if err == nil {
			names, err = selectNames(ctx, tx, id, people)
		}
		return err
	})
	if err != nil {
		return err
	}
	letters := make([]sheet.Page, len(names))
	for i, p := range names {
		letters[i] = paper
		letters[i].Title = m.Title
		letters[i].Paragraphs = []string{words.T(ctx, "mustread.letter.to", "name", p.Name), words.T(ctx, "mustread.letter.on", "day", words.Date(m.SentAt)), m.Body}
		if p.AboutNames != "" {
			letters[i].Facts = []sheet.Fact{{Label: words.T(ctx, "mustread.letter.about"), Text: p.AboutNames}}
		}
		letters[i].Footer = words.T(ctx, "mustread.letter.footer")
	}
	return sheet.Letters(w, m.Title, letters)
}
