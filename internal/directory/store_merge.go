package directory

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

func selectPairs(ctx context.Context, tx pgx.Tx, scope school.ScopeID, today time.Time, text string, limit int) ([][2]uuid.UUID, error) {
	rows, err := tx.Query(ctx, `
		with here as materialized (
			select m.person_id, min(m.folded) as folded from membership m
			where ($1::bigint = 1 or m.tenant_id = $1) and m.starts_on <= $2 and (m.ends_on is null or m.ends_on >= $2)
			  and left(m.folded, length($3::text)) = $3
			group by 1
		)
		select a.person_id, b.person_id
		from here a
		join here b on b.folded = a.folded and b.person_id > a.person_id
		join person pa on pa.tenant_id = 1 and pa.id = a.person_id
		join person pb on pb.tenant_id = 1 and pb.id = b.person_id
		where coalesce(pa.birth_date = pb.birth_date, true)
		  and not exists (select from person_apart x where x.tenant_id = $1 and x.one_id = a.person_id and x.other_id = b.person_id)
		order by coalesce(pa.birth_date = pb.birth_date, false) desc, a.folded, a.person_id, b.person_id
		limit $4`, int64(scope), today, text, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p [2]uuid.UUID, err error) {
		err = row.Scan(&p[0], &p[1])
		return p, err
	})
}

