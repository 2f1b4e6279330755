package feed

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/school"
)

// comparison says what is compared: a feed as it was set down, with the house as it is, everywhere or in one establishment.
type comparison struct {
	feed    uuid.UUID
	source  string
	kind    Kind
	partial bool           // of a complete feed, what differs from the one before was set down
	scope   school.ScopeID // 0: every establishment of the feed
	today   time.Time
	grace   int // days that somebody who is missing keeps the access
}

// text puts the values in a script. All of them are numbers, dates and names of a fixed shape (see sourceShape), so that
// a script of many statements goes in one round trip and is planned for these very values.
func (c comparison) text(script string) string {
	present := "want"
	if c.kind == Delta {
		present = "present"
	}
	return strings.NewReplacer(
		"{feed}", c.feed.String(), "{source}", c.source, "{scope}", strconv.FormatInt(int64(c.scope), 10),
		"{grace}", strconv.Itoa(c.grace), "{today}", c.today.Format(time.DateOnly), "{delta}", strconv.FormatBool(c.kind == Delta), "{present}", present,
		"{partial}", strconv.FormatBool(c.partial), "{some}", strconv.FormatBool(c.partial || c.kind == Delta),
		"{givenname}", bits(GivenName), "{familyname}", bits(FamilyName), "{birth}", bits(BirthDate), "{email}", bits(Email),
		"{home}", bits(Home), "{classes}", bits(Classes), "{groups}", bits(Groups), "{ties}", bits(Ties),
		"{functions}", bits(Functions), "{lessons}", bits(Lessons|Classes)).Replace(script)
}

func bits(f Fields) string { return strconv.FormatUint(uint64(f), 10) }

func (c comparison) run(ctx context.Context, tx pgx.Tx, script string) error {
	_, err := tx.Exec(ctx, c.text(script))
	return err
}

// identify finds out who is meant: it makes the tables concerned, school_days and who.
func (c comparison) identify(ctx context.Context, tx pgx.Tx) error {
	if c.scope == 0 {
		// Columns that go together are taken for independent of each other: one row is expected where a million come, and a
		// million rows are then gone through for each of them. What is about everybody is compared as sets.
		// Sets of a million rows are put beside each other in memory: one feed is read at a time.
		if _, err := tx.Exec(ctx, `set local enable_nestloop = off; set local work_mem = '96MB'`); err != nil {
			return fmt.Errorf("choose how to compare: %w", err)
		}
	}
	for _, script := range []string{concernedSQL, whoSQL} {
		if err := c.run(ctx, tx, script); err != nil {
			return fmt.Errorf("find who is meant: %w", err)
		}
	}
	if c.scope != 0 || c.kind == Complete && !c.partial {
		return nil
	}
	return c.touch(ctx, tx)
}

// touch notes where those are at home already of whom the feed speaks, and finds that a partial one is not enough.
func (c comparison) touch(ctx context.Context, tx pgx.Tx) error {
	if err := c.run(ctx, tx, touchSQL); err != nil || !c.partial {
		return err
	}
	var dangling bool
	err := tx.QueryRow(ctx, c.text(danglingSQL)).Scan(&dangling)
	if err == nil && dangling {
		err = errWhole
	}
	return err
}

const touchSQL = `
insert into staged_touch (feed_id, scope_id, key)
  select distinct '{feed}'::uuid, m.tenant_id, w.key from who w join membership m on m.person_id = w.person_id and m.source = '{source}';`

// danglingSQL finds a guardian whom the feed does not describe any more though the record of a child, which says what it said
// before, still names the person: the tie ends, and nothing of what was set down says so.
const danglingSQL = `
select exists (select from who h
  join guardianship g on g.guardian_id = h.person_id and g.source = '{source}' and (g.ends_on is null or g.ends_on >= '{today}')
  join membership p on p.tenant_id = g.tenant_id and p.person_id = g.child_id and p.profile = 'pupil' and p.missing_since is null
    and (p.ends_on is null or p.ends_on >= '{today}')
  where h.operation = 'drop' and not exists (select from who c where c.person_id = g.child_id))`

