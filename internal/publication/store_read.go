package publication

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

// published is the rule of every reading: published, begun, not ended, and meant for one of the keys. $2 are the keys that the
// reader holds, $3 the instant.
const published = `p.state = 'published' and p.keys && $2::text[] and p.publish_at <= $3 and (p.ends_at is null or p.ends_at > $3)`

// visible is that rule in one room, $1.
const visible = `p.room = $1 and ` + published

// seen is one publication as a reader's list shows it.
type seen struct {
	TenantID     int64      `db:"tenant_id"`
	ID           uuid.UUID  `db:"id"`
	Section      string     `db:"section"`
	Title        string     `db:"title"`
	Summary      string     `db:"summary"`
	Body         string     `db:"body"`
	Urgent       bool       `db:"urgent"`
	WantsReceipt bool       `db:"wants_receipt"`
	PublishAt    time.Time  `db:"publish_at"`
	EndsAt       *time.Time `db:"ends_at"`
	Keys         []string   `db:"keys"`
	CoverKey     string     `db:"cover_key"`
	CoverAlt     string     `db:"cover_alt"`
	Read         bool       `db:"read"`
	Acknowledged *time.Time `db:"acknowledged_at"`
}

// seenColumns are those of seen, of a publication as listedColumns gives it and of what the reader did with it.
const seenColumns = `p.tenant_id, p.id, p.section, p.title, p.summary, p.body, p.urgent, p.wants_receipt, p.publish_at, p.ends_at, p.keys,
	       p.cover_key, p.cover_alt, r.read_at is not null as read, r.acknowledged_at`

const listedColumns = `p.tenant_id, p.id, p.section, p.title, p.summary, case when p.room = 'announcements' then p.body else '' end as body,
			       p.urgent, p.wants_receipt, p.publish_at, p.ends_at, p.keys, p.cover_key, p.cover_alt`

// One text for every room, list and widget, so that it is planned once for each connection. Each scope that the reader
// sees from here, three at the most, is walked by its own index from the newest on, and only as far as needed.
const listSeen = `
	select ` + seenColumns + `
	from (
		select p.*
		from unnest(current_setting('app.above')::bigint[]) as above (id)
		cross join lateral (
			select ` + listedColumns + `
			from publication p
			where p.tenant_id = above.id and ` + visible + `
			  and p.publish_at > $5 and (p.publish_at, p.id) < ($6, $7)
			  and ($8 = '' or p.section = $8)
			order by p.publish_at desc, p.id desc
			limit $9
		) p
		order by p.publish_at desc, p.id desc
		limit $9
	) p
	left join publication_read r on r.publication_id = p.id and r.person_id = $4
	order by p.publish_at desc, p.id desc`

// page says which part of a reader's list is asked.
type page struct {
	since   time.Time
	before  time.Time
	below   uuid.UUID
	section string
	limit   int
}

func queueSeen(b *db.Batch, dest *[]seen, room string, keys []string, who school.PersonID, now time.Time, p page) {
	if p.before.IsZero() {
		p.before, p.below = now.AddDate(1, 0, 0), uuid.Max
	}
	db.Rows(b, dest, pgx.RowToStructByName[seen], listSeen, room, append([]string{}, keys...), now, who.UUID, p.since, p.before, p.below, p.section, p.limit)
}

const findSeen = `
	select ` + columns + `
	from publication p
	where ` + visible + ` and p.id = $4
	order by p.tenant_id desc
	limit 1`

const findSeenFiles = `
	select a.id, a.name, a.content_type, a.size, a.blob_key
	from publication_attachment a
	join publication p on p.tenant_id = a.tenant_id and p.id = a.publication_id
	where ` + visible + ` and p.id = $4
	order by a.created_at, a.id
	limit 10`

const findRead = `select read_at, acknowledged_at from publication_read where publication_id = $1 and person_id = $2`

