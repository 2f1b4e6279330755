package chat

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"elyco/internal/school"
	"elyco/internal/ui"
	"elyco/internal/words"
)

const (
	together  = 5 * time.Minute // messages of one author that follow each other within this stand together
	shownHere = 24              // names of those who are here
)

func profileOf(ctx context.Context, p school.Profile) string {
	if p == "" {
		return ""
	}
	return words.T(ctx, "profile."+string(p))
}

func shapeChannel(ctx context.Context, s sight, w written) channelView {
	v := channelView{Title: words.Typeset(s.Title), About: s.About, Kicker: s.Target.Name, Path: channelPath(s.ID), Governs: s.seat.governs, Visits: !s.seat.member,
		Moderates: s.seat.moderates, Talk: shapeTalk(ctx, s, !s.Before), Compose: shapeCompose(ctx, s, w), Here: shapeHere(ctx, s, true)}
	week, ok := s.Week(s.week)
	if ok {
		v.Hours = sayWeek(ctx, week)
	}
	if !s.ClosesAt.IsZero() && s.now.Before(s.ClosesAt) {
		v.Until = words.DateTime(s.ClosesAt)
	}
	return v
}

// shapeTalk lays out messages. Live is true where new ones are shown as they come.
func shapeTalk(ctx context.Context, s sight, live bool) talkView {
	path := channelPath(s.ID)
	v := talkView{ID: s.ID.String(), Path: path, Live: live, After: strconv.Itoa(s.last()), Since: strconv.Itoa(s.Change), Again: s.Later, Unread: s.seat.member && s.self.read < s.Last}
	if n := len(s.Changed); n >= many {
		v.Since, v.Again = strconv.Itoa(s.Changed[n-1].Change), true
	}
	before := s.Previous
	for i, m := range s.Messages {
		v.Lines = append(v.Lines, shapeMessageLine(ctx, s, m, before))
		before = &s.Messages[i]
	}
	for _, m := range s.Changed {
		one := shapeMessageLine(ctx, s, m, nil)
		one.Day, one.Fresh = "", true
		v.Changed = append(v.Changed, one)
	}
	if s.Earlier {
		v.Earlier = strconv.Itoa(s.Messages[0].Number)
	}
	return v
}

func shapeMessageLine(ctx context.Context, s sight, m Message, before *Message) lineView {
	v := lineView{ID: "m-" + strconv.Itoa(m.Number), Name: orNobody(ctx, m.Name), Clock: words.Clock(m.At), At: m.At.Format(time.RFC3339), Day: words.Date(m.At),
		Mine: m.Person == s.me.Person, Avatar: ui.Avatar{Initials: initials(m.Name), Hue: hueOf(m.Person.UUID)}}
	if before != nil && words.Date(before.At) == v.Day {
		v.Day = ""
		v.Joined = m.Kind == Said && before.Kind == Said && before.Person == m.Person && m.At.Sub(before.At) < together && m.Reply == 0
	}
	if m.Kind != Said {
		v.Event = words.T(ctx, "chat.event."+string(m.Kind), "who", v.Name)
		return v
	}
	if m.Profile != school.Pupil {
		v.Profile = profileOf(ctx, m.Profile)
	}
	if m.Reply > 0 {
		v.Quote, v.QuoteURL = quoted(ctx, m), channelPath(s.ID)+"?before="+strconv.Itoa(m.Reply+1)+"#m-"+strconv.Itoa(m.Reply)
	}
	if m.Gone() {
		v.Removed = words.T(ctx, "chat.removed")
		if m.RemovedBy == "moderator" {
			v.Removed = words.T(ctx, "chat.removed.moderator")
		}
		return v
	}
	v.Text, v.Edited = pieces(m.Body), !m.Edited.IsZero()
	v.More = messagePath(m.ID)
	if s.refusal() == "" {
		v.Answer = channelPath(s.ID) + "?reply=" + strconv.Itoa(m.Number) + "#write"
	}
	return v
}

func quoted(ctx context.Context, m Message) string {
	if m.ReplyBody == "" {
		return words.T(ctx, "chat.removed")
	}
	return words.T(ctx, "chat.last", "who", orNobody(ctx, m.ReplyName), "text", opening(m.ReplyBody, 90))
}

