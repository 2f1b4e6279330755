package messages

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

const home = "/messages"

func letterPath(id uuid.UUID) string { return home + "/letters/" + id.String() }
func draftPath(id uuid.UUID) string  { return home + "/drafts/" + id.String() }

func boxPath(in string) string {
	if in == "" || in == string(Inbox) {
		return home
	}
	return home + "?" + url.Values{"in": {in}}.Encode()
}

func (b box) segment() string {
	if b.Place == InFolder {
		return b.Folder.String()
	}
	return string(b.Place)
}

// shapeRights says which doors the page of a box shows.
type shapeRights struct{ write, moderate, stop bool }

func shapeBox(ctx context.Context, b box, a school.Actor, now time.Time, may shapeRights, r *tenant.Registry) boxView {
	v := boxView{In: b.segment(), Place: b.Place, MayWrite: may.write, MayModerate: may.moderate, MayStop: may.stop, Unread: b.Unread, Path: boxPath(b.segment())}
	for _, p := range []Place{Inbox, Sent, Drafts, Bin} {
		label := words.T(ctx, "messages.place."+string(p))
		if p == Inbox && b.Unread > 0 {
			label = words.N(ctx, "messages.place.unread", b.Unread)
		}
		v.Places = append(v.Places, ui.Link{Label: label, URL: boxPath(string(p)), Current: p == b.Place})
	}
	v.Title = words.T(ctx, "messages.title")
	for _, f := range b.Folders {
		v.Folders = append(v.Folders, ui.Link{Label: strings.Repeat("– ", f.Depth) + f.Name, URL: boxPath(f.ID.String()), Icon: ui.IconFolder, Current: b.Place == InFolder && f.ID == b.Folder})
		v.Targets = append(v.Targets, ui.Choice{Value: f.ID.String(), Label: strings.Repeat("– ", f.Depth) + f.Name})
	}
	for _, o := range b.Others {
		if o.Unread > 0 {
			v.Others = append(v.Others, ui.Link{Label: words.N(ctx, "messages.elsewhere", o.Unread, "school", o.Tenant.Name), URL: r.URL(o.Tenant, home)})
		}
	}
	for _, l := range b.Lines {
		it := shapeLine(ctx, l, a, now)
		if b.Place == Drafts {
			it.URL = draftPath(l.ID)
		} else {
			it.Action = tick(l.ID.String(), words.T(ctx, "messages.tick", "subject", l.Subject))
		}
		v.Items = append(v.Items, it)
	}
	if b.More {
		end := b.Lines[len(b.Lines)-1]
		v.Next = home + "?" + url.Values{"in": {b.segment()}, "before": {end.At.Format(time.RFC3339Nano)}, "last": {end.ID.String()}}.Encode()
	}
	return v
}

// shapeLine is a message in a list: who, what about, when, and whom it concerns.
func shapeLine(ctx context.Context, l Line, a school.Actor, now time.Time) ui.Item {
	who := l.AuthorName
	if who == "" {
		who = words.T(ctx, "messages.nobody")
	}
	it := ui.Item{Title: words.Typeset(l.Subject), URL: letterPath(l.ID), Text: l.Opening, Unread: l.Unread, Meta: who + " · " + words.Since(l.At, now),
		Avatar: &ui.Avatar{Initials: initials(who), Hue: hueOf(l.AuthorID)}, Stamps: stampsOf(a, l.About)}
	if l.Subject == "" {
		it.Title = words.T(ctx, "messages.no_subject")
	}
	if l.Mine {
		whom := l.Whom
		if whom == "" {
			whom = words.T(ctx, "messages.no_whom")
		}
		it.Meta = words.T(ctx, "messages.to", "whom", whom) + " · " + words.Since(l.At, now)
		it.Avatar = &ui.Avatar{Initials: initials(a.Name), Hue: hueOf(a.Person.UUID)}
	}
	if l.Urgent {
		it.Badges = append(it.Badges, ui.Badge{Label: words.T(ctx, "messages.badge.urgent"), Tone: ui.ToneDanger, Icon: ui.IconAlert})
	}
	switch l.State {
	case string(Held):
		it.Badges = append(it.Badges, ui.Badge{Label: words.T(ctx, "messages.badge.held"), Tone: ui.ToneWarning, Icon: ui.IconEye})
	case string(Scheduled):
		it.Badges = append(it.Badges, ui.Badge{Label: words.T(ctx, "messages.badge.scheduled", "day", dayHour(l.SendAt)), Tone: ui.ToneInfo, Icon: ui.IconClock})
	}
	if l.Recalled {
		it.Badges = append(it.Badges, ui.Badge{Label: words.T(ctx, "messages.badge.recalled"), Tone: ui.ToneWarning})
	}
	if l.Hidden {
		it.Badges = append(it.Badges, ui.Badge{Label: words.T(ctx, "messages.badge.hidden")})
	}
	if l.Child != "" {
		it.Badges = append(it.Badges, ui.Badge{Label: words.T(ctx, "messages.badge.about", "child", l.Child), Tone: ui.ToneInfo})
	}
	if l.Files > 0 {
		it.Badges = append(it.Badges, ui.Badge{Label: words.N(ctx, "messages.badge.files", l.Files), Icon: ui.IconAttach})
	}
	return it
}

