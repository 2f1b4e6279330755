package messages

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/school"
)

type result interface{ RowsAffected() (int64, error) }

func changed(r result, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	n, err := r.RowsAffected()
	return int(n), err
}

func array(list []uuid.UUID) any {
	texts := make([]string, 0, len(list))
	for _, id := range list {
		texts = append(texts, id.String())
	}
	return pgdialect.Array(texts)
}

func orNever(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

func orNull(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

// upsertDraft keeps a draft. It changes nothing when the id is another's, or the message has been sent.
func upsertDraft(ctx context.Context, tx db.Tx, d Draft, by school.Actor) (int, error) {
	return changed(tx.ExecContext(ctx, `
		insert into message (id, thread_id, parent_id, author_id, author_name, author_profile, subject, body, child_id, child_name, no_reply, receipt, saved_at,
			urgent, urgent_reason, guardians, send_at)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (tenant_id, id) do update set subject = excluded.subject, body = excluded.body, child_id = excluded.child_id,
			child_name = excluded.child_name, no_reply = excluded.no_reply, receipt = excluded.receipt, saved_at = excluded.saved_at,
			author_name = excluded.author_name, author_profile = excluded.author_profile, urgent = excluded.urgent,
			urgent_reason = excluded.urgent_reason, guardians = excluded.guardians, send_at = excluded.send_at
		where message.state = 'draft' and message.author_id = excluded.author_id`,
		d.ID, d.Thread, orNull(d.Parent), by.Person.UUID, by.Name, string(writesAs(by)), d.Subject, d.Body, orNull(d.Child.ID.UUID), d.Child.Name,
		d.NoReply, d.Receipt, tx.Now(), d.Urgent, d.Reason, string(d.Guardians), orNever(d.SendAt)))
}

// replaceAddresses keeps the lines of a draft in place of those that were there.
func replaceAddresses(ctx context.Context, tx db.Tx, id uuid.UUID, list []Address) error {
	if _, err := tx.ExecContext(ctx, `delete from message_address where message_id = ?`, id); err != nil || len(list) == 0 {
		return err
	}
	n := len(list)
	fields, kinds, persons, places := make([]string, n), make([]string, n), make([]*string, n), make([]*string, n)
	levels, profiles, labels := make([]string, n), make([]string, n), make([]string, n)
	for i, a := range list {
		fields[i], kinds[i], levels[i], profiles[i], labels[i] = string(a.Field), string(a.Kind), a.Level, a.Profile, a.Label
		persons[i], places[i] = text(a.Who), text(a.Place)
	}
	_, err := tx.ExecContext(ctx, `
		insert into message_address (message_id, number, field, kind, person_id, place_id, level, profile, label)
		select ?, row_number() over (), * from unnest(?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[])`,
		id, pgdialect.Array(fields), pgdialect.Array(kinds), pgdialect.Array(persons), pgdialect.Array(places),
		pgdialect.Array(levels), pgdialect.Array(profiles), pgdialect.Array(labels))
	return err
}

func text(id uuid.UUID) *string {
	if id == uuid.Nil {
		return nil
	}
	s := id.String()
	return &s
}

// heldDraft locks a draft of a person; db.NoRows when there is none.
func heldDraft(ctx context.Context, tx db.Tx, id uuid.UUID, who school.PersonID) (thread uuid.UUID, err error) {
	err = tx.NewRaw(`select thread_id from message where id = ? and author_id = ? and state = 'draft' for update`, id, who.UUID).Scan(ctx, &thread)
	return thread, err
}

// sentBy says whether the message is one that the person has sent.
func sentBy(ctx context.Context, tx db.Tx, id uuid.UUID, who school.PersonID) (sent bool, err error) {
	err = tx.NewRaw(`select exists (select from message where id = ? and author_id = ? and state in ('sending', 'sent'))`, id, who.UUID).Scan(ctx, &sent)
	return sent, err
}

// stateOf is how far a message of the person's is; empty when it is not there.
func stateOf(ctx context.Context, tx db.Tx, id uuid.UUID, who school.PersonID) (s State, err error) {
	err = tx.NewRaw(`select coalesce((select state from message where id = ? and author_id = ?), '')`, id, who.UUID).Scan(ctx, (*string)(&s))
	return s, err
}

// settle keeps what a draft becomes a message with: it is what goes out, now or later.
func settle(ctx context.Context, tx db.Tx, d Draft, html, device string, people int) error {
	_, err := tx.ExecContext(ctx, `update message set html = ?, whom = ?, expected = ?, device = ?, refusal = '' where id = ?`, html, d.whom(), people, device, d.ID)
	return err
}

// setWaiting has a message wait for its hour or for a moderator.
func setWaiting(ctx context.Context, tx db.Tx, id uuid.UUID, s State) error {
	_, err := tx.ExecContext(ctx, `update message set state = ? where id = ?`, string(s), id)
	return err
}

// sendBack makes a waiting message a draft again, and says why. It changes nothing when the message does not wait.
func sendBack(ctx context.Context, tx db.Tx, id uuid.UUID, why string) (int, error) {
	return changed(tx.ExecContext(ctx, `update message set state = 'draft', send_at = null, refusal = ?, saved_at = ? where id = ? and state in ('scheduled', 'held')`, why, tx.Now(), id))
}

// unschedule makes a scheduled message of the person's a draft again.
func unschedule(ctx context.Context, tx db.Tx, id uuid.UUID, who school.PersonID) (int, error) {
	return changed(tx.ExecContext(ctx, `update message set state = 'draft', send_at = null where id = ? and author_id = ? and state = 'scheduled'`, id, who.UUID))
}

// beginSending turns what was settled into a message on its way, and gives the author a copy.
func beginSending(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `
		with sent as (
			update message set state = 'sending', sent_at = ? where id = ? returning id, author_id
		)
		insert into message_copy (message_id, person_id, field, place, sent_at, read_at, visible_at, notify_at)
		select id, author_id, 'author', 'sent', ?, ?, ?, ? from sent where author_id is not null`,
		tx.Now(), id, tx.Now(), tx.Now(), tx.Now(), tx.Now())
	return err
}

// alone has one message of a person go out at a time, so that the limits count each.
func alone(ctx context.Context, tx db.Tx, who school.PersonID) error {
	_, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock(hashtextextended(current_setting('app.tenant') || ?, 0))`, who.String())
	return err
}

// addressedSince counts for how many people a person's messages were since an instant, with those that wait.
func addressedSince(ctx context.Context, tx db.Tx, who school.PersonID, since time.Time, but uuid.UUID) (people int, err error) {
	err = tx.NewRaw(`
		select coalesce(sum(expected), 0) from (
			select expected from message where author_id = ?0 and state <> 'draft' and sent_at > ?1
			union all
			select expected from message where author_id = ?0 and state in ('scheduled', 'held') and id <> ?2
		) m`, who.UUID, since, but).Scan(ctx, &people)
	return people, err
}

func deleteDraft(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `delete from message where id = ? and state = 'draft'`, id)
	return err
}

// markRead notes that a person has opened a message, the first time.
func markRead(ctx context.Context, tx db.Tx, id uuid.UUID, who school.PersonID) error {
	_, err := tx.ExecContext(ctx, `update message_copy set read_at = ? where message_id = ? and person_id = ? and read_at is null`, tx.Now(), id, who.UUID)
	return err
}

// changeCopies does one thing to several copies of a person, in one statement. folder matters to a move alone.
func changeCopies(ctx context.Context, tx db.Tx, who school.PersonID, ids []uuid.UUID, what Change, folder uuid.UUID) (int, error) {
	var set string
	var args []any
	switch what {
	case MarkRead:
		set, args = `read_at = coalesce(read_at, ?)`, []any{tx.Now()}
	case MarkUnread:
		set = `read_at = null`
	case Trash:
		set, args = `trashed_at = coalesce(trashed_at, ?)`, []any{tx.Now()}
	case Restore:
		set = `trashed_at = null`
	case Erase:
		set = `place = 'gone', folder_id = null, trashed_at = coalesce(trashed_at, now())`
	case Move:
		set = `place = case when field = 'author' then 'sent' else 'inbox' end, folder_id = null`
		if folder != uuid.Nil {
			set, args = `place = 'folder', folder_id = ?`, []any{folder}
		}
	}
	where := ` where person_id = ? and message_id = any (?::uuid[]) and place <> 'gone' and visible_at <= ?`
	if what == Erase {
		where += ` and trashed_at is not null`
	}
	return changed(tx.ExecContext(ctx, `update message_copy set `+set+where, append(args, who.UUID, array(ids), tx.Now())...))
}

func insertFolder(ctx context.Context, tx db.Tx, who school.PersonID, f Folder) (int, error) {
	return changed(tx.ExecContext(ctx, `insert into message_folder (person_id, id, parent_id, name) values (?, ?, ?, ?) on conflict do nothing`,
		who.UUID, f.ID, orNull(f.Parent), f.Name))
}

func renameFolder(ctx context.Context, tx db.Tx, who school.PersonID, id uuid.UUID, name string) (int, error) {
	return changed(tx.ExecContext(ctx, `update message_folder set name = ? where person_id = ? and id = ?`, name, who.UUID, id))
}

// deleteFolder removes a folder and those below it. What they held goes back to where it came from.
func deleteFolder(ctx context.Context, tx db.Tx, who school.PersonID, ids []uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `update message_copy set place = case when field = 'author' then 'sent' else 'inbox' end, folder_id = null
		where person_id = ? and folder_id = any (?::uuid[])`, who.UUID, array(ids))
	if err == nil {
		_, err = tx.ExecContext(ctx, `delete from message_folder where person_id = ? and id = any (?::uuid[])`, who.UUID, array(ids))
	}
	return err
}

// foldersOf reads all folders of a person.
func foldersOf(ctx context.Context, tx db.Tx, who school.PersonID) ([]Folder, error) {
	var rows []struct {
		ID     uuid.UUID  `bun:"id"`
		Parent *uuid.UUID `bun:"parent_id"`
		Name   string     `bun:"name"`
	}
	err := tx.NewRaw(`select id, parent_id, name from message_folder where person_id = ? order by name, id`, who.UUID).Scan(ctx, &rows)
	list := make([]Folder, 0, len(rows))
	for _, r := range rows {
		f := Folder{ID: r.ID, Name: r.Name}
		if r.Parent != nil {
			f.Parent = *r.Parent
		}
		list = append(list, f)
	}
	return list, err
}

func setSignature(ctx context.Context, tx db.Tx, who school.PersonID, body string) error {
	_, err := tx.ExecContext(ctx, `insert into message_signature (person_id, body) values (?, ?)
		on conflict (tenant_id, person_id) do update set body = excluded.body`, who.UUID, body)
	return err
}

// withdraw takes a message back from everybody. It changes nothing a second time.
func withdraw(ctx context.Context, tx db.Tx, id uuid.UUID, by string) (int, error) {
	return changed(tx.ExecContext(ctx, `update message set recalled_at = ?, recalled_by = ?, state = 'sent' where id = ? and state <> 'draft' and recalled_at is null`,
		tx.Now(), by, id))
}

func insertReport(ctx context.Context, tx db.Tx, p Report, who school.PersonID) (int, error) {
	return changed(tx.ExecContext(ctx, `insert into message_report (id, message_id, person_id, reason, note, reported_at) values (?, ?, ?, ?, ?, ?) on conflict do nothing`,
		p.ID, p.Message, who.UUID, p.Reason, p.Note, tx.Now()))
}

// decideReports closes what was reported of the message of an open report, and says who did; uuid.Nil when somebody was faster.
func decideReports(ctx context.Context, tx db.Tx, report uuid.UUID, state string, by school.PersonID) (message uuid.UUID, reporters []uuid.UUID, err error) {
	var rows []struct {
		Message  uuid.UUID  `bun:"message_id"`
		Reporter *uuid.UUID `bun:"person_id"`
	}
	err = tx.NewRaw(`
		with done as (
			update message_report set state = ?, author_id = ?, decided_at = ?, told_at = ?
			where state = 'open' and message_id = (select message_id from message_report where id = ?) returning message_id, person_id
		) select message_id, person_id from done`, state, by.UUID, tx.Now(), tx.Now(), report).Scan(ctx, &rows)
	for _, row := range rows {
		message = row.Message
		if row.Reporter != nil {
			reporters = append(reporters, *row.Reporter)
		}
	}
	return message, reporters, err
}

func insertBlock(ctx context.Context, tx db.Tx, who school.PersonID, blocked uuid.UUID, name string) (int, error) {
	return changed(tx.ExecContext(ctx, `insert into message_block (person_id, author_id, name, blocked_at) values (?, ?, ?, ?) on conflict do nothing`,
		who.UUID, blocked, name, tx.Now()))
}

func deleteBlock(ctx context.Context, tx db.Tx, who school.PersonID, blocked uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `delete from message_block where person_id = ? and author_id = ?`, who.UUID, blocked)
	return err
}

func insertFile(ctx context.Context, tx db.Tx, message uuid.UUID, f File) error {
	_, err := tx.ExecContext(ctx, `insert into message_file (message_id, id, box_id, name, size) values (?, ?, ?, ?, ?) on conflict do nothing`, message, f.ID, message, f.Name, f.Size)
	return err
}

func countFiles(ctx context.Context, tx db.Tx, message uuid.UUID) (n int, err error) {
	err = tx.NewRaw(`select count(*) from message_file where message_id = ?`, message).Scan(ctx, &n)
	return n, err
}

// deleteFile takes a file off a message and says in which box it lies; uuid.Nil when it was not there.
func deleteFile(ctx context.Context, tx db.Tx, message, file uuid.UUID) (box uuid.UUID, err error) {
	err = tx.NewRaw(`delete from message_file where message_id = ? and id = ? returning box_id`, message, file).Scan(ctx, &box)
	if db.NoRows(err) {
		return uuid.Nil, nil
	}
	return box, err
}

// carryFiles has a draft name the files of the message that it passes on.
func carryFiles(ctx context.Context, tx db.Tx, draft, from uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `insert into message_file (message_id, id, box_id, name, size)
		select ?, f.id, f.box_id, f.name, f.size from message_file f join message m on m.tenant_id = f.tenant_id and m.id = f.message_id
		where f.message_id = ? and m.recalled_at is null on conflict do nothing`, draft, from)
	return err
}

// filesOfOwn lists the files in a message's own box that no other message names.
func filesOfOwn(ctx context.Context, tx db.Tx, message uuid.UUID) (ids []uuid.UUID, err error) {
	err = tx.NewRaw(`select id from message_file f where message_id = ? and box_id = message_id
		and not exists (select from message_file o where o.tenant_id = f.tenant_id and o.box_id = f.box_id and o.id = f.id and o.message_id <> f.message_id)`, message).Scan(ctx, &ids)
	return ids, err
}

const heldFiles = ` coalesce(sum(f.size), 0)::bigint from message m join message_file f on f.tenant_id = m.tenant_id and f.message_id = m.id and f.box_id = m.id
	where m.author_id = `

// stillHeld leaves out what the author has removed for good.
const stillHeld = ` and not exists (select from message_copy k where k.tenant_id = m.tenant_id and k.message_id = m.id and k.person_id = m.author_id and k.place = 'gone')`

// filesHeld is how many bytes the documents of a person's messages and drafts take.
func filesHeld(ctx context.Context, tx db.Tx, who school.PersonID) (used int64, err error) {
	err = tx.NewRaw(`select`+heldFiles+`?`+stillHeld, who.UUID).Scan(ctx, &used)
	return used, err
}

func queueHeld(b *db.Batch, used *int64, who school.PersonID) {
	var found bool
	db.Row(b, &found, []any{used}, `select`+heldFiles+`$1`+stillHeld, who.UUID)
}
