package classes

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"elyco/internal/school"
	"elyco/internal/ui"
	"elyco/internal/words"
)

type subjectsView struct {
	around
	Table      ui.Table
	Nothing    *ui.EmptyState
	ID         string
	Editing    bool
	Code       ui.Field
	Label      ui.Field
	Short      ui.Field
	Forgets    string // id of the subject that may be taken away
	Essentials *ui.CheckboxGroup
}

func shapeSubjects(ctx context.Context, list []Subject, may bool, edit string, t subjectTyped) subjectsView {
	v := subjectsView{around: frame(ctx, "classes.subjects", "classes.subjects.lead", home+"/subjects", may)}
	v.refuse(t.wrong, "")
	if len(list) > 0 {
		v.Export = home + "/subjects/export"
	} else {
		v.Nothing = &ui.EmptyState{Icon: ui.IconBook, Title: words.T(ctx, "classes.subjects.none"), Sentence: words.T(ctx, "classes.subjects.none_text")}
	}
	v.Table = ui.Table{Caption: words.T(ctx, "classes.subjects"), HideCaption: true, Columns: []ui.Column{{Label: words.T(ctx, "classes.subject")},
		{Label: words.T(ctx, "classes.short")}, {Label: words.T(ctx, "classes.code")}, {Label: words.T(ctx, "classes.taught"), Numeric: true}}}
	typed := Subject{ID: school.NewID()}
	for _, s := range list {
		cell := ui.Cell{Text: s.Label}
		if may {
			cell.URL = home + "/subjects?edit=" + s.ID.String() + "#subject"
		}
		v.Table.Rows = append(v.Table.Rows, ui.Row{Cells: []ui.Cell{cell, {Text: orDash(s.Short)}, {Text: orDash(s.Code)}, {Text: words.Number(s.Taught)}}})
		if s.ID.String() == edit {
			typed, v.Editing = s, true
			if s.Taught == 0 {
				v.Forgets = s.ID.String()
			}
		}
	}
	if t.subject != nil {
		typed = *t.subject
	}
	v.ID = typed.ID.String()
	v.Label = ui.Field{ID: "label", Name: "label", Label: words.T(ctx, "classes.subject"), Value: typed.Label, Required: true, MaxLength: 80, Error: t.wrong["label"]}
	v.Short = ui.Field{ID: "short", Name: "short", Label: words.T(ctx, "classes.short"), Hint: words.T(ctx, "classes.short_hint"), Value: typed.Short, Optional: true,
		MaxLength: 20, Width: ui.WidthMedium, Error: t.wrong["short"]}
	v.Code = ui.Field{ID: "code", Name: "code", Label: words.T(ctx, "classes.code"), Hint: words.T(ctx, "classes.code_hint"), Value: typed.Code, Optional: true,
		InputMode: "numeric", MaxLength: 6, Width: ui.WidthShort, Error: t.wrong["code"]}
	if more := missing(list); may && len(more) > 0 {
		v.Essentials = &ui.CheckboxGroup{ID: "essentials", Name: "code", Legend: words.T(ctx, "classes.essentials")}
		for _, s := range more {
			v.Essentials.Choices = append(v.Essentials.Choices, ui.Choice{Value: s.Code, Label: s.Label, Hint: s.Code + " · " + s.Short})
		}
	}
	return v
}

func tableOfSubjects(ctx context.Context, list []Subject) [][]string {
	rows := [][]string{heads(ctx, []string{"classes.code", "classes.subject", "classes.short", "classes.taught"})}
	for _, s := range list {
		rows = append(rows, []string{s.Code, s.Label, s.Short, strconv.Itoa(s.Taught)})
	}
	return rows
}

type teachingsView struct {
	around
	Ways     ui.Tabs
	Table    ui.Table
	Teachers []teacherView
	Nothing  *ui.EmptyState
	Subject  ui.Select
	Teacher  ui.Select
	Classes  *ui.CheckboxGroup
	Groups   *ui.CheckboxGroup
	Undo     []string
	Ready    bool // there is a subject, a teacher, and a class or a group
}

type teacherView struct {
	ID, Name, Text string
	Lines          []ui.Choice
}

func shapeTeachings(ctx context.Context, t Timetable, a asked, may bool) teachingsView {
	v := teachingsView{around: frame(ctx, "classes.teachings", "classes.teachings.lead", home+"/teachings", may)}
	v.of(ctx, t.Shelf)
	v.refuse(a.wrong, "")
	if len(t.All) > 0 {
		v.Export = home + "/teachings/export?year=" + t.Year.ID.String()
	} else {
		v.Nothing = &ui.EmptyState{Icon: ui.IconTimetable, Title: words.T(ctx, "classes.teachings.none"), Sentence: words.T(ctx, "classes.teachings.none_text")}
	}
	if len(t.All) > 0 {
		v.look(ctx, t, a)
	}
	if v.May {
		v.Undo = a.undo
		v.choices(ctx, t, a.wrong)
	}
	return v
}

// The ways to look at the grid, beside the levels.
const (
	byGroups   = "group"
	byTeachers = "teacher"
)

