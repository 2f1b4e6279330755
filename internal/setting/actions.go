package setting

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Change is what a space decides about one setting.
type Change struct {
	Name    string
	Value   Value
	Lock    bool // keep the spaces below from deciding otherwise
	Inherit bool // decide nothing any more: what stands above holds; Value and Lock are not read
	Version int  // of the decision that the form showed, as Line.Version says it
}

// Set decides about settings of the context's space, all of them or none; by is who decides. What says the same as
// before is left alone. It refuses with Invalid, naming the setting as the field, a value that cannot be, a rank that
// does not decide and what a space above has locked; with Conflict what somebody else changed since the form was shown.
// When it returns, this replica knows; the others hear of it.
func (b *Book) Set(ctx context.Context, by school.PersonID, changes ...Change) error {
	t := tenant.From(ctx)
	if err := b.check(t, changes); err != nil || len(changes) == 0 {
		return err
	}
	err := b.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return b.set(ctx, tx, t, by, changes) })
	if err != nil {
		return err
	}
	return b.load(ctx, []school.ScopeID{t.ID})
}

// Reset gives a setting of the context's space back to what stands above; see Set.
func (b *Book) Reset(ctx context.Context, by school.PersonID, name string, version int) error {
	return b.Set(ctx, by, Change{Name: name, Inherit: true, Version: version})
}

// check refuses what can be refused without asking the database.
func (b *Book) check(t *tenant.Tenant, changes []Change) error {
	wrong := fault.Fields{}
	for _, c := range changes {
		d, known := b.named[c.Name]
		switch {
		case !known:
			return fault.Missing()
		case !d.MaySet(t.Kind):
			wrong.Add(c.Name, "Ce réglage ne se décide pas dans cet espace.")
		case c.Inherit:
		case c.Lock && !d.MayLock(t.Kind):
			wrong.Add(c.Name, "Ce réglage ne peut pas être imposé : personne d’autre ne le décide.")
		default:
			if err := d.Check(c.Value); err != nil {
				wrong.Add(c.Name, sentence(err, c.Name))
			}
		}
	}
	return wrong.OrNil()
}

func (b *Book) set(ctx context.Context, tx db.Tx, t *tenant.Tenant, by school.PersonID, changes []Change) error {
	if err := lockSpace(ctx, tx, t.ID); err != nil {
		return err
	}
	names := make([]string, len(changes))
	for i, c := range changes {
		names[i] = c.Name
	}
	rows, err := readStored(ctx, tx, names)
	if err != nil {
		return fmt.Errorf("read the settings to change: %w", err)
	}
	for _, c := range changes {
		if err := b.change(ctx, tx, t, by, c, rows); err != nil {
			return err
		}
	}
	return tx.Notify(ctx, channel, strconv.FormatInt(int64(t.ID), 10))
}

func (b *Book) change(ctx context.Context, tx db.Tx, t *tenant.Tenant, by school.PersonID, c Change, rows []stored) error {
	d := b.named[c.Name]
	own, locker := sift(t, d, rows)
	if c.idle(d, own) {
		return nil
	}
	if locker != nil {
		return fault.Field(c.Name, LockedWords(locker))
	}
	if c.Version != own.Version {
		return fault.New(fault.Conflict, "Ce réglage a été changé par une autre personne. Rechargez la page pour voir ce qu’il en est.")
	}
	detail := map[string]any{"setting": c.Name, "locked": c.Lock && !c.Inherit}
	if own.Version > 0 {
		detail["before"] = string(own.Value)
	}
	if c.Inherit {
		if err := deleteDecision(ctx, tx, c.Name); err != nil {
			return fmt.Errorf("reset the setting %s: %w", c.Name, err)
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: by, Action: "setting.reset", Subject: c.Name, Detail: detail})
	}
	value, err := d.encode(c.Value)
	if err != nil {
		return err
	}
	if err := writeDecision(ctx, tx, c.Name, value, c.Lock, by); err != nil {
		return fmt.Errorf("write the setting %s: %w", c.Name, err)
	}
	detail["after"] = string(value)
	return audit.Record(ctx, tx, audit.Entry{Actor: by, Action: "setting.set", Subject: c.Name, Detail: detail})
}

// idle reports whether the change says what the space's own decision already says.
func (c Change) idle(d Def, own stored) bool {
	if c.Inherit {
		return own.Version == 0
	}
	now, err := d.decode(own.Value)
	return own.Version > 0 && err == nil && own.Locked == c.Lock && d.Same(now, c.Value)
}

// sift finds the space's own decision among the rows, and the space above that locked the setting: the highest one.
func sift(t *tenant.Tenant, d Def, rows []stored) (own stored, locker *tenant.Tenant) {
	for _, space := range path(t) {
		for _, r := range rows {
			if r.Name != d.Name || r.TenantID != int64(space.ID) {
				continue
			}
			if space == t {
				own = r
			} else if r.Locked && locker == nil && d.MaySet(space.Kind) {
				locker = space
			}
		}
	}
	return own, locker
}

// LockedWords says who keeps the spaces below from deciding, as a refusal and a note beside a field.
func LockedWords(by *tenant.Tenant) string {
	return by.Name + " a fixé ce réglage pour tous ses espaces : il ne peut pas être changé ici."
}

// sentence is what a refusal says of a field.
func sentence(err error, field string) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Fields[field]
	}
	return err.Error()
}
