package people

import (
	"context"
	"strings"
	"unicode/utf8"

	"elyco/internal/school"
	"elyco/internal/ui"
	"elyco/internal/words"
)

type wallView struct {
	Trail         []ui.Link
	Title, Lead   string
	Pupils, Staff []portraitView
	Nothing       ui.EmptyState
}

type portraitView struct{ Name, URL, Photo, Initials, Text string }

func shapeWall(ctx context.Context, name string, people []Person) wallView {
	v := wallView{Trail: []ui.Link{{Label: words.T(ctx, "people.title"), URL: "/people"}}, Title: words.T(ctx, "people.wall", "name", name),
		Nothing: ui.EmptyState{Icon: ui.IconUser, Title: words.T(ctx, "people.nothing"), Sentence: words.T(ctx, "people.wall.nothing")}}
	for _, p := range people {
		one := portraitView{Name: p.Name(), URL: "/people/" + p.ID.String(), Photo: photoOf(p), Initials: initials(p)}
		pupil := false
		for _, role := range p.Roles {
			pupil = pupil || role.Profile == school.Pupil
			one.Text = role.Function
		}
		if pupil {
			v.Pupils = append(v.Pupils, one)
		} else {
			v.Staff = append(v.Staff, one)
		}
	}
	v.Lead = words.N(ctx, "people.wall.lead", len(v.Pupils))
	return v
}

type photosPageView struct {
	Trail  []ui.Link
	Stats  []ui.Stat
	Form   ui.Form
	ID     string
	File   ui.FileField
	Errors []ui.FieldError
	Last   []ui.Item
}

func shapePhotos(ctx context.Context, list []Import, counts []photoCount, wrong string) photosPageView {
	v := photosPageView{Trail: []ui.Link{{Label: words.T(ctx, "people.title"), URL: "/people"}},
		Form: ui.Form{ID: "archive-form", Action: "/people/photos", Multipart: true}, ID: school.NewID().String(),
		File: ui.FileField{ID: "archive", Name: "archive", Label: words.T(ctx, "people.photos.archive"), Hint: words.T(ctx, "people.photos.archive_hint"),
			Accept: ".zip,application/zip", Required: true, Error: wrong}}
	if wrong != "" {
		v.Errors = []ui.FieldError{{FieldID: "archive", Text: wrong}}
	}
	for _, c := range counts {
		label := words.T(ctx, "people.photos.staff")
		if c.Profile == string(school.Pupil) {
			label = words.T(ctx, "people.photos.pupils")
		}
		v.Stats = append(v.Stats, ui.Stat{Label: label, Value: words.T(ctx, "people.photos.of", "n", words.Number(c.Photos), "total", words.Number(c.People)), Icon: ui.IconImage})
	}
	for _, i := range list {
		v.Last = append(v.Last, ui.Item{Title: words.DateTime(i.At), URL: importURL(i.ID), Meta: words.N(ctx, "people.photos.files", i.Total), Badges: []ui.Badge{stateOf(ctx, i)}})
	}
	return v
}

func stateOf(ctx context.Context, i Import) ui.Badge {
	switch i.State {
	case ready:
		return ui.Badge{Label: words.T(ctx, "people.photos.ready"), Tone: ui.ToneWarning}
	case applied:
		return ui.Badge{Label: words.T(ctx, "people.photos.done"), Tone: ui.ToneSuccess, Icon: ui.IconCheck}
	case unreadable:
		return ui.Badge{Label: words.T(ctx, "people.photos.unreadable"), Tone: ui.ToneDanger}
	}
	return ui.Badge{Label: words.T(ctx, "people.photos.reading")}
}

type importPageView struct {
	Trail    []ui.Link
	State    ui.Badge
	Progress *ui.Progress
	Notice   *ui.InlineNotice
	Bad      ui.Table
	Good     ui.Table
	At       string
	MayApply bool
	Apply    string
	Over     bool
}

func shapeImport(ctx context.Context, i Import) importPageView {
	v := importPageView{Trail: []ui.Link{{Label: words.T(ctx, "people.title"), URL: "/people"}, {Label: words.T(ctx, "people.photos"), URL: "/people/photos"}},
		State: stateOf(ctx, i), At: importURL(i.ID), Over: i.State == applied}
	switch i.State {
	case waiting:
		v.Progress = &ui.Progress{ID: "progress", Label: words.T(ctx, "people.photos.reading"), Value: i.Done, Max: max(i.Total, 1),
			Words: words.T(ctx, "people.photos.of", "n", words.Number(i.Done), "total", words.Number(i.Total))}
		return v
	case unreadable:
		v.Notice = &ui.InlineNotice{Tone: ui.ToneDanger, Text: words.T(ctx, "people.photos.unreadable_text")}
		return v
	}
	v.Bad = ui.Table{Caption: words.T(ctx, "people.photos.bad"), Columns: []ui.Column{{Label: words.T(ctx, "people.photos.file")}, {Label: words.T(ctx, "people.photos.problem")}}}
	v.Good = ui.Table{Caption: words.T(ctx, "people.photos.good"), Columns: []ui.Column{{Label: words.T(ctx, "people.photos.file")}, {Label: words.T(ctx, "people.name")}}}
	for _, f := range i.Found {
		if f.Problem == "" {
			v.Good.Rows = append(v.Good.Rows, ui.Row{Cells: []ui.Cell{{Text: f.File}, {Text: f.Name, URL: "/people/" + f.Person.String()}}})
			continue
		}
		v.Bad.Rows = append(v.Bad.Rows, ui.Row{Cells: []ui.Cell{{Text: f.File}, {Text: strings.TrimSpace(problemOf(ctx, f.Problem) + " " + f.Note)}}})
	}
	v.MayApply = i.State == ready && len(v.Good.Rows) > 0
	v.Apply = words.N(ctx, "people.photos.apply", len(v.Good.Rows))
	return v
}

func problemOf(ctx context.Context, problem string) string {
	switch problem {
	case ambiguous:
		return words.T(ctx, "people.photos.ambiguous")
	case twice:
		return words.T(ctx, "people.photos.twice")
	case refused:
		return words.T(ctx, "people.photos.refused")
	}
	return words.T(ctx, "people.photos.unmatched")
}

// shortName cuts what an archive calls a file, and mends what is no text.
func shortName(name string) string {
	const longest = 120
	name = strings.ReplaceAll(strings.ToValidUTF8(name, "?"), "\x00", "?")
	if utf8.RuneCountInString(name) > longest {
		runes := []rune(name)
		return "…" + string(runes[len(runes)-longest:])
	}
	return name
}
