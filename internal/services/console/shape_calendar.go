package console

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/calendar"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func trimmed(s string) string { return strings.Join(strings.Fields(s), " ") }

type calendarView struct {
	around
	Label       string
	Year        string // id
	Stored      bool   // the year exists
	Starts      ui.Field
	Ends        ui.Field
	Zone        string
	Unpublished bool
	Terms       []lineView
	Off         []lineView
	Months      []monthView
	Legend      []legendView
	Holidays    []ui.Item
	Days        string
}

type lineView struct {
	ID             string
	Legend, Error  string
	Name, From, To ui.Field
}

type monthView struct {
	Name     string
	Weekdays []weekdayView
	Weeks    [][]dayView
}

type weekdayView struct{ Letter, Name string }

// dayView is one square of the year. The zero one is outside of its month.
type dayView struct {
	Number string
	Kind   string
	Words  string // read aloud, and shown when one points at the day
	Today  bool
}

type legendView struct{ Kind, Label string }

func shapeCalendar(ctx context.Context, c calendar.Calendar, now time.Time, typed typedYear) calendarView {
	v := calendarView{around: frame(ctx, home+"/calendar", "console.calendar", "console.calendar.lead"), Label: c.Year.Label, Year: c.Year.ID.String(),
		Stored: c.Year.ID != uuid.Nil, Zone: words.T(ctx, "console.calendar.zone", "zone", string(c.Zone)), Unpublished: !c.Published}
	if !v.Stored {
		v.Year = newID()
	}
	v.refuse(typed.wrong, anchor)
	starts, ends := c.Year.StartsOn, c.Year.EndsOn
	if typed.year != nil && typed.wrong != nil {
		starts, ends = typed.year.From, typed.year.To
	}
	v.Starts = ui.Field{ID: "starts_on", Name: "starts_on", Type: "date", Label: words.T(ctx, "console.calendar.first"), Value: dateValue(starts), Required: true, Width: ui.WidthShort, Error: typed.wrong["starts_on"]}
	v.Ends = ui.Field{ID: "ends_on", Name: "ends_on", Type: "date", Label: words.T(ctx, "console.calendar.last"), Value: dateValue(ends), Required: true, Width: ui.WidthShort, Error: typed.wrong["ends_on"]}
	v.Terms = termLines(ctx, c, typed)
	v.Off = offLines(ctx, c, typed)
	v.Days = words.N(ctx, "console.calendar.days", c.LessonDays(c.Year.StartsOn, c.Year.EndsOn))
	v.Months = months(ctx, c, now)
	for _, k := range []calendar.Kind{calendar.Lessons, calendar.Vacation, calendar.Holiday, calendar.Closed} {
		v.Legend = append(v.Legend, legendView{string(k), words.T(ctx, "console.day."+string(k))})
	}
	for _, s := range append(append([]calendar.Span{}, c.Vacations...), c.Holidays...) {
		v.Holidays = append(v.Holidays, ui.Item{Title: s.Name, Meta: between(ctx, s)})
	}
	return v
}

// anchor is the id of the input that a refusal leads to: the name of a line stands for the line.
func anchor(field string) string {
	if strings.HasPrefix(field, "term_") || strings.HasPrefix(field, "off_") {
		return field + "_name"
	}
	return same(field)
}

func between(ctx context.Context, s calendar.Span) string {
	if s.From.Equal(s.To) {
		return words.Date(s.From)
	}
	return words.T(ctx, "console.calendar.between", "from", words.Date(s.From), "to", words.Date(s.To))
}

func termLines(ctx context.Context, c calendar.Calendar, typed typedYear) []lineView {
	const offered = 4
	var lines []lineView
	held := typed.terms
	ids := make([]string, len(held))
	if held == nil {
		for _, t := range c.Terms {
			held, ids = append(held, t.Span), append(ids, t.ID.String())
		}
	}
	if held == nil {
		// Nothing is decided yet: the usual terms stand in the form, and are kept once somebody saves them.
		for _, t := range calendar.Usual(c.Year, tenant.From(ctx).IsCollege()) {
			held, ids = append(held, t.Span), append(ids, "")
		}
	}
	for i := range max(offered, min(len(held)+1, 6)) {
		lines = append(lines, line(ctx, "term", i, held, ids, typed.wrong))
	}
	return lines
}

