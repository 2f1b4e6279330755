package drive

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
)

// order is one way to sort a folder. Folders come first in each.
type order struct {
	column string // with a unique order once the id is added
	cast   string
	down   bool
}

func orders() map[string]order {
	return map[string]order{
		"name": {"n.name_sort", "text", false}, "-name": {"n.name_sort", "text", true},
		"modified": {"n.modified_at", "timestamptz", false}, "-modified": {"n.modified_at", "timestamptz", true},
		"size": {"n.size", "bigint", false}, "-size": {"n.size", "bigint", true},
	}
}

// cursor is where a page of a list ended.
type cursor struct {
	File  bool      `json:"f"`
	Value string    `json:"v"`
	ID    uuid.UUID `json:"i"`
}

func queueChildren(b *db.Batch, dest *[]row, space, parent uuid.UUID, o order, after *cursor, limit int) {
	args := []any{space, limit}
	where := "n.parent_id is null"
	if parent != uuid.Nil {
		args = append(args, parent)
		where = "n.parent_id = $3"
	}
	direction, than := "", ">"
	if o.down {
		direction, than = " desc", "<"
	}
	if after != nil {
		n := len(args)
		args = append(args, after.File, after.Value, after.ID)
		where += fmt.Sprintf(" and (n.is_file > $%[1]d or n.is_file = $%[1]d and (%[4]s, n.id) %[5]s ($%[2]d::text::%[6]s, $%[3]d))",
			n+1, n+2, n+3, o.column, than, o.cast)
	}
	db.Rows(b, dest, pgx.RowToStructByName[row], `select `+unshared+` from drive_node n
		where n.space_id = $1 and `+where+` and n.trashed_at is null
		order by n.is_file, `+o.column+direction+`, n.id`+direction+`
		limit $2`, args...)
}

// Names one below the other, from the top of a space: $1 is the space, $2 the folded names in order.
const byNames = `
	with recursive walk as (
		select n.id, 1 as step from drive_node n
		where n.space_id = $1 and n.parent_id is null and n.name_key = ($2::text[])[1] and n.trashed_at is null
		union all
		select n.id, walk.step + 1 from walk join drive_node n
		  on n.space_id = $1 and n.parent_id = walk.id and n.name_key = ($2::text[])[walk.step + 1] and n.trashed_at is null
		where walk.step < cardinality($2::text[])
	)
	select id from walk where step = cardinality($2::text[])`

func queueWalk(b *db.Batch, found *bool, id *uuid.UUID, space uuid.UUID, names []string) {
	db.Row(b, found, []any{id}, byNames, space, append([]string{}, names...))
}

// What a folder holds at any depth, itself first when it is one; the trash apart. $1 is the folder, $2 the most.
const below = `
	with recursive down as (
		select n.tenant_id, n.id, 0 as depth, ''::text as path from drive_node n where n.id = $1
		union all
		select n.tenant_id, n.id, down.depth + 1, down.path || '/' || n.name_sort from down
		join drive_node n on n.tenant_id = down.tenant_id and n.parent_id = down.id and n.trashed_at is null
		where down.depth < 64
	)
	select ` + unshared + ` from down join drive_node n on n.tenant_id = down.tenant_id and n.id = down.id
	order by down.depth, down.path, n.id limit $2`

func queueBelow(b *db.Batch, dest *[]row, folder uuid.UUID, limit int) {
	db.Rows(b, dest, pgx.RowToStructByName[row], below, folder, limit)
}

func queueBelowRoot(b *db.Batch, dest *[]row, space uuid.UUID, limit int) {
	db.Rows(b, dest, pgx.RowToStructByName[row], `
	with recursive down as (
		select n.tenant_id, n.id, 1 as depth, n.name_sort as path from drive_node n
		where n.space_id = $1 and n.parent_id is null and n.trashed_at is null
		union all
		select n.tenant_id, n.id, down.depth + 1, down.path || '/' || n.name_sort from down
		join drive_node n on n.tenant_id = down.tenant_id and n.parent_id = down.id and n.trashed_at is null
		where down.depth < 64
	)
	select `+unshared+` from down join drive_node n on n.tenant_id = down.tenant_id and n.id = down.id
	order by down.depth, down.path, n.id limit $2`, space, limit)
}

