package privacy

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/school"
)

// own keeps a count to the space itself where a table is also read from below.
const own = `tenant_id = current_setting('app.tenant')::bigint`

// queueCount counts the rows of a table that name a person. Names of tables and columns come from declarations.
func queueCount(b *db.Batch, dest *int, t Table, who school.PersonID) {
	if len(t.Persons) == 0 {
		return
	}
	named := make([]string, len(t.Persons))
	for i, column := range t.Persons {
		named[i] = pgx.Identifier{column}.Sanitize() + " = $1"
	}
	sql := "select count(*) from " + pgx.Identifier{t.Name}.Sanitize() + " where " + own + " and (" + strings.Join(named, " or ") + ")"
	if t.Where != "" {
		sql += " and (" + t.Where + ")"
	}
	found := false
	db.Row(b, &found, []any{dest}, sql, who.UUID)
}

func insertLooks(ctx context.Context, tx db.Tx, l Look, as school.Profile, ids, whom []uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `
		insert into access_entry (id, person_id, reader_id, reader_name, reader_profile, what, title, at)
		select id, person_id, ?, ?, ?, ?, ?, ?
		from unnest(?::uuid[], ?::uuid[]) as looked (id, person_id)
		on conflict do nothing`,
		l.Reader.Person.UUID, cut(l.Reader.Name), string(as), l.What, cut(l.Title), tx.Now(), pgdialect.Array(ids), pgdialect.Array(whom))
	return err
}

func cut(s string) string {
	const longest = 200
	if runes := []rune(s); len(runes) > longest {
		return string(runes[:longest-1]) + "…"
	}
	return s
}

func queueEntries(b *db.Batch, dest *[]Entry, who school.PersonID, from, before time.Time, limit int) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (e Entry, err error) {
		err = row.Scan(&e.ID, &e.At, &e.Reader, &e.As, &e.What, &e.Title)
		return e, err
	}, `
		select id, at, reader_name, reader_profile, what, title
		from access_entry
		where `+own+` and person_id = $1 and at >= $2 and at < $3
		order by at desc, id desc
		limit $4`, who.UUID, from, before, limit)
}

func noteRun(ctx context.Context, tx db.Tx, room string, removed int, first bool) error {
	_, err := tx.ExecContext(ctx, `
		insert into retention_run (room, at, removed, total) values (?, ?, ?, ?)
		on conflict (tenant_id, room) do update set at = excluded.at, total = retention_run.total + excluded.removed,
			removed = excluded.removed + case when ? then 0 else retention_run.removed end`, room, tx.Now(), removed, removed, first)
	return err
}

func queueRuns(b *db.Batch, dest *[]Run) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (r Run, err error) {
		err = row.Scan(&r.Room, &r.At, &r.Removed, &r.Total)
		return r, err
	}, `select room, at, removed, total from retention_run where `+own+` order by room limit 200`)
}
