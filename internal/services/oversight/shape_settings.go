package oversight

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"elyco/internal/school"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func (r *Room) shapeDefaults(ctx context.Context, name, wrong string) (defaultsView, error) {
	here := tenant.From(ctx)
	v := defaultsView{Head: ui.PageHead{Kicker: here.Name, Title: words.T(ctx, "oversight.defaults.title"), Lead: words.T(ctx, "oversight.defaults.lead")},
		Tabs: r.tabs(ctx, "/defaults")}
	list := Schools(here)
	for _, line := range r.Settings.Effective(here) {
		if !line.Def.MaySet(here.Kind) || line.Def.Kind == setting.Periods {
			continue
		}
		group := words.T(ctx, line.Def.Group)
		i := slices.IndexFunc(v.Groups, func(g defaultGroup) bool { return g.Title == group })
		if i < 0 {
			i = len(v.Groups)
			v.Groups = append(v.Groups, defaultGroup{Title: group, Open: i == 0})
		}
		if line.Own {
			v.Groups[i].Own++
		}
		v.Groups[i].Open = v.Groups[i].Open || line.Own || line.Def.Name == name
		v.Groups[i].Lines = append(v.Groups[i].Lines, r.defaultLine(ctx, line, list, name, wrong))
	}
	for i, g := range v.Groups {
		if g.Own == 0 {
			continue
		}
		v.Groups[i].Title = words.N(ctx, "oversight.defaults.group", g.Own, "group", g.Title)
	}
	if len(v.Groups) == 0 {
		v.Nothing = &ui.EmptyState{Icon: ui.IconSettings, Title: words.T(ctx, "oversight.defaults.empty"), Sentence: words.T(ctx, "oversight.defaults.empty.text")}
	}
	copies, err := r.copies(ctx)
	for _, c := range copies {
		v.Copies = append(v.Copies, ui.Item{Title: r.spaceName(c.Source), URL: home + "/copies/" + c.ID.String(), Icon: ui.IconShare,
			Meta: words.DateTime(c.CreatedAt) + " · " + c.AuthorName, Badges: []ui.Badge{{Label: words.T(ctx, "oversight.copy.state."+string(c.State))}}})
	}
	return v, err
}

func (r *Room) defaultLine(ctx context.Context, line setting.Line, list []*tenant.Tenant, name, wrong string) defaultView {
	d, id := line.Def, "set-"+line.Def.Name
	v := defaultView{ID: id, Name: d.Name, Title: words.T(ctx, d.Title), Version: strconv.Itoa(line.Version), Own: line.Own, Value: d.Say(ctx, line.Value)}
	if d.Help != "" {
		v.Help = words.T(ctx, d.Help)
	}
	if d.Name != name {
		wrong = ""
	}
	differ := 0
	for _, t := range list {
		if !d.Same(r.Settings.Line(t, d.Name).Value, line.Value) {
			differ++
		}
	}
	v.Differ = words.N(ctx, "oversight.defaults.differ", differ)
	if line.Locked != nil {
		v.Locked = setting.LockedWords(line.Locked)
		return v
	}
	v.MayLock = d.MayLock(tenant.From(ctx).Kind)
	v.Lock = ui.Checkbox{ID: id + "-lock", Name: "lock", Value: "1", Label: words.T(ctx, "oversight.defaults.lock"), Checked: line.Locks}
	v.Input = defaultInput(ctx, line, v.Title, id, wrong)
	return v
}

func defaultInput(ctx context.Context, line setting.Line, title, id, wrong string) templ.Component {
	d := line.Def
	pick := func(options []setting.Option, chosen func(string) bool) []ui.Choice {
		var list []ui.Choice
		for _, o := range options {
			list = append(list, ui.Choice{Value: o.Value, Label: words.T(ctx, o.Label), Selected: chosen(o.Value)})
		}
		return list
	}
	switch d.Kind {
	case setting.Number:
		return ui.Field{ID: id, Name: "number", Label: title, Hint: d.Bounds(ctx), Type: "number", Value: strconv.Itoa(line.Value.Number), Error: wrong, Width: ui.WidthShort, Required: true}
	case setting.Switch:
		return ui.Select{ID: id, Name: "text", Label: title, Error: wrong, Width: ui.WidthMedium, Choices: []ui.Choice{
			{Value: "1", Label: words.T(ctx, "oversight.yes"), Selected: line.Value.On}, {Value: "0", Label: words.T(ctx, "oversight.no"), Selected: !line.Value.On}}}
	case setting.Choice:
		return ui.Select{ID: id, Name: "text", Label: title, Error: wrong, Width: ui.WidthMedium,
			Choices: pick(d.Choices, func(o string) bool { return o == line.Value.Text })}
	case setting.Choices:
		return ui.CheckboxGroup{ID: id, Name: "many", Legend: title, Error: wrong, Inline: true,
			Choices: pick(d.Choices, func(o string) bool { return slices.Contains(line.Value.Many, o) })}
	}
	return ui.Field{ID: id, Name: "text", Label: title, Value: line.Value.Text, Error: wrong, MaxLength: 2000}
}

