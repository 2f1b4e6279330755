package slips

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/ui"
	"elyco/internal/words"
)

const unitsPage = 60

func shapeResults(ctx context.Context, r Results, now time.Time, class string, at int, fresh uuid.UUID, faults map[string]string) resultsView {
	v := resultsView{Title: r.Title, Path: slipPath(r.ID), Back: slipPath(r.ID), All: r.all, Version: strconv.Itoa(r.Version), Fresh: fresh.String(), Faults: faults,
		Open: r.Open(now), Paper: r.seat.paper, Author: r.seat.author, Closes: local(r.ClosesAt), Ready: r.Ready, Named: !r.Anonymous,
		CanExtend: r.State == Published && !r.Over(now) || r.Over(now) && !r.Anonymous, Anonymous: r.Anonymous}
	if r.all {
		v.Back = home + "/desk"
	}
	v.Lead = words.T(ctx, "slips.results.lead", "kind", kindWords(ctx, r.Slip), "whom", r.Whom)
	v.State = stateBadge(ctx, r.Slip, now)
	v.End = words.T(ctx, "slips.results.end", "day", words.DateTime(r.ClosesAt))
	v.Turnout = ui.Progress{ID: "turnout", Label: words.T(ctx, "slips.turnout"), Value: r.Count.Answered, Max: max(1, r.Count.Asked), Tone: ui.ToneSuccess,
		Words: countWords(ctx, r.Count, r.Both)}
	for _, g := range r.Rounds {
		v.Rounds = append(v.Rounds, words.T(ctx, "slips.round", "day", words.DateTime(g.At), "n", g.People))
	}
	if !r.Ready {
		return v
	}
	v.Unsound = !r.Sound
	if r.Anonymous && r.Kind == Survey && r.Tally.Answers < few {
		v.TooFew = true
		return v
	}
	v.Disagreements = r.Disagreements
	for i := range r.Questions {
		v.Questions = append(v.Questions, shapeOutcome(ctx, r, i))
	}
	if r.all && !r.Anonymous {
		shapeUnits(ctx, r, class, at, &v)
	}
	return v
}

// shapeOutcome puts the sums of one question in bars, and by class in a table.
func shapeOutcome(ctx context.Context, r Results, i int) outcomeView {
	q := r.Questions[i]
	out := outcomeView{ID: "outcome-" + strconv.Itoa(i+1), Title: q.Title}
	counts, answered := r.Tally.Counts[i], 0
	for _, n := range counts {
		answered += n
	}
	choices := q.choices(r.Kind)
	if len(choices) == 0 {
		for v := range counts {
			choices = append(choices, v)
		}
		sortValues(q, choices)
	}
	whole := answered
	if q.Form == Many {
		whole = r.Tally.Answers - r.Disagreements
	}
	for n, c := range choices {
		out.Bars = append(out.Bars, ui.Progress{ID: out.ID + "-" + strconv.Itoa(n), Label: plainValue(ctx, r.Kind, q, c), Value: counts[c], Max: max(1, whole),
			Words: words.T(ctx, "slips.share", "n", counts[c], "percent", percent(counts[c], whole))})
	}
	out.Note = noteOf(ctx, r.Kind, q, counts, answered)
	if r.all {
		out.Texts = r.Tally.Texts[i]
	}
	out.Table = shapeClasses(ctx, r, i, choices)
	if r.Anonymous && out.Table != nil {
		if _, hidden := r.Tally.shown(); hidden > 0 {
			out.Hidden = words.N(ctx, "slips.hidden", hidden)
		}
	}
	return out
}

func plainValue(ctx context.Context, k Kind, q Question, c string) string {
	label := q.value(c)
	if k != Ballot || c == blank {
		return label
	}
	first, deputy := candidates(ctx, label)
	if deputy == "" {
		return first
	}
	return first + " (" + deputy + ")"
}

func sortValues(q Question, list []string) {
	slices.SortFunc(list, func(a, b string) int {
		if q.Form == Number {
			x, _ := strconv.ParseFloat(a, 64) // what was accepted is a number
			y, _ := strconv.ParseFloat(b, 64)
			return cmp.Compare(x, y)
		}
		return strings.Compare(a, b)
	})
}

