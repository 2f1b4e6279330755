package publication

import (
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/school"
)

func keysArray(keys []string) any { return pgdialect.Array(append([]string{}, keys...)) }

// deskOf is what an editor finds: $1 the room, $2 the space, $3 the editor or null for all, $4 the sections or null for
// all.
const deskOf = `p.room = $1 and p.tenant_id = $2 and ($3::uuid is null or p.author_id = $3) and ($4::text[] is null or p.section = any ($4))`

// Scheduled and live publications have the same state; the instant $5 tells them apart.
const deskTab = `case when p.state = 'published' and p.publish_at > $5 then 'scheduled' else p.state end`

const countDesk = `select ` + deskTab + ` as tab, count(*) from publication p where ` + deskOf + ` group by 1`

const listDesk = `
	select ` + columns + `
	from publication p
	where ` + deskOf + ` and ` + deskTab + ` = $6
	order by p.updated_at desc, p.id desc
	limit $7 offset $8`

const findOwn = `select ` + columns + ` from publication p where p.room = $1 and p.tenant_id = $2 and p.id = $3`

const findOwnFiles = `
	select id, name, content_type, size, blob_key from publication_attachment
	where tenant_id = $1 and publication_id = $2
	order by created_at, id
	limit 10`

type tabCount struct {
	Tab   string
	Count int
}

func (e Editor) filter() (person, sections any) {
	if !e.Publishes {
		person = e.Person.UUID
	}
	if !e.Every {
		sections = append([]string{}, e.Sections...)
	}
	return person, sections
}

func queueDesk(b *db.Batch, counts *[]tabCount, rows *[]row, room string, scope school.ScopeID, e Editor, now time.Time, tab string, limit, offset int) {
	person, sections := e.filter()
	db.Rows(b, counts, pgx.RowToStructByPos[tabCount], countDesk, room, int64(scope), person, sections, now)
	db.Rows(b, rows, pgx.RowToStructByName[row], listDesk, room, int64(scope), person, sections, now, tab, limit, offset)
}

func queueOwn(b *db.Batch, f *found, room string, scope school.ScopeID, id uuid.UUID) {
	db.Rows(b, &f.rows, pgx.RowToStructByName[row], findOwn, room, int64(scope), id)
	db.Rows(b, &f.files, pgx.RowToStructByName[attachmentRow], findOwnFiles, int64(scope), id)
}

const countReaders = `
	select count(*), count(acknowledged_at) from publication_read where publication_id = $1`

// A reader who has left the space since keeps a name in the list as long as the membership is kept.
const listReaders = `
	select m.given_name, m.family_name, r.read_at, r.acknowledged_at
	from publication_read r
	join lateral (
		select given_name, family_name from membership m
		where m.tenant_id = r.tenant_id and m.person_id = r.person_id
		limit 1
	) m on true
	where r.publication_id = $1
	order by m.family_name, m.given_name, r.person_id
	limit $2 offset $3`

// Reader is one line of the list of those who have opened a publication.
type Reader struct {
	GivenName    string
	FamilyName   string
	ReadAt       time.Time
	Acknowledged *time.Time
}

func queueReaders(b *db.Batch, read, acknowledged *int, readers *[]Reader, id uuid.UUID, limit, offset int) {
	var found bool
	db.Row(b, &found, []any{read, acknowledged}, countReaders, id)
	if limit > 0 {
		db.Rows(b, readers, pgx.RowToStructByPos[Reader], listReaders, id, limit, offset)
	}
}
