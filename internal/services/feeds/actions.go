package feeds

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/feed"
	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

const (
	checkJob = "feeds.check"
	applyJob = "feeds.apply"
)

type checkWork struct {
	ID   uuid.UUID       `json:"id"`
	Name string          `json:"name"`
	By   school.PersonID `json:"by"`
}

type applyWork struct {
	ID uuid.UUID `json:"id"`
}

// mostArchives bounds what the page lists of the folder.
const mostArchives = 100

// Archives lists what lies in the folder and could be a feed, the newest first. Without a folder there is none.
func (r *Room) Archives() ([]Archive, error) {
	if r.folder == "" {
		return nil, nil
	}
	entries, err := os.ReadDir(r.folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look into the folder of feeds: %w", err)
	}
	var list []Archive
	for _, e := range entries {
		if info, err := e.Info(); err == nil && mayBeFeed(e.Name(), e.IsDir(), info.Mode().IsRegular()) {
			list = append(list, Archive{Name: e.Name(), Size: info.Size(), At: info.ModTime(), Folder: e.IsDir()})
		}
	}
	slices.SortFunc(list, func(a, b Archive) int { return b.At.Compare(a.At) })
	return list[:min(mostArchives, len(list))], nil
}

// Read has an archive of the folder read and compared, as a job. It refuses with Invalid a name that is not in the folder.
func (r *Room) Read(ctx context.Context, id uuid.UUID, name string) error {
	list, err := r.Archives()
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(list, func(a Archive) bool { return a.Name == name }) {
		return fault.New(fault.Invalid, "Cette archive n’est plus dans le dossier. Ouvrez de nouveau la page pour voir celles qui y sont.")
	}
	by := session.Actor(ctx).Person
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		err := audit.Record(ctx, tx, audit.Entry{Actor: by, Action: "feeds.read", Subject: id.String(), Title: name})
		if err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, job.Job{ID: id, Kind: checkJob, UniqueKey: name, Payload: checkWork{ID: id, Name: name, By: by}})
	})
}

// runCheck reads an archive. What refuses it stands in the list of feeds: trying again would read the same.
func (r *Room) runCheck(ctx context.Context, _ job.Run, w checkWork) error {
	src, err := feed.OpenAcademy(ctx, filepath.Join(r.folder, filepath.Base(w.Name)), w.Name)
	if err != nil {
		return r.engine.Refuse(ctx, w.ID, w.By, w.Name, err)
	}
	tell := func(records int64) {
		_ = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return tellRecords(ctx, tx, w.ID, records) })
	}
	err = errors.Join(r.engine.Check(ctx, w.ID, w.By, feed.Watched(src, tell)), src.Close())
	if fault.KindOf(err) != fault.Internal {
		return r.engine.Refuse(ctx, w.ID, w.By, w.Name, err)
	}
	return err
}

// Apply agrees to a feed, which a job then applies.
func (r *Room) Apply(ctx context.Context, id uuid.UUID) error {
	by := session.Actor(ctx).Person
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := feed.Start(ctx, tx, id, by); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, job.Job{Kind: applyJob, UniqueKey: id.String(), Payload: applyWork{id}})
	})
}

// runApply applies so many establishments, and leaves the others to another run.
func (r *Room) runApply(ctx context.Context, _ job.Run, w applyWork) error {
	more, err := r.engine.Apply(ctx, w.ID, nil)
	if err != nil || !more {
		return err
	}
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return job.Enqueue(ctx, tx, job.New(applyJob, w))
	})
}

// Confirm says that what a feed changes in an establishment is right, for a reason.
func (r *Room) Confirm(ctx context.Context, id uuid.UUID, scope school.ScopeID, reason string) error {
	by := session.Actor(ctx).Person
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return feed.Confirm(ctx, tx, id, scope, by, reason) })
}

// Report reads a feed and the lines of its report that the filter asks for.
func (r *Room) Report(ctx context.Context, id uuid.UUID, f feed.PartFilter) (feed.Feed, []feed.Part, error) {
	one, err := r.engine.Feed(ctx, id)
	if err != nil {
		return one, nil, err
	}
	parts, err := r.engine.Parts(ctx, id, f)
	return one, parts, err
}

// Part reads what a feed changes in one establishment, and the lines of one kind, which are the establishment's own.
func (r *Room) Part(ctx context.Context, id uuid.UUID, t *tenant.Tenant, f feed.FindingFilter) (part, error) {
	p, err := r.engine.Part(ctx, id, t.ID)
	if err != nil {
		return part{}, err
	}
	here := tenant.Enter(ctx, t)
	counts, err := r.engine.FindingCounts(here, id)
	if err != nil {
		return part{}, err
	}
	if f.Kind == "" {
		f.Kind = firstKind(counts)
	}
	list, err := r.engine.Findings(here, id, f)
	return part{Part: p, counts: counts, findings: list, filter: f}, err
}

// waiting tells whether an archive waits to be read.
func (r *Room) waiting(ctx context.Context) (names []string, err error) {
	err = r.db.Batch(ctx, func(b *db.Batch) { queueWaiting(b, &names) })
	return names, err
}

// schoolOf is the establishment of a number in an address.
func (r *Room) schoolOf(number string) (*tenant.Tenant, error) {
	var id int64
	if _, err := fmt.Sscanf(strings.TrimSpace(number), "%d", &id); err != nil {
		return nil, fault.Missing()
	}
	t := r.registry.ByID(school.ScopeID(id))
	if t == nil || t.Kind != tenant.KindEstablishment {
		return nil, fault.Missing()
	}
	return t, nil
}
