package dav

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
)

// lock keeps others from changing what is at an address.
type lock struct {
	ID         uuid.UUID  `db:"id" bun:"id"`
	SpaceID    uuid.UUID  `db:"space_id" bun:"space_id"`
	Path       string     `db:"path" bun:"path"`
	NodeID     *uuid.UUID `db:"node_id" bun:"node_id"`
	Exclusive  bool       `db:"exclusive" bun:"exclusive"`
	Deep       bool       `db:"deep" bun:"deep"`
	Owner      string     `db:"owner" bun:"owner"` // what the program said, as it said it
	PersonID   uuid.UUID  `db:"person_id" bun:"person_id"`
	PersonName string     `db:"person_name" bun:"person_name"`
	Seconds    int        `db:"seconds" bun:"seconds"`
	ExpiresAt  time.Time  `db:"expires_at" bun:"expires_at"`
}

const lockColumns = `id, space_id, path, node_id, exclusive, deep, owner, person_id, person_name, seconds, expires_at`

// mostLocks of one space are looked at; a person may hold some hundred.
const (
	mostLocks = 2000
	mostOwn   = 500
)

const locksAround = `
	select ` + lockColumns + ` from dav_lock
	where space_id = $1 and expires_at > $2 and (path = any ($3) or starts_with(path, $4))
	order by path, id limit 2000`

func queueLocks(b *db.Batch, dest *[]lock, space uuid.UUID, key string, now time.Time) {
	db.Rows(b, dest, pgx.RowToStructByName[lock], locksAround, space, now, ways(key), key+"/")
}

func queueLocksOn(b *db.Batch, dest *[]lock, nodes []uuid.UUID, now time.Time) {
	db.Rows(b, dest, pgx.RowToStructByName[lock], `
		select `+lockColumns+` from dav_lock where node_id = any ($1) and expires_at > $2 limit 2000`, nodes, now)
}

// hold makes locks of one space wait for one another, so that two that exclude each other are never both made.
func hold(ctx context.Context, tx db.Tx, space uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock(hashtextextended(current_setting('app.tenant') || ?, 20261124))`, space.String())
	return err
}

func dropExpired(ctx context.Context, tx db.Tx) error {
	_, err := tx.ExecContext(ctx, `delete from dav_lock where expires_at <= ?`, tx.Now())
	return err
}

func selectLocks(ctx context.Context, tx db.Tx, space uuid.UUID, key string) ([]lock, error) {
	var list []lock
	err := tx.NewRaw(`select `+lockColumns+` from dav_lock
		where space_id = ? and expires_at > ? and (path = any (?) or starts_with(path, ?)) order by path, id limit ?`,
		space, tx.Now(), pgdialect.Array(ways(key)), key+"/", mostLocks).Scan(ctx, &list)
	return list, err
}

func countLocks(ctx context.Context, tx db.Tx, who uuid.UUID) (n int, err error) {
	err = tx.NewRaw(`select count(*) from dav_lock where person_id = ?`, who).Scan(ctx, &n)
	return n, err
}

func insertLock(ctx context.Context, tx db.Tx, l lock) error {
	_, err := tx.ExecContext(ctx, `insert into dav_lock (`+lockColumns+`) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		l.ID, l.SpaceID, l.Path, l.NodeID, l.Exclusive, l.Deep, l.Owner, l.PersonID, l.PersonName, l.Seconds, l.ExpiresAt)
	return err
}

func extendLock(ctx context.Context, tx db.Tx, id uuid.UUID, seconds int) error {
	_, err := tx.ExecContext(ctx, `update dav_lock set seconds = ?, expires_at = ? where id = ?`,
		seconds, tx.Now().Add(time.Duration(seconds)*time.Second), id)
	return err
}

func deleteLock(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `delete from dav_lock where id = ?`, id)
	return err
}

// deleteLocksAt ends the locks on what is no longer at an address, nor below it.
func deleteLocksAt(ctx context.Context, tx db.Tx, space uuid.UUID, key string) error {
	_, err := tx.ExecContext(ctx, `delete from dav_lock where space_id = ? and (path = ? or starts_with(path, ?))`, space, key, key+"/")
	return err
}

// property is what a program keeps on a document.
type property struct {
	NodeID uuid.UUID `db:"node_id" bun:"node_id"`
	Name   string    `db:"name" bun:"name"` // namespace, blank, local name
	Value  string    `db:"value" bun:"value"`
}

const (
	mostProperties = 100 // of one document
	longestValue   = 16 << 10
)

func queueProperties(b *db.Batch, dest *[]property, nodes []uuid.UUID) {
	db.Rows(b, dest, pgx.RowToStructByName[property],
		`select node_id, name, value from dav_property where node_id = any ($1) order by node_id, name limit 50000`, nodes)
}

func writeProperties(ctx context.Context, tx db.Tx, node uuid.UUID, set []property, remove []string) (n int, err error) {
	if len(remove) > 0 {
		if _, err := tx.ExecContext(ctx, `delete from dav_property where node_id = ? and name = any (?)`, node, pgdialect.Array(remove)); err != nil {
			return 0, err
		}
	}
	if err := insertProperties(ctx, tx, set); err != nil {
		return 0, err
	}
	err = tx.NewRaw(`select count(*) from dav_property where node_id = ?`, node).Scan(ctx, &n)
	return n, err
}

func insertProperties(ctx context.Context, tx db.Tx, all []property) error {
	if len(all) == 0 {
		return nil
	}
	var nodes, names, values []string
	for _, p := range all {
		nodes, names, values = append(nodes, p.NodeID.String()), append(names, p.Name), append(values, p.Value)
	}
	_, err := tx.ExecContext(ctx, `
		insert into dav_property (node_id, name, value)
		select * from unnest(?::uuid[], ?::text[], ?::text[])
		on conflict (tenant_id, node_id, name) do update set value = excluded.value`,
		pgdialect.Array(nodes), pgdialect.Array(names), pgdialect.Array(values))
	return err
}
