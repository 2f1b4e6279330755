package mustread

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/notice"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

const home = "/mustread"

func messagePath(id uuid.UUID) string { return home + "/messages/" + id.String() }

func shapeList(ctx context.Context, list []listed, now time.Time) listView {
	v := listView{}
	if len(list) > pageSize {
		list = list[:pageSize]
		end := list[len(list)-1]
		v.Next = home + "?" + url.Values{"before": {end.WrittenAt.Format(time.RFC3339Nano)}, "last": {end.ID.String()}}.Encode()
	}
	for _, m := range list {
		it := ui.Item{Title: words.Typeset(m.Title), URL: messagePath(m.ID), Meta: m.Whom + " · " + words.Since(m.WrittenAt, now)}
		switch m.State {
		case Draft:
			it.Badges = append(it.Badges, ui.Badge{Label: words.T(ctx, "mustread.state.draft")})
		case Stopped:
			it.Badges = append(it.Badges, ui.Badge{Label: words.T(ctx, "mustread.state.stopped")})
		}
		if m.State != Draft {
			tone := ui.ToneInfo
			if m.Reached == m.Expected {
				tone = ui.ToneSuccess
			} else if m.GoalAt.Before(now) {
				tone = ui.ToneWarning
			}
			it.Badges = append(it.Badges, ui.Badge{Label: words.T(ctx, "mustread.badge", "percent", percent(m.Reached, m.Expected)), Tone: tone})
		}
		v.Items = append(v.Items, it)
	}
	return v
}

// localInput writes an instant as a browser's date and time field takes it.
func localInput(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(words.Zone()).Format("2006-01-02T15:04")
}

func shapeForm(ctx context.Context, m Message, faults map[string]string, mayUrgent bool, open func(notice.Channel) bool) formView {
	v := formView{ID: m.ID.String(), Title: m.Title, Body: m.Body, Goal: localInput(m.GoalAt), Urgent: m.Urgent, Reason: m.Reason, MayUrgent: mayUrgent, Faults: faults}
	for _, w := range Further() {
		c := ui.Choice{Value: string(w), Label: words.T(ctx, "mustread.way."+string(w)), Selected: slices.Contains(m.Ways, w) && open(w)}
		if !open(w) {
			c.Disabled, c.Hint = true, words.T(ctx, "mustread.way.closed")
		}
		v.Ways = append(v.Ways, c)
	}
	for field, text := range faults {
		v.Summary.Errors = append(v.Summary.Errors, ui.FieldError{FieldID: field, Text: text})
	}
	slices.SortFunc(v.Summary.Errors, func(a, b ui.FieldError) int { return strings.Compare(a.FieldID, b.FieldID) })
	return v
}

// euros writes thousandths of a euro, rounded up to the cent: what is announced is never less than what is paid.
func euros(thousandths int) string {
	cents := (thousandths + 9) / 10
	return fmt.Sprintf("%s,%02d €", words.Number(cents/100), cents%100)
}

func (r *Room) shapeDraft(ctx context.Context, m Message, f notice.Forecast) draftView {
	t := tenant.From(ctx)
	v := draftView{ID: m.ID.String(), Path: messagePath(m.ID), Title: words.Typeset(m.Title), Body: m.Body, Nobody: f.Altogether == 0}
	v.Facts = []ui.Fact{
		{Label: words.T(ctx, "mustread.to"), Text: m.Whom},
		{Label: words.T(ctx, "mustread.people"), Text: words.N(ctx, "mustread.people.n", f.Altogether)},
		{Label: words.T(ctx, "mustread.goal"), Text: words.DateTime(m.GoalAt)},
	}
	if m.Urgent {
		v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "mustread.urgent.short"), Text: m.Reason})
	}
	for _, said := range f.Words(ctx, r.db.NowIn(ctx)) {
		v.Facts = append(v.Facts, ui.Fact{Label: said.Label, Text: said.Text})
	}
	left := f.Altogether
	v.Steps = ui.Table{Caption: words.T(ctx, "mustread.steps"), Columns: []ui.Column{{Label: words.T(ctx, "mustread.step")}, {Label: words.T(ctx, "mustread.step.after")},
		{Label: words.T(ctx, "mustread.step.have"), Numeric: true}, {Label: words.T(ctx, "mustread.step.cost"), Numeric: true}, {Label: words.T(ctx, "mustread.step.payer")}}}
	total := 0
	for _, rung := range plan(m.Ways, m.GoalAt.Sub(r.db.NowIn(ctx))) {
		have := f.With[rung.Channel]
		if rung.Channel == notice.Page || rung.Channel == notice.Letter {
			have = left
		}
		cost := have * r.herald.Price(t, rung.Channel)
		total += cost
		payer, price := "", "0 €"
		if p := r.herald.Payer(t, rung.Channel); p != "" {
			payer, price = words.T(ctx, "notice.payer."+p), euros(cost)
		}
		v.Steps.Rows = append(v.Steps.Rows, ui.Row{Cells: []ui.Cell{{Text: words.T(ctx, "mustread.way."+string(rung.Channel))}, {Text: afterWords(ctx, rung.After)},
			{Text: words.Number(have)}, {Text: price}, {Text: payer}}})
	}
	v.Cost = words.T(ctx, "mustread.cost", "sum", euros(total))
	if f.Without > 0 {
		v.Without = words.N(ctx, "mustread.without", f.Without)
	}
	v.Alike = f.Warnings(ctx, r.db.NowIn(ctx))
	return v
}

