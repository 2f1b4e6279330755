package feed

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/directory"
)

// wholeEvery is how long complete feeds are compared by what differs from the one before. Then all is compared anew, which
// finds what was changed in the house meanwhile.
const wholeEvery = 7 * 24 * time.Hour

// base is the complete feed that the prints of a source are those of.
type base struct {
	context string // as the feed was read
	wholeAt time.Time
}

// standing is what the meaning of records hangs on in the house: the school years that are now, the classes that a source
// opened, and who was found to be somebody else.
const standing = `md5(concat_ws(' ', (select string_agg(id::text, ' ' order by id) from school_year where starts_on <= $2 and ends_on >= $2),
	(select count(*) from class where source_key is not null), (select count(*) from teaching_group where source_key is not null),
	(select count(*) from person_merge), (select count(*) from person_merge where undone_at is not null)))`

// leanOn finds the feed that another one of the source may be compared with: the last that was applied, where it was complete, and
// nothing has changed since that records hang on. nil: all is to be compared with the house.
func leanOn(ctx context.Context, tx pgx.Tx, h Header, today, now time.Time) (*base, error) {
	if h.Kind != Complete || h.Whole || h.Source != academySource {
		return nil, nil
	}
	var b base
	err := tx.QueryRow(ctx, `
		select context, whole_at from (select * from feed where tenant_id = 1 and source = $1 and applied_at is not null order by applied_at desc limit 1) f
		where standing = `+standing+` and whole_at > $3`, h.Source, today, now.Add(-wholeEvery)).Scan(&b.context, &b.wholeAt)
	if db.NoRows(err) {
		return nil, nil
	}
	return &b, err
}

// readPrints reads what the records of everybody said whom the feed before described.
func readPrints(ctx context.Context, tx pgx.Tx, source string) (*earlier, error) {
	var n int
	if err := tx.QueryRow(ctx, `select count(*) from person_key where tenant_id = 1 and source = $1`, source).Scan(&n); err != nil {
		return nil, err
	}
	e := &earlier{prints: make(map[string]printed, n)}
	rows, err := tx.Query(ctx, `select key, coalesce(print, 0) from person_key where tenant_id = 1 and source = $1 and print is distinct from 0`, source)
	if err != nil {
		return nil, err
	}
	var key string
	var print int64
	_, err = pgx.ForEachRow(rows, []any{&key, &print}, func() error {
		e.prints[key] = printed{print: print}
		return nil
	})
	return e, err
}

// lookAgain has records looked at again by the next feed: those that the report names.
func lookAgain(ctx context.Context, tx pgx.Tx, feed uuid.UUID, keys []string, left []Finding) error {
	for _, f := range left {
		keys = append(keys, f.Key)
	}
	_, err := tx.Exec(ctx, `
		update staged_person set print = null where feed_id = $1 and (key = any ($2) or key in (select child from lost))`, feed, keys)
	return err
}

// keepPrints, before the application ends, has the next complete feed compared with this one. Whoever is at home where a part is
// held back is looked at again.
func (e *Engine) keepPrints(ctx context.Context, f Feed) error {
	if f.Kind != Complete || f.Source != academySource {
		return nil
	}
	return e.db.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		if there, err := staged(ctx, tx, f.ID); err != nil || !there {
			return err
		}
		if _, err := tx.Exec(ctx, strings.NewReplacer("{feed}", f.ID.String(), "{source}", f.Source).Replace(printsSQL)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `update feed set standing = `+standing+` where tenant_id = 1 and id = $1`, f.ID, directory.Day(e.db.NowIn(ctx)))
		return err
	})
}

const printsSQL = `
create temp table waits on commit drop as
  with held as (select scope_id from feed_part where tenant_id = 1 and feed_id = '{feed}' and state in ('held', 'ready', 'confirmed'))
  select key from staged_member join held using (scope_id) where feed_id = '{feed}'
  union select child from staged_tie join held using (scope_id) where feed_id = '{feed}'
  union select relative from staged_tie join held using (scope_id) where feed_id = '{feed}'
  union select key from staged_place join held using (scope_id) where feed_id = '{feed}'
  union select key from staged_lesson join held using (scope_id) where feed_id = '{feed}'
  union select k.key from held join membership m on m.tenant_id = held.scope_id
    join person_key k on k.tenant_id = 1 and k.source = '{source}' and k.person_id = m.person_id;
update person_key k set print = n.print from (
  select s.key, case when w.key is not null then null when s.operation = 'put' then s.print else 0 end as print
  from staged_person s left join waits w on w.key = s.key where s.feed_id = '{feed}') n
where k.tenant_id = 1 and k.source = '{source}' and k.key = n.key and k.print is distinct from n.print;
update person_key k set print = n.print from (
  select k.key, case when w.key is null then 0 end as print from person_key k left join waits w on w.key = k.key
  where k.tenant_id = 1 and k.source = '{source}' and not exists (select from staged_person s where s.feed_id = '{feed}' and s.key = k.key)
    and not (select partial from feed where tenant_id = 1 and id = '{feed}')) n
where k.tenant_id = 1 and k.source = '{source}' and k.key = n.key and k.print is distinct from n.print;`
