package chat

import (
	"context"
	"elyco/internal/notice"
	"regexp"
	"strconv"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/school"
)

var numbered = regexp.MustCompile(`\$(\d+)`)

// asked writes a statement with numbered arguments the way transactions take them.
func asked(statement string) string {
	return numbered.ReplaceAllStringFunc(statement, func(s string) string {
		n, _ := strconv.Atoi(s[1:]) // the pattern holds digits only
		return "?" + strconv.Itoa(n-1)
	})
}

type result interface{ RowsAffected() (int64, error) }

func changed(r result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

func orNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// heldChannel locks a channel, so that its messages are numbered one after the other.
func heldChannel(ctx context.Context, tx db.Tx, id uuid.UUID) (c Channel, err error) {
	to, done := c.into()
	err = tx.QueryRowContext(ctx, `select `+channelColumns+` from chat_channel c where c.id = ? for update`, id).Scan(to...)
	done()
	return c, err
}

// yearEnd is when the school year of a class or group ends.
func yearEnd(ctx context.Context, tx db.Tx, t Target) (end time.Time, name string, err error) {
	table := "class"
	if t.Kind == "group" {
		table = "teaching_group"
	}
	err = tx.NewRaw(`select y.ends_on, c.name from `+table+` c join school_year y on y.tenant_id = c.tenant_id and y.id = c.school_year_id where c.id = ?`, t.ID).
		Scan(ctx, &end, &name)
	return end, name, err
}

func insertChannel(ctx context.Context, tx db.Tx, c Channel) (bool, error) {
	return changed(tx.ExecContext(ctx, `
		insert into chat_channel (id, target, target_id, target_name, title, about, teachers, guardians, days, opens, closes, slow, closes_at, ends_on,
			author_id, author_name, by_pupil, created_at, last_at)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
		c.ID, c.Target.Kind, c.Target.ID, c.Target.Name, c.Title, c.About, c.Teachers, c.Guardians, c.Days, c.Opens, c.Closes, c.Slow, orNull(c.ClosesAt), c.EndsOn,
		c.Author.UUID, c.AuthorName, c.ByPupil, tx.Now(), tx.Now()))
}

func updateChannel(ctx context.Context, tx db.Tx, c Channel) error {
	_, err := tx.ExecContext(ctx, `update chat_channel set title = ?, about = ?, teachers = ?, guardians = ?, days = ?, opens = ?, closes = ?, slow = ?, closes_at = ?,
		version = version + 1 where id = ?`, c.Title, c.About, c.Teachers, c.Guardians, c.Days, c.Opens, c.Closes, c.Slow, orNull(c.ClosesAt), c.ID)
	return err
}

func updateState(ctx context.Context, tx db.Tx, id uuid.UUID, s State, until time.Time) error {
	_, err := tx.ExecContext(ctx, `update chat_channel set state = ?, closes_at = ?, version = version + 1 where id = ?`, string(s), orNull(until), id)
	return err
}

// tiesTo reads by which profiles a person belongs to a channel, and whether the person visits it.
func tiesTo(ctx context.Context, tx db.Tx, channel uuid.UUID, who school.PersonID) (profiles []string, visited bool, err error) {
	if err = tx.NewRaw(asked(belong+` select profile from member where person_id = $3`), channel, directory.Day(tx.Now()), who.UUID).Scan(ctx, &profiles); err != nil {
		return nil, false, err
	}
	err = tx.NewRaw(`select exists (select from chat_visit where channel_id = ? and person_id = ? and visited_at > ?)`, channel, who.UUID, tx.Now().Add(-visitLasts)).Scan(ctx, &visited)
	return profiles, visited, err
}

// listeners are those whose open pages hear of a channel: its members, and who visits it.
func listeners(ctx context.Context, tx db.Tx, channel uuid.UUID) (people []uuid.UUID, err error) {
	err = tx.NewRaw(asked(belong+` select person_id from member union select person_id from chat_visit where channel_id = $1 and visited_at > $3 limit $4`),
		channel, directory.Day(tx.Now()), tx.Now().Add(-visitLasts), maxMembers).Scan(ctx, &people)
	return people, err
}

// recipients are the members of a channel as notices know people.
func recipients(ctx context.Context, tx db.Tx, channel uuid.UUID) ([]notice.To, error) {
	var rows []struct {
		Person uuid.UUID `bun:"person_id"`
		Name   string    `bun:"name"`
		Staff  bool      `bun:"staff"`
	}
	err := tx.NewRaw(asked(belong+` select person_id, min(given_name || ' ' || family_name) as name, bool_or(profile not in ('pupil', 'guardian')) as staff
		from member group by person_id limit $3`), channel, directory.Day(tx.Now()), maxMembers).Scan(ctx, &rows)
	to := make([]notice.To, 0, len(rows))
	for _, r := range rows {
		to = append(to, notice.To{Person: r.Person, Name: r.Name, Staff: r.Staff})
	}
	return to, err
}

// memberOf says whether a member is a pupil or a guardian; db.NoRows when nobody of that id belongs.
func memberOf(ctx context.Context, tx db.Tx, channel uuid.UUID, who school.PersonID) (family bool, err error) {
	err = tx.NewRaw(asked(belong+` select bool_or(profile in ('pupil', 'guardian')) from member where person_id = $3 having count(*) > 0`),
		channel, directory.Day(tx.Now()), who.UUID).Scan(ctx, &family)
	return family, err
}

// insertMessage gives a message the next number of its channel, which the caller has locked. made is false when a message of
// that id is there already.
func insertMessage(ctx context.Context, tx db.Tx, m *Message) (made bool, err error) {
	var reply *int
	if m.Reply > 0 {
		reply = &m.Reply
	}
	made, err = changed(tx.ExecContext(ctx, `
		insert into chat_message (channel_id, number, id, kind, person_id, person_name, person_profile, body, reply, sent_at, change)
		select id, last_number + 1, ?, ?, ?, ?, ?, ?, ?, ?, change + 1 from chat_channel where id = ? on conflict do nothing`,
		m.ID, string(m.Kind), m.Person.UUID, m.Name, string(m.Profile), m.Body, reply, tx.Now(), m.Channel))
	if err != nil || !made {
		return false, err
	}
	err = tx.NewRaw(`update chat_channel set last_number = last_number + 1, change = change + 1, last_at = ? where id = ? returning last_number, change`,
		tx.Now(), m.Channel).Scan(ctx, &m.Number, &m.Change)
	return true, err
}

// touch moves the counter of changes of a channel and gives a message the new one.
func touch(ctx context.Context, tx db.Tx, m Message) error {
	_, err := tx.ExecContext(ctx, `with c as (update chat_channel set change = change + 1 where id = ? returning tenant_id, change)
		update chat_message m set change = c.change from c where m.tenant_id = c.tenant_id and m.channel_id = ? and m.number = ?`, m.Channel, m.Channel, m.Number)
	return err
}

// heldMessage reads a message of which the channel is locked first; db.NoRows when there is none.
func heldMessage(ctx context.Context, tx db.Tx, id uuid.UUID) (c Channel, m Message, err error) {
	if err = tx.NewRaw(`select channel_id from chat_message where id = ?`, id).Scan(ctx, &m.Channel); err != nil {
		return c, m, err
	}
	if c, err = heldChannel(ctx, tx, m.Channel); err != nil {
		return c, m, err
	}
	var person *uuid.UUID
	var removed *time.Time
	m.ID = id
	err = tx.QueryRowContext(ctx, `select number, kind, person_id, person_name, body, sent_at, removed_at from chat_message where id = ?`, id).
		Scan(&m.Number, (*string)(&m.Kind), &person, &m.Name, &m.Body, &m.At, &removed)
	if person != nil {
		m.Person.UUID = *person
	}
	if removed != nil {
		m.Removed = *removed
	}
	return c, m, err
}

func messageBy(ctx context.Context, tx db.Tx, id uuid.UUID) (author *uuid.UUID, channel uuid.UUID, err error) {
	err = tx.QueryRowContext(ctx, `select person_id, channel_id from chat_message where id = ?`, id).Scan(&author, &channel)
	return author, channel, err
}

// spoke tells how many messages a person sent since then, and when the last one of the channel was.
func spoke(ctx context.Context, tx db.Tx, channel uuid.UUID, who school.PersonID, since time.Time) (recent int, last time.Time, err error) {
	var at *time.Time
	err = tx.QueryRowContext(ctx, `select (select count(*) from chat_message where person_id = ? and sent_at > ? and kind = 'said'),
		(select max(sent_at) from chat_message where person_id = ? and sent_at > ? and channel_id = ? and kind = 'said')`,
		who.UUID, since, who.UUID, since.Add(-time.Hour), channel).Scan(&recent, &at)
	if at != nil {
		last = *at
	}
	return recent, last, err
}

// authorOf finds who wrote a message that is answered; db.NoRows when nothing of that number can be.
func authorOf(ctx context.Context, tx db.Tx, channel uuid.UUID, number int) (who *uuid.UUID, err error) {
	err = tx.NewRaw(`select person_id from chat_message where channel_id = ? and number = ? and kind = 'said' and removed_at is null`, channel, number).Scan(ctx, &who)
	return who, err
}

func updateBody(ctx context.Context, tx db.Tx, m Message, body string) error {
	_, err := tx.ExecContext(ctx, `update chat_message set body = ?, edited_at = ? where channel_id = ? and number = ?`, body, tx.Now(), m.Channel, m.Number)
	if err != nil {
		return err
	}
	return touch(ctx, tx, m)
}

// updateRemoved takes a message back. What its author removes is emptied.
func updateRemoved(ctx context.Context, tx db.Tx, m Message, by, reason string) error {
	_, err := tx.ExecContext(ctx, `update chat_message set removed_at = ?, removed_by = ?, reason = ?, body = case ? when 'author' then '' else body end
		where channel_id = ? and number = ?`, tx.Now(), by, reason, by, m.Channel, m.Number)
	if err != nil {
		return err
	}
	return touch(ctx, tx, m)
}

// upsertRead moves how far a person has read, never back and never beyond the last message.
func upsertRead(ctx context.Context, tx db.Tx, channel uuid.UUID, who school.PersonID, number int) error {
	_, err := tx.ExecContext(ctx, `
		insert into chat_seat (channel_id, person_id, read_number) select id, ?, least(?, last_number) from chat_channel where id = ?
		on conflict (tenant_id, channel_id, person_id) do update set read_number = excluded.read_number where chat_seat.read_number < excluded.read_number`,
		who.UUID, number, channel)
	return err
}

// upsertSeen notes a sign of life, unless one was noted after fresh or the person wants not to be shown.
func upsertSeen(ctx context.Context, tx db.Tx, channel uuid.UUID, who school.PersonID, fresh time.Time) error {
	_, err := tx.ExecContext(ctx, `
		insert into chat_seat (channel_id, person_id, seen_at) select id, ?, ? from chat_channel where id = ?
			and not exists (select from chat_discreet where person_id = ?)
		on conflict (tenant_id, channel_id, person_id) do update set seen_at = excluded.seen_at where chat_seat.seen_at is null or chat_seat.seen_at < ?`,
		who.UUID, tx.Now(), channel, who.UUID, fresh)
	return err
}

func updateDiscreet(ctx context.Context, tx db.Tx, who school.PersonID, yes bool) error {
	if !yes {
		_, err := tx.ExecContext(ctx, `delete from chat_discreet where person_id = ?`, who.UUID)
		return err
	}
	if _, err := tx.ExecContext(ctx, `insert into chat_discreet (person_id) values (?) on conflict do nothing`, who.UUID); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `update chat_seat set seen_at = null where person_id = ? and seen_at is not null`, who.UUID)
	return err
}

// upsertVisit notes that a moderator opened a channel. first is false when that was said not long ago.
func upsertVisit(ctx context.Context, tx db.Tx, channel uuid.UUID, who school.PersonID) (first bool, err error) {
	return changed(tx.ExecContext(ctx, `insert into chat_visit (channel_id, person_id, visited_at) values (?, ?, ?)
		on conflict (tenant_id, channel_id, person_id) do update set visited_at = excluded.visited_at where chat_visit.visited_at <= ?`,
		channel, who.UUID, tx.Now(), tx.Now().Add(-visitLasts)))
}

func upsertSilence(ctx context.Context, tx db.Tx, channel uuid.UUID, who school.PersonID, until time.Time, reason string, by school.PersonID) error {
	_, err := tx.ExecContext(ctx, `insert into chat_silence (channel_id, person_id, until, reason, author_id, silenced_at) values (?, ?, ?, ?, ?, ?)
		on conflict (tenant_id, channel_id, person_id) do update set until = excluded.until, reason = excluded.reason, author_id = excluded.author_id, silenced_at = excluded.silenced_at`,
		channel, who.UUID, until, reason, by.UUID, tx.Now())
	return err
}

func deleteSilence(ctx context.Context, tx db.Tx, channel uuid.UUID, who school.PersonID) (bool, error) {
	return changed(tx.ExecContext(ctx, `delete from chat_silence where channel_id = ? and person_id = ?`, channel, who.UUID))
}

// silentUntil is until when somebody is silent; zero: not.
func silentUntil(ctx context.Context, tx db.Tx, channel uuid.UUID, who school.PersonID) (until time.Time, err error) {
	err = tx.NewRaw(`select until from chat_silence where channel_id = ? and person_id = ? and until > ?`, channel, who.UUID, tx.Now()).Scan(ctx, &until)
	if db.NoRows(err) {
		return time.Time{}, nil
	}
	return until, err
}

func insertReport(ctx context.Context, tx db.Tx, p Report, m Message, by school.PersonID) error {
	_, err := tx.ExecContext(ctx, `insert into chat_report (id, channel_id, number, person_id, reason, note, body, reported_at) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
		p.ID, m.Channel, m.Number, by.UUID, p.Reason, p.Note, m.Body, tx.Now())
	return err
}

// reportOf finds the message that an open report is about; db.NoRows when nothing waits.
func reportOf(ctx context.Context, tx db.Tx, id uuid.UUID) (message uuid.UUID, state string, err error) {
	err = tx.QueryRowContext(ctx, `select m.id, r.state from chat_report r join chat_message m on m.tenant_id = r.tenant_id and m.channel_id = r.channel_id and m.number = r.number
		where r.id = ?`, id).Scan(&message, &state)
	return message, state, err
}

// settleReports ends every open report about a message.
func settleReports(ctx context.Context, tx db.Tx, m Message, state string, by school.PersonID) error {
	_, err := tx.ExecContext(ctx, `update chat_report set state = ?, actor_id = ?, decided_at = ? where channel_id = ? and number = ? and state = 'open'`,
		state, by.UUID, tx.Now(), m.Channel, m.Number)
	return err
}
