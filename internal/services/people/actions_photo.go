package people

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// Photo is the stored picture of somebody.
type Photo struct {
	Key         blob.Key
	ContentType string
	Size        int64
}

// PhotoOf finds the photo of somebody whose face the actor sees; for all others there is none.
func (r *Room) PhotoOf(ctx context.Context, who school.PersonID) (Photo, error) {
	s, err := r.sight(session.Actor(ctx))
	if err != nil {
		return Photo{}, err
	}
	v := r.veil(ctx)
	var rows []row
	var p Photo
	var there bool
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queuePerson(b, &rows, directory.Day(r.db.NowIn(ctx)), s, v, who)
		queuePhoto(b, &there, &p, who)
	})
	if err != nil {
		return Photo{}, fmt.Errorf("find a photo: %w", err)
	}
	people := v.over(gather(rows))
	if len(people) == 0 || !people[0].Photo || !there {
		return Photo{}, fault.Missing()
	}
	return p, nil
}

// Wall reads who is in a class or a group of today's year, of those whom the actor sees, with their faces where the actor
// sees them: 200 people at the most, pupils first.
func (r *Room) Wall(ctx context.Context, class school.ClassID) (name string, people []Person, err error) {
	s, err := r.sight(session.Actor(ctx))
	if err != nil {
		return "", nil, err
	}
	v := r.veil(ctx)
	today := directory.Day(r.db.NowIn(ctx))
	var rows []row
	var classes []classRow
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queueList(b, &rows, today, s, v, nil, Filter{Class: class}, after{}, mostOnWall)
		queueClasses(b, &classes, today, s.Everybody, s.classIDs())
	})
	if err != nil {
		return "", nil, fmt.Errorf("read the faces of a class: %w", err)
	}
	for _, c := range classes {
		if c.ID == class.UUID && len(v.withClasses()) > 0 {
			return c.Name, v.over(gather(rows)), nil
		}
	}
	return "", nil, fault.Missing()
}

const mostOnWall = 200

// RemovePhoto takes the photo of a person away.
func (r *Room) RemovePhoto(ctx context.Context, who school.PersonID) error {
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		gone, err := deletePhoto(ctx, tx, who)
		if err != nil {
			return fmt.Errorf("remove a photo: %w", err)
		}
		if !gone {
			return fault.Missing()
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: session.Actor(ctx).Person, Action: "people.remove_photo", Subject: who.String()})
	})
}

const importJob = "people.photos"

type importWork struct {
	Import uuid.UUID `json:"import"`
}

// Receive keeps an archive and has it read in the background. Sent twice, the form keeps one.
func (r *Room) Receive(ctx context.Context, id uuid.UUID, archive io.Reader, size int64) error {
	key := blob.NewKey(int64(tenant.From(ctx).ID), r.db.NowIn(ctx))
	if err := r.blobs.Put(ctx, key, archive, size, "application/zip"); err != nil {
		return fmt.Errorf("keep an archive of photos: %w", err)
	}
	err := r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := insertImport(ctx, tx, id, key, session.Actor(ctx).Person); err != nil {
			return fmt.Errorf("note an archive of photos: %w", err)
		}
		return job.Enqueue(ctx, tx, job.Job{ID: id, Kind: importJob, Payload: importWork{id}})
	})
	return err
}

// Import is an archive with what was found in it.
type Import struct {
	ID          uuid.UUID
	Key         blob.Key
	State       string
	Total, Done int
	At          time.Time
	Found       []found
	More        int // beyond those that are listed
}

// The states of an import.
const (
	waiting    = "waiting"
	ready      = "ready"
	applied    = "applied"
	unreadable = "unreadable"
)

// Imports lists the ten last archives, and how many pupils and staff of today have a photo.
func (r *Room) Imports(ctx context.Context) (list []Import, count []photoCount, err error) {
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queueImports(b, &list)
		queuePhotoCounts(b, &count, directory.Day(r.db.NowIn(ctx)))
	})
	if err != nil {
		return nil, nil, fmt.Errorf("list the archives of photos: %w", err)
	}
	return list, count, nil
}

// OpenImport reads an archive's report: all that is not a match, then the matches.
func (r *Room) OpenImport(ctx context.Context, id uuid.UUID) (Import, error) {
	var list []Import
	var lines []found
	err := r.db.Batch(ctx, func(b *db.Batch) {
		queueImport(b, &list, id)
		queueFound(b, &lines, id)
	})
	if err != nil {
		return Import{}, fmt.Errorf("read the report of an archive: %w", err)
	}
	if len(list) == 0 {
		return Import{}, fault.Missing()
	}
	list[0].Found = lines
	return list[0], nil
}

// Apply gives all matched people their photos, in one transaction. The pictures that they replace, and the archive, are
// named by nobody any more, and swept.
func (r *Room) Apply(ctx context.Context, id uuid.UUID) (int, error) {
	n := 0
	err := r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		state, err := lockImport(ctx, tx, id)
		if db.NoRows(err) {
			return fault.Missing()
		}
		if err != nil {
			return fmt.Errorf("take an archive of photos: %w", err)
		}
		if state != ready {
			return fault.New(fault.Conflict, "Ces photos ont déjà été enregistrées, ou l’archive n’est pas encore lue. Rechargez la page.")
		}
		if n, err = applyImport(ctx, tx, id); err != nil {
			return fmt.Errorf("give people their photos: %w", err)
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: session.Actor(ctx).Person, Action: "people.apply_photos", Subject: id.String(), Detail: map[string]any{"photos": n}})
	})
	return n, err
}

// Discard forgets an archive and its report. Photos that were applied stay.
func (r *Room) Discard(ctx context.Context, id uuid.UUID) error {
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		gone, err := deleteImport(ctx, tx, id)
		if err != nil {
			return fmt.Errorf("forget an archive of photos: %w", err)
		}
		if !gone {
			return fault.Missing()
		}
		return nil
	})
}
