package school

// Profile is what a person is in one establishment; policies are written for profiles, never for persons.
type Profile string

// The profiles of the national framework (SDET), in the words of the house.
const (
	Pupil          Profile = "pupil"
	Guardian       Profile = "guardian"
	Teacher        Profile = "teacher"
	Head           Profile = "head"
	SchoolLife     Profile = "school_life"
	Administrative Profile = "administrative"
	Technical      Profile = "technical"
	Health         Profile = "health"
	Librarian      Profile = "librarian"
	Collectivity   Profile = "collectivity_agent"
	AcademyAgent   Profile = "academy_agent"
	Tutor          Profile = "tutor"
	Guest          Profile = "guest"
)

// Administrator is no profile of its own: it is a delegation that a member holds beside the profile, and policies
// may name it as a subject.
const Administrator Profile = "administrator"

// Someone is any signed-in person, whatever the memberships; Anyone needs no sign-in.
const (
	Someone Profile = "someone"
	Anyone  Profile = "anyone"
)

// Profiles lists the profiles that a membership may have, in the order in which pages show them.
func Profiles() []Profile {
	return []Profile{Pupil, Guardian, Teacher, Head, SchoolLife, Administrative, Technical, Health, Librarian,
		Collectivity, AcademyAgent, Tutor, Guest}
}

// SchoolProfiles lists the profiles that the members of an establishment may have.
func SchoolProfiles() []Profile {
	return []Profile{Pupil, Guardian, Teacher, Head, SchoolLife, Administrative, Technical, Health, Librarian, Tutor, Guest}
}

// Subjects lists all that a policy line may name.
func Subjects() []Profile { return append(Profiles(), Administrator, Someone, Anyone) }

// Valid reports whether p is a profile that a membership may have.
func (p Profile) Valid() bool {
	for _, q := range Profiles() {
		if p == q {
			return true
		}
	}
	return false
}

// Adult reports whether the profile is held by staff or agents, who work in the space rather than learn in it.
func (p Profile) Adult() bool {
	switch p {
	case Pupil, Guardian, Guest, Tutor:
		return false
	}
	return true
}
