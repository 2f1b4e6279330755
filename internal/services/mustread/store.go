package mustread

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/notice"
)

func textsOf(ways []notice.Channel) []string {
	out := []string{}
	for _, w := range ways {
		out = append(out, string(w))
	}
	return out
}

// upsert keeps a draft; it reports false for what is a draft no longer.
func upsert(ctx context.Context, tx db.Tx, m Message) (bool, error) {
	whom, err := json.Marshal(m.Audience)
	if err != nil {
		return false, err
	}
	res, err := tx.ExecContext(ctx, `
		insert into mustread_notice as n (id, title, body, audience, whom, goal_at, ways, urgent, reason, author_id, author_name, written_at)
		values (?, ?, ?, ?::jsonb, ?, ?, ?::text[], ?, ?, ?, ?, ?)
		on conflict (tenant_id, id) do update set title = excluded.title, body = excluded.body, audience = excluded.audience, whom = excluded.whom,
		  goal_at = excluded.goal_at, ways = excluded.ways, urgent = excluded.urgent, reason = excluded.reason, author_id = excluded.author_id,
		  author_name = excluded.author_name, written_at = excluded.written_at
		where n.state = 'draft'`,
		m.ID, m.Title, m.Body, string(whom), m.Whom, m.GoalAt, pgdialect.Array(textsOf(m.Ways)), m.Urgent, m.Reason, m.Author, m.AuthorName, tx.Now())
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

type row struct {
	ID         uuid.UUID  `bun:"id"`
	Title      string     `bun:"title"`
	Body       string     `bun:"body"`
	Audience   []byte     `bun:"audience"`
	Whom       string     `bun:"whom"`
	GoalAt     time.Time  `bun:"goal_at"`
	Ways       []string   `bun:"ways,array"`
	Urgent     bool       `bun:"urgent"`
	Reason     string     `bun:"reason"`
	Author     *uuid.UUID `bun:"author_id"`
	AuthorName string     `bun:"author_name"`
	WrittenAt  time.Time  `bun:"written_at"`
	SentAt     *time.Time `bun:"sent_at"`
	State      string     `bun:"state"`
	Expected   int        `bun:"expected"`
	Told       int        `bun:"told"`
	Batches    int        `bun:"batches"`
	After      uuid.UUID  `bun:"told_to"`
	Ladder     []string   `bun:"ladder,array"`
	Waits      []int      `bun:"waits,array"`
	Reached    int        `bun:"reached"`
}

func (r row) message() (Message, error) {
	m := Message{ID: r.ID, Title: r.Title, Body: r.Body, Whom: r.Whom, GoalAt: r.GoalAt, Urgent: r.Urgent, Reason: r.Reason, AuthorName: r.AuthorName,
		WrittenAt: r.WrittenAt, State: State(r.State), Expected: r.Expected, Told: r.Told, Batches: r.Batches, After: r.After}
	if r.Author != nil {
		m.Author = *r.Author
	}
	if r.SentAt != nil {
		m.SentAt = *r.SentAt
	}
	for _, w := range r.Ways {
		m.Ways = append(m.Ways, notice.Channel(w))
	}
	for i, c := range r.Ladder {
		m.Ladder = append(m.Ladder, notice.Rung{Channel: notice.Channel(c), After: r.Waits[i]})
	}
	return m, json.Unmarshal(r.Audience, &m.Audience)
}

const columns = `id, title, body, audience, whom, goal_at, ways, urgent, reason, author_id, author_name, written_at, sent_at, state, expected, told, batches, told_to, ladder, waits`

func selectOne(ctx context.Context, tx db.Tx, id uuid.UUID, hold bool) (Message, error) {
	query := `select ` + columns + ` from mustread_notice where id = ?`
	if hold {
		query += ` for update`
	}
	var r row
	if err := tx.NewRaw(query, id).Scan(ctx, &r); err != nil {
		return Message{}, err
	}
	return r.message()
}

// listed is a message in the list, with how many have acknowledged.
type listed struct {
	Message
	Reached int
}

func selectList(ctx context.Context, tx db.Tx, before time.Time, last uuid.UUID, limit int) ([]listed, error) {
	var rows []row
	err := tx.NewRaw(`
		select `+columns+`, (select count(acknowledged_at) from notice_person p where p.tenant_id = r.tenant_id and p.notice_id = r.id) as reached
		from (
			select tenant_id, `+columns+` from mustread_notice
			where ? or (written_at, id) < (?, ?)
			order by written_at desc, id desc limit ?
		) r order by r.written_at desc, r.id desc`, before.IsZero(), before, last, limit).Scan(ctx, &rows)
	if err != nil {
		return nil, err
	}
	list := make([]listed, len(rows))
	for i, r := range rows {
		m, err := r.message()
		if err != nil {
			return nil, err
		}
		list[i] = listed{m, r.Reached}
	}
	return list, nil
}

func begin(ctx context.Context, tx db.Tx, id uuid.UUID, l notice.Ladder, expected int) error {
	channels, waits := []string{}, []int{}
	for _, r := range l {
		channels, waits = append(channels, string(r.Channel)), append(waits, r.After)
	}
	_, err := tx.ExecContext(ctx, `update mustread_notice set state = 'telling', sent_at = ?, ladder = ?::text[], waits = ?::int[], expected = ? where id = ?`,
		tx.Now(), pgdialect.Array(channels), pgdialect.Array(waits), expected, id)
	return err
}

func advance(ctx context.Context, tx db.Tx, id, after uuid.UUID, told int, done bool) error {
	_, err := tx.ExecContext(ctx, `update mustread_notice set told_to = ?, told = told + ?, batches = batches + 1, state = case when ? then 'told' else state end where id = ?`,
		after, told, done, id)
	return err
}

func stop(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `update mustread_notice set state = 'stopped' where id = ? and state <> 'draft'`, id)
	return err
}

func deleteDraft(ctx context.Context, tx db.Tx, id uuid.UUID) (int64, error) {
	res, err := tx.ExecContext(ctx, `delete from mustread_notice where id = ? and state = 'draft'`, id)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// letterTo is whom a printed letter is for.
type letterTo struct {
	Name       string `bun:"name"`
	AboutNames string `bun:"about_names"`
}

func selectNames(ctx context.Context, tx db.Tx, id uuid.UUID, people []uuid.UUID) (list []letterTo, err error) {
	texts := make([]string, len(people))
	for i, p := range people {
		texts[i] = p.String()
	}
	err = tx.NewRaw(`select name, about_names from notice_person where notice_id = ? and person_id = any (?::uuid[]) order by name, person_id`,
		id, pgdialect.Array(texts)).Scan(ctx, &list)
	return list, err
}
