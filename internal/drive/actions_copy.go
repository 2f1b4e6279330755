package drive

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// Copy makes a second document, or tree, of the current versions. as is the id of the copy, made with the form that asks
// for it. An empty name keeps the original's, with a number when it is taken; with overwrite a file that has the name goes
// to the trash. Within a scope no byte is copied; between the personal space and those of an establishment the object
// store does it.
func (d *Drive) Copy(ctx context.Context, id, as uuid.UUID, to SpaceRef, parent uuid.UUID, name string, overwrite bool) (Node, error) {
	v, err := d.writing(ctx)
	if err != nil {
		return Node{}, err
	}
	if name != "" {
		if name, err = CheckName(name); err != nil {
			return Node{}, err
		}
	}
	f, from, err := d.locate(ctx, v, id)
	if err != nil {
		return Node{}, err
	}
	in, err := d.in(ctx, v, to.Scope)
	if err != nil {
		return Node{}, err
	}
	if f.ref.Scope != to.Scope {
		return d.copyAcross(ctx, from, in, v, f, as, to, parent, name, overwrite)
	}
	err = d.db.Write(in, func(ctx context.Context, tx db.Tx) error {
		if err := lockPair(ctx, tx, f.ref, to); err != nil {
			return err
		}
		rows, err := belowIn(ctx, tx, id)
		if err != nil || len(rows) == 0 {
			return orMissing(err)
		}
		way, err := up(ctx, tx, id, v.keys)
		if err != nil {
			return err
		}
		if _, err := d.meet(v, way); err != nil {
			return err
		}
		return d.plant(ctx, tx, v, planting{rows, nil, as, to, parent, name, overwrite})
	})
	if err != nil {
		return Node{}, fault.Doing("copy a document", err)
	}
	return d.Find(ctx, as)
}

// planting is a tree that is about to be put somewhere, its top first. keys are the objects in place of the tree's own.
type planting struct {
	rows      []row
	keys      map[string]string
	as        uuid.UUID
	to        SpaceRef
	parent    uuid.UUID
	name      string
	overwrite bool
}

func (d *Drive) plant(ctx context.Context, tx db.Tx, v visit, p planting) error {
	t, err := d.reach(ctx, tx, v, p.to, p.parent, Add)
	if err != nil {
		return err
	}
	if len(p.rows) > maxTree {
		return fault.New(fault.TooLarge, "Ce dossier contient trop d’éléments pour une seule opération. Procédez par sous-dossiers.")
	}
	was, err := up(ctx, tx, p.as, nil)
	if err != nil {
		return err
	}
	if len(was) > 0 {
		if was[0].by(v.actor.Person) && was[0].ref() == p.to {
			return nil
		}
		return fault.New(fault.Conflict, "Ce document existe déjà.")
	}
	top := p.rows[0]
	if p.name == "" {
		if p.name, err = free(ctx, tx, p.to.Owner, p.parent, top.Name, top.IsFile); err != nil {
			return err
		}
	}
	if err := d.clear(ctx, tx, v, t, row{ID: p.as, IsFile: top.IsFile}, p.name, p.overwrite); err != nil {
		return err
	}
	nodes, versions, bytes, err := p.grow(t.depth, v)
	if err != nil {
		return err
	}
	if err := d.roomFor(ctx, tx, v, p.to, t.space, bytes); err != nil {
		return err
	}
	if err := insertMany(ctx, tx, nodes, versions); err != nil {
		return err
	}
	for _, o := range versions {
		if State(o.State) == Pending {
			if err := scanLater(ctx, tx, o.ObjectKey, 0); err != nil {
				return err
			}
		}
	}
	if err := d.readLater(ctx, tx, objectsIn(versions)...); err != nil {
		return err
	}
	return weigh(ctx, tx, p.to.Owner, bytes, int64(len(versions)))
}

func objectsIn(versions []newVersion) []string {
	keys := make([]string, 0, len(versions))
	for _, o := range versions {
		keys = append(keys, o.ObjectKey)
	}
	return keys
}

