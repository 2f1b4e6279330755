package messages

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/school"
)

// recentlySent counts what a person has sent, or would, since an instant.
func recentlySent(ctx context.Context, tx db.Tx, who school.PersonID, since time.Time) (n int, err error) {
	err = tx.NewRaw(`
		select (select count(*) from message where author_id = ?0 and state <> 'draft' and sent_at > ?1)
		     + (select count(*) from message where author_id = ?0 and state in ('scheduled', 'held') and saved_at > ?1)`, who.UUID, since).Scan(ctx, &n)
	return n, err
}

// refusedBefore reports whether a moderator has refused the message.
func refusedBefore(ctx context.Context, tx db.Tx, id uuid.UUID) (refused bool, err error) {
	err = tx.NewRaw(`select exists (select from message_hold where message_id = ? and state = 'refused')`, id).Scan(ctx, &refused)
	return refused, err
}

func insertHold(ctx context.Context, tx db.Tx, h Hold) error {
	_, err := tx.ExecContext(ctx, `insert into message_hold (id, message_id, author_id, author_name, author_profile, device, signs, people, subject, body, whom, held_at)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, h.ID, h.Message, h.AuthorID, h.Author, string(h.Profile), h.Device, pgdialect.Array(h.Signs), h.People,
		h.Subject, h.Body, h.Whom, tx.Now())
	return err
}

// moderatorsOf lists who may moderate: the members of some profiles.
func moderatorsOf(ctx context.Context, tx db.Tx, profiles []string) (list []Moderator, err error) {
	day := directory.Day(tx.Now())
	err = tx.NewRaw(`
		select p.person_id, min(p.given_name || ' ' || p.family_name) as name, min(p.profile) as profile, bool_or(m.person_id is not null) as named
		from membership p left join message_moderator m on m.tenant_id = p.tenant_id and m.person_id = p.person_id
		where p.profile = any (?) and p.starts_on <= ? and (p.ends_on is null or p.ends_on >= ?)
		group by p.person_id order by 2, 1 limit 200`, pgdialect.Array(profiles), day, day).Scan(ctx, &list)
	return list, err
}

func queueModerators(b *db.Batch, dest *[]Moderator, profiles []string, now time.Time) {
	db.Rows(b, dest, pgx.RowToStructByName[Moderator], `
		select p.person_id, min(p.given_name || ' ' || p.family_name) as name, min(p.profile) as profile, bool_or(m.person_id is not null) as named
		from membership p left join message_moderator m on m.tenant_id = p.tenant_id and m.person_id = p.person_id
		where p.profile = any ($1) and p.starts_on <= $2 and (p.ends_on is null or p.ends_on >= $2)
		group by p.person_id order by 2, 1 limit 200`, profiles, directory.Day(now))
}

// replaceModerators names the moderators who are told first.
func replaceModerators(ctx context.Context, tx db.Tx, people []uuid.UUID, by school.PersonID) error {
	if _, err := tx.ExecContext(ctx, `delete from message_moderator where person_id <> all (?::uuid[])`, array(people)); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `insert into message_moderator (person_id, author_id, named_at) select p, ?, ? from unnest(?::uuid[]) p on conflict do nothing`,
		by.UUID, tx.Now(), array(people))
	return err
}

// queueHolds reads what waits for a moderator, the oldest first.
func queueHolds(b *db.Batch, dest *[]Hold) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (h Hold, err error) {
		err = row.Scan(&h.ID, &h.Message, &h.AuthorID, &h.Author, (*string)(&h.Profile), &h.Device, &h.Signs, &h.People, &h.Subject, &h.Body, &h.Whom, &h.At, &h.SendAt)
		h.At, h.SendAt = h.At.UTC(), h.SendAt.UTC()
		if h.SendAt.Unix() == 0 {
			h.SendAt = time.Time{}
		}
		return h, err
	}, `select h.id, h.message_id, coalesce(h.author_id, '00000000-0000-0000-0000-000000000000'), h.author_name, h.author_profile, h.device, h.signs, h.people,
			h.subject, h.body, h.whom, h.held_at, coalesce(m.send_at, 'epoch')
		from message_hold h left join message m on m.tenant_id = h.tenant_id and m.id = h.message_id
		where h.state = 'open' order by h.held_at, h.id limit 50`)
}

// heldOpen locks a hold that is open; db.NoRows when it is not.
func heldOpen(ctx context.Context, tx db.Tx, id uuid.UUID) (h Hold, err error) {
	err = tx.NewRaw(`select id, message_id, coalesce(author_id, '00000000-0000-0000-0000-000000000000'), author_name, author_profile, subject from message_hold
		where id = ? and state = 'open' for update`, id).Scan(ctx, &h.ID, &h.Message, &h.AuthorID, &h.Author, (*string)(&h.Profile), &h.Subject)
	return h, err
}

func closeHold(ctx context.Context, tx db.Tx, id uuid.UUID, state string, by school.PersonID, reason string) error {
	_, err := tx.ExecContext(ctx, `update message_hold set state = ?, reader_id = ?, decided_at = ?, reason = ? where id = ?`, state, by.UUID, tx.Now(), reason, id)
	return err
}

// remindHold counts a reminder; zero when the hold is no longer open.
func remindHold(ctx context.Context, tx db.Tx, id uuid.UUID) (h Hold, n int, err error) {
	err = tx.NewRaw(`update message_hold set reminded = reminded + 1 where id = ? and state = 'open'
		returning message_id, coalesce(author_id, '00000000-0000-0000-0000-000000000000'), subject, reminded`, id).Scan(ctx, &h.Message, &h.AuthorID, &h.Subject, &n)
	if db.NoRows(err) {
		return h, 0, nil
	}
	h.ID = id
	return h, n, err
}

// queueSigns reads for what a message of the person's waits.
func queueSigns(b *db.Batch, dest *[]string, id uuid.UUID, who school.PersonID) {
	db.Rows(b, dest, pgx.RowTo[string], `select unnest(signs) from message_hold where message_id = $1 and author_id = $2 and state = 'open'`, id, who.UUID)
}

// urgentRow is how many urgent messages somebody sent.
type urgentRow struct {
	Name string `db:"author_name"`
	N    int    `db:"n"`
}

func queueUrgent(b *db.Batch, dest *[]urgentRow, since time.Time) {
	db.Rows(b, dest, pgx.RowToStructByName[urgentRow], `select author_name, count(*)::int as n from message
		where urgent and sent_at is not null and sent_at > $1 group by author_id, author_name order by 2 desc, 1 limit 50`, since)
}
