package oversight

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func (r *Room) shapeSheet(ctx context.Context, s Sheet, no refusal) sheetView {
	t := s.School
	v := sheetView{Head: ui.PageHead{Kicker: t.Parent.Name, Title: t.Name, Lead: t.KindWords()}, Back: home + "/establishments", State: stateBadge(ctx, t.State),
		Portal: r.Registry.URL(t, "/"), Note: t.StateNote}
	v.Facts = r.facts(ctx, s)
	if into := r.Registry.ByID(t.MergedInto); into != nil {
		v.Into = &ui.Link{Label: into.Name, URL: address(into.ID)}
	}
	for _, l := range s.Leaders {
		role := words.T(ctx, "profile."+string(l.Profile))
		if l.Function != "" {
			role = l.Function
		}
		item := ui.Item{Title: l.Name, Meta: role}
		if l.Administrator {
			item.Badges = []ui.Badge{{Label: words.T(ctx, "oversight.administrator"), Tone: ui.ToneInfo, Icon: ui.IconKey}}
		}
		v.Leaders = append(v.Leaders, item)
	}
	for _, room := range r.rooms {
		if !room.Always && room.Has(tenant.KindEstablishment) {
			v.Services = append(v.Services, serviceView{Label: words.T(ctx, room.Title), Icon: ui.Icon(room.Icon), On: t.Offers(room.Name)})
		}
	}
	for _, l := range s.Differs {
		from := words.T(ctx, "oversight.setting.house")
		if l.From != nil {
			from = l.From.Name
		}
		v.Settings = append(v.Settings, ui.Row{Cells: []ui.Cell{{Text: settingName(ctx, l.Def)}, {Text: l.Def.Say(ctx, l.Value)}, {Text: l.Def.Say(ctx, l.Def.Default)}, {Text: from}}})
	}
	v.SettingColumns = []ui.Column{{Label: words.T(ctx, "oversight.setting")}, {Label: words.T(ctx, "oversight.setting.here")},
		{Label: words.T(ctx, "oversight.setting.default")}, {Label: words.T(ctx, "oversight.setting.by")}}
	for _, e := range s.History {
		v.History = append(v.History, historyItem(ctx, e))
	}
	if r.may(ctx, decide) {
		v.Actions = r.sheetActions(ctx, s, no)
	}
	return v
}

func (r *Room) facts(ctx context.Context, s Sheet) []ui.Fact {
	t := s.School
	code := cmp.Or(t.UAI, "—")
	if t.Provisional {
		code += " " + words.T(ctx, "oversight.provisional")
	}
	list := []ui.Fact{{Label: words.T(ctx, "oversight.col.state"), Body: stateBadge(ctx, t.State)}, {Label: words.T(ctx, "oversight.col.uai"), Text: code},
		{Label: words.T(ctx, "oversight.col.city"), Text: t.City + " · " + DepartmentName(t.Department)},
		{Label: words.T(ctx, "oversight.filter.funder"), Text: t.Parent.Name},
		{Label: words.T(ctx, "oversight.col.wave"), Text: cmp.Or(t.Wave, "—")}}
	if t.Pilot {
		list = append(list, ui.Fact{Label: words.T(ctx, "oversight.filter.pilot"), Text: words.T(ctx, "oversight.yes")})
	}
	if !t.OpenedOn.IsZero() {
		list = append(list, ui.Fact{Label: words.T(ctx, "oversight.opened"), Text: words.Date(t.OpenedOn)})
	}
	for _, f := range []ui.Fact{{Label: words.T(ctx, "oversight.postal"), Text: t.Address}, {Label: words.T(ctx, "oversight.phone"), Text: t.ContactPhone},
		{Label: words.T(ctx, "oversight.mail"), Text: t.ContactEmail}} {
		if f.Text != "" {
			list = append(list, f)
		}
	}
	if s.Counted {
		list = append(list, ui.Fact{Label: words.T(ctx, "oversight.col.people"), Text: words.Number(s.Standing.People)},
			ui.Fact{Label: words.T(ctx, "oversight.stat.accounts"), Text: percent(s.Standing.Accounts, s.Standing.People)},
			ui.Fact{Label: words.T(ctx, "oversight.came"), Text: words.Number(s.Standing.Present)})
	}
	if t.MadeUp {
		list = append(list, ui.Fact{Label: words.T(ctx, "oversight.made_up"), Text: words.T(ctx, "oversight.yes")})
	}
	return list
}

