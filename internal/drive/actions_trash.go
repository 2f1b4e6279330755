package drive

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/school"
)

// TrashList shows what is in the trash of a space, the latest first: everything to those who may change everything, to
// others what is their own.
func (d *Drive) TrashList(ctx context.Context, s SpaceRef) ([]Node, error) {
	v, err := d.visit(ctx)
	if err != nil {
		return nil, err
	}
	role := d.roleIn(v, s)
	if role < View {
		return nil, fault.Missing()
	}
	in, err := d.in(ctx, v, s.Scope)
	if err != nil {
		return nil, err
	}
	var rows []row
	if err := d.db.Batch(in, func(b *db.Batch) { queueTrash(b, &rows, s.Owner, maxAtOnce) }); err != nil {
		return nil, fault.Doing("list the trash", err)
	}
	var nodes []Node
	for _, r := range rows {
		if r.salvage(role, v.actor.Person) {
			nodes = append(nodes, r.node(Editor))
		}
	}
	return nodes, nil
}

// salvage reports whether somebody of a role in the space may take the row out of the trash.
func (r row) salvage(role Role, who school.PersonID) bool {
	return role == Editor || role != None && r.by(who)
}

// Restore takes documents out of the trash: back to where they were, or as near as there still is a folder. A name that
// has been taken meanwhile gets a number.
func (d *Drive) Restore(ctx context.Context, ids ...uuid.UUID) error {
	return d.eachTrashed(ctx, ids, "take documents out of the trash", func(ctx context.Context, tx db.Tx, c chain) error {
		r := c[0]
		parent := uuid.Nil
		for i := len(c) - 1; i > 0 && c[i].TrashedAt == nil; i-- {
			parent = c[i].ID
		}
		name, err := free(ctx, tx, r.SpaceID, parent, r.Name, r.IsFile)
		if err != nil {
			return err
		}
		return bringBack(ctx, tx, r.ID, parent, name)
	})
}

// Erase removes documents of the trash for good, with all their versions.
func (d *Drive) Erase(ctx context.Context, ids ...uuid.UUID) error {
	return d.eachTrashed(ctx, ids, "erase documents", func(ctx context.Context, tx db.Tx, c chain) error {
		return d.erase(ctx, tx, c[0].SpaceID, []uuid.UUID{c[0].ID})
	})
}

// EmptyTrash erases what is in the trash of a space, for those who may change everything in it.
func (d *Drive) EmptyTrash(ctx context.Context, s SpaceRef) error {
	v, err := d.writing(ctx)
	if err != nil {
		return err
	}
	if d.roleIn(v, s) < Editor {
		return fault.Missing()
	}
	in, err := d.in(ctx, v, s.Scope)
	if err != nil {
		return err
	}
	return fault.Doing("empty the trash", d.db.Write(in, func(ctx context.Context, tx db.Tx) error {
		if _, err := open(ctx, tx, s); err != nil {
			return err
		}
		ids, err := trashedIn(ctx, tx, s.Owner, maxTree)
		if err != nil || len(ids) == 0 {
			return err
		}
		return d.erase(ctx, tx, s.Owner, ids)
	}))
}

func (d *Drive) eachTrashed(ctx context.Context, ids []uuid.UUID, what string, do func(ctx context.Context, tx db.Tx, c chain) error) error {
	v, err := d.writing(ctx)
	if err != nil {
		return err
	}
	if len(ids) > maxAtOnce {
		return tooMany()
	}
	seen := 0
	for _, scope := range v.scopes() {
		in, err := d.in(ctx, v, scope)
		if err != nil {
			return err
		}
		err = d.db.Write(in, func(ctx context.Context, tx db.Tx) error {
			ways, err := upMany(ctx, tx, ids, nil)
			if err != nil || len(ways) == 0 {
				return err
			}
			if err := lockSpaces(ctx, tx, ways); err != nil {
				return err
			}
			if ways, err = upMany(ctx, tx, ids, nil); err != nil {
				return err
			}
			ways = slices.DeleteFunc(ways, func(c chain) bool {
				return c[0].TrashedAt == nil || !c[0].salvage(d.roleIn(v, c[0].ref()), v.actor.Person)
			})
			seen += len(ways)
			for _, c := range ways {
				if err := do(ctx, tx, c); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fault.Doing(what, err)
		}
	}
	if seen == 0 && len(ids) > 0 {
		return fault.Missing()
	}
	return nil
}

func tooMany() error {
	return fault.New(fault.TooLarge, "C’est trop d’éléments à la fois : cinq cents au plus.")
}

// erase removes subtrees of one space for good; their objects go once the transaction has committed.
func (d *Drive) erase(ctx context.Context, tx db.Tx, space uuid.UUID, ids []uuid.UUID) error {
	if err := loosen(ctx, tx, ids); err != nil {
		return err
	}
	bytes, files, err := weight(ctx, tx, ids...)
	if err != nil {
		return err
	}
	keys, err := objectsOf(ctx, tx, ids)
	if err != nil {
		return err
	}
	if err := remove(ctx, tx, ids); err != nil {
		return err
	}
	if err := weigh(ctx, tx, space, -bytes, -files); err != nil {
		return err
	}
	return forgetLater(ctx, tx, keys)
}

const forgetKind = Room + ".forget"

type forgotten struct {
	Keys []string `json:"keys"`
}

// forgetLater has objects removed that no row names any more by then. A job carries some hundred.
func forgetLater(ctx context.Context, tx db.Tx, keys []string) error {
	for part := range slices.Chunk(keys, 500) {
		if err := job.Enqueue(ctx, tx, job.New(forgetKind, forgotten{part})); err != nil {
			return err
		}
	}
	return nil
}
