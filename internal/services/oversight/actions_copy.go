package oversight

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/setting"
	"elyco/internal/tenant"
)

// PlanCopy prepares a copy and keeps what it would change, for people to look at; nothing else is written. The source and all
// targets must lie below the context's space, else NotFound. Sending the same form twice prepares one copy.
func (r *Room) PlanCopy(ctx context.Context, id uuid.UUID, from school.ScopeID, to []school.ScopeID, settings []string) error {
	wrong := fault.Fields{}
	if from == 0 {
		wrong.Add("from", "Choisissez l’établissement dont vous copiez les réglages.")
	}
	if len(to) == 0 {
		wrong.Add("to", "Choisissez au moins un établissement qui les reçoit.")
	}
	if len(settings) == 0 {
		wrong.Add("settings", "Choisissez au moins un réglage.")
	}
	if err := wrong.OrNil(); err != nil {
		return err
	}
	source, err := r.Find(ctx, from)
	if err != nil {
		return err
	}
	var spaces []*tenant.Tenant
	for _, one := range to {
		t, err := r.Find(ctx, one)
		if err != nil {
			return err
		}
		if t.ID != source.ID {
			spaces = append(spaces, t)
		}
	}
	actor := session.Actor(ctx)
	copied, err := r.Settings.Copy(ctx, actor.Person, source, spaces, settings, true)
	if err != nil {
		return err
	}
	c := Copy{ID: id, Source: source.ID, State: CopyPlanned, Author: actor.Person, AuthorName: actor.Name, Lines: r.copyLines(copied)}
	return r.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return insertCopy(ctx, tx, c) })
}

func (r *Room) copyLines(copied []setting.Copied) []CopyLine {
	lines := []CopyLine{}
	for _, c := range copied {
		if !c.Changes && c.Refused == "" {
			continue
		}
		now := r.Settings.Line(c.To, c.Def.Name)
		lines = append(lines, CopyLine{Space: c.To.ID, Name: c.Def.Name, Before: c.Before, After: c.After, Own: now.Own, Locks: now.Locks,
			Version: now.Version, Refused: c.Refused})
	}
	return lines
}

// ReadCopy reads a copy of the context's space.
func (r *Room) ReadCopy(ctx context.Context, id uuid.UUID) (Copy, error) {
	var c Copy
	var found bool
	if err := r.DB.Batch(ctx, func(b *db.Batch) { queueCopy(b, &found, &c, id) }); err != nil {
		return c, fmt.Errorf("read a copy of settings: %w", err)
	}
	if !found {
		return c, fault.Missing()
	}
	return c, nil
}

// Apply has a planned copy done, as it was shown.
func (r *Room) Apply(ctx context.Context, id uuid.UUID) error {
	return r.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		entry := audit.Entry{Actor: session.Actor(ctx).Person, Action: "oversight.copy", Subject: id.String()}
		return r.start(ctx, tx, id, CopyPlanned, CopyWaiting, entry)
	})
}

// TakeBack has a copy undone: each establishment is again what it was, except where somebody has decided since.
func (r *Room) TakeBack(ctx context.Context, id uuid.UUID) error {
	return r.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		entry := audit.Entry{Actor: session.Actor(ctx).Person, Action: "oversight.take_back", Subject: id.String()}
		return r.start(ctx, tx, id, CopyDone, CopyUndoing, entry)
	})
}

const copyJob = "oversight.copy"

type copyWork struct {
	ID uuid.UUID       `json:"id"`
	By school.PersonID `json:"by"`
}

func (r *Room) start(ctx context.Context, tx db.Tx, id uuid.UUID, from, to CopyState, entry audit.Entry) error {
	moved, err := moveCopy(ctx, tx, id, from, to)
	if err != nil {
		return fmt.Errorf("start a copy of settings: %w", err)
	}
	if !moved {
		return fault.New(fault.Conflict, "Cette copie est déjà partie, ou n’existe plus. Ouvrez de nouveau la page pour voir où elle en est.")
	}
	if err := audit.Record(ctx, tx, entry); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, job.New(copyJob, copyWork{ID: id, By: entry.Actor}))
}

