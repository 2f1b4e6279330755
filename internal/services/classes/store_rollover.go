package classes

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/school"
)

const yearToday = `(select id from school_year where starts_on <= $1 and ends_on >= $1 order by starts_on desc limit 1)`

func queueLevels(b *db.Batch, dest *[]Level, today time.Time) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (l Level, err error) {
		return l, row.Scan(&l.Name, &l.Classes, &l.Pupils)
	}, `
		select c.level, count(distinct c.id), count(distinct m.person_id)
		from class c
		left join class_member n on n.tenant_id = c.tenant_id and n.class_id = c.id and n.profile = 'pupil'
		left join membership m on m.tenant_id = n.tenant_id and m.person_id = n.person_id and m.profile = n.profile
		  and m.starts_on <= $1 and (m.ends_on is null or m.ends_on >= $1)
		where c.school_year_id = `+yearToday+`
		group by c.level
		order by c.level desc
		limit 60`, today)
}

// queueDropped counts what does not go on: groups, assignments; and pupils who are in no class.
func queueDropped(b *db.Batch, unplaced, groups, teachings *int, today time.Time) {
	var found bool
	db.Row(b, &found, []any{unplaced, groups, teachings}, `
		select (select count(*) from membership m
		        where m.profile = 'pupil' and m.starts_on <= $1 and (m.ends_on is null or m.ends_on >= $1) and not exists (
		          select from class_member n join class c on c.tenant_id = n.tenant_id and c.id = n.class_id
		          where n.tenant_id = m.tenant_id and n.person_id = m.person_id and n.profile = m.profile and c.school_year_id = `+yearToday+`)),
		       (select count(*) from teaching_group where school_year_id = `+yearToday+`),
		       (select count(*) from teaching t left join class c on c.tenant_id = t.tenant_id and c.id = t.class_id
		        left join teaching_group g on g.tenant_id = t.tenant_id and g.id = t.group_id
		        where coalesce(c.school_year_id, g.school_year_id) = `+yearToday+`)`, today)
}

const rolloverColumns = `select r.id, y.id, y.label, y.starts_on, y.ends_on, r.to_year_id, r.starts_on, r.ends_on, r.opens_on, r.leaving, r.state, r.classes, r.people
	from rollover r join school_year y on y.tenant_id = r.tenant_id and y.id = r.from_year_id`

// queueStanding reads the turn that was prepared last, when it stands.
func queueStanding(b *db.Batch, dest *[]Rollover) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (r Rollover, err error) {
		var opens *time.Time
		err = row.Scan(&r.ID, &r.From.ID, &r.From.Label, &r.From.StartsOn, &r.From.EndsOn, &r.To.ID, &r.To.StartsOn, &r.To.EndsOn, &opens, &r.Leaving,
			&r.State, &r.Classes, &r.People)
		r.settle(opens)
		return r, err
	}, rolloverColumns+` where r.state in ('waiting', 'applied') order by r.created_at desc limit 1`)
}

func (r *Rollover) settle(opens *time.Time) {
	r.To.Label = directory.YearAt(r.To.StartsOn).Label
	if opens != nil {
		r.OpensOn = *opens
	}
}

func lockRollover(ctx context.Context, tx db.Tx, id uuid.UUID) (Rollover, error) {
	var r Rollover
	var opens *time.Time
	err := tx.QueryRowContext(ctx, rolloverColumns+` where r.id = ? for update of r`, id).
		Scan(&r.ID, &r.From.ID, &r.From.Label, &r.From.StartsOn, &r.From.EndsOn, &r.To.ID, &r.To.StartsOn, &r.To.EndsOn, &opens, pgdialect.Array(&r.Leaving),
			&r.State, &r.Classes, &r.People)
	r.settle(opens)
	return r, err
}

