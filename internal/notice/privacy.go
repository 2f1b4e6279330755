package notice

import (
	"context"
	"time"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

// Record completes a room's declaration with what the package keeps.
func Record(r privacy.Record) privacy.Record {
	r.Tables = []privacy.Table{
		{Name: "notice", Persons: []string{"author_id"}},
		{Name: "notice_person", Persons: []string{"person_id", "noted_by"}},
		{Name: "notice_way", Persons: []string{"person_id"}},
		{Name: "notice_choice", Persons: []string{"person_id"}},
		{Name: "notice_rhythm", Persons: []string{"person_id"}},
		{Name: "person_hours", Persons: []string{"person_id"}},
	}
	r.Export, r.Erase, r.Purge = export, erase, purge
	return r
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var received []struct {
		At     time.Time  `bun:"visible_at" json:"at"`
		Title  string     `bun:"title" json:"title"`
		About  string     `bun:"about_names" json:"about,omitempty"`
		Read   *time.Time `bun:"read_at" json:"read,omitempty"`
		Ack    *time.Time `bun:"acknowledged_at" json:"acknowledged,omitempty"`
		AckBy  string     `bun:"acknowledged_by" json:"acknowledged_by,omitempty"`
		Ways   string     `bun:"ways" json:"ways,omitempty"`
		Urgent bool       `bun:"urgent" json:"urgent,omitempty"`
	}
	err := tx.NewRaw(`
		select p.visible_at, n.title, p.about_names, p.read_at, p.acknowledged_at, p.acknowledged_by, n.urgent, coalesce((
			select string_agg(w.channel || ' ' || w.outcome, ', ' order by w.taken_at) from notice_way w
			where w.tenant_id = p.tenant_id and w.notice_id = p.notice_id and w.person_id = p.person_id), '') as ways
		from notice_person p join notice n on n.tenant_id = p.tenant_id and n.id = p.notice_id
		where p.person_id = ? order by p.visible_at desc limit 5000`, who.UUID).Scan(ctx, &received)
	if err != nil {
		return nil, err
	}
	var told []struct {
		At    time.Time `bun:"sent_at" json:"at"`
		Title string    `bun:"title" json:"title"`
		Body  string    `bun:"body" json:"text"`
	}
	if err := tx.NewRaw(`select sent_at, title, body from notice where author_id = ? order by sent_at desc limit 5000`, who.UUID).Scan(ctx, &told); err != nil {
		return nil, err
	}
	var chosen []struct {
		Kind string   `bun:"kind" json:"kind"`
		Ways []string `bun:"ways,array" json:"ways"`
	}
	// What is read from above is the academy's to give.
	if err := tx.NewRaw(`select kind, ways from notice_choice where tenant_id = current_setting('app.tenant')::bigint and person_id = ? order by kind`, who.UUID).Scan(ctx, &chosen); err != nil {
		return nil, err
	}
	if len(received)+len(told)+len(chosen) == 0 {
		return nil, nil
	}
	return map[string]any{"received": received, "told": told, "chosen": chosen}, nil
}

// erase takes the person out of the ledgers, and out of what others were told.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	for _, statement := range []string{
		`delete from notice_person where person_id = ?`,
		`update notice_person set noted_by = null where noted_by = ?`,
		`update notice_person set about = array_remove(about, ?0::uuid), about_names = '' where about && array[?0::uuid]`,
		`update notice set author_id = null, author_name = '' where author_id = ?`,
		`delete from notice_choice where person_id = ?`,
		`delete from notice_rhythm where person_id = ?`,
		`delete from person_hours where person_id = ?`,
	} {
		if _, err := tx.NewRaw(statement, who.UUID).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// purge lets notices go a year after they were sent.
func purge(ctx context.Context, tx db.Tx) (int, error) {
	res, err := tx.ExecContext(ctx, `delete from notice where (tenant_id, id) in (select tenant_id, id from notice where sent_at < ? limit ?)`,
		tx.Now().AddDate(-1, 0, 0), privacy.Batch)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}
