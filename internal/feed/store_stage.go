package feed

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/school"
)

var staging = [stagedTables]struct {
	name    string
	columns []string
}{
	stagedStructure: {"staged_structure", []string{"feed_id", "key", "uai", "name", "scope_id"}},
	stagedPerson: {"staged_person", []string{"feed_id", "key", "kind", "operation", "given", "given_name", "family_name", "birth_date", "email",
		"ine", "file", "line", "print"}},
	stagedMember: {"staged_member", []string{"feed_id", "scope_id", "key", "profile", "function"}},
	stagedClass:  {"staged_class", []string{"feed_id", "scope_id", "code", "grouped", "level", "voted"}},
	stagedPlace:  {"staged_place", []string{"feed_id", "scope_id", "key", "profile", "code", "grouped", "form"}},
	stagedTie:    {"staged_tie", []string{"feed_id", "scope_id", "child", "relative", "kinship", "rank", "pays", "contact", "home"}},
	stagedLesson: {"staged_lesson", []string{"feed_id", "scope_id", "key", "code", "grouped", "subject", "label"}},
	stagedTouch:  {"staged_touch", []string{"feed_id", "scope_id", "key"}},
}

// batchRows are held in memory before each COPY, so that a feed of any size costs the same.
const batchRows = 4000

// copier is a sink that fills the staging tables by COPY.
type copier struct {
	ctx     context.Context
	tx      pgx.Tx
	waiting [stagedTables][][]any
}

func (c *copier) put(table int, values ...any) error {
	c.waiting[table] = append(c.waiting[table], values)
	if len(c.waiting[table]) < batchRows {
		return nil
	}
	return c.flush(table)
}

func (c *copier) flush(table int) error {
	rows := c.waiting[table]
	if len(rows) == 0 {
		return nil
	}
	t := staging[table]
	if _, err := c.tx.CopyFrom(c.ctx, pgx.Identifier{t.name}, t.columns, pgx.CopyFromRows(rows)); err != nil {
		return fmt.Errorf("copy into %s: %w", t.name, err)
	}
	clear(rows)
	c.waiting[table] = rows[:0]
	return nil
}

func (c *copier) flushAll() error {
	for table := range c.waiting {
		if err := c.flush(table); err != nil {
			return err
		}
	}
	return nil
}

// sweepStaging takes away what earlier feeds of the source have set down, and all of it when nothing else is there.
func sweepStaging(ctx context.Context, tx pgx.Tx, source string) error {
	var others bool
	err := tx.QueryRow(ctx, `
		select exists (select from staged_structure s join feed f on f.tenant_id = 1 and f.id = s.feed_id
			where f.source <> $1 and f.state in ('reading', 'checked', 'applying'))`, source).Scan(&others)
	if err != nil {
		return err
	}
	for _, t := range staging {
		sql := "truncate " + t.name
		if others {
			sql = "delete from " + t.name + " where feed_id not in (select id from feed where tenant_id = 1 and source <> $1 and state in ('reading', 'checked', 'applying'))"
		}
		args := []any{source}
		if !others {
			args = nil
		}
		if _, err := tx.Exec(ctx, sql, args...); err != nil {
			return fmt.Errorf("sweep %s: %w", t.name, err)
		}
	}
	return nil
}

// settleStaging finishes what the reading could not: changes of somebody unknown, the ties of pupils wherever they are,
// and keys that came twice. It reports what it left out.
func settleStaging(ctx context.Context, tx pgx.Tx, feed uuid.UUID, source string, today time.Time) ([]Finding, error) {
	var found []Finding
	for _, step := range []struct {
		kind FindingKind
		sql  string
	}{
		{Twice, `delete from staged_person s using (
			select ctid, row_number() over (partition by key order by kind, family_name, given_name, birth_date, email, ine, operation, given) as turn
			from staged_person where feed_id = $1) d
			where s.ctid = d.ctid and d.turn > 1
			returning s.key, concat_ws(' ', s.given_name, s.family_name), s.file, s.line`},
		{Unknown, `delete from staged_person s where s.feed_id = $1 and s.operation <> 'put'
			and not exists (select from person_key k where k.tenant_id = 1 and k.source = $2 and k.key = s.key)
			returning s.key, concat_ws(' ', s.given_name, s.family_name), s.file, s.line`},
	} {
		args := []any{feed, source}
		if step.kind == Twice {
			args = args[:1]
		}
		rows, err := tx.Query(ctx, step.sql, args...)
		if err != nil {
			return nil, fmt.Errorf("settle what was set down: %w", err)
		}
		list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (f Finding, err error) {
			f = Finding{Scope: school.Academy, Kind: step.kind}
			return f, row.Scan(&f.Key, &f.Name, &f.File, &f.Line)
		})
		if err != nil {
			return nil, fmt.Errorf("settle what was set down: %w", err)
		}
		found = append(found, list...)
		if step.kind == Twice && len(list) > 0 {
			if _, err := tx.Exec(ctx, strings.ReplaceAll(strayedSQL, "{feed}", feed.String())); err != nil {
				return nil, fmt.Errorf("leave out what a key's other record said: %w", err)
			}
		}
	}
	if _, err := tx.Exec(ctx, `
		insert into staged_tie (feed_id, scope_id, child, relative, kinship, rank, pays, contact, home)
		select t.feed_id, m.tenant_id, t.child, t.relative, t.kinship, t.rank, t.pays, t.contact, t.home
		from staged_tie t
		join person_key k on k.tenant_id = 1 and k.source = $2 and k.key = t.child
		join membership m on m.person_id = k.person_id and m.profile = 'pupil' and m.source = $2 and (m.ends_on is null or m.ends_on >= $3)
		where t.feed_id = $1 and t.scope_id = 0`, feed, source, today); err != nil {
		return nil, fmt.Errorf("place ties: %w", err)
	}
	if _, err := tx.Exec(ctx, followSQL, feed, source, today, int32(Ties)); err != nil {
		return nil, fmt.Errorf("let guardians follow: %w", err)
	}
	_, err := tx.Exec(ctx, `delete from staged_tie where feed_id = $1 and scope_id = 0`, feed)
	return found, err
}

