package drive

import (
	"context"
	"regexp"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/school"
)

// row is a line of drive_node, read by bun in a transaction and by pgx in a batch.
type row struct {
	TenantID    int64      `bun:"tenant_id" db:"tenant_id"`
	ID          uuid.UUID  `bun:"id" db:"id"`
	SpaceID     uuid.UUID  `bun:"space_id" db:"space_id"`
	ParentID    *uuid.UUID `bun:"parent_id" db:"parent_id"`
	IsFile      bool       `bun:"is_file" db:"is_file"`
	Name        string     `bun:"name" db:"name"`
	NameSort    string     `bun:"name_sort" db:"name_sort"`
	Version     int        `bun:"version" db:"version"`
	Size        int64      `bun:"size" db:"size"`
	ContentType string     `bun:"content_type" db:"content_type"`
	Hash        string     `bun:"hash" db:"hash"`
	ObjectKey   string     `bun:"object_key" db:"object_key"`
	PreviewKey  string     `bun:"preview_key" db:"preview_key"`
	State       string     `bun:"state" db:"state"`
	Deposit     string     `bun:"deposit" db:"deposit"`
	AuthorID    *uuid.UUID `bun:"author_id" db:"author_id"`
	AuthorName  string     `bun:"author_name" db:"author_name"`
	EditorID    *uuid.UUID `bun:"editor_id" db:"editor_id"`
	EditorName  string     `bun:"editor_name" db:"editor_name"`
	CreatedAt   time.Time  `bun:"created_at" db:"created_at"`
	ModifiedAt  time.Time  `bun:"modified_at" db:"modified_at"`
	TrashedAt   *time.Time `bun:"trashed_at" db:"trashed_at"`
	TrashedFrom string     `bun:"trashed_from" db:"trashed_from"`
	TrashedBy   string     `bun:"trashed_by" db:"trashed_by"`
	Kind        string     `bun:"kind" db:"kind"`     // of the space
	Shared      int        `bun:"shared" db:"shared"` // the role that shares of this very node give; 0 where nobody asked
	Origin      uuid.UUID  `bun:"origin" db:"origin"` // the node whose way up this is part of
}

const columns = `n.tenant_id, n.id, n.space_id, n.parent_id, n.is_file, n.name, n.name_sort, n.version, n.size, n.content_type, n.hash,
	n.object_key, n.preview_key, n.state, n.deposit, n.author_id, n.author_name, n.editor_id, n.editor_name, n.created_at,
	n.modified_at, n.trashed_at, n.trashed_from, n.trashed_by,
	(select s.kind from drive_space s where s.tenant_id = n.tenant_id and s.owner_id = n.space_id) as kind`

const unshared = columns + `, 0 as shared, n.id as origin`

func (r row) ref() SpaceRef { return SpaceRef{school.ScopeID(r.TenantID), Kind(r.Kind), r.SpaceID} }

func (r row) parent() uuid.UUID { return orZero(r.ParentID) }

func (r row) by(who school.PersonID) bool { return r.AuthorID != nil && *r.AuthorID == who.UUID }

// node is the row with what the actor may do about it. A key that cannot be read is of no object.
func (r row) node(role Role) Node {
	key, _ := blob.ParseKey(r.ObjectKey)
	n := Node{
		ID: r.ID, Parent: r.parent(), Space: r.ref(), Name: r.Name, Folder: !r.IsFile, Size: r.Size, Type: r.ContentType, Hash: r.Hash,
		Version: r.Version, CreatedAt: r.CreatedAt.UTC(), ModifiedAt: r.ModifiedAt.UTC(), AuthorName: r.AuthorName, ModifiedBy: r.EditorName,
		State: State(r.State), Preview: r.PreviewKey, Opening: Opening(r.Deposit), Role: role,
		TrashedFrom: r.TrashedFrom, TrashedBy: r.TrashedBy, object: key,
	}
	n.Author.UUID = orZero(r.AuthorID)
	if r.TrashedAt != nil {
		n.TrashedAt = r.TrashedAt.UTC()
	}
	return n
}

func orZero(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}

func orNull(id uuid.UUID) any {
	if id == uuid.Nil {
		return nil
	}
	return id
}

