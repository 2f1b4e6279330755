package mail

import (
	"context"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"elyco/internal/db"
)

func upsertDevice(ctx context.Context, tx db.Tx, d Device, most int) error {
	_, err := tx.ExecContext(ctx, `
		insert into push_device as p (id, person_id, endpoint, p256dh, auth, name, created_at, used_at) values (?0, ?1, ?2, ?3, ?4, ?5, ?6, ?6)
		on conflict (tenant_id, endpoint) do update set id = case when p.person_id = excluded.person_id then p.id else excluded.id end,
			person_id = excluded.person_id, p256dh = excluded.p256dh, auth = excluded.auth, name = excluded.name, used_at = excluded.used_at`,
		d.ID, d.Person, d.Endpoint, d.P256dh, d.Auth, d.Name, tx.Now())
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `delete from push_device where person_id = ?0 and id in (
		select id from push_device where person_id = ?0 order by used_at desc, id desc offset ?1)`, d.Person, most)
	return err
}

func deleteDevice(ctx context.Context, tx db.Tx, person, id uuid.UUID, endpoint string) error {
	_, err := tx.ExecContext(ctx, `delete from push_device where person_id = ? and (id = ? or endpoint = ?)`, person, id, endpoint)
	return err
}

func selectDevices(ctx context.Context, tx db.Tx, person uuid.UUID) ([]Device, error) {
	var list []Device
	err := tx.NewSelect().TableExpr("push_device").ColumnExpr("id, person_id, endpoint, p256dh, auth, name, created_at, used_at").
		Where("person_id = ?", person).OrderExpr("created_at desc, id desc").Limit(mostDevices).Scan(ctx, &list)
	return list, err
}

func selectOwners(ctx context.Context, tx db.Tx, people []uuid.UUID) (list []uuid.UUID, err error) {
	if len(people) == 0 {
		return nil, nil
	}
	err = tx.NewSelect().TableExpr("push_device").ColumnExpr("distinct person_id").Where("person_id in (?)", bun.List(people)).Scan(ctx, &list)
	return list, err
}

// markDevices notes which devices took a notification, and forgets those that their push service does not know any more.
func markDevices(ctx context.Context, tx db.Tx, person uuid.UUID, used, gone []uuid.UUID) error {
	if len(gone) > 0 {
		if _, err := tx.NewRaw(`delete from push_device where person_id = ? and id in (?)`, person, bun.List(gone)).Exec(ctx); err != nil {
			return err
		}
	}
	if len(used) == 0 {
		return nil
	}
	_, err := tx.NewRaw(`update push_device set used_at = ? where person_id = ? and id in (?)`, tx.Now(), person, bun.List(used)).Exec(ctx)
	return err
}