// runCopy does a copy, or undoes it, establishment by establishment: a transaction sees one scope. A run that was cut short
// begins again, and meets as done what is done.
func (r *Room) runCopy(ctx context.Context, w copyWork) error {
	c, err := r.ReadCopy(ctx, w.ID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	one, end := r.give, CopyDone
	switch c.State {
	case CopyWaiting:
	case CopyUndoing:
		one, end = r.takeBack, CopyUndone
	default:
		return nil
	}
	const told = 10 // establishments between two words about the progress
	for i, space := range c.Spaces() {
		t := r.Registry.ByID(space)
		if t == nil || !t.Within(tenant.From(ctx)) {
			continue
		}
		if err := one(tenant.Enter(ctx, t), w.By, t, c.Lines); err != nil {
			return err
		}
		if i%told == told-1 {
			if err := r.tellCopy(ctx, c, i+1, c.State); err != nil {
				return err
			}
		}
	}
	return r.tellCopy(ctx, c, len(c.Spaces()), end)
}

func (r *Room) tellCopy(ctx context.Context, c Copy, handled int, state CopyState) error {
	return r.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return updateCopy(ctx, tx, c, handled, state) })
}

// give sets one establishment's lines, all or none.
func (r *Room) give(ctx context.Context, by school.PersonID, t *tenant.Tenant, lines []CopyLine) error {
	var changes []setting.Change
	for _, l := range lines {
		if l.Space == t.ID && l.Refused == "" && !l.Done {
			changes = append(changes, setting.Change{Name: l.Name, Value: l.After, Lock: l.Locks, Version: l.Version})
		}
	}
	refused, err := sayRefusal(r.Settings.Set(ctx, by, changes...))
	if err != nil {
		return err
	}
	for i, l := range lines {
		if l.Space == t.ID && l.Refused == "" {
			lines[i].Done, lines[i].Refused = refused == "", refused
		}
	}
	return nil
}

// takeBack gives one establishment back what it had, line by line: what somebody decided since stays.
func (r *Room) takeBack(ctx context.Context, by school.PersonID, t *tenant.Tenant, lines []CopyLine) error {
	for i, l := range lines {
		if l.Space != t.ID || !l.Done || l.Kept != "" {
			continue
		}
		now := r.Settings.Line(t, l.Name)
		if now.Own == l.Own && now.Def.Same(now.Value, l.Before) {
			continue
		}
		if !now.Own || !now.Def.Same(now.Value, l.After) {
			lines[i].Kept = "L’établissement a décidé autrement depuis : sa décision reste."
			continue
		}
		kept, err := sayRefusal(r.Settings.Set(ctx, by, setting.Change{Name: l.Name, Value: l.Before, Lock: l.Locks, Inherit: !l.Own, Version: now.Version}))
		if err != nil {
			return err
		}
		lines[i].Kept = kept
	}
	return nil
}

// sayRefusal turns a refusal into its words; any other error stays one.
func sayRefusal(err error) (string, error) {
	var f *fault.Error
	if err == nil || !errors.As(err, &f) || f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return "", err
	}
	for _, words := range f.Fields {
		return words, nil
	}
	if f.Words != "" {
		return f.Words, nil
	}
	return "Ce réglage a été refusé.", nil
}

// SetDefault decides about one setting for the context’s space and those below it.
func (r *Room) SetDefault(ctx context.Context, c setting.Change) error {
	return r.Settings.Set(ctx, session.Actor(ctx).Person, c)
}

// copies lists the latest copies that somebody agreed to.
func (r *Room) copies(ctx context.Context) ([]Copy, error) {
	var list []Copy
	if err := r.DB.Batch(ctx, func(b *db.Batch) { queueCopies(b, &list) }); err != nil {
		return nil, fmt.Errorf("read the copies of settings: %w", err)
	}
	return list, nil
}
