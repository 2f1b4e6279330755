package slips

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

const (
	pageSize = 30
	maxLines = 20000 // of one slip
)

const slipColumns = `s.id, s.kind, s.state, s.title, s.body, s.html, s.questions, s.texts, s.audience, s.whom, s.anonymous, s.per_child, s.both_answer,
	s.required, s.results_open, s.reminds, s.closes_at, s.published_at, s.closed_at, s.created_at,
	coalesce(s.author_id, '00000000-0000-0000-0000-000000000000'), s.author_name, s.version`

func slipFrom(row pgx.CollectableRow, s *Slip, more ...any) error {
	var questions, texts, to []byte
	var closes, published, closed *time.Time
	err := row.Scan(append([]any{&s.ID, (*string)(&s.Kind), (*string)(&s.State), &s.Title, &s.Body, &s.HTML, &questions, &texts, &to, &s.Whom, &s.Anonymous,
		&s.PerChild, &s.Both, &s.Required, &s.ResultsOpen, &s.Reminds, &closes, &published, &closed, &s.CreatedAt, &s.Author.UUID, &s.AuthorName, &s.Version}, more...)...)
	if err != nil {
		return err
	}
	s.CreatedAt = s.CreatedAt.UTC()
	for from, into := range map[*time.Time]*time.Time{closes: &s.ClosesAt, published: &s.PublishedAt, closed: &s.ClosedAt} {
		if from != nil {
			*into = from.UTC()
		}
	}
	return s.read(questions, texts, to)
}

// read fills in what is kept as JSON.
func (s *Slip) read(questions, texts, to []byte) error {
	if err := json.Unmarshal(questions, &s.Questions); err != nil {
		return err
	}
	if err := json.Unmarshal(texts, &s.Texts); err != nil {
		return err
	}
	return json.Unmarshal(to, &s.Audience)
}

func scanSlip(row pgx.CollectableRow) (s Slip, err error) { return s, slipFrom(row, &s) }

func queueSlip(b *db.Batch, dest *[]Slip, id uuid.UUID) {
	db.Rows(b, dest, scanSlip, `select `+slipColumns+` from slip s where s.id = $1`, id)
}

// mine is a slip with one line of who is asked.
type mine struct {
	Slip
	Asked Asked
	Done  bool // nothing more is expected for this line
}

const askedColumns = `a.person_id, a.child_id, a.profile, a.person_name, a.child_name, a.class_name,
	r.answers, coalesce(r.signed_as, ''), r.signed_at, coalesce(r.changes, 0), coalesce(r.on_paper, false), coalesce(r.writer_name, ''),
	exists (select from slip_roll v where v.tenant_id = a.tenant_id and v.slip_id = a.slip_id and v.child_id = a.child_id and v.person_id = a.person_id)`

const withReply = ` left join slip_reply r on r.tenant_id = a.tenant_id and r.slip_id = a.slip_id and r.child_id = a.child_id and r.person_id = a.person_id `

// answered is whether nothing more is expected of a line a of the slip s.
const answered = `(exists (select from slip_roll v where v.tenant_id = a.tenant_id and v.slip_id = a.slip_id and v.child_id = a.child_id and v.person_id = a.person_id)
	or exists (select from slip_reply o where o.tenant_id = a.tenant_id and o.slip_id = a.slip_id and o.child_id = a.child_id
		and (o.person_id = a.person_id or not s.both_answer and a.child_id <> '00000000-0000-0000-0000-000000000000')))`

// lineOf gathers the places into which a line is read.
type lineOf struct {
	a       *Asked
	answers []byte
	reply   Reply
	at      *time.Time
}

func (l *lineOf) places() []any {
	return []any{&l.a.Person, &l.a.Child, &l.a.Profile, &l.a.Name, &l.a.ChildName, &l.a.Class, &l.answers, &l.reply.SignedAs, &l.at,
		&l.reply.Changes, &l.reply.OnPaper, &l.reply.WriterName, &l.a.Voted}
}

func (l *lineOf) end() error {
	if l.at == nil {
		return nil
	}
	l.reply.SignedAt = l.at.UTC()
	l.a.Reply = &l.reply
	return json.Unmarshal(l.answers, &l.reply.Answers)
}

func scanMine(row pgx.CollectableRow) (m mine, err error) {
	l := lineOf{a: &m.Asked}
	if err := slipFrom(row, &m.Slip, append(l.places(), &m.Done)...); err != nil {
		return m, err
	}
	return m, l.end()
}

func scanAsked(row pgx.CollectableRow) (a Asked, err error) {
	l := lineOf{a: &a}
	if err := row.Scan(l.places()...); err != nil {
		return a, err
	}
	return a, l.end()
}

// queueOpen reads what is asked of a person and open, the first end first.
func queueOpen(b *db.Batch, dest *[]mine, who school.PersonID, now time.Time, pending bool) {
	db.Rows(b, dest, scanMine, `select `+slipColumns+`, `+askedColumns+`, `+answered+`
		from slip_asked a join slip s on s.tenant_id = a.tenant_id and s.id = a.slip_id`+withReply+`
		where a.person_id = $1 and s.state = 'published' and s.closes_at > $2 and (not $3 or not `+answered+`)
		order by s.closes_at, s.id, a.child_name limit 60`, who.UUID, now, pending)
}