func historyItem(ctx context.Context, e tenant.Event) ui.Item {
	title, icon := words.T(ctx, "oversight.history.wave", "was", cmp.Or(e.Was, "—"), "becomes", e.Becomes), ui.IconTimetable
	if e.Kind == tenant.EventState {
		title = words.T(ctx, "oversight.history.state", "was", words.T(ctx, "oversight.state."+e.Was), "becomes", words.T(ctx, "oversight.state."+e.Becomes))
		_, icon = stateTone(tenant.State(e.Becomes))
	}
	by := e.ByName
	if by != "" {
		by = " · " + by
	}
	return ui.Item{Title: title, Text: e.Reason, Meta: words.DateTime(e.At) + by, Icon: icon}
}

func (r *Room) sheetActions(ctx context.Context, s Sheet, no refusal) *actionsView {
	t := s.School
	v := &actionsView{Wave: ui.Form{Action: address(t.ID) + "/wave"}, From: t.Wave}
	for i, to := range Steps(t.State) {
		kind := ui.ButtonOrdinary
		if i == 0 && (to == tenant.Open || to == tenant.Opening) {
			kind = ui.ButtonPrimary
		}
		_, icon := stateTone(to)
		v.Steps = append(v.Steps, ui.ButtonLink{Label: words.T(ctx, "oversight.step."+string(to)), URL: address(t.ID) + "/decision?to=" + string(to), Kind: kind, Icon: icon})
	}
	if back, ok := WayBack(t, s.History); ok {
		v.Return = &returnView{Form: ui.Form{Action: address(t.ID) + "/return"},
			Text: words.T(ctx, "oversight.return.text", "state", words.T(ctx, "oversight.state."+back.Was)),
			Reason: ui.Field{Name: "reason", ID: "return-reason", Label: words.T(ctx, "oversight.reason"), Value: no.reason, Error: no.fields["reason"],
				MaxLength: tenant.MaxReason, Required: true}}
	}
	years := ui.Select{Name: "wave", Label: words.T(ctx, "oversight.col.wave"), Width: ui.WidthMedium, Error: no.fields["wave"]}
	for _, y := range Years(Schools(tenant.From(ctx)), r.DB.NowIn(ctx)) {
		years.Choices = append(years.Choices, ui.Choice{Value: y, Label: y, Selected: y == cmp.Or(no.wave, t.Wave)})
	}
	v.Years = years
	v.WaveReason = ui.Field{Name: "wave_reason", Label: words.T(ctx, "oversight.reason"), Error: no.fields["wave_reason"], MaxLength: tenant.MaxReason, Required: true}
	if no.wave != "" {
		v.WaveReason.Value = no.reason
	}
	return v
}

func (r *Room) shapeDecision(ctx context.Context, s Sheet, form decisionForm, fields map[string]string) decisionView {
	t, to := s.School, tenant.State(form.To)
	if !slices.Contains(Steps(t.State), to) {
		to = Steps(t.State)[0]
	}
	v := decisionView{Head: ui.PageHead{Kicker: t.Name, Title: words.T(ctx, "oversight.step."+string(to)), Lead: words.T(ctx, "oversight.effect."+string(to))},
		Form: ui.Form{Action: address(t.ID) + "/decision"}, From: string(t.State), To: string(to), Back: address(t.ID),
		Reason: ui.TextArea{Name: "reason", Label: words.T(ctx, "oversight.reason"), Hint: words.T(ctx, "oversight.reason.hint"), Value: form.Reason,
			Error: fields["reason"], MaxLength: tenant.MaxReason, Rows: 3, Required: true},
		Sure: ui.Checkbox{Name: "sure", Value: "1", Label: words.T(ctx, "oversight.decision.sure"), Error: fields["sure"], Checked: form.Sure},
		Go:   ui.Button{Label: words.T(ctx, "oversight.step."+string(to)), Kind: ui.ButtonPrimary}}
	v.Touches = r.touches(ctx, s, to)
	if to == tenant.Suspended || to == tenant.Closed || to == tenant.Merged {
		v.Go.Kind = ui.ButtonDestructive
		v.Note = &ui.TextArea{Name: "note", Label: words.T(ctx, "oversight.note"), Hint: words.T(ctx, "oversight.note.hint"), Value: form.Note,
			Error: fields["note"], MaxLength: tenant.MaxReason, Rows: 3, Optional: true}
	}
	if to == tenant.Merged {
		v.Into = r.hosts(ctx, t, form.Into, fields["into"])
	}
	for _, name := range []string{"state", "into", "note", "reason", "sure"} {
		if fields[name] != "" {
			v.Errors = append(v.Errors, ui.FieldError{FieldID: name, Text: fields[name]})
		}
	}
	return v
}

