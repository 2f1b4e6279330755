package mydata

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

const (
	exportKind = "mydata.export"
	dropKind   = "mydata.drop"
)

type exportWork struct {
	ID uuid.UUID `json:"id"`
}

type dropWork struct {
	Keys []string `json:"keys"`
}

// top is the academy's space, where archives stand: one holds what every space keeps.
func (r *Room) top(ctx context.Context) context.Context {
	return tenant.Enter(ctx, r.registry.Academy())
}

// AskArchive has all that is kept about the subject put together in the background. One archive is made at a time: a second
// wish while the first waits is refused with Conflict. The same id twice is one wish.
func (r *Room) AskArchive(ctx context.Context, id uuid.UUID, s Subject) error {
	actor := session.Actor(ctx)
	a := Archive{ID: id, Person: s.Person, Author: actor.Person}
	for _, t := range s.Spaces {
		a.Spaces = append(a.Spaces, int64(t.ID))
	}
	a.Total = len(a.Spaces)*len(r.house.Holdings()) + 1
	err := r.db.Write(r.top(ctx), func(ctx context.Context, tx db.Tx) error {
		fresh, err := insertArchive(ctx, tx, a)
		if err != nil || !fresh {
			return err
		}
		if err := job.Enqueue(ctx, tx, job.Job{ID: id, Kind: exportKind, Payload: exportWork{id}}); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: actor.Person, Action: "mydata.export", Subject: s.Person.String()})
	})
	if db.Constraint(err) == oneArchive {
		return fault.New(fault.Conflict, words.T(ctx, "mydata.export.one"))
	}
	if err != nil {
		return fmt.Errorf("ask for an archive: %w", err)
	}
	return nil
}

// Archives lists what the actor asked for, the newest first.
func (r *Room) Archives(ctx context.Context) ([]Archive, error) {
	var list []Archive
	err := r.db.Batch(r.top(ctx), func(b *db.Batch) { queueArchives(b, &list, session.Actor(ctx).Person, r.db.NowIn(ctx)) })
	if err != nil {
		return nil, fmt.Errorf("list the archives of a person: %w", err)
	}
	return list, nil
}

// Take gives the archive to who asked for it, until it expires. Anybody else is told that there is none.
func (r *Room) Take(ctx context.Context, id uuid.UUID) (Archive, error) {
	actor := session.Actor(ctx)
	var list []Archive
	err := r.db.Batch(r.top(ctx), func(b *db.Batch) { queueArchive(b, &list, id) })
	if err != nil {
		return Archive{}, fmt.Errorf("find an archive: %w", err)
	}
	if len(list) == 0 || list[0].Author != actor.Person || !list[0].Takable(r.db.NowIn(ctx)) {
		return Archive{}, fault.Missing()
	}
	return list[0], nil
}

// drop removes objects that no row names any more.
func (r *Room) drop(ctx context.Context, _ job.Run, w dropWork) error {
	for _, name := range w.Keys {
		key, err := blob.ParseKey(name)
		if err != nil {
			return err
		}
		if err := r.blobs.Delete(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// dropLater has objects removed once tx commits.
func dropLater(ctx context.Context, tx db.Tx, keys []string) error {
	const atOnce = 200
	for len(keys) > 0 {
		n := min(atOnce, len(keys))
		if err := job.Enqueue(ctx, tx, job.New(dropKind, dropWork{keys[:n]})); err != nil {
			return err
		}
		keys = keys[n:]
	}
	return nil
}

// subjectOf finds again whose data an archive holds.
func (r *Room) subjectOf(a Archive) Subject {
	s := Subject{Person: a.Person, Own: a.Person == a.Author}
	for _, id := range a.Spaces {
		if t := r.registry.ByID(school.ScopeID(id)); t != nil {
			s.Spaces = append(s.Spaces, t)
		}
	}
	return s
}

// holdings are the declarations, in the order in which the archive lists them.
func (r *Room) holdings() []privacy.Holding { return r.house.Holdings() }
