package feed

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// PartFilter narrows the parts of a report.
type PartFilter struct {
	State PartState      // "": all
	Only  school.ScopeID // zero: every establishment
	Text  string         // in the name or the code of the establishment
	After school.ScopeID // the last one of the page before
	Limit int            // 0: all, which is as many as there are establishments
}

// FindingFilter narrows the lines of a report.
type FindingFilter struct {
	Kind  FindingKind
	After int // the number of the last one of the page before
	Limit int
}

// Feeds lists the latest feeds, the newest first: fifty at the most. ctx is in the academy's space.
func (e *Engine) Feeds(ctx context.Context) ([]Feed, error) {
	var list []Feed
	err := e.db.Batch(ctx, func(b *db.Batch) { queueFeeds(b, &list) })
	return list, wrap("list the feeds", err)
}

// Feed reads one feed and sums of its parts. ctx is in the academy's space. NotFound when there is none.
func (e *Engine) Feed(ctx context.Context, id uuid.UUID) (Feed, error) {
	var f Feed
	var found bool
	if err := e.db.Batch(ctx, func(b *db.Batch) { queueFeed(b, &found, &f, id) }); err != nil {
		return f, wrap("read a feed", err)
	}
	if !found {
		return f, fault.Missing()
	}
	return f, nil
}

// Parts lists the parts of a feed by the number of the establishment, in the academy's space; those of one
// establishment in its own.
func (e *Engine) Parts(ctx context.Context, id uuid.UUID, filter PartFilter) ([]Part, error) {
	var list []Part
	err := e.db.Batch(ctx, func(b *db.Batch) { queueParts(b, &list, id, filter) })
	return list, wrap("list the parts of a feed", err)
}

// Part reads what a feed changes in an establishment. ctx is in the academy's space, or in the establishment's own, which
// learns of a confirmation when the feed is applied. NotFound when the feed is not about it.
func (e *Engine) Part(ctx context.Context, id uuid.UUID, scope school.ScopeID) (Part, error) {
	list, err := e.Parts(ctx, id, PartFilter{Only: scope, Limit: 1})
	if err != nil {
		return Part{}, err
	}
	if len(list) == 0 {
		return Part{}, fault.Missing()
	}
	return list[0], nil
}

// Latest lists the latest parts of the establishment of ctx, the newest first: thirty at the most.
func (e *Engine) Latest(ctx context.Context) ([]Part, error) {
	var list []Part
	err := e.db.Batch(ctx, func(b *db.Batch) { queueLatest(b, &list) })
	return list, wrap("list the feeds of an establishment", err)
}

// Findings lists what a report names of one kind, in the space of ctx.
func (e *Engine) Findings(ctx context.Context, id uuid.UUID, filter FindingFilter) ([]Finding, error) {
	var list []Finding
	err := e.db.Batch(ctx, func(b *db.Batch) { queueFindings(b, &list, id, filter) })
	return list, wrap("list the findings of a feed", err)
}

// Problems lists the errors of a feed in the space of ctx, the first of each kind.
func (e *Engine) Problems(ctx context.Context, id uuid.UUID, each int) ([]Finding, error) {
	var list []Finding
	err := e.db.Batch(ctx, func(b *db.Batch) { queueProblems(b, &list, id, each) })
	return list, wrap("list the errors of a feed", err)
}

// FindingCounts tells how many lines of each kind the report of the space of ctx names.
func (e *Engine) FindingCounts(ctx context.Context, id uuid.UUID) (map[FindingKind]int, error) {
	counts := map[FindingKind]int{}
	err := e.db.Batch(ctx, func(b *db.Batch) { queueFindingCounts(b, counts, id) })
	return counts, wrap("count the findings of a feed", err)
}

func wrap(what string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}
