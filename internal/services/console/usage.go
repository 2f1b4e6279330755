package console

import (
	"slices"
	"time"

	"elyco/internal/school"
)

// usage is how the space is used, in figures and without a name.
type usage struct {
	Profiles    []profileUse
	Days        []dayUse // of the last weeks, each day once, the oldest first
	Files       int
	Bytes       int64
	StoresKnown bool
}

type profileUse struct {
	Profile           school.Profile
	People, Activated int
}

type dayUse struct {
	Day         time.Time
	Connections int
}

// shownDays is how many days the usage page draws.
const shownDays = 42

// byProfile counts the members of each profile, and those who can sign on.
func byProfile(roll []member, activated map[school.PersonID]bool) []profileUse {
	var list []profileUse
	for _, p := range school.Profiles() {
		use := profileUse{Profile: p}
		for _, m := range roll {
			if m.Profile != p {
				continue
			}
			use.People++
			if activated[school.PersonID{UUID: m.Person}] {
				use.Activated++
			}
		}
		if use.People > 0 {
			list = append(list, use)
		}
	}
	return list
}

// fill gives every day from the first one its line, also when nobody came.
func fill(first time.Time, days []dayUse) []dayUse {
	list := make([]dayUse, shownDays)
	for i := range list {
		list[i].Day = first.AddDate(0, 0, i)
		if j := slices.IndexFunc(days, func(d dayUse) bool { return d.Day.Equal(list[i].Day) }); j >= 0 {
			list[i].Connections = days[j].Connections
		}
	}
	return list
}
