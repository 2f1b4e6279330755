package messages

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/drive"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

const fewNames = 5

func shapeDraft(ctx context.Context, s composing, o offer, e Estimate, a school.Actor, now time.Time) draftView {
	d := s.draft
	v := draftView{ID: d.ID.String(), Subject: d.Subject, Body: d.Body, NoReply: d.NoReply, Receipt: d.Receipt, Carry: d.Carry && !s.kept,
		Query: s.form.Query, Faults: s.faults, Kept: s.kept, Remove: draftPath(d.ID) + "/removal"}
	if d.Parent != uuid.Nil {
		v.Parent = d.Parent.String()
	}
	v.shapeSending(ctx, s, e)
	field := s.form.Field
	for _, f := range []Field{To, Cc, Bcc} {
		v.Fields = append(v.Fields, ui.Choice{Value: string(f), Label: words.T(ctx, "messages.field."+string(f)), Selected: field == string(f) || field == "" && f == To})
	}
	for _, l := range d.Addresses {
		v.Lines = append(v.Lines, lineView{Value: l.String(), Label: l.Label, Field: words.T(ctx, "messages.field."+string(l.Field)), Hidden: l.Field == Bcc})
	}
	for _, p := range o.People {
		v.Found = append(v.Found, foundPerson{Add: "person:" + p.ID.String() + ":", Name: p.Name(), Detail: detailOf(ctx, p)})
	}
	for _, p := range o.Children {
		v.Found = append(v.Found, foundPerson{Add: "guardians:" + p.ID.String() + ":", Name: words.T(ctx, "messages.guardians_of", "child", p.Name()), Detail: p.Details})
	}
	v.NothingFound = s.found && s.form.Query != "" && len(v.Found) == 0
	v.shapePlaces(ctx, o, s.form)
	for _, m := range a.Here {
		for _, c := range m.Children {
			v.Children = append(v.Children, ui.Choice{Value: c.ID.String(), Label: c.Name, Selected: c.ID == d.Child.ID})
		}
	}
	if len(v.Children) == 0 && d.Child.Name != "" {
		v.Children = append(v.Children, ui.Choice{Value: d.Child.ID.String(), Label: d.Child.Name, Selected: true})
	}
	if len(v.Children) > 0 {
		v.Children = append([]ui.Choice{{Label: words.T(ctx, "messages.child.none")}}, v.Children...)
	}
	for _, f := range d.Files {
		v.Files = append(v.Files, ui.Choice{Value: f.ID.String(), Label: f.Name, Hint: words.Size(f.Size)})
	}
	v.shapeEstimate(ctx, s, e, now)
	if s.saved {
		v.Saved = words.T(ctx, "messages.saved")
	}
	return v
}

// shapeSending is how and when the message is to go.
func (v *draftView) shapeSending(ctx context.Context, s composing, e Estimate) {
	d := s.draft
	v.Urgent, v.Reason, v.Refusal, v.Later = d.Urgent, d.Reason, d.Refusal, s.form.Later
	if v.Later == "" && !d.SendAt.IsZero() {
		v.Later = d.SendAt.In(words.Zone()).Format(localShape)
	}
	for _, f := range []Field{"", Cc, Bcc} {
		v.Copies = append(v.Copies, ui.Choice{Value: string(f), Label: words.T(ctx, "messages.copy."+notEmpty(string(f), "none")), Selected: f == d.Guardians})
	}
	v.ToPupils = d.Guardians != "" || slices.ContainsFunc(e.Moments, func(m Moment) bool { return m.Kind == "pupil" })
}

func (v *draftView) shapeStop(ctx context.Context, s *Stop, r *tenant.Registry) {
	if s == nil {
		return
	}
	v.Stopped = words.T(ctx, "messages.stopped", "space", spaceName(r, s.Space), "reason", s.Reason)
	if !s.Until.IsZero() {
		v.Stopped += " " + words.T(ctx, "messages.stopped.until", "day", dayHour(s.Until))
	}
}

func (v *draftView) shapeEstimate(ctx context.Context, s composing, e Estimate, now time.Time) {
	if s.kept && len(s.draft.Addresses) > 0 && s.faults["to"] == "" {
		v.Reach = words.N(ctx, "messages.reached", e.People)
		v.Nobody = e.People == 0
		v.When = momentsWords(ctx, e.Moments, now)
	}
	if e.Noise.People > 0 && e.Noise.Most > 0 {
		v.Noise = words.T(ctx, "messages.noise", "average", decimal(e.Noise.Average), "most", e.Noise.Most)
	}
	for _, t := range e.Twins {
		w := twinView{Text: words.N(ctx, "messages.twin", t.Shared, "subject", t.Subject, "author", t.Author, "day", words.Date(t.At))}
		if t.Mine {
			w.URL = letterPath(t.ID)
		}
		v.Twins = append(v.Twins, w)
	}
	if n := len(e.Silent); n > 0 {
		v.Silent = words.N(ctx, "messages.silent", n, "names", strings.Join(e.Silent[:min(n, fewNames)], ", "))
	}
}

