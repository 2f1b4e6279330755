package messages

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func shapeWaiting(ctx context.Context, title string, d Draft, signs []string, readers []Moderator) waitingView {
	v := waitingView{Title: title, Subject: words.Typeset(d.Subject), Body: strings.Split(d.Body, "\n"), Held: d.State == Held, Recover: draftPath(d.ID) + "/recovery"}
	var names, why []string
	for _, m := range readers {
		names = append(names, m.Name)
	}
	for _, s := range signs {
		why = append(why, words.T(ctx, "messages.sign.told."+s))
	}
	const enough = 4
	if len(names) > enough {
		names = append(names[:enough], words.T(ctx, "messages.others"))
	}
	if v.Held {
		v.Text = words.T(ctx, "messages.waiting.held.text", "why", listed(ctx, why), "readers", notEmpty(listed(ctx, names), words.T(ctx, "messages.readers.none")))
	} else {
		v.Text = words.T(ctx, "messages.scheduled", "day", dayHour(d.SendAt))
	}
	for _, f := range []Field{To, Cc, Bcc} {
		var labels []string
		for _, a := range d.Addresses {
			if a.Field == f {
				labels = append(labels, a.Label)
			}
		}
		if len(labels) > 0 {
			v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "messages.field."+string(f)), Text: strings.Join(labels, ", ")})
		}
	}
	v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "messages.people"), Text: words.Number(d.People)})
	return v
}

func shapeQueue(ctx context.Context, q queue, a school.Actor, now time.Time) queueView {
	v := queueView{}
	for _, h := range q.Held {
		held := shapeHold(ctx, h, a, now)
		held.Alone = held.Own && onlyOne(q.Team, a)
		v.Held = append(v.Held, held)
	}
	for _, p := range q.Reports {
		v.Reports = append(v.Reports, shapeReport(ctx, p))
	}
	urgent := 0
	var most []string
	for _, u := range q.Urgent {
		urgent += u.N
		if len(most) < 3 {
			most = append(most, words.T(ctx, "messages.urgent.by", "name", notEmpty(u.Name, words.T(ctx, "messages.nobody")), "n", u.N))
		}
	}
	v.Stats = []ui.Stat{
		{Label: words.T(ctx, "messages.queue.held"), Value: words.Number(len(q.Held)), Icon: ui.IconEye},
		{Label: words.T(ctx, "messages.queue.reports"), Value: words.Number(len(q.Reports)), Icon: ui.IconAlert},
		{Label: words.T(ctx, "messages.queue.urgent"), Value: words.Number(urgent), Hint: strings.Join(most, ", "), Icon: ui.IconBell},
	}
	for _, m := range q.Team {
		v.Team = append(v.Team, ui.Choice{Value: m.Person.String(), Label: m.Name, Hint: words.T(ctx, "profile."+string(m.Profile)), Selected: m.Named})
	}
	for _, s := range q.Sweeps {
		v.Sweeps = append(v.Sweeps, ui.Item{Title: s.Name, URL: spanPath(s.Person.UUID, s.Span), Icon: ui.IconTrash, Text: s.Reason,
			Meta: words.N(ctx, "messages.sweep.counted", s.Done, "all", s.Total) + " · " + words.Since(s.At, now)})
	}
	v.Stopped = len(q.Stops) > 0
	return v
}

func shapeHold(ctx context.Context, h Hold, a school.Actor, now time.Time) holdView {
	v := holdView{ID: h.ID.String(), Subject: words.Typeset(h.Subject), Body: strings.Split(h.Body, "\n"), Own: h.AuthorID == a.Person.UUID}
	if h.AuthorID != uuid.Nil {
		v.Account = spanPath(h.AuthorID, Span{From: now.Add(-24 * time.Hour), To: now.Add(time.Minute)})
	}
	for _, s := range h.Signs {
		v.Signs = append(v.Signs, ui.Badge{Label: words.T(ctx, "messages.sign."+s), Tone: ui.ToneWarning})
	}
	v.Facts = []ui.Fact{
		{Label: words.T(ctx, "messages.moderation.author"), Text: h.Author + ", " + words.T(ctx, "profile."+string(h.Profile))},
		{Label: words.T(ctx, "messages.hold.device"), Text: notEmpty(h.Device, words.T(ctx, "messages.hold.device.unknown"))},
		{Label: words.T(ctx, "messages.field.to"), Text: words.N(ctx, "messages.hold.people", h.People, "whom", h.Whom)},
		{Label: words.T(ctx, "messages.hold.since"), Text: words.Since(h.At, now)},
	}
	if !h.SendAt.IsZero() {
		v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "messages.hold.for"), Text: dayHour(h.SendAt)})
	}
	return v
}

func shapeReport(ctx context.Context, p Report) reportView {
	return reportView{ID: p.ID.String(), Subject: p.Subject, Body: strings.Split(p.Body, "\n"),
		Facts: []ui.Fact{{Label: words.T(ctx, "messages.moderation.author"), Text: notEmpty(p.Author, words.T(ctx, "messages.nobody"))}, {Label: words.T(ctx, "messages.field.to"), Text: p.Whom},
			{Label: words.T(ctx, "messages.moderation.reason"), Text: words.T(ctx, "messages.reason."+p.Reason)},
			{Label: words.T(ctx, "messages.moderation.by"), Text: p.By + ", " + words.DateTime(p.At)},
			{Label: words.T(ctx, "messages.moderation.note"), Text: notEmpty(p.Note, "–")}}}
}

func shapeAccounts(ctx context.Context, text string, list []Contact) foundView {
	v := foundView{Query: text}
	for _, c := range list {
		v.Items = append(v.Items, ui.Item{Title: c.Name(), URL: accountPath(c.ID), Meta: detailOf(ctx, c), Avatar: &ui.Avatar{Initials: initials(c.Name()), Hue: hueOf(c.ID)}})
	}
	return v
}

