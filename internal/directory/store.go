package directory

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/school"
)

func yearOn(ctx context.Context, tx db.Tx, day time.Time) (Year, error) {
	var y Year
	err := tx.NewSelect().TableExpr("school_year").ColumnExpr("id, label, starts_on, ends_on").
		Where("starts_on <= ? and ends_on >= ?", day, day).OrderExpr("starts_on desc").Limit(1).
		Scan(ctx, &y.ID, &y.Label, &y.StartsOn, &y.EndsOn)
	return y, err
}

func queueClasses(b *db.Batch, dest *[]Class, today time.Time) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (c Class, err error) {
		err = row.Scan(&c.ID.UUID, &c.Name, &c.Level, &c.Pupils)
		return c, err
	}, `
		select c.id, c.name, c.level,
		       (select count(*) from class_member cm
		        join membership m on m.tenant_id = cm.tenant_id and m.person_id = cm.person_id and m.profile = cm.profile
		        where cm.tenant_id = c.tenant_id and cm.class_id = c.id and cm.profile = 'pupil'
		          and m.starts_on <= $1 and (m.ends_on is null or m.ends_on >= $1))
		from class c
		join school_year y on y.tenant_id = c.tenant_id and y.id = c.school_year_id
		where y.starts_on <= $1 and y.ends_on >= $1
		order by c.name
		limit 500`, today)
}

func queueGroups(b *db.Batch, dest *[]Group, today time.Time) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (g Group, err error) {
		err = row.Scan(&g.ID.UUID, &g.Name, &g.Pupils)
		return g, err
	}, `
		select g.id, g.name,
		       (select count(*) from group_member gm
		        join membership m on m.tenant_id = gm.tenant_id and m.person_id = gm.person_id and m.profile = gm.profile
		        where gm.tenant_id = g.tenant_id and gm.group_id = g.id and gm.profile = 'pupil'
		          and m.starts_on <= $1 and (m.ends_on is null or m.ends_on >= $1))
		from teaching_group g
		join school_year y on y.tenant_id = g.tenant_id and y.id = g.school_year_id
		where y.starts_on <= $1 and y.ends_on >= $1
		order by g.name
		limit 2000`, today)
}

func queueClassMembers(b *db.Batch, dest *[]Member, class school.ClassID, today time.Time, limit, offset int) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (m Member, err error) {
		err = row.Scan(&m.Person.UUID, &m.Profile, &m.GivenName, &m.FamilyName, &m.Function, &m.Form)
		return m, err
	}, `
		select m.person_id, m.profile, m.given_name, m.family_name, m.function, cm.form
		from class_member cm
		join membership m on m.tenant_id = cm.tenant_id and m.person_id = cm.person_id and m.profile = cm.profile
		where cm.class_id = $1 and m.starts_on <= $2 and (m.ends_on is null or m.ends_on >= $2)
		order by m.family_name, m.given_name, m.person_id, m.profile
		limit $3 offset $4`, class.UUID, today, limit, offset)
}

type named struct {
	person school.PersonID
	name   string
}

func queueNames(b *db.Batch, dest *[]named, people []school.PersonID) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (n named, err error) {
		err = row.Scan(&n.person.UUID, &n.name)
		return n, err
	}, `
		select distinct on (person_id) person_id, given_name || ' ' || family_name
		from membership
		where person_id = any ($1)
		order by person_id, starts_on desc`, uuids(people))
}

func queuePerson(b *db.Batch, found *bool, person school.PersonID, given, family *string) {
	db.Row(b, found, []any{given, family}, `select given_name, family_name from person where id = $1`, person.UUID)
}

