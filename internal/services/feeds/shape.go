package feeds

import (
	"context"
	"net/url"
	"strconv"

	"elyco/internal/feed"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func shapeList(ctx context.Context, folder bool, archives []Archive, list []feed.Feed, waiting []string) listView {
	v := listView{Head: ui.PageHead{Kicker: tenant.From(ctx).Name, Title: words.T(ctx, "feeds.title"), Lead: words.T(ctx, "feeds.lead")},
		Functions: ui.ButtonLink{Label: words.T(ctx, "feeds.functions.title"), URL: home + "/functions", Icon: ui.IconSettings},
		Folder:    folder, Working: len(waiting) > 0, Here: home}
	for _, name := range waiting {
		v.Latest = append(v.Latest, ui.Item{Title: name, Icon: ui.IconClock, Badges: []ui.Badge{{Label: words.T(ctx, "feeds.state.waiting"), Tone: ui.ToneInfo}}})
	}
	for _, f := range list {
		v.Working = v.Working || f.State == feed.Reading || f.State == feed.Applying
		v.Latest = append(v.Latest, ui.Item{Title: f.Label, URL: home + "/" + f.ID.String(), Icon: ui.IconDocument,
			Meta: words.T(ctx, "feeds.meta", "kind", words.T(ctx, "feeds.kind."+string(f.Kind)), "day", words.Date(f.Day), "read", words.DateTime(f.StartedAt)),
			Text: f.Problem, Badges: feedBadges(ctx, f)})
	}
	v.Nothing = ui.EmptyState{Icon: ui.IconGroup, Title: words.T(ctx, "feeds.empty"), Sentence: words.T(ctx, "feeds.empty.text")}
	for _, a := range archives {
		item := ui.Item{Title: a.Name, Icon: ui.IconDocument, Meta: words.DateTime(a.At)}
		if a.Folder {
			item.Icon = ui.IconFolder
		} else {
			item.Meta = words.T(ctx, "feeds.size", "size", words.Size(a.Size), "day", words.DateTime(a.At))
		}
		if !v.Working {
			item.Action = readForm(school.NewID().String(), a.Name)
		}
		v.Archives = append(v.Archives, item)
	}
	return v
}

func feedBadges(ctx context.Context, f feed.Feed) []ui.Badge {
	badges := []ui.Badge{{Label: words.T(ctx, "feeds.state."+string(f.State)), Tone: stateTone(f.State)}}
	if f.State == feed.Checked && f.PartsReady == 0 {
		badges[0].Label = words.T(ctx, "feeds.state.read")
	}
	if f.PartsHeld > 0 && (f.State == feed.Checked || f.State == feed.Applying) {
		badges = append(badges, ui.Badge{Label: words.N(ctx, "feeds.held", f.PartsHeld), Tone: ui.ToneWarning, Icon: ui.IconAlert})
	}
	return badges
}

func stateTone(s feed.State) ui.Tone {
	switch s {
	case feed.Applied:
		return ui.ToneSuccess
	case feed.Refused:
		return ui.ToneDanger
	case feed.Reading, feed.Applying:
		return ui.ToneInfo
	}
	return ui.ToneNeutral
}

func partTone(s feed.PartState) ui.Tone {
	switch s {
	case feed.PartApplied:
		return ui.ToneSuccess
	case feed.PartHeld:
		return ui.ToneWarning
	case feed.PartReady, feed.PartAgreed:
		return ui.ToneInfo
	}
	return ui.ToneNeutral
}

func shapeOwn(ctx context.Context, parts []feed.Part) ownView {
	v := ownView{Head: ui.PageHead{Kicker: tenant.From(ctx).Name, Title: words.T(ctx, "feeds.title"), Lead: words.T(ctx, "feeds.own.lead")},
		Nothing: ui.EmptyState{Icon: ui.IconGroup, Title: words.T(ctx, "feeds.empty"), Sentence: words.T(ctx, "feeds.own.empty")}}
	for _, p := range parts {
		v.Latest = append(v.Latest, ui.Item{Title: p.Label, URL: home + "/" + p.Feed.String(), Icon: ui.IconDocument, Meta: summary(ctx, p),
			Time: words.Date(p.Day), Badges: []ui.Badge{{Label: words.T(ctx, "feeds.part."+string(p.State)), Tone: partTone(p.State)}}})
	}
	return v
}

// summary says in a line what a feed changes in an establishment.
func summary(ctx context.Context, p feed.Part) string {
	if !p.Changes() {
		return words.T(ctx, "feeds.same")
	}
	said := ""
	for _, one := range []struct {
		key string
		n   int
	}{{"created", p.Created}, {"arrived", p.Arrived}, {"changed", p.Changed}, {"moved", p.Moved}, {"gone", p.Gone}, {"back", p.Back}} {
		if one.n == 0 {
			continue
		}
		if said != "" {
			said += ", "
		}
		said += words.N(ctx, "feeds.sum."+one.key, one.n)
	}
	if said == "" {
		return words.T(ctx, "feeds.sum.other")
	}
	return said
}

func query(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return words.Number(n)
}

func shapeFunctions(ctx context.Context, list []feed.Role, wrong feed.Role, faults map[string]string, chosen string) functionsView {
	v := functionsView{Head: ui.PageHead{Title: words.T(ctx, "feeds.functions.title"), Lead: words.T(ctx, "feeds.functions.lead")}}
	v.Table = ui.Table{ID: "functions", Caption: words.T(ctx, "feeds.functions.title"), HideCaption: true, Dense: true, Columns: []ui.Column{
		{Label: words.T(ctx, "feeds.functions.code")}, {Label: words.T(ctx, "feeds.functions.label")}, {Label: words.T(ctx, "feeds.functions.profile")}}}
	now := wrong
	for _, r := range list {
		v.Table.Rows = append(v.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: r.Code, URL: query(home+"/functions", "code", r.Code) + "#edit"}, {Text: r.Label}, {Text: profileWords(ctx, r.Profile)}}})
		if r.Code == chosen && len(faults) == 0 {
			now = r
		}
	}
	v.Form = ui.Form{Action: home + "/functions"}
	v.Title = words.T(ctx, "feeds.functions.add")
	if now.Version > 0 {
		v.Title = words.T(ctx, "feeds.functions.change", "code", now.Code)
	}
	v.Version = strconv.Itoa(now.Version)
	v.Code = ui.Field{Name: "code", Label: words.T(ctx, "feeds.functions.code"), Value: now.Code, Hint: words.T(ctx, "feeds.functions.code.hint"), Error: faults["code"],
		Required: true, ReadOnly: now.Version > 0, MaxLength: 20, Width: ui.WidthShort}
	v.Label = ui.Field{Name: "label", Label: words.T(ctx, "feeds.functions.label"), Value: now.Label, Error: faults["label"], Required: true, MaxLength: 120, Width: ui.WidthMedium}
	v.Profile = ui.Select{Name: "profile", Label: words.T(ctx, "feeds.functions.profile"), Error: faults["profile"], Width: ui.WidthMedium,
		Choices: []ui.Choice{{Label: profileWords(ctx, ""), Selected: now.Profile == ""}}}
	for _, p := range feed.RoleProfiles() {
		v.Profile.Choices = append(v.Profile.Choices, ui.Choice{Value: string(p), Label: profileWords(ctx, p), Selected: p == now.Profile})
	}
	for _, name := range []string{"code", "label", "profile"} {
		if faults[name] != "" {
			v.Errors = append(v.Errors, ui.FieldError{FieldID: name, Text: faults[name]})
		}
	}
	if now.Version > 0 {
		v.Cancel = home + "/functions"
	}
	return v
}

func profileWords(ctx context.Context, p school.Profile) string {
	if p == "" {
		return words.T(ctx, "feeds.functions.none")
	}
	return words.T(ctx, "profile."+string(p))
}
