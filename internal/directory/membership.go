package directory

import (
	"slices"
	"time"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Membership ties a person to the space of the context.
type Membership struct {
	Person   school.PersonID
	Profile  school.Profile
	Function string // what the person does, in French: "Mathématiques", "CPE"
	Admin    bool
	Sections []string  // of a collectivity's agent: what the agent edits
	StartsOn time.Time // zero: today
	EndsOn   time.Time // zero: no end is known
}

// check refuses a membership that the space cannot have.
func (m Membership) check(kind tenant.Kind) error {
	wrong := fault.Fields{}
	if !slices.Contains(profilesOf(kind), m.Profile) {
		wrong.Add("profile", "Ce profil n’existe pas dans cet espace. Choisissez l’un de ceux que la page propose.")
	}
	if !m.EndsOn.IsZero() && m.EndsOn.Before(m.StartsOn) {
		wrong.Add("ends_on", "La date de fin précède la date de début. Corrigez l’une des deux.")
	}
	if len(m.Sections) > 0 && m.Profile != school.Collectivity {
		wrong.Add("sections", "Seuls les agents d’une collectivité ont des rubriques. Retirez-les.")
	}
	return wrong.OrNil()
}

// profilesOf lists the profiles that a space of a rank can have.
func profilesOf(kind tenant.Kind) []school.Profile {
	switch kind {
	case tenant.KindAcademy:
		return []school.Profile{school.AcademyAgent, school.Guest}
	case tenant.KindCollectivity:
		return []school.Profile{school.Collectivity, school.Guest}
	}
	return school.SchoolProfiles()
}

// moments lists when the passports concerned change: now, on the first day when it is to come, on the day after the
// last.
func (m Membership) moments(now time.Time) []time.Time {
	at := []time.Time{now}
	if m.StartsOn.After(now) {
		at = append(at, m.StartsOn)
	}
	if after := m.EndsOn.AddDate(0, 0, 1); !m.EndsOn.IsZero() && after.After(now) {
		at = append(at, after)
	}
	return at
}