func afterWords(ctx context.Context, minutes int) string {
	switch {
	case minutes == 0:
		return words.T(ctx, "mustread.after.now")
	case minutes < 120:
		return words.N(ctx, "mustread.after.minutes", minutes)
	}
	return words.N(ctx, "mustread.after.hours", minutes/60)
}

func (r *Room) shapeFollowed(ctx context.Context, f followed) followView {
	p := f.progress
	v := followView{ID: f.ID.String(), Path: messagePath(f.ID), Title: words.Typeset(f.Title), Body: f.Body, Telling: f.State == Telling, Over: f.State == Stopped,
		Late: f.GoalAt.Before(r.db.NowIn(ctx)) && p.Acknowledged < p.People}
	left := p.People - p.Acknowledged
	v.Progress = ui.Progress{ID: "reached", Label: words.T(ctx, "mustread.reached"), Value: p.Acknowledged, Max: max(p.People, 1),
		Words: words.N(ctx, "mustread.reached.words", left, "percent", percent(p.Acknowledged, p.People), "done", words.Number(p.Acknowledged), "all", words.Number(p.People))}
	v.Facts = []ui.Fact{{Label: words.T(ctx, "mustread.to"), Text: f.Whom}, {Label: words.T(ctx, "mustread.goal"), Text: words.DateTime(f.GoalAt)},
		{Label: words.T(ctx, "mustread.sent_by"), Text: words.T(ctx, "mustread.sent_by.words", "name", f.AuthorName, "when", words.DateTime(f.SentAt))}}
	if f.State == Telling {
		v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "mustread.telling"), Text: words.T(ctx, "mustread.telling.words", "done", words.Number(f.Told), "all", words.Number(f.Expected))})
	}
	if !p.NextAt.IsZero() {
		v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "mustread.next"), Text: words.DateTime(p.NextAt)})
	}
	v.Ways = ui.Table{Caption: words.T(ctx, "mustread.ways"), Columns: []ui.Column{{Label: words.T(ctx, "mustread.step")}, {Label: words.T(ctx, "mustread.ways.taken"), Numeric: true},
		{Label: words.T(ctx, "mustread.ways.no_address"), Numeric: true}, {Label: words.T(ctx, "mustread.ways.failed"), Numeric: true}, {Label: words.T(ctx, "mustread.ways.brought"), Numeric: true},
		{Label: words.T(ctx, "mustread.ways.cost"), Numeric: true}, {Label: words.T(ctx, "mustread.step.payer")}}}
	brought := map[notice.Channel]int{notice.Page: p.By["page"], notice.Text: p.By["text"], notice.Voice: p.By["voice"]}
	for _, rung := range p.Ladder {
		w := p.Ways[rung.Channel]
		payer := ""
		if w.Payer != "" {
			payer = words.T(ctx, "notice.payer."+w.Payer)
		}
		v.Ways.Rows = append(v.Ways.Rows, ui.Row{Cells: []ui.Cell{{Text: words.T(ctx, "mustread.way."+string(rung.Channel))}, {Text: words.Number(w.Taken)}, {Text: words.Number(w.NoAddress)},
			{Text: words.Number(w.Failed)}, {Text: words.Number(brought[rung.Channel])}, {Text: costWords(w)}, {Text: payer}}})
	}
	if n := p.By["link"]; n > 0 { // the same link stands in the e-mail and in the text
		v.ByLink = words.N(ctx, "mustread.by_link", n)
	}
	if n := p.By["hand"]; n > 0 {
		v.ByHand = words.N(ctx, "mustread.by_hand", n)
	}
	v.Waiting = p.Ways[notice.Letter].Waiting
	v.MayHurry, v.MayEnd = p.Climbing > 0, f.State != Stopped && left > 0
	for _, one := range f.people {
		v.Left = append(v.Left, r.leftRow(ctx, f.ID, one))
	}
	v.More = f.more
	return v
}

func (r *Room) leftRow(ctx context.Context, id uuid.UUID, p notice.Reached) ui.Row {
	name := p.Name
	if p.AboutNames != "" {
		name += " (" + p.AboutNames + ")"
	}
	return ui.Row{Cells: []ui.Cell{{Text: name}, {Text: triedWords(ctx, p)}, {Text: nextWords(ctx, p)},
		{Body: noteReached(reachedView{URL: messagePath(id) + "/reached/" + p.Person.String(), Name: p.Name})}}}
}

