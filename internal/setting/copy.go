package setting

import (
	"context"
	"errors"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Copied is what copying one setting does to one space.
type Copied struct {
	To      *tenant.Tenant
	Def     Def
	Before  Value  // what held there
	After   Value  // what holds once it is copied
	Changes bool   // they differ, and nothing stands against it
	Refused string // why it is not copied, for the person who asked; "" when it is
}

// Copy gives spaces the values that hold in from, as decisions of their own, and tells space by space what that changes.
// With dryRun nothing is written. All the spaces must be the context's or lie below it, else NotFound. Each space is
// written in a transaction of its own, because a transaction sees one scope: what one refuses does not stop the others.
func (b *Book) Copy(ctx context.Context, by school.PersonID, from *tenant.Tenant, to []*tenant.Tenant, names []string, dryRun bool) ([]Copied, error) {
	top := tenant.From(ctx)
	for _, t := range append([]*tenant.Tenant{from}, to...) {
		if t == nil || !t.Within(top) {
			return nil, fault.Missing()
		}
	}
	var report []Copied
	for _, t := range to {
		lines, changes, err := b.planCopy(from, t, names)
		if err != nil {
			return nil, err
		}
		if !dryRun && len(changes) > 0 {
			if err := b.Set(tenant.Enter(ctx, t), by, changes...); err != nil {
				if lines, err = refuse(lines, err); err != nil {
					return report, err
				}
			}
		}
		report = append(report, lines...)
	}
	return report, nil
}

// planCopy tells what copying does to one space, from memory, and which changes do it.
func (b *Book) planCopy(from, to *tenant.Tenant, names []string) ([]Copied, []Change, error) {
	var lines []Copied
	var changes []Change
	for _, name := range names {
		d, known := b.named[name]
		if !known {
			return nil, nil, fault.Missing()
		}
		now := b.line(to, d)
		c := Copied{To: to, Def: d, Before: now.Value, After: b.value(from, d)}
		switch {
		case d.Same(c.Before, c.After):
		case !d.MaySet(to.Kind):
			c.Refused = "Ce réglage ne se décide pas dans cet espace."
		case now.Locked != nil:
			c.Refused = LockedWords(now.Locked)
		default:
			c.Changes = true
			changes = append(changes, Change{Name: name, Value: c.After, Lock: now.Locks, Version: now.Version})
		}
		if c.Refused != "" {
			c.After = c.Before
		}
		lines = append(lines, c)
	}
	return lines, changes, nil
}

// refuse notes beside each line why the space was not changed. A fault of ours stops everything.
func refuse(lines []Copied, err error) ([]Copied, error) {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return nil, err
	}
	for i, l := range lines {
		if !l.Changes {
			continue
		}
		lines[i].Changes, lines[i].After = false, l.Before
		lines[i].Refused = f.Words
		if words := f.Fields[l.Def.Name]; words != "" {
			lines[i].Refused = words
		}
		if lines[i].Refused == "" {
			lines[i].Refused = "Un autre réglage de cet espace a été refusé : rien n’y a changé."
		}
	}
	return lines, nil
}