// The ways up from nodes, each itself first. $1 are the nodes, $2 the keys that the actor holds, $3 the instant.
const wayUp = `
	with recursive up as (
		select ` + columns + `, n.id as origin, 0 as height from drive_node n where n.id = any ($1)
		union all
		select ` + columns + `, up.origin, up.height + 1 from up join drive_node n on n.tenant_id = up.tenant_id and n.id = up.parent_id
		where up.height < 64
	)
	select up.tenant_id, up.id, up.space_id, up.parent_id, up.is_file, up.name, up.name_sort, up.version, up.size, up.content_type, up.hash,
	       up.object_key, up.preview_key, up.state, up.deposit, up.author_id, up.author_name, up.editor_id, up.editor_name, up.created_at,
	       up.modified_at, up.trashed_at, up.trashed_from, up.trashed_by, up.kind,
	       coalesce((select max(s.role) from drive_share s where s.tenant_id = up.tenant_id and s.node_id = up.id
	                 and (s.ends_at is null or s.ends_at > $3)
	                 and exists (select from drive_share_key k where k.tenant_id = s.tenant_id and k.share_id = s.id and k.key = any ($2))), 0) as shared
	       , up.origin
	from up order by up.origin, up.height`

func queueUp(b *db.Batch, dest *[]row, id uuid.UUID, keys []string, now time.Time) {
	queueUps(b, dest, []uuid.UUID{id}, keys, now)
}

func queueUps(b *db.Batch, dest *[]row, ids []uuid.UUID, keys []string, now time.Time) {
	db.Rows(b, dest, pgx.RowToStructByName[row], wayUp, ids, append([]string{}, keys...), now)
}

// chains parts what wayUp reads into one chain for each node.
func chains(rows []row) []chain {
	var all []chain
	for _, r := range rows {
		if len(all) == 0 || all[len(all)-1][0].ID != r.Origin {
			all = append(all, nil)
		}
		all[len(all)-1] = append(all[len(all)-1], r)
	}
	return all
}

