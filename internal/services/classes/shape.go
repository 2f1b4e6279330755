package classes

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/directory"
	"elyco/internal/school"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// keys are the words of the pages of a kind.
type keys struct{ title, lead, create, none, noneText string }

func keysOf(k Kind) keys {
	if k == Group {
		return keys{"classes.groups", "classes.groups.lead", "classes.groups.new", "classes.groups.none", "classes.groups.none_text"}
	}
	return keys{"classes.title", "classes.title.lead", "classes.title.new", "classes.title.none", "classes.title.none_text"}
}

func titleOf(k Kind) string { return keysOf(k).title }

func madeWords(ctx context.Context, made string) string {
	switch made {
	case automatic:
		return words.T(ctx, "classes.made.automatic")
	case manual:
		return words.T(ctx, "classes.made.manual")
	}
	return words.T(ctx, "classes.made.pedagogical")
}

// around is what stands on every list of the room.
type around struct {
	Title, Lead string
	Tabs        ui.Tabs
	Years       *ui.Select
	YearForm    ui.Form
	Over        string // says that the year is an archive
	Errors      []ui.FieldError
	May         bool
	Export      string
}

func frame(ctx context.Context, title, lead, current string, may bool) around {
	a := around{Title: words.T(ctx, title), Lead: words.T(ctx, lead), May: may, YearForm: ui.Form{Action: current, Method: "get", Inline: true},
		Tabs: ui.Tabs{Label: words.T(ctx, "classes.sections")}}
	for _, s := range []struct {
		url, label string
		icon       ui.Icon
	}{
		{home, "classes.title", ui.IconSchool},
		{home + "/groups", "classes.groups", ui.IconGroup},
		{home + "/teachings", "classes.teachings", ui.IconTimetable},
		{home + "/subjects", "classes.subjects", ui.IconBook},
		{years, "classes.years", ui.IconAgenda},
	} {
		if s.url == years && !may {
			continue
		}
		a.Tabs.Tabs = append(a.Tabs.Tabs, ui.Link{Label: words.T(ctx, s.label), URL: s.url, Icon: s.icon, Current: s.url == current})
	}
	return a
}

// of puts the choice of years there, when there are several, and says that the one that is looked at is over.
func (a *around) of(ctx context.Context, s Shelf) {
	if s.Over {
		a.Over = words.T(ctx, "classes.over", "year", s.Year.Label)
		a.May = false
	}
	if len(s.Years) < 2 {
		return
	}
	a.Years = &ui.Select{Name: "year", Label: words.T(ctx, "classes.year"), Width: ui.WidthMedium}
	if s.Year.ID == uuid.Nil {
		a.Years.Choices = append(a.Years.Choices, ui.Choice{Label: words.T(ctx, "classes.choose")})
	}
	for _, y := range s.Years {
		a.Years.Choices = append(a.Years.Choices, ui.Choice{Value: y.ID.String(), Label: y.Label, Selected: y.ID == s.Year.ID})
	}
}

// refuse puts the sentences of a refused form above it, in the order of the fields.
func (a *around) refuse(wrong map[string]string, prefix string) {
	fields := make([]string, 0, len(wrong))
	for field := range wrong {
		fields = append(fields, field)
	}
	slices.Sort(fields)
	for _, field := range fields {
		at := prefix + field
		if field == "" {
			at = "main"
		}
		a.Errors = append(a.Errors, ui.FieldError{FieldID: at, Text: wrong[field]})
	}
}

type unitsView struct {
	around
	Kind    Kind
	Table   ui.Table
	Nothing ui.EmptyState
	NoYear  bool
	New     unitFields
	Open    bool
}

// unitFields are the fields of the form of a unit.
type unitFields struct {
	Action, ID, Year, Version string
	Name                      ui.Field
	Level                     *ui.Field
	Opens                     *ui.Field
	Made                      *ui.Select
}

func fieldsFor(ctx context.Context, u Unit, prefix string, wrong map[string]string) unitFields {
	f := unitFields{ID: u.ID.String(), Year: u.Year.ID.String(), Version: strconv.Itoa(u.Version),
		Name: ui.Field{ID: prefix + "name", Name: "name", Label: words.T(ctx, "classes.name"), Value: u.Name, Required: true, MaxLength: longestName,
			Width: ui.WidthMedium, Error: wrong["name"]}}
	if u.Kind == Class {
		f.Level = &ui.Field{ID: prefix + "level", Name: "level", Label: words.T(ctx, "classes.level"), Hint: words.T(ctx, "classes.level_hint"), Value: u.Level,
			Required: true, MaxLength: longestLevel, Width: ui.WidthMedium, Error: wrong["level"]}
		f.Opens = &ui.Field{ID: prefix + "opens_on", Name: "opens_on", Type: "date", Label: words.T(ctx, "classes.opens"), Hint: words.T(ctx, "classes.opens_hint"),
			Value: dateValue(u.OpensOn), Optional: true, Width: ui.WidthMedium, Error: wrong["opens_on"]}
		return f
	}
	f.Made = &ui.Select{ID: prefix + "made", Name: "made", Label: words.T(ctx, "classes.made"), Width: ui.WidthMedium, Error: wrong["made"]}
	kinds := []string{pedagogical, manual}
	if u.Made == automatic {
		kinds = []string{automatic}
	}
	for _, k := range kinds {
		f.Made.Choices = append(f.Made.Choices, ui.Choice{Value: k, Label: madeWords(ctx, k), Selected: u.Made == k})
	}
	return f
}

