package bridges

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"elyco/internal/bridge"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func (d drawer) up() ui.Link { return ui.Link{Label: d.t("bridges.title"), URL: home} }

func (r *Room) shapeBridge(ctx context.Context, b Bridge, typed typedNote) bridgeView {
	d := r.drawer(ctx)
	peer, _, _ := b.side(d.here.ID)
	state := b.State(d.today)
	v := bridgeView{Up: d.up(), Title: d.t("bridges.with", "peer", d.name(peer)), State: d.notice(b, state), Diagram: d.of(b),
		ReasonTitle: d.t("bridges.reason.title"), Reason: b.Proposal.Terms.Reason, History: d.t("bridges.history"), Events: d.events(b, state)}
	for field, text := range typed.faults {
		v.Errors.Errors = append(v.Errors.Errors, ui.FieldError{FieldID: field, Text: text})
	}
	if _, may := r.policy.Can(ctx, "bridges", sign); !may || !state.Live() {
		return v
	}
	id := b.Proposal.ID.String()
	if d.asked(b) {
		v.Answer = &answerView{Title: d.t("bridges.answer"), Lead: d.t("bridges.answer.lead"), Form: ui.Form{Action: "/bridges/" + id + "/answer"},
			Note: ui.TextArea{ID: "note", Name: "note", Label: d.t("bridges.answer.note"), Hint: d.t("bridges.answer.note.hint"), Value: typed.text,
				Error: typed.faults["note"], Rows: 3, MaxLength: longestText},
			Accept: ui.Button{Label: d.t("bridges.answer.accept"), Kind: ui.ButtonPrimary, Icon: ui.IconSignature, Name: "answer", Value: "accept"},
			Refuse: ui.Button{Label: d.t("bridges.answer.refuse"), Name: "answer", Value: "refuse"}}
		return v
	}
	v.End = &endView{Summary: d.t("bridges.end"), Lead: d.t("bridges.end.lead"), Open: typed.faults != nil, Form: ui.Form{Action: "/bridges/" + id + "/end"},
		Note: ui.TextArea{ID: "end_note", Name: "end_note", Label: d.t("bridges.end.note"), Value: typed.text, Error: typed.faults["end_note"], Rows: 3,
			MaxLength: longestText, Optional: true},
		End: ui.Button{Label: d.t("bridges.end.now"), Kind: ui.ButtonDestructive}}
	if state == Waiting {
		v.End.Summary, v.End.Lead, v.End.End.Label = d.t("bridges.withdraw"), d.t("bridges.withdraw.lead"), d.t("bridges.withdraw.now")
	}
	return v
}

func (d drawer) notice(b Bridge, s State) ui.InlineNotice {
	until := words.Date(noon(b.Proposal.Terms.EndsOn))
	switch s {
	case Standing:
		if b.endsSoon(d.today) {
			return ui.InlineNotice{Tone: ui.ToneWarning, Text: d.t("bridges.notice.soon", "day", until)}
		}
		return ui.InlineNotice{Tone: ui.ToneSuccess, Text: d.t("bridges.notice.standing", "day", until)}
	case Waiting:
		if d.asked(b) {
			return ui.InlineNotice{Tone: ui.ToneWarning, Text: d.t("bridges.notice.asked", "name", b.Proposal.SignerName)}
		}
		return ui.InlineNotice{Tone: ui.ToneInfo, Text: d.t("bridges.notice.sent", "peer", d.name(b.Proposal.Peer))}
	case Refused:
		return ui.InlineNotice{Tone: ui.ToneInfo, Text: d.t("bridges.notice.refused", "peer", d.name(b.Proposal.Peer), "note", b.Answer.Note)}
	}
	return ui.InlineNotice{Tone: ui.ToneInfo, Text: d.t("bridges.notice.past")}
}

// events tells the life of the bridge, from its beginning.
func (d drawer) events(b Bridge, s State) []ui.Item {
	type event struct {
		at   int64
		item ui.Item
	}
	var all []event
	add := func(at int64, icon ui.Icon, title, meta string) {
		all = append(all, event{at, ui.Item{Icon: icon, Title: title, Meta: meta}})
	}
	ends := func(p Paper) {
		if !p.EndedAt.IsZero() {
			add(p.EndedAt.Unix(), ui.IconClose, d.by("bridges.event.ended", p.EnderName, p.Scope), d.meta(words.DateTime(p.EndedAt), p.EndNote))
		}
	}
	p := b.Proposal
	add(p.SignedAt.Unix(), ui.IconSignature, d.by("bridges.event.proposed", p.SignerName, p.Scope), words.DateTime(p.SignedAt))
	ends(p)
	if a := b.Answer; a != nil {
		key := "bridges.event.accepted"
		if a.Part == Refusal {
			key = "bridges.event.refused"
		}
		add(a.SignedAt.Unix(), ui.IconSignature, d.by(key, a.SignerName, a.Scope), d.meta(words.DateTime(a.SignedAt), a.Note))
		ends(*a)
	}
	if s == Expired || s == Lapsed {
		add(p.Terms.EndsOn.Unix()+24*3600, ui.IconClock, d.t("bridges.event.expired"), words.Date(noon(p.Terms.EndsOn)))
	}
	slices.SortStableFunc(all, func(x, y event) int { return cmp.Compare(x.at, y.at) })
	items := make([]ui.Item, len(all))
	for i, e := range all {
		items[i] = e.item
	}
	return items
}