func localOf(t time.Time) string { return t.In(words.Zone()).Format(localShape) }

func (s Span) values() url.Values {
	return url.Values{"from": {localOf(s.From)}, "to": {localOf(s.To)}}
}

func spanPath(person uuid.UUID, s Span) string {
	return accountPath(person) + "?" + s.values().Encode()
}

func shapeAccount(ctx context.Context, a account, id uuid.UUID) accountView {
	path := accountPath(a.Who.ID)
	v := accountView{ID: id.String(), Name: a.Who.Name(), Path: path, Live: spanPath(a.Who.ID, a.Span), From: localOf(a.Span.From), To: localOf(a.Span.To),
		Table: path + "/openers?" + a.Span.values().Encode(), Total: words.N(ctx, "messages.account.sent", a.Messages, "people", a.People),
		Reach: home + "/reach?person=" + a.Who.ID.String()}
	for _, d := range a.Deeds {
		state := ui.Cell{Text: words.N(ctx, "messages.account.opened", d.Opened)}
		if !d.RecalledAt.IsZero() {
			state.Body = ui.Badge{Label: words.T(ctx, "messages.account.recalled", "n", d.Opened), Tone: ui.ToneSuccess, Icon: ui.IconCheck}
		}
		v.Deeds = append(v.Deeds, ui.Row{Cells: []ui.Cell{{Text: d.Subject}, {Text: words.Stamp(d.At)}, {Text: words.N(ctx, "messages.hold.people", d.Reached, "whom", d.Whom)}, state}})
	}
	for _, o := range a.Openers {
		v.Openers = append(v.Openers, ui.Row{Cells: []ui.Cell{{Text: notEmpty(o.Name, words.T(ctx, "messages.nobody"))}, {Text: profileName(ctx, o.Profile)}, {Text: o.Subject}, {Text: words.Stamp(o.ReadAt)}}})
	}
	if a.More {
		q, end := a.Span.values(), a.Openers[len(a.Openers)-1]
		q.Set("before", end.ReadAt.Format(time.RFC3339Nano))
		q.Set("last", end.Person.String())
		v.Next = path + "?" + q.Encode()
	}
	for _, s := range a.Sweeps {
		p := ui.Progress{ID: "sweep-" + s.ID.String(), Label: words.T(ctx, "messages.sweep.of", "day", words.DateTime(s.At)), Value: s.Done, Max: max(s.Total, 1),
			Words: words.N(ctx, "messages.sweep.counted", s.Done, "all", s.Total)}
		if !s.EndedAt.IsZero() {
			p.Tone = ui.ToneSuccess
		}
		v.Sweeps = append(v.Sweeps, p)
	}
	return v
}

func profileName(ctx context.Context, p string) string {
	if p == "" {
		return ""
	}
	return words.T(ctx, "profile."+p)
}

func openersTable(ctx context.Context, list []Opener) [][]string {
	rows := [][]string{{words.T(ctx, "messages.receipts.who"), words.T(ctx, "messages.openers.profile"), words.T(ctx, "messages.subject"), words.T(ctx, "messages.openers.at")}}
	for _, o := range list {
		rows = append(rows, []string{o.Name, profileName(ctx, o.Profile), o.Subject, words.Stamp(o.ReadAt)})
	}
	return rows
}

func spaceName(r *tenant.Registry, id school.ScopeID) string {
	if t := r.ByID(id); t != nil {
		return t.Name
	}
	return ""
}

func shapeStops(ctx context.Context, here *tenant.Tenant, standing, past []Stop, f stopForm, r *tenant.Registry) stopView {
	v := stopView{Where: words.T(ctx, "messages.stop.lead."+string(here.Kind), "space", here.Name), Reason: f.Reason, Until: f.Until}
	for _, c := range stoppable() {
		chosen := len(f.Categories) == 0
		for _, x := range f.Categories {
			chosen = chosen || x == c
		}
		v.Categories = append(v.Categories, ui.Choice{Value: c, Label: words.T(ctx, "messages.author."+c), Selected: chosen})
	}
	for _, s := range standing {
		w := standingView{Title: words.T(ctx, "messages.stop.of", "space", spaceName(r, s.Space)), Text: s.Reason, Facts: stopFacts(ctx, s)}
		if s.Space == here.ID {
			w.End = stopPath + "/" + s.ID.String() + "/end"
		}
		v.Standing = append(v.Standing, w)
	}
	for _, s := range past {
		v.Past = append(v.Past, ui.Item{Title: s.Reason, Meta: words.T(ctx, "messages.stop.past", "whom", whomStopped(ctx, s), "from", words.DateTime(s.At), "to", words.DateTime(endOf(s)))})
	}
	return v
}

func endOf(s Stop) time.Time {
	if s.EndedAt.IsZero() {
		return s.Until
	}
	return s.EndedAt
}

func whomStopped(ctx context.Context, s Stop) string {
	var names []string
	for _, c := range s.Categories {
		names = append(names, words.T(ctx, "messages.author."+c))
	}
	return listed(ctx, names)
}

func stopFacts(ctx context.Context, s Stop) []ui.Fact {
	facts := []ui.Fact{{Label: words.T(ctx, "messages.stop.who"), Text: whomStopped(ctx, s)}, {Label: words.T(ctx, "messages.stop.since"), Text: words.DateTime(s.At)}}
	if !s.Until.IsZero() {
		facts = append(facts, ui.Fact{Label: words.T(ctx, "messages.stop.until"), Text: words.DateTime(s.Until)})
	}
	return facts
}
