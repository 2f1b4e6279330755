package notice

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/hours"
)

func ids(list []uuid.UUID) any {
	texts := make([]string, len(list))
	for i, id := range list {
		texts[i] = id.String()
	}
	return pgdialect.Array(texts)
}

func nextDue(ctx context.Context, tx db.Tx) (at time.Time, err error) {
	var next *time.Time
	err = tx.QueryRowContext(ctx, `select min(next_at) from notice_person where next_at is not null`).Scan(&next)
	if next != nil {
		at = *next
	}
	return at, err
}

func selectDue(ctx context.Context, tx db.Tx, limit int) ([]due, error) {
	var rows []struct {
		Notice     uuid.UUID `bun:"notice_id"`
		Person     uuid.UUID `bun:"person_id"`
		Kind       string    `bun:"kind"`
		Title      string    `bun:"title"`
		Body       string    `bun:"body"`
		Path       string    `bun:"path"`
		AuthorName string    `bun:"author_name"`
		SentAt     time.Time `bun:"sent_at"`
		Urgent     bool      `bun:"urgent"`
		Ladder     []string  `bun:"ladder,array"`
		Waits      []int     `bun:"waits,array"`
		Name       string    `bun:"name"`
		AboutNames string    `bun:"about_names"`
		Step       int       `bun:"step"`
		Read       bool      `bun:"opened"`
		Done       bool      `bun:"done"`
		Met        bool      `bun:"met"`
		Ways       []string  `bun:"ways,array"`
		HasChosen  bool      `bun:"has_chosen"`
	}
	err := tx.NewRaw(`
		select p.notice_id, p.person_id, n.kind, n.title, n.body, n.path, n.author_name, n.sent_at, n.urgent, n.ladder, n.waits,
		       p.name, p.about_names, p.step, p.read_at is not null as opened,
		       p.acknowledged_at is not null or n.withdrawn_at is not null or n.ended_at is not null as done,
		       exists (select from notice_way w where w.tenant_id = p.tenant_id and w.notice_id = p.notice_id and w.person_id = p.person_id
		               and w.outcome in ('sent', 'waiting', 'printed')) as met,
		       coalesce(c.ways, '{}') as ways, c.person_id is not null as has_chosen
		from notice_person p
		join notice n on n.tenant_id = p.tenant_id and n.id = p.notice_id
		left join notice_choice c on c.tenant_id = 1 and c.person_id = p.person_id and c.kind = n.kind
		where p.next_at <= ?
		order by p.next_at, p.notice_id, p.person_id
		limit ?`, tx.Now(), limit).Scan(ctx, &rows)
	list := make([]due, len(rows))
	for i, r := range rows {
		list[i] = due{Notice: r.Notice, Person: r.Person, Kind: r.Kind, Title: r.Title, Text: r.Body, Path: r.Path, AuthorName: r.AuthorName, SentAt: r.SentAt,
			Urgent: r.Urgent, Ladder: ladderOf(r.Ladder, r.Waits), Name: r.Name, AboutNames: r.AboutNames, Step: r.Step, Read: r.Read, Done: r.Done, Met: r.Met,
			Chosen: r.Ways, HasChosen: r.HasChosen}
	}
	return list, err
}

type addressRow struct {
	Person  uuid.UUID `bun:"person_id"`
	Channel string    `bun:"channel"`
	Value   string    `bun:"value"`
}

// selectAddresses reads in the academy's scope.
func selectAddresses(ctx context.Context, tx db.Tx, people []uuid.UUID) (rows []addressRow, err error) {
	err = tx.NewRaw(`
		select person_id, case kind when 'email' then 'mail' else 'text' end as channel, value from account_contact where person_id = any (?0::uuid[])
		union all
		select person_id, 'voice', value from account_contact where kind = 'phone' and person_id = any (?0::uuid[])
		union all
		select p.id, 'mail', p.email from person p where p.id = any (?0::uuid[]) and p.email <> ''
		  and not exists (select from account_contact c where c.tenant_id = p.tenant_id and c.person_id = p.id and c.kind = 'email')`, ids(people)).Scan(ctx, &rows)
	return rows, err
}

