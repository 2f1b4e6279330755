package mail

import (
	"context"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"elyco/internal/db"
)

func selectBounces(ctx context.Context, tx db.Tx, addresses []string) (list []Bounce, err error) {
	if len(addresses) == 0 {
		return nil, nil
	}
	err = tx.NewSelect().TableExpr("bounced_address").ColumnExpr("distinct on (address) person_id, address, status, reason, bounced_at").
		Where("address in (?)", bun.List(addresses)).OrderExpr("address, bounced_at desc").Scan(ctx, &list)
	return list, err
}

func upsertBounce(ctx context.Context, tx db.Tx, b Bounce) error {
	_, err := tx.ExecContext(ctx, `
		insert into bounced_address (person_id, address, status, reason, bounced_at) values (?, ?, ?, ?, ?)
		on conflict (tenant_id, person_id, address) do update set status = excluded.status, reason = excluded.reason, bounced_at = excluded.bounced_at`,
		b.Person, b.Address, b.Status, b.Reason, tx.Now())
	return err
}

func deleteBounce(ctx context.Context, tx db.Tx, person uuid.UUID, address string) error {
	_, err := tx.ExecContext(ctx, `delete from bounced_address where person_id = ? and address = ?`, person, address)
	return err
}

func selectBouncesOf(ctx context.Context, tx db.Tx, person uuid.UUID) (list []Bounce, err error) {
	const most = 10
	err = tx.NewSelect().TableExpr("bounced_address").ColumnExpr("person_id, address, status, reason, bounced_at").
		Where("person_id = ?", person).OrderExpr("bounced_at desc").Limit(most).Scan(ctx, &list)
	return list, err
}
