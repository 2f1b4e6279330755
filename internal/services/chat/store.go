package chat

import (
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/school"
)

const (
	pageSize   = 40
	pageTalk   = 50
	maxMembers = 1000
	maxPlaces  = 1000
)

// lives is the condition that a membership m is one of the day $2.
const lives = `m.starts_on <= $2 and (m.ends_on is null or m.ends_on >= $2)`

// follows is the condition that a guardianship g holds on the day $2.
const follows = `g.starts_on <= $2 and (g.ends_on is null or g.ends_on >= $2) and (g.excluded_until is null or g.excluded_until < $2)`

// belong is who belongs to the channel $1 on the day $2, by which profile.
const belong = `
	with c as (
		select * from chat_channel where id = $1
	), tied as (
		select k.tenant_id, k.person_id, k.profile from c join class_member k on k.tenant_id = c.tenant_id and k.class_id = c.target_id
		where c.target = 'class' and k.profile in ('pupil', 'teacher')
		union all
		select k.tenant_id, k.person_id, k.profile from c join group_member k on k.tenant_id = c.tenant_id and k.group_id = c.target_id
		where c.target = 'group' and k.profile in ('pupil', 'teacher')
	), member as (
		select m.tenant_id, m.person_id, m.profile, m.given_name, m.family_name
		from tied t cross join c join membership m on m.tenant_id = t.tenant_id and m.person_id = t.person_id and m.profile = t.profile
		where ` + lives + ` and (t.profile = 'pupil' or c.teachers or t.person_id = c.author_id)
		union
		select m.tenant_id, m.person_id, m.profile, m.given_name, m.family_name
		from tied t join c on c.guardians
		join guardianship g on g.tenant_id = t.tenant_id and g.child_id = t.person_id
		join membership m on m.tenant_id = g.tenant_id and m.person_id = g.guardian_id and m.profile = 'guardian'
		where t.profile = 'pupil' and ` + lives + ` and ` + follows + `
	)`

// own are the classes and groups of the person $1 on the day $2, by which profile: a guardian's are the children's.
const own = `
	with own as (
		select 'class' as target, k.class_id as place, k.profile from class_member k
		join membership m on m.tenant_id = k.tenant_id and m.person_id = k.person_id and m.profile = k.profile where k.person_id = $1 and ` + lives + `
		union
		select 'group', k.group_id, k.profile from group_member k
		join membership m on m.tenant_id = k.tenant_id and m.person_id = k.person_id and m.profile = k.profile where k.person_id = $1 and ` + lives + `
		union
		select 'class', k.class_id, 'guardian' from guardianship g
		join membership m on m.tenant_id = g.tenant_id and m.person_id = g.guardian_id and m.profile = 'guardian'
		join class_member k on k.tenant_id = g.tenant_id and k.person_id = g.child_id and k.profile = 'pupil' where g.guardian_id = $1 and ` + lives + ` and ` + follows + `
		union
		select 'group', k.group_id, 'guardian' from guardianship g
		join membership m on m.tenant_id = g.tenant_id and m.person_id = g.guardian_id and m.profile = 'guardian'
		join group_member k on k.tenant_id = g.tenant_id and k.person_id = g.child_id and k.profile = 'pupil' where g.guardian_id = $1 and ` + lives + ` and ` + follows + `
	)`

// mine is the condition that the channel c is one of the person's own, by one of the profiles $3.
const mine = `exists (select from own o where o.target = c.target and o.place = c.target_id and o.profile = any ($3)
	and (o.profile = 'pupil' or o.profile = 'teacher' and (c.teachers or c.author_id = $1) or o.profile = 'guardian' and c.guardians))`

const channelColumns = `c.id, c.target, c.target_id, c.target_name, c.title, c.about, c.teachers, c.guardians, c.days, c.opens, c.closes, c.slow, c.state,
	c.closes_at, c.ends_on, c.author_id, c.author_name, c.by_pupil, c.last_at, c.last_number, c.change, c.version`

