package chat

import (
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/school"
)

const messageColumns = `m.channel_id, m.number, m.id, m.kind, m.person_id, m.person_name, m.person_profile, m.body, coalesce(m.reply, 0), coalesce(p.person_name, ''),
	case when p.removed_at is null then coalesce(p.body, '') else '' end, m.sent_at, m.edited_at, m.removed_at, m.removed_by, m.reason, m.change`

const messageTables = ` from chat_message m left join chat_message p on p.tenant_id = m.tenant_id and p.channel_id = m.channel_id and p.number = m.reply`

func scanMessage(row pgx.CollectableRow) (m Message, err error) {
	var person *uuid.UUID
	var edited, removed *time.Time
	err = row.Scan(&m.Channel, &m.Number, &m.ID, (*string)(&m.Kind), &person, &m.Name, (*string)(&m.Profile), &m.Body, &m.Reply, &m.ReplyName, &m.ReplyBody,
		&m.At, &edited, &removed, &m.RemovedBy, &m.Reason, &m.Change)
	m.At = m.At.UTC()
	if person != nil {
		m.Person.UUID = *person
	}
	if edited != nil {
		m.Edited = edited.UTC()
	}
	if removed != nil {
		m.Removed = removed.UTC()
	}
	return m, err
}

// queueMessage reads one message, whosever it is.
func queueMessage(b *db.Batch, dest *[]Message, id uuid.UUID) {
	db.Rows(b, dest, scanMessage, `select `+messageColumns+messageTables+` where m.id = $1`, id)
}

// queueBefore reads the last messages before a number, the newest first.
func queueBefore(b *db.Batch, dest *[]Message, channel uuid.UUID, before, limit int) {
	db.Rows(b, dest, scanMessage, `select `+messageColumns+messageTables+`
		where m.channel_id = $1 and m.number < $2 order by m.number desc limit $3`, channel, before, limit)
}

// queueFrom reads messages from a number on, the oldest first.
func queueFrom(b *db.Batch, dest *[]Message, channel uuid.UUID, from, limit int) {
	db.Rows(b, dest, scanMessage, `select `+messageColumns+messageTables+`
		where m.channel_id = $1 and m.number >= $2 order by m.number limit $3`, channel, from, limit)
}

// queueChanged reads messages up to a number that have changed since a change, the oldest change first.
func queueChanged(b *db.Batch, dest *[]Message, channel uuid.UUID, upTo, since, limit int) {
	db.Rows(b, dest, scanMessage, `select `+messageColumns+messageTables+`
		where m.channel_id = $1 and m.number <= $2 and m.change > $3 order by m.change limit $4`, channel, upTo, since, limit)
}

// queueFoundIn finds messages of the person's own channels by their words, the best first.
func queueFoundIn(b *db.Batch, dest *[]found, who school.PersonID, now time.Time, profiles []string, text string, limit int) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (f found, err error) {
		err = row.Scan(&f.Channel, &f.Title, &f.Number, &f.Name, &f.Body, &f.At)
		return f, err
	}, own+` select c.id, c.title, f.number, f.person_name, f.body, f.sent_at
		from chat_message f join chat_channel c on c.tenant_id = f.tenant_id and c.id = f.channel_id
		where f.search @@ to_tsquery('public.fr', $4) and f.removed_at is null and f.kind = 'said' and `+mine+`
		order by ts_rank_cd(f.search, to_tsquery('public.fr', $4), 1) desc, f.sent_at desc limit $5`, who.UUID, directory.Day(now), profiles, text, limit)
}

// found is a message that a search finds.
type found struct {
	Channel uuid.UUID
	Title   string
	Number  int
	Name    string
	Body    string
	At      time.Time
}

// memberRow is a member, or with a silence somebody who may no longer be one.
func scanMember(row pgx.CollectableRow) (m Member, err error) {
	var until *time.Time
	err = row.Scan(&m.ID, &m.Given, &m.Family, &m.Profiles, &m.Here, &until, &m.Why)
	if until != nil {
		m.Until = until.UTC()
	}
	return m, err
}

