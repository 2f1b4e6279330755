package mail

import (
	"context"

	"elyco/internal/db"
)

// spend adds to the sums of the month, which is that of the people who read them.
func spend(ctx context.Context, tx db.Tx, channel, payer string, messages int, cost MicroEuros) error {
	_, err := tx.ExecContext(ctx, `
		insert into channel_spend as s (month, channel, payer, messages, cost)
		values (date_trunc('month', ?::timestamptz at time zone 'Europe/Paris')::date, ?, ?, ?, ?)
		on conflict (tenant_id, month, channel, payer) do update set messages = s.messages + excluded.messages, cost = s.cost + excluded.cost`,
		tx.Now(), channel, payer, messages, int64(cost))
	return err
}

func selectSpent(ctx context.Context, tx db.Tx, months int) ([]Spent, error) {
	var list []Spent
	err := tx.NewSelect().TableExpr("channel_spend").ColumnExpr("month, channel, payer, messages, cost").
		Where("month > ?::timestamptz - make_interval(months => ?)", tx.Now(), months).
		OrderExpr("month desc, channel, payer").Limit(int64(months)*16).Scan(ctx, &list)
	return list, err
}
