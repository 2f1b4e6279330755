package dav

import (
	"context"
	"time"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

// Record is the file managers' entry in the register, in the sentences of the room that shows it.
func Record(purpose, ground, retention, holds string) privacy.Record {
	return privacy.Record{
		Purpose: purpose, Ground: ground, Retention: retention,
		Tables: []privacy.Table{{Name: "dav_lock", Persons: []string{"person_id"}, Holds: holds}},
		Export: export, Erase: erase, Purge: purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var held []struct {
		Path  string    `bun:"path" json:"path"`
		Until time.Time `bun:"expires_at" json:"until"`
	}
	err := tx.NewRaw(`select path, expires_at from dav_lock where person_id = ? order by expires_at, id limit 500`, who.UUID).Scan(ctx, &held)
	if err != nil || len(held) == 0 {
		return nil, err
	}
	return map[string]any{"locks": held}, nil
}

func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	_, err := tx.ExecContext(ctx, `delete from dav_lock where person_id = ?`, who.UUID)
	return err
}

// purge removes locks that have ended; the listener does it as well whenever it takes one.
func purge(ctx context.Context, tx db.Tx) (int, error) {
	res, err := tx.ExecContext(ctx, `delete from dav_lock where ctid in (select ctid from dav_lock where expires_at <= ? limit ?)`, tx.Now(), privacy.Batch)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}