// queueMembers reads who belongs to a channel: who is here, and who is silent until when.
func queueMembers(b *db.Batch, dest *[]Member, channel uuid.UUID, now, alive time.Time) {
	db.Rows(b, dest, scanMember, belong+`
		select m.person_id, min(m.given_name), min(m.family_name), array_agg(distinct m.profile order by m.profile),
		       coalesce(bool_or(s.seen_at > $4 and d.person_id is null), false), max(q.until), coalesce(max(q.reason), '')
		from member m
		left join chat_seat s on s.tenant_id = m.tenant_id and s.channel_id = $1 and s.person_id = m.person_id
		left join chat_discreet d on d.tenant_id = m.tenant_id and d.person_id = m.person_id
		left join chat_silence q on q.tenant_id = m.tenant_id and q.channel_id = $1 and q.person_id = m.person_id and q.until > $3
		group by m.person_id order by min(m.family_name), min(m.given_name), m.person_id limit $5`,
		channel, directory.Day(now), now, alive, maxMembers)
}

// queueSelf reads what the channel keeps about one person: how far the person has read, until when the person is silent,
// whether the person wants not to be shown, and since when the person visits.
func queueSelf(b *db.Batch, s *self, channel uuid.UUID, now time.Time, who school.PersonID) {
	var ok bool
	db.Row(b, &ok, []any{&s.read, &s.silent, &s.discreet, &s.visited}, `
		select coalesce((select read_number from chat_seat where channel_id = $1 and person_id = $2), 0),
		       (select until from chat_silence where channel_id = $1 and person_id = $2 and until > $3),
		       exists (select from chat_discreet where person_id = $2),
		       exists (select from chat_visit where channel_id = $1 and person_id = $2 and visited_at > $4)`,
		channel, who.UUID, now, now.Add(-visitLasts))
}

// self is what a channel keeps about the reader.
type self struct {
	read     int
	silent   *time.Time
	discreet bool
	visited  bool
}

func (s self) until() time.Time {
	if s.silent == nil {
		return time.Time{}
	}
	return s.silent.UTC()
}

// queueDiscreet reads whether a person wants not to be shown.
func queueDiscreet(b *db.Batch, yes *bool, who school.PersonID) {
	var ok bool
	db.Row(b, &ok, []any{yes}, `select exists (select from chat_discreet where person_id = $1)`, who.UUID)
}

const reportColumns = `
	select r.id, r.channel_id, c.title, r.number, m.id, r.reason, r.note, r.body, r.reported_at,
	       coalesce((select w.given_name || ' ' || w.family_name from membership w where w.tenant_id = r.tenant_id and w.person_id = r.person_id limit 1), ''), m.person_name
	from chat_report r join chat_channel c on c.tenant_id = r.tenant_id and c.id = r.channel_id
	join chat_message m on m.tenant_id = r.tenant_id and m.channel_id = r.channel_id and m.number = r.number
	where r.state = 'open' and `

func scanReport(row pgx.CollectableRow) (p Report, err error) {
	err = row.Scan(&p.ID, &p.Channel, &p.Title, &p.Number, &p.Message, &p.Reason, &p.Note, &p.Body, &p.At, &p.By, &p.Author)
	return p, err
}

// queueReports lists what waits for a moderator's decision: in the whole school, or in the person's own channels.
func queueReports(b *db.Batch, dest *[]Report, who school.PersonID, now time.Time, profiles []string, all bool) {
	if all {
		db.Rows(b, dest, scanReport, reportColumns+`true order by r.reported_at, r.id limit $1`, pageSize)
		return
	}
	db.Rows(b, dest, scanReport, own+reportColumns+mine+` order by r.reported_at, r.id limit $4`, who.UUID, directory.Day(now), profiles, pageSize)
}
