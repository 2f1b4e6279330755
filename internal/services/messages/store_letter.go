package messages

import (
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

func scanAddress(row pgx.CollectableRow) (a Address, err error) {
	err = row.Scan((*string)(&a.Field), (*string)(&a.Kind), &a.Who, &a.Place, &a.Level, &a.Profile, &a.Label)
	return a, err
}

const addressColumns = `a.field, a.kind, coalesce(a.person_id, '00000000-0000-0000-0000-000000000000'), coalesce(a.place_id, '00000000-0000-0000-0000-000000000000'), a.level, a.profile, a.label`

// queueLetter reads a message that the person has a copy of.
func queueLetter(b *db.Batch, dest *[]Letter, id uuid.UUID, who school.PersonID, now time.Time) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (l Letter, err error) {
		var profile string
		var recalled, trashed *time.Time
		err = row.Scan(&l.ID, &l.At, &l.Subject, &l.Opening, &l.AuthorID, &l.AuthorName, &profile, &l.Whom, &l.Mine, &l.Unread, &l.Recalled, &l.Hidden,
			&l.Line.Files, &l.About, &l.Child, &l.Urgent, &l.Thread, &l.Body, &l.HTML, &l.NoReply, &l.Receipt, &l.Official, &l.RecalledBy, &recalled, &l.Expected, &l.Reached,
			&l.Sending, &trashed, &l.ChildID, &l.WrittenAt, &l.SentAt, &l.NotifyAt, &l.Guardians, &l.UrgentReason)
		l.At, l.Profile, l.Trashed = l.At.UTC(), school.Profile(profile), trashed != nil
		if recalled != nil {
			l.RecalledAt = recalled.UTC()
		}
		return l, err
	}, `select `+lineColumns+`, m.thread_id, case when m.recalled_at is null or k.field = 'author' then m.body else '' end,
			case when m.recalled_at is null or k.field = 'author' then m.html else '' end, m.no_reply, m.receipt,
			m.author_profile not in ('pupil', 'guardian', 'tutor', 'guest'), m.recalled_by, m.recalled_at, m.expected, m.reached, m.state = 'sending', k.trashed_at,
			coalesce(m.child_id, '00000000-0000-0000-0000-000000000000'), m.saved_at, k.sent_at, k.notify_at,
			case when m.guardians = 'cc' or k.field = 'author' then m.guardians else '' end, case when k.field = 'author' then m.urgent_reason else '' end
		from message_copy k join message m on m.tenant_id = k.tenant_id and m.id = k.message_id
		where k.message_id = $1 and k.person_id = $2 and k.place <> 'gone' and k.visible_at <= $3`, id, who.UUID, now)
}

// queueAddresses reads the lines of a message; the hidden ones only for its author.
func queueAddresses(b *db.Batch, dest *[]Address, id uuid.UUID, who school.PersonID) {
	db.Rows(b, dest, scanAddress, `select `+addressColumns+` from message_address a join message m on m.tenant_id = a.tenant_id and m.id = a.message_id
		where a.message_id = $1 and (a.field <> 'bcc' or m.author_id = $2) order by a.number limit 200`, id, who.UUID)
}

func queueFiles(b *db.Batch, dest *[]File, id uuid.UUID) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (f File, err error) {
		err = row.Scan(&f.ID, &f.Name, &f.Size)
		return f, err
	}, `select id, name, size from message_file where message_id = $1 order by name, id limit 100`, id)
}

// queueThread reads what else of a message's thread the person has.
func queueThread(b *db.Batch, dest *[]Line, id uuid.UUID, who school.PersonID, now time.Time) {
	db.Rows(b, dest, scanLine, `select `+lineColumns+`
		from message o join message m on m.tenant_id = o.tenant_id and m.thread_id = o.thread_id and m.state in ('sending', 'sent') and m.id <> o.id
		join message_copy k on k.tenant_id = m.tenant_id and k.message_id = m.id and k.person_id = $2 and k.place <> 'gone' and k.visible_at <= $3
		where o.id = $1 order by k.visible_at, m.id limit 60`, id, who.UUID, now)
}

func queueOpened(b *db.Batch, n *int, found *bool, id uuid.UUID) {
	db.Row(b, found, []any{n}, `select count(*) from message_copy where message_id = $1 and field <> 'author' and read_at is not null`, id)
}

// queueDraft reads a draft of the person.
func queueDraft(b *db.Batch, dest *[]Draft, id uuid.UUID, who school.PersonID) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (d Draft, err error) {
		err = row.Scan(&d.ID, &d.Parent, &d.Thread, &d.Subject, &d.Body, &d.Child.ID.UUID, &d.Child.Name, &d.NoReply, &d.Receipt, &d.SavedAt, &d.Urgent, &d.Reason, (*string)(&d.Guardians), &d.SendAt, &d.State, &d.Refusal, &d.People)
		d.SavedAt, d.SendAt = d.SavedAt.UTC(), d.SendAt.UTC()
		if d.SendAt.Unix() == 0 {
			d.SendAt = time.Time{}
		}
		return d, err
	}, `select id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), thread_id, subject, body,
			coalesce(child_id, '00000000-0000-0000-0000-000000000000'), child_name, no_reply, receipt, saved_at, urgent, urgent_reason, guardians, coalesce(send_at, 'epoch'), state, refusal, expected
		from message where id = $1 and author_id = $2 and state in ('draft', 'scheduled', 'held')`, id, who.UUID)
}

