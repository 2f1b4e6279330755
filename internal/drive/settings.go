package drive

import (
	"time"

	"elyco/internal/school"
)

const (
	mib = 1 << 20
	gib = 1 << 30

	maxChildren = 10000 // in one folder
	maxAtOnce   = 500   // things that one action is asked about
	maxTree     = 20000 // things that one action goes through
)

// Defaults are the settings that come with the program.
func Defaults() Settings {
	return Settings{
		Personal: map[school.Profile]int64{
			school.Pupil: 2 * gib, school.Guardian: 500 * mib, school.Teacher: 10 * gib, school.Head: 10 * gib, school.SchoolLife: 10 * gib,
			school.Administrative: 10 * gib, school.Librarian: 10 * gib, school.Health: 5 * gib, school.Technical: 5 * gib,
			school.Collectivity: 10 * gib, school.AcademyAgent: 10 * gib, school.Tutor: gib, school.Guest: 200 * mib,
		},
		Spaces:   map[Kind]int64{Class: 10 * gib, Group: 5 * gib, Common: 50 * gib, Box: 10 * gib},
		Whole:    500 * gib,
		File:     10 * gib,
		Versions: 20,
		Trash:    30 * 24 * time.Hour,
	}
}

// quota is what a space may weigh: what its row says, else what the settings say of its kind, or of the largest of the
// profiles that the owner has anywhere; for others, who know no more, what the owner was given last.
func (s Settings) quota(sp spaceRow, ref SpaceRef, a school.Actor) int64 {
	if sp.Quota != nil {
		return *sp.Quota
	}
	if ref.Kind != Personal {
		return s.Spaces[ref.Kind]
	}
	if ref.Owner != a.Person.UUID {
		return sp.Granted
	}
	var most int64
	for _, m := range a.Everywhere {
		most = max(most, s.Personal[m.Profile])
	}
	return most
}
