package feed

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// lockScope makes two appliers of one establishment follow each other, whatever their feeds.
func lockScope(ctx context.Context, tx pgx.Tx, scope school.ScopeID) error {
	_, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtext('feed'), $1::int)`, int32(scope))
	return err
}

// staged reports whether what the feed said of the establishment is still set down: a crash of the database empties the
// staging tables, all at once.
func staged(ctx context.Context, tx pgx.Tx, feed uuid.UUID) (found bool, err error) {
	err = tx.QueryRow(ctx, `select exists (select from staged_structure where feed_id = $1)`, feed).Scan(&found)
	return found, err
}

// open makes what people will be placed in: the school year, classes and groups. A class that was made by hand and has
// the same name is the source's from now on.
func (c comparison) open(ctx context.Context, tx pgx.Tx) (int64, error) {
	y := directory.YearAt(c.today)
	tag, err := tx.Exec(ctx, `
		insert into school_year (tenant_id, id, label, starts_on, ends_on)
		select $1, $2, $3, $4, $5
		where not exists (select from school_year where tenant_id = $1 and starts_on <= $6 and ends_on >= $6)
		on conflict (tenant_id, label) do nothing`, int64(c.scope), school.NewID(), y.Label, y.StartsOn, y.EndsOn, c.today)
	if err != nil {
		return 0, fmt.Errorf("open the school year: %w", err)
	}
	written := tag.RowsAffected()
	for _, text := range []string{
		`insert into school_days select y.tenant_id, y.id from school_year y
		 where y.tenant_id = {scope} and y.starts_on <= '{today}' and y.ends_on >= '{today}'
		   and not exists (select from school_days) order by y.starts_on desc limit 1`,
		`update class c set source_key = c.name from staged_class s, school_days y
		 where s.feed_id = '{feed}' and s.scope_id = {scope} and not s.grouped and c.tenant_id = {scope} and c.school_year_id = y.id
		   and c.name = s.code and c.source_key is null`,
		`update teaching_group g set source_key = g.name from staged_class s, school_days y
		 where s.feed_id = '{feed}' and s.scope_id = {scope} and s.grouped and g.tenant_id = {scope} and g.school_year_id = y.id
		   and g.name = s.code and g.source_key is null`,
		`insert into class (tenant_id, id, school_year_id, name, level, source_key)
		 select {scope}, new_id(), y.id, s.code, s.level, s.code from staged_class s, school_days y
		 where s.feed_id = '{feed}' and s.scope_id = {scope} and not s.grouped
		   and not exists (select from class c where c.tenant_id = {scope} and c.school_year_id = y.id and c.source_key = s.code)
		 on conflict do nothing`,
		`insert into teaching_group (tenant_id, id, school_year_id, name, source_key)
		 select {scope}, new_id(), y.id, s.code, s.code from staged_class s, school_days y
		 where s.feed_id = '{feed}' and s.scope_id = {scope} and s.grouped
		   and not exists (select from teaching_group g where g.tenant_id = {scope} and g.school_year_id = y.id and g.source_key = s.code)
		 on conflict do nothing`,
		`update class c set level = s.level from staged_class s, school_days y
		 where s.feed_id = '{feed}' and s.scope_id = {scope} and not s.grouped and s.level <> '' and c.tenant_id = {scope}
		   and c.school_year_id = y.id and c.source_key = s.code and c.level <> s.level and not (s.voted and {some})`,
		`insert into subject (tenant_id, id, code, label)
		 select {scope}, new_id(), l.subject, left(max(l.label), 80) from staged_lesson l
		 where l.feed_id = '{feed}' and l.scope_id = {scope}
		   and not exists (select from subject s where s.tenant_id = {scope} and s.code = l.subject) group by l.subject`,
	} {
		tag, err := tx.Exec(ctx, c.text(text))
		if err != nil {
			return 0, fmt.Errorf("open classes: %w", err)
		}
		if tag.Insert() || tag.Update() {
			written += tag.RowsAffected()
		}
	}
	return written, nil
}

// name gives numbers to who is new here, and an account whose name is new in the whole academy.
func (c comparison) name(ctx context.Context, tx pgx.Tx) (int64, error) {
	var written int64
	for _, text := range []string{
		`update who set person_id = new_id(), fresh = true where person_id is null and operation = 'put' and family_name is not null
		 and key in (select key from staged_member where feed_id = '{feed}' and scope_id = {scope}
		   union select relative from staged_tie where feed_id = '{feed}' and scope_id = {scope})`,
		`insert into person (tenant_id, id, given_name, family_name, birth_date, email)
		 select 1, person_id, coalesce(given_name, ''), family_name, birth_date, email from who where fresh`,
		`insert into person_key (tenant_id, source, key, person_id, print) select 1, '{source}', key, person_id, print from who where fresh`,
		`create temp table unnamed on commit drop as
		 select person_id, key, coalesce(nullif(concat_ws('.', nullif(left(regexp_replace(fold(given_name), '[^a-z0-9]', '', 'g'), 30), ''),
		   nullif(left(regexp_replace(fold(family_name), '[^a-z0-9]', '', 'g'), 30), '')), ''), 'compte') as base from who where fresh`,
	} {
		tag, err := tx.Exec(ctx, c.text(text))
		if err != nil {
			return 0, fmt.Errorf("make people: %w", err)
		}
		if tag.Insert() {
			written += tag.RowsAffected()
		}
	}
	for {
		tag, err := tx.Exec(ctx, loginSQL)
		if err != nil {
			return 0, fmt.Errorf("name accounts: %w", err)
		}
		written += tag.RowsAffected()
		_, err = tx.Exec(ctx, `delete from unnamed u using account a where a.tenant_id = 1 and a.person_id = u.person_id`)
		if err != nil {
			return 0, err
		}
		var left bool
		if err := tx.QueryRow(ctx, `select exists (select from unnamed)`).Scan(&left); err != nil || !left {
			return written, err
		}
	}
}

// A name that somebody has otherwise is passed over, and the next number is tried. The account waits for its owner's code:
// it is nobody's before.
const loginSQL = `
	with turns as (
	  select person_id, base, row_number() over (partition by base order by key) as turn, count(*) over (partition by base) as taken from unnamed
	), counted as (
	  insert into feed_login (tenant_id, base, used) select distinct 1, base, taken from turns
	  on conflict (tenant_id, base) do update set used = feed_login.used + excluded.used
	  returning base, used
	)
	insert into account (tenant_id, person_id, login, password_hash, state)
	select 1, t.person_id, t.base || case c.used - t.taken + t.turn when 1 then '' else (c.used - t.taken + t.turn)::text end, '', 'pending'
	from turns t join counted c using (base)
	on conflict (tenant_id, login) do nothing`

// write does what the comparison found, and reports how many rows that took.
func (c comparison) write(ctx context.Context, tx pgx.Tx) (int64, error) {
	var written int64
	for _, w := range writes {
		tag, err := tx.Exec(ctx, c.text(w.sql))
		if err != nil {
			return 0, fmt.Errorf("write %s: %w", w.what, err)
		}
		written += tag.RowsAffected()
	}
	return written, nil
}

var writes = []struct{ what, sql string }{
	{"people", `update person p set given_name = coalesce(w.given_name, ''), family_name = w.family_name, birth_date = w.birth_date, email = w.email
		from who w where p.tenant_id = 1 and p.id = w.person_id and w.differs`},
	{"members", `insert into membership (tenant_id, person_id, profile, given_name, family_name, function, source, starts_on)
		select scope_id, person_id, profile, coalesce(given_name, ''), family_name, function, '{source}', '{today}' from d_member where act = 'insert'
		on conflict do nothing`},
	{"members", `update membership m set given_name = coalesce(d.given_name, ''), family_name = d.family_name, function = d.function,
		missing_since = null, ends_on = case when d.act = 'back' then null else m.ends_on end
		from d_member d where d.act in ('update', 'back') and m.tenant_id = d.scope_id and m.person_id = d.person_id and m.profile = d.profile
		  and (d.act = 'back' or (m.given_name, m.family_name, m.function) is distinct from (coalesce(d.given_name, ''), d.family_name, d.function))`},
	{"members who are missing", `update membership m set missing_since = '{today}', ends_on = least(m.ends_on, coalesce(d.ends_on, date '{today}' + {grace}))
		from d_member d where d.act = 'end' and m.tenant_id = d.scope_id and m.person_id = d.person_id and m.profile = d.profile`},
	{"ties", `insert into guardianship (tenant_id, child_id, guardian_id, tie, legal_rank, pays, emergency_contact, lives_with, source, starts_on)
		select scope_id, child_id, guardian_id, kinship, rank, pays, contact, home, '{source}', '{today}' from d_tie where act = 'insert'
		on conflict do nothing`},
	{"ties", `update guardianship l set tie = d.kinship, legal_rank = d.rank, pays = d.pays, emergency_contact = d.contact, lives_with = d.home,
		ends_on = case when l.ends_on < '{today}' then null else l.ends_on end
		from d_tie d where d.act = 'update' and l.tenant_id = d.scope_id and l.child_id = d.child_id and l.guardian_id = d.guardian_id`},
	{"ties that ended", `update guardianship l set ends_on = date '{today}' - 1
		from d_tie d where d.act = 'end' and l.tenant_id = d.scope_id and l.child_id = d.child_id and l.guardian_id = d.guardian_id`},
	{"classes", `insert into class_member (tenant_id, class_id, person_id, profile, form, source)
		select scope_id, of_id, person_id, profile, form, '{source}' from d_place where act = 'insert' and not grouped and of_id is not null
		on conflict do nothing`},
	{"classes", `update class_member m set form = d.form from d_place d where d.act = 'update' and m.tenant_id = d.scope_id
		and m.class_id = d.of_id and m.person_id = d.person_id and m.profile = d.profile`},
	{"classes that ended", `delete from class_member m using d_place d where d.act = 'end' and not d.grouped and m.tenant_id = d.scope_id
		and m.class_id = d.of_id and m.person_id = d.person_id and m.profile = d.profile`},
	{"groups", `insert into group_member (tenant_id, group_id, person_id, profile, source)
		select scope_id, of_id, person_id, profile, '{source}' from d_place where act = 'insert' and grouped and of_id is not null
		on conflict do nothing`},
	{"groups that ended", `delete from group_member m using d_place d where d.act = 'end' and d.grouped and m.tenant_id = d.scope_id
		and m.group_id = d.of_id and m.person_id = d.person_id and m.profile = d.profile`},
	{"lessons", `insert into teaching (tenant_id, id, subject_id, teacher_id, class_id, group_id, source)
		select scope_id, new_id(), subject_id, person_id, case when not grouped then of_id end, case when grouped then of_id end, '{source}'
		from d_lesson where act = 'insert' and of_id is not null and subject_id is not null
		on conflict do nothing`},
	{"lessons that ended", `delete from teaching t using d_lesson d where d.act = 'end' and t.tenant_id = d.scope_id and t.id = d.id`},
}

// issue makes anew what sessions know of those whom the writing concerned, and of the guardians who follow them.
func (c comparison) issue(ctx context.Context, tx pgx.Tx) error {
	return c.run(ctx, tx, `