func queueSignature(b *db.Batch, body *string, found *bool, who school.PersonID) {
	db.Row(b, found, []any{body}, `select body from message_signature where person_id = $1`, who.UUID)
}

// queueReceipts reads who has a message, a part at a time, in the order of names. Whoever left the school is named by nothing.
func queueReceipts(b *db.Batch, dest *[]Receipt, id uuid.UUID, after string, last uuid.UUID, opened bool, limit int) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (r Receipt, err error) {
		var read *time.Time
		err = row.Scan(&r.Person, &r.Name, (*string)(&r.Field), &read, &r.About, &r.VisibleAt)
		if read != nil {
			r.ReadAt = read.UTC()
		}
		return r, err
	}, `select k.person_id, n.name, k.field, k.read_at,
			array(select p.given_name || ' ' || p.family_name from membership p where p.tenant_id = k.tenant_id and p.person_id = any (k.about) and p.profile = 'pupil' order by 1), k.visible_at
		from message_copy k
		left join lateral (select p.family_name || ' ' || p.given_name as name, p.folded from membership p
			where p.tenant_id = k.tenant_id and p.person_id = k.person_id order by p.profile limit 1) p on true
		cross join lateral (select coalesce(p.name, '') as name, coalesce(p.folded, '') as folded) n
		where k.message_id = $1 and k.field <> 'author' and (n.folded, k.person_id) > ($2, $3) and (not $4 or k.read_at is not null)
		order by n.folded, k.person_id limit $5`, id, after, last, opened, limit)
}

// queueReports reads what waits for a moderator, the oldest first.
func queueReports(b *db.Batch, dest *[]Report) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (p Report, err error) {
		err = row.Scan(&p.ID, &p.Message, &p.Reason, &p.Note, &p.At, &p.By, &p.Subject, &p.Author, &p.Body, &p.Whom)
		p.At = p.At.UTC()
		return p, err
	}, `select r.id, r.message_id, r.reason, r.note, r.reported_at,
			coalesce((select p.given_name || ' ' || p.family_name from membership p where p.tenant_id = r.tenant_id and p.person_id = r.person_id order by p.profile limit 1), ''),
			m.subject, m.author_name, m.body, m.whom
		from message_report r join message m on m.tenant_id = r.tenant_id and m.id = r.message_id
		where r.state = 'open' order by r.reported_at, r.id limit 50`)
}

type blockRow struct {
	ID   uuid.UUID `db:"author_id"`
	Name string    `db:"name"`
}

func queueBlocks(b *db.Batch, dest *[]blockRow, who school.PersonID) {
	db.Rows(b, dest, pgx.RowToStructByName[blockRow], `select author_id, name from message_block where person_id = $1 order by name limit 200`, who.UUID)
}

// queueBoxOf finds where a file lies, for the author of a draft and for whoever has a copy of the message.
func queueBoxOf(b *db.Batch, dest *[]uuid.UUID, message, file uuid.UUID, who school.PersonID, now time.Time) {
	db.Rows(b, dest, pgx.RowTo[uuid.UUID], `
		select f.box_id from message_file f join message m on m.tenant_id = f.tenant_id and m.id = f.message_id
		where f.message_id = $1 and f.id = $2
		  and (m.author_id = $3 or m.recalled_at is null and exists (select from message_copy k
		       where k.tenant_id = m.tenant_id and k.message_id = m.id and k.person_id = $3 and k.place <> 'gone' and k.visible_at <= $4))`, message, file, who.UUID, now)
}

// queueLater reads who does not see a message of the person's yet, and from when on they do.
func queueLater(b *db.Batch, dest *[]Moment, id uuid.UUID, who school.PersonID, now time.Time) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (m Moment, err error) {
		err = row.Scan(&m.At, &m.Kind, &m.People)
		return m, err
	}, `select k.visible_at, case k.profile when 'pupil' then 'pupil' when 'guardian' then 'family' when 'tutor' then 'partner' when 'guest' then 'partner' else 'colleague' end as kind, count(*)
		from message_copy k join message m on m.tenant_id = k.tenant_id and m.id = k.message_id
		where k.message_id = $1 and m.author_id = $2 and k.field <> 'author' and k.visible_at > $3 group by 1, 2 order by 1, 2 limit 200`, id, who.UUID, now)
}

// queueOwnReport reads how far the person's report of a message is.
func queueOwnReport(b *db.Batch, state *string, found *bool, id uuid.UUID, who school.PersonID) {
	db.Row(b, found, []any{state}, `select state from message_report where message_id = $1 and person_id = $2`, id, who.UUID)
}
