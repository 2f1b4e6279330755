package classes

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/school"
)

func queueYears(b *db.Batch, dest *[]directory.Year) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (y directory.Year, err error) {
		return y, row.Scan(&y.ID, &y.Label, &y.StartsOn, &y.EndsOn)
	}, `select id, label, starts_on, ends_on from school_year order by starts_on desc limit 20`)
}

// chosenYear is the year $1 or, for the nil id, that of the day $2.
const chosenYear = `(select id from school_year
	where id = $1 or $1 = '00000000-0000-0000-0000-000000000000' and starts_on <= $2 and ends_on >= $2
	order by starts_on desc limit 1)`

// tables of a kind, as its queries name them.
type tables struct{ unit, members, key, columns string }

func tablesOf(k Kind) tables {
	if k == Group {
		return tables{"teaching_group", "group_member", "group_id", `u.id, u.name, '' as level, u.kind as made, null::date as opens_on`}
	}
	return tables{"class", "class_member", "class_id", `u.id, u.name, u.level, '' as made, u.opens_on`}
}

// unitSelect reads units with what lists show; $2 is the day.
func unitSelect(k Kind) string {
	t := tablesOf(k)
	form := `(select array_agg(m.given_name || ' ' || m.family_name order by m.family_name)
		from class_member n join membership m on m.tenant_id = n.tenant_id and m.person_id = n.person_id and m.profile = n.profile
		where n.tenant_id = u.tenant_id and n.class_id = u.id and n.form and m.starts_on <= $2 and (m.ends_on is null or m.ends_on >= $2))`
	if k == Group {
		form = `null::text[]`
	}
	return `select ` + t.columns + `, u.source_key is not null as fed, u.version, y.id as year_id, y.label, y.starts_on, y.ends_on,
		c.pupils, c.staff, coalesce(` + form + `, '{}') as form
	from ` + t.unit + ` u
	join school_year y on y.tenant_id = u.tenant_id and y.id = u.school_year_id
	cross join lateral (
		select count(*) filter (where n.profile = 'pupil') as pupils, count(*) filter (where n.profile <> 'pupil') as staff
		from ` + t.members + ` n
		join membership m on m.tenant_id = n.tenant_id and m.person_id = n.person_id and m.profile = n.profile
		where n.tenant_id = u.tenant_id and n.` + t.key + ` = u.id
		  and m.starts_on <= greatest($2, y.starts_on) and (m.ends_on is null or m.ends_on >= least($2, y.ends_on))) c`
}

func scanUnit(k Kind) pgx.RowToFunc[Unit] {
	return func(row pgx.CollectableRow) (Unit, error) {
		u := Unit{Kind: k}
		var opens *time.Time
		err := row.Scan(&u.ID, &u.Name, &u.Level, &u.Made, &opens, &u.Fed, &u.Version, &u.Year.ID, &u.Year.Label, &u.Year.StartsOn, &u.Year.EndsOn,
			&u.Pupils, &u.Staff, &u.Form)
		if opens != nil {
			u.OpensOn = *opens
		}
		return u, err
	}
}

func queueUnits(b *db.Batch, k Kind, dest *[]Unit, year uuid.UUID, today time.Time) {
	db.Rows(b, dest, scanUnit(k), unitSelect(k)+` where u.school_year_id = `+chosenYear+` order by level desc, u.name limit 1000`, year, today)
}

func queueUnit(b *db.Batch, k Kind, dest *[]Unit, id uuid.UUID, today time.Time) {
	db.Rows(b, dest, scanUnit(k), unitSelect(k)+` where u.id = $1`, id, today)
}

func lockYear(ctx context.Context, tx db.Tx, id uuid.UUID) (directory.Year, error) {
	var y directory.Year
	err := tx.QueryRowContext(ctx, `select id, label, starts_on, ends_on from school_year where id = ? for share`, id).
		Scan(&y.ID, &y.Label, &y.StartsOn, &y.EndsOn)
	return y, err
}