func shapeCompose(ctx context.Context, s sight, w written) composeView {
	v := composeView{Path: channelPath(s.ID), ID: w.id.String(), Body: w.body, Error: w.faults["body"], Refused: s.refusal(), Before: s.Before}
	if w.reply == 0 {
		return v
	}
	v.Reply = strconv.Itoa(w.reply)
	v.Quote = words.T(ctx, "chat.quote", "number", v.Reply)
	if i := slices.IndexFunc(s.Messages, func(m Message) bool { return m.Number == w.reply }); i >= 0 {
		v.Quote = words.T(ctx, "chat.last", "who", orNobody(ctx, s.Messages[i].Name), "text", opening(s.Messages[i].Body, 90))
	}
	return v
}

// shapeHere lists who is here. First is true on the page itself, which then tells at once that it is open.
func shapeHere(ctx context.Context, s sight, first bool) hereView {
	v := hereView{Path: channelPath(s.ID), First: first, All: words.N(ctx, "chat.members.all", len(s.Members))}
	n := 0
	for _, m := range s.Members {
		here := m.Here || m.ID == s.me.Person.UUID && !s.self.discreet
		if here {
			n++
		}
		if here && len(v.People) < shownHere {
			v.People = append(v.People, personView{Name: m.Name(), Avatar: ui.Avatar{Initials: initials(m.Name()), Hue: hueOf(m.ID)}, Silent: !m.Until.IsZero()})
		}
	}
	v.Title = words.N(ctx, "chat.here", n)
	if n > shownHere {
		v.Others = words.N(ctx, "chat.here.others", n-shownHere)
	}
	v.Discreet = s.self.discreet
	return v
}

// shapeMembers lists who belongs. chosen is whom a moderator is about to silence, if anybody.
func shapeMembers(ctx context.Context, s sight, chosen string) membersView {
	v := membersView{Title: s.Title, Path: channelPath(s.ID), Moderates: s.seat.moderates}
	v.Silent = []ui.Choice{{Label: words.T(ctx, "chat.field.person.none")}}
	for _, m := range s.Members {
		one := memberView{ID: m.ID.String(), Name: m.Name(), Avatar: ui.Avatar{Initials: initials(m.Name()), Hue: hueOf(m.ID)}, Here: m.Here}
		var as []string
		for _, p := range m.Profiles {
			as = append(as, profileOf(ctx, school.Profile(p)))
		}
		one.Profile = strings.Join(as, ", ")
		if !m.Until.IsZero() {
			one.Silent = words.T(ctx, "chat.silent.until", "when", words.DateTime(m.Until))
		}
		switch {
		case !s.seat.moderates:
		case !m.Until.IsZero():
			one.Why, one.MayLift = m.Why, true
		case m.OfFamilies() && m.ID != s.me.Person.UUID:
			v.Silent = append(v.Silent, ui.Choice{Value: one.ID, Label: one.Name, Selected: one.ID == chosen})
			v.Open = v.Open || one.ID == chosen
		}
		v.Members = append(v.Members, one)
	}
	for _, n := range silences() {
		v.Minutes = append(v.Minutes, ui.Choice{Value: strconv.Itoa(n), Label: words.T(ctx, "chat.minutes."+strconv.Itoa(n)), Selected: n == 60})
	}
	return v
}

func shapeMessage(ctx context.Context, s sight, m Message, t trying) messageView {
	v := messageView{Channel: s.Title, ChannelPath: channelPath(s.ID), Path: messagePath(m.ID), Line: shapeMessageLine(ctx, s, m, nil), ReportID: school.NewID().String(),
		Mine: m.Regrettable(s.me.Person, s.now), Reportable: m.Reportable(s.me.Person), Body: m.Body, Note: t.body, Reason: t.reason}
	v.Line.More = ""
	v.Removable = s.seat.moderates && m.Kind == Said && !m.Gone() && !v.Mine
	v.Reportable = v.Reportable && !s.seat.moderates // who moderates decides at once
	if s.seat.moderates && m.Kind == Said && !m.Profile.Adult() && m.Person != s.me.Person {
		v.Silence = channelPath(s.ID) + "/members?who=" + m.Person.String()
	}
	v.Faults = map[string]map[string]string{t.what: t.faults}
	if t.what == "edit" {
		v.Body = t.body
	}
	if m.Gone() && s.seat.moderates && m.RemovedBy == "moderator" {
		v.Removal = words.T(ctx, "chat.removal.said", "when", words.DateTime(m.Removed), "why", m.Reason)
	}
	for _, reason := range reasons() {
		v.Reasons = append(v.Reasons, ui.Choice{Value: reason, Label: words.T(ctx, "chat.reason."+reason), Selected: reason == t.reason})
	}
	return v
}
