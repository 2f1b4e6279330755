package oversight

import (
	"context"
	"slices"
	"unicode"
	"unicode/utf8"

	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func (r *Room) shapeImports(ctx context.Context, list []Import, wrong string) importsView {
	v := importsView{Head: ui.PageHead{Kicker: tenant.From(ctx).Name, Title: words.T(ctx, "oversight.import.title"), Lead: words.T(ctx, "oversight.import.lead")},
		Tabs: r.tabs(ctx, "/imports"), Form: ui.Form{Action: home + "/imports", Multipart: true}, ID: school.NewID().String(),
		File: ui.FileField{Name: "directory", Label: words.T(ctx, "oversight.import.file"), Hint: words.T(ctx, "oversight.import.file.hint"),
			Error: wrong, Accept: ".csv,text/csv", Required: true}}
	if wrong != "" {
		v.Errors = []ui.FieldError{{FieldID: "directory", Text: wrong}}
	}
	for _, i := range list {
		v.Latest = append(v.Latest, ui.Item{Title: i.FileName, URL: home + "/imports/" + i.ID.String(), Icon: ui.IconDocument,
			Meta: words.DateTime(i.CreatedAt) + " · " + i.AuthorName, Badges: []ui.Badge{{Label: words.T(ctx, "oversight.import.state."+string(i.State))}}})
	}
	return v
}

// Of a long report a page shows so many lines.
const reportLines = 300

func (r *Room) shapeImport(ctx context.Context, i Import, changes []tenant.Change) importView {
	v := importView{Head: ui.PageHead{Kicker: words.T(ctx, "oversight.import.title"), Title: i.FileName, Lead: words.T(ctx, "oversight.import.state."+string(i.State))},
		Path: home + "/imports/" + i.ID.String(), Agreed: fingerprint(changes)}
	n := applies(changes)
	switch i.State {
	case ImportRead:
		v.MayApply = n > 0
		v.Says = words.N(ctx, "oversight.import.changes", n, "lines", words.Number(len(i.Lines)))
	case ImportApplied:
		v.Says = words.T(ctx, "oversight.import.report", "changed", words.N(ctx, "oversight.import.changed", i.Report.Changed),
			"added", words.N(ctx, "oversight.import.added", i.Report.Added), "decide", words.N(ctx, "oversight.import.decide", i.Report.ToDecide))
	case ImportWaiting:
		v.Waiting = true
	}
	v.Changes = ui.Table{Caption: words.T(ctx, "oversight.import.table"), Dense: true, Columns: []ui.Column{{Label: words.T(ctx, "oversight.col.name")},
		{Label: words.T(ctx, "oversight.col.uai")}, {Label: words.T(ctx, "oversight.import.change")}}}
	changes = appliedFirst(changes)
	for _, c := range changes[:min(reportLines, len(changes))] {
		v.Changes.Rows = append(v.Changes.Rows, ui.Row{Cells: []ui.Cell{{Text: c.Label}, {Text: string(c.UAI)}, {Text: begun(c.What()), Tone: changeTone(c.Kind)}}})
	}
	if len(changes) > reportLines {
		v.More = words.N(ctx, "oversight.copy.more", len(changes)-reportLines)
	}
	for _, p := range i.Problems[:min(reportLines, len(i.Problems))] {
		v.Problems = append(v.Problems, ui.Item{Title: begun(p.String())})
	}
	return v
}

// appliedFirst puts what agreeing would do before what somebody must look into: of the second there may be hundreds.
func appliedFirst(changes []tenant.Change) []tenant.Change {
	sorted := slices.Clone(changes)
	slices.SortStableFunc(sorted, func(a, b tenant.Change) int {
		return applies([]tenant.Change{b}) - applies([]tenant.Change{a})
	})
	return sorted
}

// begun makes a sentence of words that stand alone.
func begun(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

func changeTone(k tenant.ChangeKind) ui.Tone {
	switch k {
	case tenant.ChangeClose, tenant.ChangeDoubt, tenant.ChangeMissing:
		return ui.ToneWarning
	}
	return ui.ToneNeutral
}
