package rights

import (
	"context"

	"github.com/a-h/templ"

	"elyco/internal/policy"
	"elyco/internal/service"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// shapeTable makes the page of a service: a table for each action, a line for each profile.
func (r *Room) shapeTable(ctx context.Context, s service.Service, changed bool) tableView {
	t := tenant.From(ctx)
	path := home + "/" + s.Name
	v := tableView{
		Trail: trail(ctx), Title: words.T(ctx, s.Title), Kicker: t.Name, Lead: words.T(ctx, "rights.table.lead."+string(t.Kind)),
		History: ui.ButtonLink{Label: words.T(ctx, "rights.history"), URL: path + "/history", Icon: ui.IconClock},
		Export:  ui.ButtonLink{Label: words.T(ctx, "rights.export"), URL: path + "/export", Icon: ui.IconDownload},
		Tabs: ui.Tabs{Label: words.T(ctx, "rights.show"), Tabs: []ui.Link{
			{Label: words.T(ctx, "rights.show.all"), URL: path, Current: !changed},
			{Label: words.T(ctx, "rights.show.changed"), URL: path + "?show=" + changedOnly, Current: changed},
		}},
		Empty: ui.EmptyState{Icon: ui.IconCheck, Title: words.T(ctx, "rights.none"), Sentence: words.T(ctx, "rights.none.text")},
	}
	if !s.Always && !t.Offers(s.Name) {
		v.Off = words.T(ctx, "rights.off.text")
	}
	mayChange := r.may(ctx, change)
	if !mayChange {
		v.Lead = words.T(ctx, "rights.table.lead.read")
	}
	for _, a := range actionsIn(s, t) {
		var rows []ui.Row
		for _, l := range r.lines(t, s, a) {
			if changed && l.Own == nil && len(l.Above) == 0 && len(r.policy.Differing(t, l)) == 0 {
				continue
			}
			rows = append(rows, r.tableRow(ctx, t, subject{s, a, l}, mayChange))
		}
		if len(rows) == 0 {
			continue
		}
		title := words.T(ctx, "rights.may_do", "action", words.T(ctx, a.Words))
		v.Sections = append(v.Sections, sectionView{ID: a.Name, Title: title,
			Table: ui.Table{Caption: title, HideCaption: true, Columns: tableColumns(ctx, t), Rows: rows, Dense: true}})
	}
	return v
}

func trail(ctx context.Context, more ...ui.Link) ui.Breadcrumb {
	return ui.Breadcrumb{Trail: append([]ui.Link{{Label: words.T(ctx, "rights.title"), URL: home}}, more...)}
}

func tableColumns(ctx context.Context, t *tenant.Tenant) []ui.Column {
	columns := []ui.Column{{Label: words.T(ctx, "rights.profile")}, {Label: words.T(ctx, "rights.default")}}
	if t.Kind != tenant.KindAcademy {
		columns = append(columns, ui.Column{Label: words.T(ctx, "rights.above")})
	}
	columns = append(columns, ui.Column{Label: words.T(ctx, "rights.here")})
	if t.Kind != tenant.KindEstablishment {
		columns = append(columns, ui.Column{Label: words.T(ctx, "rights.below"), Numeric: true})
	}
	return append(columns, ui.Column{Label: words.T(ctx, "rights.effect")}, ui.Column{Label: words.T(ctx, "rights.change"), Hide: true})
}

func (r *Room) tableRow(ctx context.Context, t *tenant.Tenant, s subject, mayChange bool) ui.Row {
	l := s.line
	cells := []ui.Cell{{Text: words.T(ctx, "profile."+string(l.Profile))}, {Text: short(ctx, l.Default)}}
	if t.Kind != tenant.KindAcademy {
		cells = append(cells, ui.Cell{Body: setsCell(aboveSets(ctx, l))})
	}
	cells = append(cells, ui.Cell{Body: setsCell(ownSets(ctx, l))})
	if t.Kind != tenant.KindEstablishment {
		cells = append(cells, ui.Cell{Text: words.Number(len(r.policy.Differing(t, l)))})
	}
	cells = append(cells, ui.Cell{Body: effectCell(l.Effective != policy.None, sentence(ctx, s, l.Effective))}, ui.Cell{Body: changeCell(ctx, s, mayChange)})
	return ui.Row{Cells: cells, Attrs: templ.Attributes{"id": s.anchor()}}
}

func aboveSets(ctx context.Context, l policy.Line) []setView {
	var sets []setView
	for _, above := range l.Above {
		set := setView{Text: short(ctx, above.Reach), By: above.Space.Name}
		if above.Closed {
			set.Closed = words.T(ctx, "rights.closed")
		}
		sets = append(sets, set)
	}
	return sets
}

func ownSets(ctx context.Context, l policy.Line) []setView {
	if l.Own == nil {
		return nil
	}
	set := setView{Text: short(ctx, l.Own.Reach)}
	if l.Own.Closed {
		set.Closed = words.T(ctx, "rights.closed")
	}
	if l.ClosedBy() != nil {
		set.By = words.T(ctx, "rights.asleep")
	}
	return []setView{set}
}

func changeCell(ctx context.Context, s subject, mayChange bool) templ.Component {
	name := words.T(ctx, "profile."+string(s.line.Profile))
	switch {
	case s.line.Kept:
		return noteCell(words.T(ctx, "rights.kept"))
	case s.line.ClosedBy() != nil:
		return noteCell(words.T(ctx, "rights.closed_above"))
	case mayChange:
		return linkCell(s.path(), words.T(ctx, "rights.change"), name)
	}
	return noteCell("")
}

// shapeExport makes the same table as rows of text, the heads first.
func (r *Room) shapeExport(ctx context.Context, s service.Service) [][]string {
	t := tenant.From(ctx)
	rows := [][]string{{words.T(ctx, "rights.service"), words.T(ctx, "rights.right"), words.T(ctx, "rights.profile"), words.T(ctx, "rights.default"),
		words.T(ctx, "rights.above"), words.T(ctx, "rights.closed_by"), words.T(ctx, "rights.here"), words.T(ctx, "rights.below"), words.T(ctx, "rights.effect")}}
	for _, a := range actionsIn(s, t) {
		for _, l := range r.lines(t, s, a) {
			above, closer, here := "", "", ""
			for _, set := range l.Above {
				above = words.T(ctx, "rights.says", "name", set.Space.Name, "text", short(ctx, set.Reach))
			}
			if by := l.ClosedBy(); by != nil {
				closer = by.Name
			}
			if l.Own != nil {
				here = short(ctx, l.Own.Reach)
			}
			rows = append(rows, []string{words.T(ctx, s.Title), words.T(ctx, a.Words), words.T(ctx, "profile."+string(l.Profile)), short(ctx, l.Default),
				above, closer, here, words.Number(len(r.policy.Differing(t, l))), sentence(ctx, subject{s, a, l}, l.Effective)})
		}
	}
	for _, row := range rows {
		for i, text := range row {
			row[i] = harmless(text)
		}
	}
	return rows
}

// harmless keeps a spreadsheet from reading the name of a space as a formula.
func harmless(text string) string {
	if text != "" && (text[0] == '=' || text[0] == '+' || text[0] == '-' || text[0] == '@') {
		return "'" + text
	}
	return text
}
