package console

import (
	"slices"
	"time"
	"unicode/utf8"

	"elyco/internal/fault"
	"elyco/internal/school"
)

// Decision is what the board of the establishment decided about a service.
type Decision struct {
	Service   string
	Open      bool
	DecidedOn time.Time
	Note      string
	Version   int // 0 while nothing was noted
	By        school.PersonID
	MadeAt    time.Time
}

// earliest is before any workspace of this kind: an older date is a slip of the hand.
var earliest = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// check refuses a decision that a board cannot have taken. The fields are those of the form.
func (d Decision) check(today time.Time) error {
	wrong := fault.Fields{}
	switch {
	case d.DecidedOn.IsZero():
		wrong.Add("decided_on", "Donnez la date du conseil d’administration.")
	case d.DecidedOn.After(today):
		wrong.Add("decided_on", "Cette date est à venir. Donnez celle d’un conseil d’administration qui s’est tenu.")
	case d.DecidedOn.Before(earliest):
		wrong.Add("decided_on", "Cette date est trop ancienne. Vérifiez l’année.")
	}
	if utf8.RuneCountInString(d.Note) > 300 {
		wrong.Add("note", "Ce texte est trop long : écrivez 300 caractères au plus.")
	}
	return wrong.OrNil()
}

// apply gives the services that are on once the decision is taken.
func (d Decision) apply(on []string) []string {
	on = slices.DeleteFunc(slices.Clone(on), func(s string) bool { return s == d.Service })
	if d.Open {
		on = append(on, d.Service)
	}
	return on
}
