package roster

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/roster"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// steps is how many pages lead to an import; the first is that of the file.
const steps = 4

// around is what stands on every page of an import.
type around struct {
	Up                  ui.Link
	Kicker, Title, Lead string
}

func frame(ctx context.Context, step int, s Sheet, w titled) around {
	return around{Up: ui.Link{Label: words.T(ctx, "roster.title"), URL: home},
		Kicker: words.T(ctx, "roster.step", "step", step, "of", steps, "file", s.Name), Title: words.T(ctx, w.title), Lead: words.T(ctx, w.lead)}
}

func shapeStart(ctx context.Context, s Start, form startForm, faults map[string]string) startView {
	t := func(key string, args ...any) string { return words.T(ctx, key, args...) }
	v := startView{Title: t("roster.title"), Lead: t("roster.lead"), ID: form.ID.String(), NewTitle: t("roster.new"), NewLead: t("roster.new.lead"),
		Form: ui.Form{Action: home, Multipart: true},
		Kind: ui.RadioGroup{ID: "kind", Name: "kind", Legend: t("roster.kind"), Error: faults["kind"], Required: true},
		File: ui.FileField{ID: "file", Name: "file", Label: t("roster.file"), Hint: t("roster.file.hint"), Error: faults["file"], Required: true,
			Accept: ".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		Send: ui.Button{Label: t("roster.send"), Kind: ui.ButtonPrimary, Icon: ui.IconUpload}, Models: t("roster.models"),
		WaitingTitle: t("roster.waiting"), LatestTitle: t("roster.latest")}
	for _, field := range []string{"kind", "file"} {
		if faults[field] != "" {
			v.Errors.Errors = append(v.Errors.Errors, ui.FieldError{FieldID: field, Text: faults[field]})
		}
	}
	if s.Fed {
		v.Fed = &ui.InlineNotice{Tone: ui.ToneInfo, Title: t("roster.fed"), Text: t("roster.fed.text")}
	}
	for _, k := range []roster.Kind{roster.Pupils, roster.Staff} {
		v.Kind.Choices = append(v.Kind.Choices, ui.Choice{Value: string(k), Label: t(wordsOf(k).name), Hint: t(wordsOf(k).hint),
			Selected: string(k) == form.Kind})
		v.ModelLinks = append(v.ModelLinks, ui.ButtonLink{Label: t(wordsOf(k).model), URL: home + "/model?kind=" + string(k), Icon: ui.IconDownload, Small: true})
	}
	for _, d := range s.Drafts {
		v.Waiting = append(v.Waiting, waitingView{
			Item: ui.Item{Title: d.Name, URL: at(d.ID), Icon: ui.IconDocument,
				Meta: t(wordsOf(d.Kind).name) + " · " + t("roster.waiting.until", "when", words.Date(d.StartedAt.Add(kept)))},
			Form: ui.Form{Action: at(d.ID, "removal")}, Remove: ui.Button{Label: t("roster.remove"), Kind: ui.ButtonQuiet, Small: true}})
	}
	for _, p := range s.Latest {
		v.Latest = append(v.Latest, ui.Item{Title: p.Label, Time: words.Date(p.AppliedAt), Meta: t("roster.latest.counts",
			"created", p.Created, "changed", p.Changed, "gone", p.Gone)})
	}
	return v
}

func shapeColumns(ctx context.Context, s Sheet, faults map[string]string) columnsView {
	t := func(key string, args ...any) string { return words.T(ctx, key, args...) }
	v := columnsView{around: frame(ctx, 2, s, titled{"roster.columns", "roster.columns.lead"}), Form: ui.Form{Action: at(s.ID, "columns")},
		Found:    ui.InlineNotice{Tone: ui.ToneInfo, Text: words.N(ctx, "roster.found", len(s.Table.Rows), "columns", len(s.Table.Header))},
		Go:       ui.Button{Label: t("roster.columns.go"), Kind: ui.ButtonPrimary, Icon: ui.IconChevron},
		Wrong:    wrongKind(ctx, s),
		Guessed:  t("roster.guessed"),
		Selected: len(s.Mapping),
	}
	for _, f := range roster.Fields(s.Kind) {
		v.add(ctx, groupOf(s.Kind, f), columnChoice(ctx, s, f, faults[string(f)]))
		if faults[string(f)] != "" {
			v.Errors.Errors = append(v.Errors.Errors, ui.FieldError{FieldID: string(f), Text: s.Kind.Label(f) + " : " + faults[string(f)]})
		}
	}
	return v
}

// groupOf is under which title a field stands.
func groupOf(k roster.Kind, f roster.Field) titled {
	switch {
	case k.Required(f):
		return needed
	case strings.HasPrefix(string(f), "one_"):
		return one
	case strings.HasPrefix(string(f), "two_"):
		return two
	}
	return others
}

// add puts a field into its group; the fields of a group follow each other.
func (v *columnsView) add(ctx context.Context, group titled, field ui.Select) {
	if n := len(v.Groups); n == 0 || v.Groups[n-1].Set.ID != group.title {
		v.Groups = append(v.Groups, columnGroup{Set: ui.Fieldset{ID: group.title, Legend: words.T(ctx, group.title), Hint: words.T(ctx, group.lead)}})
	}
	last := &v.Groups[len(v.Groups)-1]
	last.Fields = append(last.Fields, field)
}

// wrongKind warns when the header looks like the other kind of list.
func wrongKind(ctx context.Context, s Sheet) *ui.InlineNotice {
	if roster.Recognise(s.Table.Header) == s.Kind {
		return nil
	}
	return &ui.InlineNotice{Tone: ui.ToneWarning, Text: words.T(ctx, wordsOf(s.Kind).wrong)}
}

// columnChoice is the list of columns for one field, each with what its first filled cell says.
func columnChoice(ctx context.Context, s Sheet, f roster.Field, wrong string) ui.Select {
	chosen, said := s.Mapping[f]
	list := ui.Select{ID: string(f), Name: "match", Label: s.Kind.Label(f), Hint: s.Kind.Help(f), Error: wrong, Width: ui.WidthMedium,
		Choices: []ui.Choice{{Value: string(f) + "=", Label: words.T(ctx, "roster.no_column"), Selected: !said}}}
	for i, h := range s.Table.Header {
		label := h
		if h == "" {
			label = words.T(ctx, "roster.nameless", "n", strconv.Itoa(i+1))
		}
		if example := s.Table.Example(i); example != "" {
			label += " (" + example + ")"
		}
		list.Choices = append(list.Choices, ui.Choice{Value: string(f) + "=" + strconv.Itoa(i), Label: label, Selected: said && chosen == i})
	}
	return list
}

// The bounds of what the page of lines shows.
const (
	mostProblems = 100
	mostSamples  = 8
)

func shapeLines(ctx context.Context, s Sheet, l *roster.List, feed uuid.UUID) linesView {
	t := func(key string, args ...any) string { return words.T(ctx, key, args...) }
	v := linesView{around: frame(ctx, 3, s, titled{"roster.lines", "roster.lines.lead"}), Back: ui.ButtonLink{Label: t("roster.lines.back"), URL: at(s.ID)}, Feed: feed.String(),
		Stats: []ui.Stat{
			{Label: t(wordsOf(s.Kind).people), Value: words.Number(l.People()), Icon: ui.IconGroup},
			{Label: t("roster.stat.left"), Value: words.Number(l.LeftOut), Icon: ui.IconAlert, Tone: tone(l.LeftOut, ui.ToneWarning)},
			{Label: t("roster.stat.remarks"), Value: words.Number(len(l.Problems)), Icon: ui.IconInfo},
		},
		Problems: ui.Table{ID: "problems", Caption: t("roster.problems"), HideCaption: true,
			Columns: []ui.Column{{Label: t("roster.line")}, {Label: t("roster.field")}, {Label: t("roster.what")}}},
		ProblemsTitle: t("roster.problems"), ProblemsLead: t("roster.problems.lead"),
		Sample: sample(ctx, l), SampleTitle: t("roster.sample"), Form: ui.Form{Action: at(s.ID, "check")},
	}
	for _, p := range l.Sorted(mostProblems) {
		v.Problems.Rows = append(v.Problems.Rows, ui.Row{Cells: []ui.Cell{{Text: strconv.Itoa(p.Line)}, {Text: p.Field}, {Text: p.Words, Tone: tone(boolInt(p.Left), ui.ToneWarning)}}})
	}
	if more := len(l.Problems) - mostProblems; more > 0 {
		v.More = words.N(ctx, "roster.problems.more", more)
	}
	if len(l.Problems) == 0 {
		v.Fine = &ui.InlineNotice{Tone: ui.ToneSuccess, Text: t("roster.fine")}
	}
	if l.People() > 0 {
		v.Check = &ui.Button{Label: t("roster.check"), Kind: ui.ButtonPrimary, Icon: ui.IconSearch}
	}
	return v
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// tone is a tone for a number that is not zero.
func tone(n int, t ui.Tone) ui.Tone {
	if n == 0 {
		return ui.ToneNeutral
	}
	return t
}

func sample(ctx context.Context, l *roster.List) ui.Table {
	t := func(key string) string { return words.T(ctx, key) }
	table := ui.Table{ID: "sample", Caption: t("roster.sample"), HideCaption: true, Columns: []ui.Column{{Label: t("roster.line")}, {Label: t("roster.person")},
		{Label: t("roster.born")}, {Label: t(wordsOf(l.Kind).place)}, {Label: t(wordsOf(l.Kind).beside)}}}
	add := func(line int, cells ...string) {
		row := ui.Row{Cells: []ui.Cell{{Text: strconv.Itoa(line)}}}
		for _, c := range cells {
			row.Cells = append(row.Cells, ui.Cell{Text: c})
		}
		table.Rows = append(table.Rows, row)
	}
	for _, p := range l.Pupils[:min(len(l.Pupils), mostSamples)] {
		guardians := ""
		for _, g := range p.Guardians {
			guardians = joined(guardians, g.Person.GivenName+" "+g.Person.FamilyName)
		}
		add(p.Line, p.Person.FamilyName+" "+p.Person.GivenName, day(p.Person.BirthDate), p.Class, guardians)
	}
	for _, m := range l.Staff[:min(len(l.Staff), mostSamples)] {
		classes := ""
		for _, c := range m.Classes {
			classes = joined(classes, c)
		}
		add(m.Line, m.Person.FamilyName+" "+m.Person.GivenName, day(m.Person.BirthDate), m.Function, joined(m.Subject, classes))
	}
	return table
}

func joined(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return a + ", " + b
}

func day(d time.Time) string {
	if d.IsZero() {
		return ""
	}
	return d.Format("02/01/2006")
}
