package slips

import (
	"context"
	"strconv"
	"strings"

	"elyco/internal/audience"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func shapeDraft(ctx context.Context, s Slip, files []File, p audience.Picker, faults map[string]string) draftView {
	v := draftView{Path: draftPath(s.ID), TextsPath: slipPath(s.ID) + "/texts", Version: strconv.Itoa(s.Version), Title: s.Title, Body: s.Body, Closes: local(s.ClosesAt), Picker: p,
		Faults: faults, Coupon: s.Kind == Coupon, Ballot: s.Kind == Ballot, Anonymous: s.Anonymous, PerChild: s.PerChild, Required: s.Required,
		ResultsOpen: s.ResultsOpen, Reminds: s.Reminds, Head: words.T(ctx, "slips.draft.survey"), Lead: words.T(ctx, "slips.draft.survey.lead")}
	switch s.Kind {
	case Coupon:
		v.Head, v.Lead = words.T(ctx, "slips.draft.slip"), words.T(ctx, "slips.draft.slip.lead")
	case Ballot:
		v.Head, v.Lead = words.T(ctx, "slips.draft.ballot"), words.T(ctx, "slips.draft.ballot.lead")
	}
	v.Both = []ui.Choice{{Value: "one", Label: words.T(ctx, "slips.rule.one"), Hint: words.T(ctx, "slips.rule.one.hint"), Selected: !s.Both},
		{Value: "both", Label: words.T(ctx, "slips.rule.both"), Hint: words.T(ctx, "slips.rule.both.hint"), Selected: s.Both}}
	for i, q := range s.Questions {
		e := questionEdit{Place: strconv.Itoa(i), Legend: words.T(ctx, "slips.question", "n", i+1), Title: q.Title, Options: strings.Join(q.Options, "\n"), Needed: q.Needed,
			ID: "question-" + strconv.Itoa(i+1), First: i == 0, Alone: s.Kind == Ballot && len(s.Questions) == 1}
		for _, f := range Forms() {
			if s.Kind == Ballot && f != One {
				continue
			}
			e.Forms = append(e.Forms, ui.Choice{Value: string(f), Label: words.T(ctx, formKey(f)), Selected: f == q.Form})
		}
		v.Questions = append(v.Questions, e)
	}
	v.More = len(s.Questions) < maxQuestions && s.Kind != Ballot
	for _, f := range files {
		v.Files = append(v.Files, fileView{Name: f.Name, URL: slipPath(s.ID) + "/files/" + f.ID.String(), Removal: draftPath(s.ID) + "/files/" + f.ID.String() + "/removal"})
	}
	v.Languages = languagesOf(s)
	for _, field := range []string{"title", "body", "closes", "questions", audience.Field, "files"} {
		if text := faults[field]; text != "" {
			v.Summary.Errors = append(v.Summary.Errors, ui.FieldError{FieldID: field, Text: text})
		}
	}
	return v
}

func formKey(f Form) string {
	return map[Form]string{Consent: "slips.form.consent", One: "slips.form.one", Many: "slips.form.many", Scale: "slips.form.scale", Free: "slips.form.text",
		Number: "slips.form.number", Day: "slips.form.date"}[f]
}

// languagesOf lists the languages in which a notice stands, in French.
func languagesOf(s Slip) string {
	var out []string
	for _, l := range Languages() {
		if _, ok := s.text(l.Code); ok {
			out = append(out, l.French)
		}
	}
	return strings.Join(out, ", ")
}

func shapeCheck(ctx context.Context, s Slip, files []File, n reach, faults map[string]string) checkView {
	v := checkView{Path: draftPath(s.ID), Version: strconv.Itoa(s.Version), Title: s.Title, HTML: s.HTML, Ready: len(faults) == 0}
	if v.Title == "" {
		v.Title = words.T(ctx, "slips.untitled")
	}
	for _, field := range []string{"title", "body", "questions", audience.Field, "closes"} {
		if text := faults[field]; text != "" {
			v.Problems = append(v.Problems, ui.FieldError{FieldID: field, Text: text})
		}
	}
	add := func(key, text string) { v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, key), Text: text}) }
	add("slips.check.kind", kindWords(ctx, s))
	if s.Whom != "" {
		add("slips.check.whom", s.Whom)
	}
	many := words.N(ctx, "slips.people", n.People)
	if n.Children > 0 {
		many += " " + words.N(ctx, "slips.for_children", n.Children)
	}
	add("slips.check.many", many)
	if s.PerChild && !s.Anonymous {
		rule := words.T(ctx, "slips.rule.one")
		if s.Both {
			rule = words.T(ctx, "slips.rule.both")
		}
		add("slips.check.rule", rule)
	}
	if !s.ClosesAt.IsZero() {
		add("slips.check.closes", words.DateTime(s.ClosesAt))
	}
	yesNo := func(ok bool) string {
		if ok {
			return words.T(ctx, "slips.yes")
		}
		return words.T(ctx, "slips.no")
	}
	add("slips.check.required", yesNo(s.Required))
	add("slips.check.reminds", yesNo(s.Reminds))
	add("slips.check.results", yesNo(s.ResultsOpen))
	if l := languagesOf(s); l != "" {
		add("slips.check.languages", l)
	}
	for _, f := range files {
		v.Files = append(v.Files, f.Name)
	}
	v.Questions = shapeQuestions(ctx, s, "preview", nil, nil)
	return v
}

func shapeTexts(ctx context.Context, s Slip, t Text, faults map[string]string) textsView {
	v := textsView{Path: slipPath(s.ID) + "/texts", Back: resultsPath(s.ID), Title: s.Title, Body: s.Body, Faults: faults, Text: t}
	if s.State == Draft {
		v.Back = draftPath(s.ID)
	}
	for _, l := range Languages() {
		_, there := s.text(l.Code)
		label := l.Name + " (" + l.French + ")"
		if there {
			label += " ✓"
		}
		v.Languages = append(v.Languages, languageLink{Code: l.Code, Name: label, Dir: l.dir(), URL: v.Path + "?lang=" + l.Code, Current: l.Code == t.Lang})
	}
	if l, ok := language(t.Lang); ok {
		v.Edits, v.Dir = words.T(ctx, "slips.texts.in", "lang", l.French), l.dir()
	}
	return v
}
