package console

import (
	"context"
	"fmt"
	"net/url"
	"strconv"

	"elyco/internal/ui"
	"elyco/internal/words"
)

type usageView struct {
	around
	Profiles ui.Table
	Figures  []ui.Stat
	Chart    chartView
	Days     ui.Table
}

// chartView is a drawing of bars; the table beside it says the same.
type chartView struct {
	Label         string
	Width, Height string
	Bars          []bar
	Top           string // the largest value
	First, Last   string
	Empty         bool
}

type bar struct{ X, Y, Width, Height string }

func shapeUsage(ctx context.Context, u usage) usageView {
	v := usageView{around: frame(ctx, home+"/usage", "console.usage", "console.usage.lead")}
	people, activated := 0, 0
	v.Profiles = ui.Table{ID: "profiles", Caption: words.T(ctx, "console.usage.profiles"), HideCaption: true, Columns: []ui.Column{{Label: words.T(ctx, "console.usage.profile")},
		{Label: words.T(ctx, "console.usage.people"), Numeric: true}, {Label: words.T(ctx, "console.usage.activated"), Numeric: true}, {Label: words.T(ctx, "console.usage.share"), Numeric: true}}}
	for _, p := range u.Profiles {
		people, activated = people+p.People, activated+p.Activated
		v.Profiles.Rows = append(v.Profiles.Rows, ui.Row{Cells: []ui.Cell{{Text: words.T(ctx, "profile."+string(p.Profile))}, {Text: words.Number(p.People)},
			{Text: words.Number(p.Activated)}, {Text: percent(p.Activated, p.People)}}})
	}
	total := 0
	for _, d := range u.Days {
		total += d.Connections
	}
	v.Figures = []ui.Stat{
		{Label: words.T(ctx, "console.usage.people"), Value: words.Number(people), Icon: ui.IconGroup},
		{Label: words.T(ctx, "console.usage.activated"), Value: percent(activated, people), Hint: words.Number(activated), Icon: ui.IconKey},
		{Label: words.T(ctx, "console.usage.connections"), Value: words.Number(total), Hint: words.N(ctx, "console.usage.over", len(u.Days)), Icon: ui.IconChart},
	}
	if u.StoresKnown {
		v.Figures = append(v.Figures, ui.Stat{Label: words.T(ctx, "console.usage.files"), Value: words.Size(u.Bytes), Hint: words.N(ctx, "console.usage.file_count", u.Files), Icon: ui.IconFolder})
	}
	v.Chart = chart(ctx, u.Days, total)
	v.Days = ui.Table{ID: "days", Caption: words.T(ctx, "console.usage.by_day"), HideCaption: true, Dense: true,
		Columns: []ui.Column{{Label: words.T(ctx, "console.usage.day")}, {Label: words.T(ctx, "console.usage.connections"), Numeric: true}}}
	for i := len(u.Days) - 1; i >= 0; i-- {
		v.Days.Rows = append(v.Days.Rows, ui.Row{Cells: []ui.Cell{{Text: words.Date(u.Days[i].Day)}, {Text: words.Number(u.Days[i].Connections)}}})
	}
	return v
}

func percent(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%d\u00a0%%", part*100/whole)
}

// mebibytes rounds up: a file of one byte is not nothing.
func mebibytes(n int64) int {
	const mebi = 1 << 20
	return int((n + mebi - 1) / mebi)
}

func chart(ctx context.Context, days []dayUse, total int) chartView {
	const step, gap, height = 12, 3, 120
	top := 1
	for _, d := range days {
		top = max(top, d.Connections)
	}
	v := chartView{Label: words.N(ctx, "console.usage.chart", total), Width: strconv.Itoa(step * len(days)), Height: strconv.Itoa(height), Top: words.Number(top), Empty: total == 0}
	for i, d := range days {
		h := d.Connections * height / top
		v.Bars = append(v.Bars, bar{X: strconv.Itoa(i * step), Y: strconv.Itoa(height - h), Width: strconv.Itoa(step - gap), Height: strconv.Itoa(h)})
	}
	if len(days) > 0 {
		v.First, v.Last = words.Date(days[0].Day), words.Date(days[len(days)-1].Day)
	}
	return v
}

type trailView struct {
	around
	From, To, Text ui.Field
	Action         ui.Select
	Table          ui.Table
	Empty          bool
	Next, First    string
	Export         string
	Surety         ui.InlineNotice // whether the trail was changed
}

func shapeTrail(ctx context.Context, f trailForm, part trailPart) trailView {
	v := trailView{around: frame(ctx, home+"/trail", "console.trail", "console.trail.lead"), Empty: len(part.Lines) == 0, Surety: ui.InlineNotice{Tone: ui.ToneInfo, Text: part.Surety}}
	if part.Alarm {
		v.Surety.Tone = ui.ToneDanger
	}
	v.From = ui.Field{ID: "from", Name: "from", Type: "date", Label: words.T(ctx, "console.trail.from"), Value: dateValue(day(f.From)), Width: ui.WidthShort}
	v.To = ui.Field{ID: "to", Name: "to", Type: "date", Label: words.T(ctx, "console.trail.to"), Value: dateValue(day(f.To)), Width: ui.WidthShort}
	v.Text = ui.Field{ID: "text", Name: "text", Type: "search", Label: words.T(ctx, "console.trail.text"), Value: f.Text, MaxLength: 80, Width: ui.WidthMedium}
	v.Action = ui.Select{ID: "action", Name: "action", Label: words.T(ctx, "console.trail.action"), Width: ui.WidthMedium, Choices: []ui.Choice{{Label: words.T(ctx, "console.trail.any")}}}
	for _, c := range TrailChoices(ctx) {
		v.Action.Choices = append(v.Action.Choices, ui.Choice{Value: c.Action, Label: c.Says, Selected: c.Action == f.Action})
	}
	v.Table = ui.Table{ID: "trail", Caption: words.T(ctx, "console.trail"), HideCaption: true, Columns: []ui.Column{{Label: words.T(ctx, "console.trail.when")},
		{Label: words.T(ctx, "console.trail.who")}, {Label: words.T(ctx, "console.trail.what")}, {Label: words.T(ctx, "console.trail.about")}}}
	for _, l := range part.Lines {
		who := l.Who
		if who == "" {
			who = words.T(ctx, "console.trail.nobody")
		}
		v.Table.Rows = append(v.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: words.Stamp(l.At)}, {Text: who}, {Text: l.Says}, {Text: l.Title}}})
	}
	q := url.Values{}
	for name, value := range map[string]string{"from": f.From, "to": f.To, "action": f.Action, "text": f.Text} {
		if value != "" {
			q.Set(name, value)
		}
	}
	v.Export = home + "/trail/export?" + q.Encode()
	if f.After != "" {
		v.First = home + "/trail?" + q.Encode()
	}
	if part.Next != "" {
		q.Set("after", part.Next)
		v.Next = home + "/trail?" + q.Encode()
	}
	return v
}