func (r *Room) spaceName(id school.ScopeID) string {
	if t := r.Registry.ByID(id); t != nil {
		return t.Name
	}
	return "—"
}

func (r *Room) shapeNewCopy(ctx context.Context, f Filter, form copyForm, fields map[string]string) newCopyView {
	here := tenant.From(ctx)
	all := Schools(here)
	kept := f.Keep(all, Sums{})
	v := newCopyView{Head: ui.PageHead{Kicker: here.Name, Title: words.T(ctx, "oversight.copy.title"), Lead: words.T(ctx, "oversight.copy.lead")},
		Look: r.shapeFilter(ctx, f, "/copies/new", len(kept), len(all)), Form: ui.Form{Action: home + "/copies"}, ID: form.ID.String()}
	v.From = ui.Select{Name: "from", Label: words.T(ctx, "oversight.copy.from"), Error: fields["from"], Required: true, Choices: []ui.Choice{{Label: words.T(ctx, "oversight.into.choose")}}}
	for _, t := range (Filter{Sort: "city"}).Keep(all, Sums{}) {
		v.From.Choices = append(v.From.Choices, ui.Choice{Value: strconv.Itoa(int(t.ID)), Label: t.City + " · " + t.Name, Selected: int(t.ID) == form.From})
	}
	v.Settings = ui.CheckboxGroup{ID: "settings", Name: "settings", Legend: words.T(ctx, "oversight.copy.settings"), Error: fields["settings"]}
	for _, d := range r.Settings.Defs() {
		if d.MaySet(tenant.KindEstablishment) {
			v.Settings.Choices = append(v.Settings.Choices, ui.Choice{Value: d.Name, Label: settingName(ctx, d), Selected: slices.Contains(form.Settings, d.Name)})
		}
	}
	v.To = ui.CheckboxGroup{ID: "to", Name: "to", Legend: words.N(ctx, "oversight.copy.to", len(kept)), Hint: words.T(ctx, "oversight.copy.to.hint"), Error: fields["to"]}
	for _, t := range kept {
		n := strconv.Itoa(int(t.ID))
		v.To.Choices = append(v.To.Choices, ui.Choice{Value: n, Label: t.Name + ", " + t.City, Selected: slices.Contains(form.To, n) || f.Narrow()})
	}
	for _, name := range []string{"from", "settings", "to"} {
		if fields[name] != "" {
			v.Errors = append(v.Errors, ui.FieldError{FieldID: name, Text: fields[name]})
		}
	}
	return v
}

func (r *Room) shapeCopy(ctx context.Context, c Copy) copyView {
	path := home + "/copies/" + c.ID.String()
	spaces, changes := len(c.Spaces()), c.Changes()
	v := copyView{Head: ui.PageHead{Kicker: words.T(ctx, "oversight.copy.title"), Title: words.T(ctx, "oversight.copy.of", "school", r.spaceName(c.Source)),
		Lead: words.T(ctx, "oversight.copy.state."+string(c.State))}, Path: path, ID: "copy"}
	says := "oversight.copy.changes"
	if c.State == CopyDone {
		says = "oversight.copy.changed"
	}
	v.Says = words.N(ctx, says, changes, "schools", words.Number(spaces))
	switch {
	case c.State == CopyPlanned:
		v.MayApply = changes > 0
	case c.State == CopyDone:
		v.MayTakeBack = changes > 0
	case c.State == CopyWaiting || c.State == CopyUndoing:
		v.Progress = &ui.Progress{ID: "copy-progress", Label: words.T(ctx, "oversight.copy.progress"), Value: c.Handled, Max: spaces,
			Words: words.T(ctx, "oversight.copy.handled", "n", c.Handled, "all", spaces)}
	}
	v.Table = ui.Table{Caption: words.T(ctx, "oversight.copy.table"), Dense: true, Columns: []ui.Column{{Label: words.T(ctx, "oversight.col.name")},
		{Label: words.T(ctx, "oversight.setting")}, {Label: words.T(ctx, "oversight.copy.before")}, {Label: words.T(ctx, "oversight.copy.after")},
		{Label: words.T(ctx, "oversight.copy.result")}}}
	const shown = 500
	for _, l := range c.Lines[:min(shown, len(c.Lines))] {
		d, ok := r.Settings.Def(l.Name)
		if !ok {
			continue
		}
		v.Table.Rows = append(v.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: r.spaceName(l.Space), URL: address(l.Space)}, {Text: settingName(ctx, d)},
			{Text: d.Say(ctx, l.Before)}, {Text: d.Say(ctx, l.After)}, {Text: resultWords(ctx, c, l)}}})
	}
	if len(c.Lines) > shown {
		v.More = words.N(ctx, "oversight.copy.more", len(c.Lines)-shown)
	}
	return v
}

