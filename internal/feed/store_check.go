package feed

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/directory"
	"elyco/internal/school"
)

// read sets the feed down and compares it, in one transaction: a feed that is cut short leaves nothing. Of a complete feed that
// follows another, what differs is enough, unless that cannot be told apart.
func (e *Engine) read(ctx context.Context, id uuid.UUID, h Header, src Source) error {
	return e.db.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		if err := lockReading(ctx, tx, h.Source); err != nil {
			return err
		}
		today := directory.Day(e.db.NowIn(ctx))
		b, err := leanOn(ctx, tx, h, today, e.db.NowIn(ctx))
		if err != nil {
			return fmt.Errorf("read what the feed before said: %w", err)
		}
		if b != nil {
			err := pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error { return e.readIn(ctx, tx, id, h, src, today, b) })
			if !errors.Is(err, errWhole) {
				return err
			}
		}
		return e.readIn(ctx, tx, id, h, src, today, nil)
	})
}

func (e *Engine) readIn(ctx context.Context, tx pgx.Tx, id uuid.UUID, h Header, src Source, today time.Time, b *base) error {
	if err := sweepStaging(ctx, tx, h.Source); err != nil {
		return err
	}
	s, err := e.stager(ctx, tx, id, h, b)
	if err != nil {
		return err
	}
	if err := s.setDown(ctx, tx, src); err != nil {
		return err
	}
	left, err := settleStaging(ctx, tx, id, h.Source, today)
	if err != nil {
		return err
	}
	for _, f := range left {
		f.Scope = max(f.Scope, h.Only)
		s.found.add(f)
	}
	if err := analyze(ctx, tx); err != nil {
		return err
	}
	c := comparison{feed: id, source: h.Source, kind: h.Kind, partial: b != nil, today: today}
	if err := c.identify(ctx, tx); err != nil {
		return err
	}
	if err := c.compare(ctx, tx); err != nil {
		return err
	}
	if err := e.report(ctx, tx, c, h, s); err != nil {
		return err
	}
	if err := lookAgain(ctx, tx, id, s.again, left); err != nil {
		return fmt.Errorf("note what is looked at again: %w", err)
	}
	return checked(ctx, tx, s, b, e.db.NowIn(ctx))
}

// setDown reads the source into the staging tables.
func (s *stager) setDown(ctx context.Context, tx pgx.Tx, src Source) error {
	copies := &copier{ctx: ctx, tx: tx}
	s.out = copies
	if err := src.Rows(ctx, s.row); err != nil {
		return fmt.Errorf("read the feed: %w", err)
	}
	if s.before != nil {
		for _, key := range s.before.missing() {
			if err := copies.put(stagedPerson, s.feed, key, "", string(Drop), int32(0), nil, nil, nil, nil, nil, "", int32(0), nil); err != nil {
				return err
			}
		}
	}
	// A row of no establishment shows, later on, that a crash has not emptied what was set down.
	if err := copies.put(stagedStructure, s.feed, "", "", "", nil); err != nil {
		return err
	}
	if err := s.settle(); err != nil {
		return err
	}
	return copies.flushAll()
}

func (e *Engine) stager(ctx context.Context, tx pgx.Tx, id uuid.UUID, h Header, b *base) (*stager, error) {
	s := &stager{feed: id, header: h, byUAI: map[string]school.ScopeID{}, levels: map[string]string{}, named: map[string]string{}, subjects: map[string]string{},
		classes: map[classKey]*classSeen{}, declares: map[school.ScopeID]bool{}, strange: map[string]bool{}, found: newFindings()}
	for _, t := range e.registry.All() {
		if t.UAI != "" {
			s.byUAI[strings.ToUpper(t.UAI)] = t.ID
		}
	}
	s.inCharge = e.limits(e.registry.Academy()).InCharge
	var err error
	if s.functions, err = readFunctions(ctx, tx); err != nil {
		return nil, fmt.Errorf("read the functions: %w", err)
	}
	if s.scopes, err = knownStructures(ctx, tx, h.Source); err != nil {
		return nil, fmt.Errorf("read the structures: %w", err)
	}
	if b != nil {
		if s.before, err = readPrints(ctx, tx, h.Source); err != nil {
			return nil, fmt.Errorf("read what records said: %w", err)
		}
		s.agreed = b.context
	}
	return s, nil
}

// report counts, judges and keeps what the comparison found.
func (e *Engine) report(ctx context.Context, tx pgx.Tx, c comparison, h Header, s *stager) error {
	parts, err := c.count(ctx, tx)
	if err != nil {
		return err
	}
	if err := forgetFindings(ctx, tx, h.Source); err != nil {
		return err
	}
	if err := c.list(ctx, tx); err != nil {
		return fmt.Errorf("name what differs: %w", err)
	}
	lost, err := counted(ctx, tx, "lost")
	if err != nil {
		return err
	}
	doubles, err := counted(ctx, tx, "double")
	if err != nil {
		return err
	}
	if err := copyFindings(ctx, tx, c.feed, s.found.numbered()); err != nil {
		return err
	}
	now, problems := e.db.NowIn(ctx), s.found.problems()
	for i := range parts {
		p := &parts[i]
		p.Problems, p.Duplicates = problems[p.Scope]+lost[p.Scope], doubles[p.Scope]
		t := e.registry.ByID(p.Scope)
		if t == nil {
			return fmt.Errorf("the establishment %d is not in the registry", p.Scope)
		}
		p.Name, p.UAI = t.Name, t.UAI
		p.State, p.HeldFor = e.limits(t).judge(*p, now)
	}
	return copyParts(ctx, tx, h, c.feed, parts, now)
}