// insertMembership adds a membership, or opens again one that has ended; it reports false when one stands.
func insertMembership(ctx context.Context, tx db.Tx, m Membership, given, family string) (bool, error) {
	var ends any
	if !m.EndsOn.IsZero() {
		ends = m.EndsOn
	}
	sections := m.Sections
	if sections == nil {
		sections = []string{}
	}
	res, err := tx.ExecContext(ctx, `
		insert into membership as old (person_id, profile, given_name, family_name, function, admin, sections, starts_on, ends_on)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (tenant_id, person_id, profile) do update
		set given_name = excluded.given_name, family_name = excluded.family_name, function = excluded.function,
		    admin = excluded.admin, sections = excluded.sections, starts_on = excluded.starts_on, ends_on = excluded.ends_on
		where old.ends_on < ?`,
		m.Person.UUID, string(m.Profile), given, family, m.Function, m.Admin, pgdialect.Array(sections), m.StartsOn, ends,
		Day(tx.Now()))
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// endMembership reports whether there was anything to end.
func endMembership(ctx context.Context, tx db.Tx, person school.PersonID, p school.Profile, day time.Time) (bool, error) {
	for _, sql := range []string{
		`update membership set ends_on = ?0 where person_id = ?1 and profile = ?2 and starts_on <= ?0 and (ends_on is null or ends_on > ?0)`,
		`delete from membership where person_id = ?1 and profile = ?2 and starts_on > ?0`,
	} {
		res, err := tx.ExecContext(ctx, sql, day, person.UUID, string(p))
		if err != nil {
			return false, err
		}
		if n, err := res.RowsAffected(); n > 0 || err != nil {
			return n > 0, err
		}
	}
	return false, nil
}

func withGuardians(ctx context.Context, tx db.Tx, people []school.PersonID) ([]uuid.UUID, error) {
	if len(people) == 0 {
		return nil, nil
	}
	ids := uuids(people)
	var guardians []uuid.UUID
	err := tx.NewSelect().TableExpr("guardianship").ColumnExpr("distinct guardian_id").
		Where("child_id in ?", bun.Tuple(ids)).Where("guardian_id not in ?", bun.Tuple(ids)).Scan(ctx, &guardians)
	return append(ids, guardians...), err
}

// queueTurned reads who is in a class or tied to a school year, and the guardians of those who are pupils there.
func queueTurned(b *db.Batch, dest *[]uuid.UUID, w turn) {
	db.Rows(b, dest, pgx.RowTo[uuid.UUID], `
		with tied as (
			select cm.person_id, cm.profile
			from class_member cm join class c on c.tenant_id = cm.tenant_id and c.id = cm.class_id
			where c.id = $1 or c.school_year_id = $2
			union
			select gm.person_id, gm.profile
			from group_member gm join teaching_group g on g.tenant_id = gm.tenant_id and g.id = gm.group_id
			where g.school_year_id = $2
		)
		select person_id from tied
		union
		select g.guardian_id from tied t join guardianship g on g.child_id = t.person_id
		where t.profile = 'pupil'`, w.Class, w.Year)
}

func issuePassports(ctx context.Context, d *db.DB, people []uuid.UUID) error {
	return d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "select issue_passports($1)", people)
		return err
	})
}

// lockSections keeps the row until the transaction ends, so that two deciders follow each other.
func lockSections(ctx context.Context, tx db.Tx, person school.PersonID, today time.Time) (sections []string, err error) {
	err = tx.NewRaw(`
		select sections from membership
		where person_id = ? and profile = ? and (ends_on is null or ends_on >= ?)
		for update`, person.UUID, string(school.Collectivity), today).Scan(ctx, pgdialect.Array(&sections))
	return sections, err
}

func updateSections(ctx context.Context, tx db.Tx, person school.PersonID, sections []string, until time.Time) error {
	var ends any
	if !until.IsZero() {
		ends = until
	}
	if sections == nil {
		sections = []string{}
	}
	_, err := tx.ExecContext(ctx, `update membership set sections = ?, ends_on = ? where person_id = ? and profile = ?`,
		pgdialect.Array(sections), ends, person.UUID, string(school.Collectivity))
	return err
}
