package gateways

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/mail"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// simulators says which channels go nowhere.
type simulators interface{ Simulates(channel string) bool }

var icons = map[string]ui.Icon{mail.ByMail: ui.IconMail, mail.ByText: ui.IconForum, mail.ByVoice: ui.IconPhone, mail.ByPush: ui.IconBell}

func shapeOutbox(ctx context.Context, list []mail.Sent, more bool, f filter, s simulators) outboxPage {
	v := outboxPage{Narrowed: f.narrowed(), Channel: ui.Select{Name: "channel", Label: words.T(ctx, "gateways.channel"), Width: ui.WidthMedium},
		State: ui.Select{Name: "state", Label: words.T(ctx, "gateways.state"), Width: ui.WidthMedium}}
	v.Channel.Choices = append(v.Channel.Choices, ui.Choice{Label: words.T(ctx, "gateways.all")})
	var simulated []string
	for _, c := range mail.Channels() {
		label := words.T(ctx, "gateways.channel."+c)
		v.Channel.Choices = append(v.Channel.Choices, ui.Choice{Value: c, Label: label, Selected: c == f.Channel})
		if s.Simulates(c) {
			simulated = append(simulated, label)
		}
	}
	if len(simulated) > 0 {
		v.Simulated = words.T(ctx, "gateways.simulated", "channels", strings.Join(simulated, ", "))
	}
	v.State.Choices = append(v.State.Choices, ui.Choice{Label: words.T(ctx, "gateways.all")})
	for _, state := range mail.States() {
		v.State.Choices = append(v.State.Choices, ui.Choice{Value: state, Label: words.T(ctx, "gateways.state."+state), Selected: state == f.State})
	}
	if !f.Day.IsZero() {
		v.Day = f.Day.In(words.Zone()).Format(time.DateOnly)
	}
	for _, m := range list {
		v.Messages = append(v.Messages, shapeLine(ctx, m))
	}
	if more {
		v.Next = nextPath(f, v.Day, list[len(list)-1].ID)
	}
	return v
}

func nextPath(f filter, day string, before uuid.UUID) string {
	q := url.Values{"before": {before.String()}}
	for name, value := range map[string]string{"channel": f.Channel, "state": f.State, "day": day} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return "/gateways?" + q.Encode()
}

func shapeLine(ctx context.Context, m mail.Sent) ui.Item {
	meta := []string{words.T(ctx, "gateways.channel."+m.Channel), words.T(ctx, "gateways.to", "name", orElse(m.Name, orElse(m.Address, "—"))), words.DateTime(m.CreatedAt)}
	if m.Cost > 0 {
		meta = append(meta, m.Cost.String())
	}
	return ui.Item{Title: m.Subject, URL: "/gateways/" + m.ID.String(), Icon: icons[m.Channel], Meta: strings.Join(meta, " · "), Badges: []ui.Badge{stateBadge(ctx, m)}}
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func stateBadge(ctx context.Context, m mail.Sent) ui.Badge {
	tone := map[string]ui.Tone{"sent": ui.ToneInfo, "kept": ui.ToneWarning, mail.Failed: ui.ToneDanger, mail.Delivered: ui.ToneSuccess,
		mail.Answered: ui.ToneSuccess, mail.Acknowledged: ui.ToneSuccess}[m.State]
	return ui.Badge{Label: words.T(ctx, "gateways.state."+m.State), Tone: tone}
}

func shapeMessage(ctx context.Context, m mail.Sent, text string, framed, mayPlay bool) messagePage {
	v := messagePage{Subject: m.Subject, Path: "/gateways/" + m.ID.String(), Channel: m.Channel, Site: m.Site, Opens: m.Path, Text: text, Kept: m.Kept,
		Clock: words.Clock(m.CreatedAt)}
	if framed {
		v.Frame = v.Path + "/page"
	}
	to := m.Name
	if m.Address != "" {
		to = strings.TrimSpace(m.Name + " (" + m.Address + ")")
	}
	add := func(key, text string) {
		v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, key), Text: text})
	}
	add("gateways.recipient", orElse(to, "—"))
	add("gateways.channel", words.T(ctx, "gateways.channel."+m.Channel))
	add("gateways.written", words.DateTime(m.CreatedAt))
	v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "gateways.state"), Body: stateBadge(ctx, m)})
	for _, step := range []struct {
		key string
		at  *time.Time
	}{{"gateways.state.delivered", m.DeliveredAt}, {"gateways.state.answered", m.AnsweredAt}, {"gateways.state.acknowledged", m.AcknowledgedAt}} {
		if step.at != nil {
			add(step.key, words.DateTime(*step.at))
		}
	}
	if m.Error != "" {
		add("gateways.answer", m.Error)
	}
	if m.Cost > 0 {
		add("gateways.cost", m.Cost.String())
	}
	if m.Payer != "" {
		add("gateways.payer", payerWords(ctx, m.Payer))
	}
	if mayPlay {
		for _, act := range acts(m) {
			kind := ui.ButtonKind("")
			if act == mail.Failed {
				kind = ui.ButtonQuiet
			}
			v.Acts = append(v.Acts, ui.Button{Label: actWords(ctx, act, m.Channel), Name: "do", Value: act, Kind: kind})
		}
	}
	return v
}

func payerWords(ctx context.Context, payer string) string {
	return words.T(ctx, "gateways.payer."+orElse(payer, "nobody"))
}

func shapeSpending(ctx context.Context, list []mail.Spent) spendingPage {
	v := spendingPage{Table: ui.Table{ID: "spending", Caption: words.T(ctx, "gateways.spending.title"), HideCaption: true, Dense: true, Columns: []ui.Column{
		{Label: words.T(ctx, "gateways.month")}, {Label: words.T(ctx, "gateways.channel")}, {Label: words.T(ctx, "gateways.payer")},
		{Label: words.T(ctx, "gateways.messages"), Numeric: true}, {Label: words.T(ctx, "gateways.cost"), Numeric: true}}}}
	for _, s := range list {
		v.Table.Rows = append(v.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: monthWords(s.Month)}, {Text: words.T(ctx, "gateways.channel."+s.Channel)},
			{Text: payerWords(ctx, s.Payer)}, {Text: words.Number(s.Messages)}, {Text: s.Cost.String()}}})
	}
	return v
}

// monthWords is a date without its day: "novembre 2026".
func monthWords(first time.Time) string {
	_, month, _ := strings.Cut(words.Date(time.Date(first.Year(), first.Month(), 2, 12, 0, 0, 0, words.Zone())), "2 ")
	return month
}

func actWords(ctx context.Context, act, channel string) string {
	begins := map[string]string{mail.Acknowledged: "gateways.play.acknowledged.", mail.Delivered: "gateways.play.delivered.", mail.Failed: "gateways.play.failed."}
	return words.T(ctx, begins[act]+channel)
}
