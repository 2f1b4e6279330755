package oversight

import (
	"context"
	"fmt"
	"io"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

const (
	importJob    = "oversight.import"
	mostProblems = 500 // that are kept of one file
)

type importWork struct {
	ID uuid.UUID       `json:"id"`
	By school.PersonID `json:"by"`
}

// ReadNational reads the national directory and keeps its lines of this academy, to be looked at; the registry is not
// touched. The fault names the file when nothing of ours could be read. Sending the same form twice keeps one.
func (r *Room) ReadNational(ctx context.Context, id uuid.UUID, name string, file io.Reader) error {
	lines, problems := tenant.ReadNationalDirectory(file)
	if len(lines) == 0 {
		words := "Ce fichier ne contient aucun établissement de l’académie. Choisissez l’annuaire national, au format CSV."
		if len(problems) > 0 {
			words += " " + problems[0].String() + "."
		}
		return fault.Field("directory", words)
	}
	actor := session.Actor(ctx)
	i := Import{ID: id, FileName: shortName(name), Lines: lines, Problems: problems[:min(mostProblems, len(problems))], State: ImportRead,
		Author: actor.Person, AuthorName: actor.Name}
	return r.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return insertImport(ctx, tx, i) })
}

func shortName(name string) string {
	const longest = 120
	runes := []rune(name)
	return string(runes[:min(longest, len(runes))])
}

// OpenImport reads an import and compares its lines with the registry as it is now.
func (r *Room) OpenImport(ctx context.Context, id uuid.UUID) (Import, []tenant.Change, error) {
	var i Import
	var found bool
	if err := r.DB.Batch(ctx, func(b *db.Batch) { queueImport(b, &found, &i, id) }); err != nil {
		return i, nil, fmt.Errorf("read an import: %w", err)
	}
	if !found {
		return i, nil, fault.Missing()
	}
	if i.State != ImportRead && i.State != ImportWaiting {
		return i, nil, nil
	}
	changes, err := tenant.PlanNational(ctx, r.DB, i.Lines)
	return i, changes, err
}

// imports lists the latest imports, without their lines.
func (r *Room) imports(ctx context.Context) ([]Import, error) {
	var list []Import
	if err := r.DB.Batch(ctx, func(b *db.Batch) { queueImports(b, &list) }); err != nil {
		return nil, fmt.Errorf("read the imports: %w", err)
	}
	return list, nil
}

// Agree has an import applied, as it was seen: agreed is the fingerprint of the changes on the page.
func (r *Room) Agree(ctx context.Context, id uuid.UUID, agreed string) error {
	_, changes, err := r.OpenImport(ctx, id)
	if err != nil {
		return err
	}
	if fingerprint(changes) != agreed {
		return fault.New(fault.Conflict, "Le registre a changé depuis que la page s’est affichée. Ouvrez-la de nouveau pour voir ce qui changerait : rien n’a été appliqué.")
	}
	by := session.Actor(ctx).Person
	return r.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		moved, err := agreeImport(ctx, tx, id, agreed)
		if err != nil {
			return fmt.Errorf("agree to an import: %w", err)
		}
		if !moved {
			return fault.New(fault.Conflict, "Cet import est déjà parti. Ouvrez de nouveau la page pour voir où il en est.")
		}
		if err := audit.Record(ctx, tx, audit.Entry{Actor: by, Action: "oversight.import", Subject: id.String(), Detail: map[string]any{"changes": applies(changes)}}); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, job.New(importJob, importWork{ID: id, By: by}))
	})
}

// runImport applies what was agreed to. A registry that has changed since is left alone; a run that comes twice finds
// nothing left to do.
func (r *Room) runImport(ctx context.Context, w importWork) error {
	i, changes, err := r.OpenImport(ctx, w.ID)
	if fault.Is(err, fault.NotFound) || err == nil && i.State != ImportWaiting {
		return nil
	}
	if err != nil {
		return err
	}
	state, report := ImportFailed, ImportReport{}
	switch {
	case fingerprint(changes) == i.Agreed:
		done, err := tenant.ApplyNational(ctx, r.DB, changes)
		if err != nil {
			return err
		}
		state, report = ImportApplied, ImportReport{Changed: done.Changed, Added: done.Added, ToDecide: len(done.ToDecide)}
	case applies(changes) == 0:
		state = ImportApplied
	}
	return r.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return endImport(ctx, tx, w.ID, state, report) })
}
