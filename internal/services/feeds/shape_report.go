package feeds

import (
	"context"
	"strconv"
	"strings"

	"elyco/internal/feed"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func shapeReport(ctx context.Context, f feed.Feed, parts []feed.Part, l look, problems []feed.Finding, counts map[feed.FindingKind]int) reportView {
	path := home + "/" + f.ID.String()
	v := reportView{Head: ui.PageHead{Title: f.Label,
		Lead: words.T(ctx, "feeds.report.lead", "kind", words.T(ctx, "feeds.kind."+string(f.Kind)), "day", words.Date(f.Day), "records", words.Number(int(f.Records)))},
		Here: path, Badges: feedBadges(ctx, f), Problem: f.Problem, Working: f.State == feed.Reading || f.State == feed.Applying}
	if f.Partial {
		v.Head.Lead += " " + words.T(ctx, "feeds.report.partial")
	}
	switch f.State {
	case feed.Reading:
		v.Progress = ui.Progress{ID: "progress", Label: words.T(ctx, "feeds.state.reading"), Words: words.T(ctx, "feeds.progress.read", "records", words.Number(int(f.Records)))}
	case feed.Applying:
		v.Progress = ui.Progress{ID: "progress", Label: words.T(ctx, "feeds.state.applying"), Value: f.PartsDone, Max: f.PartsDone + f.PartsReady,
			Words: words.T(ctx, "feeds.progress.apply", "done", words.Number(f.PartsDone), "all", words.Number(f.PartsDone+f.PartsReady))}
	case feed.Checked:
		v.Says = words.T(ctx, "feeds.ready.none")
		if v.MayApply = f.PartsReady > 0; v.MayApply {
			v.Says = words.N(ctx, "feeds.ready", f.PartsReady)
		}
	}
	if f.PartsHeld > 0 && f.State != feed.Dropped {
		v.Held = words.N(ctx, "feeds.held.text", f.PartsHeld)
		v.HeldURL = query(path, "state", string(feed.PartHeld))
	}
	if f.Parts > 0 {
		v.Export = path + "/export"
		v.Look = ui.Form{Action: path, Method: "get", Inline: true}
		v.Words = ui.Field{Name: "q", Label: words.T(ctx, "feeds.filter.words"), Value: l.Words, Type: "search", Width: ui.WidthMedium}
		v.State = ui.Select{Name: "state", Label: words.T(ctx, "feeds.filter.state"), Width: ui.WidthMedium, Choices: []ui.Choice{{Label: words.T(ctx, "feeds.filter.all")}}}
		for _, s := range []feed.PartState{feed.PartHeld, feed.PartReady, feed.PartAgreed, feed.PartApplied, feed.Unchanged} {
			v.State.Choices = append(v.State.Choices, ui.Choice{Value: string(s), Label: words.T(ctx, "feeds.part."+string(s)), Selected: l.State == string(s)})
		}
		v.Nothing = ui.EmptyState{Icon: ui.IconSearch, Title: words.T(ctx, "feeds.filter.none"), Sentence: words.T(ctx, "feeds.filter.none.text")}
		v.Table = partsTable(ctx, parts[:min(pageLines, len(parts))])
	}
	if len(parts) > pageLines {
		v.Pager.Next = query(path, "q", l.Words, "state", l.State, "after", strconv.FormatInt(int64(parts[pageLines-1].Scope), 10))
	}
	if l.After > 0 {
		v.Pager.Previous = query(path, "q", l.Words, "state", l.State)
		v.Pager.Words = words.T(ctx, "feeds.pager.first")
	}
	for _, one := range problems {
		v.Problems = append(v.Problems, ui.Item{Title: findingWords(ctx, one), Meta: where(ctx, one)})
	}
	for _, k := range feed.ProblemKinds() {
		if counts[k] > someProblems {
			v.More = words.T(ctx, "feeds.problems.more")
		}
	}
	return v
}

// partsTable sums what comes in and what goes out; the page of an establishment tells them apart.
func partsTable(ctx context.Context, parts []feed.Part) ui.Table {
	t := ui.Table{ID: "parts", Caption: words.T(ctx, "feeds.report.table"), HideCaption: true, Dense: true, Columns: []ui.Column{{Label: words.T(ctx, "feeds.col.school")}}}
	for _, key := range []string{"known", "enter", "changed", "leave", "ties", "duplicates", "problems"} {
		t.Columns = append(t.Columns, ui.Column{Label: words.T(ctx, "feeds.col."+key), Numeric: true})
	}
	t.Columns = append(t.Columns, ui.Column{Label: words.T(ctx, "feeds.col.state")})
	for _, p := range parts {
		row := ui.Row{Cells: []ui.Cell{{Text: p.Name, URL: partPath(p.Feed, p.Scope)}}}
		for _, n := range []int{p.Known, p.Created + p.Arrived + p.Back, p.Changed, p.Moved + p.Gone, p.Ties, p.Duplicates, p.Problems} {
			row.Cells = append(row.Cells, ui.Cell{Text: number(n)})
		}
		row.Cells = append(row.Cells, ui.Cell{Body: ui.Badge{Label: words.T(ctx, "feeds.part."+string(p.State)), Tone: partTone(p.State)}})
		t.Rows = append(t.Rows, row)
	}
	return t
}

func columnKeys() []string {
	return []string{"known", "created", "arrived", "changed", "moved", "gone", "back", "ties", "duplicates", "problems"}
}

func partNumbers(p feed.Part) []int {
	return []int{p.Known, p.Created, p.Arrived, p.Changed, p.Moved, p.Gone, p.Back, p.Ties, p.Duplicates, p.Problems}
}

func shapeExport(ctx context.Context, parts []feed.Part) [][]string {
	head := []string{words.T(ctx, "feeds.col.uai"), words.T(ctx, "feeds.col.school")}
	for _, key := range columnKeys() {
		head = append(head, words.T(ctx, "feeds.col."+key))
	}
	lines := [][]string{append(head, words.T(ctx, "feeds.col.state"), words.T(ctx, "feeds.col.reason"))}
	for _, p := range parts {
		line := []string{p.UAI, p.Name}
		for _, n := range partNumbers(p) {
			line = append(line, strconv.Itoa(n))
		}
		lines = append(lines, append(line, words.T(ctx, "feeds.part."+string(p.State)), p.Reason))
	}
	return lines
}

func shapePart(ctx context.Context, p part, wrong typed) partView {
	academy := tenant.From(ctx).Kind == tenant.KindAcademy
	path := home + "/" + p.Feed.String()
	v := partView{Head: ui.PageHead{Kicker: p.Label, Title: p.Name, Lead: partLead(ctx, p)},
		Back: []ui.Link{{Label: words.T(ctx, "feeds.title"), URL: home}}, Badge: ui.Badge{Label: words.T(ctx, "feeds.part."+string(p.State)), Tone: partTone(p.State)}}
	if academy {
		v.Back = append(v.Back, ui.Link{Label: p.Label, URL: path})
		path = partPath(p.Feed, p.Scope)
	}
	for i, key := range columnKeys() {
		if n := partNumbers(p.Part)[i]; n > 0 && key != "known" {
			v.Facts.Facts = append(v.Facts.Facts, ui.Fact{Label: words.T(ctx, "feeds.col."+key), Text: words.Number(n)})
		}
	}
	if !p.Changes() {
		v.Same = words.T(ctx, "feeds.same")
	}
	if p.Reason != "" {
		v.Reason = words.T(ctx, "feeds.part.reason", "reason", p.Reason)
	}
	if p.State == feed.PartHeld {
		v.Held = words.T(ctx, "feeds.held."+string(p.HeldFor), "gone", words.Number(p.Gone), "known", words.Number(p.Known), "ties", words.Number(p.ChangedTies), "all", words.Number(p.KnownTies))
		v.MayConfirm = academy
	}
	v.Form = ui.Form{ID: "confirm", Action: path}
	v.Why = ui.TextArea{Name: "reason", Label: words.T(ctx, "feeds.confirm.reason"), Hint: words.T(ctx, "feeds.confirm.hint"), Value: wrong.reason, Error: wrong.faults["reason"],
		Required: true, MaxLength: 120, Rows: 2}
	if wrong.faults["reason"] != "" {
		v.Errors = []ui.FieldError{{FieldID: "reason", Text: wrong.faults["reason"]}}
	}
	v.Tabs = ui.Tabs{Label: words.T(ctx, "feeds.part.kinds")}
	for _, k := range kinds() {
		if p.counts[k] > 0 {
			v.Tabs.Tabs = append(v.Tabs.Tabs, ui.Link{Label: words.T(ctx, "feeds.finding."+string(k)), URL: query(path, "kind", string(k)) + "#lines", Current: k == p.filter.Kind})
		}
	}
	for _, one := range p.findings[:min(pageLines, len(p.findings))] {
		v.Lines = append(v.Lines, ui.Item{Title: findingWords(ctx, one), Text: changeWords(ctx, one), Meta: where(ctx, one)})
	}
	if len(p.findings) > pageLines {
		v.Pager.Next = query(path, "kind", string(p.filter.Kind), "after", strconv.Itoa(p.findings[pageLines-1].Number))
	}
	if p.filter.After > 0 {
		v.Pager.Previous, v.Pager.Words = query(path, "kind", string(p.filter.Kind)), words.T(ctx, "feeds.pager.first")
	}
	v.LinesTitle = words.T(ctx, "feeds.finding."+string(p.filter.Kind))
	v.LinesLead = words.T(ctx, "feeds.meaning."+string(p.filter.Kind))
	return v
}

func partLead(ctx context.Context, p part) string {
	if p.Known == 0 {
		return words.T(ctx, "feeds.part.first", "day", words.Date(p.Day))
	}
	return words.N(ctx, "feeds.part.lead", p.Known, "day", words.Date(p.Day), "known", words.Number(p.Known))
}

// differWords names what can be another of somebody who was there before.
var differWords = map[string]string{"family_name": "feeds.differs.family_name", "given_name": "feeds.differs.given_name", "birth_date": "feeds.differs.birth_date",
	"email": "feeds.differs.email", "function": "feeds.differs.function", "profile": "feeds.differs.profile", "ended": "feeds.differs.ended"}

// changeWords says what changes of a person; empty for lines about anything else.
func changeWords(ctx context.Context, f feed.Finding) string {
	_, fields, some := strings.Cut(f.Detail, ":")
	if f.Kind != feed.Changed || !some {
		return ""
	}
	var list []string
	for _, field := range strings.Split(fields, ",") {
		if key := differWords[field]; key != "" {
			list = append(list, words.T(ctx, key))
		}
	}
	return words.T(ctx, "feeds.differs", "fields", strings.Join(list, ", "))
}

// tieWords says what becomes of a tie.
var tieWords = map[string]string{"insert": "feeds.says.tie.insert", "update": "feeds.says.tie.update", "end": "feeds.says.tie.end"}

// findingWords says what a line of a report is about: a person with the profile, or what the feed says.
func findingWords(ctx context.Context, f feed.Finding) string {
	switch f.Kind {
	case feed.Created, feed.Arrived, feed.Changed, feed.Moved, feed.Gone, feed.Back:
		profile, _, _ := strings.Cut(f.Detail, ":")
		return f.Name + ", " + words.T(ctx, "profile."+profile)
	case feed.Placed:
		switch {
		case f.Key == "":
			return words.T(ctx, "feeds.says.entered", "name", f.Name, "class", f.Detail)
		case f.Detail == "":
			return words.T(ctx, "feeds.says.left", "name", f.Name, "class", f.Key)
		}
		return words.T(ctx, "feeds.says.place", "name", f.Name, "left", f.Key, "class", f.Detail)
	case feed.Tied:
		return words.T(ctx, tieWords[f.Key], "child", f.Name, "guardian", f.Detail)
	case feed.Duplicate:
		if f.Detail == "" {
			return f.Name
		}
		return f.Name + " – " + f.Detail
	case feed.Unreadable:
		return f.Detail
	}
	return words.T(ctx, "feeds.says."+string(f.Kind), "key", f.Key, "name", f.Name)
}

func where(ctx context.Context, f feed.Finding) string {
	if f.File == "" {
		return ""
	}
	return words.T(ctx, "feeds.where", "file", f.File, "line", strconv.Itoa(f.Line))
}
