package publication

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fact"
	"elyco/internal/fault"
	"elyco/internal/tenant"
)

// Input is what the editor's form holds. ID is made with the form, so that a form sent twice makes one draft; Version is
// the one that the form was filled from, 0 for a new draft.
type Input struct {
	ID           uuid.UUID
	Version      int
	Section      string
	Title        string
	Summary      string
	Body         string
	Urgent       bool
	Public       bool
	WantsReceipt bool
	PublishAt    time.Time
	EndsAt       time.Time
	Audience     audience.Audience
	CoverAlt     string
	Cover        *Upload
	RemoveCover  bool
	Files        []Upload
	RemoveFiles  []uuid.UUID
}

// Save keeps a draft, or changes what is being reviewed or already published. Faults: Invalid with the fields, NotFound for
// what is not the editor's, Conflict when somebody saved in between.
func (d *Desk) Save(ctx context.Context, in Input) (Publication, error) {
	e, err := d.editor(ctx)
	if err != nil {
		return Publication{}, err
	}
	choices, err := audience.ChoicesOf(ctx, d.db, tenant.From(ctx))
	if err != nil {
		return Publication{}, err
	}
	draft := Publication{ID: in.ID, Room: d.room.Name, State: Draft, Author: e.Person, AuthorName: e.Name}
	if err := d.fill(&draft, in, choices); err != nil {
		return Publication{}, err
	}
	bad := fault.Fields{}
	if draft.checkText(bad); len(bad) > 0 {
		return Publication{}, bad.OrNil()
	}
	stored, err := d.store(ctx, in)
	if err != nil {
		return Publication{}, err
	}
	var saved Publication
	err = d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		var err error
		saved, err = d.saveIn(ctx, tx, e, in, draft, stored)
		return err
	})
	if errors.Is(err, errTwice) {
		d.forget(ctx, stored)
		saved, _, err = d.Own(ctx, in.ID)
		return saved, err
	}
	if fault.Refused(err) {
		d.forget(ctx, stored)
	}
	if err != nil {
		return Publication{}, fmt.Errorf("save publication %s: %w", in.ID, err)
	}
	return saved, nil
}

// errTwice says that the same new draft was sent a second time: nothing is to be done.
var errTwice = errors.New("publication: the draft was made already")

func (d *Desk) saveIn(ctx context.Context, tx db.Tx, e Editor, in Input, draft Publication, stored stored) (Publication, error) {
	made, err := create(ctx, tx, draft)
	if err != nil {
		return Publication{}, err
	}
	p, ok, err := lock(ctx, tx, d.room.Name, in.ID)
	if err != nil {
		return Publication{}, err
	}
	if !ok || (!made && in.Version == 0 && p.Author != e.Person) || !e.MayEdit(p) && !made {
		return Publication{}, fault.Missing()
	}
	if !made && in.Version == 0 && p.Version == 1 && sameText(p, draft) {
		return p, errTwice
	}
	if !made && p.Version != in.Version {
		return Publication{}, overtaken()
	}
	if !e.Serves(draft.Section) {
		return Publication{}, fault.Field("section", "Choisissez une des rubriques qui vous sont confiées.")
	}
	d.take(&p, draft)
	if err := d.replaceFiles(ctx, tx, &p, in, stored); err != nil {
		return Publication{}, err
	}
	if err := d.check(p, tx.Now()); err != nil {
		return Publication{}, err
	}
	if p.State == Published {
		if err := d.announce(ctx, tx, &p); err != nil {
			return Publication{}, err
		}
	}
	if err := keep(ctx, tx, &p); err != nil {
		return Publication{}, err
	}
	return p, d.record(ctx, tx, e, p, "save")
}

// sameText recognises a form that was sent twice.
func sameText(a, b Publication) bool {
	return a.Title == b.Title && a.Summary == b.Summary && a.Body == b.Body && a.Section == b.Section && slices.Equal(a.Keys, b.Keys)
}

func overtaken() error {
	return fault.New(fault.Conflict, "Quelqu’un a modifié cette publication pendant que vous l’aviez ouverte. Rouvrez-la pour voir ce qui a changé, puis refaites vos modifications.")
}

// fill puts what the form says into p. An audience may wait until the text is published; one that is chosen must be right.
func (d *Desk) fill(p *Publication, in Input, choices audience.Choices) error {
	html, err := d.markdown.render(in.Body)
	if err != nil {
		return err
	}
	p.Section, p.Title, p.Summary, p.Body, p.HTML = in.Section, strings.TrimSpace(in.Title), strings.TrimSpace(in.Summary), in.Body, html
	p.WantsReceipt, p.Urgent, p.Public = in.WantsReceipt, in.Urgent, in.Public && d.room.Public
	p.PublishAt, p.EndsAt, p.Cover.Alt = in.PublishAt, in.EndsAt, strings.TrimSpace(in.CoverAlt)
	if len(d.room.Sections) > 0 {
		if _, ok := d.section(in.Section); !ok {
			return fault.Field("section", "Choisissez une rubrique.")
		}
	} else {
		p.Section = ""
	}
	if in.Audience.Empty() {
		return nil
	}
	if err := choices.Allows(in.Audience); err != nil {
		return err
	}
	p.Audience = in.Audience
	if in.Audience.Whole {
		p.Audience = audience.Audience{Whole: true}
	}
	p.AudienceWords = choices.Words(p.Audience)
	p.Keys, err = p.Audience.Keys(choices.From)
	return err
}

