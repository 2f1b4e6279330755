package messages

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

func (r *Room) record() privacy.Record {
	return privacy.Record{
		Purpose: "messages.privacy.purpose", Ground: "messages.privacy.ground", Retention: "messages.privacy.retention",
		Tables: []privacy.Table{{Name: "message", Persons: []string{"author_id", "child_id"}}, {Name: "message_address", Persons: []string{"person_id"}},
			{Name: "message_copy", Persons: []string{"person_id"}}, {Name: "message_file"}, {Name: "message_folder", Persons: []string{"person_id"}},
			{Name: "message_report", Persons: []string{"person_id", "author_id"}}, {Name: "message_block", Persons: []string{"person_id", "author_id"}},
			{Name: "message_signature", Persons: []string{"person_id"}}, {Name: "message_hold", Persons: []string{"author_id", "reader_id"}},
			{Name: "message_moderator", Persons: []string{"person_id", "author_id"}}, {Name: "message_stop", Persons: []string{"author_id", "actor_id"}},
			{Name: "message_recall", Persons: []string{"person_id", "author_id"}}},
		Export: export, Erase: r.erase, Purge: r.purge,
	}
}

// export gives back what the person wrote, and which messages the person received: what others wrote is theirs.
func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var list []struct {
		SentAt  *time.Time `bun:"sent_at" json:"sent"`
		Mine    bool       `bun:"mine" json:"mine"`
		Subject string     `bun:"subject" json:"subject"`
		Body    string     `bun:"body" json:"body"`
		ReadAt  *time.Time `bun:"read_at" json:"read"`
	}
	err := tx.NewRaw(`
		select m.sent_at, k.field = 'author' as mine, m.subject, case when m.author_id = ? then m.body else '' end as body, k.read_at
		from message_copy k join message m on m.tenant_id = k.tenant_id and m.id = k.message_id where k.person_id = ? and k.place <> 'gone' and k.visible_at <= ?
		union all
		select null, true, subject, body, null from message where author_id = ? and state in ('draft', 'scheduled', 'held')
		order by 1`, who.UUID, who.UUID, tx.Now(), who.UUID).Scan(ctx, &list)
	if err != nil {
		return nil, err
	}
	var held []struct {
		At      time.Time `bun:"held_at" json:"held"`
		Subject string    `bun:"subject" json:"subject"`
		Body    string    `bun:"body" json:"body"`
		Device  string    `bun:"device" json:"device"`
		State   string    `bun:"state" json:"state"`
		Reason  string    `bun:"reason" json:"reason"`
	}
	err = tx.NewRaw(`select held_at, subject, body, device, state, reason from message_hold where author_id = ? order by held_at`, who.UUID).Scan(ctx, &held)
	if err != nil {
		return nil, err
	}
	var signature string
	if err := tx.NewRaw(`select coalesce((select body from message_signature where person_id = ?), '')`, who.UUID).Scan(ctx, &signature); err != nil {
		return nil, err
	}
	if len(list) == 0 && len(held) == 0 && signature == "" {
		return nil, nil
	}
	return map[string]any{"messages": list, "held": held, "signature": signature}, nil
}

// erase takes the person out of the mail. What the person wrote to others stays with them, without its author.
func (r *Room) erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	var drafts []uuid.UUID
	if err := tx.NewRaw(`select id from message where author_id = ? and state in ('draft', 'scheduled', 'held')`, who.UUID).Scan(ctx, &drafts); err != nil {
		return err
	}
	if err := r.discard(ctx, tx, drafts); err != nil {
		return err
	}
	for _, statement := range []string{
		`delete from message_copy where person_id = ?`,
		`update message_copy set about = array_remove(about, ?::uuid) where about && array[?::uuid]`,
		`delete from message_folder where person_id = ?`,
		`delete from message_signature where person_id = ?`,
		`delete from message_block where person_id = ? or author_id = ?`,
		`update message_report set person_id = null where person_id = ?`,
		`update message_report set author_id = null where author_id = ?`,
		`update message_address set person_id = null, label = '' where person_id = ?`,
		`update message set author_id = null, author_name = '' where author_id = ?`,
		`update message set child_id = null, child_name = '' where child_id = ?`,
		`delete from message_hold where author_id = ?`,
		`update message_hold set reader_id = null where reader_id = ?`,
		`delete from message_moderator where person_id = ?`,
		`update message_moderator set author_id = null where author_id = ?`,
		`update message_stop set author_id = null where author_id = ?`,
		`update message_stop set actor_id = null where actor_id = ?`,
		`update message_recall set person_id = null, name = '' where person_id = ?`,
		`update message_recall set author_id = null where author_id = ?`,
	} {
		args := make([]any, 0, 2)
		for _, sign := range statement {
			if sign == '?' {
				args = append(args, who.UUID)
			}
		}
		if _, err := tx.ExecContext(ctx, statement, args...); err != nil {
			return err
		}
	}
	return nil
}

