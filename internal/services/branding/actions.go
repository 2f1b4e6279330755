package branding

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/theme"
)

// Desk is where a space stands: its draft, or what a draft would start from, and what was published.
type Desk struct {
	Draft     Version // what the form shows; stored only when it is a draft that exists
	Worn      Version // the last published one; the zero version when nothing was ever published
	History   []Version
	Inherited theme.Outfit // what the space wears without anything of its own
	Look      theme.Outfit // with the draft upon it, without pictures
	Verdicts  []theme.Verdict
	worn      []theme.Version
}

// Full reports whether a space sets a whole theme; an establishment adds marks to its collectivity's.
func Full(t *tenant.Tenant) bool { return t.Kind != tenant.KindEstablishment }

// Open reads the desk in one round trip.
func (r *Room) Open(ctx context.Context) (Desk, error) {
	t := tenant.From(ctx)
	var worn func() []theme.Version
	var versions func() []Version
	err := r.db.Batch(ctx, func(b *db.Batch) { worn, versions = theme.QueueWorn(b, t), queueVersions(b) })
	if err != nil {
		return Desk{}, fmt.Errorf("read the versions of a theme: %w", err)
	}
	return r.desk(t, worn(), versions())
}

func (r *Room) desk(t *tenant.Tenant, worn []theme.Version, versions []Version) (Desk, error) {
	d := Desk{worn: without(worn, t)}
	for _, v := range versions {
		if v.Draft() {
			d.Draft = v
			continue
		}
		d.History = append(d.History, v)
	}
	if len(d.History) > 0 {
		d.Worn = d.History[0]
	}
	if !d.Draft.Exists() {
		d.Draft = d.Worn
		d.Draft.Revision = 0
	}
	var err error
	if d.Inherited, err = r.skins.Dress(t, d.worn...); err != nil {
		return Desk{}, fmt.Errorf("compose what a space inherits: %w", err)
	}
	if d.Look, err = r.dress(t, d.worn, d.Draft); err != nil {
		return Desk{}, err
	}
	d.Verdicts = theme.Examine(d.Look.Tokens)
	return d, nil
}

func (r *Room) dress(t *tenant.Tenant, below []theme.Version, v Version) (theme.Outfit, error) {
	o, err := r.skins.Dress(t, append(below[:len(below):len(below)], v.Worn(t.ID))...)
	if err != nil {
		return theme.Outfit{}, fmt.Errorf("compose version %s of a theme: %w", v.ID, err)
	}
	return o, nil
}

// without leaves out the space's own version: what remains is what it inherits.
func without(worn []theme.Version, t *tenant.Tenant) []theme.Version {
	var below []theme.Version
	for _, v := range worn {
		if v.Scope != t.ID {
			below = append(below, v)
		}
	}
	return below
}

// Try composes a version with its pictures, for a preview. The nil id is what the space wears without anything of its own.
func (r *Room) Try(ctx context.Context, id uuid.UUID) (theme.Outfit, error) {
	t := tenant.From(ctx)
	var v theme.Version
	var found bool
	var take func() []theme.Version
	err := r.db.Batch(ctx, func(b *db.Batch) {
		take = theme.QueueWorn(b, t)
		queueVersion(b, id, &v, &found)
	})
	if err != nil {
		return theme.Outfit{}, fmt.Errorf("read a version of a theme: %w", err)
	}
	below := without(take(), t)
	if id == uuid.Nil {
		return r.skins.Dress(t, below...)
	}
	if !found {
		return theme.Outfit{}, fault.Missing()
	}
	return r.skins.Dress(t, append(below, v)...)
}

// change runs edit on the locked draft with its author set to who acts.
func (r *Room) change(ctx context.Context, revision int, edit func(ctx context.Context, tx db.Tx, d Version) error) error {
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		draft, err := lockDraft(ctx, tx)
		if err != nil {
			return fmt.Errorf("take the draft of a theme: %w", err)
		}
		actor := session.Actor(ctx)
		if err := draft.mayBeChangedBy(actor.Person, revision); err != nil {
			return err
		}
		draft.Author, draft.AuthorName = actor.Person, actor.Name
		return edit(ctx, tx, draft)
	})
}

// Save puts into the draft what the form asks. The faults name the fields; a Conflict says that another person changed the
// draft since revision.
func (r *Room) Save(ctx context.Context, revision int, c Change) error {
	t := tenant.From(ctx)
	return r.change(ctx, revision, func(ctx context.Context, tx db.Tx, draft Version) error {
		worn, err := theme.ReadWorn(ctx, tx, t)
		if err != nil {
			return err
		}
		below := without(worn, t)
		inherited, err := r.skins.Dress(t, below...)
		if err != nil {
			return err
		}
		now, err := r.dress(t, below, draft)
		if err != nil {
			return err
		}
		if draft.Source, draft.Accent, err = c.apply(Full(t), now, inherited, draft.Accent); err != nil {
			return err
		}
		return saveDraft(ctx, tx, draft)
	})
}

// Take puts one colour into the draft, as a finding advises.
func (r *Room) Take(ctx context.Context, revision int, scheme theme.Scheme, role theme.Role, colour theme.Colour) error {
	t := tenant.From(ctx)
	if !Full(t) {
		return fault.Missing()
	}
	return r.change(ctx, revision, func(ctx context.Context, tx db.Tx, draft Version) error {
		var err error
		if draft.Source, err = withColour(draft.Source, scheme, role, colour); err != nil {
			return err
		}
		return saveDraft(ctx, tx, draft)
	})
}

// Reset empties the draft: the space would wear what it inherits.
func (r *Room) Reset(ctx context.Context, revision int) error {
	return r.change(ctx, revision, emptyDraft)
}

// Discard throws the draft away.
func (r *Room) Discard(ctx context.Context, revision int) error {
	return r.change(ctx, revision, func(ctx context.Context, tx db.Tx, draft Version) error { return deleteDraft(ctx, tx, draft.ID) })
}
