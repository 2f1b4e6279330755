package console

import (
	"context"
	"strconv"

	"elyco/internal/directory"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

type fieldsView struct {
	around
	Circles  []circleView
	Versions []string
	Own      bool
}

// circleView is one table: whose fields, a column for each circle that looks, a line for each field.
type circleView struct {
	Title   string
	Columns []string
	Rows    []fieldRow
	Notes   []string
}

type fieldRow struct {
	Label string
	Boxes []fieldBox
}

type fieldBox struct {
	Value, Label    string
	Checked, Locked bool
}

func (r *Room) shapeFields(ctx context.Context, wrong map[string]string) fieldsView {
	t := tenant.From(ctx)
	v := fieldsView{around: frame(ctx, home+"/fields", "console.fields", "console.fields.lead")}
	v.refuse(wrong, func(string) string { return "main" })
	for _, of := range directory.Circles() {
		c := circleView{}
		lines := make([]setting.Line, 0, len(directory.Circles()))
		for _, by := range directory.Circles() {
			l := r.Settings.Line(t, directory.VisibleName(of, by))
			lines = append(lines, l)
			c.Title = words.T(ctx, l.Def.Group)
			c.Columns = append(c.Columns, words.T(ctx, l.Def.Title))
			v.Versions = append(v.Versions, l.Def.Name+" "+strconv.Itoa(l.Version))
			v.Own = v.Own || l.Own
			if l.Locked != nil {
				c.Notes = append(c.Notes, setting.LockedWords(l.Locked))
			}
		}
		for _, o := range lines[0].Def.Choices {
			row := fieldRow{Label: words.T(ctx, o.Label)}
			for i, l := range lines {
				row.Boxes = append(row.Boxes, fieldBox{Value: l.Def.Name + " " + o.Value, Label: row.Label + ", " + c.Title + " : " + c.Columns[i],
					Checked: has(l.Value.Many, o.Value), Locked: l.Locked != nil})
			}
			c.Rows = append(c.Rows, row)
		}
		v.Circles = append(v.Circles, c)
	}
	return v
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

type quotasView struct {
	around
	Used  ui.Progress
	Lines []quotaView
}

type quotaView struct {
	Name, Version string
	Field         ui.Field
	From          string // who decided
	Locked        bool
	Value         string
}

// shapeQuotas makes the page of the limits, with the bytes that all files of the space take now.
func (r *Room) shapeQuotas(ctx context.Context, used int64, typed, wrong map[string]string) quotasView {
	t := tenant.From(ctx)
	v := quotasView{around: frame(ctx, home+"/quotas", "console.quotas", "console.quotas.lead")}
	v.refuse(wrong, same)
	for _, l := range r.Settings.Effective(t) {
		if l.Def.Group != setting.QuotaGroup {
			continue
		}
		value := strconv.Itoa(l.Value.Number)
		if wrong != nil {
			value = typed[l.Def.Name]
		}
		held := l.Def.Say(ctx, l.Value)
		q := quotaView{Name: l.Def.Name, Version: l.Def.Name + " " + strconv.Itoa(l.Version), Locked: l.Locked != nil, Value: held}
		if l.Def.Name == setting.QuotaSchool {
			v.Used = ui.Progress{ID: "used", Label: words.T(ctx, "console.quotas.used"), Value: mebibytes(used), Max: l.Value.Number,
				Words: words.T(ctx, "console.quotas.used_of", "used", words.Size(used), "whole", held)}
		}
		switch {
		case l.Locked != nil:
			q.From = setting.LockedWords(l.Locked)
		case l.Own:
			q.From = words.T(ctx, "console.quotas.own", "value", held, "above", l.Def.Say(ctx, l.Above))
		case l.From != nil:
			q.From = words.T(ctx, "console.quotas.from", "name", l.From.Name, "value", held)
		default:
			q.From = words.T(ctx, "console.quotas.default", "value", held)
		}
		hint := words.T(ctx, "console.quotas.bounds", "min", words.Number(l.Def.Min), "max", words.Number(l.Def.Max))
		if l.Def.Help != "" {
			hint = words.T(ctx, l.Def.Help) + " " + hint
		}
		q.Field = ui.Field{ID: l.Def.Name, Name: "value", Label: words.T(ctx, l.Def.Title), Hint: hint, Value: value, InputMode: "numeric", Width: ui.WidthShort, Error: wrong[l.Def.Name]}
		v.Lines = append(v.Lines, q)
	}
	return v
}