// discard removes messages for good, with the files that no other message names.
func (r *Room) discard(ctx context.Context, tx db.Tx, ids []uuid.UUID) error {
	if len(ids) == 0 {
		return nil
	}
	var files []struct {
		Box uuid.UUID `bun:"box_id"`
		ID  uuid.UUID `bun:"id"`
	}
	err := tx.NewRaw(`select f.box_id, f.id from message_file f where f.message_id = any (?::uuid[]) and not exists (
		select from message_file o where o.tenant_id = f.tenant_id and o.box_id = f.box_id and o.id = f.id and o.message_id <> all (?::uuid[]))`,
		array(ids), array(ids)).Scan(ctx, &files)
	if err != nil {
		return err
	}
	boxes := map[uuid.UUID][]uuid.UUID{}
	for _, f := range files {
		boxes[f.Box] = append(boxes[f.Box], f.ID)
	}
	for box, nodes := range boxes {
		if err := r.drive.EraseIn(ctx, tx, box, nodes); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `delete from message where id = any (?::uuid[])`, array(ids))
	return err
}

// purge takes messages out of trashes after a month, and removes those that are older than the space keeps, or that nobody
// has any more.
func (r *Room) purge(ctx context.Context, tx db.Tx) (int, error) {
	months := r.settings.Number(tenant.From(ctx), settingLifetime)
	n, err := changed(tx.ExecContext(ctx, `update message_copy c set place = 'gone', folder_id = null
		from (select message_id, person_id from message_copy where trashed_at < ? and place <> 'gone' limit ?) o
		where c.message_id = o.message_id and c.person_id = o.person_id`, tx.Now().Add(-kept), privacy.Batch))
	if err != nil {
		return 0, err
	}
	var old []uuid.UUID
	err = tx.NewRaw(`select id from message m where state = 'sent' and (sent_at < ? or sent_at < ? and not exists (
			select from message_copy k where k.tenant_id = m.tenant_id and k.message_id = m.id and k.place <> 'gone'))
		order by sent_at limit ?`, tx.Now().AddDate(0, -months, 0), tx.Now().Add(-kept), privacy.Batch).Scan(ctx, &old)
	if err != nil {
		return 0, err
	}
	if err := r.discard(ctx, tx, old); err != nil {
		return 0, err
	}
	held, err := purgeTraces(ctx, tx, tx.Now().AddDate(0, -months, 0))
	return n + len(old) + held, err
}

// purgeTraces removes what moderators decided, and what is over, as long ago as messages are kept.
func purgeTraces(ctx context.Context, tx db.Tx, before time.Time) (n int, err error) {
	for _, statement := range []string{
		`delete from message_hold h using (select id from message_hold where state <> 'open' and held_at < ? limit ?) o where h.id = o.id`,
		`delete from message_stop s using (select id from message_stop where coalesce(ended_at, until) < ? limit ?) o where s.id = o.id`,
		`delete from message_recall r using (select id from message_recall where made_at < ? limit ?) o where r.id = o.id`,
	} {
		some, err := changed(tx.ExecContext(ctx, statement, before, privacy.Batch))
		if err != nil {
			return n, err
		}
		n += some
	}
	return n, nil
}
