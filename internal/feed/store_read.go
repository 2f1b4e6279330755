package feed

import (
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/words"
)

const feedColumns = `f.id, f.source, f.kind, f.day, f.label, coalesce(f.only_scope, 0), f.state, f.problem, f.partial, f.records, f.author_id, f.started_at, f.checked_at, f.applied_at,
	p.n, p.held, p.ready, p.done`

const feedSums = `
	from feed f cross join lateral (
	  select count(*) as n, count(*) filter (where state = 'held') as held, count(*) filter (where state in ('ready', 'confirmed')) as ready,
	    count(*) filter (where state = 'applied') as done
	  from feed_part p where p.feed_id = f.id) p `

func scanFeed(row pgx.CollectableRow) (f Feed, err error) {
	var author *uuid.UUID
	var checked, applied *time.Time
	err = row.Scan(&f.ID, &f.Source, &f.Kind, &f.Day, &f.Label, &f.Only, &f.State, &f.Problem, &f.Partial, &f.Records, &author, &f.StartedAt, &checked, &applied,
		&f.Parts, &f.PartsHeld, &f.PartsReady, &f.PartsDone)
	if author != nil {
		f.Author = school.PersonID{UUID: *author}
	}
	f.CheckedAt, f.AppliedAt = orZero(checked), orZero(applied)
	return f, err
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

func queueFeeds(b *db.Batch, dest *[]Feed) {
	db.Rows(b, dest, scanFeed, `select `+feedColumns+feedSums+` order by f.started_at desc, f.id desc limit 50`)
}

func queueFeed(b *db.Batch, found *bool, dest *Feed, id uuid.UUID) {
	var list []Feed
	db.Rows(b, &list, func(row pgx.CollectableRow) (Feed, error) {
		f, err := scanFeed(row)
		*found, *dest = err == nil, f
		return f, err
	}, `select `+feedColumns+feedSums+` where f.id = $1`, id)
}

const partFields = `feed_id, scope_id, name, uai, source, kind, day, label, state, known, created, arrived, changed, moved, gone, back, classes, placed,
	known_ties, ties, changed_ties, duplicates, problems, held_for, reason, author_id, checked_at, applied_at`

func scanPart(row pgx.CollectableRow) (p Part, err error) {
	var author *uuid.UUID
	var applied *time.Time
	err = row.Scan(&p.Feed, &p.Scope, &p.Name, &p.UAI, &p.Source, &p.Kind, &p.Day, &p.Label, &p.State, &p.Known, &p.Created, &p.Arrived, &p.Changed,
		&p.Moved, &p.Gone, &p.Back, &p.Classes, &p.Placed, &p.KnownTies, &p.Ties, &p.ChangedTies, &p.Duplicates, &p.Problems, &p.HeldFor, &p.Reason,
		&author, &p.CheckedAt, &applied)
	if author != nil {
		p.Author = school.PersonID{UUID: *author}
	}
	p.AppliedAt = orZero(applied)
	return p, err
}

func queueParts(b *db.Batch, dest *[]Part, id uuid.UUID, f PartFilter) {
	limit := f.Limit
	if limit <= 0 {
		limit = 10_000
	}
	db.Rows(b, dest, scanPart, `
		select `+partFields+` from feed_part
		where feed_id = $1 and scope_id > $2 and ($6::bigint = 0 or scope_id = $6) and ($3 = '' or state = $3) and ($4 = '' or fold(name || ' ' || uai) like '%' || $4 || '%')
		order by scope_id limit $5`, id, int64(f.After), string(f.State), words.Fold(f.Text), limit, int64(f.Only))
}

func queueLatest(b *db.Batch, dest *[]Part) {
	db.Rows(b, dest, scanPart, `select `+partFields+` from feed_part order by checked_at desc, feed_id desc limit 30`)
}

const findingFields = `tenant_id, kind, number, key, name, detail, file, line`

func scanFinding(row pgx.CollectableRow) (f Finding, err error) {
	return f, row.Scan(&f.Scope, &f.Kind, &f.Number, &f.Key, &f.Name, &f.Detail, &f.File, &f.Line)
}

func queueProblems(b *db.Batch, dest *[]Finding, id uuid.UUID, each int) {
	kinds := ProblemKinds()
	db.Rows(b, dest, scanFinding, `
		select `+findingFields+` from feed_finding
		where feed_id = $1 and kind = any ($2::text[]) and number <= $3 order by array_position($2::text[], kind), number`, id, texts(kinds), each)
}

func texts(kinds []FindingKind) []string {
	list := make([]string, len(kinds))
	for i, k := range kinds {
		list[i] = string(k)
	}
	return list
}

func queueFindings(b *db.Batch, dest *[]Finding, id uuid.UUID, f FindingFilter) {
	limit := f.Limit
	if limit <= 0 {
		limit = mostFindings
	}
	db.Rows(b, dest, scanFinding, `
		select `+findingFields+` from feed_finding
		where feed_id = $1 and kind = $2 and number > $3 order by number limit $4`, id, string(f.Kind), f.After, limit)
}

func queueFindingCounts(b *db.Batch, counts map[FindingKind]int, id uuid.UUID) {
	var list []int
	db.Rows(b, &list, func(row pgx.CollectableRow) (n int, err error) {
		var kind FindingKind
		err = row.Scan(&kind, &n)
		counts[kind] = n
		return n, err
	}, `select kind, count(*) from feed_finding where feed_id = $1 group by 1`, id)
}