create temp table concerns on commit drop as
  select person_id from d_member union select person_id from d_place union select guardian_id from d_tie
  union select person_id from who where differs or fresh
  union select m.person_id from d_class d join class_member m on m.tenant_id = d.scope_id and m.class_id = d.id where d.id is not null;
insert into concerns select g.guardian_id from guardianship g join concerns c on c.person_id = g.child_id
  where g.tenant_id = {scope} and (g.ends_on is null or g.ends_on >= '{today}');
analyze concerns;
select issue_passports(array(select distinct person_id from concerns where person_id is not null));`)
}

// rememberStructures keeps what the source calls the establishments, for feeds that name them without describing them.
func rememberStructures(ctx context.Context, tx pgx.Tx, feed uuid.UUID, source string) error {
	_, err := tx.Exec(ctx, `
		insert into structure_key as old (tenant_id, source, key, scope_id)
		select distinct on (key) 1, $2, key, scope_id from staged_structure where feed_id = $1 and scope_id is not null order by key, scope_id
		on conflict (tenant_id, source, key) do update set scope_id = excluded.scope_id where old.scope_id <> excluded.scope_id`, feed, source)
	return err
}

// ends lists the days on which accesses end that the writing gave an end.
func (c comparison) ends(ctx context.Context, tx pgx.Tx) ([]time.Time, error) {
	rows, err := tx.Query(ctx, c.text(`
		select distinct m.ends_on from d_member d
		join membership m on m.tenant_id = d.scope_id and m.person_id = d.person_id and m.profile = d.profile
		where d.act = 'end' and m.ends_on >= '{today}'`))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[time.Time])
}

// holdPart keeps the part of a feed until the transaction ends; false where it has been applied, or is held back.
func holdPart(ctx context.Context, tx pgx.Tx, feed uuid.UUID, scope school.ScopeID) (bool, error) {
	var mine bool
	err := tx.QueryRow(ctx, `select p.state in ('ready', 'confirmed') and f.state = 'applying'
		from feed_part p join feed f on f.tenant_id = 1 and f.id = p.feed_id
		where p.tenant_id = 1 and p.feed_id = $1 and p.scope_id = $2 for update of p`, feed, int64(scope)).Scan(&mine)
	return mine, err
}

func endPart(ctx context.Context, tx pgx.Tx, feed uuid.UUID, scope school.ScopeID, at time.Time) error {
	_, err := tx.Exec(ctx, `
		update feed_part p set state = 'applied', applied_at = $3, reason = a.reason, author_id = a.author_id
		from feed_part a where a.tenant_id = 1 and a.feed_id = $1 and a.scope_id = $2
		  and p.tenant_id in (1, $2) and p.feed_id = $1 and p.scope_id = $2`, feed, int64(scope), at)
	return err
}

// importing reads a feed; the importer alone sees what every scope holds of it.
func (e *Engine) importing(ctx context.Context, id uuid.UUID) (f Feed, err error) {
	err = e.db.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		var author *uuid.UUID
		err := tx.QueryRow(ctx, `select id, source, kind, day, label, state, partial, author_id from feed where tenant_id = 1 and id = $1`, id).
			Scan(&f.ID, &f.Source, &f.Kind, &f.Day, &f.Label, &f.State, &f.Partial, &author)
		if db.NoRows(err) {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		if author != nil {
			f.Author = school.PersonID{UUID: *author}
		}
		if f.State == Applying {
			return rememberStructures(ctx, tx, id, f.Source)
		}
		return nil
	})
	return f, err
}

// waiting lists where a feed is still to be applied.
func (e *Engine) waiting(ctx context.Context, id uuid.UUID) (scopes []school.ScopeID, err error) {
	err = e.db.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select scope_id from feed_part where tenant_id = 1 and feed_id = $1 and state in ('ready', 'confirmed') order by scope_id`, id)
		if err != nil {
			return err
		}
		scopes, err = pgx.CollectRows(rows, pgx.RowTo[school.ScopeID])
		return err
	})
	return scopes, err
}