// followSQL lets guardians follow a pupil whose change names another establishment and says nothing of ties: what the
// source said of them before still holds, and without it the new school would know no parent until a complete feed.
const followSQL = `
insert into staged_tie (feed_id, scope_id, child, relative, kinship, rank, pays, contact, home)
  select distinct on (m.scope_id, m.key, g.guardian_id) m.feed_id, m.scope_id, m.key, r.key, g.tie, g.legal_rank, g.pays, g.emergency_contact, g.lives_with
  from staged_member m
  join staged_person s on s.feed_id = m.feed_id and s.key = m.key and s.kind = 'pupil' and s.operation = 'modify' and s.given & $4 = 0
  join person_key k on k.tenant_id = 1 and k.source = $2 and k.key = m.key
  join membership o on o.person_id = k.person_id and o.profile = 'pupil'
  join guardianship g on g.tenant_id = o.tenant_id and g.child_id = o.person_id and g.source = $2 and (g.ends_on is null or g.ends_on >= $3)
  join person_key r on r.tenant_id = 1 and r.source = $2 and r.person_id = g.guardian_id
  where m.feed_id = $1 and m.profile = 'pupil' and not exists (select from guardianship l
    where l.tenant_id = m.scope_id and l.child_id = k.person_id and l.source = $2 and (l.ends_on is null or l.ends_on >= $3))
  order by m.scope_id, m.key, g.guardian_id, g.legal_rank, g.tenant_id, r.key`

// strayedSQL leaves out what the other record of a key said, where one of them is about a pupil and the other about a
// relative or somebody of the staff: nobody becomes a teacher because two records carry one key.
const strayedSQL = `
delete from staged_member m using staged_person p where m.feed_id = '{feed}' and p.feed_id = '{feed}' and p.key = m.key
  and (p.kind = 'relative' or (p.kind = 'pupil') <> (m.profile = 'pupil'));
delete from staged_place m using staged_person p where m.feed_id = '{feed}' and p.feed_id = '{feed}' and p.key = m.key
  and (p.kind = 'relative' or (p.kind = 'pupil') <> (m.profile = 'pupil'));
delete from staged_lesson l using staged_person p where l.feed_id = '{feed}' and p.feed_id = '{feed}' and p.key = l.key and p.kind <> 'staff';
delete from staged_tie t using staged_person p where t.feed_id = '{feed}' and p.feed_id = '{feed}'
  and (p.key = t.child and p.kind <> 'pupil' or p.key = t.relative and p.kind <> 'relative')`

func knownStructures(ctx context.Context, tx pgx.Tx, source string) (map[string]school.ScopeID, error) {
	rows, err := tx.Query(ctx, `select key, scope_id from structure_key where tenant_id = 1 and source = $1`, source)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	known := map[string]school.ScopeID{}
	for rows.Next() {
		var key string
		var scope school.ScopeID
		if err := rows.Scan(&key, &scope); err != nil {
			return nil, err
		}
		known[key] = scope
	}
	return known, rows.Err()
}

func readFunctions(ctx context.Context, tx pgx.Tx) (map[string]school.Profile, error) {
	rows, err := tx.Query(ctx, `select code, coalesce(profile, '') from feed_function where tenant_id = 1`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	known := map[string]school.Profile{}
	for rows.Next() {
		var code, profile string
		if err := rows.Scan(&code, &profile); err != nil {
			return nil, err
		}
		known[code] = school.Profile(profile)
	}
	return known, rows.Err()
}
