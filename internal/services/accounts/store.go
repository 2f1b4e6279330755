package accounts

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"elyco/internal/db"
	"elyco/internal/school"
)

// mostPeople bounds a roster: the largest schools of the academy have some two thousand pupils and their guardians.
const mostPeople = 12_000

type memberRow struct {
	Person   uuid.UUID `db:"person_id"`
	Profile  string    `db:"profile"`
	Given    string    `db:"given_name"`
	Family   string    `db:"family_name"`
	ClassIDs []string  `db:"class_ids"`
	Classes  []string  `db:"classes"`
	Children []string  `db:"children"`
	Missing  bool      `db:"missing"`
}

// queueRoster reads the memberships of a day with their classes: one's own, or those of one's children. The ties are read
// as a whole and joined, because one look a person would be thousands.
func queueRoster(b *db.Batch, dest *[]memberRow, today time.Time) {
	db.Rows(b, dest, pgx.RowToStructByName[memberRow], `
		with open as materialized (
			select c.id, c.name from class c join school_year y on y.tenant_id = c.tenant_id and y.id = c.school_year_id
			where y.starts_on <= $1 and y.ends_on >= $1
		), own as materialized (
			select cm.person_id, cm.profile, o.id, o.name from class_member cm join open o on o.id = cm.class_id
		), child as materialized (
			select g.guardian_id, k.given_name, g.child_id from guardianship g
			join membership k on k.tenant_id = g.tenant_id and k.person_id = g.child_id and k.profile = 'pupil'
			where g.starts_on <= $1 and (g.ends_on is null or g.ends_on >= $1) and (g.excluded_until is null or g.excluded_until < $1)
			  and k.starts_on <= $1 and (k.ends_on is null or k.ends_on >= $1)
		), ties as (
			select person_id, profile, id, name from own
			union
			select c.guardian_id, 'guardian', o.id, o.name from child c join own o on o.person_id = c.child_id and o.profile = 'pupil'
		), classes as materialized (
			select person_id, profile, array_agg(id::text order by name, id) as ids, array_agg(name order by name, id) as names from ties group by 1, 2
		), children as materialized (
			select guardian_id, array_agg(distinct given_name) as names from child group by 1
		)
		select m.person_id, m.profile, m.given_name, m.family_name, coalesce(c.ids, '{}') as class_ids, coalesce(c.names, '{}') as classes,
		       case when m.profile = 'guardian' then coalesce(k.names, '{}') else '{}' end as children,
		       m.missing_since is not null as missing
		from membership m
		left join classes c on c.person_id = m.person_id and c.profile = m.profile
		left join children k on k.guardian_id = m.person_id
		where m.starts_on <= $1 and (m.ends_on is null or m.ends_on >= $1)
		order by m.folded, m.person_id, m.profile
		limit $2`, today, mostPeople)
}

// run is a printing; part is one of its documents.
type runRow struct {
	ID        uuid.UUID `bun:"id"`
	Author    uuid.UUID `bun:"author_id"`
	Title     string    `bun:"title"`
	Renew     bool      `bun:"renew"`
	CreatedAt time.Time `bun:"created_at"`
	ExpiresAt time.Time `bun:"expires_at"`
	Parts     int       `bun:"parts"`
	Done      int       `bun:"done"`
	People    int       `bun:"people"`
}

type partRow struct {
	Place    int           `bun:"place"`
	Class    uuid.NullUUID `bun:"class_id"`
	Audience string        `bun:"audience"`
	Label    string        `bun:"label"`
	State    string        `bun:"state"`
	People   int           `bun:"people"`
	Object   string        `bun:"object_key"`
	Size     int64         `bun:"size"`
}

