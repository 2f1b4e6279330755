package audience

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Members of the space, with the ties that the choice asks for. A guardian is tied through the children followed today.
const countHere = `
	with tied as (
		select cm.person_id, cm.profile
		from class_member cm
		join class c on c.tenant_id = cm.tenant_id and c.id = cm.class_id
		where c.id = any ($2) or c.level = any ($4)
		union
		select gm.person_id, gm.profile
		from group_member gm
		where gm.group_id = any ($3)
	), meant as (
		select person_id, profile from tied
		union
		select g.guardian_id, 'guardian'
		from tied t
		join membership k on k.person_id = t.person_id and k.profile = 'pupil'
		join guardianship g on g.tenant_id = k.tenant_id and g.child_id = k.person_id
		where t.profile = 'pupil'
		  and k.starts_on <= $5 and (k.ends_on is null or k.ends_on >= $5)
		  and g.starts_on <= $5 and (g.ends_on is null or g.ends_on >= $5)
		  and (g.excluded_until is null or g.excluded_until < $5)
	)
	select count(distinct m.person_id)
	from membership m
	where m.starts_on <= $5 and (m.ends_on is null or m.ends_on >= $5)
	  and ($1::text[] is null or m.profile = any ($1))
	  and (not $6::boolean or exists (select from meant x where x.person_id = m.person_id and x.profile = m.profile))`

func queueCountHere(b *db.Batch, a Audience, today time.Time, n *int, found *bool) {
	db.Row(b, found, []any{n}, countHere, profilesOf(a), classIDs(a.Classes), groupIDs(a.Groups), texts(a.Levels),
		today, len(a.Levels)+len(a.Classes)+len(a.Groups) > 0)
}

// Each set of places, profiles and levels is summed once, however many of its parts the choice means.
const countBelow = `
	select coalesce(sum(people), 0)::bigint, (select max(counted_at) from audience_headcount)
	from (
		select signature, max(people) as people
		from audience_headcount
		where space_id = any ($1)
		  and ($2::text[] is null or profile = any ($2))
		  and level = any ($3)
		group by signature
	) s`

func queueCountBelow(b *db.Batch, a Audience, spaces []*tenant.Tenant, n *int, at *time.Time, found *bool) {
	ids := make([]int64, 0, len(spaces))
	for _, t := range spaces {
		ids = append(ids, int64(t.ID))
	}
	levels := a.Levels
	if len(levels) == 0 {
		levels = []string{""}
	}
	db.Row(b, found, []any{n, optional{at}}, countBelow, ids, profilesOf(a), levels)
}

// optional reads a time that may be missing.
type optional struct{ at *time.Time }

// Scan implements sql.Scanner.
func (o optional) Scan(v any) error {
	if t, ok := v.(time.Time); ok {
		*o.at = t.UTC()
	}
	return nil
}

const choicesHere = `
	select 'class' as kind, c.id, c.name, c.level
	from class c join school_year y on y.tenant_id = c.tenant_id and y.id = c.school_year_id
	where y.ends_on >= $1
	union all
	select 'group', g.id, g.name, ''
	from teaching_group g join school_year y on y.tenant_id = g.tenant_id and y.id = g.school_year_id
	where y.ends_on >= $1
	order by 1, 4 desc, 3
	limit 1000`

type choiceRow struct {
	Kind  string
	ID    uuid.UUID
	Name  string
	Level string
}

func queueChoicesHere(b *db.Batch, today time.Time, rows *[]choiceRow) {
	db.Rows(b, rows, pgx.RowToStructByPos[choiceRow], choicesHere, today)
}

func queueLevelsBelow(b *db.Batch, levels *[]string) {
	db.Rows(b, levels, pgx.RowTo[string], `select distinct level from audience_headcount where level <> '' order by level desc limit 60`)
}

// Recount counts anew how many people each of the spaces above (collectivities, the academy) reaches. Only sums are kept.
// It runs as the importer: after directories have been loaded, each night, and when somebody asks.
func Recount(ctx context.Context, d *db.DB, spaces ...school.ScopeID) error {
	ids := make([]int64, 0, len(spaces))
	for _, s := range spaces {
		ids = append(ids, int64(s))
	}
	return d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select refresh_headcounts($1)`, ids); err != nil {
			return fmt.Errorf("count the people below %v: %w", ids, err)
		}
		if _, err := tx.Exec(ctx, `select refresh_standings($1)`, ids); err != nil {
			return fmt.Errorf("count the people of each space below %v: %w", ids, err)
		}
		return nil
	})
}

func profilesOf(a Audience) []string {
	if a.Whole || len(a.Profiles) == 0 {
		return nil
	}
	out := make([]string, 0, len(a.Profiles))
	for _, p := range a.Profiles {
		out = append(out, string(p))
	}
	return out
}

func classIDs(list []school.ClassID) []uuid.UUID {
	out := make([]uuid.UUID, 0, len(list))
	for _, c := range list {
		out = append(out, c.UUID)
	}
	return out
}

func groupIDs(list []school.GroupID) []uuid.UUID {
	out := make([]uuid.UUID, 0, len(list))
	for _, g := range list {
		out = append(out, g.UUID)
	}
	return out
}

func texts(list []string) []string { return append([]string{}, list...) }
