package drive

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
)

// target is a folder that something is about to be put into, judged and locked within the transaction that does it.
type target struct {
	ref    SpaceRef
	space  spaceRow
	folder uuid.UUID
	chain  chain
	inside Role
	depth  int
}

// reach locks the space and judges the folder as it is now. need is the role that the actor must have in it.
func (d *Drive) reach(ctx context.Context, tx db.Tx, v visit, s SpaceRef, folder uuid.UUID, need Role) (target, error) {
	t := target{ref: s, folder: folder}
	space := d.roleIn(v, s)
	if folder == uuid.Nil {
		if space == None {
			return t, fault.Missing()
		}
		if s.Kind == Class || s.Kind == Group {
			if there, err := isPlace(ctx, tx, s); err != nil || !there {
				return t, orMissing(err)
			}
		}
		t.inside = space
	}
	var err error
	if folder != uuid.Nil {
		if t.chain, err = up(ctx, tx, folder, v.keys); err != nil {
			return t, err
		}
		if len(t.chain) == 0 || t.chain[0].ref() != s || t.chain[0].IsFile {
			return t, fault.Missing()
		}
	}
	if t.space, err = open(ctx, tx, s); err != nil {
		return t, err
	}
	if s.Kind == Personal && s.Owner == v.actor.Person.UUID {
		// Whoever writes here later by a share finds how much the owner may keep.
		if most := d.limits(ctx, v).quota(t.space, s, v.actor); most != t.space.Granted {
			if err := grant(ctx, tx, s.Owner, most); err != nil {
				return t, err
			}
		}
	}
	if folder != uuid.Nil {
		// Read once more: somebody may have moved or removed it before the space was locked.
		if t.chain, err = up(ctx, tx, folder, v.keys); err != nil {
			return t, err
		}
		if len(t.chain) == 0 || t.chain[0].ref() != s {
			return t, fault.Missing()
		}
		f, err := d.meet(v, t.chain)
		if err != nil {
			return t, err
		}
		t.inside = f.inside
	}
	t.depth = len(t.chain)
	if t.inside < need {
		return t, denied()
	}
	return t, nil
}

// MakeFolder makes an empty folder. The form that asks for it carries its id, so that asking twice makes one.
func (d *Drive) MakeFolder(ctx context.Context, s SpaceRef, parent, id uuid.UUID, name string) (Node, error) {
	return d.makeFolder(ctx, s, parent, id, name, false)
}

// makeFolder gives the folder a number when the name is taken and it may.
func (d *Drive) makeFolder(ctx context.Context, s SpaceRef, parent, id uuid.UUID, name string, rename bool) (Node, error) {
	v, err := d.writing(ctx)
	if err != nil {
		return Node{}, err
	}
	if name, err = CheckName(name); err != nil {
		return Node{}, err
	}
	in, err := d.in(ctx, v, s.Scope)
	if err != nil {
		return Node{}, err
	}
	err = d.db.Write(in, func(ctx context.Context, tx db.Tx) error {
		t, err := d.reach(ctx, tx, v, s, parent, Add)
		if err != nil {
			return err
		}
		if t.depth >= maxDepth {
			return tooDeep()
		}
		was, err := up(ctx, tx, id, v.keys)
		if err != nil {
			return err
		}
		if len(was) > 0 && !was[0].IsFile && was[0].by(v.actor.Person) && was[0].ref() == s {
			return nil
		}
		given := name
		if rename {
			if given, err = free(ctx, tx, s.Owner, parent, name, false); err != nil {
				return err
			}
		} else if _, taken, err := named(ctx, tx, s.Owner, parent, keyOf(name)); err != nil || taken {
			return orElse(err, clash())
		}
		made, err := insert(ctx, tx, v.row(t, id, given, false))
		if err != nil || made {
			return err
		}
		return fault.New(fault.Conflict, "Ce dossier existe déjà.")
	})
	if err != nil {
		return Node{}, fault.Doing("make a folder", err)
	}
	return d.Find(ctx, id)
}