// height tells how many levels a node and what it holds, the trash included, take up.
func height(ctx context.Context, tx db.Tx, id uuid.UUID) (int, error) {
	var h int
	err := tx.NewRaw(`
		with recursive down as (
			select n.tenant_id, n.id, 1 as depth from drive_node n where n.id = ?
			union all
			select n.tenant_id, n.id, down.depth + 1 from down join drive_node n on n.tenant_id = down.tenant_id and n.parent_id = down.id
			where down.depth < 64
		)
		select coalesce(max(depth), 0) from down`, id).Scan(ctx, &h)
	return h, err
}

// named finds what has the name in a folder, and keeps it from others.
func named(ctx context.Context, tx db.Tx, space, parent uuid.UUID, key string) (row, bool, error) {
	q := tx.NewSelect().TableExpr("drive_node n").ColumnExpr(unshared).
		Where("n.space_id = ?", space).Where("n.name_key = ?", key).Where("n.trashed_at is null").For("update of n")
	if parent == uuid.Nil {
		q = q.Where("n.parent_id is null")
	} else {
		q = q.Where("n.parent_id = ?", parent)
	}
	var rows []row
	if err := q.Scan(ctx, &rows); err != nil || len(rows) == 0 {
		return row{}, false, err
	}
	return rows[0], true, nil
}

// taken lists the folded names in a folder that begin as a given one, so that a free one can be found beside them.
func taken(ctx context.Context, tx db.Tx, space, parent uuid.UUID) (map[string]bool, error) {
	q := tx.NewSelect().TableExpr("drive_node n").ColumnExpr("n.name_key").Where("n.space_id = ?", space).Where("n.trashed_at is null").Limit(maxChildren)
	if parent == uuid.Nil {
		q = q.Where("n.parent_id is null")
	} else {
		q = q.Where("n.parent_id = ?", parent)
	}
	var keys []string
	if err := q.Scan(ctx, &keys); err != nil {
		return nil, err
	}
	all := make(map[string]bool, len(keys))
	for _, k := range keys {
		all[k] = true
	}
	return all, nil
}

// free is the name, or the first numbered one that nothing in the folder has.
func free(ctx context.Context, tx db.Tx, space, parent uuid.UUID, name string, file bool) (string, error) {
	all, err := taken(ctx, tx, space, parent)
	if err != nil {
		return "", err
	}
	for n, candidate := 2, name; ; n++ {
		if !all[keyOf(candidate)] {
			return candidate, nil
		}
		candidate = numbered(name, n, file)
	}
}

