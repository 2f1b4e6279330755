package slips

import (
	"context"
	"io"
	"slices"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
)

const maxFiles = 10

// Attach takes a file in for a draft as it arrives. Faults: Conflict for the eleventh file, and those of the drive.
func (r *Room) Attach(ctx context.Context, id uuid.UUID, called string, body io.Reader) error {
	_, files, err := r.Draft(ctx, id)
	if err != nil {
		return err
	}
	if len(files) >= maxFiles {
		return fault.New(fault.Conflict, "Vous pouvez joindre 10 documents au plus.")
	}
	trusted := drive.Entrust(ctx, id, drive.Editor)
	n, err := r.drive.Store(trusted, drive.Incoming{Space: drive.BoxOf(ctx, id), ID: school.NewID(), Name: drive.SafeName(called), Rename: true}, body, -1)
	if err != nil {
		return err
	}
	return r.change(ctx, id, "note a file", author, func(ctx context.Context, tx db.Tx, _ school.Actor, s Slip) error {
		if s.State != Draft {
			return errStale
		}
		return insertFile(ctx, tx, id, File{ID: n.ID, Name: n.Name, Size: n.Size})
	})
}

// Detach takes a file off a draft.
func (r *Room) Detach(ctx context.Context, id, file uuid.UUID) error {
	return r.change(ctx, id, "detach a file", author, func(ctx context.Context, tx db.Tx, _ school.Actor, s Slip) error {
		if s.State != Draft {
			return errStale
		}
		gone, err := deleteFile(ctx, tx, id, file)
		if err == nil && !gone {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		return r.drive.EraseIn(ctx, tx, id, []uuid.UUID{file})
	})
}

// File opens a document of a slip for whom the slip may be seen by.
func (r *Room) File(ctx context.Context, id, file uuid.UUID) (drive.Node, func(ctx context.Context, off, length int64) (io.ReadCloser, error), error) {
	v, err := r.Look(ctx, id)
	if err != nil {
		return drive.Node{}, nil, err
	}
	if !slices.ContainsFunc(v.Files, func(f File) bool { return f.ID == file }) {
		return drive.Node{}, nil, fault.Missing()
	}
	n, err := r.drive.Find(drive.Entrust(ctx, id, drive.View), file)
	return n, func(ctx context.Context, off, length int64) (io.ReadCloser, error) {
		body, _, err := r.drive.Open(drive.Entrust(ctx, id, drive.View), file, 0, off, length)
		return body, err
	}, err
}