// insertRun reports false when the form was sent before.
func insertRun(ctx context.Context, tx db.Tx, run runRow, parts []partRow) (bool, error) {
	res, err := tx.ExecContext(ctx, `insert into sheet_run (id, author_id, title, renew, created_at, expires_at) values (?, ?, ?, ?, ?, ?) on conflict do nothing`,
		run.ID, run.Author, run.Title, run.Renew, tx.Now(), run.ExpiresAt)
	if err != nil {
		return false, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	type row struct {
		Run      uuid.UUID     `bun:"run_id"`
		Place    int           `bun:"place"`
		Class    uuid.NullUUID `bun:"class_id"`
		Audience string        `bun:"audience"`
		Label    string        `bun:"label"`
	}
	rows := make([]row, len(parts))
	for i, p := range parts {
		rows[i] = row{run.ID, i, p.Class, p.Audience, p.Label}
	}
	_, err = tx.NewInsert().Model(&rows).ModelTableExpr("sheet_part").Exec(ctx)
	return true, err
}

const runColumns = `r.id, r.author_id, r.title, r.renew, r.created_at, r.expires_at,
	(select count(*) from sheet_part p where p.tenant_id = r.tenant_id and p.run_id = r.id) as parts,
	(select count(*) from sheet_part p where p.tenant_id = r.tenant_id and p.run_id = r.id and p.state = 'done') as done,
	(select coalesce(sum(people), 0) from sheet_part p where p.tenant_id = r.tenant_id and p.run_id = r.id) as people`

func selectRuns(ctx context.Context, tx db.Tx) ([]runRow, error) {
	var rows []runRow
	err := tx.NewSelect().TableExpr("sheet_run as r").ColumnExpr(runColumns).Where("r.expires_at > ?", tx.Now()).
		OrderExpr("r.created_at desc, r.id desc").Limit(20).Scan(ctx, &rows)
	return rows, err
}

// selectRun reads a printing with its parts; found is false for one that is not of this space or is over.
func selectRun(ctx context.Context, tx db.Tx, id uuid.UUID) (run runRow, parts []partRow, found bool, err error) {
	err = tx.NewSelect().TableExpr("sheet_run as r").ColumnExpr(runColumns).Where("r.id = ? and r.expires_at > ?", id, tx.Now()).Scan(ctx, &run)
	if db.NoRows(err) {
		return run, nil, false, nil
	}
	if err != nil {
		return run, nil, false, err
	}
	err = tx.NewSelect().TableExpr("sheet_part").ColumnExpr("place, class_id, audience, label, state, people, object_key, size").
		Where("run_id = ?", id).OrderExpr("place").Limit(400).Scan(ctx, &parts)
	return run, parts, true, err
}

func finishPart(ctx context.Context, tx db.Tx, run uuid.UUID, place, people int, object string, size int64) error {
	_, err := tx.ExecContext(ctx, `update sheet_part set state = 'done', people = ?, object_key = ?, size = ? where run_id = ? and place = ?`,
		people, object, size, run, place)
	return err
}

func deleteRun(ctx context.Context, tx db.Tx, id uuid.UUID) (title string, err error) {
	err = tx.QueryRowContext(ctx, `delete from sheet_run where id = ? returning title`, id).Scan(&title)
	if db.NoRows(err) {
		return "", nil
	}
	return title, err
}

func toMembers(rows []memberRow) []Member {
	var list []Member
	for _, row := range rows {
		if n := len(list); n == 0 || list[n-1].Person.UUID != row.Person {
			list = append(list, Member{Person: school.PersonID{UUID: row.Person}, Given: row.Given, Family: row.Family, Leaving: true})
		}
		m := &list[len(list)-1]
		m.Leaving = m.Leaving && row.Missing
		m.Profiles = append(m.Profiles, school.Profile(row.Profile))
		m.Children = append(m.Children, row.Children...)
		for i := range row.ClassIDs {
			id, err := uuid.Parse(row.ClassIDs[i])
			if err == nil && !m.In(school.ClassID{UUID: id}) {
				m.Classes = append(m.Classes, school.ClassRef{ID: school.ClassID{UUID: id}, Name: row.Classes[i]})
			}
		}
	}
	return list
}

func isAdmin(ctx context.Context, tx db.Tx, who uuid.UUID) (admin bool, err error) {
	err = tx.QueryRowContext(ctx, `select coalesce(bool_or(admin), false) from membership where person_id = ?0 and starts_on <= ?1 and (ends_on is null or ends_on >= ?1)`,
		who, tx.Now()).Scan(&admin)
	return admin, err
}

// selectSpaces reads, in the academy's scope, in which spaces each of some people has a membership of today.
func selectSpaces(ctx context.Context, tx db.Tx, people []uuid.UUID) (map[int64][]uuid.UUID, error) {
	var rows []struct {
		Person uuid.UUID `bun:"person_id"`
		Space  int64     `bun:"space"`
	}
	err := tx.NewSelect().TableExpr("passport as p").Join("cross join lateral jsonb_array_elements(p.body) as e").
		ColumnExpr("distinct p.person_id, (e ->> 's')::bigint as space").Where("p.tenant_id = 1 and p.person_id in (?)", bun.List(people)).Scan(ctx, &rows)
	out := map[int64][]uuid.UUID{}
	for _, r := range rows {
		out[r.Space] = append(out[r.Space], r.Person)
	}
	return out, err
}

// selectStaying tells who of some people has a membership in the space that no feed has found to be over.
func selectStaying(ctx context.Context, tx db.Tx, people []uuid.UUID) (staying []uuid.UUID, err error) {
	err = tx.NewSelect().TableExpr("membership").ColumnExpr("distinct person_id").
		Where("person_id in (?0) and missing_since is null and starts_on <= ?1 and (ends_on is null or ends_on >= ?1)", bun.List(people), tx.Now()).Scan(ctx, &staying)
	return staying, err
}
