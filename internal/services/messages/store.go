package messages

import (
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

const lineColumns = `m.id, k.visible_at, m.subject, case when m.recalled_at is null then left(m.body, 400) else '' end,
	coalesce(m.author_id, '00000000-0000-0000-0000-000000000000'), m.author_name, m.author_profile, m.whom, k.field = 'author',
	k.read_at is null and m.recalled_at is null, m.recalled_at is not null, k.field = 'bcc',
	(select count(*) from message_file f where f.tenant_id = m.tenant_id and f.message_id = m.id), k.about, m.child_name, m.urgent`

func scanLine(row pgx.CollectableRow) (l Line, err error) {
	var profile string
	err = row.Scan(&l.ID, &l.At, &l.Subject, &l.Opening, &l.AuthorID, &l.AuthorName, &profile, &l.Whom, &l.Mine, &l.Unread, &l.Recalled, &l.Hidden, &l.Files, &l.About, &l.Child, &l.Urgent)
	l.At, l.Opening, l.Profile = l.At.UTC(), opening(l.Opening), school.Profile(profile)
	return l, err
}

// A part of a list is found in the index that fits it; messages are looked up for what is shown.
const folderOf = `
	from (
		select * from message_copy c
		where c.person_id = $1 and c.place = 'folder' and c.folder_id = $2 and c.trashed_at is null and (c.visible_at, c.message_id) < ($3, $4)
		order by c.visible_at desc, c.message_id desc limit $5
	) k join message m on m.tenant_id = k.tenant_id and m.id = k.message_id
	order by k.visible_at desc, k.message_id desc`

const topOf = `
	from (
		select * from message_copy c
		where c.person_id = $1 and c.place = $2 and c.folder_id is null and c.trashed_at is null and (c.visible_at, c.message_id) < ($3, $4)
		order by c.visible_at desc, c.message_id desc limit $5
	) k join message m on m.tenant_id = k.tenant_id and m.id = k.message_id
	order by k.visible_at desc, k.message_id desc`

const binOf = `
	from (
		select c.tenant_id, c.message_id, c.field, c.about, c.read_at, c.trashed_at as visible_at from message_copy c
		where c.person_id = $1 and c.trashed_at is not null and c.place <> 'gone' and (c.trashed_at, c.message_id) < ($2, $3)
		order by c.trashed_at desc, c.message_id desc limit $4
	) k join message m on m.tenant_id = k.tenant_id and m.id = k.message_id
	order by k.visible_at desc, k.message_id desc`

// cursor is where a part of a list begins: after the thing with this instant and id.
type cursor struct {
	at time.Time
	id uuid.UUID
}

// queueLines reads a part of one of a person's lists, the newest first.
func queueLines(b *db.Batch, dest *[]Line, who school.PersonID, p Place, folder uuid.UUID, from cursor, limit int) {
	switch p {
	case Bin:
		db.Rows(b, dest, scanLine, `select `+lineColumns+binOf, who.UUID, from.at, from.id, limit)
	case InFolder:
		db.Rows(b, dest, scanLine, `select `+lineColumns+folderOf, who.UUID, folder, from.at, from.id, limit)
	case Drafts:
		db.Rows(b, dest, func(row pgx.CollectableRow) (l Line, err error) {
			err = row.Scan(&l.ID, &l.At, &l.Subject, &l.Opening, &l.Whom, &l.Files, &l.State, &l.SendAt)
			l.At, l.Opening, l.Mine = l.At.UTC(), opening(l.Opening), true
			return l, err
		}, `select m.id, m.saved_at, m.subject, left(m.body, 400),
			coalesce((select string_agg(a.label, ', ' order by a.number) from message_address a where a.tenant_id = m.tenant_id and a.message_id = m.id), ''),
			(select count(*) from message_file f where f.tenant_id = m.tenant_id and f.message_id = m.id), m.state, coalesce(m.send_at, 'epoch')
			from message m where m.author_id = $1 and m.state in ('draft', 'scheduled', 'held') and (m.saved_at, m.id) < ($2, $3)
			order by m.saved_at desc, m.id desc limit $4`, who.UUID, from.at, from.id, limit)
	default:
		db.Rows(b, dest, scanLine, `select `+lineColumns+topOf, who.UUID, string(p), from.at, from.id, limit)
	}
}

// unread counts what is unread in the inbox and in folders, no further than a hundred.
func queueUnread(b *db.Batch, n *int, found *bool, who school.PersonID, now time.Time) {
	db.Row(b, found, []any{n}, `select count(*) from (
		select from message_copy c where c.person_id = $1 and c.read_at is null and c.trashed_at is null and c.place <> 'gone' and c.visible_at <= $2 limit 100) u`, who.UUID, now)
}

// queueNews reads the newest that a person has not read.
func queueNews(b *db.Batch, dest *[]Line, who school.PersonID, now time.Time, limit int) {
	db.Rows(b, dest, scanLine, `select `+lineColumns+`
		from (
			select * from message_copy c where c.person_id = $1 and c.read_at is null and c.trashed_at is null and c.visible_at <= $2
			order by c.visible_at desc limit $3
		) k join message m on m.tenant_id = k.tenant_id and m.id = k.message_id
		where m.recalled_at is null and k.place <> 'gone' order by k.visible_at desc, m.id desc`, who.UUID, now, limit)
}

func queueFolders(b *db.Batch, dest *[]Folder, who school.PersonID) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (f Folder, err error) {
		err = row.Scan(&f.ID, &f.Parent, &f.Name)
		return f, err
	}, `select id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), name from message_folder where person_id = $1 order by name, id limit 200`, who.UUID)
}

// queueFound finds messages of a person by their words, the best first.
func queueFound(b *db.Batch, dest *[]Line, who school.PersonID, text string, now time.Time, limit int) {
	db.Rows(b, dest, scanLine, `select `+lineColumns+`
		from (
			select c.*, m.search from message_copy c join message m on m.tenant_id = c.tenant_id and m.id = c.message_id
			where c.person_id = $1 and c.place <> 'gone' and c.trashed_at is null and m.state in ('sending', 'sent') and m.recalled_at is null
			  and c.visible_at <= $3 and m.search @@ to_tsquery('public.fr', $2)
			order by c.visible_at desc limit 200
		) k join message m on m.tenant_id = k.tenant_id and m.id = k.message_id
		order by ts_rank_cd(k.search, to_tsquery('public.fr', $2), 1) desc, k.visible_at desc limit $4`, who.UUID, text, now, limit)
}
