package drive

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/fault"
)

// Version is a file as it was.
type Version struct {
	Number  int
	Size    int64
	Type    string
	Hash    string
	State   State
	At      time.Time
	By      string // a name
	Current bool
}

// Versions lists what is kept of a file, the latest first, for those who may read it.
func (d *Drive) Versions(ctx context.Context, id uuid.UUID) ([]Version, error) {
	v, err := d.visit(ctx)
	if err != nil {
		return nil, err
	}
	f, in, err := d.locate(ctx, v, id)
	if err != nil {
		return nil, err
	}
	var rows []versionRow
	if err := d.db.Batch(in, func(b *db.Batch) { queueVersions(b, &rows, id) }); err != nil {
		return nil, fault.Doing("list the versions of a file", err)
	}
	versions := make([]Version, 0, len(rows))
	for _, o := range rows {
		versions = append(versions, Version{o.Number, o.Size, o.ContentType, o.Hash, State(o.State), o.CreatedAt.UTC(), o.AuthorName, o.Number == f.chain[0].Version})
	}
	return versions, nil
}

// WordsOf gives the beginning of what a document says, without its layout, at most limit letters; cut says whether more
// follows. A document without words, and one that nobody has read yet, say nothing.
func (d *Drive) WordsOf(ctx context.Context, id uuid.UUID, limit int) (text string, cut bool, err error) {
	v, err := d.visit(ctx)
	if err != nil {
		return "", false, err
	}
	f, in, err := d.locate(ctx, v, id)
	if err != nil {
		return "", false, err
	}
	var rows []textRow
	if err := d.db.Batch(in, func(b *db.Batch) { queueText(b, &rows, f.chain[0].Hash, limit) }); err != nil {
		return "", false, fault.Doing("read the words of a file", err)
	}
	if len(rows) == 0 {
		return "", false, nil
	}
	return rows[0].Text, rows[0].Cut, nil
}

// RestoreVersion makes an old version the current one, as a version of its own: nothing is lost by it.
func (d *Drive) RestoreVersion(ctx context.Context, id uuid.UUID, number int) (Node, error) {
	err := d.each(ctx, []uuid.UUID{id}, "restore a version", func(ctx context.Context, tx db.Tx, v visit, all []found) error {
		r := all[0].chain[0]
		if all[0].self < Editor {
			return denied()
		}
		old, err := versionOf(ctx, tx, id, number)
		if err != nil || old.Number == r.Version {
			return orMissingRow(err)
		}
		if err := readable(old.over(r), v); err != nil {
			return err
		}
		return d.repeat(ctx, tx, v, r, old)
	})
	if err != nil {
		return Node{}, err
	}
	return d.Find(ctx, id)
}

// orMissingRow says NotFound when a row was not there.
func orMissingRow(err error) error {
	if db.NoRows(err) {
		return fault.Missing()
	}
	return err
}

// repeat adds to r the content of a version, which two rows name from then on.
func (d *Drive) repeat(ctx context.Context, tx db.Tx, v visit, r row, old versionRow) error {
	space, err := spaceOf(ctx, tx, r.SpaceID)
	if err != nil {
		return err
	}
	if err := d.roomFor(ctx, tx, v, r.ref(), space, old.Size); err != nil {
		return err
	}
	old.NodeID, old.Number, old.AuthorID, old.AuthorName = r.ID, r.Version+1, &v.actor.Person.UUID, v.actor.Name
	if err := addVersion(ctx, tx, old); err != nil {
		return err
	}
	if err := weigh(ctx, tx, r.SpaceID, old.Size, 0); err != nil {
		return err
	}
	return d.prune(ctx, tx, r.ID, r.SpaceID)
}

// Prepared says that an object shows a version small: the room that made it names it here. It is for jobs, which run in
// the scope of the file and for nobody. False when the version is gone meanwhile; the object is then swept.
func (d *Drive) Prepared(ctx context.Context, id uuid.UUID, version int, preview blob.Key) (bool, error) {
	var named bool
	err := d.db.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		named, err = setPreview(ctx, tx, id, version, preview)
		return err
	})
	return named, fault.Doing("name a preview", err)
}