func resultWords(ctx context.Context, c Copy, l CopyLine) string {
	switch {
	case l.Refused != "":
		return l.Refused
	case l.Kept != "":
		return l.Kept
	case c.State == CopyUndone && l.Done:
		return words.T(ctx, "oversight.copy.line.undone")
	case l.Done:
		return words.T(ctx, "oversight.copy.line.done")
	}
	return words.T(ctx, "oversight.copy.line.planned")
}

func (r *Room) shapeEditors(ctx context.Context, list []Editor, form inviteForm, fields map[string]string) editorsView {
	v := editorsView{Head: ui.PageHead{Kicker: tenant.From(ctx).Name, Title: words.T(ctx, "oversight.editors.title"), Lead: words.T(ctx, "oversight.editors.lead")},
		Tabs: r.tabs(ctx, "/editors"), Form: ui.Form{Action: home + "/editors"},
		Login: ui.Field{Name: "login", Label: words.T(ctx, "oversight.editors.login"), Hint: words.T(ctx, "oversight.editors.login.hint"), Value: form.Login,
			Error: fields["login"], MaxLength: 120, Width: ui.WidthMedium, Required: true, Autocomplete: "off"},
		Sections: ui.CheckboxGroup{ID: "sections", Name: "sections", Legend: words.T(ctx, "oversight.editors.sections"), Error: fields["sections"],
			Choices: r.sectionChoices(ctx, form.Sections)},
		From:  ui.Field{Name: "starts_on", Type: "date", Label: words.T(ctx, "oversight.editors.from"), Value: dateValue(dayOf(form.From)), Width: ui.WidthShort, Optional: true},
		Until: ui.Field{Name: "ends_on", Type: "date", Label: words.T(ctx, "oversight.editors.until"), Value: dateValue(dayOf(form.Until)), Error: fields["ends_on"], Width: ui.WidthShort, Optional: true}}
	for name, text := range fields {
		v.Errors = append(v.Errors, ui.FieldError{FieldID: name, Text: text})
	}
	for _, e := range list {
		id := e.Person.String()
		one := editorView{Name: e.Name, Function: e.Function, Form: ui.Form{Action: home + "/editors/" + id}, Was: e.Sections, Administrator: e.Administrator,
			Sections: ui.CheckboxGroup{ID: "sections-" + id, Name: "sections", Legend: words.T(ctx, "oversight.editors.sections"), Inline: true, Choices: r.sectionChoices(ctx, e.Sections)},
			Until:    ui.Field{ID: "until-" + id, Name: "ends_on", Type: "date", Label: words.T(ctx, "oversight.editors.until"), Value: dateValue(e.Until), Width: ui.WidthShort, Optional: true}}
		for _, s := range r.Sections {
			if slices.Contains(e.Sections, s.Name) {
				one.Badges = append(one.Badges, ui.Badge{Label: words.T(ctx, s.Title), Tone: ui.ToneBrand})
			}
		}
		v.Editors = append(v.Editors, one)
	}
	return v
}

func (r *Room) sectionChoices(ctx context.Context, chosen []string) []ui.Choice {
	var list []ui.Choice
	for _, s := range r.Sections {
		list = append(list, ui.Choice{Value: s.Name, Label: words.T(ctx, s.Title), Selected: slices.Contains(chosen, s.Name)})
	}
	return list
}

// settingName names a setting where its heading does not stand above it: "Des élèves : les personnels voient".
func settingName(ctx context.Context, d setting.Def) string {
	return words.T(ctx, "oversight.setting.name", "group", words.T(ctx, d.Group), "title", words.T(ctx, d.Title))
}

func dateValue(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format("2006-01-02")
}
