package audit

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

// letGo removes the entries of the seals made before a day and marks the release, in one transaction.
func letGo(ctx context.Context, d *db.DB, k key, scope school.ScopeID, before, now time.Time) (int64, error) {
	gone := int64(0)
	err := d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		var mine bool
		if err := tx.QueryRow(ctx, turn).Scan(&mine); err != nil || !mine {
			return err
		}
		r := release{Scope: scope, Before: before, At: now}
		var link []byte
		err := tx.QueryRow(ctx, `
			select number, link from audit_seal
			where tenant_id = $1 and at < $2 and number > coalesce((select number from audit_release where tenant_id = $1), 0)
			order by number desc limit 1`, int64(scope), before).Scan(&r.Number, &link)
		if db.NoRows(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, `select audit_let_go($1, $2, $3)`, int64(scope), r.Number, before).Scan(&gone); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into audit_release (tenant_id, number, before, at, mark) values ($1, $2, $3, $4, $5)
			on conflict (tenant_id) do update set number = excluded.number, before = excluded.before, at = excluded.at, mark = excluded.mark`,
			int64(scope), r.Number, r.Before, r.At, k.mark(r, link))
		return err
	})
	return gone, err
}

func queueRelease(b *db.Batch, dest *release, scope school.ScopeID) {
	var found bool
	dest.Scope = scope
	db.Row(b, &found, []any{&dest.Number, &dest.Before, &dest.At, &dest.Mark}, `select number, before, at, mark from audit_release where tenant_id = $1`, int64(scope))
}