// look lays out the classes of one level, the groups, or what each teacher has; links lead to the others.
func (v *teachingsView) look(ctx context.Context, t Timetable, a asked) {
	at := home + "/teachings?year=" + t.Year.ID.String()
	levels := levelsOf(t.Units)
	level := ""
	if a.By == "" && len(levels) > 0 {
		level = levels[0]
		if slices.Contains(levels, a.Level) {
			level = a.Level
		}
	}
	for _, l := range levels {
		v.Ways.Tabs = append(v.Ways.Tabs, ui.Link{Label: l, URL: at + "&level=" + url.QueryEscape(l), Current: l == level})
	}
	if slices.ContainsFunc(t.All, func(one Teaching) bool { return one.Kind == Group }) {
		v.Ways.Tabs = append(v.Ways.Tabs, ui.Link{Label: words.T(ctx, "classes.groups"), URL: at + "&by=" + byGroups, Current: a.By == byGroups})
	}
	v.Ways.Tabs = append(v.Ways.Tabs, ui.Link{Label: words.T(ctx, "classes.by_teacher"), URL: at + "&by=" + byTeachers, Current: a.By == byTeachers})
	v.Ways.Label = words.T(ctx, "classes.ways")
	switch a.By {
	case byTeachers:
		v.Teachers = byTeacher(ctx, t.All)
	case byGroups:
		v.Table = groupTable(ctx, t.All)
	default:
		v.Table = gridTable(ctx, gridOf(slices.DeleteFunc(slices.Clone(t.Units), func(u Unit) bool { return u.Level != level }), t.All), level)
	}
}

func groupTable(ctx context.Context, all []Teaching) ui.Table {
	t := ui.Table{Caption: words.T(ctx, "classes.groups"), HideCaption: true, Dense: true,
		Columns: []ui.Column{{Label: words.T(ctx, "classes.group")}, {Label: words.T(ctx, "classes.subject")}, {Label: words.T(ctx, "profile.teacher")}}}
	for _, one := range all {
		if one.Kind == Group {
			t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: one.Name, URL: home + "/groups/" + one.Unit.String()}, {Text: one.Subject.Label}, {Text: one.TeacherName()}}})
		}
	}
	slices.SortStableFunc(t.Rows, func(a, b ui.Row) int { return strings.Compare(a.Cells[0].Text, b.Cells[0].Text) })
	return t
}

func gridTable(ctx context.Context, g Grid, level string) ui.Table {
	t := ui.Table{Caption: words.T(ctx, "classes.grid", "level", level), Dense: true, Columns: []ui.Column{{Label: words.T(ctx, "classes.subject")}}}
	for _, u := range g.Classes {
		t.Columns = append(t.Columns, ui.Column{Label: u.Name})
	}
	for _, s := range g.Subjects {
		row := ui.Row{Cells: []ui.Cell{{Text: s.Label}}}
		for _, u := range g.Classes {
			var names []string
			for _, one := range g.Cells[s.ID][u.ID] {
				names = append(names, one.TeacherName())
			}
			row.Cells = append(row.Cells, ui.Cell{Text: orDash(strings.Join(names, ", "))})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// byTeacher gathers the assignments, which come teacher by teacher.
func byTeacher(ctx context.Context, all []Teaching) []teacherView {
	var list []teacherView
	for _, one := range all {
		if n := len(list); n == 0 || list[n-1].ID != one.Teacher.String() {
			list = append(list, teacherView{ID: one.Teacher.String(), Name: one.TeacherName()})
		}
		last := &list[len(list)-1]
		last.Lines = append(last.Lines, ui.Choice{Value: one.line().String(), Label: one.Subject.Label + " · " + one.Name})
	}
	for i := range list {
		list[i].Text = words.N(ctx, "classes.lines", len(list[i].Lines))
	}
	return list
}

func (v *teachingsView) choices(ctx context.Context, t Timetable, wrong map[string]string) {
	v.Ready = len(t.Subjects) > 0 && len(t.Teachers) > 0 && len(t.Units)+len(t.Groups) > 0
	first := ui.Choice{Label: words.T(ctx, "classes.choose")}
	v.Subject = ui.Select{ID: "subject", Name: "subject", Label: words.T(ctx, "classes.subject"), Choices: []ui.Choice{first}, Required: true, Error: wrong["subject"], Width: ui.WidthMedium}
	for _, s := range t.Subjects {
		v.Subject.Choices = append(v.Subject.Choices, ui.Choice{Value: s.ID.String(), Label: s.Label})
	}
	v.Teacher = ui.Select{ID: "teacher", Name: "teacher", Label: words.T(ctx, "profile.teacher"), Choices: []ui.Choice{first}, Required: true, Error: wrong["teacher"], Width: ui.WidthMedium}
	for _, m := range t.Teachers {
		v.Teacher.Choices = append(v.Teacher.Choices, ui.Choice{Value: m.Person.String(), Label: strings.Trim(m.Name()+" · "+m.Function, " ·")})
	}
	v.Classes = unitChoices(words.T(ctx, "classes.title"), Class, t.Units, wrong["unit"])
	v.Groups = unitChoices(words.T(ctx, "classes.groups"), Group, t.Groups, "")
}

func unitChoices(legend string, k Kind, units []Unit, wrong string) *ui.CheckboxGroup {
	if len(units) == 0 {
		return nil
	}
	id := "unit"
	if k == Group {
		id = "unit_group"
	}
	g := &ui.CheckboxGroup{ID: id, Name: "unit", Legend: legend, Inline: true, Error: wrong}
	for _, u := range units {
		g.Choices = append(g.Choices, ui.Choice{Value: string(k) + ":" + u.ID.String(), Label: u.Name})
	}
	return g
}

func tableOfTeachings(ctx context.Context, all []Teaching) [][]string {
	rows := [][]string{heads(ctx, []string{"classes.family_name", "classes.given_name", "classes.code", "classes.subject", "classes.level", "classes.class_or_group"})}
	for _, t := range all {
		rows = append(rows, []string{t.Family, t.Given, t.Subject.Code, t.Subject.Label, t.Level, t.Name})
	}
	return rows
}

func subjectTitle(ctx context.Context, editing bool) string {
	if editing {
		return words.T(ctx, "classes.subject_edit")
	}
	return words.T(ctx, "classes.subject_new")
}
