package policy

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
)

// readAll reads the lines that hold now in every space of the territory: as the importer, because the spaces' own
// transactions see only themselves and those above.
func readAll(ctx context.Context, d *db.DB) ([]Delta, error) {
	var deltas []Delta
	err := d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select tenant_id, id, room, action, profile, number, reach, closed, author_name, set_at
			from (
				select distinct on (tenant_id, room, action, profile) *
				from policy_delta
				order by tenant_id, room, action, profile, number desc
			) last
			where reach <> 'inherited'
			order by tenant_id, room, action, profile`)
		if err != nil {
			return err
		}
		deltas, err = pgx.CollectRows(rows, scanDelta)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the changed rights of all spaces: %w", err)
	}
	return deltas, nil
}

func scanDelta(row pgx.CollectableRow) (Delta, error) {
	var d Delta
	err := row.Scan(&d.Scope, &d.ID, &d.Room, &d.Action, &d.Profile, &d.Number, &d.Reach, &d.Closed, &d.Author, &d.SetAt)
	d.SetAt = d.SetAt.UTC()
	return d, err
}