// compare finds out what differs: it makes the tables want, d_member, d_tie, d_place, d_lesson and d_class. Whoever is
// not known yet has no number in them, unless numbers were given before.
func (c comparison) compare(ctx context.Context, tx pgx.Tx) error {
	gone := goneSQL
	if c.partial {
		gone = goneSomeSQL
	}
	for _, step := range []struct{ name, script string }{
		{"members", wantSQL}, {"members", memberSQL}, {"ties", tieSQL}, {"places", placeSQL}, {"lessons", lessonSQL}, {"those who are gone", gone + endSQL},
	} {
		if err := c.run(ctx, tx, step.script); err != nil {
			return fmt.Errorf("compare %s: %w", step.name, err)
		}
	}
	return nil
}

// here keeps the rows of one establishment, where the comparison is about one.
const concernedSQL = `
create temp table concerned (scope_id bigint primary key) on commit drop;
insert into concerned
  select scope_id from staged_structure where feed_id = '{feed}' and scope_id is not null and not {delta} and ({scope} = 0 or scope_id = {scope})
  union select scope_id from staged_member where feed_id = '{feed}' and {delta} and ({scope} = 0 or scope_id = {scope})
  union select scope_id from staged_place where feed_id = '{feed}' and {delta} and ({scope} = 0 or scope_id = {scope})
  union select scope_id from staged_tie where feed_id = '{feed}' and {delta} and ({scope} = 0 or scope_id = {scope})
  union select scope_id from staged_lesson where feed_id = '{feed}' and {delta} and ({scope} = 0 or scope_id = {scope})
  union select m.tenant_id from staged_person s
    join person_key k on k.tenant_id = 1 and k.source = '{source}' and k.key = s.key
    join membership m on m.person_id = k.person_id and m.source = '{source}'
    where s.feed_id = '{feed}' and {delta} and ({scope} = 0 or m.tenant_id = {scope});
create temp table school_days on commit drop as
  select distinct on (c.scope_id) c.scope_id, y.id from concerned c
  join school_year y on y.tenant_id = c.scope_id and y.starts_on <= '{today}' and y.ends_on >= '{today}'
  order by c.scope_id, y.starts_on desc;
analyze concerned, school_days;`

// The feed's value holds where the record gives it. An address that somebody chose stays: only staff have theirs from
// the source for good. A person whom another source knows too keeps the names that the academy's directory gives.
const whoSQL = `
create temp table named on commit drop as
  select key from staged_person where feed_id = '{feed}' and {scope} = 0
  union select relative from staged_tie where feed_id = '{feed}' and {scope} = 0 and {some}
  union select key from staged_member where feed_id = '{feed}' and {scope} <> 0 and scope_id = {scope}
  union select key from staged_place where feed_id = '{feed}' and {scope} <> 0 and scope_id = {scope}
  union select key from staged_lesson where feed_id = '{feed}' and {scope} <> 0 and scope_id = {scope}
  union select child from staged_tie where feed_id = '{feed}' and {scope} <> 0 and scope_id = {scope}
  union select relative from staged_tie where feed_id = '{feed}' and {scope} <> 0 and scope_id = {scope}
  union select key from staged_touch where feed_id = '{feed}' and {scope} <> 0 and scope_id = {scope};
analyze named;
create temp table who on commit drop as
  select n.key, k.person_id, false as fresh, s.kind, coalesce(s.operation, '') as operation, coalesce(s.given, 0) as given, s.ine, s.print,
    case when s.given & {givenname} <> 0 then s.given_name else p.given_name end as given_name,
    case when s.given & {familyname} <> 0 then s.family_name else p.family_name end as family_name,
    case when s.given & {birth} <> 0 then s.birth_date else p.birth_date end as birth_date,
    case when s.given & {email} <> 0 and s.email is not null and (s.kind = 'staff' or p.email is null) then s.email else p.email end as email,
    p.given_name as was_given, p.family_name as was_family, p.birth_date as was_birth, p.email as was_email,
    case when s.key is not null then s.operation <> 'drop' when {delta} then true else {partial} and k.print is distinct from 0 end as described,
    false as differs, s.file, s.line
  from named n
  left join staged_person s on s.feed_id = '{feed}' and s.key = n.key
  left join person_key k on k.tenant_id = 1 and k.source = '{source}' and k.key = n.key
  left join person p on p.tenant_id = 1 and p.id = k.person_id;
update who set differs = true
  where person_id is not null and operation in ('put', 'modify') and family_name is not null
    and (given_name, family_name, birth_date, email) is distinct from (was_given, was_family, was_birth, was_email)
    and ('{source}' = 'aaf' or not exists (select from person_key o where o.tenant_id = 1 and o.person_id = who.person_id and o.source <> '{source}'));
analyze who;`