func insertRollover(ctx context.Context, tx db.Tx, r Rollover, by school.PersonID) error {
	_, err := tx.ExecContext(ctx, `
		insert into rollover (id, from_year_id, to_year_id, starts_on, ends_on, opens_on, leaving, author_id, created_at)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.ID, r.From.ID, school.NewID(), r.To.StartsOn, r.To.EndsOn, dayOrNull(r.OpensOn), pgdialect.Array(append([]string{}, r.Leaving...)), by.UUID, tx.Now())
	return err
}

func closeRollover(ctx context.Context, tx db.Tx, id uuid.UUID, state string, classes, people int) error {
	_, err := tx.ExecContext(ctx, `update rollover set state = ?, classes = ?, people = ? where id = ?`, state, classes, people, id)
	return err
}

// insertNextYear reports false when the space has a year that meets those days already.
func insertNextYear(ctx context.Context, tx db.Tx, y directory.Year) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		insert into school_year (id, label, starts_on, ends_on)
		select ?0, ?1, ?2, ?3 where not exists (select from school_year where starts_on <= ?3 and ends_on >= ?2)
		on conflict do nothing`, y.ID, y.Label, y.StartsOn, y.EndsOn)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// copyClasses opens the same classes in the next year, empty.
func copyClasses(ctx context.Context, tx db.Tx, r Rollover) (int, error) {
	res, err := tx.ExecContext(ctx, `
		insert into class (id, school_year_id, name, level, opens_on)
		select gen_random_uuid(), ?, name, level, ?::date from class where school_year_id = ?`, r.To.ID, dayOrNull(r.OpensOn), r.From.ID)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// leaversOf are the pupils of the levels that leave, and the guardians who follow no other pupil here. $1, $2 and $3
// stand for the year that ends, the levels and its last day.
const leaversOf = `
	with leaving as (
		select m.tenant_id, m.person_id, m.profile, min(c.name) as class
		from class_member n
		join class c on c.tenant_id = n.tenant_id and c.id = n.class_id
		join membership m on m.tenant_id = n.tenant_id and m.person_id = n.person_id and m.profile = n.profile
		where c.school_year_id = $1 and c.level = any ($2) and n.profile = 'pupil' and (m.ends_on is null or m.ends_on > $3)
		group by 1, 2, 3
	), ending as (
		select * from leaving
		union all
		select m.tenant_id, m.person_id, m.profile, min(l.class)
		from leaving l
		join guardianship g on g.tenant_id = l.tenant_id and g.child_id = l.person_id
		join membership m on m.tenant_id = g.tenant_id and m.person_id = g.guardian_id and m.profile = 'guardian'
		where (m.ends_on is null or m.ends_on > $3) and not exists (
			select from guardianship o
			join membership k on k.tenant_id = o.tenant_id and k.person_id = o.child_id and k.profile = 'pupil'
			where o.tenant_id = m.tenant_id and o.guardian_id = m.person_id and (o.ends_on is null or o.ends_on > $3)
			  and (k.ends_on is null or k.ends_on > $3)
			  and not exists (select from leaving x where x.person_id = k.person_id))
		group by 1, 2, 3
	)`

// queueLeavers lists whose membership ends with the year, and who has left and waits for the purge.
func queueLeavers(b *db.Batch, dest *[]Leaver, y directory.Year, levels []string, limit int) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (l Leaver, err error) {
		var profile string
		err = row.Scan(&l.Person.UUID, &profile, &l.Given, &l.Family, &l.Class, &l.EndsOn)
		l.Profile = school.Profile(profile)
		return l, err
	}, leaversOf+`
		select m.person_id, m.profile, m.given_name, m.family_name, coalesce(e.class, ''), case when e.person_id is null then m.ends_on else $3 end as ends
		from membership m
		left join ending e on e.tenant_id = m.tenant_id and e.person_id = m.person_id and e.profile = m.profile
		where e.person_id is not null or m.ends_on <= $3
		order by ends, m.profile <> 'pupil', 5, m.folded, m.person_id
		limit $4`, y.ID, append([]string{}, levels...), y.EndsOn, limit)
}

// endLeavers notes the ends that memberships have, and ends them with the year.
func endLeavers(ctx context.Context, tx db.Tx, r Rollover) (int, error) {
	sql := numbered(leaversOf)
	levels := pgdialect.Array(append([]string{}, r.Leaving...))
	_, err := tx.ExecContext(ctx, sql+`
		insert into rollover_ended (rollover_id, person_id, profile, ended_on)
		select ?3, m.person_id, m.profile, m.ends_on
		from ending e join membership m on m.tenant_id = e.tenant_id and m.person_id = e.person_id and m.profile = e.profile`, r.From.ID, levels, r.From.EndsOn, r.ID)
	if err != nil {
		return 0, err
	}
	res, err := tx.ExecContext(ctx, `
		update membership m set ends_on = ? from rollover_ended e
		where e.rollover_id = ? and e.person_id = m.person_id and e.profile = m.profile`, r.From.EndsOn, r.ID)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// restoreLeavers gives back the ends that the turn replaced, where nobody has set another one since.
func restoreLeavers(ctx context.Context, tx db.Tx, r Rollover) error {
	if _, err := tx.ExecContext(ctx, `
		update membership m set ends_on = e.ended_on from rollover_ended e
		where e.rollover_id = ? and e.person_id = m.person_id and e.profile = m.profile and m.ends_on = ?`, r.ID, r.From.EndsOn); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `delete from rollover_ended where rollover_id = ?`, r.ID)
	return err
}

// queueDue counts those who left on a day or earlier.
func queueDue(b *db.Batch, dest *int, day time.Time) {
	var found bool
	db.Row(b, &found, []any{dest}, `select count(*) from membership where ends_on <= $1`, day)
}

func deleteDue(ctx context.Context, tx db.Tx, day time.Time) (int, error) {
	res, err := tx.ExecContext(ctx, `delete from membership where ends_on <= ?`, day)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

func fedYear(ctx context.Context, tx db.Tx, year uuid.UUID) (fed bool, err error) {
	err = tx.QueryRowContext(ctx, `select exists (select from class where school_year_id = ?0 and source_key is not null)
		or exists (select from teaching_group where school_year_id = ?0 and source_key is not null)`, year).Scan(&fed)
	return fed, err
}

// dropYear takes a year away with all that it holds.
func dropYear(ctx context.Context, tx db.Tx, year uuid.UUID) error {
	for _, sql := range []string{
		`delete from class_member n using class c where c.tenant_id = n.tenant_id and c.id = n.class_id and c.school_year_id = ?`,
		`delete from group_member n using teaching_group g where g.tenant_id = n.tenant_id and g.id = n.group_id and g.school_year_id = ?`,
		`delete from class where school_year_id = ?`,
		`delete from teaching_group where school_year_id = ?`,
		`delete from school_term where school_year_id = ?`,
		`delete from day_off where school_year_id = ?`,
		`delete from school_year where id = ?`,
	} {
		if _, err := tx.ExecContext(ctx, sql, year); err != nil {
			return err
		}
	}
	return nil
}

// numbered turns the parameters of a batch, which count from one, into those of a transaction, which count from zero.
func numbered(sql string) string {
	return strings.NewReplacer("$1", "?0", "$2", "?1", "$3", "?2").Replace(sql)
}