func orElse(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// row is a new node of the actor's in a folder.
func (v visit) row(t target, id uuid.UUID, name string, file bool) row {
	who := v.actor.Person.UUID
	r := row{ID: id, SpaceID: t.ref.Owner, IsFile: file, Name: name, AuthorID: &who, AuthorName: v.actor.Name}
	if t.folder != uuid.Nil {
		r.ParentID = &t.folder
	}
	return r
}

// Move gives a document another name, another folder or another space. With overwrite a file that has the name there
// goes to the trash; without, the name is refused. Between the personal space and those of an establishment the move
// makes a copy, which has an id of its own, and puts the original into the trash.
func (d *Drive) Move(ctx context.Context, id uuid.UUID, to SpaceRef, parent uuid.UUID, name string, overwrite bool) (Node, error) {
	v, err := d.writing(ctx)
	if err != nil {
		return Node{}, err
	}
	if name, err = CheckName(name); err != nil {
		return Node{}, err
	}
	f, in, err := d.locate(ctx, v, id)
	if err != nil {
		return Node{}, err
	}
	if f.self < Editor {
		return Node{}, denied()
	}
	if f.ref.Scope != to.Scope {
		return d.moveAcross(ctx, f, to, parent, name, overwrite)
	}
	err = d.db.Write(in, func(ctx context.Context, tx db.Tx) error {
		return d.moveIn(ctx, tx, v, id, to, parent, name, overwrite)
	})
	if err != nil {
		return Node{}, fault.Doing("move a document", err)
	}
	return d.Find(ctx, id)
}

func (d *Drive) moveIn(ctx context.Context, tx db.Tx, v visit, id uuid.UUID, to SpaceRef, parent uuid.UUID, name string, overwrite bool) error {
	f, err := d.holdBoth(ctx, tx, v, id, to)
	if err != nil {
		return err
	}
	r := f.chain[0]
	need := Add
	if r.ref() == to && r.parent() == parent {
		need = View // a new name in the same folder: that the thing is the actor's own is enough
	}
	t, err := d.reach(ctx, tx, v, to, parent, need)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(t.chain, func(a row) bool { return a.ID == id }) {
		return fault.New(fault.Conflict, "Un dossier ne peut pas être déplacé dans lui-même.")
	}
	if !r.IsFile {
		h, err := height(ctx, tx, id)
		if err != nil {
			return err
		}
		if t.depth+h > maxDepth {
			return tooDeep()
		}
	}
	if err := d.clear(ctx, tx, v, t, r, name, overwrite); err != nil {
		return err
	}
	if err := move(ctx, tx, id, to.Owner, parent, name); err != nil || r.SpaceID == to.Owner {
		return err
	}
	return d.changeSpace(ctx, tx, v, r, t)
}

// holdBoth locks the space that a node is in and the one that it goes to, always in the same order, and judges the node
// as it then is.
func (d *Drive) holdBoth(ctx context.Context, tx db.Tx, v visit, id uuid.UUID, to SpaceRef) (found, error) {
	before, err := up(ctx, tx, id, nil)
	if err != nil || len(before) == 0 {
		return found{}, orMissing(err)
	}
	spaces := []SpaceRef{before[0].ref(), to}
	slices.SortFunc(spaces, func(a, b SpaceRef) int { return slices.Compare(a.Owner[:], b.Owner[:]) })
	for _, s := range slices.Compact(spaces) {
		if d.roleIn(v, s) == None && s == to && s != before[0].ref() {
			continue // reach refuses it, or a share opens it; it is there already then
		}
		if _, err := open(ctx, tx, s); err != nil {
			return found{}, err
		}
	}
	now, err := up(ctx, tx, id, v.keys)
	if err != nil || len(now) == 0 || now[0].ref() != before[0].ref() {
		return found{}, orMissing(err)
	}
	f, err := d.meet(v, now)
	if err == nil && f.self < Editor {
		err = denied()
	}
	return f, err
}

// clear makes room for a name in a folder: what has it goes to the trash when it may, or the name is refused.
func (d *Drive) clear(ctx context.Context, tx db.Tx, v visit, t target, r row, name string, overwrite bool) error {
	there, ok, err := named(ctx, tx, t.ref.Owner, t.folder, keyOf(name))
	if err != nil || !ok || there.ID == r.ID {
		return err
	}
	if !overwrite || !there.IsFile || !r.IsFile {
		return clash()
	}
	if on(t.inside, false, there.by(v.actor.Person)) < Editor {
		return denied()
	}
	return discard(ctx, tx, []uuid.UUID{there.ID}, map[uuid.UUID]string{there.ID: t.chain.words()}, v.actor.Name)
}

// changeSpace moves what a node holds and what it weighs to the space that it has come to.
func (d *Drive) changeSpace(ctx context.Context, tx db.Tx, v visit, r row, t target) error {
	bytes, files, err := weight(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	if err := d.roomFor(ctx, tx, v, t.ref, t.space, bytes); err != nil {
		return err
	}
	if err := carry(ctx, tx, r.ID, t.ref.Owner); err != nil {
		return err
	}
	if err := weigh(ctx, tx, r.SpaceID, -bytes, -files); err != nil {
		return err
	}
	return weigh(ctx, tx, t.ref.Owner, bytes, files)
}

// roomFor says no when a space would weigh more than it may.
func (d *Drive) roomFor(ctx context.Context, tx db.Tx, v visit, s SpaceRef, sp spaceRow, bytes int64) error {
	settings := d.limits(ctx, v)
	if bytes > 0 && sp.Used+bytes > settings.quota(sp, s, v.actor) {
		return full()
	}
	if s.Kind == Personal || bytes <= 0 {
		return nil
	}
	whole, err := weightOfHouse(ctx, tx)
	if err == nil && whole+bytes > settings.Whole {
		return full()
	}
	return err
}

func full() error {
	return fault.New(fault.TooLarge, "Il n’y a plus assez de place dans cet espace. Supprimez des documents, videz la corbeille, ou demandez plus de place à l’administrateur.")
}

// Trash puts documents into the trash of their space, whence they come back with Restore.
func (d *Drive) Trash(ctx context.Context, ids ...uuid.UUID) error {
	return d.each(ctx, ids, "put documents into the trash", func(ctx context.Context, tx db.Tx, v visit, all []found) error {
		from := map[uuid.UUID]string{}
		var going []uuid.UUID
		for _, f := range all {
			if f.self < Editor {
				return denied()
			}
			going = append(going, f.chain[0].ID)
			from[f.chain[0].ID] = f.chain[1:].words()
		}
		if err := discard(ctx, tx, going, from, v.actor.Name); err != nil {
			return err
		}
		return upkeepLater(ctx, tx, all[0].chain[0].TenantID)
	})
}

// words is where a folder is, for people.
func (c chain) words() string {
	var out string
	for i := len(c) - 1; i >= 0; i-- {
		if out != "" {
			out += " / "
		}
		out += c[i].Name
	}
	return out
}

// SetOpening says who may put things into a folder. Only those who may change everything in it decide that.
func (d *Drive) SetOpening(ctx context.Context, id uuid.UUID, o Opening) error {
	if o != Inherited && o != Open && o != Closed {
		return fault.Field("opening", "Choisissez parmi ce que la page propose.")
	}
	return d.each(ctx, []uuid.UUID{id}, "open or close a folder", func(ctx context.Context, tx db.Tx, v visit, all []found) error {
		f := all[0]
		if f.chain[0].IsFile || f.space < Editor {
			return denied()
		}
		return setOpening(ctx, tx, id, o)
	})
}
