package oversight

import (
	"context"
	"slices"

	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func (r *Room) shapeOverview(ctx context.Context, sums Sums) overviewView {
	here := tenant.From(ctx)
	list := Schools(here)
	v := overviewView{Head: ui.PageHead{Kicker: here.Name, Title: words.T(ctx, "oversight.title"), Lead: words.T(ctx, "oversight.lead")},
		Tabs: r.tabs(ctx, "")}
	if len(list) == 0 {
		v.Nothing = &ui.EmptyState{Icon: ui.IconSchool, Title: words.T(ctx, "oversight.empty"), Sentence: words.T(ctx, "oversight.empty.text")}
		return v
	}
	v.Stats = r.stats(ctx, list, sums)
	v.Attention = r.attention(ctx, Attend(list, sums, r.DB.NowIn(ctx)))
	v.Charts = []chartView{
		r.chart(ctx, words.T(ctx, "oversight.chart.state"), "state", len(list), tally(list, stateOrder(), func(t *tenant.Tenant) string { return string(t.State) }),
			func(k string) string { return words.T(ctx, "oversight.state."+k) }),
		r.chart(ctx, words.T(ctx, "oversight.chart.kind"), "kind", len(list), tally(list, []string{"college", "lycee", "lp", "erea"}, Kind),
			func(k string) string { return words.T(ctx, "oversight.kinds."+k) }),
		r.chart(ctx, words.T(ctx, "oversight.chart.sector"), "sector", len(list), tally(list, []string{"public", "private"}, func(t *tenant.Tenant) string { return t.Sector }),
			func(k string) string { return words.T(ctx, "oversight.sector."+k) }),
	}
	if sums.Counted() {
		v.Charts = append(v.Charts, r.profileChart(ctx, sums.Total(list).ByProfile))
		v.CountedAt = words.T(ctx, "oversight.counted", "when", words.DateTime(sums.At))
	} else {
		v.CountedAt = words.T(ctx, "oversight.never_counted")
	}
	if here.Kind == tenant.KindAcademy {
		v.Funders = r.funders(ctx, sums)
	}
	skin := r.Skins.For(ctx, here)
	v.Theme = themeView{Name: here.Name, LogoURL: skin.LogoURL, BannerURL: skin.BannerURL}
	_, v.Theme.Edit = r.policy.For(session.Actor(ctx), "branding", "edit")
	return v
}

func stateOrder() []string {
	order := []string{string(tenant.Open)}
	for _, s := range urgency {
		if s != tenant.Open {
			order = append(order, string(s))
		}
	}
	return order
}

func (r *Room) stats(ctx context.Context, list []*tenant.Tenant, sums Sums) []ui.Stat {
	open, wave, total := 0, 0, sums.Total(list)
	year := WaveOf(r.DB.NowIn(ctx))
	for _, t := range list {
		if t.State == tenant.Open {
			open++
		}
		if t.Wave == year {
			wave++
		}
	}
	stats := []ui.Stat{
		{Label: words.T(ctx, "oversight.stat.schools"), Value: words.Number(len(list)), Hint: words.N(ctx, "oversight.stat.open", open),
			URL: home + "/establishments", Icon: ui.IconSchool},
	}
	if sums.Counted() {
		stats = append(stats,
			ui.Stat{Label: words.T(ctx, "oversight.stat.people"), Value: words.Number(total.People), Hint: words.T(ctx, "oversight.stat.people.hint"), Icon: ui.IconGroup},
			ui.Stat{Label: words.T(ctx, "oversight.stat.accounts"), Value: percent(total.Accounts, total.People), Hint: words.N(ctx, "oversight.stat.present", total.Present), Icon: ui.IconKey})
	}
	return append(stats, ui.Stat{Label: words.T(ctx, "oversight.stat.wave", "year", year), Value: words.Number(wave), Hint: words.T(ctx, "oversight.stat.wave.hint"),
		URL: Filter{Wave: year}.With(home + "/establishments"), Icon: ui.IconAgenda})
}

func percent(part, whole int) string {
	if whole == 0 {
		return "—"
	}
	return words.Number((100*part+whole/2)/whole) + "\u00a0%"
}

func (r *Room) attention(ctx context.Context, a Attention) attentionView {
	const shown = 5
	v := attentionView{None: a.None()}
	add := func(title string, tone ui.Tone, icon ui.Icon, list []*tenant.Tenant, f Filter) {
		if len(list) == 0 {
			return
		}
		group := attentionGroup{Title: title, Tone: tone, Icon: icon, Count: words.Number(len(list))}
		for _, t := range list[:min(shown, len(list))] {
			group.Items = append(group.Items, ui.Item{Title: t.Name, URL: address(t.ID), Meta: t.City + " · " + r.since(ctx, t)})
		}
		if len(list) > shown {
			group.All = f.With(home + "/establishments")
			group.AllWords = words.N(ctx, "oversight.attention.all", len(list))
		}
		v.Groups = append(v.Groups, group)
	}
	add(words.T(ctx, "oversight.attention.suspended"), ui.ToneWarning, ui.IconAlert, a.Suspended, Filter{State: string(tenant.Suspended)})
	add(words.T(ctx, "oversight.attention.overdue"), ui.ToneWarning, ui.IconClock, a.Overdue, Filter{Sort: "wave"})
	add(words.T(ctx, "oversight.attention.administrator"), ui.ToneInfo, ui.IconKey, a.WithoutAdministrator, Filter{Lacking: "administrator"})
	add(words.T(ctx, "oversight.attention.unused"), ui.ToneInfo, ui.IconMoon, a.Unused, Filter{Lacking: "use"})
	return v
}

func (r *Room) since(ctx context.Context, t *tenant.Tenant) string {
	if t.State == tenant.Suspended {
		return words.T(ctx, "oversight.since", "when", words.Date(t.UpdatedAt))
	}
	if t.Wave != "" {
		return words.T(ctx, "oversight.wave_of", "year", t.Wave)
	}
	return words.T(ctx, "oversight.state."+string(t.State))
}

func (r *Room) chart(ctx context.Context, title, filter string, whole int, bars []Bar, say func(string) string) chartView {
	v := chartView{Title: title}
	for i, b := range bars {
		v.Bars = append(v.Bars, barView{Label: say(b.Name), Value: words.Number(b.Count), Share: percent(b.Count, whole), Width: width(b.Count, whole), Hue: i % ui.Hues,
			URL: Filter{}.With(home+"/establishments", filter, b.Name)})
	}
	return v
}

func (r *Room) profileChart(ctx context.Context, by map[school.Profile]int) chartView {
	v := chartView{Title: words.T(ctx, "oversight.chart.profile")}
	whole := 0
	for _, n := range by {
		whole += n
	}
	for i, p := range school.SchoolProfiles() {
		if n := by[p]; n > 0 {
			v.Bars = append(v.Bars, barView{Label: words.T(ctx, "profile."+string(p)), Value: words.Number(n), Share: percent(n, whole), Width: width(n, whole), Hue: i % ui.Hues})
		}
	}
	return v
}

// width is a share of a thousand, never nothing for what is there.
func width(part, whole int) int {
	if whole == 0 || part == 0 {
		return 0
	}
	return max(8, part*1000/whole)
}

func (r *Room) funders(ctx context.Context, sums Sums) *ui.Table {
	t := &ui.Table{Caption: words.T(ctx, "oversight.funders"), HideCaption: true, Columns: []ui.Column{{Label: words.T(ctx, "oversight.filter.funder")},
		{Label: words.T(ctx, "oversight.stat.schools"), Numeric: true}, {Label: words.T(ctx, "oversight.funders.open"), Numeric: true},
		{Label: words.T(ctx, "oversight.col.people"), Numeric: true}, {Label: words.T(ctx, "oversight.funders.attention"), Numeric: true}}}
	for _, c := range r.Registry.Academy().Children() {
		list := Schools(c)
		open := len(slices.DeleteFunc(slices.Clone(list), func(t *tenant.Tenant) bool { return t.State != tenant.Open }))
		people := words.T(ctx, "oversight.uncounted")
		if sums.Counted() {
			people = words.Number(sums.Total(list).People)
		}
		a := Attend(list, sums, r.DB.NowIn(ctx))
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: c.Name, URL: Filter{Funder: c.Slug}.With(home + "/establishments")}, {Text: words.Number(len(list))},
			{Text: words.Number(open)}, {Text: people},
			{Text: words.Number(len(a.Overdue) + len(a.Suspended) + len(a.WithoutAdministrator) + len(a.Unused))}}})
	}
	return t
}
