package setting

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"elyco/internal/db"
	"elyco/internal/school"
)

type row struct {
	space   school.ScopeID
	name    string
	value   []byte
	locked  bool
	version int
	author  school.PersonID
	at      time.Time
}

// readDecisions reads the rows of some spaces, or of all. They are bounded by the territory times the declared settings.
func readDecisions(ctx context.Context, d *db.DB, spaces []school.ScopeID) ([]row, error) {
	ids := make([]int64, len(spaces))
	for i, s := range spaces {
		ids[i] = int64(s)
	}
	var found []row
	err := d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select tenant_id, name, value, locked, version, author_id, set_at
			from setting
			where $1 or tenant_id = any ($2)`, spaces == nil, ids)
		if err != nil {
			return err
		}
		found, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (x row, err error) {
			var author uuid.NullUUID
			err = r.Scan(&x.space, &x.name, &x.value, &x.locked, &x.version, &author, &x.at)
			x.author.UUID = author.UUID
			return x, err
		})
		return err
	})
	return found, err
}

// stored is what the database holds of a setting for the space and those above it.
type stored struct {
	TenantID int64  `bun:"tenant_id"`
	Name     string `bun:"name"`
	Value    []byte `bun:"value"`
	Locked   bool   `bun:"locked"`
	Version  int    `bun:"version"`
}

// lockSpace keeps other changes of the space's settings waiting: a row that is not there yet cannot be locked.
func lockSpace(ctx context.Context, tx db.Tx, space school.ScopeID) error {
	_, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock(hashtext('setting'), ?::int)`, int64(space))
	return err
}

func readStored(ctx context.Context, tx db.Tx, names []string) ([]stored, error) {
	var rows []stored
	err := tx.NewSelect().TableExpr("setting").ColumnExpr("tenant_id, name, value, locked, version").
		Where("name in (?)", bun.List(names)).Scan(ctx, &rows)
	return rows, err
}

func writeDecision(ctx context.Context, tx db.Tx, name string, value []byte, lock bool, by school.PersonID) error {
	_, err := tx.ExecContext(ctx, `
		insert into setting as s (name, value, locked, version, author_id, set_at) values (?, ?::jsonb, ?, 1, ?, ?)
		on conflict (tenant_id, name) do update
		set value = excluded.value, locked = excluded.locked, version = s.version + 1, author_id = excluded.author_id,
		    set_at = excluded.set_at`,
		name, string(value), lock, by.UUID, tx.Now())
	return err
}

func deleteDecision(ctx context.Context, tx db.Tx, name string) error {
	_, err := tx.ExecContext(ctx, `delete from setting where tenant_id = current_setting('app.tenant')::bigint and name = ?`, name)
	return err
}
