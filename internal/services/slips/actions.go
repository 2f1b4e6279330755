package slips

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// seat is what the actor is to one slip.
type seat struct {
	author bool // changes it
	leads  bool // reads its results, moves its end and withdraws it: the author, and who follows all
	paper  bool // copies answers from paper
}

func (r *Room) seatAt(a school.Actor, s Slip) seat {
	_, creates := r.policy.For(a, name, create)
	follows, _ := r.policy.For(a, name, follow)
	copies, _ := r.policy.For(a, name, paper)
	t := seat{author: creates && a.SignedIn() && s.Author == a.Person}
	t.leads = t.author || follows == policy.Establishment && s.State != Draft
	t.paper = (t.leads || copies == policy.Establishment) && !s.Anonymous && s.State != Draft && copies != ""
	return t
}

// choices is what the actor may address: the whole school, or the own classes and groups.
func (r *Room) choices(ctx context.Context, a school.Actor) (c audience.Choices, narrow bool, err error) {
	c, err = audience.ChoicesOf(ctx, r.db, tenant.From(ctx))
	if err != nil {
		return c, false, err
	}
	var classes []uuid.UUID
	for _, m := range a.Here {
		one := a
		one.Here = []school.Membership{m}
		far, ok := r.policy.For(one, name, create)
		if !ok {
			continue
		}
		if far != policy.Classes {
			return c, false, nil
		}
		for _, k := range m.Classes {
			classes = append(classes, k.ID.UUID)
		}
		for _, g := range m.Groups {
			classes = append(classes, g.ID.UUID)
		}
	}
	c.Levels = nil
	c.Classes = slices.DeleteFunc(c.Classes, func(k school.ClassRef) bool { return !slices.Contains(classes, k.ID.UUID) })
	c.Groups = slices.DeleteFunc(c.Groups, func(g school.GroupRef) bool { return !slices.Contains(classes, g.ID.UUID) })
	return c, true, nil
}

// addresses refuses an audience that the actor may not ask.
func addresses(c audience.Choices, narrow bool, to audience.Audience) error {
	if narrow && (to.Whole || len(to.Classes)+len(to.Groups) == 0) {
		return fault.Field(audience.Field, "Choisissez au moins une de vos classes ou un de vos groupes.")
	}
	return c.Allows(to)
}

// Begin makes a draft of a content. Its id comes with the form: a second time makes nothing.
func (r *Room) Begin(ctx context.Context, id uuid.UUID, c Content) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	s := c.begin(id)
	s.Author, s.AuthorName = a.Person, a.Name
	s.settle()
	if err := s.fits(); err != nil || id == uuid.Nil {
		return orMissing(err)
	}
	if s.HTML, err = r.text.HTML(s.Body); err != nil {
		return err
	}
	return fault.Doing("begin a slip", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		made, err := insertSlip(ctx, tx, s)
		if err != nil || made {
			return err
		}
		there, err := heldSlip(ctx, tx, id, false)
		if err == nil && there.Author != a.Person {
			err = fault.Missing()
		}
		return err
	}))
}

func orMissing(err error) error {
	if err != nil {
		return err
	}
	return fault.Missing()
}

// change runs a change of a slip, which is locked, by whom the seat allows.
func (r *Room) change(ctx context.Context, id uuid.UUID, what string, may func(t seat) bool, do func(ctx context.Context, tx db.Tx, a school.Actor, s Slip) error) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	return fault.Doing(what, r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		s, err := heldSlip(ctx, tx, id, true)
		if db.NoRows(err) || err == nil && !may(r.seatAt(a, s)) {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		return do(ctx, tx, a, s)
	}))
}

func author(t seat) bool { return t.author }
func leads(t seat) bool  { return t.leads }

var errStale = fault.New(fault.Conflict, "Cette demande a changé entre-temps. Rechargez la page, puis recommencez.")

// Save keeps a draft as it stands; what is missing may come later. Faults: Invalid in the fields of the form, Conflict when
// it has been changed or published since.
func (r *Room) Save(ctx context.Context, s Slip) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	s.settle()
	if err := s.fits(); err != nil {
		return err
	}
	s.Whom = ""
	if !s.Audience.Empty() {
		c, narrow, err := r.choices(ctx, a)
		if err != nil {
			return err
		}
		if err := addresses(c, narrow, s.Audience); err != nil {
			return err
		}
		s.Whom = c.Words(s.Audience)
	}
	if s.HTML, err = r.text.HTML(s.Body); err != nil {
		return err
	}
	return r.change(ctx, s.ID, "save a slip", author, func(ctx context.Context, tx db.Tx, _ school.Actor, there Slip) error {
		if there.State != Draft || there.Kind != s.Kind {
			return errStale
		}
		kept, err := updateDraft(ctx, tx, s)
		if err == nil && !kept {
			err = errStale
		}
		return err
	})
}

