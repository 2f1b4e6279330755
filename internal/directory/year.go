package directory

import (
	"fmt"
	"time"

	"github.com/google/uuid"
)

// Year is a school year of an establishment.
type Year struct {
	ID       uuid.UUID
	Label    string // 2026-2027
	StartsOn time.Time
	EndsOn   time.Time
}

// Includes reports whether a day belongs to the year; both ends do.
func (y Year) Includes(day time.Time) bool {
	day = Day(day)
	return !day.Before(y.StartsOn) && !day.After(y.EndsOn)
}

// YearAt gives the label and the limits of the school year of a day: from the first of September to the end of August.
func YearAt(day time.Time) Year {
	first := day.Year()
	if day.Month() < time.September {
		first--
	}
	return Year{
		Label:    fmt.Sprintf("%d-%d", first, first+1),
		StartsOn: time.Date(first, time.September, 1, 0, 0, 0, 0, time.UTC),
		EndsOn:   time.Date(first+1, time.August, 31, 0, 0, 0, 0, time.UTC),
	}
}

// Day is the calendar day of an instant, as dates are compared in the database.
func Day(t time.Time) time.Time {
	t = t.UTC()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
