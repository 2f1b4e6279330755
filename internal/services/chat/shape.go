package chat

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/hours"
	"elyco/internal/ui"
	"elyco/internal/words"
)

const home = "/chat"

func channelPath(id uuid.UUID) string { return home + "/channels/" + id.String() }
func messagePath(id uuid.UUID) string { return home + "/messages/" + id.String() }

func hueOf(id uuid.UUID) ui.Hue { return ui.HueOf(int(id[15])) }

func initials(name string) string {
	var b strings.Builder
	for i, word := range strings.Fields(name) {
		if i < 2 {
			b.WriteString(strings.ToUpper(string([]rune(word)[:1])))
		}
	}
	return b.String()
}

func orNobody(ctx context.Context, name string) string {
	if name == "" {
		return words.T(ctx, "chat.nobody")
	}
	return name
}

func listPath(which Which) string {
	if which == Current {
		return home
	}
	return home + "?in=" + string(which)
}

func shapeList(ctx context.Context, which Which, lines []Line, more bool, now time.Time) listView {
	v := listView{Which: which, Path: listPath(which)}
	for _, l := range lines {
		it := ui.Item{Title: words.Typeset(l.Title), URL: channelPath(l.ID), Text: lastWords(ctx, l), Unread: l.Unread > 0,
			Meta: l.Target.Name + " · " + words.Since(l.LastAt, now), Avatar: &ui.Avatar{Initials: short(l.Target.Name), Hue: hueOf(l.Target.ID)}}
		if l.Unread > 0 {
			it.Badges = append(it.Badges, ui.Badge{Label: words.N(ctx, "chat.unread", l.Unread), Tone: ui.ToneBrand})
		}
		if which != Old && l.Over(now) != "" {
			it.Badges = append(it.Badges, ui.Badge{Label: words.T(ctx, "chat.badge.closed"), Icon: ui.IconLock})
		}
		v.Items = append(v.Items, it)
	}
	if more {
		end := lines[len(lines)-1]
		v.Next = home + "?" + url.Values{"in": {string(which)}, "before": {end.LastAt.Format(time.RFC3339Nano)}, "last": {end.ID.String()}}.Encode()
	}
	return v
}

// short is how a class is named on a small disc: its name as far as it fits.
func short(name string) string {
	runes := []rune(strings.ReplaceAll(name, " ", ""))
	return string(runes[:min(len(runes), 3)])
}

func (v listView) tabs(ctx context.Context) []ui.Link {
	tabs := []ui.Link{{Label: words.T(ctx, "chat.list.current"), URL: listPath(Current), Current: v.Which == Current},
		{Label: words.T(ctx, "chat.list.archived"), URL: listPath(Old), Current: v.Which == Old}}
	if v.Watches {
		tabs = append(tabs, ui.Link{Label: words.T(ctx, "chat.list.all"), URL: listPath(All), Current: v.Which == All})
	}
	return tabs
}

func shapeForm(ctx context.Context, f channelForm, targets []Target, space hours.Week, adult bool, faults map[string]string) formView {
	v := formView{ID: f.ID.String(), Version: strconv.Itoa(f.Version), Title: f.Title, About: f.About, Teachers: f.Teachers, Guardians: f.Guardians,
		Opens: f.Opens, Closes: f.Closes, Faults: faults, Adult: adult, Hours: sayWeek(ctx, space)}
	for _, t := range targets {
		value := t.Kind + ":" + t.ID.String()
		v.Targets = append(v.Targets, ui.Choice{Value: value, Label: t.Name, Group: words.T(ctx, "chat.target."+t.Kind), Selected: value == f.Target})
	}
	for _, d := range hours.DayNames() {
		v.Days = append(v.Days, ui.Choice{Value: d, Label: words.T(ctx, "hours.day."+d), Selected: slices.Contains(f.Days, d)})
	}
	for _, s := range slows() {
		v.Slows = append(v.Slows, ui.Choice{Value: strconv.Itoa(s), Label: words.T(ctx, "chat.slow."+strconv.Itoa(s)), Selected: s == f.Slow})
	}
	if !f.Until.IsZero() {
		v.Until = f.Until.In(words.Zone()).Format("2006-01-02T15:04")
	}
	return v
}