// up is queueUp in a transaction.
func up(ctx context.Context, tx db.Tx, id uuid.UUID, keys []string) (chain, error) {
	all, err := upMany(ctx, tx, []uuid.UUID{id}, keys)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// upMany reads the ways up from those of the nodes that are there.
func upMany(ctx context.Context, tx db.Tx, ids []uuid.UUID, keys []string) ([]chain, error) {
	var rows []row
	err := tx.NewRaw(placed(wayUp), uuids(ids), pgdialect.Array(append([]string{}, keys...)), tx.Now()).Scan(ctx, &rows)
	return chains(rows), err
}

// uuids writes ids as an array of their type; bun would make one of texts.
func uuids(ids []uuid.UUID) any {
	texts := make([]string, 0, len(ids))
	for _, id := range ids {
		texts = append(texts, id.String())
	}
	return bun.SafeQuery("?::uuid[]", pgdialect.Array(texts))
}

// placed turns pgx's places into bun's: $1 becomes ?0.
func placed(sql string) string {
	return regexp.MustCompile(`\$([0-9])`).ReplaceAllStringFunc(sql, func(s string) string {
		n, _ := strconv.Atoi(s[1:])
		return "?" + strconv.Itoa(n-1)
	})
}

// spaceRow is a line of drive_space.
type spaceRow struct {
	TenantID int64     `bun:"tenant_id" db:"tenant_id"`
	OwnerID  uuid.UUID `bun:"owner_id" db:"owner_id"`
	Kind     string    `bun:"kind" db:"kind"`
	Used     int64     `bun:"used" db:"used"`
	Files    int64     `bun:"files" db:"files"`
	Quota    *int64    `bun:"quota" db:"quota"`
	Granted  int64     `bun:"granted" db:"granted"`
}

func queueSpaces(b *db.Batch, dest *[]spaceRow, owners []uuid.UUID) {
	db.Rows(b, dest, pgx.RowToStructByName[spaceRow], `
		select tenant_id, owner_id, kind, used, files, quota, granted from drive_space where owner_id = any ($1)`, append([]uuid.UUID{}, owners...))
}

// place is a class or group of the scope.
type place struct {
	ID   uuid.UUID `db:"id"`
	Kind string    `db:"kind"`
	Name string    `db:"name"`
}

func queuePlaces(b *db.Batch, dest *[]place, ids []uuid.UUID) {
	db.Rows(b, dest, pgx.RowToStructByName[place], `
		select id, 'class' as kind, name from class where id = any ($1)
		union all
		select id, 'group', name from teaching_group where id = any ($1)`, append([]uuid.UUID{}, ids...))
}

func queueAllPlaces(b *db.Batch, dest *[]place, today time.Time) {
	db.Rows(b, dest, pgx.RowToStructByName[place], `
		select c.id, 'class' as kind, c.name from class c join school_year y on y.tenant_id = c.tenant_id and y.id = c.school_year_id
		where y.starts_on <= $1 and y.ends_on >= $1
		union all
		select g.id, 'group', g.name from teaching_group g join school_year y on y.tenant_id = g.tenant_id and y.id = g.school_year_id
		where y.starts_on <= $1 and y.ends_on >= $1
		order by kind, name
		limit 2000`, today)
}

// open makes the space's row when it is the first time, and locks it: what a space weighs and the names in it are changed
// by one transaction at a time.
func open(ctx context.Context, tx db.Tx, s SpaceRef) (sp spaceRow, err error) {
	_, err = tx.ExecContext(ctx, `insert into drive_space (owner_id, kind, created_at) values (?, ?, ?) on conflict do nothing`,
		s.Owner, string(s.Kind), tx.Now())
	if err != nil {
		return sp, err
	}
	err = tx.NewRaw(`select tenant_id, owner_id, kind, used, files, quota, granted from drive_space where owner_id = ? for update`, s.Owner).Scan(ctx, &sp)
	return sp, err
}

func grant(ctx context.Context, tx db.Tx, owner uuid.UUID, bytes int64) error {
	_, err := tx.ExecContext(ctx, `update drive_space set granted = ? where owner_id = ?`, bytes, owner)
	return err
}

// lockSpaces locks the spaces that nodes are in, always in the same order.
func lockSpaces(ctx context.Context, tx db.Tx, ways []chain) error {
	var owners []uuid.UUID
	for _, c := range ways {
		owners = append(owners, c[0].SpaceID)
	}
	_, err := tx.ExecContext(ctx, `select from drive_space where owner_id = any (?) order by owner_id for update`, uuids(owners))
	return err
}

// isPlace reports whether the class or group of a space is there.
func isPlace(ctx context.Context, tx db.Tx, s SpaceRef) (bool, error) {
	table := "class"
	if s.Kind == Group {
		table = "teaching_group"
	}
	return tx.NewSelect().TableExpr(table).Where("id = ?", s.Owner).Exists(ctx)
}

// weightOfHouse is what the spaces of an establishment weigh, the personal ones aside. It adds up some hundred rows.
func weightOfHouse(ctx context.Context, tx db.Tx) (bytes int64, err error) {
	err = tx.NewRaw(`select coalesce(sum(used), 0)::bigint from drive_space where kind <> 'personal'`).Scan(ctx, &bytes)
	return bytes, err
}

func weigh(ctx context.Context, tx db.Tx, owner uuid.UUID, bytes, files int64) error {
	_, err := tx.ExecContext(ctx, `update drive_space set used = used + ?, files = files + ? where owner_id = ?`, bytes, files, owner)
	return err
}

func queueHereSpaces(b *db.Batch, dest *[]spaceRow) {
	db.Rows(b, dest, pgx.RowToStructByName[spaceRow], `
		select tenant_id, owner_id, kind, used, files, quota, granted from drive_space where kind <> 'personal' limit 5000`)
}

func spaceOf(ctx context.Context, tx db.Tx, owner uuid.UUID) (sp spaceRow, err error) {
	err = tx.NewRaw(`select tenant_id, owner_id, kind, used, files, quota, granted from drive_space where owner_id = ?`, owner).Scan(ctx, &sp)
	return sp, err
}

func queueStored(b *db.Batch, found *bool, files *int, bytes *int64) {
	db.Row(b, found, []any{files, bytes}, `select coalesce(sum(files), 0)::bigint, coalesce(sum(used), 0)::bigint from drive_space where kind <> 'personal'`)
}