// What people added by hand, or another source, is no matter of this one: kept says so.
const wantSQL = `
create temp table want on commit drop as
  select n.scope_id, w.key, n.profile, n.function, w.person_id, w.fresh, w.given_name, w.family_name, w.differs,
    m.source as was_source, m.missing_since as was_missing, (m.given_name, m.family_name, m.function) is distinct from (w.given_name, w.family_name, n.function) as renamed
  from (
    select scope_id, key, profile, max(function) as function from staged_member
      where feed_id = '{feed}' and ({scope} = 0 or scope_id = {scope}) group by 1, 2, 3
    union all
    select distinct scope_id, relative, 'guardian', '' from staged_tie where feed_id = '{feed}' and ({scope} = 0 or scope_id = {scope})
  ) n
  join who w on w.key = n.key and w.family_name is not null and (w.person_id is not null or w.operation = 'put') and w.described
  left join membership m on m.tenant_id = n.scope_id and m.person_id = w.person_id and m.profile = n.profile
  where m.source is null or m.source = '{source}';
analyze want;`

const memberSQL = `
create temp table d_member on commit drop as
  select scope_id, key, person_id, profile, function, given_name, family_name,
    case when was_source is null then 'insert' when was_missing is not null then 'back' else 'update' end as act,
    case when person_id is null or fresh then 'created'
      when was_source is null and exists (select from membership o where o.tenant_id = want.scope_id and o.person_id = want.person_id) then 'changed'
      when was_source is null then 'arrived' when was_missing is not null then 'back' else 'changed' end as what,
    null::date as ends_on
  from want
  where was_source is null or was_missing is not null or renamed or differs;
create temp table present on commit drop as
  select scope_id, key, person_id, profile from want where {delta}
  union select m.tenant_id, h.key, m.person_id, m.profile from who h
    join membership m on m.person_id = h.person_id and m.source = '{source}' and m.missing_since is null
    where {delta} and h.operation <> 'drop' and ({scope} = 0 or m.tenant_id = {scope});
insert into d_member
  select m.tenant_id, h.key, m.person_id, m.profile, m.function, h.given_name, h.family_name, 'update', 'changed', null
  from who h join membership m on m.person_id = h.person_id and m.source = '{source}'
  where ({delta} or {partial} and m.profile = 'guardian' and m.missing_since is null and (m.ends_on is null or m.ends_on >= '{today}'))
    and ({scope} = 0 or m.tenant_id = {scope}) and h.operation in ('put', 'modify')
    and (h.differs or (m.given_name, m.family_name) is distinct from (h.given_name, h.family_name))
    and not exists (select from want w where w.scope_id = m.tenant_id and w.person_id = m.person_id and w.profile = m.profile);`

