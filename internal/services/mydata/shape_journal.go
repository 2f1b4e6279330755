package mydata

import (
	"cmp"
	"context"
	"slices"
	"time"

	"elyco/internal/privacy"
	"elyco/internal/ui"
	"elyco/internal/words"
)

type journalView struct {
	around
	Form   ui.Form
	Month  ui.Field
	Child  string
	Show   ui.Button
	Export ui.ButtonLink
	Table  ui.Table
	Empty  ui.EmptyState
	Older  string
}

// look is one line of the journal with the space where it happened.
type look struct {
	privacy.Entry
	space string
}

func gather(s Subject, pages []privacy.Entries) []look {
	var list []look
	for i, p := range pages {
		for _, e := range p.List {
			list = append(list, look{e, s.Spaces[i].Name})
		}
	}
	slices.SortStableFunc(list, func(a, b look) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID.String(), b.ID.String())) })
	return list
}

func (r *Room) shapeJournal(ctx context.Context, s Subject, from time.Time, pages []privacy.Entries) journalView {
	shown := from.Format("2006-01")
	v := journalView{around: frame(ctx, s, "/journal", "mydata.journal.title", "mydata.journal.lead", "mydata.journal.lead_child"), Form: ui.Form{ID: "month-form", Action: home + "/journal", Method: "get", Inline: true},
		Month: ui.Field{ID: "month", Name: "month", Type: "month", Label: words.T(ctx, "mydata.journal.month"), Value: shown, Width: ui.WidthMedium, Max: r.db.NowIn(ctx).In(words.Zone()).Format("2006-01")},
		Show:  ui.Button{Label: words.T(ctx, "mydata.journal.show"), Icon: ui.IconFilter},
		Empty: ui.EmptyState{Icon: ui.IconEye, Title: words.T(ctx, "mydata.journal.nobody"), Sentence: words.T(ctx, "mydata.journal.nobody_text")}}
	if !s.Own {
		v.Child = s.Person.String()
	}
	v.Export = ui.ButtonLink{Label: words.T(ctx, "mydata.journal.export"), URL: at("/journal/export", s, "month", shown), Icon: ui.IconDownload}
	v.Table = ui.Table{ID: "looks", Caption: words.T(ctx, "mydata.journal.title"), HideCaption: true}
	for _, c := range journalColumns() {
		v.Table.Columns = append(v.Table.Columns, ui.Column{Label: words.T(ctx, c)})
	}
	for _, l := range gather(s, pages) {
		row := ui.Row{}
		for _, text := range l.cells(ctx) {
			row.Cells = append(row.Cells, ui.Cell{Text: text})
		}
		v.Table.Rows = append(v.Table.Rows, row)
	}
	for _, p := range pages {
		if p.More {
			v.Older = words.T(ctx, "mydata.journal.more")
		}
	}
	return v
}

func journalColumns() []string {
	return []string{"mydata.journal.when", "mydata.journal.who", "mydata.journal.role", "mydata.journal.what", "mydata.journal.where"}
}

func (l look) cells(ctx context.Context) []string {
	who := l.Reader
	if who == "" {
		who = words.T(ctx, "mydata.journal.gone")
	}
	what := sayOr(ctx, "", l.What)
	if l.Title != "" {
		what = words.T(ctx, "mydata.journal.titled", "what", what, "title", l.Title)
	}
	return []string{words.DateTime(l.At), who, words.T(ctx, "profile."+string(l.As)), what, l.space}
}

func journalTable(ctx context.Context, s Subject, pages []privacy.Entries) (columns []string, rows [][]string) {
	for _, c := range journalColumns() {
		columns = append(columns, words.T(ctx, c))
	}
	for _, l := range gather(s, pages) {
		cells := l.cells(ctx)
		cells[0] = l.At.In(words.Zone()).Format(time.DateTime)
		rows = append(rows, cells)
	}
	return columns, rows
}