// Publish asks the people of a draft. A second time changes nothing. Faults: Invalid for what is missing, Conflict when the
// draft is not the one that was looked at.
func (r *Room) Publish(ctx context.Context, id uuid.UUID, version int) error {
	c, narrow, err := r.choices(ctx, session.Actor(ctx))
	if err != nil {
		return err
	}
	return r.change(ctx, id, "publish a slip", author, func(ctx context.Context, tx db.Tx, a school.Actor, s Slip) error {
		if s.State == Published {
			return nil
		}
		if s.State != Draft || s.Version != version {
			return errStale
		}
		if err := s.Ready(tx.Now()); err != nil {
			return err
		}
		if err := addresses(c, narrow, s.Audience); err != nil {
			return err
		}
		n, err := reachOf(ctx, tx, s)
		if err != nil {
			return err
		}
		if n.People == 0 {
			return fault.Field(audience.Field, "Personne n’est concerné aujourd’hui par ce choix. Vérifiez les profils et les classes.")
		}
		if err := writeOut(ctx, tx, s); err != nil {
			return err
		}
		if s.Anonymous {
			if err := r.openUrn(ctx, tx, s, n.People); err != nil {
				return err
			}
		}
		if err := updateState(ctx, tx, id, Published); err != nil {
			return err
		}
		if err := schedule(ctx, tx, id, tx.Now()); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "slips.publish", Subject: id.String(), Title: s.Title,
			Detail: map[string]any{"kind": string(s.Kind), "anonymous": s.Anonymous, "people": n.People}})
	})
}

// openUrn makes the empty urn of an anonymous vote.
func (r *Room) openUrn(ctx context.Context, tx db.Tx, s Slip, people int) error {
	scope := int64(tenant.From(ctx).ID)
	for part := range partsFor(s, people) {
		sealed, err := r.key.seal(scope, s.ID, part, newTally(len(s.Questions)))
		if err == nil {
			err = insertPart(ctx, tx, s.ID, part, sealed)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Discard removes a draft with its files.
func (r *Room) Discard(ctx context.Context, id uuid.UUID) error {
	return r.change(ctx, id, "discard a draft", author, func(ctx context.Context, tx db.Tx, _ school.Actor, s Slip) error {
		if s.State != Draft {
			return errStale
		}
		return r.discard(ctx, tx, []uuid.UUID{id})
	})
}

// Copy makes a new draft of a slip, without its people and dates.
func (r *Room) Copy(ctx context.Context, id, as uuid.UUID) error {
	s, err := r.own(ctx, id)
	if err != nil {
		return err
	}
	return r.Begin(ctx, as, s.content())
}

// Keep makes a template of the establishment of a slip.
func (r *Room) Keep(ctx context.Context, id, as uuid.UUID) error {
	s, err := r.own(ctx, id)
	if err != nil {
		return err
	}
	if s.Title == "" || as == uuid.Nil {
		return fault.New(fault.Conflict, "Donnez d’abord un titre : c’est sous ce nom que le modèle sera proposé.")
	}
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	return fault.Doing("keep a template", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		made, err := insertTemplate(ctx, tx, as, s.content(), a)
		if err != nil || !made {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "slips.template", Subject: as.String(), Title: s.Title})
	}))
}

// Drop removes a template: one's own, or any for who follows all.
func (r *Room) Drop(ctx context.Context, id uuid.UUID) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	_, all := r.policy.For(a, name, follow)
	return fault.Doing("remove a template", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		gone, err := deleteTemplate(ctx, tx, id, all, a.Person)
		if err == nil && !gone {
			err = fault.Missing()
		}
		return err
	}))
}

// own finds a slip that the actor leads.
func (r *Room) own(ctx context.Context, id uuid.UUID) (Slip, error) {
	var list []Slip
	err := r.db.Batch(ctx, func(b *db.Batch) { queueSlip(b, &list, id) })
	if err != nil {
		return Slip{}, fault.Doing("find a slip", err)
	}
	if len(list) == 0 || !r.seatAt(session.Actor(ctx), list[0]).leads {
		return Slip{}, fault.Missing()
	}
	return list[0], nil
}