// costWords is what providers charged so far, rounded up to the cent; nothing where nobody pays.
func costWords(w notice.Way) string {
	if w.Payer == "" {
		return ""
	}
	const thousandth = 1000
	return euros(int((int64(w.Cost) + thousandth - 1) / thousandth))
}

func nextWords(ctx context.Context, p notice.Reached) string {
	if p.NextAt.IsZero() {
		return words.T(ctx, "mustread.next.none")
	}
	return words.DateTime(p.NextAt)
}

// triedWords says what went to a person, and when, then the ways that lead nowhere.
func triedWords(ctx context.Context, p notice.Reached) string {
	var parts, nowhere []string
	for _, a := range p.Attempts {
		way := words.T(ctx, "mustread.way."+string(a.Channel))
		switch {
		case a.Outcome == "withdrawn" && a.Delivery != "":
			parts = append(parts, words.T(ctx, "mustread.tried", "way", way, "outcome", words.T(ctx, "mustread.outcome.unsure")))
		case a.Delivery == "failed" && a.Outcome != "withdrawn":
			parts = append(parts, words.T(ctx, "mustread.tried", "way", way, "outcome", words.T(ctx, "mustread.outcome.failed")))
		case a.Outcome == "no_address" || a.Outcome == "closed":
			nowhere = append(nowhere, way)
		case a.Outcome == "sent" || a.Outcome == "shown":
			parts = append(parts, way+" "+words.Clock(a.At))
		default:
			parts = append(parts, words.T(ctx, "mustread.tried", "way", way, "outcome", words.T(ctx, "mustread.outcome."+a.Outcome)))
		}
	}
	if len(nowhere) > 0 {
		parts = append(parts, words.T(ctx, "mustread.nowhere", "ways", strings.Join(nowhere, ", ")))
	}
	if len(parts) == 0 {
		return words.T(ctx, "mustread.tried.none")
	}
	return strings.Join(parts, " · ")
}

func reachedWords(ctx context.Context, p notice.Reached) string {
	if p.AcknowledgedAt.IsZero() {
		return words.T(ctx, "mustread.not_yet")
	}
	return words.T(ctx, "mustread.done", "by", words.T(ctx, "mustread.by."+p.AcknowledgedBy), "when", words.Stamp(p.AcknowledgedAt))
}

func shapeLedger(ctx context.Context, f followed) ledgerView {
	v := ledgerView{Path: messagePath(f.ID), Title: words.Typeset(f.Title), Table: ui.Table{Caption: words.T(ctx, "mustread.ledger"), HideCaption: true, Dense: true, Columns: []ui.Column{
		{Label: words.T(ctx, "mustread.who")}, {Label: words.T(ctx, "mustread.tried.head")}, {Label: words.T(ctx, "mustread.reached")}}}}
	for _, p := range f.people {
		name := p.Name
		if p.AboutNames != "" {
			name += " (" + p.AboutNames + ")"
		}
		v.Table.Rows = append(v.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: name}, {Text: triedWords(ctx, p)}, {Text: reachedWords(ctx, p)}}})
	}
	if f.more {
		end := f.people[len(f.people)-1]
		v.Next = v.Path + "/ledger?" + url.Values{"after": {end.Name}, "last": {end.Person.String()}}.Encode()
	}
	return v
}

func tableHead(ctx context.Context) []string {
	head := []string{words.T(ctx, "mustread.who"), words.T(ctx, "mustread.letter.about"), words.T(ctx, "mustread.table.visible"), words.T(ctx, "mustread.table.read"), words.T(ctx, "mustread.reached"), words.T(ctx, "mustread.table.by")}
	for _, w := range ladderWays() {
		head = append(head, words.T(ctx, "mustread.way."+string(w)))
	}
	return head
}

func ladderWays() []notice.Channel { return append([]notice.Channel{notice.Page}, notice.Outside()...) }

func tableRow(ctx context.Context, p notice.Reached) []string {
	stamp := func(at time.Time) string {
		if at.IsZero() {
			return ""
		}
		return words.Stamp(at)
	}
	by := ""
	if p.AcknowledgedBy != "" {
		by = words.T(ctx, "mustread.by."+p.AcknowledgedBy)
	}
	row := []string{p.Name, p.AboutNames, stamp(p.VisibleAt), stamp(p.ReadAt), stamp(p.AcknowledgedAt), by}
	for _, w := range ladderWays() {
		cell := ""
		for _, a := range p.Attempts {
			if a.Channel == w {
				outcome := a.Outcome
				if a.Delivery == "failed" && outcome == "sent" {
					outcome = a.Delivery
				}
				cell = strings.TrimSpace(words.T(ctx, "mustread.outcome."+outcome) + " " + stamp(a.At) + " " + a.Error)
			}
		}
		row = append(row, cell)
	}
	return row
}