// into are the places of the columns of a channel; the function that comes with them fills in what may be null.
func (c *Channel) into() ([]any, func()) {
	var until *time.Time
	var author *uuid.UUID
	dest := []any{&c.ID, &c.Target.Kind, &c.Target.ID, &c.Target.Name, &c.Title, &c.About, &c.Teachers, &c.Guardians, &c.Days, &c.Opens, &c.Closes, &c.Slow,
		(*string)(&c.State), &until, &c.EndsOn, &author, &c.AuthorName, &c.ByPupil, &c.LastAt, &c.Last, &c.Change, &c.Version}
	return dest, func() {
		c.LastAt = c.LastAt.UTC()
		if until != nil {
			c.ClosesAt = until.UTC()
		}
		if author != nil {
			c.Author.UUID = *author
		}
	}
}

func queueChannel(b *db.Batch, dest *[]Channel, id uuid.UUID) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (c Channel, err error) {
		to, done := c.into()
		err = row.Scan(to...)
		done()
		return c, err
	}, `select `+channelColumns+` from chat_channel c where c.id = $1`, id)
}

// queueBelongs reads by which profiles a person belongs to a channel.
func queueBelongs(b *db.Batch, dest *[]string, channel uuid.UUID, now time.Time, who school.PersonID) {
	db.Rows(b, dest, pgx.RowTo[string], belong+` select profile from member where person_id = $3`, channel, directory.Day(now), who.UUID)
}

// cursor is where a part of a list begins: after the channel that was last spoken in then.
type cursor struct {
	at time.Time
	id uuid.UUID
}

// scanLine reads a channel with its last message and what is unread of it.
func scanLine(row pgx.CollectableRow) (l Line, err error) {
	to, done := l.into()
	err = row.Scan(append(to, &l.Unread, &l.LastWho, &l.LastText, (*string)(&l.LastKind), &l.Removed)...)
	done()
	return l, err
}

const lineColumns = channelColumns + `, greatest(c.last_number - coalesce(s.read_number, 0), 0), coalesce(l.person_name, ''), coalesce(l.body, ''), coalesce(l.kind, ''),
	coalesce(l.removed_at is not null, false)`

const lineTables = `
	left join chat_seat s on s.tenant_id = c.tenant_id and s.channel_id = c.id and s.person_id = $1
	left join chat_message l on l.tenant_id = c.tenant_id and l.channel_id = c.id and l.number = c.last_number`

// queueOwn lists a part of the channels to which a person belongs, those that were last spoken in first.
func queueOwn(b *db.Batch, dest *[]Line, who school.PersonID, now time.Time, profiles []string, archived bool, from cursor, limit int) {
	db.Rows(b, dest, scanLine, own+` select `+lineColumns+` from chat_channel c`+lineTables+`
		where (c.last_at, c.id) < ($4, $5) and (c.state = 'archived') = $6 and `+mine+`
		order by c.last_at desc, c.id desc limit $7`, who.UUID, directory.Day(now), profiles, from.at, from.id, archived, limit)
}

// queueUnread lists channels in which a person has not read everything.
func queueUnread(b *db.Batch, dest *[]Line, who school.PersonID, now time.Time, profiles []string, limit int) {
	db.Rows(b, dest, scanLine, own+` select `+lineColumns+` from chat_channel c`+lineTables+`
		where c.state <> 'archived' and c.last_number > coalesce(s.read_number, 0) and `+mine+`
		order by c.last_at desc, c.id desc limit $4`, who.UUID, directory.Day(now), profiles, limit)
}

// queueAll lists a part of all channels of the school, for those who moderate it: what was said stays unsaid.
func queueAll(b *db.Batch, dest *[]Line, who school.PersonID, from cursor, limit int) {
	db.Rows(b, dest, scanLine, `select `+channelColumns+`, 0, '', '', '', false from chat_channel c
		where (c.last_at, c.id) < ($2, $3) and $1::uuid is not null order by c.last_at desc, c.id desc limit $4`, who.UUID, from.at, from.id, limit)
}

// queuePlaces lists the classes and groups of the year.
func queuePlaces(b *db.Batch, dest *[]Target, now time.Time) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (t Target, err error) {
		err = row.Scan(&t.Kind, &t.ID, &t.Name)
		return t, err
	}, `
		select 'class', c.id, c.name from class c join school_year y on y.tenant_id = c.tenant_id and y.id = c.school_year_id
		where y.starts_on <= $1 and y.ends_on >= $1
		union all
		select 'group', g.id, g.name from teaching_group g join school_year y on y.tenant_id = g.tenant_id and y.id = g.school_year_id
		where y.starts_on <= $1 and y.ends_on >= $1
		order by 1, 3 limit $2`, directory.Day(now), maxPlaces)
}
