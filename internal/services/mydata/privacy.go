package mydata

import (
	"context"
	"time"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

func record() privacy.Record {
	return privacy.Record{
		Purpose: "mydata.privacy.purpose", Ground: "mydata.privacy.ground", Retention: "mydata.privacy.retention", Data: "mydata.privacy.data",
		Tables: []privacy.Table{
			{Name: "access_entry", Persons: []string{"person_id", "reader_id"}, Holds: "mydata.holds.look"},
			{Name: "correction", Persons: []string{"person_id", "author_id", "handler_id"}, Holds: "mydata.holds.correction"},
			{Name: "mydata_export", Persons: []string{"person_id", "author_id"}, Holds: "mydata.holds.export"},
			{Name: "retention_run"},
			{Name: "erasure", Persons: []string{"person_id", "author_id"}, Holds: "mydata.holds.erasure"},
		},
		Export: export, Erase: erase, Purge: purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var looks []struct {
		At      time.Time `bun:"at" json:"at"`
		Reader  string    `bun:"reader_name" json:"reader"`
		Profile string    `bun:"reader_profile" json:"profile"`
		What    string    `bun:"what" json:"what"`
	}
	err := tx.NewRaw(`select at, reader_name, reader_profile, what from access_entry where person_id = ? order by at desc, id desc limit 20000`, who.UUID).Scan(ctx, &looks)
	if err != nil {
		return nil, err
	}
	var asked []struct {
		At     time.Time `bun:"created_at" json:"at"`
		Field  string    `bun:"field" json:"field"`
		Shown  string    `bun:"shown" json:"shown"`
		Asked  string    `bun:"asked" json:"asked"`
		State  string    `bun:"state" json:"state"`
		Reason string    `bun:"reason" json:"reason,omitempty"`
	}
	err = tx.NewRaw(`select created_at, field, shown, asked, state, reason from correction where person_id = ? order by created_at, id limit 1000`, who.UUID).Scan(ctx, &asked)
	if err != nil {
		return nil, err
	}
	var archives []struct {
		At    time.Time `bun:"created_at" json:"at"`
		State string    `bun:"state" json:"state"`
	}
	err = tx.NewRaw(`select created_at, state from mydata_export where author_id = ? and person_id = ? order by created_at, id limit 1000`, who.UUID, who.UUID).Scan(ctx, &archives)
	if err != nil {
		return nil, err
	}
	found := map[string]any{}
	if len(looks) > 0 {
		found["looks"] = looks
	}
	if len(asked) > 0 {
		found["corrections"] = asked
	}
	if len(archives) > 0 {
		found["archives"] = archives
	}
	return found, nil
}

// erase removes what is about the person, and forgets the person where others are concerned: who looked, who asked for a
// child, who answered.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	var keys []string
	err := tx.NewRaw(`
		with gone as (delete from mydata_export where ? in (person_id, author_id) returning object_key)
		select object_key from gone where object_key <> ''`, who.UUID).Scan(ctx, &keys)
	if err != nil {
		return err
	}
	if err := dropLater(ctx, tx, keys); err != nil {
		return err
	}
	for _, sql := range []string{
		`delete from access_entry where person_id = ?`,
		`update access_entry set reader_id = null, reader_name = '' where reader_id = ?`,
		`delete from correction where person_id = ?`,
		`update correction set author_id = null, author_name = '' where author_id = ?`,
		`update correction set handler_id = null, handler_name = '' where handler_id = ?`,
		`update erasure set author_id = null where author_id = ?`,
	} {
		if _, err := tx.ExecContext(ctx, sql, who.UUID); err != nil {
			return err
		}
	}
	return nil
}

// purge forgets looks after a year, answered requests a year after the answer, archives once they have expired, and
// erasures after five years.
func purge(ctx context.Context, tx db.Tx) (int, error) {
	var keys []string
	err := tx.NewRaw(`
		with gone as (delete from mydata_export where ctid in (select ctid from mydata_export where expires_at < ? limit ?) returning object_key)
		select object_key from gone`, tx.Now(), privacy.Batch).Scan(ctx, &keys)
	if err != nil {
		return 0, err
	}
	total := len(keys)
	var objects []string
	for _, k := range keys {
		if k != "" {
			objects = append(objects, k)
		}
	}
	if err := dropLater(ctx, tx, objects); err != nil {
		return 0, err
	}
	for _, old := range []struct {
		sql    string
		before time.Time
	}{
		{`delete from access_entry where ctid in (select ctid from access_entry where at < ? limit ?)`, tx.Now().AddDate(-1, 0, 0)},
		{`delete from correction where ctid in (select ctid from correction where handled_at < ? limit ?)`, tx.Now().AddDate(-1, 0, 0)},
		{`delete from erasure where ctid in (select ctid from erasure where ended_at < ? limit ?)`, tx.Now().AddDate(-5, 0, 0)},
	} {
		res, err := tx.ExecContext(ctx, old.sql, old.before, privacy.Batch)
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