// touches says whom a decision concerns, and how many.
func (r *Room) touches(ctx context.Context, s Sheet, to tenant.State) string {
	if !s.Counted {
		return words.T(ctx, "oversight.touches.unknown")
	}
	if to == tenant.Open || to == tenant.Opening || to == tenant.Planned {
		return words.N(ctx, "oversight.touches.open", s.Standing.People)
	}
	return words.N(ctx, "oversight.touches.close", s.Standing.People, "accounts", words.Number(s.Standing.Accounts))
}

// hosts offers the establishments of the same département first, where a merger nearly always ends.
func (r *Room) hosts(ctx context.Context, t *tenant.Tenant, chosen int, wrong string) *ui.Select {
	v := &ui.Select{Name: "into", Label: words.T(ctx, "oversight.into"), Hint: words.T(ctx, "oversight.into.hint"), Error: wrong, Required: true,
		Choices: []ui.Choice{{Label: words.T(ctx, "oversight.into.choose")}}}
	list := Hosts(Schools(tenant.From(ctx)), t)
	slices.SortStableFunc(list, func(a, b *tenant.Tenant) int {
		near := func(x *tenant.Tenant) int {
			switch {
			case x.Department != t.Department:
				return 2
			case x.City != t.City:
				return 1
			}
			return 0
		}
		return cmp.Or(near(a)-near(b), cmp.Compare(a.Department, b.Department), cmp.Compare(tenant.Slugify(a.City+" "+a.Name), tenant.Slugify(b.City+" "+b.Name)))
	})
	for _, h := range list {
		v.Choices = append(v.Choices, ui.Choice{Value: strconv.FormatInt(int64(h.ID), 10), Label: h.City + " · " + h.Name, Group: DepartmentName(h.Department),
			Selected: int(h.ID) == chosen})
	}
	return v
}

func (r *Room) shapeWaves(ctx context.Context) wavesView {
	list := Schools(tenant.From(ctx))
	v := wavesView{Head: ui.PageHead{Kicker: tenant.From(ctx).Name, Title: words.T(ctx, "oversight.waves.title"), Lead: words.T(ctx, "oversight.waves.lead")},
		Tabs: r.tabs(ctx, "/waves")}
	waves := Waves(list, r.Plan)
	most := 1
	for _, w := range waves {
		most = max(most, w.Total, w.PlannedPublic+w.PlannedPriv)
	}
	v.Table = ui.Table{Caption: words.T(ctx, "oversight.waves.table"), Columns: []ui.Column{{Label: words.T(ctx, "oversight.waves.year")},
		{Label: words.T(ctx, "oversight.waves.planned_public"), Numeric: true}, {Label: words.T(ctx, "oversight.waves.public"), Numeric: true},
		{Label: words.T(ctx, "oversight.waves.planned_private"), Numeric: true}, {Label: words.T(ctx, "oversight.waves.private"), Numeric: true},
		{Label: words.T(ctx, "oversight.waves.gap"), Numeric: true}, {Label: words.T(ctx, "oversight.funders.open"), Numeric: true}}}
	for _, w := range waves {
		year := cmp.Or(w.Year, words.T(ctx, "oversight.waves.none"))
		gap := w.Total - w.PlannedPublic - w.PlannedPriv
		sign := words.Number(gap)
		if gap > 0 {
			sign = "+" + sign
		}
		v.Table.Rows = append(v.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: year, URL: Filter{Wave: w.Year}.With(home + "/establishments")},
			{Text: words.Number(w.PlannedPublic)}, {Text: words.Number(w.Public)}, {Text: words.Number(w.PlannedPriv)}, {Text: words.Number(w.Private)},
			{Text: sign}, {Text: words.Number(w.Open)}}})
		v.Columns = append(v.Columns, waveBar{Year: year, PlannedPublic: width(w.PlannedPublic, most), PlannedPrivate: width(w.PlannedPriv, most),
			Public: width(w.Public, most), Private: width(w.Private, most), Total: words.Number(w.Total), Planned: words.Number(w.PlannedPublic + w.PlannedPriv)})
	}
	return v
}