// found is an article, its files and what the reader did with it.
type found struct {
	rows         []row
	files        []attachmentRow
	read         bool
	readAt       time.Time
	acknowledged *time.Time
}

func queueFind(b *db.Batch, f *found, room string, keys []string, now time.Time, id uuid.UUID, who school.PersonID) {
	keys = append([]string{}, keys...)
	db.Rows(b, &f.rows, pgx.RowToStructByName[row], findSeen, room, keys, now, id)
	db.Rows(b, &f.files, pgx.RowToStructByName[attachmentRow], findSeenFiles, room, keys, now, id)
	db.Row(b, &f.read, []any{&f.readAt, &f.acknowledged}, findRead, id, who.UUID)
}

// What is public is seen by anybody, from its own space alone.
const visiblePublic = `p.room = $1 and p.tenant_id = $2 and p.public and p.state = 'published'
	and p.publish_at <= $3 and (p.ends_at is null or p.ends_at > $3)`

const listPublic = `
	select p.tenant_id, p.id, p.section, p.title, p.summary, '' as body, p.urgent, p.wants_receipt, p.publish_at, p.ends_at,
	       p.keys, p.cover_key, p.cover_alt, true as read, null::timestamptz as acknowledged_at
	from publication p
	where ` + visiblePublic + ` and (p.publish_at, p.id) < ($4, $5)
	order by p.publish_at desc, p.id desc
	limit $6`

func queuePublic(b *db.Batch, dest *[]seen, room string, scope school.ScopeID, now time.Time, p page) {
	if p.before.IsZero() {
		p.before, p.below = now.AddDate(1, 0, 0), uuid.Max
	}
	db.Rows(b, dest, pgx.RowToStructByName[seen], listPublic, room, int64(scope), now, p.before, p.below, p.limit)
}

const findPublic = `select ` + columns + ` from publication p where ` + visiblePublic + ` and p.id = $4`

const findPublicFiles = `
	select a.id, a.name, a.content_type, a.size, a.blob_key
	from publication_attachment a
	join publication p on p.tenant_id = a.tenant_id and p.id = a.publication_id
	where ` + visiblePublic + ` and p.id = $4
	order by a.created_at, a.id
	limit 10`

func queueFindPublic(b *db.Batch, f *found, room string, scope school.ScopeID, now time.Time, id uuid.UUID) {
	db.Rows(b, &f.rows, pgx.RowToStructByName[row], findPublic, room, int64(scope), now, id)
	db.Rows(b, &f.files, pgx.RowToStructByName[attachmentRow], findPublicFiles, room, int64(scope), now, id)
}

func (f found) publication() (Publication, bool, error) {
	if len(f.rows) == 0 {
		return Publication{}, false, nil
	}
	p, err := f.rows[0].publication()
	p.Attachments = attachments(f.files)
	return p, err == nil, err
}

// noteRead records that somebody opened what is visible to the keys, and with acknowledge that it was understood. It
// tells how many rows that made: none when there is nothing to see.
func noteRead(ctx context.Context, tx db.Tx, room string, keys []string, who school.PersonID, id uuid.UUID, acknowledge bool) (int64, error) {
	var at any
	if acknowledge {
		at = tx.Now()
	}
	res, err := tx.ExecContext(ctx, `
		insert into publication_read (publication_id, person_id, room, read_at, acknowledged_at)
		select p.id, ?::uuid, p.room, ?::timestamptz, ?::timestamptz
		from publication p
		where p.id = ? and p.room = ? and p.state = 'published' and p.keys && ?::text[]
		  and p.publish_at <= ? and (p.ends_at is null or p.ends_at > ?)
		limit 1
		on conflict (tenant_id, publication_id, person_id)
		do update set acknowledged_at = coalesce(publication_read.acknowledged_at, excluded.acknowledged_at)`,
		who.UUID, tx.Now(), at, id, room, keysArray(keys), tx.Now(), tx.Now())
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}
