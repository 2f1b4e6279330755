package classes

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// Kind tells classes from groups: a pupil is in one class of a year, and in any number of groups.
type Kind string

// The kinds.
const (
	Class Kind = "class"
	Group Kind = "group"
)

// How a group is made.
const (
	pedagogical = "pedagogical" // what a source or the secretariat says
	automatic   = "automatic"   // worked out by a source; nobody edits its members by hand
	manual      = "manual"      // made by hand, for a project or a club
)

// Unit is a class or a group of a school year.
type Unit struct {
	Kind    Kind
	ID      uuid.UUID
	Year    directory.Year
	Name    string
	Level   string    // of a class: 6e, 2de
	Made    string    // of a group: how
	OpensOn time.Time // of a class; zero: it is open
	Fed     bool      // a source brought it, and brings its members again
	Version int
	Pupils  int // who are members today
	Staff   int
	Form    []string // names of the form teachers
}

// over reports whether the year of the unit is an archive.
func (u Unit) over(today time.Time) bool {
	return !u.Year.EndsOn.IsZero() && u.Year.EndsOn.Before(today)
}

// The longest name that report cards can carry, and the longest level.
const (
	longestName  = 20
	longestLevel = 20
)

// check refuses what a unit cannot be.
func (u *Unit) check() error {
	wrong := fault.Fields{}
	u.Name, u.Level = trimmed(u.Name), trimmed(u.Level)
	if n := len([]rune(u.Name)); n == 0 || n > longestName {
		wrong.Add("name", "Donnez un nom de 1 à 20 caractères, par exemple « 4e B » ou « 4ANG1 ».")
	}
	if u.Kind == Class && (u.Level == "" || len([]rune(u.Level)) > longestLevel) {
		wrong.Add("level", "Indiquez le niveau, par exemple « 6e » ou « 2de ».")
	}
	if u.Kind == Group && u.Made != pedagogical && u.Made != manual && u.Made != automatic {
		wrong.Add("made", "Choisissez l’un des types proposés.")
	}
	if !u.OpensOn.IsZero() && u.Year.ID != uuid.Nil && !u.Year.Includes(u.OpensOn) {
		wrong.Add("opens_on", "Ce jour n’est pas dans l’année scolaire "+u.Year.Label+". Choisissez un autre jour.")
	}
	return wrong.OrNil()
}

func trimmed(s string) string { return strings.Join(strings.Fields(s), " ") }

// Member is somebody in a class or a group.
type Member struct {
	Person    school.PersonID
	Profile   school.Profile
	Given     string
	Family    string
	Function  string
	Form      bool
	OtherUnit string // of a pupil who is looked for: the class of the same year
}

// Name is how lists show a person: family name first, as registers do.
func (m Member) Name() string { return m.Family + " " + m.Given }

// who names a membership in forms.
type who struct {
	person  uuid.UUID
	profile school.Profile
}

func (w who) String() string { return w.person.String() + ":" + string(w.profile) }

// most is how many people one form moves.
const most = 200

// readWho reads what forms send; what no page shows is refused.
func readWho(sent []string) ([]who, error) {
	if len(sent) == 0 {
		return nil, fault.Field("who", "Choisissez au moins une personne.")
	}
	if len(sent) > most {
		return nil, fault.Field("who", "Choisissez 200 personnes au plus à la fois.")
	}
	list := make([]who, len(sent))
	for i, s := range sent {
		id, profile, _ := strings.Cut(s, ":")
		person, err := uuid.Parse(id)
		if err != nil || !school.Profile(profile).Valid() {
			return nil, fault.Missing()
		}
		list[i] = who{person, school.Profile(profile)}
	}
	return list, nil
}

func persons(list []who) []school.PersonID {
	ids := make([]school.PersonID, len(list))
	for i, w := range list {
		ids[i] = school.PersonID{UUID: w.person}
	}
	return ids
}

// mayJoin tells which profiles a unit can have: pupils and those who work with them.
func mayJoin(p school.Profile) bool { return p == school.Pupil || p.Adult() }