func lockUnit(ctx context.Context, tx db.Tx, k Kind, id uuid.UUID) (Unit, error) {
	t := tablesOf(k)
	u := Unit{Kind: k}
	var opens *time.Time
	err := tx.QueryRowContext(ctx, `select `+t.columns+`, u.source_key is not null, u.version, y.id, y.label, y.starts_on, y.ends_on
		from `+t.unit+` u join school_year y on y.tenant_id = u.tenant_id and y.id = u.school_year_id
		where u.id = ? for update of u`, id).
		Scan(&u.ID, &u.Name, &u.Level, &u.Made, &opens, &u.Fed, &u.Version, &u.Year.ID, &u.Year.Label, &u.Year.StartsOn, &u.Year.EndsOn)
	if opens != nil {
		u.OpensOn = *opens
	}
	return u, err
}

func dayOrNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

func insertUnit(ctx context.Context, tx db.Tx, u Unit) error {
	if u.Kind == Group {
		_, err := tx.ExecContext(ctx, `insert into teaching_group (id, school_year_id, name, kind) values (?, ?, ?, ?)
			on conflict (tenant_id, id) do nothing`, u.ID, u.Year.ID, u.Name, u.Made)
		return err
	}
	_, err := tx.ExecContext(ctx, `insert into class (id, school_year_id, name, level, opens_on) values (?, ?, ?, ?, ?)
		on conflict (tenant_id, id) do nothing`, u.ID, u.Year.ID, u.Name, u.Level, dayOrNull(u.OpensOn))
	return err
}

func updateUnit(ctx context.Context, tx db.Tx, u Unit) error {
	if u.Kind == Group {
		_, err := tx.ExecContext(ctx, `update teaching_group set name = ?, kind = ?, version = version + 1 where id = ?`, u.Name, u.Made, u.ID)
		return err
	}
	_, err := tx.ExecContext(ctx, `update class set name = ?, level = ?, opens_on = ?, version = version + 1 where id = ?`,
		u.Name, u.Level, dayOrNull(u.OpensOn), u.ID)
	return err
}

// deleteUnit reports whether the unit was empty, and is gone.
func deleteUnit(ctx context.Context, tx db.Tx, k Kind, id uuid.UUID) (bool, error) {
	t := tablesOf(k)
	res, err := tx.ExecContext(ctx, `delete from `+t.unit+` u where u.id = ? and not exists (
		select from `+t.members+` n where n.tenant_id = u.tenant_id and n.`+t.key+` = u.id)`, id)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// asRows turns memberships into what unnest takes.
func asRows(list []who) (people, profiles any) {
	ids, names := make([]string, len(list)), make([]string, len(list))
	for i, w := range list {
		ids[i], names[i] = w.person.String(), string(w.profile)
	}
	return pgdialect.Array(ids), pgdialect.Array(names)
}

func insertMembers(ctx context.Context, tx db.Tx, u Unit, list []who) error {
	t := tablesOf(u.Kind)
	people, profiles := asRows(list)
	_, err := tx.ExecContext(ctx, `
		insert into `+t.members+` (`+t.key+`, person_id, profile)
		select ?, m.person_id, m.profile
		from membership m join unnest(?::uuid[], ?::text[]) w (person_id, profile) using (person_id, profile)
		on conflict do nothing`, u.ID, people, profiles)
	return err
}

// leaveOthers takes the pupils among them out of the other classes of the year.
func leaveOthers(ctx context.Context, tx db.Tx, u Unit, list []who) error {
	people, profiles := asRows(list)
	_, err := tx.ExecContext(ctx, `
		delete from class_member n using class c
		where c.tenant_id = n.tenant_id and c.id = n.class_id and c.school_year_id = ? and c.id <> ? and n.profile = ?
		  and (n.person_id, n.profile) in (select * from unnest(?::uuid[], ?::text[]))`,
		u.Year.ID, u.ID, string(school.Pupil), people, profiles)
	return err
}

func deleteMembers(ctx context.Context, tx db.Tx, u Unit, list []who) error {
	t := tablesOf(u.Kind)
	people, profiles := asRows(list)
	_, err := tx.ExecContext(ctx, `delete from `+t.members+` where `+t.key+` = ? and (person_id, profile) in (select * from unnest(?::uuid[], ?::text[]))`,
		u.ID, people, profiles)
	return err
}

func updateForm(ctx context.Context, tx db.Tx, u Unit, list []who) error {
	people, profiles := asRows(list)
	_, err := tx.ExecContext(ctx, `update class_member set form = (person_id, profile) in (select * from unnest(?::uuid[], ?::text[]))
		where class_id = ? and profile <> ?`, people, profiles, u.ID, string(school.Pupil))
	return err
}
