package demo

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

// drawSessions takes people at even distances, so that each establishment has its share.
func drawSessions(ctx context.Context, d *db.DB, n int) ([]openSession, error) {
	var list []openSession
	err := d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			with here as (
				select m.tenant_id, m.person_id, m.profile, row_number() over (order by m.tenant_id, m.person_id, m.profile) as place,
				       count(*) over () as people
				from membership m join tenant t on t.id = m.tenant_id
				where m.profile in ('pupil', 'guardian', 'teacher') and t.state in ('open', 'opening')
				  and m.starts_on <= current_date and (m.ends_on is null or m.ends_on >= current_date)
			)
			select tenant_id, person_id, profile from here
			where place * $1 / people <> (place - 1) * $1 / people
			order by place`, n)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (s openSession, err error) {
			err = row.Scan(&s.scope, &s.person, &s.profile)
			return s, err
		})
		return err
	})
	return list, err
}

func saveSessions(ctx context.Context, d *db.DB, list []openSession) error {
	now := d.Now()
	ends := now.Add(14 * 24 * time.Hour)
	const academy = int64(school.Academy)
	return d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.CopyFrom(ctx, pgx.Identifier{"sign_on"},
			[]string{"tenant_id", "id", "person_id", "device", "network", "created_at", "seen_at", "expires_at"},
			pgx.CopyFromSlice(len(list), func(i int) ([]any, error) {
				return []any{academy, [16]byte(list[i].id), [16]byte(list[i].person), "mesure", "127.0.0.1", now, now, ends}, nil
			}))
		if err != nil {
			return err
		}
		_, err = tx.CopyFrom(ctx, pgx.Identifier{"session"},
			[]string{"tenant_id", "token_hash", "sign_on_id", "host_scope", "person_id", "expires_at"},
			pgx.CopyFromSlice(len(list), func(i int) ([]any, error) {
				s := list[i]
				return []any{academy, s.hash(), [16]byte(s.id), int64(s.scope), [16]byte(s.person), ends}, nil
			}))
		return err
	})
}
