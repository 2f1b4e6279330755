package console

import (
	"cmp"
	"context"
	"slices"
	"time"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/words"
)

// exported is how many lines of the trail an export holds at the most: some months of a large school.
const exported = 5000

// Trail reads a page of who changed what in the space, the newest first, and where the chain that seals it stands. An
// address that no page linked to gives NotFound.
func (r *Room) Trail(ctx context.Context, f trailFilter) (trailPart, error) {
	asked, err := f.audit()
	if err != nil {
		return trailPart{}, err
	}
	var p audit.Page
	var chain audit.Standing
	err = r.DB.Read(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		if p, err = audit.List(ctx, tx, asked); err == nil {
			chain, err = audit.Stand(ctx, tx)
		}
		return err
	})
	part := trailPart{Lines: said(ctx, p.Lines), Next: p.Next.String()}
	part.Surety, part.Alarm = chain.Words()
	return part, err
}

// ExportTrail reads what the filter wants, the newest first, five thousand lines at the most.
func (r *Room) ExportTrail(ctx context.Context, f trailFilter) ([]trailLine, error) {
	asked, err := f.audit()
	if err != nil {
		return nil, err
	}
	asked.Limit = 200
	var lines []trailLine
	for len(lines) < exported {
		p, err := r.readTrail(ctx, asked)
		if err != nil {
			return nil, err
		}
		lines = append(lines, said(ctx, p.Lines)...)
		if asked.After = p.Next; p.Next.IsZero() {
			break
		}
	}
	return lines, nil
}

func (r *Room) readTrail(ctx context.Context, f audit.Filter) (audit.Page, error) {
	var p audit.Page
	err := r.DB.Read(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		p, err = audit.List(ctx, tx, f)
		return err
	})
	return p, err
}

// audit turns days into instants: a day begins and ends at the school's midnight.
func (f trailFilter) audit() (audit.Filter, error) {
	after, err := audit.ParseCursor(f.After)
	out := audit.Filter{Action: f.Action, Text: f.Text, After: after}
	if !f.From.IsZero() {
		out.From = midnight(f.From)
	}
	if !f.To.IsZero() {
		out.To = midnight(f.To.AddDate(0, 0, 1))
	}
	return out, err
}

func midnight(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, words.Zone()).UTC()
}

func said(ctx context.Context, lines []audit.Line) []trailLine {
	list := make([]trailLine, len(lines))
	for i, l := range lines {
		list[i] = trailLine{At: l.At, Who: l.ActorName, Says: audit.Sentence(ctx, l.Action), Title: l.Title, Action: l.Action}
	}
	return list
}

// TrailChoices lists what the trail can tell, in the order of the sentences.
func TrailChoices(ctx context.Context) []trailChoice {
	var list []trailChoice
	for _, name := range audit.Names(ctx) {
		list = append(list, trailChoice{name, audit.Sentence(ctx, name)})
	}
	slices.SortFunc(list, func(a, b trailChoice) int { return cmp.Compare(a.Says, b.Says) })
	return list
}
