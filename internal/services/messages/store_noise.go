package messages

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
)

const ofFamilies = `('pupil', 'guardian', 'tutor', 'guest')`

// noiseOfMeant says how much the families whom a mailing means have had to read since an instant: each message, and whatever else
// the house told them, made one notice.
func noiseOfMeant(ctx context.Context, tx db.Tx, m mailing, since time.Time) (n Noise, err error) {
	text, args := m.query(`, families as (select person_id from who where not staff), had as (
			select f.person_id, (select count(*) from notice_person k where k.person_id = f.person_id and k.visible_at > ?since) as n from families f
		) select count(*)::int, coalesce(avg(n), 0)::float8, coalesce(max(n), 0)::int from had`, tx.Now(), map[string]any{"?since": since})
	err = tx.NewRaw(text, args...).Scan(ctx, &n.People, &n.Average, &n.Most)
	return n, err
}

// noiseOf says the same of people.
func noiseOf(ctx context.Context, tx db.Tx, people []uuid.UUID, since time.Time) (n Noise, err error) {
	err = tx.NewRaw(`with had as (
			select p, (select count(*) from notice_person k where k.person_id = p and k.visible_at > ?) as n from unnest(?::uuid[]) p
		) select count(*)::int, coalesce(avg(n), 0)::float8, coalesce(max(n), 0)::int from had`, since, array(people)).Scan(ctx, &n.People, &n.Average, &n.Most)
	return n, err
}

// twinsOf finds the recent messages of staff that say nearly the same to some of those whom a mailing means. Texts are compared
// for a bounded number of messages, found by their day alone.
func twinsOf(ctx context.Context, tx db.Tx, m mailing, text string, who school.PersonID, since time.Time) (list []Twin, err error) {
	statement, args := m.query(`, recent as (
			select id, subject, author_name, sent_at, left(subject || ' ' || body, 600) as said from message
			where state in ('sending', 'sent') and sent_at > ?since and recalled_at is null and id <> ?message and author_profile not in `+ofFamilies+`
			order by sent_at desc limit 300
		), near as (
			select id, subject, author_name, sent_at, similarity(said, ?said) as s from recent where similarity(said, ?said) > 0.55
			order by s desc limit 5
		), shared as (
			select n.*, (select count(*)::int from message_copy k join who w on w.person_id = k.person_id where k.message_id = n.id and k.field <> 'author') as people from near n
		)
		select id, subject, author_name as author, sent_at as at, people as shared,
		       exists (select from message_copy k where k.message_id = s.id and k.person_id = ?reader and k.place <> 'gone' and k.visible_at <= ?now) as mine
		from shared s where people > 0 order by s.s desc`, tx.Now(), map[string]any{"?since": since, "?said": text, "?reader": who.UUID, "?now": tx.Now()})
	err = tx.NewRaw(statement, args...).Scan(ctx, &list)
	return list, err
}