func dateValue(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func shapeUnits(ctx context.Context, k Kind, s Shelf, may bool, t typed) unitsView {
	v := unitsView{around: frame(ctx, keysOf(k).title, keysOf(k).lead, base(k), may), Kind: k, NoYear: s.Year.ID == uuid.Nil}
	v.of(ctx, s)
	v.refuse(t.wrong, "new_")
	if len(s.Units) > 0 {
		v.Export = base(k) + "/export?year=" + s.Year.ID.String()
	}
	v.Nothing = ui.EmptyState{Icon: ui.IconGroup, Title: words.T(ctx, keysOf(k).none), Sentence: words.T(ctx, keysOf(k).noneText)}
	if v.NoYear {
		v.Nothing = ui.EmptyState{Icon: ui.IconAgenda, Title: words.T(ctx, "classes.no_year"), Sentence: words.T(ctx, "classes.no_year_text")}
	}
	v.Table = unitTable(ctx, k, s.Units)
	fresh := Unit{Kind: k, ID: school.NewID(), Year: s.Year, Made: manual}
	if t.unit != nil {
		fresh, v.Open = *t.unit, true
	}
	v.New = fieldsFor(ctx, fresh, "new_", t.wrong)
	v.New.Action = base(k)
	return v
}

func unitTable(ctx context.Context, k Kind, units []Unit) ui.Table {
	t := ui.Table{Caption: words.T(ctx, titleOf(k)), HideCaption: true, Columns: []ui.Column{{Label: words.T(ctx, "classes.name")}}}
	second := "classes.level"
	if k == Group {
		second = "classes.made"
	}
	t.Columns = append(t.Columns, ui.Column{Label: words.T(ctx, second)}, ui.Column{Label: words.T(ctx, "classes.pupils"), Numeric: true},
		ui.Column{Label: words.T(ctx, "classes.staff"), Numeric: true})
	if k == Class {
		t.Columns = append(t.Columns, ui.Column{Label: words.T(ctx, "classes.form")}, ui.Column{Label: words.T(ctx, "classes.opens")})
	}
	for _, u := range units {
		row := ui.Row{Cells: []ui.Cell{{Text: u.Name, URL: base(k) + "/" + u.ID.String()}, {Text: u.Level}, {Text: words.Number(u.Pupils)}, {Text: words.Number(u.Staff)}}}
		if k == Group {
			row.Cells[1].Text = madeWords(ctx, u.Made)
		} else {
			row.Cells = append(row.Cells, ui.Cell{Text: orDash(strings.Join(u.Form, ", "))}, ui.Cell{Text: opensText(ctx, u)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func opensText(ctx context.Context, u Unit) string {
	if u.OpensOn.IsZero() {
		return words.T(ctx, "classes.open")
	}
	return words.Date(u.OpensOn)
}

func tableOfUnits(ctx context.Context, k Kind, units []Unit) [][]string {
	head := []string{"classes.year", "classes.name", "classes.level", "classes.pupils", "classes.staff", "classes.form", "classes.opens"}
	if k == Group {
		head = []string{"classes.year", "classes.name", "classes.made", "classes.pupils", "classes.staff"}
	}
	rows := [][]string{heads(ctx, head)}
	for _, u := range units {
		row := []string{u.Year.Label, u.Name, u.Level, strconv.Itoa(u.Pupils), strconv.Itoa(u.Staff), strings.Join(u.Form, ", "), dateValue(u.OpensOn)}
		if k == Group {
			row = append(row[:2:2], madeWords(ctx, u.Made), row[3], row[4])
		}
		rows = append(rows, row)
	}
	return rows
}

func heads(ctx context.Context, keys []string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = words.T(ctx, k)
	}
	return out
}

func tableOfMembers(ctx context.Context, members []Member) [][]string {
	rows := [][]string{heads(ctx, []string{"classes.family_name", "classes.given_name", "classes.profile", "classes.function", "classes.form"})}
	for _, m := range members {
		form := ""
		if m.Form {
			form = words.T(ctx, "classes.yes")
		}
		rows = append(rows, []string{m.Family, m.Given, words.T(ctx, "profile."+string(m.Profile)), m.Function, form})
	}
	return rows
}

// closed reports whether pupils and families do not see the class yet.
func closed(u Unit, today time.Time) bool { return directory.Day(today).Before(u.OpensOn) }