func percent(n, of int) int {
	if of == 0 {
		return 0
	}
	return (200*n + of) / (2 * of)
}

// noteOf says what bars do not: a mean, a sum, a majority.
func noteOf(ctx context.Context, k Kind, q Question, counts map[string]int, answered int) string {
	switch {
	case k == Ballot:
		cast := answered - counts[blank]
		return words.T(ctx, "slips.majority", "cast", cast, "blank", counts[blank], "needed", cast/2+1)
	case (q.Form == Number || q.Form == Scale) && answered > 0:
		total := 0.0
		for v, n := range counts {
			x, _ := strconv.ParseFloat(v, 64) // what was accepted is a number
			total += x * float64(n)
		}
		return words.T(ctx, "slips.mean", "mean", decimal(total/float64(answered)), "sum", decimal(total))
	}
	return ""
}

func decimal(x float64) string {
	return strings.ReplaceAll(strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0"), ".", ",")
}

// shapeClasses is the table of a question by class, for who leads; nil where nothing is told apart.
func shapeClasses(ctx context.Context, r Results, i int, choices []string) *ui.Table {
	q := r.Questions[i]
	if !r.all || r.Kind == Ballot || q.Form == Free || len(choices) == 0 || len(choices) > maxOptions {
		return nil
	}
	var classes []string
	if r.Anonymous {
		classes, _ = r.Tally.shown()
	} else {
		for c := range r.Tally.Classes {
			classes = append(classes, c)
		}
		sortNames(classes)
	}
	if len(classes) == 0 {
		return nil
	}
	t := &ui.Table{Caption: words.T(ctx, "slips.by_class", "question", q.Title), Dense: true, HideCaption: true, Columns: []ui.Column{{Label: words.T(ctx, "slips.col.class")}}}
	for _, c := range choices {
		t.Columns = append(t.Columns, ui.Column{Label: q.value(c), Numeric: true})
	}
	t.Columns = append(t.Columns, ui.Column{Label: words.T(ctx, "slips.col.answers"), Numeric: true})
	for _, name := range classes {
		s := r.Tally.Classes[name]
		row := ui.Row{Cells: []ui.Cell{{Text: name}}}
		for _, c := range choices {
			row.Cells = append(row.Cells, ui.Cell{Text: strconv.Itoa(s.Counts[i][c])})
		}
		row.Cells = append(row.Cells, ui.Cell{Text: strconv.Itoa(s.Answers)})
		t.Rows = append(t.Rows, row)
	}
	return t
}

func standingBadge(ctx context.Context, s Standing) ui.Badge {
	return []ui.Badge{
		{Label: words.T(ctx, "slips.standing.missing"), Tone: ui.ToneWarning},
		{Label: words.T(ctx, "slips.standing.partial"), Tone: ui.ToneInfo},
		{Label: words.T(ctx, "slips.standing.complete"), Tone: ui.ToneSuccess, Icon: ui.IconCheck},
		{Label: words.T(ctx, "slips.standing.disagree"), Tone: ui.ToneDanger, Icon: ui.IconAlert},
	}[s]
}

// filters are what the list of answers may be narrowed to beside a class.
const onlyMissing = "missing"

// shapeUnits is the list of who has answered what, and who has not: one class, those who are missing, or all, by pages.
func shapeUnits(ctx context.Context, r Results, class string, at int, v *resultsView) {
	classes := map[string]bool{}
	var list []Unit
	for _, u := range r.Units {
		if u.Class != "" {
			classes[u.Class] = true
		}
		st := u.standing(r.Both)
		if class == "" || class == u.Class || class == onlyMissing && (st == Missing || st == Partial) {
			list = append(list, u)
		}
	}
	link := func(label, value string) ui.Link {
		return ui.Link{Label: label, URL: resultsPath(r.ID) + "?" + url.Values{"class": {value}}.Encode() + "#answers", Current: class == value}
	}
	v.Filters = []ui.Link{link(words.T(ctx, "slips.filter.all"), ""), link(words.T(ctx, "slips.filter.missing"), onlyMissing)}
	var names []string
	for c := range classes {
		names = append(names, c)
	}
	sortNames(names)
	for _, c := range names {
		v.Filters = append(v.Filters, link(c, c))
	}
	pages := max(1, (len(list)+unitsPage-1)/unitsPage)
	at = min(max(at, 1), pages)
	turn := func(n int) string {
		return resultsPath(r.ID) + "?" + url.Values{"class": {class}, "page": {strconv.Itoa(n)}}.Encode() + "#answers"
	}
	if at > 1 {
		v.Pager.Previous = turn(at - 1)
	}
	if at < pages {
		v.Pager.Next = turn(at + 1)
	}
	v.Pager.Words = words.T(ctx, "slips.page", "n", at, "all", pages)
	v.Units = ui.Table{Caption: words.T(ctx, "slips.answers"), HideCaption: true, Dense: true, Columns: []ui.Column{
		{Label: words.T(ctx, "slips.col.who")}, {Label: words.T(ctx, "slips.col.class")}, {Label: words.T(ctx, "slips.col.state")}, {Label: words.T(ctx, "slips.col.given")}}}
	for _, u := range list[(at-1)*unitsPage : min(len(list), at*unitsPage)] {
		v.Units.Rows = append(v.Units.Rows, ui.Row{Cells: []ui.Cell{{Text: u.Name}, {Text: u.Class}, {Body: standingBadge(ctx, u.standing(r.Both))}, {Body: givenCell(shapeUnit(ctx, r.Slip, u))}}})
	}
}

// unitLine is what one person answered, or that the person has not.
type unitLine struct {
	Name, Stamp string
	Answers     []string
}

func shapeUnit(ctx context.Context, s Slip, u Unit) []unitLine {
	var out []unitLine
	for _, a := range u.Asked {
		l := unitLine{Name: a.Name}
		if a.Reply == nil {
			l.Stamp = words.T(ctx, "slips.standing.missing")
		} else {
			l.Stamp = stampOf(ctx, *a.Reply)
			for i, q := range s.Questions {
				if i < len(a.Reply.Answers) && len(a.Reply.Answers[i]) > 0 {
					l.Answers = append(l.Answers, inWords(q, a.Reply.Answers[i]))
				}
			}
		}
		out = append(out, l)
	}
	return out
}

// shapeCSV is the table of named answers, or of the sums of anonymous ones as far as the page shows them.
func shapeCSV(ctx context.Context, r Results) [][]string {
	if r.Anonymous {
		rows := [][]string{{words.T(ctx, "slips.col.question"), words.T(ctx, "slips.col.answer"), words.T(ctx, "slips.col.number")}}
		if r.Kind == Survey && r.Tally.Answers < few {
			return rows
		}
		for i, q := range r.Questions {
			o := shapeOutcome(ctx, r, i)
			for _, b := range o.Bars {
				rows = append(rows, []string{q.Title, b.Label, strconv.Itoa(b.Value)})
			}
			for _, text := range o.Texts {
				rows = append(rows, []string{q.Title, text, ""})
			}
		}
		return rows
	}
	head := []string{words.T(ctx, "slips.col.class"), words.T(ctx, "slips.col.who"), words.T(ctx, "slips.col.person"), words.T(ctx, "slips.col.state"), words.T(ctx, "slips.col.when")}
	for _, q := range r.Questions {
		head = append(head, q.Title)
	}
	rows := [][]string{head}
	for _, u := range r.Units {
		for _, a := range u.Asked {
			row := []string{u.Class, u.Name, a.Name, standingBadge(ctx, u.standing(r.Both)).Label, ""}
			if a.Reply != nil {
				row[4] = stampOf(ctx, *a.Reply)
			}
			for i, q := range r.Questions {
				text := ""
				if a.Reply != nil && i < len(a.Reply.Answers) {
					text = inWords(q, a.Reply.Answers[i])
				}
				row = append(row, text)
			}
			rows = append(rows, row)
		}
	}
	return rows
}
