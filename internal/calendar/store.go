package calendar

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"elyco/internal/db"
	"elyco/internal/directory"
)

const yearOn = `select id from school_year where starts_on <= $1 and ends_on >= $1 order by starts_on desc limit 1`

// queueYear reads the year of a day with its terms and days off, in one round trip.
func queueYear(b *db.Batch, c *Calendar, day time.Time) {
	var found bool
	db.Row(b, &found, []any{&c.Year.ID, &c.Year.Label, &c.Year.StartsOn, &c.Year.EndsOn},
		`select id, label, starts_on, ends_on from school_year where id = (`+yearOn+`)`, day)
	db.Rows(b, &c.Terms, func(r pgx.CollectableRow) (t Term, err error) {
		return t, r.Scan(&t.ID, &t.Name, &t.From, &t.To)
	}, `select id, name, starts_on, ends_on from school_term where school_year_id = (`+yearOn+`) order by starts_on, id limit 20`, day)
	db.Rows(b, &c.DaysOff, func(r pgx.CollectableRow) (d DayOff, err error) {
		return d, r.Scan(&d.ID, &d.Name, &d.From, &d.To)
	}, `select id, name, starts_on, ends_on from day_off where school_year_id = (`+yearOn+`) order by starts_on, id limit 100`, day)
}

func lockYear(ctx context.Context, tx db.Tx, id uuid.UUID) (directory.Year, error) {
	var y directory.Year
	err := tx.QueryRowContext(ctx, `select id, label, starts_on, ends_on from school_year where id = ? for update`, id).
		Scan(&y.ID, &y.Label, &y.StartsOn, &y.EndsOn)
	return y, err
}

// strays names a term or a day off of the year that its new limits would leave out, or "".
func strays(ctx context.Context, tx db.Tx, y directory.Year) (string, error) {
	var name string
	err := tx.QueryRowContext(ctx, `
		select name from (
		  select name, starts_on, ends_on from school_term where school_year_id = ?0
		  union all
		  select name, starts_on, ends_on from day_off where school_year_id = ?0) held
		where starts_on < ?1 or ends_on > ?2
		order by starts_on limit 1`, y.ID, y.StartsOn, y.EndsOn).Scan(&name)
	if db.NoRows(err) {
		return "", nil
	}
	return name, err
}

func writeYear(ctx context.Context, tx db.Tx, y directory.Year) error {
	_, err := tx.ExecContext(ctx, `
		insert into school_year (id, label, starts_on, ends_on) values (?, ?, ?, ?)
		on conflict (tenant_id, id) do update set starts_on = excluded.starts_on, ends_on = excluded.ends_on`,
		y.ID, y.Label, y.StartsOn, y.EndsOn)
	return err
}

type spanRow struct {
	bun.BaseModel
	ID           uuid.UUID `bun:"id"`
	SchoolYearID uuid.UUID `bun:"school_year_id"`
	Name         string    `bun:"name"`
	StartsOn     time.Time `bun:"starts_on,type:date"`
	EndsOn       time.Time `bun:"ends_on,type:date"`
}

func writeTerms(ctx context.Context, tx db.Tx, year uuid.UUID, terms []Term) error {
	rows := make([]spanRow, len(terms))
	for i, t := range terms {
		rows[i] = spanRow{ID: t.ID, SchoolYearID: year, Name: t.Name, StartsOn: t.From, EndsOn: t.To}
	}
	return replace(ctx, tx, "school_term", year, rows)
}

func writeDaysOff(ctx context.Context, tx db.Tx, year uuid.UUID, days []DayOff) error {
	rows := make([]spanRow, len(days))
	for i, d := range days {
		rows[i] = spanRow{ID: d.ID, SchoolYearID: year, Name: d.Name, StartsOn: d.From, EndsOn: d.To}
	}
	return replace(ctx, tx, "day_off", year, rows)
}

// replace makes the rows those of the year. What stays is changed and not made anew, because others point at it; names are
// put aside first, so that two terms may exchange theirs.
func replace(ctx context.Context, tx db.Tx, table string, year uuid.UUID, rows []spanRow) error {
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	gone := tx.NewDelete().TableExpr(table).Where("school_year_id = ?", year)
	if len(ids) > 0 {
		gone = gone.Where("id not in (?)", bun.List(ids))
	}
	if _, err := gone.Exec(ctx); err != nil || len(rows) == 0 {
		return err
	}
	if _, err := tx.NewUpdate().TableExpr(table).Set("name = id::text").Where("school_year_id = ?", year).Exec(ctx); err != nil {
		return err
	}
	_, err := tx.NewInsert().Model(&rows).ModelTableExpr(table + " as held").
		On("conflict (tenant_id, id) do update").
		Set("name = excluded.name, starts_on = excluded.starts_on, ends_on = excluded.ends_on").
		Where("held.school_year_id = excluded.school_year_id").Exec(ctx)
	return err
}