// holdDue locks those who are still at the step at which they were read.
func holdDue(ctx context.Context, tx db.Tx, moves []move) (map[at]bool, error) {
	notices, people, steps := make([]string, len(moves)), make([]string, len(moves)), make([]int, len(moves))
	for i, m := range moves {
		notices[i], people[i], steps[i] = m.Notice.String(), m.Person.String(), m.due.Step
	}
	var rows []struct {
		Notice uuid.UUID `bun:"notice_id"`
		Person uuid.UUID `bun:"person_id"`
	}
	err := tx.NewRaw(`
		select p.notice_id, p.person_id
		from notice_person p
		join unnest(?::uuid[], ?::uuid[], ?::int[]) as w (notice, person, step) on p.notice_id = w.notice and p.person_id = w.person and p.step = w.step
		where p.next_at <= ?
		for update of p skip locked`, pgdialect.Array(notices), pgdialect.Array(people), pgdialect.Array(steps), tx.Now()).Scan(ctx, &rows)
	held := map[at]bool{}
	for _, r := range rows {
		held[at{r.Notice, r.Person}] = true
	}
	return held, err
}

func insertWays(ctx context.Context, tx db.Tx, lines []sentWay) error {
	if len(lines) == 0 {
		return nil
	}
	size := len(lines)
	notices, people, channels, outcomes := make([]string, size), make([]string, size), make([]string, size), make([]string, size)
	payers, deliveries := make([]string, size), make([]string, size)
	for i, l := range lines {
		notices[i], people[i], channels[i], outcomes[i], payers[i] = l.notice.String(), l.person.String(), string(l.Channel), l.Outcome, l.Payer
		if l.delivery != uuid.Nil {
			deliveries[i] = l.delivery.String()
		}
	}
	_, err := tx.ExecContext(ctx, `
		insert into notice_way (notice_id, person_id, channel, taken_at, outcome, payer, delivery_id)
		select w.notice::uuid, w.person::uuid, w.channel, ?, w.outcome, w.payer, nullif(w.delivery, '')::uuid
		from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) as w (notice, person, channel, outcome, payer, delivery)
		on conflict do nothing`, tx.Now(), pgdialect.Array(notices), pgdialect.Array(people), pgdialect.Array(channels), pgdialect.Array(outcomes),
		pgdialect.Array(payers), pgdialect.Array(deliveries))
	return err
}

// advance moves people on. What is not urgent waits for the hours of whoever receives it.
func advance(ctx context.Context, tx db.Tx, moves []move, families, staff hours.Week) error {
	size := len(moves)
	notices, people, steps, after, urgent := make([]string, size), make([]string, size), make([]int, size), make([]int, size), make([]bool, size)
	for i, m := range moves {
		notices[i], people[i], steps[i], after[i], urgent[i] = m.Notice.String(), m.Person.String(), m.Step, -1, m.Urgent
		if m.More {
			after[i] = int(m.After / time.Minute)
		}
	}
	_, err := tx.ExecContext(ctx, `
		update notice_person p
		set step = greatest(p.step, w.step), next_at = case
		      when w.after < 0 then null
		      when w.urgent then ?0::timestamptz + make_interval(mins => w.after)
		      else (select c.notify_at from clocks(?0::timestamptz + make_interval(mins => w.after), p.person_id,
		              case when p.staff then ?1 else ?2 end, case when p.staff then ?3 else ?4 end, case when p.staff then ?5 else ?6 end) c) end
		from unnest(?7::uuid[], ?8::uuid[], ?9::int[], ?10::int[], ?11::boolean[]) as w (notice, person, step, after, urgent)
		where p.notice_id = w.notice and p.person_id = w.person`,
		tx.Now(), staff.Mask(), families.Mask(), staff.From, families.From, staff.To, families.To,
		pgdialect.Array(notices), pgdialect.Array(people), pgdialect.Array(steps), pgdialect.Array(after), pgdialect.Array(urgent))
	return err
}

// selectAuthors finds who watches the ladders among notices.
func selectAuthors(ctx context.Context, tx db.Tx, of map[uuid.UUID][]uuid.UUID) (map[uuid.UUID]uuid.UUID, error) {
	list := make([]string, 0, len(of))
	for id := range of {
		list = append(list, id.String())
	}
	var rows []struct {
		ID     uuid.UUID `bun:"id"`
		Author uuid.UUID `bun:"author_id"`
	}
	err := tx.NewRaw(`select id, author_id from notice where id = any (string_to_array(?, ',')::uuid[]) and author_id is not null and cardinality(ladder) > 0`,
		strings.Join(list, ",")).Scan(ctx, &rows)
	out := map[uuid.UUID]uuid.UUID{}
	for _, r := range rows {
		out[r.ID] = r.Author
	}
	return out, err
}