// by names who signed; a name that was forgotten leaves the establishment.
func (d drawer) by(key, name string, scope school.ScopeID) string {
	if name == "" {
		name = d.t("bridges.somebody")
	}
	return d.t(key, "name", name, "school", d.name(scope))
}

func (d drawer) meta(at, note string) string {
	if note == "" {
		return at
	}
	return at + " · « " + note + " »"
}

func (r *Room) shapeSearch(ctx context.Context, in draft) searchView {
	d := r.drawer(ctx)
	v := searchView{Up: d.up(), Title: d.t("bridges.new"), Lead: d.t("bridges.search.lead"), Find: ui.Button{Label: d.t("bridges.search.find"), Kind: ui.ButtonPrimary, Icon: ui.IconSearch},
		Field: ui.Field{ID: "q", Name: "q", Label: d.t("bridges.search"), Hint: d.t("bridges.search.hint"), Value: in.asked, Error: in.faults["with"], Type: "search", Required: true, MaxLength: 80}}
	if in.asked == "" {
		return v
	}
	found := r.Search(ctx, in.asked)
	if len(found) == 0 {
		v.Nothing = &ui.EmptyState{Icon: ui.IconSearch, Title: d.t("bridges.search.nothing"), Sentence: d.t("bridges.search.nothing.text")}
		return v
	}
	v.Found = words.N(ctx, "bridges.search.found", len(found))
	if len(found) == mostFound {
		v.Found = words.N(ctx, "bridges.search.first", len(found))
	}
	for _, t := range found {
		v.Results = append(v.Results, ui.Item{Title: t.Name, URL: "/bridges/new?with=" + strconv.FormatInt(int64(t.ID), 10), Meta: kindAndCode(t), Icon: ui.IconSchool})
	}
	return v
}

func kindAndCode(t *tenant.Tenant) string {
	if t.UAI == "" {
		return t.KindWords()
	}
	return t.KindWords() + " · " + t.UAI
}

func (r *Room) shapeProposal(ctx context.Context, peer *tenant.Tenant, in draft) proposalView {
	d := r.drawer(ctx)
	terms := in.terms
	if terms == nil {
		usual := []school.Profile{school.Head, school.Teacher}
		terms = &Terms{Proposers: usual, Answerers: usual, Purposes: bridge.Purposes(), EndsOn: usualEnd(d.today)}
	}
	v := proposalView{Up: d.up(), Title: d.t("bridges.with", "peer", peer.Name), Lead: d.t("bridges.proposal.lead"), ID: in.id.String(),
		With: strconv.FormatInt(int64(peer.ID), 10), Promise: d.t("bridges.proposal.promise"),
		Send: ui.Button{Label: d.t("bridges.proposal.send"), Kind: ui.ButtonPrimary, Icon: ui.IconSignature},
		Mine: ui.CheckboxGroup{ID: "mine", Name: "mine", Legend: d.t("bridges.proposal.mine", "school", d.here.Name), Error: in.faults["mine"],
			Choices: d.profiles(terms.Proposers)},
		Theirs: ui.CheckboxGroup{ID: "theirs", Name: "theirs", Legend: d.t("bridges.proposal.theirs", "school", peer.Name), Error: in.faults["theirs"],
			Choices: d.profiles(terms.Answerers)},
		Purposes: ui.CheckboxGroup{ID: "purposes", Name: "purposes", Legend: d.t("bridges.proposal.purposes"), Error: in.faults["purposes"]},
		EndsOn: ui.Field{ID: "ends_on", Name: "ends_on", Label: d.t("bridges.proposal.ends_on"), Hint: d.t("bridges.proposal.ends_on.hint"), Type: "date",
			Error: in.faults["ends_on"], Min: d.today.AddDate(0, 0, 1).Format("2006-01-02"), Max: latestEnd(d.today).Format("2006-01-02"), Width: ui.WidthMedium, Required: true},
		Reason: ui.TextArea{ID: "reason", Name: "reason", Label: d.t("bridges.proposal.reason"), Hint: d.t("bridges.proposal.reason.hint"), Value: terms.Reason,
			Error: in.faults["reason"], Rows: 3, MaxLength: longestText, Required: true},
	}
	if !terms.EndsOn.IsZero() {
		v.EndsOn.Value = terms.EndsOn.Format("2006-01-02")
	}
	for _, p := range bridge.Purposes() {
		v.Purposes.Choices = append(v.Purposes.Choices, ui.Choice{Value: string(p), Label: d.purpose(p).Label, Hint: d.purposeHint(p), Selected: slices.Contains(terms.Purposes, p)})
	}
	for _, field := range []string{"with", "purposes", "mine", "theirs", "ends_on", "reason"} {
		if text := in.faults[field]; text != "" {
			v.Errors.Errors = append(v.Errors.Errors, ui.FieldError{FieldID: field, Text: text})
		}
	}
	return v
}

func (d drawer) purposeHint(p bridge.Purpose) string {
	if p == bridge.Write {
		return d.t("bridges.purpose.write.hint")
	}
	return d.t("bridges.purpose.share.hint")
}

func (d drawer) profiles(chosen []school.Profile) []ui.Choice {
	var list []ui.Choice
	for _, p := range crossing() {
		list = append(list, ui.Choice{Value: string(p), Label: d.t("profile." + string(p)), Selected: slices.Contains(chosen, p)})
	}
	return list
}