// insert adds a folder or a file without content. It tells whether it did: an id that is there already stays as it is.
func insert(ctx context.Context, tx db.Tx, r row) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		insert into drive_node (id, space_id, parent_id, is_file, name, name_key, name_sort, author_id, author_name, editor_id, editor_name, created_at, modified_at)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (tenant_id, id) do nothing`,
		r.ID, r.SpaceID, r.ParentID, r.IsFile, r.Name, keyOf(r.Name), sortOf(r.Name), r.AuthorID, r.AuthorName, r.AuthorID, r.AuthorName, tx.Now(), tx.Now())
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// move gives a node its new place and name. The space of all that it holds follows, the trash included.
func move(ctx context.Context, tx db.Tx, id, space, parent uuid.UUID, name string) error {
	_, err := tx.ExecContext(ctx, `update drive_node set space_id = ?, parent_id = ?, name = ?, name_key = ?, name_sort = ? where id = ?`,
		space, orNull(parent), name, keyOf(name), sortOf(name), id)
	return err
}

const subtree = `
	with recursive down as (
		select n.tenant_id, n.id, 0 as depth from drive_node n where n.id = any (?)
		union all
		select n.tenant_id, n.id, down.depth + 1 from down join drive_node n on n.tenant_id = down.tenant_id and n.parent_id = down.id
		where down.depth < 64
	)`

// carry moves what a node holds to the node's new space.
func carry(ctx context.Context, tx db.Tx, id, space uuid.UUID) error {
	_, err := tx.NewRaw(subtree+` update drive_node n set space_id = ? from down where n.tenant_id = down.tenant_id and n.id = down.id and down.depth > 0`,
		uuids([]uuid.UUID{id}), space).Exec(ctx)
	return err
}

// weight is what subtrees weigh: every version of every file, the trash included.
func weight(ctx context.Context, tx db.Tx, ids ...uuid.UUID) (bytes, files int64, err error) {
	err = tx.NewRaw(subtree+` select coalesce(sum(v.size), 0)::bigint, count(distinct v.node_id)::bigint
		from (select distinct tenant_id, id from down) as down join drive_version v on v.tenant_id = down.tenant_id and v.node_id = down.id`, uuids(ids)).Scan(ctx, &bytes, &files)
	return bytes, files, err
}

func discard(ctx context.Context, tx db.Tx, ids []uuid.UUID, from map[uuid.UUID]string, by string) error {
	paths := make([]string, 0, len(ids))
	for _, id := range ids {
		paths = append(paths, from[id])
	}
	_, err := tx.ExecContext(ctx, `
		update drive_node n set trashed_at = ?, trashed_by = ?, trashed_from = t.path
		from unnest(?, ?::text[]) as t (id, path)
		where n.id = t.id and n.trashed_at is null`, tx.Now(), by, uuids(ids), pgdialect.Array(paths))
	return err
}

func bringBack(ctx context.Context, tx db.Tx, id, parent uuid.UUID, name string) error {
	_, err := tx.ExecContext(ctx, `
		update drive_node set trashed_at = null, trashed_by = '', trashed_from = '', parent_id = ?, name = ?, name_key = ?, name_sort = ? where id = ?`,
		orNull(parent), name, keyOf(name), sortOf(name), id)
	return err
}

func queueTrash(b *db.Batch, dest *[]row, space uuid.UUID, limit int) {
	db.Rows(b, dest, pgx.RowToStructByName[row], `select `+unshared+` from drive_node n
		where n.space_id = $1 and n.trashed_at is not null order by n.trashed_at desc, n.id limit $2`, space, limit)
}

func setOpening(ctx context.Context, tx db.Tx, id uuid.UUID, o Opening) error {
	_, err := tx.ExecContext(ctx, `update drive_node set deposit = ? where id = ?`, string(o), id)
	return err
}

// trashedIn lists what is in the trash of a space, the oldest first.
func trashedIn(ctx context.Context, tx db.Tx, space uuid.UUID, limit int) (ids []uuid.UUID, err error) {
	err = tx.NewRaw(`select id from drive_node where space_id = ? and trashed_at is not null order by trashed_at limit ?`, space, limit).Scan(ctx, &ids)
	return ids, err
}

// loosen takes what was put into the trash by itself out of folders that go for good: it stays in the trash.
func loosen(ctx context.Context, tx db.Tx, ids []uuid.UUID) error {
	_, err := tx.NewRaw(subtree+` update drive_node n set parent_id = null from down
		where n.tenant_id = down.tenant_id and n.id = down.id and down.depth > 0 and n.trashed_at is not null and not n.id = any (?)`,
		uuids(ids), uuids(ids)).Exec(ctx)
	return err
}

// objectsOf lists the objects that subtrees name.
func objectsOf(ctx context.Context, tx db.Tx, ids []uuid.UUID) (keys []string, err error) {
	err = tx.NewRaw(subtree+`, v as (
			select v.object_key, v.preview_key from down join drive_version v on v.tenant_id = down.tenant_id and v.node_id = down.id
		)
		select object_key from v union select preview_key from v where preview_key <> ''`, uuids(ids)).Scan(ctx, &keys)
	return keys, err
}

func remove(ctx context.Context, tx db.Tx, ids []uuid.UUID) error {
	_, err := tx.NewRaw(subtree+` delete from drive_node n using down where n.tenant_id = down.tenant_id and n.id = down.id`, uuids(ids)).Exec(ctx)
	return err
}
