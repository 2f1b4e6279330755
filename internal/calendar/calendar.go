package calendar

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/directory"
	"elyco/internal/fault"
)

// Term is a part of the school year that ends with reports: a quarter or a half.
type Term struct {
	ID uuid.UUID
	Span
}

// DayOff is when one establishment closes.
type DayOff struct {
	ID uuid.UUID
	Span
}

// Calendar is the school year of an establishment.
type Calendar struct {
	Year      directory.Year
	Zone      Zone
	Terms     []Term
	DaysOff   []DayOff
	Holidays  []Span
	Vacations []Span
	Published bool // the ministry's calendar of that year is known
}

// Kind says why there are lessons on a day, or why there are none.
type Kind string

// The kinds, from the one that wins when several are true.
const (
	Outside  Kind = "outside" // not of this school year
	Vacation Kind = "vacation"
	Holiday  Kind = "holiday"
	Closed   Kind = "closed" // the establishment's own days off
	Weekend  Kind = "weekend"
	Lessons  Kind = "lessons"
)

// Day tells what a day is, and its name when it has one.
func (c Calendar) Day(day time.Time) (Kind, string) {
	day = directory.Day(day)
	if !c.Year.Includes(day) {
		return Outside, ""
	}
	for _, s := range c.Holidays {
		if s.Holds(day) {
			return Holiday, s.Name
		}
	}
	for _, s := range c.Vacations {
		if s.Holds(day) {
			return Vacation, s.Name
		}
	}
	for _, d := range c.DaysOff {
		if d.Holds(day) {
			return Closed, d.Name
		}
	}
	if w := day.Weekday(); w == time.Sunday || w == time.Saturday {
		return Weekend, ""
	}
	return Lessons, ""
}

// Term finds the term of a day.
func (c Calendar) Term(day time.Time) (Term, bool) {
	day = directory.Day(day)
	i := slices.IndexFunc(c.Terms, func(t Term) bool { return t.Holds(day) })
	if i < 0 {
		return Term{}, false
	}
	return c.Terms[i], true
}

// LessonDays counts the days of lessons between two days, both included.
func (c Calendar) LessonDays(from, to time.Time) int {
	n := 0
	for day := directory.Day(from); !day.After(to); day = day.AddDate(0, 0, 1) {
		if kind, _ := c.Day(day); kind == Lessons {
			n++
		}
	}
	return n
}

const (
	mostTerms   = 6
	mostDaysOff = 40
	longestYear = 400
)

// CheckYear refuses limits that no school year has; the fields are starts_on and ends_on.
func CheckYear(from, to time.Time) error {
	wrong := fault.Fields{}
	days := int(to.Sub(from).Hours() / 24)
	switch {
	case from.IsZero():
		wrong.Add("starts_on", "Donnez le premier jour de l’année scolaire.")
	case to.IsZero():
		wrong.Add("ends_on", "Donnez le dernier jour de l’année scolaire.")
	case !to.After(from):
		wrong.Add("ends_on", "L’année finit avant de commencer. Corrigez l’une des deux dates.")
	case days > longestYear:
		wrong.Add("ends_on", "Une année scolaire dure un an au plus. Corrigez l’une des deux dates.")
	}
	return wrong.OrNil()
}

// CheckTerms refuses terms that overlap, leave the year or lack a part. The fields are term_0, term_1 and so on.
func CheckTerms(year directory.Year, terms []Term) error {
	wrong := fault.Fields{}
	if len(terms) > mostTerms {
		wrong.Add("term_0", fmt.Sprintf("Une année a %d périodes au plus.", mostTerms))
	}
	for i, t := range terms {
		field := fmt.Sprintf("term_%d", i)
		if words := checkSpan(t.Span, year); words != "" {
			wrong.Add(field, words)
			continue
		}
		for j, o := range terms[:i] {
			switch {
			case strings.EqualFold(o.Name, t.Name):
				wrong.Add(field, "Deux périodes portent ce nom. Donnez un nom différent à chacune.")
			case !t.From.After(o.To) && !o.From.After(t.To):
				wrong.Add(field, fmt.Sprintf("Cette période et la période n° %d ont des jours en commun. Corrigez leurs dates.", j+1))
			}
		}
	}
	return wrong.OrNil()
}

// CheckDaysOff refuses days off that leave the year or lack a part. The fields are off_0, off_1 and so on.
func CheckDaysOff(year directory.Year, days []DayOff) error {
	wrong := fault.Fields{}
	if len(days) > mostDaysOff {
		wrong.Add("off_0", fmt.Sprintf("Une année a %d fermetures au plus.", mostDaysOff))
	}
	for i, d := range days {
		if words := checkSpan(d.Span, year); words != "" {
			wrong.Add(fmt.Sprintf("off_%d", i), words)
		}
	}
	return wrong.OrNil()
}

func checkSpan(s Span, year directory.Year) string {
	switch {
	case s.Name == "" || utf8.RuneCountInString(s.Name) > 60:
		return "Donnez un nom de 60 caractères au plus."
	case s.From.IsZero() || s.To.IsZero():
		return "Donnez le premier et le dernier jour."
	case s.To.Before(s.From):
		return "Le dernier jour précède le premier. Corrigez l’une des deux dates."
	case !year.Includes(s.From) || !year.Includes(s.To):
		return "Ces jours sortent de l’année scolaire. Corrigez les dates, ou celles de l’année."
	}
	return ""
}

// Usual proposes the terms that most establishments of a nature have: three for a collège, two halves for the others. The
// last one ends with the lessons.
func Usual(year directory.Year, college bool) []Term {
	first := year.StartsOn.Year()
	last := date(first+1, time.July, 3)
	for _, n := range nationals() {
		if n.year == first {
			last = n.summer.AddDate(0, 0, -1)
		}
	}
	term := func(name string, from, to time.Time) Term { return Term{Span: Span{name, from, to}} }
	if college {
		return []Term{
			term("1er trimestre", year.StartsOn, date(first, time.November, 30)),
			term("2e trimestre", date(first, time.December, 1), date(first+1, time.March, 12)),
			term("3e trimestre", date(first+1, time.March, 13), last),
		}
	}
	return []Term{
		term("1er semestre", year.StartsOn, date(first+1, time.January, 24)),
		term("2e semestre", date(first+1, time.January, 25), last),
	}
}
