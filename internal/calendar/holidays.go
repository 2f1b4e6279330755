package calendar

import (
	"slices"
	"time"
)

// Span is some days with a name, both ends included. Days are midnights UTC.
type Span struct {
	Name     string
	From, To time.Time
}

// Holds reports whether a day is one of the span's.
func (s Span) Holds(day time.Time) bool { return !day.Before(s.From) && !day.After(s.To) }

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// Easter is the Sunday of Easter of a year of the Gregorian calendar, by the method of Meeus.
func Easter(year int) time.Time {
	golden, century, rest := year%19, year/100, year%100
	epact := (19*golden + century - century/4 - (century-(century+8)/25+1)/3 + 15) % 30
	weekday := (32 + 2*(century%4) + 2*(rest/4) - epact - rest%4) % 7
	shift := (golden + 11*epact + 22*weekday) / 451
	n := epact + weekday - 7*shift + 114
	return date(year, time.Month(n/31), n%31+1)
}

// PublicHolidays lists those of metropolitan France between two days, in order (code du travail, article L3133-1).
func PublicHolidays(from, to time.Time) []Span {
	var list []Span
	for year := from.Year(); year <= to.Year(); year++ {
		easter := Easter(year)
		for _, h := range []struct {
			name string
			day  time.Time
		}{
			{"Jour de l’an", date(year, time.January, 1)},
			{"Lundi de Pâques", easter.AddDate(0, 0, 1)},
			{"Fête du Travail", date(year, time.May, 1)},
			{"Victoire de 1945", date(year, time.May, 8)},
			{"Ascension", easter.AddDate(0, 0, 39)},
			{"Lundi de Pentecôte", easter.AddDate(0, 0, 50)},
			{"Fête nationale", date(year, time.July, 14)},
			{"Assomption", date(year, time.August, 15)},
			{"Toussaint", date(year, time.November, 1)},
			{"Armistice de 1918", date(year, time.November, 11)},
			{"Noël", date(year, time.December, 25)},
		} {
			if !h.day.Before(from) && !h.day.After(to) {
				list = append(list, Span{h.name, h.day, h.day})
			}
		}
	}
	slices.SortFunc(list, func(a, b Span) int { return a.From.Compare(b.From) })
	return list
}

// Zone is one of the three zones of vacations.
type Zone string

// The zones; the academy of Nantes belongs to B.
const (
	ZoneA Zone = "A"
	ZoneB Zone = "B"
	ZoneC Zone = "C"
)

// national is the calendar that the ministry publishes for a school year: "Calendrier scolaire", open data set
// fr-en-calendrier-scolaire of data.education.gouv.fr. Vacations begin after the lessons of the day before the first
// one that is named and end on the eve of the return.
type national struct {
	year   int // its first calendar year
	back   time.Time
	summer time.Time
	shared []Span
	zoned  map[Zone][]Span
}

func span(name string, from, back time.Time) Span { return Span{name, from, back.AddDate(0, 0, -1)} }

func nationals() []national {
	return []national{
		{year: 2025, back: date(2025, 9, 1), summer: date(2026, 7, 4),
			shared: []Span{
				span("Vacances de la Toussaint", date(2025, 10, 18), date(2025, 11, 3)),
				span("Vacances de Noël", date(2025, 12, 20), date(2026, 1, 5)),
				span("Pont de l’Ascension", date(2026, 5, 15), date(2026, 5, 18)),
			},
			zoned: map[Zone][]Span{
				ZoneA: {span("Vacances d’hiver", date(2026, 2, 7), date(2026, 2, 23)), span("Vacances de printemps", date(2026, 4, 4), date(2026, 4, 20))},
				ZoneB: {span("Vacances d’hiver", date(2026, 2, 14), date(2026, 3, 2)), span("Vacances de printemps", date(2026, 4, 11), date(2026, 4, 27))},
				ZoneC: {span("Vacances d’hiver", date(2026, 2, 21), date(2026, 3, 9)), span("Vacances de printemps", date(2026, 4, 18), date(2026, 5, 4))},
			}},
		{year: 2026, back: date(2026, 9, 1), summer: date(2027, 7, 3),
			shared: []Span{
				span("Vacances de la Toussaint", date(2026, 10, 17), date(2026, 11, 2)),
				span("Vacances de Noël", date(2026, 12, 19), date(2027, 1, 4)),
				span("Pont de l’Ascension", date(2027, 5, 7), date(2027, 5, 10)),
			},
			zoned: map[Zone][]Span{
				ZoneA: {span("Vacances d’hiver", date(2027, 2, 13), date(2027, 3, 1)), span("Vacances de printemps", date(2027, 4, 10), date(2027, 4, 26))},
				ZoneB: {span("Vacances d’hiver", date(2027, 2, 20), date(2027, 3, 8)), span("Vacances de printemps", date(2027, 4, 17), date(2027, 5, 3))},
				ZoneC: {span("Vacances d’hiver", date(2027, 2, 6), date(2027, 2, 22)), span("Vacances de printemps", date(2027, 4, 3), date(2027, 4, 19))},
			}},
	}
}

// Vacations lists those of a zone that touch the days between from and to, in order. known is false when the house does not
// hold the ministry's calendar of that school year: then only the summer of neighbouring years may be in the list.
func Vacations(z Zone, from, to time.Time) (list []Span, known bool) {
	all := nationals()
	for i, n := range all {
		// The summer lasts until the next return when it is known, else until the end of August.
		back := date(n.year+1, time.September, 1)
		if i+1 < len(all) {
			back = all[i+1].back
		}
		for _, s := range slices.Concat(n.shared, n.zoned[z], []Span{span("Vacances d’été", n.summer, back)}) {
			if !s.To.Before(from) && !s.From.After(to) {
				list = append(list, s)
			}
		}
		known = known || !n.back.After(to) && !n.summer.Before(from) && n.year == from.Year()
	}
	slices.SortStableFunc(list, func(a, b Span) int { return a.From.Compare(b.From) })
	return list, known
}