// sayWeek tells the hours of a week in a line.
func sayWeek(ctx context.Context, w hours.Week) string {
	if w.Always() {
		return words.T(ctx, "chat.hours.always")
	}
	var days []string
	for i, d := range hours.DayNames() {
		if w.Mask()&(1<<i) != 0 {
			days = append(days, strings.ToLower(words.T(ctx, "hours.day."+d)))
		}
	}
	return words.T(ctx, "chat.hours", "days", strings.Join(days, ", "), "from", sayMinute(w.From), "to", sayMinute(w.To))
}

// sayMinute writes a minute of the day: "8 h", "17 h 30".
func sayMinute(m int) string {
	if m%60 == 0 {
		return strconv.Itoa(m/60) + " h"
	}
	return strconv.Itoa(m/60) + " h " + hours.Clock(m)[3:]
}

func shapeDoor(ctx context.Context, s sight) doorView {
	return doorView{Title: s.Title, Path: channelPath(s.ID), Governs: s.seat.governs, Facts: []ui.Fact{
		{Label: words.T(ctx, "chat.door.target"), Text: s.Target.Name}, {Label: words.T(ctx, "chat.door.author"), Text: orNobody(ctx, s.AuthorName)},
		{Label: words.T(ctx, "chat.door.last"), Text: words.Since(s.LastAt, s.now)}}}
}

func shapeReports(ctx context.Context, list []Report, wrong string, faults map[string]string) reportsView {
	var v reportsView
	for _, p := range list {
		one := reportView{ID: p.ID.String(), Title: p.Title, Body: p.Body, Facts: []ui.Fact{
			{Label: words.T(ctx, "chat.report.author"), Text: orNobody(ctx, p.Author)},
			{Label: words.T(ctx, "chat.report.why"), Text: words.T(ctx, "chat.reason."+p.Reason)},
			{Label: words.T(ctx, "chat.report.by"), Text: orNobody(ctx, p.By) + ", " + words.DateTime(p.At)}}}
		if p.Note != "" {
			one.Facts = append(one.Facts, ui.Fact{Label: words.T(ctx, "chat.report.note"), Text: p.Note})
		}
		if wrong == one.ID {
			one.Faults = faults
		}
		v.Reports = append(v.Reports, one)
	}
	return v
}

// shapeLog are the rows of a channel's log as a spreadsheet shows them.
func shapeLog(ctx context.Context, s sight) [][]string {
	rows := [][]string{{words.T(ctx, "chat.log.number"), words.T(ctx, "chat.log.at"), words.T(ctx, "chat.log.who"), words.T(ctx, "chat.log.profile"),
		words.T(ctx, "chat.log.text"), words.T(ctx, "chat.log.answers"), words.T(ctx, "chat.log.state")}}
	for _, m := range s.Messages {
		text, answers, state := m.Body, "", ""
		if m.Kind != Said {
			text = words.T(ctx, "chat.event."+string(m.Kind), "who", orNobody(ctx, m.Name))
		}
		if m.Reply > 0 {
			answers = strconv.Itoa(m.Reply)
		}
		if !m.Edited.IsZero() {
			state = words.T(ctx, "chat.edited_at", "when", words.Stamp(m.Edited))
		}
		if m.Gone() {
			state = words.T(ctx, "chat.log."+m.RemovedBy, "when", words.Stamp(m.Removed), "why", m.Reason)
		}
		rows = append(rows, []string{strconv.Itoa(m.Number), words.Stamp(m.At), orNobody(ctx, m.Name), profileOf(ctx, m.Profile), text, answers, state})
	}
	return rows
}