// ended lists the people whose access to the establishment ended on the day before, and the guardians who follow them.
func (e *Engine) ended(ctx context.Context, scope school.ScopeID, day time.Time) (people []school.PersonID, err error) {
	err = e.db.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			with gone as (select person_id from membership where tenant_id = $1 and missing_since is not null and ends_on = $2::date - 1)
			select person_id from gone union select g.guardian_id from guardianship g join gone on gone.person_id = g.child_id where g.tenant_id = $1`,
			int64(scope), day)
		if err != nil {
			return err
		}
		people, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (p school.PersonID, err error) { return p, row.Scan(&p.UUID) })
		return err
	})
	return people, err
}

func startApplying(ctx context.Context, tx db.Tx, id uuid.UUID) (bool, error) {
	return changed(tx.ExecContext(ctx, `update feed set state = 'applying' where id = ? and state in ('checked', 'applying')`, id))
}

// endApplying ends the application, and says whether it wrote something; a feed of which parts are held waits for who decides
// about them.
func endApplying(ctx context.Context, tx db.Tx, id uuid.UUID) (wrote bool, err error) {
	err = tx.NewRaw(`
		update feed set applied_at = ?0, state = case when exists
		  (select from feed_part p where p.feed_id = feed.id and p.state in ('held', 'ready', 'confirmed')) then 'checked' else 'applied' end
		where id = ?1 and state = 'applying'
		returning exists (select from feed_part p where p.feed_id = feed.id and p.state = 'applied')`, tx.Now(), id).Scan(ctx, &wrote)
	if db.NoRows(err) {
		return false, nil
	}
	return wrote, err
}

func confirmPart(ctx context.Context, tx db.Tx, id uuid.UUID, scope school.ScopeID, by school.PersonID, reason string) (bool, error) {
	return changed(tx.ExecContext(ctx, `
		update feed_part p set state = 'confirmed', reason = ?, author_id = ?
		where feed_id = ? and scope_id = ? and state = 'held' and exists (select from feed f where f.id = p.feed_id and f.state = 'checked')`,
		reason, by.UUID, id, int64(scope)))
}

func changed(res sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}
