package tenant

import (
	"context"

	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
)

func readOwn(ctx context.Context, tx db.Tx) (Own, error) {
	var o Own
	err := tx.QueryRowContext(ctx, `
		select coalesce(name, ''), coalesce(presentation, ''), coalesce(contact_email, ''), coalesce(contact_phone, ''),
		       coalesce(address, ''), version
		from space`).Scan(&o.Name, &o.Presentation, &o.ContactEmail, &o.ContactPhone, &o.Address, &o.Version)
	if db.NoRows(err) {
		return Own{}, nil
	}
	return o, err
}

func writeOwn(ctx context.Context, tx db.Tx, o Own) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		insert into space as s (name, presentation, contact_email, contact_phone, address, changed_at)
		values (nullif(?0, ''), nullif(?1, ''), nullif(?2, ''), nullif(?3, ''), nullif(?4, ''), ?5)
		on conflict (tenant_id) do update
		set name = excluded.name, presentation = excluded.presentation, contact_email = excluded.contact_email,
		    contact_phone = excluded.contact_phone, address = excluded.address, version = s.version + 1,
		    changed_at = excluded.changed_at
		where s.version = ?6`,
		o.Name, o.Presentation, o.ContactEmail, o.ContactPhone, o.Address, tx.Now(), o.Version)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// lockServices makes the space's row when there is none, and holds it until the transaction ends. Making it does not count
// as a change of what the space says of itself.
func lockServices(ctx context.Context, tx db.Tx) ([]string, error) {
	var services []string
	err := tx.QueryRowContext(ctx, `
		insert into space as s (version, changed_at) values (0, ?)
		on conflict (tenant_id) do update set changed_at = s.changed_at
		returning services`, tx.Now()).Scan(pgdialect.Array(&services))
	return services, err
}

func writeServices(ctx context.Context, tx db.Tx, services []string) error {
	if services == nil {
		services = []string{}
	}
	_, err := tx.ExecContext(ctx, `
		insert into space (services, version, changed_at) values (?, 0, ?)
		on conflict (tenant_id) do update set services = excluded.services, changed_at = excluded.changed_at`,
		pgdialect.Array(services), tx.Now())
	return err
}

func writeClosedBelow(ctx context.Context, tx db.Tx, services []string) error {
	if services == nil {
		services = []string{}
	}
	_, err := tx.ExecContext(ctx, `
		insert into space (closed_below, version, changed_at) values (?, 0, ?)
		on conflict (tenant_id) do update set closed_below = excluded.closed_below, changed_at = excluded.changed_at`,
		pgdialect.Array(services), tx.Now())
	return err
}
