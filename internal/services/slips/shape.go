package slips

import (
	"context"
	"net/url"
	"time"

	"github.com/google/uuid"

	"elyco/internal/school"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func nextPage(path string, at time.Time, id uuid.UUID) string {
	return path + "?" + url.Values{"before": {at.Format(time.RFC3339Nano)}, "last": {id.String()}}.Encode()
}

func kindIcon(k Kind) ui.Icon {
	switch k {
	case Survey:
		return ui.IconChart
	case Ballot:
		return ui.IconGroup
	}
	return ui.IconSignature
}

func kindWords(ctx context.Context, s Slip) string {
	switch {
	case s.Kind == Ballot:
		return words.T(ctx, "slips.kind.ballot")
	case s.Kind == Survey && s.Anonymous:
		return words.T(ctx, "slips.kind.anonymous")
	case s.Kind == Survey:
		return words.T(ctx, "slips.kind.survey")
	}
	return words.T(ctx, "slips.kind.slip")
}

func shapeList(ctx context.Context, open, past []mine, next cursor, later, creates bool) listView {
	v := listView{Creates: creates, Later: later}
	for _, m := range grouped(open) {
		it := itemOf(ctx, m, "slips.list.until")
		if m.missing() {
			v.Waiting = append(v.Waiting, it)
		} else {
			v.Answered = append(v.Answered, it)
		}
	}
	for _, m := range grouped(past) {
		v.Past = append(v.Past, itemOf(ctx, m, "slips.list.over"))
	}
	if next.last != uuid.Nil {
		v.Next = nextPage(home, next.before, next.last)
	}
	return v
}

// group is one slip with all the lines of one reader.
type group struct {
	Slip
	lines []mine
}

func (g group) missing() bool {
	for _, m := range g.lines {
		if !m.Done {
			return true
		}
	}
	return false
}

func grouped(list []mine) []group {
	var out []group
	at := map[uuid.UUID]int{}
	for _, m := range list {
		i, there := at[m.ID]
		if !there {
			i = len(out)
			at[m.ID] = i
			out = append(out, group{Slip: m.Slip})
		}
		out[i].lines = append(out[i].lines, m)
	}
	return out
}

func itemOf(ctx context.Context, g group, key string) ui.Item {
	it := ui.Item{Title: g.Title, URL: slipPath(g.ID), Icon: kindIcon(g.Kind), Unread: g.missing() && key == "slips.list.until",
		Meta: words.T(ctx, key, "kind", kindWords(ctx, g.Slip), "author", g.AuthorName, "day", words.DateTime(g.ClosesAt))}
	for _, m := range g.lines {
		b := ui.Badge{Label: words.T(ctx, "slips.state.missing"), Tone: ui.ToneWarning}
		switch {
		case m.Done && m.Asked.Reply == nil && !m.Asked.Voted:
			b = ui.Badge{Label: words.T(ctx, "slips.state.other"), Tone: ui.ToneSuccess, Icon: ui.IconCheck}
		case m.Done:
			b = ui.Badge{Label: words.T(ctx, "slips.state.done"), Tone: ui.ToneSuccess, Icon: ui.IconCheck}
		case key == "slips.list.over":
			b = ui.Badge{Label: words.T(ctx, "slips.state.none")}
		}
		if m.Asked.ChildName != "" {
			b.Label = m.Asked.ChildName + "\u00a0: " + b.Label
		}
		it.Badges = append(it.Badges, b)
	}
	return it
}

func stateBadge(ctx context.Context, s Slip, now time.Time) ui.Badge {
	switch {
	case s.State == Draft:
		return ui.Badge{Label: words.T(ctx, "slips.phase.draft")}
	case s.State == Withdrawn:
		return ui.Badge{Label: words.T(ctx, "slips.phase.withdrawn"), Tone: ui.ToneDanger}
	case s.Over(now):
		return ui.Badge{Label: words.T(ctx, "slips.phase.closed")}
	}
	return ui.Badge{Label: words.T(ctx, "slips.phase.open"), Tone: ui.ToneInfo}
}

// countWords says how far a slip has come. What one guardian answers settles a child: that is not said of the other.
func countWords(ctx context.Context, c counted, both bool) string {
	n, all := words.Number(c.Answered), words.Number(c.Asked)
	switch {
	case c.Children == 0:
		return words.T(ctx, "slips.count.people", "n", n, "all", all)
	case c.Children < c.Asked:
		return words.T(ctx, "slips.count.mixed", "n", n, "all", all, "people", words.N(ctx, "slips.count.by", c.People))
	case both:
		return words.T(ctx, "slips.count.both", "n", n, "all", all, "people", words.N(ctx, "slips.count.by", c.People))
	}
	return words.T(ctx, "slips.count.children", "n", n, "all", all, "people", words.N(ctx, "slips.count.by", c.People))
}

func shapeDesk(ctx context.Context, list []listed, more bool, now time.Time) deskView {
	var v deskView
	for _, l := range list {
		it := ui.Item{Title: l.Title, URL: resultsPath(l.ID), Icon: kindIcon(l.Kind), Badges: []ui.Badge{stateBadge(ctx, l.Slip, now)}}
		if it.Title == "" {
			it.Title = words.T(ctx, "slips.untitled")
		}
		it.Meta = words.T(ctx, "slips.desk.meta", "kind", kindWords(ctx, l.Slip), "author", l.AuthorName)
		if l.State == Draft {
			it.URL = draftPath(l.ID)
		} else {
			it.Meta += " · " + words.T(ctx, "slips.desk.end", "day", words.DateTime(l.ClosesAt))
			it.Text = countWords(ctx, l.counted, l.Both)
		}
		v.Items = append(v.Items, it)
	}
	if more {
		end := list[len(list)-1]
		v.Next = nextPage(home+"/desk", end.CreatedAt, end.ID)
	}
	return v
}

func shapeNew(ctx context.Context, list []Template, all bool, me school.PersonID) newView {
	v := newView{}
	for _, k := range []Kind{Coupon, Survey, Ballot} {
		b := beginning{ID: school.NewID().String(), From: string(k), Icon: kindIcon(k)}
		switch k {
		case Coupon:
			b.Title, b.Text = words.T(ctx, "slips.kind.slip"), words.T(ctx, "slips.new.slip")
		case Survey:
			b.Title, b.Text = words.T(ctx, "slips.kind.survey"), words.T(ctx, "slips.new.survey")
		case Ballot:
			b.Title, b.Text = words.T(ctx, "slips.kind.ballot"), words.T(ctx, "slips.new.ballot")
		}
		v.Kinds = append(v.Kinds, b)
	}
	for _, t := range list {
		b := beginning{ID: school.NewID().String(), From: t.ID.String(), Title: t.Title, Icon: kindIcon(t.Content.Kind),
			Text: words.T(ctx, "slips.new.shipped", "kind", kindWords(ctx, Slip{Kind: t.Content.Kind, Anonymous: t.Content.Anonymous}))}
		if t.Own {
			b.Text = words.T(ctx, "slips.new.own", "name", t.AuthorName)
			if all || t.Author == me.UUID {
				b.Removal = home + "/templates/" + t.ID.String() + "/removal"
			}
		}
		v.Templates = append(v.Templates, b)
	}
	return v
}

func local(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(words.Zone()).Format("2006-01-02T15:04")
}
