package audit

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
)

func saveVerdict(ctx context.Context, tx db.Tx, v Verdict, entry uuid.NullUUID) error {
	_, err := tx.ExecContext(ctx, `
		insert into audit_check (at, seals, entries, damage, seal, entry_id) values (?, ?, ?, ?, ?, ?)
		on conflict (tenant_id) do update set at = excluded.at, seals = excluded.seals, entries = excluded.entries,
			damage = excluded.damage, seal = excluded.seal, entry_id = excluded.entry_id`,
		v.At, v.Seals, v.Entries, string(v.Damage), v.Seal, entry)
	return err
}

func readStanding(ctx context.Context, tx db.Tx) (Standing, error) {
	var row struct {
		Number   int64         `bun:"number"`
		SealedAt *time.Time    `bun:"sealed_at"`
		Waiting  int64         `bun:"waiting"`
		At       *time.Time    `bun:"at"`
		Seals    int64         `bun:"seals"`
		Entries  int64         `bun:"entries"`
		Damage   string        `bun:"damage"`
		Seal     int64         `bun:"seal"`
		Entry    uuid.NullUUID `bun:"entry_id"`
	}
	err := tx.NewRaw(`
		select coalesce(s.number, 0) as number, s.at as sealed_at, (select count(*) from audit_open) as waiting,
		       c.at, coalesce(c.seals, 0) as seals, coalesce(c.entries, 0) as entries, coalesce(c.damage, '') as damage, coalesce(c.seal, 0) as seal, c.entry_id
		from (select) one
		left join lateral (select number, at from audit_seal order by tenant_id, number desc limit 1) s on true
		left join audit_check c on true`).Scan(ctx, &row)
	if err != nil {
		return Standing{}, err
	}
	st := Standing{Seals: row.Number, Waiting: row.Waiting}
	if row.SealedAt != nil {
		st.SealedAt = row.SealedAt.UTC()
	}
	if row.At != nil {
		st.Last = Verdict{At: row.At.UTC(), Seals: row.Seals, Entries: row.Entries, Damage: Damage(row.Damage), Seal: row.Seal, Entry: row.Entry.UUID}
	}
	return st, nil
}
