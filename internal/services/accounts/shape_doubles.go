package accounts

import (
	"context"
	"strings"
	"unicode/utf8"

	"elyco/internal/directory"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

type doublesPage struct {
	Text     string
	Searched bool
	Total    string
	Pairs    []ui.Item
	Merges   []ui.Item
}

func shapeDoubles(ctx context.Context, d Doubles) doublesPage {
	v := doublesPage{Text: d.Text, Total: words.N(ctx, "accounts.doubles.found", len(d.Pairs))}
	v.Searched = tenant.From(ctx).Kind != tenant.KindAcademy || utf8.RuneCountInString(strings.TrimSpace(d.Text)) >= directory.LeastName
	if d.More {
		v.Total = words.T(ctx, "accounts.doubles.more", "n", words.Number(len(d.Pairs)))
	}
	for _, p := range d.Pairs {
		item := ui.Item{Title: p.One.Name(), URL: "/accounts/doubles/" + p.One.Person.String(), Icon: ui.IconUser,
			Meta: loginWords(ctx, p.One) + " · " + loginWords(ctx, p.Other), Text: profileWords(ctx, p.One) + " · " + profileWords(ctx, p.Other)}
		if p.Sure {
			item.Badges = []ui.Badge{{Label: words.T(ctx, "accounts.doubles.sure"), Tone: ui.ToneWarning}}
		}
		v.Pairs = append(v.Pairs, item)
	}
	for _, m := range d.Merges {
		one := ui.Item{Title: m.Name, Icon: ui.IconUser, Text: words.T(ctx, "accounts.doubles.done", "login", orDash(m.Login), "name", m.By, "when", words.DateTime(m.At)),
			Action: undoForm("/accounts/merges/"+m.ID.String()+"/undo", m.Name)}
		if !m.Undone.IsZero() {
			one.Text, one.Action = words.T(ctx, "accounts.doubles.undone", "login", orDash(m.Login), "when", words.DateTime(m.Undone)), nil
		}
		v.Merges = append(v.Merges, one)
	}
	return v
}

func loginWords(ctx context.Context, t directory.Twin) string {
	if t.Login == "" {
		return words.T(ctx, "accounts.doubles.no_login")
	}
	return t.Login
}

func profileWords(ctx context.Context, t directory.Twin) string {
	var list []string
	for _, p := range t.Profiles {
		list = append(list, words.T(ctx, "profile."+p))
	}
	return strings.Join(append(list, t.Classes...), ", ")
}

type twinsPage struct {
	Name   string
	Others []twinView
}

// twinView is one other account beside the one that the page is about.
type twinView struct {
	ID, Title, Path, Other string // ID of the form; Other is the other account
	Table                  ui.Table
	Keep                   ui.RadioGroup
}

// shapeTwins shows somebody beside the namesakes. undecided is the one of whom a form did not say which account stays.
func shapeTwins(ctx context.Context, list []directory.Twin, undecided string) twinsPage {
	self := list[0]
	v := twinsPage{Name: self.Name()}
	for _, o := range list[1:] {
		id := o.Person.String()
		one := twinView{ID: school.NewID().String(), Path: "/accounts/doubles/" + self.Person.String(), Other: id, Title: words.T(ctx, "accounts.doubles.with", "login", loginWords(ctx, o))}
		one.Table = ui.Table{ID: "twins-" + id, Caption: one.Title, HideCaption: true, Columns: []ui.Column{{Label: words.T(ctx, "accounts.doubles.what")},
			{Label: words.T(ctx, "accounts.doubles.this")}, {Label: words.T(ctx, "accounts.doubles.other")}}}
		for _, line := range []struct {
			key string
			say func(directory.Twin) string
		}{
			{"accounts.login", func(t directory.Twin) string { return loginWords(ctx, t) }},
			{"accounts.profile", func(t directory.Twin) string { return orDash(profileWords(ctx, t)) }},
			{"accounts.doubles.birth", func(t directory.Twin) string { return birthWords(ctx, t) }},
			{"accounts.doubles.source", func(t directory.Twin) string { return sourceWords(ctx, t) }},
			{"accounts.seen", func(t directory.Twin) string { return seenWords(ctx, t) }},
			{"accounts.doubles.files", func(t directory.Twin) string { return words.Number(t.Files) }},
		} {
			one.Table.Rows = append(one.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: words.T(ctx, line.key)}, {Text: line.say(self)}, {Text: line.say(o)}}})
		}
		stays := better(self, o)
		one.Keep = ui.RadioGroup{ID: "keep-" + id, Name: "keep", Legend: words.T(ctx, "accounts.doubles.keep"), Hint: words.T(ctx, "accounts.doubles.keep_hint"), Required: true, Choices: []ui.Choice{
			{Value: self.Person.String(), Label: loginWords(ctx, self), Hint: seenWords(ctx, self), Selected: stays.Person == self.Person},
			{Value: id, Label: loginWords(ctx, o), Hint: seenWords(ctx, o), Selected: stays.Person == o.Person}}}
		if id == undecided {
			one.Keep.Error = words.T(ctx, "accounts.doubles.undecided")
		}
		v.Others = append(v.Others, one)
	}
	return v
}

// better is the account that had better stay: the one with documents, then the one that was used last.
func better(one, other directory.Twin) directory.Twin {
	switch {
	case other.Files > 0 && one.Files == 0:
		return other
	case one.Files > 0 && other.Files == 0:
		return one
	case other.SeenAt.After(one.SeenAt):
		return other
	}
	return one
}

func birthWords(ctx context.Context, t directory.Twin) string {
	if t.Birth.IsZero() {
		return words.T(ctx, "accounts.doubles.unknown")
	}
	return words.Date(t.Birth)
}

func sourceWords(ctx context.Context, t directory.Twin) string {
	if t.Fed {
		return words.T(ctx, "accounts.doubles.fed")
	}
	return words.T(ctx, "accounts.doubles.manual")
}

func seenWords(ctx context.Context, t directory.Twin) string {
	if t.SeenAt.IsZero() {
		return words.T(ctx, "accounts.doubles.never")
	}
	return words.T(ctx, "accounts.doubles.seen", "when", words.DateTime(t.SeenAt))
}
