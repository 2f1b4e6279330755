package messages

import (
	"context"
	"io"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// drafting makes sure that a draft is the actor's.
func (r *Room) drafting(ctx context.Context, id uuid.UUID) error {
	return r.change(ctx, "find a draft", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		_, err := heldDraft(ctx, tx, id, a.Person)
		if db.NoRows(err) {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		n, err := countFiles(ctx, tx, id)
		if err != nil {
			return err
		}
		if n >= maxFiles {
			return fault.Field("files", "Vous pouvez joindre 10 documents au plus.")
		}
		return r.refuseFull(ctx, tx, a)
	})
}

func (r *Room) note(ctx context.Context, draft uuid.UUID, n drive.Node) error {
	return r.change(ctx, "note a file", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		if _, err := heldDraft(ctx, tx, draft, a.Person); err != nil {
			if db.NoRows(err) {
				return fault.Missing()
			}
			return err
		}
		return insertFile(ctx, tx, draft, File{ID: n.ID, Name: n.Name, Size: n.Size})
	})
}

// Attach adds a document that the actor may read to a draft, as it is now: later versions stay with the author. as is the
// id of the copy, made with the form. Faults: NotFound, Invalid in the field "files", and those of drive.Copy.
func (r *Room) Attach(ctx context.Context, draft, document, as uuid.UUID) error {
	if err := r.drafting(ctx, draft); err != nil {
		return err
	}
	original, err := r.drive.Find(ctx, document)
	if err != nil {
		return err
	}
	if original.Folder {
		return fault.Field("files", "Un dossier ne peut pas être joint. Choisissez un document.")
	}
	trusted := drive.Entrust(ctx, draft, drive.Editor)
	n, err := r.drive.Copy(trusted, document, as, drive.BoxOf(ctx, draft), uuid.Nil, "", false)
	if err != nil {
		return err
	}
	return r.note(ctx, draft, n)
}

// Upload adds a file to a draft as it arrives.
func (r *Room) Upload(ctx context.Context, draft uuid.UUID, name string, body io.Reader) error {
	if err := r.drafting(ctx, draft); err != nil {
		return err
	}
	trusted := drive.Entrust(ctx, draft, drive.Editor)
	in := drive.Incoming{Space: drive.BoxOf(ctx, draft), ID: school.NewID(), Name: drive.SafeName(name), Rename: true}
	n, err := r.drive.Store(trusted, in, body, -1)
	if err != nil {
		return err
	}
	return r.note(ctx, draft, n)
}

// Detach takes a file off a draft.
func (r *Room) Detach(ctx context.Context, draft, file uuid.UUID) error {
	return r.change(ctx, "detach a file", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		if _, err := heldDraft(ctx, tx, draft, a.Person); err != nil {
			if db.NoRows(err) {
				return fault.Missing()
			}
			return err
		}
		box, err := deleteFile(ctx, tx, draft, file)
		if err == nil && box == uuid.Nil {
			err = fault.Missing()
		}
		if err != nil || box != draft {
			return err
		}
		return r.drive.EraseIn(ctx, tx, draft, []uuid.UUID{file})
	})
}

// dropFiles erases the files of a draft that no other message carries.
func (r *Room) dropFiles(ctx context.Context, tx db.Tx, draft uuid.UUID) error {
	ids, err := filesOfOwn(ctx, tx, draft)
	if err != nil {
		return err
	}
	return r.drive.EraseIn(ctx, tx, draft, ids)
}

// File finds a file of a message for whoever has the message, and opens it as a part from off of n bytes. It is gone when it
// was erased since.
func (r *Room) File(ctx context.Context, a school.Actor, message, file uuid.UUID) (n drive.Node, open func(ctx context.Context, off, length int64) (io.ReadCloser, error), err error) {
	var box []uuid.UUID
	if err := r.db.Batch(ctx, func(b *db.Batch) { queueBoxOf(b, &box, message, file, a.Person, r.db.NowIn(ctx)) }); err != nil {
		return n, nil, fault.Doing("find a file", err)
	}
	if len(box) == 0 {
		return n, nil, fault.Missing()
	}
	n, err = r.drive.Find(drive.Entrust(ctx, box[0], drive.View), file)
	if fault.Is(err, fault.NotFound) {
		return n, nil, fault.New(fault.NotFound, "Ce document joint n’existe plus.")
	}
	return n, func(ctx context.Context, off, length int64) (io.ReadCloser, error) {
		body, _, err := r.drive.Open(drive.Entrust(ctx, box[0], drive.View), file, 0, off, length)
		return body, err
	}, err
}