func selectNamesakes(ctx context.Context, tx pgx.Tx, scope school.ScopeID, today time.Time, who school.PersonID) ([]uuid.UUID, error) {
	rows, err := tx.Query(ctx, `
		select distinct m.person_id
		from membership own
		join membership m on m.folded = own.folded and ($1::bigint = 1 or m.tenant_id = $1)
		where own.person_id = $3 and ($1 = 1 or own.tenant_id = $1)
		  and own.starts_on <= $2 and (own.ends_on is null or own.ends_on >= $2)
		  and m.starts_on <= $2 and (m.ends_on is null or m.ends_on >= $2)
		limit 20`, int64(scope), today, who.UUID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

// selectTwins reads what tells two accounts apart. Their classes are those of the space; the places are all of them.
func selectTwins(ctx context.Context, tx pgx.Tx, scope school.ScopeID, today time.Time, ids []uuid.UUID) ([]Twin, error) {
	rows, err := tx.Query(ctx, `
		select p.id, p.given_name, p.family_name, coalesce(p.birth_date, 'epoch'::date), coalesce(a.login, ''), coalesce(a.state, ''), coalesce(a.seen_at, 'epoch'),
		       coalesce(m.profiles, '{}'), coalesce(m.places, '{}'), coalesce(c.names, '{}'), coalesce(m.fed, false), coalesce(d.files, 0)
		from person p
		left join account a on a.tenant_id = 1 and a.person_id = p.id
		left join lateral (
			select array_agg(distinct m.profile order by m.profile) as profiles, array_agg(distinct m.tenant_id) as places, bool_or(m.source <> 'manual') as fed
			from membership m where m.person_id = p.id and (m.ends_on is null or m.ends_on >= $2)
		) m on true
		left join lateral (
			select array_agg(distinct k.name order by k.name) as names from class_member cm join class k on k.tenant_id = cm.tenant_id and k.id = cm.class_id
			join school_year y on y.tenant_id = k.tenant_id and y.id = k.school_year_id and y.starts_on <= $2 and y.ends_on >= $2
			where cm.person_id = p.id and ($1::bigint = 1 or cm.tenant_id = $1)
		) c on true
		left join lateral (select sum(s.files)::int as files from drive_space s where s.owner_id = p.id and s.kind = 'personal') d on true
		where p.tenant_id = 1 and p.id = any ($3)
		order by p.id`, int64(scope), today, ids)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (t Twin, err error) {
		var places []int64
		err = row.Scan(&t.Person.UUID, &t.Given, &t.Family, &t.Birth, &t.Login, &t.State, &t.SeenAt, &t.Profiles, &places, &t.Classes, &t.Fed, &t.Files)
		for _, one := range places {
			t.Places = append(t.Places, school.ScopeID(one))
		}
		t.Birth, t.SeenAt = orZero(t.Birth), orZero(t.SeenAt)
		return t, err
	})
}

func orZero(t time.Time) time.Time {
	if t.Unix() == 0 {
		return time.Time{}
	}
	return t.UTC()
}

func pairsOf(ctx context.Context, tx pgx.Tx, scope school.ScopeID, today time.Time, ids [][2]uuid.UUID) ([]Pair, error) {
	var all []uuid.UUID
	for _, p := range ids {
		all = append(all, p[0], p[1])
	}
	twins, err := selectTwins(ctx, tx, scope, today, all)
	if err != nil {
		return nil, err
	}
	by := map[uuid.UUID]Twin{}
	for _, t := range twins {
		by[t.Person.UUID] = t
	}
	var list []Pair
	for _, p := range ids {
		one, other := by[p[0]], by[p[1]]
		list = append(list, Pair{One: one, Other: other, Sure: !one.Birth.IsZero() && one.Birth.Equal(other.Birth)})
	}
	return list, nil
}

func areTied(ctx context.Context, tx pgx.Tx, one, other school.PersonID) (tied bool, err error) {
	err = tx.QueryRow(ctx, `select exists (select from guardianship where child_id = any ($1) and guardian_id = any ($1))`, []uuid.UUID{one.UUID, other.UUID}).Scan(&tied)
	return tied, err
}

// holdPair keeps two accounts as they stand until the transaction ends: they are merged by one at a time.
func holdPair(ctx context.Context, tx pgx.Tx, one, other school.PersonID) error {
	_, err := tx.Exec(ctx, `select from account where tenant_id = 1 and person_id = any ($1) order by person_id for update`, []uuid.UUID{one.UUID, other.UUID})
	return err
}

// insertMerge notes a merge; false where it has been made already.
func insertMerge(ctx context.Context, tx pgx.Tx, scope school.ScopeID, id uuid.UUID, kept, gone school.PersonID, by school.Actor, now time.Time) (bool, error) {
	done, err := tx.Exec(ctx, `
		insert into person_merge (tenant_id, id, kept_id, gone_id, kept_name, gone_login, author_id, author_name, merged_at)
		select $1, $2, $3, $4, p.given_name || ' ' || p.family_name, coalesce(a.login, ''), $5, $6, $7
		from person p left join account a on a.tenant_id = 1 and a.person_id = $4
		where p.tenant_id = 1 and p.id = $3
		on conflict do nothing`, int64(scope), id, kept.UUID, gone.UUID, by.Person.UUID, by.Name, now)
	return done.RowsAffected() > 0, err
}

// movedRow is a row that was given to the other person, by its new key.
type movedRow struct {
	Table, Column string
	Key           json.RawMessage
}

func moveIn(ctx context.Context, tx pgx.Tx, scope school.ScopeID, kept, gone school.PersonID, columns []Column) ([]movedRow, error) {
	var tables, names []string
	for _, c := range columns {
		tables, names = append(tables, c.Table), append(names, c.Name)
	}
	rows, err := tx.Query(ctx, `select in_table, in_column, key from merge_move($1, $2, $3, $4, $5)`, int64(scope), kept.UUID, gone.UUID, tables, names)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[movedRow])
}

func noteMoved(ctx context.Context, tx pgx.Tx, decided school.ScopeID, id uuid.UUID, scope school.ScopeID, from int, rows []movedRow) error {
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"person_merge_row"}, []string{"tenant_id", "merge_id", "n", "scope_id", "in_table", "in_column", "key"},
		pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
			return []any{int64(decided), id, from + i, int64(scope), rows[i].Table, rows[i].Column, rows[i].Key}, nil
		}))
	return err
}

func finishMerge(ctx context.Context, tx pgx.Tx, scope school.ScopeID, id uuid.UUID, moved int, people ...school.PersonID) error {
	if _, err := tx.Exec(ctx, `update person_merge set moved = $3 where tenant_id = $1 and id = $2`, int64(scope), id, moved); err != nil {
		return err
	}
	return reissue(ctx, tx, people...)
}

