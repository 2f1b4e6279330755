package chat

import (
	"context"
	"time"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

func (r *Room) record() privacy.Record {
	return privacy.Record{
		Purpose: "chat.privacy.purpose", Ground: "chat.privacy.ground", Retention: "chat.privacy.retention", Data: "chat.privacy.data",
		Tables: []privacy.Table{{Name: "chat_channel", Persons: []string{"author_id"}, Holds: "chat.holds.channel"},
			{Name: "chat_message", Persons: []string{"person_id"}, Holds: "chat.holds.message"}, {Name: "chat_seat", Persons: []string{"person_id"}, Holds: "chat.holds.seat"},
			{Name: "chat_discreet", Persons: []string{"person_id"}, Holds: "chat.holds.discreet"},
			{Name: "chat_silence", Persons: []string{"person_id", "author_id"}, Holds: "chat.holds.silence"}, {Name: "chat_visit", Persons: []string{"person_id"}, Holds: "chat.holds.visit"},
			{Name: "chat_report", Persons: []string{"person_id", "actor_id"}, Holds: "chat.holds.report"}},
		Export: export, Erase: erase, Purge: r.purge,
	}
}

// export gives back what the person said, opened, reported and was refused; what others said is theirs.
func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	held := map[string]any{}
	var said []struct {
		Channel string    `bun:"title" json:"channel"`
		Kind    string    `bun:"kind" json:"kind"`
		Body    string    `bun:"body" json:"body"`
		SentAt  time.Time `bun:"sent_at" json:"sent"`
	}
	if err := tx.NewRaw(`select c.title, m.kind, m.body, m.sent_at from chat_message m join chat_channel c on c.tenant_id = m.tenant_id and c.id = m.channel_id
		where m.person_id = ? order by m.sent_at`, who.UUID).Scan(ctx, &said); err != nil {
		return nil, err
	}
	rest, err := besides(ctx, tx, who)
	if err != nil {
		return nil, err
	}
	if len(said) > 0 {
		held["messages"] = said
	}
	if len(rest) > 0 {
		held["channels"] = rest
	}
	return held, nil
}

// trace is what the person did in a channel beside what was said, or what was done to the person there.
type trace struct {
	Part   string     `bun:"part" json:"part"`
	Title  string     `bun:"title" json:"channel"`
	Detail string     `bun:"detail" json:"detail"`
	At     *time.Time `bun:"at" json:"at"`
}

func besides(ctx context.Context, tx db.Tx, who school.PersonID) (list []trace, err error) {
	err = tx.NewRaw(`
		select 'opened' as part, title, about as detail, created_at as at from chat_channel where author_id = ?0
		union all
		select 'silence', c.title, s.reason, s.until from chat_silence s join chat_channel c on c.tenant_id = s.tenant_id and c.id = s.channel_id where s.person_id = ?0
		union all
		select 'silenced', c.title, s.reason, s.until from chat_silence s join chat_channel c on c.tenant_id = s.tenant_id and c.id = s.channel_id where s.author_id = ?0
		union all
		select 'report', c.title, r.note, r.reported_at from chat_report r join chat_channel c on c.tenant_id = r.tenant_id and c.id = r.channel_id where r.person_id = ?0
		union all
		select 'decision', c.title, r.state, r.decided_at from chat_report r join chat_channel c on c.tenant_id = r.tenant_id and c.id = r.channel_id where r.actor_id = ?0
		union all
		select 'visit', c.title, '', v.visited_at from chat_visit v join chat_channel c on c.tenant_id = v.tenant_id and c.id = v.channel_id where v.person_id = ?0
		union all
		select 'read', c.title, s.read_number::text, s.seen_at from chat_seat s join chat_channel c on c.tenant_id = s.tenant_id and c.id = s.channel_id where s.person_id = ?0
		union all
		select 'not_shown', '', '', null from chat_discreet where person_id = ?0`, who.UUID).Scan(ctx, &list)
	return list, err
}

// erase takes the person out of the channels. What the person said to others stays there, without its author.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	for _, statement := range []string{
		`update chat_message set person_id = null, person_name = '' where person_id = ?`,
		`update chat_channel set author_id = null, author_name = '' where author_id = ?`,
		`delete from chat_seat where person_id = ?`,
		`delete from chat_discreet where person_id = ?`,
		`delete from chat_silence where person_id = ?`,
		`update chat_silence set author_id = null where author_id = ?`,
		`delete from chat_visit where person_id = ?`,
		`update chat_report set person_id = null where person_id = ?`,
		`update chat_report set actor_id = null where actor_id = ?`,
	} {
		if _, err := tx.ExecContext(ctx, statement, who.UUID); err != nil {
			return err
		}
	}
	return nil
}

// purge removes channels some months after the end of their school year, with all that was said; and sooner what is of no more
// use: signs of life, ended silences, visits.
func (r *Room) purge(ctx context.Context, tx db.Tx) (int, error) {
	end := directory.Day(tx.Now()).AddDate(0, -r.settings.Number(tenant.From(ctx), settingLifetime), 0)
	total := 0
	for _, s := range []struct {
		sql  string
		args []any
	}{
		{`delete from chat_silence where (channel_id, person_id) in (select channel_id, person_id from chat_silence where until < ? limit ?)`,
			[]any{tx.Now().AddDate(0, -1, 0), privacy.Batch}},
		{`delete from chat_visit where (channel_id, person_id) in (select channel_id, person_id from chat_visit where visited_at < ? limit ?)`,
			[]any{tx.Now().AddDate(0, -1, 0), privacy.Batch}},
		{`update chat_seat set seen_at = null where (channel_id, person_id) in (select channel_id, person_id from chat_seat where seen_at < ? limit ?)`,
			[]any{tx.Now().AddDate(0, 0, -1), privacy.Batch}},
		{`delete from chat_message where (channel_id, number) in (select m.channel_id, m.number from chat_message m
			join chat_channel c on c.tenant_id = m.tenant_id and c.id = m.channel_id where c.ends_on < ? limit ?)`, []any{end, privacy.Batch}},
		{`delete from chat_channel where id in (select id from chat_channel c where ends_on < ?
			and not exists (select from chat_message m where m.tenant_id = c.tenant_id and m.channel_id = c.id) limit ?)`, []any{end, privacy.Batch}},
	} {
		res, err := tx.ExecContext(ctx, s.sql, s.args...)
		if err != nil {
			return total, err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return total, err
		}
		total += int(n)
	}
	return total, nil
}
