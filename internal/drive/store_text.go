package drive

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/extract"
)

type unreadRow struct {
	Hash      string `bun:"hash" db:"hash"`
	ObjectKey string `bun:"object_key" db:"object_key"`
}

// The contents that have words worth reading and were not read. Each once, by any of the objects that have it.
var selectUnread = `
	select distinct on (v.hash) v.hash, v.object_key from drive_version v
	where v.state = 'clean' and v.size between 1 and ` + strconv.Itoa(extract.MostBytes) + `
	  and v.content_type !~ '^(image|audio|video)/'
	  and not exists (select from drive_text t where t.tenant_id = v.tenant_id and t.hash = v.hash)`

func unread(ctx context.Context, tx db.Tx, keys []string) (rows []unreadRow, err error) {
	err = tx.NewRaw(selectUnread+` and v.object_key = any (?) order by v.hash`, pgdialect.Array(keys)).Scan(ctx, &rows)
	return rows, err
}

func queueUnread(b *db.Batch, dest *[]unreadRow, keys []string) {
	db.Rows(b, dest, pgx.RowToStructByName[unreadRow], selectUnread+` and v.object_key = any ($1) order by v.hash`, keys)
}

func unreadAnywhere(ctx context.Context, tx db.Tx, limit int) (rows []unreadRow, err error) {
	err = tx.NewRaw(selectUnread+` order by v.hash limit ?`, limit).Scan(ctx, &rows)
	return rows, err
}

// keepText keeps what was read, unless nobody has the content any more.
func keepText(ctx context.Context, tx db.Tx, hash, body string) error {
	_, err := tx.ExecContext(ctx, `
		insert into drive_text (hash, body, read_at) select ?0, ?1, ?2
		where exists (select from drive_version v where v.hash = ?0) on conflict do nothing`, hash, body, tx.Now())
	return err
}

type textRow struct {
	Text string `db:"text"`
	Cut  bool   `db:"cut"`
}

func queueText(b *db.Batch, dest *[]textRow, hash string, limit int) {
	db.Rows(b, dest, pgx.RowToStructByName[textRow], `select left(body, $2) as text, char_length(body) > $2 as cut from drive_text where hash = $1`, hash, limit)
}

func forgetTexts(ctx context.Context, tx db.Tx) error {
	_, err := tx.ExecContext(ctx, `
		delete from drive_text t where not exists (select from drive_version v where v.tenant_id = t.tenant_id and v.hash = t.hash)`)
	return err
}

type hit struct {
	ID         uuid.UUID `db:"id"`
	IsFile     bool      `db:"is_file"`
	Name       string    `db:"name"`
	Kind       string    `db:"kind"`
	SpaceID    uuid.UUID `db:"space_id"`
	SpaceName  string    `db:"space_name"`
	Seen       bool      `db:"seen"`
	Path       []string  `db:"path"`
	ModifiedAt time.Time `db:"modified_at"`
	Excerpt    string    `db:"excerpt"`
}

