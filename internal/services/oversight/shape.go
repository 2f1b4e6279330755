package oversight

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func address(id school.ScopeID) string { return fmt.Sprintf("%s/establishments/%d", home, id) }

// tabs are the sections of the console that the actor may open here.
func (r *Room) tabs(ctx context.Context, current string) ui.Tabs {
	t := ui.Tabs{Label: words.T(ctx, "oversight.title")}
	add := func(label, path string, icon ui.Icon, may bool) {
		if may {
			t.Tabs = append(t.Tabs, ui.Link{Label: label, URL: home + path, Icon: icon, Current: path == current})
		}
	}
	academy := tenant.From(ctx).Kind == tenant.KindAcademy
	add(words.T(ctx, "oversight.tab.overview"), "", ui.IconChart, true)
	add(words.T(ctx, "oversight.tab.table"), "/establishments", ui.IconList, true)
	add(words.T(ctx, "oversight.tab.map"), "/map", ui.IconMap, true)
	add(words.T(ctx, "oversight.tab.waves"), "/waves", ui.IconTimetable, academy)
	add(words.T(ctx, "oversight.tab.imports"), "/imports", ui.IconUpload, r.may(ctx, load))
	add(words.T(ctx, "oversight.tab.defaults"), "/defaults", ui.IconSettings, r.may(ctx, defaults))
	add(words.T(ctx, "oversight.tab.editors"), "/editors", ui.IconEdit, !academy && r.may(ctx, editors))
	return t
}

// stateTone is how a state is coloured; its words always stand beside.
func stateTone(s tenant.State) (ui.Tone, ui.Icon) {
	switch s {
	case tenant.Open:
		return ui.ToneSuccess, ui.IconCheck
	case tenant.Opening:
		return ui.ToneInfo, ui.IconClock
	case tenant.Planned:
		return ui.ToneNeutral, ui.IconAgenda
	case tenant.Suspended:
		return ui.ToneWarning, ui.IconAlert
	}
	return ui.ToneNeutral, ui.IconLock
}

func stateBadge(ctx context.Context, s tenant.State) ui.Badge {
	tone, icon := stateTone(s)
	return ui.Badge{Label: words.T(ctx, "oversight.state."+string(s)), Tone: tone, Icon: icon}
}

func kindWords(ctx context.Context, t *tenant.Tenant) string {
	return words.T(ctx, "oversight.kind."+Kind(t))
}

func sectorWords(ctx context.Context, sector string) string {
	return words.T(ctx, "oversight.sector."+cmp.Or(sector, "public"))
}

// look is a list of establishments with the filter that made it, as the table and the map share it.
type look struct {
	Filter ui.Form
	Words  ui.Field
	Lists  []ui.Select
	Pilot  ui.Checkbox
	Hidden []hidden
	Go     ui.Button
	Clear  string // address without the filter; empty when nothing is filtered
	Says   string // how many were found
}

type hidden struct{ Name, Value string }

