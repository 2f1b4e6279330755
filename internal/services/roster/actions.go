package roster

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/feed"
	"elyco/internal/roster"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// Start is what the first page shows.
type Start struct {
	Fed    bool // by the academy's directory: nothing is to be sent
	Drafts []Draft
	Latest []feed.Part // what was brought before
}

// Start reads the first page of the establishment of ctx.
func (r *Room) Start(ctx context.Context) (Start, error) {
	var s Start
	var fed []bool
	err := r.db.Batch(ctx, func(b *db.Batch) {
		queueDrafts(b, &s.Drafts)
		queueFed(b, &fed)
	})
	if err != nil {
		return s, fmt.Errorf("read the lists of a school: %w", err)
	}
	s.Fed = len(fed) == 1 && fed[0]
	latest, err := r.engine.Latest(ctx)
	if err != nil {
		return s, err
	}
	for _, p := range latest {
		if p.Source != academy && p.State == feed.PartApplied {
			s.Latest = append(s.Latest, p)
		}
	}
	return s, nil
}

// academy is the source that feeds the establishments with no list of their own.
const academy = "aaf"

// Bring keeps a table for its import. The fault names the field "file", or says that the academy feeds the establishment.
func (r *Room) Bring(ctx context.Context, d Draft) error {
	if !validKind(d.Kind) {
		return fault.Field("kind", "Choisissez ce que contient la liste.")
	}
	if _, err := open(d, nil); err != nil {
		return err
	}
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		fed, err := isFed(ctx, tx)
		if err != nil {
			return fmt.Errorf("find out who feeds the school: %w", err)
		}
		if fed {
			return fault.New(fault.Conflict, "L’annuaire académique alimente déjà cet établissement : une liste ferait chaque compte deux fois.")
		}
		if err := insertDraft(ctx, tx, d, session.Actor(ctx).Person); err != nil {
			return fmt.Errorf("keep a list: %w", err)
		}
		return nil
	})
}

// Open reads a draft and its table. NotFound when it is not there any more.
func (r *Room) Open(ctx context.Context, id uuid.UUID) (Sheet, error) {
	var d Draft
	var last map[roster.Field]string
	err := r.db.Read(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		var found bool
		if d, last, found, err = findDraft(ctx, tx, id); err == nil && !found {
			return fault.Missing()
		}
		return err
	})
	if err != nil {
		return Sheet{}, fmt.Errorf("read a list: %w", err)
	}
	return open(d, last)
}

// Match keeps how the columns are matched. The fault names the fields.
func (r *Room) Match(ctx context.Context, s Sheet, m roster.Mapping) error {
	wrong := fault.Fields{}
	for f, words := range m.Problems(s.Kind, len(s.Table.Header)) {
		wrong.Add(string(f), words)
	}
	if err := wrong.OrNil(); err != nil {
		return err
	}
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return saveMatches(ctx, tx, s.ID, m.Remember(s.Kind, s.Table.Header))
	})
}

// Check compares the list with the house under the number id; nobody is changed. The fault says why it cannot be.
func (r *Room) Check(ctx context.Context, s Sheet, id uuid.UUID) error {
	l, err := s.list()
	if err != nil {
		return err
	}
	if l.People() == 0 {
		return fault.New(fault.Conflict, "Cette liste ne contient personne que l’on puisse importer.")
	}
	t := tenant.From(ctx)
	src := roster.NewSource(l, roster.School{ID: t.ID, UAI: t.UAI, Name: t.Name}, r.db.NowIn(ctx), s.Name)
	if err := r.engine.Check(ctx, id, session.Actor(ctx).Person, src); err != nil {
		return fmt.Errorf("compare a list with the house: %w", err)
	}
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return saveFeed(ctx, tx, s.ID, id) })
}

// Report is what a list would change.
type Report struct {
	Part   feed.Part
	Counts map[feed.FindingKind]int
	Named  map[feed.FindingKind][]feed.Finding
}

// shown are the findings that the report names, in its order.
var shown = []feed.FindingKind{feed.Gone, feed.Duplicate, feed.Created, feed.Arrived, feed.Changed, feed.Back, feed.Moved}

// mostNamed bounds how many people a report names of one kind.
const mostNamed = 30

// Report reads what the comparison of a draft found. Conflict when it was not compared yet.
func (r *Room) Report(ctx context.Context, s Sheet) (Report, error) {
	if s.Feed == uuid.Nil {
		return Report{}, fault.New(fault.Conflict, "Comparez d’abord cette liste avec l’annuaire de l’établissement.")
	}
	p, err := r.engine.Part(ctx, s.Feed, tenant.From(ctx).ID)
	if err != nil {
		return Report{}, err
	}
	counts, err := r.engine.FindingCounts(ctx, s.Feed)
	if err != nil {
		return Report{}, err
	}
	report := Report{Part: p, Counts: counts, Named: map[feed.FindingKind][]feed.Finding{}}
	for _, k := range shown {
		if counts[k] == 0 {
			continue
		}
		if report.Named[k], err = r.engine.Findings(ctx, s.Feed, feed.FindingFilter{Kind: k, Limit: mostNamed}); err != nil {
			return Report{}, err
		}
	}
	return report, nil
}

// Apply writes what the report says, remembers the columns and lets the file go. reason is needed where the comparison is
// held back; the fault then names the field.
func (r *Room) Apply(ctx context.Context, s Sheet, reason string) error {
	report, err := r.Report(ctx, s)
	if err != nil {
		return err
	}
	by, here := session.Actor(ctx).Person, tenant.From(ctx)
	top := db.WithScope(ctx, db.NewScope(int64(school.Academy)))
	err = r.db.Write(top, func(ctx context.Context, tx db.Tx) error {
		if report.Part.State == feed.PartHeld {
			if err := feed.Confirm(ctx, tx, s.Feed, here.ID, by, reason); err != nil {
				return err
			}
		}
		return feed.Start(ctx, tx, s.Feed, by)
	})
	if err != nil {
		return fmt.Errorf("agree to a list: %w", err)
	}
	if _, err := r.engine.Apply(ctx, s.Feed, nil); err != nil {
		return fmt.Errorf("apply a list: %w", err)
	}
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := remember(ctx, tx, s.Kind, s.Matches); err != nil {
			return fmt.Errorf("remember the columns of a list: %w", err)
		}
		if _, err := deleteDraft(ctx, tx, s.ID); err != nil {
			return fmt.Errorf("let a list go: %w", err)
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: by, Action: "roster.bring", Subject: s.Feed.String(), Title: s.Name})
	})
}

// Remove lets a file go without importing it. NotFound when it is not there any more.
func (r *Room) Remove(ctx context.Context, id uuid.UUID) error {
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		there, err := deleteDraft(ctx, tx, id)
		if err == nil && !there {
			return fault.Missing()
		}
		return err
	})
}