func stampsOf(a school.Actor, about []uuid.UUID) []ui.Stamp {
	var list []ui.Stamp
	var all []school.ChildRef
	for _, m := range a.Everywhere {
		for _, c := range m.Children {
			if !slices.ContainsFunc(all, func(o school.ChildRef) bool { return o.ID == c.ID }) {
				all = append(all, c)
			}
		}
	}
	for i, c := range all {
		if slices.Contains(about, c.ID.UUID) {
			list = append(list, ui.Stamp{Name: c.Name, Initials: initials(c.Name), Hue: ui.HueOf(i)})
		}
	}
	return list
}

func hueOf(id uuid.UUID) ui.Hue { return ui.HueOf(int(id[15])) }

func initials(name string) string {
	var b strings.Builder
	for i, word := range strings.Fields(name) {
		for _, letter := range word {
			b.WriteString(strings.ToUpper(string(letter)))
			break
		}
		if i == 1 {
			break
		}
	}
	return b.String()
}

func shapeFound(ctx context.Context, text string, lines []Line, a school.Actor, now time.Time) foundView {
	v := foundView{Query: text}
	for _, l := range lines {
		v.Items = append(v.Items, shapeLine(ctx, l, a, now))
	}
	return v
}

func shapeLetter(ctx context.Context, l Letter, a school.Actor, now time.Time, mayWrite bool) letterView {
	v := letterView{ID: l.ID.String(), Path: letterPath(l.ID), Subject: words.Typeset(l.Subject), Author: l.AuthorName, HTML: l.HTML, Mine: l.Mine, Recalled: l.Recalled,
		ReportID: school.NewID().String(), Stamps: stampsOf(a, l.About), Avatar: ui.Avatar{Initials: initials(l.AuthorName), Hue: hueOf(l.AuthorID), Large: true},
		When: words.DateTime(l.At), MayReply: mayWrite && l.answerable(), MayForward: mayWrite && !l.Recalled, MayBlock: !l.Mine && !l.Official && l.AuthorID != uuid.Nil,
		NoReply: l.NoReply && !l.Mine, Trashed: l.Trashed, Hidden: l.Hidden, Child: l.Child}
	if v.Author == "" {
		v.Author = words.T(ctx, "messages.nobody")
	}
	if l.Profile != "" {
		v.Profile = words.T(ctx, "profile."+string(l.Profile))
	}
	for _, f := range []Field{To, Cc, Bcc} {
		var names []string
		for _, o := range l.Addresses {
			if o.Field == f {
				names = append(names, notEmpty(o.Label, words.T(ctx, "messages.nobody")))
			}
		}
		if len(names) > 0 {
			v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "messages.field."+string(f)), Text: strings.Join(names, ", ")})
		}
	}
	for _, f := range l.Files {
		v.Files = append(v.Files, ui.Item{Title: f.Name, URL: letterPath(l.ID) + "/files/" + f.ID.String(), Icon: ui.IconDocument, Meta: words.Size(f.Size)})
	}
	for _, o := range l.Others {
		v.Others = append(v.Others, shapeLine(ctx, o, a, now))
	}
	if l.Mine {
		v.Progress = &ui.Progress{ID: "delivered", Label: words.T(ctx, "messages.delivered"), Value: l.Reached, Max: max(l.Expected, 1), Words: words.N(ctx, "messages.delivered.words", l.Reached, "all", words.Number(l.Expected))}
		if !l.Recalled {
			v.Later = momentsWords(ctx, l.Later, now)
		}
		v.Sending = l.Sending && !l.Recalled
		v.Opened = words.N(ctx, "messages.opened", l.Opened, "all", words.Number(l.Reached))
		v.ShowReceipts = l.Receipt || l.Recalled
	}
	v.shapeClocks(ctx, l, now)
	v.ReplyAll = v.MayReply && len(l.Addresses) > 1
	v.ToldRead = l.Receipt && !l.Mine
	if l.Recalled {
		v.Why = words.T(ctx, "messages.recalled."+l.RecalledBy, "day", words.DateTime(l.RecalledAt))
	}
	for _, reason := range reasons() {
		v.Reasons = append(v.Reasons, ui.Choice{Value: reason, Label: words.T(ctx, "messages.reason."+reason)})
	}
	return v
}