const tieSQL = `
create temp table tie on commit drop as
  select distinct on (t.scope_id, t.child, t.relative) t.scope_id, t.child, t.relative, c.person_id as child_id, g.person_id as guardian_id,
    t.kinship, t.rank, t.pays, t.contact, t.home
  from staged_tie t
  join want w on w.scope_id = t.scope_id and w.key = t.relative and w.profile = 'guardian'
  join {present} h on h.scope_id = t.scope_id and h.key = t.child and h.profile = 'pupil'
  join who c on c.key = t.child
  join who g on g.key = t.relative
  where t.feed_id = '{feed}' and ({scope} = 0 or t.scope_id = {scope})
  order by t.scope_id, t.child, t.relative, t.rank, t.kinship;
analyze tie;
create temp table d_tie on commit drop as
  select t.scope_id, t.child_id, t.guardian_id, t.kinship, t.rank, t.pays, t.contact, t.home,
    case when l.child_id is null then 'insert' else 'update' end as act,
    m.person_id is not null as settled, t.relative
  from tie t
  left join guardianship l on l.tenant_id = t.scope_id and l.child_id = t.child_id and l.guardian_id = t.guardian_id
  left join membership m on m.tenant_id = t.scope_id and m.person_id = t.child_id and m.profile = 'pupil'
  where l.child_id is null or l.source = '{source}' and (l.ends_on < '{today}'
    or (l.tie, l.legal_rank, l.pays, l.emergency_contact, l.lives_with) is distinct from (t.kinship, t.rank, t.pays, t.contact, t.home));
insert into d_tie
  select l.tenant_id, l.child_id, l.guardian_id, l.tie, l.legal_rank, l.pays, l.emergency_contact, l.lives_with, 'end', true, null
  from guardianship l
  join concerned c on c.scope_id = l.tenant_id
  join {present} p on p.scope_id = l.tenant_id and p.person_id = l.child_id and p.profile = 'pupil'
  join who h on h.key = p.key and (h.operation = 'put' or h.operation = 'modify' and h.given & {ties} <> 0)
  where l.source = '{source}' and (l.ends_on is null or l.ends_on >= '{today}')
    and not exists (select from tie t where t.scope_id = l.tenant_id and t.child_id = l.child_id and t.guardian_id = l.guardian_id);`