// grow draws the rows of the copy. What the actor may not read yet, or nobody may, is left out.
func (p planting) grow(depth int, v visit) (nodes []newNode, versions []newVersion, bytes int64, err error) {
	ids := map[uuid.UUID]uuid.UUID{}
	levels := map[uuid.UUID]int{}
	who := v.actor.Person.UUID
	for i, r := range p.rows {
		if readable(r, v) != nil {
			continue
		}
		n := newNode{ID: school.NewID(), SpaceID: p.to.Owner, IsFile: r.IsFile, Name: r.Name, AuthorID: &who, AuthorName: v.actor.Name, EditorID: &who, EditorName: v.actor.Name,
			Size: r.Size, ContentType: r.ContentType, Hash: r.Hash, State: r.State}
		if i == 0 {
			n.ID, n.Name = p.as, p.name
			if p.parent != uuid.Nil {
				n.ParentID = &p.parent
			}
			levels[n.ID] = depth + 1
		} else {
			parent, grown := ids[r.parent()]
			if !grown {
				continue
			}
			n.ParentID = &parent
			levels[n.ID] = levels[parent] + 1
		}
		if !r.IsFile && levels[n.ID] > maxDepth {
			return nil, nil, 0, tooDeep()
		}
		ids[r.ID] = n.ID
		n.NameKey, n.NameSort = keyOf(n.Name), sortOf(n.Name)
		if r.IsFile {
			n.Version, n.ObjectKey, n.PreviewKey = 1, r.ObjectKey, r.PreviewKey
			if p.keys != nil {
				n.ObjectKey, n.PreviewKey = p.keys[r.ObjectKey], ""
			}
			bytes += r.Size
			versions = append(versions, newVersion{NodeID: n.ID, Number: 1, ObjectKey: n.ObjectKey, PreviewKey: n.PreviewKey, Size: r.Size, ContentType: r.ContentType,
				Hash: r.Hash, State: r.State, AuthorID: &who, AuthorName: v.actor.Name})
		}
		nodes = append(nodes, n)
	}
	if len(nodes) == 0 {
		return nil, nil, 0, readable(p.rows[0], v)
	}
	return nodes, versions, bytes, nil
}

// copyAcross copies between two scopes: the objects first, then the rows that name the copies.
func (d *Drive) copyAcross(ctx, from, in context.Context, v visit, f found, as uuid.UUID, to SpaceRef, parent uuid.UUID, name string, overwrite bool) (Node, error) {
	if n, err := d.Find(ctx, as); err == nil && n.Author == v.actor.Person && n.Space == to {
		return n, nil
	}
	var rows []row
	if err := d.db.Batch(from, func(b *db.Batch) { queueBelow(b, &rows, f.chain[0].ID, maxTree+1) }); err != nil {
		return Node{}, fault.Doing("copy a document", err)
	}
	if len(rows) == 0 {
		return Node{}, fault.Missing()
	}
	// Asked before anything is copied, so that what is refused costs nothing.
	err := d.db.Write(in, func(ctx context.Context, tx db.Tx) error {
		t, err := d.reach(ctx, tx, v, to, parent, Add)
		if err != nil {
			return err
		}
		var bytes int64
		for _, r := range rows {
			bytes += r.Size
		}
		return d.roomFor(ctx, tx, v, to, t.space, bytes)
	})
	if err != nil {
		return Node{}, fault.Doing("copy a document", err)
	}
	keys, err := d.duplicate(ctx, v, rows, to.Scope)
	unsure := false
	if err == nil {
		err = d.db.Write(in, func(ctx context.Context, tx db.Tx) error {
			return d.plant(ctx, tx, v, planting{rows, keys, as, to, parent, name, overwrite})
		})
		unsure = err != nil && !fault.Refused(err)
	}
	if err != nil {
		for _, k := range keys {
			if key, bad := blob.ParseKey(k); bad == nil && !unsure {
				d.drop(ctx, key)
			}
		}
		return Node{}, fault.Doing("copy a document", err)
	}
	return d.Find(ctx, as)
}

// duplicate copies the objects of files to another scope, and tells which became which, also when it fails half-way.
func (d *Drive) duplicate(ctx context.Context, v visit, rows []row, to school.ScopeID) (map[string]string, error) {
	keys := map[string]string{}
	for _, r := range rows {
		if !r.IsFile || keys[r.ObjectKey] != "" || readable(r, v) != nil {
			continue
		}
		old, err := blob.ParseKey(r.ObjectKey)
		if err != nil {
			return keys, err
		}
		key := blob.NewKey(int64(to), d.db.NowIn(ctx))
		if err := d.blobs.Copy(ctx, old, key); err != nil {
			return keys, err
		}
		keys[r.ObjectKey] = key.String()
	}
	return keys, nil
}

// moveAcross moves between two scopes: a copy there, and the original, with its earlier versions, in the trash here.
func (d *Drive) moveAcross(ctx context.Context, f found, to SpaceRef, parent uuid.UUID, name string, overwrite bool) (Node, error) {
	if !f.chain[0].IsFile && overwrite {
		overwrite = false
	}
	n, err := d.Copy(ctx, f.chain[0].ID, school.NewID(), to, parent, name, overwrite)
	if err != nil {
		return Node{}, err
	}
	if err := d.Trash(ctx, f.chain[0].ID); err != nil {
		return Node{}, errors.Join(err, d.Trash(ctx, n.ID))
	}
	return n, nil
}
