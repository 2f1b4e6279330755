package slips

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
)

type result interface{ RowsAffected() (int64, error) }

func changed(r result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// text is a value as JSON, never null.
func text(v any) (string, error) {
	b, err := json.Marshal(v)
	if string(b) == "null" {
		b = []byte("[]")
	}
	return string(b), err
}

func nullTime(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// insertSlip makes a draft; it is false when one of the id is there.
func insertSlip(ctx context.Context, tx db.Tx, s Slip) (bool, error) {
	questions, err := text(s.Questions)
	if err != nil {
		return false, err
	}
	texts, err := text(s.Texts)
	if err != nil {
		return false, err
	}
	return changed(tx.ExecContext(ctx, `insert into slip (id, kind, state, title, body, html, questions, texts, audience, whom, anonymous, per_child, both_answer,
			required, results_open, reminds, closes_at, author_id, author_name, created_at)
		values (?, ?, 'draft', ?, ?, ?, ?::jsonb, ?::jsonb, '{}', '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
		s.ID, string(s.Kind), s.Title, s.Body, s.HTML, questions, texts, s.Anonymous, s.PerChild, s.Both, s.Required, s.ResultsOpen, s.Reminds,
		nullTime(s.ClosesAt), s.Author.UUID, s.AuthorName, tx.Now()))
}

// updateDraft keeps a draft as it stands, unless somebody has changed it since.
func updateDraft(ctx context.Context, tx db.Tx, s Slip) (bool, error) {
	questions, err := text(s.Questions)
	if err != nil {
		return false, err
	}
	to, err := json.Marshal(s.Audience)
	if err != nil {
		return false, err
	}
	return changed(tx.ExecContext(ctx, `update slip set title = ?, body = ?, html = ?, questions = ?::jsonb, audience = ?::jsonb, whom = ?, anonymous = ?, per_child = ?,
			both_answer = ?, required = ?, results_open = ?, reminds = ?, closes_at = ?, version = version + 1
		where id = ? and state = 'draft' and version = ?`,
		s.Title, s.Body, s.HTML, questions, string(to), s.Whom, s.Anonymous, s.PerChild, s.Both, s.Required, s.ResultsOpen, s.Reminds, nullTime(s.ClosesAt), s.ID, s.Version))
}

// heldSlip locks a slip: to change it, or to answer while it stays as it is.
func heldSlip(ctx context.Context, tx db.Tx, id uuid.UUID, change bool) (Slip, error) {
	lock := " for share"
	if change {
		lock = " for update"
	}
	var row struct {
		ID          uuid.UUID  `bun:"id"`
		Kind        string     `bun:"kind"`
		State       string     `bun:"state"`
		Title       string     `bun:"title"`
		Body        string     `bun:"body"`
		HTML        string     `bun:"html"`
		Questions   []byte     `bun:"questions"`
		Texts       []byte     `bun:"texts"`
		Audience    []byte     `bun:"audience"`
		Whom        string     `bun:"whom"`
		Anonymous   bool       `bun:"anonymous"`
		PerChild    bool       `bun:"per_child"`
		Both        bool       `bun:"both_answer"`
		Required    bool       `bun:"required"`
		ResultsOpen bool       `bun:"results_open"`
		Reminds     bool       `bun:"reminds"`
		ClosesAt    *time.Time `bun:"closes_at"`
		PublishedAt *time.Time `bun:"published_at"`
		AuthorID    *uuid.UUID `bun:"author_id"`
		AuthorName  string     `bun:"author_name"`
		Version     int        `bun:"version"`
	}
	err := tx.NewRaw(`select id, kind, state, title, body, html, questions::text, texts::text, audience::text, whom, anonymous, per_child, both_answer, required,
		results_open, reminds, closes_at, published_at, author_id, author_name, version from slip where id = ?`+lock, id).Scan(ctx, &row)
	if err != nil {
		return Slip{}, err
	}
	s := Slip{ID: row.ID, Kind: Kind(row.Kind), State: State(row.State), Title: row.Title, Body: row.Body, HTML: row.HTML, Whom: row.Whom, Anonymous: row.Anonymous,
		PerChild: row.PerChild, Both: row.Both, Required: row.Required, ResultsOpen: row.ResultsOpen, Reminds: row.Reminds, AuthorName: row.AuthorName, Version: row.Version}
	if row.ClosesAt != nil {
		s.ClosesAt = row.ClosesAt.UTC()
	}
	if row.PublishedAt != nil {
		s.PublishedAt = row.PublishedAt.UTC()
	}
	if row.AuthorID != nil {
		s.Author.UUID = *row.AuthorID
	}
	return s, s.read(row.Questions, row.Texts, row.Audience)
}

func updateState(ctx context.Context, tx db.Tx, id uuid.UUID, state State) error {
	column := map[State]string{Published: "published_at", Closed: "closed_at", Withdrawn: "closed_at"}[state]
	_, err := tx.ExecContext(ctx, `update slip set state = ?, `+column+` = ?, version = version + 1 where id = ?`, string(state), tx.Now(), id)
	return err
}

func updateEnd(ctx context.Context, tx db.Tx, id uuid.UUID, end time.Time) error {
	_, err := tx.ExecContext(ctx, `update slip set state = 'published', closes_at = ?, closed_at = null, version = version + 1 where id = ?`, end, id)
	return err
}

func updateTexts(ctx context.Context, tx db.Tx, id uuid.UUID, list []Text) error {
	texts, err := text(list)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `update slip set texts = ?::jsonb, version = version + 1 where id = ?`, texts, id)
	return err
}

// lineHeld reads one line of who is asked; db.NoRows when the person is not.
func lineHeld(ctx context.Context, tx db.Tx, slip, child, person uuid.UUID) (Asked, error) {
	var row struct {
		Profile   string `bun:"profile"`
		Name      string `bun:"person_name"`
		ChildName string `bun:"child_name"`
		Class     string `bun:"class_name"`
	}
	err := tx.NewRaw(`select profile, person_name, child_name, class_name from slip_asked where slip_id = ? and child_id = ? and person_id = ?`,
		slip, child, person).Scan(ctx, &row)
	return Asked{Person: person, Child: child, Profile: row.Profile, Name: row.Name, ChildName: row.ChildName, Class: row.Class}, err
}

// upsertReply keeps a named answer. The same answer again changes nothing.
func upsertReply(ctx context.Context, tx db.Tx, slip uuid.UUID, a Asked, r Reply, writer *school.PersonID) error {
	answers, err := text(r.Answers)
	if err != nil {
		return err
	}
	var by *uuid.UUID
	if writer != nil {
		by = &writer.UUID
	}
	_, err = tx.ExecContext(ctx, `insert into slip_reply as r (slip_id, child_id, person_id, answers, signed_as, signed_at, on_paper, writer_id, writer_name)
		values (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
		on conflict (tenant_id, slip_id, child_id, person_id) do update set answers = excluded.answers, signed_as = excluded.signed_as, signed_at = excluded.signed_at,
			on_paper = excluded.on_paper, writer_id = excluded.writer_id, writer_name = excluded.writer_name, changes = r.changes + 1
		where (r.answers, r.signed_as, r.on_paper) is distinct from (excluded.answers, excluded.signed_as, excluded.on_paper)`,
		slip, a.Child, a.Person, answers, r.SignedAs, r.SignedAt, r.OnPaper, by, r.WriterName)
	return err
}

// enrol puts a person on the roll; it is false for who is there already.
func enrol(ctx context.Context, tx db.Tx, slip uuid.UUID, a Asked) (bool, error) {
	return changed(tx.ExecContext(ctx, `insert into slip_roll (slip_id, child_id, person_id) values (?, ?, ?) on conflict do nothing`, slip, a.Child, a.Person))
}

func insertPart(ctx context.Context, tx db.Tx, slip uuid.UUID, part int, sealed []byte) error {
	_, err := tx.ExecContext(ctx, `insert into slip_urn (slip_id, part, sealed) values (?, ?, ?)`, slip, part, sealed)
	return err
}

func countParts(ctx context.Context, tx db.Tx, slip uuid.UUID) (n int, err error) {
	err = tx.NewRaw(`select count(*) from slip_urn where slip_id = ?`, slip).Scan(ctx, &n)
	return n, err
}

// heldPart locks a part of the urn: one adds after the other.
func heldPart(ctx context.Context, tx db.Tx, slip uuid.UUID, part int) (sealed []byte, err error) {
	err = tx.NewRaw(`select sealed from slip_urn where slip_id = ? and part = ? for update`, slip, part).Scan(ctx, &sealed)
	return sealed, err
}

func updatePart(ctx context.Context, tx db.Tx, slip uuid.UUID, part int, sealed []byte) error {
	_, err := tx.ExecContext(ctx, `update slip_urn set sealed = ? where slip_id = ? and part = ?`, sealed, slip, part)
	return err
}

// beginRound opens a round of notices; it is false for one that was opened before.
func beginRound(ctx context.Context, tx db.Tx, slip uuid.UUID, stage string) (bool, error) {
	return changed(tx.ExecContext(ctx, `insert into slip_round (slip_id, stage, begun_at) values (?, ?, ?) on conflict do nothing`, slip, stage, tx.Now()))
}

func lastReminder(ctx context.Context, tx db.Tx, slip uuid.UUID) (at *time.Time, err error) {
	err = tx.NewRaw(`select max(begun_at) from slip_round where slip_id = ? and stage <> 'closed'`, slip).Scan(ctx, &at)
	return at, err
}

// heldRound locks a round that is not done; db.NoRows otherwise.
func heldRound(ctx context.Context, tx db.Tx, slip uuid.UUID, stage string) (after uuid.UUID, err error) {
	err = tx.NewRaw(`select after_id from slip_round where slip_id = ? and stage = ? and not done for update`, slip, stage).Scan(ctx, &after)
	return after, err
}

func advanceRound(ctx context.Context, tx db.Tx, slip uuid.UUID, stage string, after uuid.UUID, people int, done bool) error {
	if done {
		after = uuid.Nil // nobody's number stays
	}
	_, err := tx.ExecContext(ctx, `update slip_round set after_id = ?, people = people + ?, done = ? where slip_id = ? and stage = ?`, after, people, done, slip, stage)
	return err
}

func insertFile(ctx context.Context, tx db.Tx, slip uuid.UUID, f File) error {
	_, err := tx.ExecContext(ctx, `insert into slip_file (slip_id, id, name, size) values (?, ?, ?, ?) on conflict do nothing`, slip, f.ID, f.Name, f.Size)
	return err
}

func deleteFile(ctx context.Context, tx db.Tx, slip, file uuid.UUID) (bool, error) {
	return changed(tx.ExecContext(ctx, `delete from slip_file where slip_id = ? and id = ?`, slip, file))
}

func insertTemplate(ctx context.Context, tx db.Tx, id uuid.UUID, c Content, a school.Actor) (bool, error) {
	content, err := text(c)
	if err != nil {
		return false, err
	}
	return changed(tx.ExecContext(ctx, `insert into slip_template (id, title, content, author_id, author_name, created_at) values (?, ?, ?::jsonb, ?, ?, ?) on conflict do nothing`,
		id, c.Title, content, a.Person.UUID, a.Name, tx.Now()))
}

func deleteTemplate(ctx context.Context, tx db.Tx, id uuid.UUID, all bool, author school.PersonID) (bool, error) {
	return changed(tx.ExecContext(ctx, `delete from slip_template where id = ? and (? or author_id = ?)`, id, all, author.UUID))
}
