package messages

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/drive"
	"elyco/internal/school"
	"elyco/internal/ui"
	"elyco/internal/words"
)

const fewNames = 5

func shapeDraft(ctx context.Context, s composing, o offer, e Estimate, a school.Actor, stopped bool) draftView {
	d := s.draft
	v := draftView{ID: d.ID.String(), Subject: d.Subject, Body: d.Body, NoReply: d.NoReply, Receipt: d.Receipt, Carry: d.Carry && !s.kept,
		Query: s.form.Query, Faults: s.faults, Stopped: stopped, Kept: s.kept, Remove: draftPath(d.ID) + "/removal"}
	if d.Parent != uuid.Nil {
		v.Parent = d.Parent.String()
	}
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
		v.Files = append(v.Files, ui.Choice{Value: f.ID.String(), Label: f.Name, Hint: size(f.Size)})
	}
	v.shapeEstimate(ctx, s, e)
	if s.saved {
		v.Saved = words.T(ctx, "messages.saved")
	}
	return v
}

func (v *draftView) shapeEstimate(ctx context.Context, s composing, e Estimate) {
	if s.kept && len(s.draft.Addresses) > 0 && s.faults["to"] == "" {
		v.Reach = words.N(ctx, "messages.reached", e.People)
		v.Nobody = e.People == 0
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

func shapeReach(ctx context.Context, heads []Head, list []Contact, profile, text string, each, daily int, matrix map[string][]string) reachView {
	v := reachView{Query: text, Profile: profile}
	total := 0
	for _, h := range heads {
		total += h.People
		q := url.Values{"profile": {string(h.Profile)}}
		v.Stats = append(v.Stats, ui.Stat{Label: words.T(ctx, "profile."+string(h.Profile)), Value: words.Number(h.People), URL: home + "/reach?" + q.Encode()})
	}
	v.Total = words.N(ctx, "messages.reach.total", total)
	if len(list) > pageSize {
		list = list[:pageSize]
		end := list[pageSize-1]
		v.Next = home + "/reach?" + url.Values{"profile": {profile}, "q": {text}, "after": {end.Folded}, "last": {end.ID.String()}}.Encode()
	}
	for _, c := range list {
		v.People = append(v.People, ui.Item{Title: c.Name(), URL: home + "/new?to=" + url.QueryEscape("person:"+c.ID.String()+":"), Meta: detailOf(ctx, c),
			Avatar: &ui.Avatar{Initials: initials(c.Name()), Hue: hueOf(c.ID)}})
	}
	if each > 0 {
		v.Limits = words.N(ctx, "messages.reach.limits", each, "daily", words.Number(daily))
	}
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
	return v
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
		v.Items = append(v.Items, ui.Item{Title: n.Name, Icon: ui.IconDocument, Meta: size(n.Size),
			Action: attachButton(v.Attach, n.ID.String(), school.NewID().String(), words.T(ctx, "messages.attach.this", "name", n.Name))})
	}
	return v
}