// shapeClocks says when the message was written, sent, visible and notified to the reader.
func (v *letterView) shapeClocks(ctx context.Context, l Letter, now time.Time) {
	v.Urgent, v.UrgentReason = l.Urgent, l.UrgentReason
	if l.Guardians != "" {
		v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "messages.field."+l.Guardians), Text: words.T(ctx, "messages.guardians.told")})
	}
	add := func(key string, at time.Time) {
		v.Clocks = append(v.Clocks, ui.Fact{Label: words.T(ctx, "messages.clock."+key), Text: words.DateTime(at)})
	}
	add("written", l.WrittenAt)
	add("sent", l.SentAt)
	if !l.Mine {
		add("visible", l.At)
		add("notified", l.NotifyAt)
	}
	if l.Reported != "" {
		v.Reported = words.T(ctx, "messages.outcome."+l.Reported)
	}
}

func shapeReceipts(ctx context.Context, l Letter, list []Receipt, more, opened bool, now time.Time) receiptsView {
	path := letterPath(l.ID) + "/receipts"
	v := receiptsView{Subject: l.Subject, Back: letterPath(l.ID), Opened: words.N(ctx, "messages.opened", l.Opened, "all", words.Number(l.Reached)),
		Tabs: []ui.Link{{Label: words.T(ctx, "messages.receipts.all"), URL: path, Current: !opened}, {Label: words.T(ctx, "messages.receipts.opened"), URL: path + "?opened=1", Current: opened}}}
	for _, r := range list {
		state := ui.Badge{Label: words.T(ctx, "messages.receipts.not")}
		if r.VisibleAt.After(now) {
			state = ui.Badge{Label: words.T(ctx, "messages.receipts.later", "day", dayHour(r.VisibleAt)), Tone: ui.ToneInfo, Icon: ui.IconClock}
		}
		if !r.ReadAt.IsZero() {
			state = ui.Badge{Label: words.T(ctx, "messages.receipts.at", "day", words.DateTime(r.ReadAt)), Tone: ui.ToneSuccess, Icon: ui.IconCheck}
		}
		v.Rows = append(v.Rows, ui.Row{Cells: []ui.Cell{{Text: notEmpty(r.Name, words.T(ctx, "messages.nobody"))}, {Text: strings.Join(r.About, ", ")}, {Body: state}}})
	}
	if more {
		end := list[len(list)-1]
		q := url.Values{"after": {end.Name}, "last": {end.Person.String()}}
		if opened {
			q.Set("opened", "1")
		}
		v.Next = path + "?" + q.Encode()
	}
	return v
}

func shapeQuota(ctx context.Context, q Quota) ui.Progress {
	p := ui.Progress{ID: "quota", Label: words.T(ctx, "messages.quota"), Value: int(q.Used >> 10), Max: int(max(q.Most>>10, 1)),
		Words: words.T(ctx, "messages.quota.words", "used", words.Size(q.Used), "most", words.Size(q.Most))}
	if q.Full() {
		p.Tone = ui.ToneDanger
	}
	return p
}

func shapeSetup(ctx context.Context, o own, faults map[string]string, id uuid.UUID) setupView {
	v := setupView{Quota: shapeQuota(ctx, o.Quota), Signature: o.Signature, Faults: faults, NewID: id.String(), Parents: []ui.Choice{{Label: words.T(ctx, "messages.folder.top")}}}
	for _, f := range o.Folders {
		label := strings.Repeat("– ", f.Depth) + f.Name
		v.Folders = append(v.Folders, ui.Choice{Value: f.ID.String(), Label: f.Name})
		if f.Depth+1 < maxDepth {
			v.Parents = append(v.Parents, ui.Choice{Value: f.ID.String(), Label: label})
		}
	}
	for _, b := range o.Blocks {
		v.Blocks = append(v.Blocks, ui.Choice{Value: b.ID.String(), Label: notEmpty(b.Name, words.T(ctx, "messages.nobody"))})
	}
	return v
}
