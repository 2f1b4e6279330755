package notices

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"elyco/internal/hours"
	"elyco/internal/notice"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

const home = "/notices"

func waysOffered() []notice.Channel {
	return []notice.Channel{notice.Mail, notice.Push, notice.Text, notice.Digest}
}

func shapeList(ctx context.Context, l listed, first bool, now time.Time, r *tenant.Registry) listView {
	v := listView{Unread: l.unread, First: first, Tabs: []ui.Link{
		{Label: words.T(ctx, "notices.all"), URL: home, Current: !l.unread},
		{Label: words.T(ctx, "notices.unread"), URL: home + "?unread=1", Current: l.unread},
	}}
	for _, e := range l.entries {
		who := e.AuthorName
		if who == "" {
			who = e.space.Name
		} else {
			who += " · " + e.space.Name
		}
		it := ui.Item{Title: words.Typeset(e.Title), URL: r.URL(e.space, home+"/open/"+e.ID.String()), Meta: who + " · " + words.Since(e.At, now), Unread: !e.Read,
			Icon: iconOf(e.Kind)}
		if e.AboutNames != "" {
			it.Badges = append(it.Badges, ui.Badge{Label: words.T(ctx, "notices.about_whom", "child", e.AboutNames), Tone: ui.ToneInfo})
		}
		if e.Urgent {
			it.Badges = append(it.Badges, ui.Badge{Label: words.T(ctx, "notices.urgent"), Tone: ui.ToneDanger})
		}
		if e.Must && !e.AcknowledgedAt.IsZero() {
			it.Badges = append(it.Badges, ui.Badge{Label: words.T(ctx, "notices.acknowledged_at", "when", words.DateTime(e.AcknowledgedAt)), Tone: ui.ToneSuccess})
		}
		if e.Must {
			it.Text = e.Text
		}
		if e.Must && e.AcknowledgedAt.IsZero() {
			it.Action = acknowledge(acknowledgeView{URL: r.URL(e.space, home+"/acknowledge/"+e.ID.String()), Title: e.Title})
		}
		v.Items = append(v.Items, it)
	}
	if l.more {
		query := url.Values{"before": {l.entries[len(l.entries)-1].At.Format(time.RFC3339Nano)}}
		if l.unread {
			query.Set("unread", "1")
		}
		v.Next = home + "?" + query.Encode()
	}
	return v
}

// iconOf draws a notice as its room is drawn.
func iconOf(kind string) ui.Icon {
	for _, k := range []struct {
		room string
		icon ui.Icon
	}{{"messages.", ui.IconMail}, {"announcements.", ui.IconSpeaker}, {"news.", ui.IconNews}, {"territory.", ui.IconBus}, {"chat.", ui.IconForum}, {"slips.", ui.IconEdit}} {
		if len(kind) > len(k.room) && kind[:len(k.room)] == k.room {
			return k.icon
		}
	}
	return ui.IconBell
}

func shapeLink(ctx context.Context, l notice.Linked, code string) linkView {
	v := linkView{Code: code, Title: words.Typeset(l.Title), Text: l.Text, From: l.AuthorName, When: words.DateTime(l.SentAt), About: l.AboutNames, Must: l.Must}
	if !l.AcknowledgedAt.IsZero() {
		v.Done = words.T(ctx, "notices.acknowledged_at", "when", words.DateTime(l.AcknowledgedAt))
	}
	return v
}

func shapeChoices(ctx context.Context, c choices, faults map[string]string) choicesView {
	var bounced []string
	for _, b := range c.bounced {
		bounced = append(bounced, words.T(ctx, "notices.bounced", "address", b.Address, "why", b.Reason))
	}
	var devices []deviceView
	for _, d := range c.devices {
		devices = append(devices, deviceView{ID: d.ID.String(), Name: d.Name, Since: words.T(ctx, "notices.device.since", "day", words.Date(d.CreatedAt))})
	}
	v := choicesView{Bounced: bounced, Devices: devices, Faults: faults, Own: c.own.Week != nil, From: "07:00", To: "20:00"}
	for field, text := range faults {
		v.Summary.Errors = append(v.Summary.Errors, ui.FieldError{FieldID: field, Text: text})
	}
	slices.SortFunc(v.Summary.Errors, func(a, b ui.FieldError) int { return strings.Compare(a.FieldID, b.FieldID) })
	v.Ways = ui.Table{Caption: words.T(ctx, "notices.ways"), Columns: []ui.Column{{Label: words.T(ctx, "notices.kind")}}}
	for _, way := range waysOffered() {
		v.Ways.Columns = append(v.Ways.Columns, ui.Column{Label: words.T(ctx, "notices.way."+string(way))})
	}
	for _, k := range c.Kinds {
		label := words.T(ctx, k.Kind.Title)
		row := ui.Row{Cells: []ui.Cell{{Text: label}}}
		for _, way := range waysOffered() {
			row.Cells = append(row.Cells, ui.Cell{Body: tick(wayView{Value: k.Kind.Name + " " + string(way), On: slices.Contains(k.Ways, way),
				Label: label + " : " + words.T(ctx, "notices.way."+string(way))})})
		}
		v.Ways.Rows = append(v.Ways.Rows, row)
	}
	for _, d := range []notice.Rhythm{notice.Daily, notice.Weekly, notice.Never} {
		v.Digests = append(v.Digests, ui.Choice{Value: string(d), Label: words.T(ctx, "notices.digest."+string(d)), Selected: c.Digest == d})
	}
	for _, l := range notice.Languages() {
		v.Languages = append(v.Languages, ui.Choice{Value: l, Label: words.T(ctx, "notices.language."+l), Selected: c.Language == l})
	}
	days := []time.Weekday{}
	if w := c.own.Week; w != nil {
		days, v.From, v.To = w.Days, hours.Clock(w.From), hours.Clock(w.To)
	}
	for i, d := range hours.DayNames() {
		v.Days = append(v.Days, ui.Choice{Value: d, Label: words.T(ctx, "hours.day."+d), Selected: slices.Contains(days, time.Weekday((i+1)%7)) || !v.Own && i < 6})
	}
	for _, t := range hours.Times(0, 23*60) {
		v.Froms = append(v.Froms, ui.Choice{Value: t, Label: words.T(ctx, hours.TimeKey(t)), Selected: t == v.From})
	}
	for _, t := range hours.Times(60, 24*60) {
		v.Tos = append(v.Tos, ui.Choice{Value: t, Label: words.T(ctx, hours.TimeKey(t)), Selected: t == v.To})
	}
	for _, s := range []hours.Sees{hours.AsSpace, hours.AtOnce, hours.AtMine} {
		v.Sees = append(v.Sees, ui.Choice{Value: string(s), Label: words.T(ctx, "notices.sees."+string(s)), Selected: c.own.Sees == s})
	}
	return v
}
