package preview

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/words"
)

// Choice is what the form asks for.
type Choice struct {
	Who   string // a profile, or ofChild and the id of one's own child
	Class uuid.UUID
	Group uuid.UUID
	Day   time.Time
}

// ofChild begins the choice of the guardian of one's own child.
const ofChild = "child:"

// role reads who is to be played; the child is set for the guardian of one's own.
func (c Choice) role() (p school.Profile, child school.PersonID, err error) {
	if id, own := strings.CutPrefix(c.Who, ofChild); own {
		child.UUID, err = uuid.Parse(id)
		if err != nil {
			return "", child, unknownRole()
		}
		return school.Guardian, child, nil
	}
	p = school.Profile(c.Who)
	if !slices.Contains(school.SchoolProfiles(), p) {
		return "", child, unknownRole()
	}
	return p, child, nil
}

func unknownRole() error { return fault.Field("who", "Choisissez un des profils de la liste.") }

// inClasses reports whether members of a profile belong to classes and groups, for guardians through their children.
func inClasses(p school.Profile) bool {
	return p == school.Pupil || p == school.Guardian || p == school.Teacher
}

// places finds the class and the group of the choice among those of the establishment.
func (c Choice) places(p school.Profile, classes []school.ClassRef, groups []school.GroupRef) ([]school.ClassRef, []school.GroupRef, error) {
	bad := fault.Fields{}
	var inClass []school.ClassRef
	var inGroup []school.GroupRef
	if c.Class != uuid.Nil {
		if inClass = only(classes, func(k school.ClassRef) bool { return k.ID.UUID == c.Class }); inClass == nil {
			bad.Add("class", "Choisissez une des classes de la liste.")
		}
	}
	if c.Group != uuid.Nil {
		if inGroup = only(groups, func(k school.GroupRef) bool { return k.ID.UUID == c.Group }); inGroup == nil {
			bad.Add("group", "Choisissez un des groupes de la liste.")
		}
	}
	if !inClasses(p) {
		const loose = "Ce profil n’appartient à aucune classe ni à aucun groupe : laissez ce choix vide."
		if c.Class != uuid.Nil {
			bad.Add("class", loose)
		}
		if c.Group != uuid.Nil {
			bad.Add("group", loose)
		}
	}
	return inClass, inGroup, bad.OrNil()
}

func only[T any](list []T, is func(T) bool) []T {
	if i := slices.IndexFunc(list, is); i >= 0 {
		return list[i : i+1]
	}
	return nil
}

// days counts from today to the chosen day, which lies between today and last. No day is today.
func (c Choice) days(now, last time.Time) (int, error) {
	if c.Day.IsZero() {
		return 0, nil
	}
	n := daysBetween(now, c.Day)
	switch {
	case n < 0:
		return 0, fault.Field("day", "Cette date est passée. Choisissez aujourd’hui ou un jour à venir.")
	case daysBetween(c.Day, last) < 0:
		return 0, fault.Field("day", "Cette date est après la fin de l’année scolaire, où les classes changent. Choisissez au plus tard le "+words.Date(last)+".")
	}
	return n, nil
}

// daysBetween counts the days that begin between two instants, as calendars of the school do.
func daysBetween(from, to time.Time) int {
	day := func(t time.Time) time.Time {
		t = t.In(words.Zone())
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	}
	return int(day(to).Sub(day(from)) / (24 * time.Hour))
}
