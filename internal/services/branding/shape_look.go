package branding

import (
	"context"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"elyco/internal/tenant"
	"elyco/internal/theme"
	"elyco/internal/ui"
	"elyco/internal/words"
)

const (
	viewHome = "home"
	viewGate = "sign-in"
)

func (r *Room) shapeLook(ctx context.Context, s state) lookView {
	d := s.desk
	v := lookView{
		Hidden: hiddenFields{strconv.Itoa(d.Draft.Revision), s.look.Scheme, s.look.View},
		Frames: frames(ctx, d.Draft, s.look), Tabs: tabs(ctx, home, s.look),
		Draft: d.Draft.Draft() && d.Draft.Exists(), MayReset: d.Draft.Exists(), Note: s.note, NoteError: s.fields["note"],
		MayPublish: r.may(ctx, publish),
	}
	v.State, v.Tone = stateWords(ctx, d)
	for _, verdict := range d.Verdicts {
		v.Findings = append(v.Findings, shapeFinding(ctx, verdict))
	}
	if n := len(v.Findings); n > 0 {
		v.FindingsTitle = words.N(ctx, "branding.findings", n)
	}
	return v
}

func stateWords(ctx context.Context, d Desk) (string, ui.Tone) {
	switch {
	case d.Draft.Exists() && d.Draft.Draft():
		return words.T(ctx, "branding.state.draft", "when", words.DateTime(d.Draft.ChangedAt), "who", whose(ctx, d.Draft)), ui.ToneInfo
	case d.Worn.Exists():
		return words.T(ctx, "branding.state.published", "number", d.Worn.Number, "when", words.DateTime(d.Worn.PublishedAt), "who", whose(ctx, d.Worn)), ui.ToneSuccess
	}
	return words.T(ctx, "branding.state.none"), ui.ToneNeutral
}

// whose names the author, or says that the name was forgotten.
func whose(ctx context.Context, v Version) string {
	if v.AuthorName == "" {
		return words.T(ctx, "branding.nobody")
	}
	return v.AuthorName
}

func frames(ctx context.Context, v Version, l look) framesView {
	src := "/branding/preview?" + url.Values{"version": {v.ID.String()}, "scheme": {l.Scheme}, "view": {l.View},
		"revision": {strconv.Itoa(v.Revision)}}.Encode()
	return framesView{URL: src, Desk: words.T(ctx, "branding.frame.desk"), Phone: words.T(ctx, "branding.frame.phone")}
}

func tabs(ctx context.Context, path string, l look) []ui.Tabs {
	to := func(scheme, view string) string {
		return path + "?" + url.Values{"scheme": {scheme}, "view": {view}}.Encode() + "#branding-look"
	}
	return []ui.Tabs{
		{Label: words.T(ctx, "branding.tabs.view"), Tabs: []ui.Link{
			{Label: words.T(ctx, "branding.view.home"), URL: to(l.Scheme, viewHome), Current: l.View == viewHome, Icon: ui.IconHome},
			{Label: words.T(ctx, "branding.view.gate"), URL: to(l.Scheme, viewGate), Current: l.View == viewGate, Icon: ui.IconKey},
		}},
		{Label: words.T(ctx, "branding.tabs.scheme"), Tabs: []ui.Link{
			{Label: words.T(ctx, "branding.scheme.light"), URL: to(string(theme.Light), l.View), Current: l.Scheme == string(theme.Light)},
			{Label: words.T(ctx, "branding.scheme.dark"), URL: to(string(theme.Dark), l.View), Current: l.Scheme == string(theme.Dark), Icon: ui.IconMoon},
		}},
	}
}

func shapeFinding(ctx context.Context, v theme.Verdict) findingView {
	front, back := words.T(ctx, nameOf(v.Front)), words.T(ctx, nameOf(v.Back))
	got, required := v.RatioWords()
	f := findingView{Front: v.FrontColour.Hex(), Back: v.BackColour.Hex(), Scheme: schemeWords(ctx, v),
		Words: words.T(ctx, "branding.finding", "front", front, "front_hex", v.FrontColour.Hex(), "back", back, "back_hex", v.BackColour.Hex(),
			"ratio", got, "required", required)}
	if v.Advice == nil {
		f.Advice = words.T(ctx, "branding.finding.both", "front", front, "back", back)
		return f
	}
	a := v.Advice
	f.Colour, f.Role, f.In = a.Colour.Hex(), string(a.Role), string(a.Scheme)
	f.Advice = words.T(ctx, "branding.finding.advice", "role", words.T(ctx, nameOf(a.Role)), "colour", f.Colour)
	return f
}

func schemeWords(ctx context.Context, v theme.Verdict) string {
	switch {
	case v.Enhanced && v.Scheme == theme.Dark:
		return words.T(ctx, "branding.in.dark_high")
	case v.Enhanced:
		return words.T(ctx, "branding.in.light_high")
	case v.Scheme == theme.Dark:
		return words.T(ctx, "branding.in.dark")
	}
	return words.T(ctx, "branding.in.light")
}

func (r *Room) shapeHistory(ctx context.Context, d Desk) historyView {
	h := historyView{MayRestore: r.may(ctx, publish)}
	for i, v := range d.History {
		line := versionView{Number: words.T(ctx, "branding.version", "number", v.Number), When: words.DateTime(v.PublishedAt), Who: whose(ctx, v),
			Note: v.Note, URL: "/branding/versions/" + v.ID.String(), Worn: i == 0}
		if o, err := r.dress(tenant.From(ctx), d.worn, v); err == nil {
			line.Swatches = swatches(o.Tokens)
		}
		h.Versions = append(h.Versions, line)
	}
	return h
}

// swatches are the colours by which one recognises a theme.
func swatches(t theme.Tokens) []string {
	return []string{t.Light[theme.Masthead].Hex(), t.Light[theme.Brand].Hex(), t.Light[theme.Accent].Hex(), t.Light[theme.Background].Hex(), t.Dark[theme.Brand].Hex()}
}

func (r *Room) shapeVersion(ctx context.Context, d Desk, v Version, l look) versionPageView {
	path := "/branding/versions/" + v.ID.String()
	return versionPageView{
		Title: words.T(ctx, "branding.version", "number", v.Number), Lead: words.T(ctx, "branding.version.lead", "when", words.DateTime(v.PublishedAt), "who", whose(ctx, v)),
		Note: v.Note, Frames: frames(ctx, v, l), Tabs: tabs(ctx, path, l), Restore: path + "/restoration",
		MayRestore: r.may(ctx, publish) && v.ID != d.Worn.ID && v.ID != uuid.Nil,
	}
}