// take moves what a form may change from the draft into what is stored; state, author, files and version stay.
func (d *Desk) take(p *Publication, from Publication) {
	p.Section, p.Title, p.Summary, p.Body, p.HTML = from.Section, from.Title, from.Summary, from.Body, from.HTML
	p.Urgent, p.Public, p.WantsReceipt = from.Urgent, from.Public, from.WantsReceipt
	p.EndsAt, p.Cover.Alt = from.EndsAt, from.Cover.Alt
	p.Audience, p.AudienceWords, p.Keys = from.Audience, from.AudienceWords, from.Keys
	if p.State != Published || !from.PublishAt.IsZero() {
		p.PublishAt = from.PublishAt
	}
}

func (d *Desk) check(p Publication, now time.Time) error {
	bad := fault.Fields{}
	p.checkText(bad)
	if p.State == Published {
		p.checkWhole(bad, d.room, now)
	}
	return bad.OrNil()
}

func keep(ctx context.Context, tx db.Tx, p *Publication) error {
	ok, err := save(ctx, tx, p)
	if err != nil {
		return err
	}
	if !ok {
		return overtaken()
	}
	return nil
}

func (d *Desk) record(ctx context.Context, tx db.Tx, e Editor, p Publication, verb string) error {
	return audit.Record(ctx, tx, audit.Entry{Actor: e.Person, Action: d.room.Name + "." + verb, Subject: p.ID.String(), Title: p.Title,
		Detail: map[string]any{"version": p.Version, "state": p.State, "keys": len(p.Keys)}})
}

// change is an action on what is there: load, ask the rule, save, record.
func (d *Desk) change(ctx context.Context, id uuid.UUID, version int, verb string, do func(e Editor, p *Publication, now time.Time) error,
	after ...func(ctx context.Context, tx db.Tx, p *Publication) error) error {
	e, err := d.editor(ctx)
	if err != nil {
		return err
	}
	err = d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		p, ok, err := lock(ctx, tx, d.room.Name, id)
		if err != nil {
			return err
		}
		if !ok || !e.Sees(p) {
			return fault.Missing()
		}
		if p.Version != version {
			return overtaken()
		}
		if err := do(e, &p, tx.Now()); err != nil {
			return err
		}
		for _, then := range after {
			if err := then(ctx, tx, &p); err != nil {
				return err
			}
		}
		if err := keep(ctx, tx, &p); err != nil {
			return err
		}
		return d.record(ctx, tx, e, p, verb)
	})
	if err != nil {
		return fmt.Errorf("%s publication %s: %w", verb, id, err)
	}
	return nil
}

// Publish makes exactly the version that was checked visible, at its time or at once. Faults: Invalid with what a reader
// would miss, Conflict when it changed since.
func (d *Desk) Publish(ctx context.Context, id uuid.UUID, version int) error {
	return d.change(ctx, id, version, "publish", func(e Editor, p *Publication, now time.Time) error {
		if !e.Publishes {
			return fault.New(fault.Forbidden, "")
		}
		if err := p.publish(now); err != nil {
			return err
		}
		return d.check(*p, now)
	}, d.announce)
}

// announce tells the rest of the house once: at once, or by a job when the time comes.
func (d *Desk) announce(ctx context.Context, tx db.Tx, p *Publication) error {
	if !p.AnnouncedAt.IsZero() {
		return nil
	}
	if p.PublishAt.After(tx.Now()) {
		return d.announceLater(ctx, tx, *p)
	}
	p.AnnouncedAt = tx.Now()
	return fact.Emit(ctx, tx, fact.Published{ID: p.ID, Room: p.Room, Urgent: p.Urgent})
}

// Submit hands a draft to those who publish.
func (d *Desk) Submit(ctx context.Context, id uuid.UUID, version int) error {
	return d.change(ctx, id, version, "submit", func(_ Editor, p *Publication, now time.Time) error {
		if err := p.submit(); err != nil {
			return err
		}
		bad := fault.Fields{}
		p.checkText(bad)
		p.checkWhole(bad, d.room, now)
		return bad.OrNil()
	})
}

// SendBack gives a text under review back to its author.
func (d *Desk) SendBack(ctx context.Context, id uuid.UUID, version int) error {
	return d.change(ctx, id, version, "send_back", func(e Editor, p *Publication, _ time.Time) error {
		if !e.Publishes && p.Author != e.Person {
			return fault.Missing()
		}
		return p.sendBack()
	})
}

// Withdraw hides what is published from every reader; Restore shows it again as it was.
func (d *Desk) Withdraw(ctx context.Context, id uuid.UUID, version int) error {
	return d.change(ctx, id, version, "withdraw", func(_ Editor, p *Publication, _ time.Time) error { return p.withdraw() }, d.untell)
}

// Restore undoes a withdrawal, for the author as well: nothing can have been changed meanwhile but by those who publish.
func (d *Desk) Restore(ctx context.Context, id uuid.UUID, version int) error {
	return d.change(ctx, id, version, "restore", func(_ Editor, p *Publication, now time.Time) error {
		if err := p.restore(); err != nil {
			return err
		}
		return d.check(*p, now)
	}, d.announce)
}

// Archive puts a publication away: no reader sees it, and it is not changed any more.
func (d *Desk) Archive(ctx context.Context, id uuid.UUID, version int) error {
	return d.change(ctx, id, version, "archive", func(e Editor, p *Publication, _ time.Time) error {
		if !e.Publishes && p.State == Published {
			return fault.New(fault.Conflict, "Retirez d’abord la publication.")
		}
		return p.archive()
	})
}

// fieldsOf gives the sentences of an Invalid fault, for a form that is shown again; nil when err is something else.
func fieldsOf(err error) map[string]string {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		return f.Fields
	}
	return nil
}
