package feed

import (
	"context"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
)

func queueRoles(b *db.Batch, dest *[]Role) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (r Role, err error) {
		return r, row.Scan(&r.Code, &r.Label, &r.Profile, &r.Version)
	}, `select code, label, coalesce(profile, ''), version from feed_function order by code limit 500`)
}

func writeRole(ctx context.Context, tx db.Tx, r Role) (bool, error) {
	var profile any
	if r.Profile != "" {
		profile = string(r.Profile)
	}
	if r.Version == 0 {
		return changed(tx.ExecContext(ctx, `insert into feed_function (code, label, profile) values (?, ?, ?) on conflict do nothing`, r.Code, r.Label, profile))
	}
	return changed(tx.ExecContext(ctx, `update feed_function set label = ?, profile = ?, version = version + 1 where code = ? and version = ?`,
		r.Label, profile, r.Code, r.Version))
}