func (r *Room) shapeFilter(ctx context.Context, f Filter, path string, found, all int) look {
	list := Schools(tenant.From(ctx))
	v := look{
		Filter: ui.Form{Action: home + path, Method: "get", Inline: true},
		Words: ui.Field{Name: "q", ID: "look-q", Type: "search", Label: words.T(ctx, "oversight.filter.words"), Value: f.Words, MaxLength: 100,
			Placeholder: words.T(ctx, "oversight.filter.words.example"), Width: ui.WidthMedium},
		Pilot: ui.Checkbox{Name: "pilot", ID: "look-pilot", Value: "1", Label: words.T(ctx, "oversight.filter.pilot"), Checked: f.Pilot},
		Go:    ui.Button{Label: words.T(ctx, "oversight.filter.go"), Kind: ui.ButtonPrimary, Icon: ui.IconSearch},
		Says:  words.N(ctx, "oversight.filter.found", found, "all", words.Number(all)),
	}
	s := selector{ctx, list, &v}
	s.add("department", words.T(ctx, "oversight.filter.department"), f.Department, func(t *tenant.Tenant) string { return t.Department },
		func(c string) string { return DepartmentName(c) })
	s.add("kind", words.T(ctx, "oversight.filter.kind"), f.Kind, Kind, func(k string) string { return words.T(ctx, "oversight.kind."+k) })
	s.add("sector", words.T(ctx, "oversight.filter.sector"), f.Sector, func(t *tenant.Tenant) string { return t.Sector },
		func(k string) string { return sectorWords(ctx, k) })
	s.add("state", words.T(ctx, "oversight.filter.state"), f.State, func(t *tenant.Tenant) string { return string(t.State) },
		func(k string) string { return words.T(ctx, "oversight.state."+k) })
	s.add("wave", words.T(ctx, "oversight.filter.wave"), f.Wave, func(t *tenant.Tenant) string { return t.Wave }, func(k string) string { return k })
	if tenant.From(ctx).Kind == tenant.KindAcademy {
		s.add("funder", words.T(ctx, "oversight.filter.funder"), f.Funder, func(t *tenant.Tenant) string { return t.Parent.Slug }, r.funderName)
	}
	for name, value := range map[string]string{"sort": f.Sort, "city": f.City, "lacking": f.Lacking} {
		if value != "" {
			v.Hidden = append(v.Hidden, hidden{name, value})
		}
	}
	slices.SortFunc(v.Hidden, func(a, b hidden) int { return cmp.Compare(a.Name, b.Name) })
	if f.Narrow() {
		v.Clear = Filter{Sort: f.Sort}.With(home + path)
	}
	return v
}

func (r *Room) funderName(slug string) string {
	for _, c := range r.Registry.Academy().Children() {
		if c.Slug == slug {
			return c.Name
		}
	}
	return slug
}

// selector adds lists of what the establishments have; one that offers a single answer is left out.
type selector struct {
	ctx  context.Context
	list []*tenant.Tenant
	v    *look
}

func (s selector) add(name, label, chosen string, of func(*tenant.Tenant) string, say func(string) string) {
	has := map[string]bool{}
	for _, t := range s.list {
		has[of(t)] = true
	}
	delete(has, "")
	if len(has) < 2 && chosen == "" {
		return
	}
	one := ui.Select{Name: name, ID: "look-" + name, Label: label, Width: ui.WidthMedium, Choices: []ui.Choice{{Label: words.T(s.ctx, "oversight.filter.any")}}}
	for _, value := range sorted(has) {
		one.Choices = append(one.Choices, ui.Choice{Value: value, Label: say(value), Selected: value == chosen})
	}
	s.v.Lists = append(s.v.Lists, one)
}

func (r *Room) shapeTable(ctx context.Context, f Filter, sums Sums) tableView {
	all := Schools(tenant.From(ctx))
	kept := f.Keep(all, sums)
	rows, number, pages := f.Cut(kept)
	v := tableView{Head: ui.PageHead{Kicker: tenant.From(ctx).Name, Title: words.T(ctx, "oversight.table.title"), Lead: words.T(ctx, "oversight.table.lead")},
		Tabs: r.tabs(ctx, "/establishments"), Look: r.shapeFilter(ctx, f, "/establishments", len(kept), len(all)),
		Export: f.With(home+"/export", "page", ""), Map: f.With(home+"/map", "page", "", "sort", "")}
	if len(kept) == 0 {
		v.Nothing = &ui.EmptyState{Icon: ui.IconSearch, Title: words.T(ctx, "oversight.table.empty"), Sentence: words.T(ctx, "oversight.table.empty.text")}
		return v
	}
	v.Table = ui.Table{Caption: words.T(ctx, "oversight.table.title"), HideCaption: true, Dense: true, Columns: r.columns(ctx, f)}
	for _, t := range rows {
		v.Table.Rows = append(v.Table.Rows, r.row(ctx, t, sums))
	}
	if number > 1 {
		v.Pager.Previous = f.With(home+"/establishments", "page", strconv.Itoa(number-1))
	}
	if number < pages {
		v.Pager.Next = f.With(home+"/establishments", "page", strconv.Itoa(number+1))
	}
	v.Pager.Words = words.T(ctx, "oversight.table.page", "page", number, "pages", pages)
	return v
}