func offLines(ctx context.Context, c calendar.Calendar, typed typedYear) []lineView {
	const more = 2
	var lines []lineView
	held := typed.off
	ids := make([]string, len(held))
	if held == nil {
		for _, d := range c.DaysOff {
			held, ids = append(held, d.Span), append(ids, d.ID.String())
		}
	}
	for i := range len(held) + more {
		lines = append(lines, line(ctx, "off", i, held, ids, typed.wrong))
	}
	return lines
}

func line(ctx context.Context, kind string, i int, held []calendar.Span, ids []string, wrong map[string]string) lineView {
	var s calendar.Span
	id := newID()
	if i < len(held) {
		s = held[i]
		if ids[i] != "" {
			id = ids[i]
		}
	}
	key := fmt.Sprintf("%s_%d", kind, i)
	v := lineView{ID: id, Error: wrong[key]}
	legend, name := "console.calendar.term", "console.calendar.term_name"
	if kind == "off" {
		legend, name = "console.calendar.off", "console.calendar.off_name"
	}
	v.Legend = words.T(ctx, legend, "n", i+1)
	v.Name = ui.Field{ID: key + "_name", Name: "name", Label: words.T(ctx, name), Value: s.Name, MaxLength: 60, Error: v.Error}
	v.From = ui.Field{ID: key + "_from", Name: "from", Type: "date", Label: words.T(ctx, "console.calendar.first"), Value: dateValue(s.From), Width: ui.WidthShort}
	v.To = ui.Field{ID: key + "_to", Name: "to", Type: "date", Label: words.T(ctx, "console.calendar.last"), Value: dateValue(s.To), Width: ui.WidthShort}
	return v
}

// weekdays are the heads of a week's columns, from Monday.
func weekdays() []weekdayView {
	monday := time.Date(2026, time.January, 5, 0, 0, 0, 0, time.UTC)
	list := make([]weekdayView, 7)
	for i := range list {
		name, _, _ := strings.Cut(words.Date(monday.AddDate(0, 0, i)), " ")
		list[i] = weekdayView{Letter: strings.ToUpper(name[:1]), Name: name}
	}
	return list
}

// months draws the year: a month of weeks that begin on Monday.
func months(ctx context.Context, c calendar.Calendar, now time.Time) []monthView {
	var list []monthView
	today := now.In(words.Zone()).Format(time.DateOnly)
	head := weekdays()
	first := time.Date(c.Year.StartsOn.Year(), c.Year.StartsOn.Month(), 1, 0, 0, 0, 0, time.UTC)
	for m := first; !m.After(c.Year.EndsOn); m = m.AddDate(0, 1, 0) {
		name := words.Date(m)
		month := monthView{Name: name[strings.Index(name, "1er ")+len("1er "):], Weekdays: head}
		week := make([]dayView, (int(m.Weekday())+6)%7)
		for d := m; d.Month() == m.Month(); d = d.AddDate(0, 0, 1) {
			kind, what := c.Day(d)
			v := dayView{Number: fmt.Sprint(d.Day()), Kind: string(kind), Today: d.Format(time.DateOnly) == today}
			if kind != calendar.Lessons && kind != calendar.Weekend && kind != calendar.Outside {
				v.Words = what
			}
			week = append(week, v)
			if len(week) == 7 {
				month.Weeks, week = append(month.Weeks, week), nil
			}
		}
		if len(week) > 0 {
			month.Weeks = append(month.Weeks, append(week, make([]dayView, 7-len(week))...))
		}
		list = append(list, month)
	}
	return list
}