func (v *draftView) shapePlaces(ctx context.Context, o offer, f draftForm) {
	if len(o.Places) == 0 && !o.Whole {
		return
	}
	add := func(value, label, group string) {
		v.Places = append(v.Places, ui.Choice{Value: value, Label: label, Group: group, Selected: f.Do != "place" && value == f.Place})
	}
	add("", words.T(ctx, "messages.place_choice.none"), "")
	if o.Whole {
		add(string(School)+":", words.T(ctx, "messages.place_choice.school"), words.T(ctx, "messages.place_choice.whole"))
		var levels []string
		for _, p := range o.Places {
			if p.Rung != "" && !slices.Contains(levels, p.Rung) {
				levels = append(levels, p.Rung)
				add(string(Level)+":"+p.Rung, words.T(ctx, "messages.place_choice.level", "level", p.Rung), words.T(ctx, "messages.place_choice.whole"))
			}
		}
	}
	for _, p := range o.Places {
		add(p.Kind+":"+p.ID.String(), p.Name, words.T(ctx, "messages.place_choice."+p.Kind))
	}
	v.Profiles = append(v.Profiles, ui.Choice{Value: everyone, Label: words.T(ctx, "messages.profile.everyone")})
	for _, p := range []school.Profile{school.Pupil, school.Guardian, school.Teacher} {
		v.Profiles = append(v.Profiles, ui.Choice{Value: string(p), Label: audience.Profile(p), Selected: f.Profile == string(p)})
	}
	if o.Whole {
		for _, p := range []school.Profile{school.SchoolLife, school.Administrative, school.Technical, school.Health, school.Head} {
			v.Profiles = append(v.Profiles, ui.Choice{Value: string(p), Label: audience.Profile(p), Selected: f.Profile == string(p)})
		}
	}
}

// detailOf says what somebody is, and in which class or of whom.
func detailOf(ctx context.Context, c Contact) string {
	var parts []string
	for _, p := range c.Profiles {
		parts = append(parts, words.T(ctx, "profile."+p))
	}
	out := strings.Join(parts, ", ")
	if c.Details != "" {
		out += " · " + c.Details
	}
	return out
}

func shapeReach(ctx context.Context, of reached, person uuid.UUID, profile, text string, matrix map[string][]string) reachView {
	v := reachView{Query: text, Profile: profile, Title: words.T(ctx, "messages.reach")}
	heads, list, each, daily := of.Heads, of.List, of.Each, of.Daily
	if of.Who != "" {
		v.Title, v.Person = words.T(ctx, "messages.reach.of", "name", of.Who), person.String()
	}
	path := func(more ...string) string {
		q := url.Values{}
		if v.Person != "" {
			q.Set("person", v.Person)
		}
		for i := 0; i+1 < len(more); i += 2 {
			q.Set(more[i], more[i+1])
		}
		return home + "/reach?" + q.Encode()
	}
	total := 0
	for _, h := range heads {
		total += h.People
		v.Stats = append(v.Stats, ui.Stat{Label: words.T(ctx, "profile."+string(h.Profile)), Value: words.Number(h.People), URL: path("profile", string(h.Profile))})
	}
	v.Total = words.N(ctx, "messages.reach.total", total)
	if of.Who != "" {
		v.Total = words.N(ctx, "messages.reach.total_of", total)
	}
	if len(list) > pageSize {
		list = list[:pageSize]
		end := list[pageSize-1]
		v.Next = path("profile", profile, "q", text, "after", end.Folded, "last", end.ID.String())
	}
	for _, c := range list {
		v.People = append(v.People, ui.Item{Title: c.Name(), URL: home + "/new?to=" + url.QueryEscape("person:"+c.ID.String()+":"), Meta: detailOf(ctx, c),
			Avatar: &ui.Avatar{Initials: initials(c.Name()), Hue: hueOf(c.ID)}})
	}
	if each > 0 {
		v.Limits = words.N(ctx, "messages.reach.limits", each, "daily", words.Number(daily))
	}
	v.shapeMatrix(ctx, matrix)
	return v
}

func (v *reachView) shapeMatrix(ctx context.Context, matrix map[string][]string) {
	for _, c := range categories() {
		if len(matrix[c]) == 0 {
			continue
		}
		var names []string
		for _, reach := range matrix[c] {
			names = append(names, words.T(ctx, "messages.reach."+reach))
		}
		v.Matrix = append(v.Matrix, ui.Fact{Label: words.T(ctx, "messages.author."+c), Text: strings.Join(names, ", ")})
	}
}

func shapeAttach(ctx context.Context, d Draft, list drive.Listing, problems []string) attachView {
	path := draftPath(d.ID) + "/files"
	v := attachView{Back: draftPath(d.ID), Path: path, Attach: draftPath(d.ID) + "/documents", Problems: problems}
	for _, n := range list.Trail {
		v.Trail = append(v.Trail, ui.Link{Label: n.Name, URL: path + "?folder=" + n.ID.String()})
	}
	if list.Folder.ID != uuid.Nil {
		v.Up = path
		if k := len(list.Trail); k > 0 {
			v.Up = path + "?folder=" + list.Trail[k-1].ID.String()
		}
		v.Folder = list.Folder.Name
	}
	for _, n := range list.Nodes {
		if n.Folder {
			v.Items = append(v.Items, ui.Item{Title: n.Name, Icon: ui.IconFolder, URL: path + "?folder=" + n.ID.String()})
			continue
		}
		v.Items = append(v.Items, ui.Item{Title: n.Name, Icon: ui.IconDocument, Meta: words.Size(n.Size),
			Action: attachButton(v.Attach, n.ID.String(), school.NewID().String(), words.T(ctx, "messages.attach.this", "name", n.Name))})
	}
	return v
}
