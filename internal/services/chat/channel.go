package chat

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/hours"
	"elyco/internal/school"
	"elyco/internal/words"
)

const (
	maxTitle = 80
	maxAbout = 300
	allDays  = 127
	midnight = 24 * 60
)

// Target is the class or group that a channel is for.
type Target struct {
	Kind string // "class" or "group"
	ID   uuid.UUID
	Name string
}

// State is what was decided about a channel.
type State string

// The states.
const (
	Opened   State = "open"
	Closed   State = "closed"   // read only
	Archived State = "archived" // read only, and out of the list
)

// Channel is where a class or a group talks.
type Channel struct {
	ID         uuid.UUID
	Target     Target
	Title      string
	About      string
	Teachers   bool // all teachers of the class belong; else only the one who opened it
	Guardians  bool
	Days       int // narrow the hours of the space, as hours.Week keeps days
	Opens      int // minute of the day
	Closes     int
	Slow       int // seconds that a pupil waits between two messages
	State      State
	ClosesAt   time.Time // zero: at no date
	EndsOn     time.Time // the end of the school year
	Author     school.PersonID
	AuthorName string
	ByPupil    bool
	LastAt     time.Time
	Last       int // number of the last message
	Change     int
	Version    int
}

// Narrowed reports whether the opener narrowed the hours.
func (c Channel) Narrowed() bool { return c.Days != allDays || c.Opens > 0 || c.Closes < midnight }

// Week is when families may write: when both the space and the channel are open. ok is false when that is never.
func (c Channel) Week(space hours.Week) (w hours.Week, ok bool) {
	days, from, to := space.Mask(), space.From, space.To
	if space.Always() {
		days, from, to = allDays, 0, midnight
	}
	days, from, to = days&c.Days, max(from, c.Opens), min(to, c.Closes)
	return hours.FromMask(days, from, to), days != 0 && from < to
}

// Over says why nobody writes in the channel any more, or "".
func (c Channel) Over(now time.Time) string {
	switch {
	case c.State == Archived:
		return "Ce salon est archivé : on peut le lire, mais plus y écrire."
	case c.State == Closed:
		return "Ce salon est fermé : on peut le lire, mais pas y écrire."
	case !c.ClosesAt.IsZero() && !now.Before(c.ClosesAt):
		return "Ce salon est fermé depuis le " + words.DateTime(c.ClosesAt) + " : on peut le lire, mais plus y écrire."
	case !now.Before(c.EndsOn.AddDate(0, 0, 1)):
		return "L’année scolaire de ce salon est terminée : on peut le lire, mais plus y écrire."
	}
	return ""
}

// Rest says to families that the channel is closed at this hour and when it opens again, or "".
func (c Channel) Rest(space hours.Week, now time.Time) string {
	w, ok := c.Week(space)
	if !ok {
		return "Les horaires de ce salon et ceux de l’établissement ne se rencontrent pas : demandez à un enseignant de les changer."
	}
	next := w.Next(now)
	if next.Equal(now) {
		return ""
	}
	return "Ce salon est fermé à cette heure. Vous pourrez y écrire à partir du " + words.DateTime(next) + "."
}

// tidy puts the texts of a form in order.
func (c *Channel) tidy() {
	c.Title, c.About = strings.Join(strings.Fields(c.Title), " "), strings.TrimSpace(c.About)
}

// check names what is wrong with a channel that is about to be kept.
func (c Channel) check(space hours.Week, now time.Time) error {
	bad := fault.Fields{}
	switch n := utf8.RuneCountInString(c.Title); {
	case n == 0:
		bad.Add("title", "Donnez un nom au salon.")
	case n > maxTitle:
		bad.Add("title", "Ce nom est trop long : 80 caractères au plus.")
	}
	if utf8.RuneCountInString(c.About) > maxAbout {
		bad.Add("about", "Cette présentation est trop longue : 300 caractères au plus.")
	}
	if c.Days&allDays == 0 {
		bad.Add("days", "Choisissez au moins un jour.")
	}
	if c.Opens >= c.Closes {
		bad.Add("closes", "L’heure de fin doit venir après l’heure de début.")
	}
	if _, ok := c.Week(space); !ok && len(bad) == 0 {
		bad.Add("days", "À ces jours et à ces heures, l’établissement ne laisse pas les familles écrire. Choisissez-en d’autres.")
	}
	if c.Slow < 0 || c.Slow > 3600 {
		bad.Add("slow", "Choisissez une des attentes de la liste.")
	}
	if !c.ClosesAt.IsZero() && !c.ClosesAt.After(now) {
		bad.Add("until", "Choisissez une date de fermeture à venir.")
	}
	return bad.OrNil()
}

// Line is a channel in a list.
type Line struct {
	Channel
	Unread   int
	LastWho  string
	LastText string
	LastKind Kind
	Removed  bool // the last message was
}

// Member is somebody who belongs to a channel today.
type Member struct {
	ID       uuid.UUID
	Given    string
	Family   string
	Profiles []string
	Here     bool
	Until    time.Time // silent until then; zero: not silent
	Why      string
}

// Name is how lists show a member.
func (m Member) Name() string { return strings.TrimSpace(m.Given + " " + m.Family) }

// Pupil reports whether the member belongs as a pupil.
func (m Member) Pupil() bool { return slices.Contains(m.Profiles, string(school.Pupil)) }

// OfFamilies reports whether the member belongs as a pupil or a guardian.
func (m Member) OfFamilies() bool {
	return m.Pupil() || slices.Contains(m.Profiles, string(school.Guardian))
}
