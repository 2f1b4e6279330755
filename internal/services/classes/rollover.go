package classes

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// Rollover is the turn from one school year to the next, as it was or will be prepared.
type Rollover struct {
	ID      uuid.UUID
	From    directory.Year
	To      directory.Year
	OpensOn time.Time // when the new classes show themselves to pupils; zero: at once
	Leaving []string  // levels whose pupils leave the establishment
	State   string
	Classes int // made for the new year
	People  int // whose membership ends
}

// The states of a rollover.
const (
	waiting  = "waiting"
	applied  = "applied"
	undone   = "undone"
	rejected = "refused" // somebody else had made the year meanwhile
)

// next is the level above, in the same establishment.
func next(level string) string {
	return map[string]string{"6e": "5e", "5e": "4e", "4e": "3e", "2de": "1re", "1re": "Tle", "CAP 1": "CAP 2", "2de pro": "1re pro",
		"1re pro": "Tle pro"}[level]
}

// lastLevels are those from which one does not move up here: what leaves, until somebody says otherwise.
func lastLevels(levels []string) []string {
	list := []string{}
	for _, l := range levels {
		if !slices.Contains(levels, next(l)) {
			list = append(list, l)
		}
	}
	return list
}

// after is a day of the school year that follows, also where a year ends before the summer does.
func after(y directory.Year) time.Time {
	day := y.EndsOn.AddDate(0, 0, 1)
	if usual := directory.YearAt(day); y.EndsOn.After(usual.StartsOn.AddDate(0, 2, 0)) {
		return usual.EndsOn.AddDate(0, 0, 1)
	}
	return day
}

// keptAfter is how long data stay once the entitlement has ended.
const keptAfter = 3 // months

// purgedOn is the first day on which what the establishment holds about somebody who left may go.
func purgedOn(end time.Time) time.Time { return end.AddDate(0, keptAfter, 0) }

// check refuses a turn that cannot be.
func (r Rollover) check(levels []string) error {
	wrong := fault.Fields{}
	if r.To.StartsOn.IsZero() || !r.To.StartsOn.After(r.From.EndsOn) {
		wrong.Add("starts_on", "La nouvelle année commence après la fin de l’année "+r.From.Label+".")
	} else if r.To.StartsOn.After(r.From.EndsOn.AddDate(0, 4, 0)) {
		wrong.Add("starts_on", "La nouvelle année commence dans les quatre mois qui suivent la fin de l’année "+r.From.Label+".")
	}
	if !r.To.EndsOn.After(r.To.StartsOn.AddDate(0, 6, 0)) || r.To.EndsOn.After(r.To.StartsOn.AddDate(1, 0, 0)) {
		wrong.Add("ends_on", "Une année scolaire dure de six mois à un an. Corrigez l’une des deux dates.")
	}
	if !r.OpensOn.IsZero() && !r.To.Includes(r.OpensOn) {
		wrong.Add("opens_on", "L’ouverture des classes tombe dans la nouvelle année.")
	}
	for _, l := range r.Leaving {
		if !slices.Contains(levels, l) {
			wrong.Add("leave", "Ce niveau n’existe pas cette année. Choisissez parmi ceux que la page propose.")
		}
	}
	return wrong.OrNil()
}

// Level is what happens to one level.
type Level struct {
	Name    string
	Classes int
	Pupils  int
	Leaves  bool
}

// Leaver is somebody whose membership ends, or has ended and still waits for the purge.
type Leaver struct {
	Person  school.PersonID
	Profile school.Profile
	Given   string
	Family  string
	Class   string
	EndsOn  time.Time
}

// Plan says what the turn of the year will do.
type Plan struct {
	Rollover
	Levels    []Level
	Unplaced  int // pupils without a class, who stay
	Groups    int
	Teachings int
	Leavers   []Leaver
	More      bool // there are more than the list holds
	Standing  *Rollover
	Exists    bool // somebody else made the next year
	Due       int  // people whose data may go today
	Today     time.Time
}

// mayUndo reports whether what was prepared can be taken back: the new year has not begun.
func (r Rollover) mayUndo(today time.Time) bool {
	return r.State == applied && today.Before(r.To.StartsOn)
}
