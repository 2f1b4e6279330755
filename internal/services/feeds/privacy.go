package feeds

import (
	"context"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

func record() privacy.Record {
	return privacy.Record{
		Purpose: "feeds.privacy.purpose", Ground: "feeds.privacy.ground", Retention: "feeds.privacy.retention",
		Tables: []privacy.Table{{Name: "feed", Persons: []string{"author_id"}}, {Name: "feed_part", Persons: []string{"author_id"}}, {Name: "feed_finding"}},
		Export: export, Erase: erase, Purge: purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var feeds, parts []map[string]any
	err := tx.NewRaw(`select label, day, started_at, state from feed where author_id = ? order by started_at limit 10000`, who.UUID).Scan(ctx, &feeds)
	if err != nil {
		return nil, err
	}
	err = tx.NewRaw(`select label, day, name, reason from feed_part where author_id = ? order by checked_at limit 10000`, who.UUID).Scan(ctx, &parts)
	if err != nil || len(feeds)+len(parts) == 0 {
		return nil, err
	}
	return map[string]any{"feeds_read": feeds, "feeds_confirmed": parts}, nil
}

// erase forgets who decided: what was decided belongs to the history of the directory.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	for _, sql := range []string{`update feed set author_id = null where author_id = ?`, `update feed_part set author_id = null where author_id = ?`} {
		if _, err := tx.ExecContext(ctx, sql, who.UUID); err != nil {
			return err
		}
	}
	return nil
}

// purge drops the names that reports hold after three months, and the reports after two years.
func purge(ctx context.Context, tx db.Tx) (int, error) {
	total := 0
	for _, sql := range []string{
		`delete from feed_finding n where not exists (select from feed_part p where p.feed_id = n.feed_id and p.checked_at >= ?::timestamptz - interval '3 months')`,
		`delete from feed_part where checked_at < ?::timestamptz - interval '2 years'`,
		`delete from feed where started_at < ?::timestamptz - interval '2 years' and state not in ('reading', 'applying')`,
	} {
		res, err := tx.ExecContext(ctx, sql, tx.Now())
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