// What is found is first bounded, then judged: what is below something in the trash falls away, and of the way up only
// what the reader sees is told. $1 are the spaces that the reader sees, $2 whether every class and group is among them,
// $3 the reader's keys, $4 the instant, $5 the words, $6 the beginnings of words of names, $7 the reader, $8 how many.
const (
	searchGiven = `
	with recursive asked as materialized (select to_tsquery('public.fr', $5) as q),
	seen as materialized (
		select s.tenant_id, s.owner_id from drive_space s where s.owner_id = any ($1) or $2 and s.kind in ('class', 'group')
	),
	given as (
		select s.tenant_id, s.node_id as id, 0 as depth
		from drive_share_key k join drive_share s on s.tenant_id = k.tenant_id and s.id = k.share_id
		where k.key = any ($3) and (s.ends_at is null or s.ends_at > $4)
		union
		select n.tenant_id, n.id, given.depth + 1 from given join drive_node n on n.tenant_id = given.tenant_id and n.parent_id = given.id
		where given.depth < 64 and n.trashed_at is null
	),
	shared as materialized (select distinct g.tenant_id, g.id from (select * from given limit 5000) g),`

	searchable = `n.trashed_at is null and (n.state = 'clean' or n.state = 'pending' and n.editor_id = $7)`
	has        = `(select t.search @@ asked.q from drive_text t, asked where t.tenant_id = n.tenant_id and t.hash = n.hash)`
	newest     = ` order by n.modified_at desc, n.id limit 200`

	// In a school the words lead to the files; among a person's own, and in what is shared, the files to the words: a whole
	// academy's lie beside them.
	searchHouse = `
		select n.tenant_id, n.id
		from (select t.tenant_id, t.hash from drive_text t where t.search @@ (select q from asked) limit 20000) t
		join drive_node n on n.tenant_id = t.tenant_id and n.hash = t.hash and n.is_file
		join seen on seen.tenant_id = n.tenant_id and seen.owner_id = n.space_id
		where ` + searchable + newest
	searchOwn = `
		select n.tenant_id, n.id
		from (select n.* from seen join drive_node n on n.tenant_id = seen.tenant_id and n.space_id = seen.owner_id
		      where n.is_file and ` + searchable + ` order by n.modified_at desc limit 5000) n
		where ` + has + newest

	searchRest = `
		(select n.tenant_id, n.id from seen join drive_node n on n.tenant_id = seen.tenant_id and n.space_id = seen.owner_id
		 where ` + searchable + ` and ' ' || n.folded like all ($6)` + newest + `)
		union
		(select n.tenant_id, n.id from shared join drive_node n on n.tenant_id = shared.tenant_id and n.id = shared.id
		 where ` + searchable + ` and (' ' || n.folded like all ($6) or n.is_file and ` + has + `)` + newest + `)
		union`

	searchShown = `
	up as (
		select c.tenant_id, c.id as origin, c.id, 0 as height from found c
		union all
		select n.tenant_id, up.origin, n.parent_id, up.height + 1
		from up join drive_node n on n.tenant_id = up.tenant_id and n.id = up.id
		where up.height < 65 and n.parent_id is not null
	),
	judged as (
		select n.tenant_id, n.id, n.is_file, n.name, n.space_id, n.modified_at, n.hash,
		       exists (select from seen where seen.tenant_id = n.tenant_id and seen.owner_id = n.space_id) as seen,
		       ' ' || n.folded like all ($6) as named, coalesce(ts_rank_cd(t.search, asked.q, 1), 0) as weight
		from found join drive_node n on n.tenant_id = found.tenant_id and n.id = found.id
		cross join asked
		left join drive_text t on t.tenant_id = n.tenant_id and t.hash = n.hash and n.is_file
		where not exists (select from up join drive_node a on a.tenant_id = up.tenant_id and a.id = up.id
		                  where up.origin = n.id and a.trashed_at is not null)
		order by named desc, weight desc, n.modified_at desc, n.id
		limit $8
	)
	select j.id, j.is_file, j.name, s.kind, j.space_id, j.seen, j.modified_at,
	       coalesce(case s.kind when 'class' then (select c.name from class c where c.tenant_id = j.tenant_id and c.id = j.space_id)
	                            when 'group' then (select g.name from teaching_group g where g.tenant_id = j.tenant_id and g.id = j.space_id) end, '') as space_name,
	       array(select a.name from up join drive_node a on a.tenant_id = up.tenant_id and a.id = up.id
	             where up.origin = j.id and up.height > 0
	               and (j.seen or exists (select from shared where shared.tenant_id = a.tenant_id and shared.id = a.id))
	             order by up.height desc) as path,
	       coalesce((select ts_headline('public.fr', left(t.body, 20000), asked.q, 'StartSel="", StopSel="", MaxWords=28, MinWords=12')
	                 from drive_text t, asked where j.is_file and t.tenant_id = j.tenant_id and t.hash = j.hash and t.search @@ asked.q), '') as excerpt
	from judged j join drive_space s on s.tenant_id = j.tenant_id and s.owner_id = j.space_id
	order by j.named desc, j.weight desc, j.modified_at desc, j.id`
)

// sought is who looks for what, in one scope.
type sought struct {
	own    bool // among the reader's own
	spaces []uuid.UUID
	every  bool // class and group
	keys   []string
	reader uuid.UUID
	text   string
	names  []string
	limit  int
}

func queueSought(b *db.Batch, dest *[]hit, s sought, now time.Time) {
	by := searchHouse
	if s.own {
		by = searchOwn
	}
	sql := searchGiven + ` found as materialized (` + searchRest + ` (` + by + `)),` + searchShown
	db.Rows(b, dest, pgx.RowToStructByName[hit], sql, append([]uuid.UUID{}, s.spaces...), s.every, append([]string{}, s.keys...), now,
		s.text, s.names, s.reader, s.limit)
}
