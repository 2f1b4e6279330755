package classes

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/school"
)

func queueSubjects(b *db.Batch, dest *[]Subject, today time.Time) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (s Subject, err error) {
		return s, row.Scan(&s.ID, &s.Code, &s.Label, &s.Short, &s.Taught)
	}, `
		select s.id, coalesce(s.code, ''), s.label, s.short, (
		       select count(*) from teaching t
		       left join class c on c.tenant_id = t.tenant_id and c.id = t.class_id
		       left join teaching_group g on g.tenant_id = t.tenant_id and g.id = t.group_id
		       join school_year y on y.tenant_id = t.tenant_id and y.id = coalesce(c.school_year_id, g.school_year_id)
		       where t.tenant_id = s.tenant_id and t.subject_id = s.id and y.starts_on <= $1 and y.ends_on >= $1)
		from subject s
		order by public.fold(s.label), s.id
		limit 1000`, today)
}

func writeSubjects(ctx context.Context, tx db.Tx, list []Subject) error {
	ids, codes, labels, shorts := make([]string, len(list)), make([]string, len(list)), make([]string, len(list)), make([]string, len(list))
	for i, s := range list {
		ids[i], codes[i], labels[i], shorts[i] = s.ID.String(), s.Code, s.Label, s.Short
	}
	_, err := tx.ExecContext(ctx, `
		insert into subject (id, code, label, short)
		select w.id, nullif(w.code, ''), w.label, w.short from unnest(?::uuid[], ?::text[], ?::text[], ?::text[]) w (id, code, label, short)
		on conflict (tenant_id, id) do update set code = excluded.code, label = excluded.label, short = excluded.short`,
		pgdialect.Array(ids), pgdialect.Array(codes), pgdialect.Array(labels), pgdialect.Array(shorts))
	return err
}

func lockSubject(ctx context.Context, tx db.Tx, id uuid.UUID) (label string, taught bool, err error) {
	err = tx.QueryRowContext(ctx, `select label, exists (select from teaching t where t.tenant_id = s.tenant_id and t.subject_id = s.id)
		from subject s where id = ? for update`, id).Scan(&label, &taught)
	return label, taught, err
}

func deleteSubject(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `delete from subject where id = ?`, id)
	return err
}

func queueTeachers(b *db.Batch, dest *[]Member, today time.Time) {
	db.Rows(b, dest, scanMember, `
		select person_id, profile, given_name, family_name, function, false, ''
		from membership
		where profile = $1 and (ends_on is null or ends_on >= $2)
		order by folded, person_id
		limit 1000`, string(school.Teacher), today)
}

func queueTeachings(b *db.Batch, dest *[]Teaching, year uuid.UUID, today time.Time) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (t Teaching, err error) {
		var kind string
		err = row.Scan(&t.ID, &t.Subject.ID, &t.Subject.Code, &t.Subject.Label, &t.Subject.Short, &t.Teacher.UUID, &t.Given, &t.Family,
			&kind, &t.Unit, &t.Name, &t.Level)
		t.Kind = Kind(kind)
		return t, err
	}, `
		select t.id, s.id, coalesce(s.code, ''), s.label, s.short, t.teacher_id, m.given_name, m.family_name,
		       case when c.id is null then 'group' else 'class' end, coalesce(c.id, g.id), coalesce(c.name, g.name), coalesce(c.level, '')
		from teaching t
		join subject s on s.tenant_id = t.tenant_id and s.id = t.subject_id
		join membership m on m.tenant_id = t.tenant_id and m.person_id = t.teacher_id and m.profile = t.teacher_profile
		left join class c on c.tenant_id = t.tenant_id and c.id = t.class_id
		left join teaching_group g on g.tenant_id = t.tenant_id and g.id = t.group_id
		where coalesce(c.school_year_id, g.school_year_id) = `+chosenYear+`
		order by m.folded, m.person_id, public.fold(s.label), coalesce(c.name, g.name)
		limit 6000`, year, today)
}

// asLines turns assignments into what unnest takes: ids, subjects, teachers, classes and groups.
func asLines(list []line) []any {
	cols := make([][]string, 5)
	for _, l := range list {
		class, group := l.unit.String(), ""
		if l.kind == Group {
			class, group = "", l.unit.String()
		}
		for i, s := range []string{school.NewID().String(), l.subject.String(), l.teacher.String(), class, group} {
			cols[i] = append(cols[i], s)
		}
	}
	args := make([]any, len(cols))
	for i, c := range cols {
		args[i] = pgdialect.Array(c)
	}
	return args
}

const lines = `unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[]) w (id, subject_id, teacher_id, class_id, group_id)`

// standing are the lines whose subject, teacher and unit the space has, in a year that is not over.
const standing = `
	select w.id, s.id as subject_id, m.person_id as teacher_id, c.id as class_id, g.id as group_id
	from ` + lines + `
	join subject s on s.id = w.subject_id
	join membership m on m.person_id = w.teacher_id and m.profile = 'teacher'
	left join class c on c.id = nullif(w.class_id, '')::uuid
	left join teaching_group g on g.id = nullif(w.group_id, '')::uuid
	join school_year y on y.id = coalesce(c.school_year_id, g.school_year_id)
	where y.ends_on >= ?`

// insertTeachings tells how many of the lines stand now, new or not.
func insertTeachings(ctx context.Context, tx db.Tx, list []line, today time.Time) (int, error) {
	args := append(asLines(list), today)
	if _, err := tx.ExecContext(ctx, `insert into teaching (id, subject_id, teacher_id, class_id, group_id) `+standing+` on conflict do nothing`, args...); err != nil {
		return 0, err
	}
	var n int
	err := tx.QueryRowContext(ctx, `select count(*) from (`+standing+`) k`, args...).Scan(&n)
	return n, err
}

func tieTeachers(ctx context.Context, tx db.Tx, list []line) error {
	args := asLines(list)
	if _, err := tx.ExecContext(ctx, `insert into class_member (class_id, person_id, profile)
		select distinct nullif(w.class_id, '')::uuid, w.teacher_id, 'teacher' from `+lines+` where w.class_id <> '' on conflict do nothing`, args...); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `insert into group_member (group_id, person_id, profile)
		select distinct nullif(w.group_id, '')::uuid, w.teacher_id, 'teacher' from `+lines+` where w.group_id <> '' on conflict do nothing`, args...)
	return err
}

func deleteTeachings(ctx context.Context, tx db.Tx, list []line, today time.Time) (int, error) {
	res, err := tx.ExecContext(ctx, `
		delete from teaching t using (`+standing+`) k
		where t.subject_id = k.subject_id and t.teacher_id = k.teacher_id
		  and t.class_id is not distinct from k.class_id and t.group_id is not distinct from k.group_id`, append(asLines(list), today)...)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

func untieTeachers(ctx context.Context, tx db.Tx, list []line) error {
	args := asLines(list)
	if _, err := tx.ExecContext(ctx, `
		delete from class_member n using `+lines+`
		where w.class_id <> '' and n.class_id = nullif(w.class_id, '')::uuid and n.person_id = w.teacher_id and n.profile = 'teacher' and not n.form
		  and not exists (select from teaching t where t.tenant_id = n.tenant_id and t.class_id = n.class_id and t.teacher_id = n.person_id)`, args...); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `
		delete from group_member n using `+lines+`
		where w.group_id <> '' and n.group_id = nullif(w.group_id, '')::uuid and n.person_id = w.teacher_id and n.profile = 'teacher'
		  and not exists (select from teaching t where t.tenant_id = n.tenant_id and t.group_id = n.group_id and t.teacher_id = n.person_id)`, args...)
	return err
}