// queuePast reads a part of what was asked of a person and is over, the last end first.
func queuePast(b *db.Batch, dest *[]mine, who school.PersonID, now, before time.Time, last uuid.UUID) {
	db.Rows(b, dest, scanMine, `select `+slipColumns+`, `+askedColumns+`, `+answered+`
		from slip_asked a join slip s on s.tenant_id = a.tenant_id and s.id = a.slip_id`+withReply+`
		where a.person_id = $1 and (s.state = 'closed' or s.state = 'published' and s.closes_at <= $2) and (s.closes_at, s.id) < ($3, $4)
		order by s.closes_at desc, s.id desc, a.child_name limit $5`, who.UUID, now, before, last, pageSize+1)
}

// queueLines reads who is asked, with the answers that bear names: one person's lines with those of the other guardians of
// the same children, or everybody's.
func queueLines(b *db.Batch, dest *[]Asked, slip uuid.UUID, who *uuid.UUID) {
	db.Rows(b, dest, scanAsked, `select `+askedColumns+` from slip_asked a`+withReply+`
		where a.slip_id = $1 and ($2::uuid is null or a.person_id = $2 or a.child_id <> '00000000-0000-0000-0000-000000000000'
			and a.child_id in (select o.child_id from slip_asked o where o.slip_id = $1 and o.person_id = $2))
		order by a.class_name, a.child_name, a.person_name, a.person_id limit $3`, slip, who, maxLines)
}

// counted is how far a slip has come, in units: a child counts once, whoever of its guardians is asked and whoever answers. Of an
// anonymous slip, where nobody answers for another, each line counts.
type counted struct {
	Asked, Answered int
	Children        int // units that are children
	People          int // who answered themselves
}

func (c *counted) places() []any { return []any{&c.Asked, &c.Answered, &c.Children, &c.People} }

// counting sums the units of the slip s.
const counting = `select count(*) as asked, count(*) filter (where u.settled) as answered, count(*) filter (where u.child) as children,
		(select count(distinct o.person_id) from slip_reply o where o.tenant_id = s.tenant_id and o.slip_id = s.id)
		+ (select count(distinct v.person_id) from slip_roll v where v.tenant_id = s.tenant_id and v.slip_id = s.id) as people
	from (
		select bool_and(` + answered + `) as settled, bool_and(not s.anonymous and a.child_id <> '00000000-0000-0000-0000-000000000000') as child
		from slip_asked a where a.tenant_id = s.tenant_id and a.slip_id = s.id
		group by a.child_id, case when s.anonymous or a.child_id = '00000000-0000-0000-0000-000000000000' then a.person_id end
	) u`

// listed is a slip on the desk.
type listed struct {
	Slip
	counted
}

// queueDesk reads a part of the desk, the newest first: everybody's, or one author's.
func queueDesk(b *db.Batch, dest *[]listed, all bool, author school.PersonID, before time.Time, last uuid.UUID) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (l listed, err error) {
		return l, slipFrom(row, &l.Slip, l.counted.places()...)
	}, `select `+slipColumns+`, n.asked, n.answered, n.children, n.people from (
			select s.* from slip s where (s.author_id = $1 or $2 and s.state <> 'draft') and (s.created_at, s.id) < ($3, $4)
			order by s.created_at desc, s.id desc limit $5) s
		cross join lateral (`+counting+`) n
		order by s.created_at desc, s.id desc`, author.UUID, all, before, last, pageSize+1)
}

// queueCount reads how far a slip has come.
func queueCount(b *db.Batch, c *counted, slip uuid.UUID) {
	var found bool
	db.Row(b, &found, c.places(), `select n.asked, n.answered, n.children, n.people from slip s cross join lateral (`+counting+`) n where s.id = $1`, slip)
}

// sealedPart is one part of an urn.
type sealedPart struct {
	Part   int
	Sealed []byte
}

func queueUrn(b *db.Batch, dest *[]sealedPart, slip uuid.UUID, rolled *int) {
	db.Rows(b, dest, pgx.RowToStructByPos[sealedPart], `select part, sealed from slip_urn where slip_id = $1 order by part limit 200`, slip)
	var found bool
	db.Row(b, &found, []any{rolled}, `select count(*) from slip_roll where slip_id = $1`, slip)
}

// File is a document that goes with a slip.
type File struct {
	ID   uuid.UUID
	Name string
	Size int64
}

func queueFiles(b *db.Batch, dest *[]File, slip uuid.UUID) {
	db.Rows(b, dest, pgx.RowToStructByPos[File], `select id, name, size from slip_file where slip_id = $1 order by name, id limit 50`, slip)
}

// reminded is a round of reminders that was sent.
type reminded struct {
	Stage  string
	At     time.Time
	People int
}

func queueRounds(b *db.Batch, dest *[]reminded, slip uuid.UUID) {
	db.Rows(b, dest, pgx.RowToStructByPos[reminded], `select stage, begun_at, people from slip_round where slip_id = $1 and stage <> 'closed' order by begun_at limit 100`, slip)
}

func queueTemplates(b *db.Batch, dest *[]Template) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (t Template, err error) {
		var content []byte
		if err := row.Scan(&t.ID, &t.Title, &t.Author, &t.AuthorName, &content); err != nil {
			return t, err
		}
		t.Own = true
		return t, json.Unmarshal(content, &t.Content)
	}, `select id, title, coalesce(author_id, '00000000-0000-0000-0000-000000000000'), author_name, content from slip_template order by title, id limit 100`)
}