func (r *Room) columns(ctx context.Context, f Filter) []ui.Column {
	col := func(label, sort string, numeric bool) ui.Column {
		c := ui.Column{Label: label, Numeric: numeric}
		if sort == "" {
			return c
		}
		now := cmp.Or(f.Sort, "name")
		to := sort
		switch now {
		case sort:
			c.Sorted, to = "ascending", "-"+sort
		case "-" + sort:
			c.Sorted = "descending"
		}
		c.Sort = f.With(home+"/establishments", "sort", to, "page", "")
		return c
	}
	return []ui.Column{col(words.T(ctx, "oversight.col.name"), "name", false), col(words.T(ctx, "oversight.col.city"), "city", false),
		col(words.T(ctx, "oversight.col.kind"), "", false), col(words.T(ctx, "oversight.col.state"), "state", false),
		col(words.T(ctx, "oversight.col.wave"), "wave", false), col(words.T(ctx, "oversight.col.people"), "people", true)}
}

func (r *Room) row(ctx context.Context, t *tenant.Tenant, sums Sums) ui.Row {
	people := words.T(ctx, "oversight.uncounted")
	if sums.Counted() {
		people = words.Number(sums.Of(t).People)
	}
	place := t.City + " (" + t.Department + ")"
	return ui.Row{Cells: []ui.Cell{{Body: schoolName(t.Name, address(t.ID), t.UAI, t.Pilot)}, {Text: place},
		{Text: kindWords(ctx, t) + " " + sectorWords(ctx, t.Sector)}, {Body: stateBadge(ctx, t.State)}, {Text: unbroken(cmp.Or(t.Wave, "—"))}, {Text: people}}}
}

// unbroken keeps a school year on one line.
func unbroken(s string) string { return strings.ReplaceAll(s, "-", "\u2011") }

// shapeExport are the lines of the spreadsheet: all that the filter keeps, not the page alone.
func (r *Room) shapeExport(ctx context.Context, f Filter, sums Sums) [][]string {
	lines := [][]string{{words.T(ctx, "oversight.col.uai"), words.T(ctx, "oversight.col.name"), words.T(ctx, "oversight.col.city"),
		words.T(ctx, "oversight.filter.department"), words.T(ctx, "oversight.col.kind"), words.T(ctx, "oversight.filter.sector"),
		words.T(ctx, "oversight.filter.funder"), words.T(ctx, "oversight.col.state"), words.T(ctx, "oversight.col.wave"), words.T(ctx, "oversight.filter.pilot"),
		words.T(ctx, "oversight.col.people"), words.T(ctx, "oversight.col.administrators"), words.T(ctx, "oversight.col.address")}}
	for _, t := range f.Keep(Schools(tenant.From(ctx)), sums) {
		people, admins := "", ""
		if sums.Counted() {
			people, admins = strconv.Itoa(sums.Of(t).People), strconv.Itoa(sums.Of(t).Administrators)
		}
		lines = append(lines, []string{t.UAI, t.Name, t.City, t.Department, kindWords(ctx, t), sectorWords(ctx, t.Sector), t.Parent.Name,
			words.T(ctx, "oversight.state."+string(t.State)), t.Wave, yesNo(ctx, t.Pilot), people, admins, r.Registry.URL(t, "/")})
	}
	return lines
}

func yesNo(ctx context.Context, yes bool) string {
	if yes {
		return words.T(ctx, "oversight.yes")
	}
	return words.T(ctx, "oversight.no")
}