const placeSQL = `
create temp table place on commit drop as
  select distinct on (p.scope_id, p.key, p.profile, p.grouped, p.code) p.scope_id, w.key, w.person_id, p.profile, p.grouped, p.code, p.form, coalesce(c.id, g.id) as of_id
  from staged_place p
  join {present} w on w.scope_id = p.scope_id and w.key = p.key and w.profile = p.profile
  left join school_days y on y.scope_id = p.scope_id
  left join class c on not p.grouped and c.tenant_id = p.scope_id and c.school_year_id = y.id and c.source_key = p.code
  left join teaching_group g on p.grouped and g.tenant_id = p.scope_id and g.school_year_id = y.id and g.source_key = p.code
  where p.feed_id = '{feed}' and ({scope} = 0 or p.scope_id = {scope})
  order by p.scope_id, p.key, p.profile, p.grouped, p.code, p.form desc;
analyze place;
create temp table d_place on commit drop as
  select p.scope_id, p.key, p.person_id, p.profile, p.grouped, p.of_id, p.form, case when m.person_id is null then 'insert' else 'update' end as act, p.code
  from place p
  left join class_member m on m.tenant_id = p.scope_id and m.class_id = p.of_id and m.person_id = p.person_id and m.profile = p.profile
  where not p.grouped and (m.person_id is null or m.source = '{source}' and m.form <> p.form)
  union all
  select p.scope_id, p.key, p.person_id, p.profile, p.grouped, p.of_id, p.form, 'insert', p.code
  from place p
  left join group_member m on m.tenant_id = p.scope_id and m.group_id = p.of_id and m.person_id = p.person_id and m.profile = p.profile
  where p.grouped and m.person_id is null;
insert into d_place
  with own as materialized (
    select m.tenant_id, m.person_id, m.profile, false as grouped, m.class_id as of_id, m.form, c.source_key as code
    from class_member m
    join class c on c.tenant_id = m.tenant_id and c.id = m.class_id and c.source_key is not null
    join school_days y on y.scope_id = m.tenant_id and y.id = c.school_year_id
    where m.source = '{source}'
    union all
    select m.tenant_id, m.person_id, m.profile, true, m.group_id, false, g.source_key
    from group_member m
    join teaching_group g on g.tenant_id = m.tenant_id and g.id = m.group_id and g.source_key is not null
    join school_days y on y.scope_id = m.tenant_id and y.id = g.school_year_id
    where m.source = '{source}'
  )
  select o.tenant_id, w.key, o.person_id, o.profile, o.grouped, o.of_id, o.form, 'end', o.code
  from own o
  join {present} w on w.scope_id = o.tenant_id and w.person_id = o.person_id and w.profile = o.profile
  join who h on h.key = w.key and (h.operation = 'put'
    or h.operation = 'modify' and h.given & case when h.kind = 'staff' then {lessons} when o.grouped then {groups} else {classes} end <> 0)
  where not exists (select from place p
    where p.scope_id = o.tenant_id and p.grouped = o.grouped and p.of_id = o.of_id and p.person_id = o.person_id and p.profile = o.profile);
create temp table d_class on commit drop as
  select s.scope_id, s.code, s.grouped, s.level, c.id, coalesce(c.id, g.id) is null as absent
  from staged_class s
  join concerned n on n.scope_id = s.scope_id
  left join school_days y on y.scope_id = s.scope_id
  left join class c on not s.grouped and c.tenant_id = s.scope_id and c.school_year_id = y.id and c.source_key = s.code
  left join teaching_group g on s.grouped and g.tenant_id = s.scope_id and g.school_year_id = y.id and g.source_key = s.code
  where s.feed_id = '{feed}' and (coalesce(c.id, g.id) is null or not s.grouped and s.level <> '' and c.level <> s.level and not (s.voted and {some}));`

const lessonSQL = `
create temp table lesson on commit drop as
  select distinct l.scope_id, w.key, w.person_id, l.subject, l.label, l.grouped, p.of_id, s.id as subject_id
  from staged_lesson l
  join {present} w on w.scope_id = l.scope_id and w.key = l.key and w.profile = 'teacher'
  join place p on p.scope_id = l.scope_id and p.key = l.key and p.grouped = l.grouped and p.code = l.code
  left join subject s on s.tenant_id = l.scope_id and s.code = l.subject
  where l.feed_id = '{feed}' and ({scope} = 0 or l.scope_id = {scope});
create temp table d_lesson on commit drop as
  select l.scope_id, l.person_id, l.subject, l.grouped, l.of_id, l.subject_id, null::uuid as id, 'insert' as act
  from lesson l
  left join teaching t on t.tenant_id = l.scope_id and t.teacher_id = l.person_id and t.subject_id = l.subject_id
    and case when l.grouped then t.group_id else t.class_id end = l.of_id
  where t.id is null;
insert into d_lesson
  select t.tenant_id, t.teacher_id, '', t.group_id is not null, coalesce(t.class_id, t.group_id), t.subject_id, t.id, 'end'
  from teaching t
  join {present} w on w.scope_id = t.tenant_id and w.person_id = t.teacher_id and w.profile = 'teacher'
  join who h on h.key = w.key and (h.operation = 'put' or h.operation = 'modify' and h.given & {lessons} <> 0)
  where t.source = '{source}' and not exists (select from lesson l
    where l.scope_id = t.tenant_id and l.person_id = t.teacher_id and l.subject_id = t.subject_id and l.of_id = coalesce(t.class_id, t.group_id));`
