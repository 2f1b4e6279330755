package hours

import (
	"context"

	"elyco/internal/db"
	"elyco/internal/school"
)

func selectOwn(ctx context.Context, tx db.Tx, who school.PersonID) (Own, error) {
	var days, from, to *int
	var sees string
	err := tx.NewRaw(`select days, opens, closes, sees from person_hours where tenant_id = 1 and person_id = ?`, who.UUID).Scan(ctx, &days, &from, &to, &sees)
	if db.NoRows(err) {
		return Own{Sees: AsSpace}, nil
	}
	own := Own{Sees: Sees(sees)}
	if days != nil {
		w := FromMask(*days, *from, *to)
		own.Week = &w
	}
	return own, err
}

func upsertOwn(ctx context.Context, tx db.Tx, who school.PersonID, o Own) error {
	var days, from, to *int
	if o.Week != nil {
		mask := o.Week.Mask()
		days, from, to = &mask, &o.Week.From, &o.Week.To
	}
	_, err := tx.ExecContext(ctx, `insert into person_hours (person_id, days, opens, closes, sees) values (?, ?, ?, ?, ?)
		on conflict (tenant_id, person_id) do update set days = excluded.days, opens = excluded.opens, closes = excluded.closes, sees = excluded.sees`,
		who.UUID, days, from, to, string(o.Sees))
	return err
}
