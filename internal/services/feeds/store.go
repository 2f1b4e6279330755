package feeds

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
)

// tellRecords says how far the reading of a feed is.
func tellRecords(ctx context.Context, tx db.Tx, id uuid.UUID, records int64) error {
	_, err := tx.ExecContext(ctx, `update feed set records = ? where id = ? and state = 'reading'`, records, id)
	return err
}

// queueWaiting lists the archives that wait to be read.
func queueWaiting(b *db.Batch, dest *[]string) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (name string, err error) {
		return name, row.Scan(&name)
	}, `select payload ->> 'name' from job j where kind = 'feeds.check' and state in ('ready', 'running')
		and not exists (select from feed f where f.id = (j.payload ->> 'id')::uuid) order by run_at limit 20`)
}