// reissue makes anew what sessions know of people.
func reissue(ctx context.Context, tx pgx.Tx, people ...school.PersonID) error {
	ids := make([]uuid.UUID, len(people))
	for i, p := range people {
		ids[i] = p.UUID
	}
	_, err := tx.Exec(ctx, `select issue_passports(array(
		select unnest($1::uuid[]) union select g.guardian_id from guardianship g where g.child_id = any ($1)))`, ids)
	return err
}

// bulk is a transaction that goes through several spaces, as imports do.
type bulk = pgx.Tx

func isMade(ctx context.Context, tx db.Tx, id uuid.UUID) (bool, error) {
	return tx.NewSelect().TableExpr("person_merge").Where("id = ?", id).Exists(ctx)
}

func selectMerges(ctx context.Context, tx db.Tx) ([]Merged, error) {
	var rows []struct {
		ID     uuid.UUID    `bun:"id"`
		Kept   uuid.UUID    `bun:"kept_id"`
		Gone   uuid.UUID    `bun:"gone_id"`
		Name   string       `bun:"kept_name"`
		Login  string       `bun:"gone_login"`
		By     string       `bun:"author_name"`
		At     time.Time    `bun:"merged_at"`
		Undone bun.NullTime `bun:"undone_at"`
		Moved  int          `bun:"moved"`
	}
	err := tx.NewSelect().TableExpr("person_merge").ColumnExpr("id, kept_id, gone_id, kept_name, gone_login, author_name, merged_at, undone_at, moved").
		OrderExpr("merged_at desc, id").Limit(mostPairs).Scan(ctx, &rows)
	list := make([]Merged, len(rows))
	for i, r := range rows {
		list[i] = Merged{ID: r.ID, Kept: school.PersonID{UUID: r.Kept}, Gone: school.PersonID{UUID: r.Gone}, Name: r.Name, Login: r.Login, By: r.By, At: r.At, Undone: r.Undone.Time, Moved: r.Moved}
	}
	return list, err
}

func holdMerge(ctx context.Context, tx pgx.Tx, scope school.ScopeID, id uuid.UUID) (m Merged, err error) {
	err = tx.QueryRow(ctx, `select id, kept_id, gone_id, kept_name, gone_login, author_name, merged_at, coalesce(undone_at, 'epoch'), moved
		from person_merge where tenant_id = $1 and id = $2 for update`, int64(scope), id).
		Scan(&m.ID, &m.Kept.UUID, &m.Gone.UUID, &m.Name, &m.Login, &m.By, &m.At, &m.Undone, &m.Moved)
	m.Undone = orZero(m.Undone)
	if errors.Is(err, pgx.ErrNoRows) {
		return m, fault.Missing()
	}
	return m, err
}

// wentOn reports whether somebody has been merged into yet another since.
func wentOn(ctx context.Context, tx pgx.Tx, who school.PersonID) (yes bool, err error) {
	err = tx.QueryRow(ctx, `select exists (select from person_merge where gone_id = $1 and undone_at is null)`, who.UUID).Scan(&yes)
	return yes, err
}

func undoMerge(ctx context.Context, tx pgx.Tx, decided school.ScopeID, m Merged, now time.Time) error {
	// The scopes are few; each is undone behind its own wall.
	_, err := tx.Exec(ctx, `
		select merge_undo($1, $2, s.scope_id, $3, $4)
		from (select scope_id from person_merge_row where tenant_id = $1 and merge_id = $2 group by scope_id order by max(n) desc) s`,
		int64(decided), m.ID, m.Kept.UUID, m.Gone.UUID)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `update person_merge set undone_at = $3 where tenant_id = $1 and id = $2`, int64(decided), m.ID, now); err != nil {
		return err
	}
	return reissue(ctx, tx, m.Kept, m.Gone)
}

func insertApart(ctx context.Context, tx pgx.Tx, scope school.ScopeID, one, other, by school.PersonID, at time.Time) error {
	_, err := tx.Exec(ctx, `
		insert into person_apart (tenant_id, one_id, other_id, author_id, said_at) values ($1, least($2::uuid, $3), greatest($2::uuid, $3), $4, $5)
		on conflict do nothing`, int64(scope), one.UUID, other.UUID, by.UUID, at)
	return err
}
