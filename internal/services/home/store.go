package home

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/school"
)

type stored struct {
	Mine          bool
	Shown, Hidden []string
}

// queueLayout reads the person's own layout, else the establishment's default for the first profile that has one.
func queueLayout(b *db.Batch, dest *[]stored, who school.PersonID, profiles []string) {
	db.Rows(b, dest, pgx.RowToStructByPos[stored], `
		select mine, shown, hidden from (
			select true as mine, 0 as rank, shown, hidden from home_layout where person_id = $1
			union all
			select false, array_position($2::text[], profile), shown, hidden from home_default where profile = any ($2)
		) l order by rank limit 1`, who.UUID, profiles)
}

func saveLayout(ctx context.Context, tx db.Tx, who school.PersonID, l Layout) error {
	_, err := tx.ExecContext(ctx, `
		insert into home_layout (person_id, shown, hidden, changed_at)
		values (?, ?, ?, ?)
		on conflict (tenant_id, person_id) do update set shown = excluded.shown, hidden = excluded.hidden, changed_at = excluded.changed_at`,
		who.UUID, pgdialect.Array(l.Shown), pgdialect.Array(notNil(l.Hidden)), tx.Now())
	return err
}

func deleteLayout(ctx context.Context, tx db.Tx, who school.PersonID) error {
	_, err := tx.ExecContext(ctx, `delete from home_layout where person_id = ?`, who.UUID)
	return err
}

func saveDefault(ctx context.Context, tx db.Tx, p school.Profile, l Layout) error {
	_, err := tx.ExecContext(ctx, `
		insert into home_default (profile, shown, hidden, changed_at)
		values (?, ?, ?, ?)
		on conflict (tenant_id, profile) do update set shown = excluded.shown, hidden = excluded.hidden, changed_at = excluded.changed_at`,
		string(p), pgdialect.Array(notNil(l.Shown)), pgdialect.Array(notNil(l.Hidden)), tx.Now())
	return err
}

func deleteDefault(ctx context.Context, tx db.Tx, p school.Profile) error {
	_, err := tx.ExecContext(ctx, `delete from home_default where profile = ?`, string(p))
	return err
}

type profileDefault struct {
	Profile       string
	Shown, Hidden []string
}

func queueDefaults(b *db.Batch, dest *[]profileDefault) {
	db.Rows(b, dest, pgx.RowToStructByPos[profileDefault], `select profile, shown, hidden from home_default order by profile limit 20`)
}

func notNil(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
