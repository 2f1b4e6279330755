package messages

import (
	"regexp"
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
)

// Sign is something unusual about an outgoing message.
type Sign string

// The signs.
const (
	NewDevice Sign = "device" // the account has not known the device for long
	Many      Sign = "many"   // many recipients
	Burst     Sign = "burst"  // many messages in an hour
	Link      Sign = "link"   // an address of the web
	OddHour   Sign = "hour"   // outside the hours of families
	Refused   Sign = "again"  // it was refused before
)

// weight is how much each sign counts. One who has a new telephone, or writes late, is not held; both together with a link,
// or a new device and many recipients, are.
func (s Sign) weight() int {
	switch s {
	case NewDevice, Many, Burst:
		return 2
	case Refused:
		return 100
	}
	return 1
}

// outgoing is what the signs are looked for in.
type outgoing struct {
	device  device
	people  int
	recent  int // messages of the author in the last hour, with this one
	text    string
	open    bool // the hours of families
	refused bool
}

// caution is where a space draws the lines.
type caution struct {
	young  time.Duration // a device is new
	people int
	burst  int
	points int // that the signs must weigh together
}

var linkShape = regexp.MustCompile(`(?i)\b(https?://|www\.)\S|\b[a-z0-9-]+\.(com|net|org|info|io|ru|xyz|top|link|site|online|click|me|ly)\b`)

// signs lists what is unusual, the heaviest first.
func (o outgoing) signs(c caution, now time.Time) (list []Sign) {
	add := func(s Sign, there bool) {
		if there {
			list = append(list, s)
		}
	}
	add(Refused, o.refused)
	add(NewDevice, !o.device.since.IsZero() && now.Sub(o.device.since) < c.young)
	add(Many, o.people >= c.people)
	add(Burst, o.recent >= c.burst)
	add(Link, linkShape.MatchString(o.text))
	add(OddHour, !o.open)
	return list
}

// heavy reports whether signs add up to what a moderator should read first.
func heavy(list []Sign, c caution) bool {
	sum := 0
	for _, s := range list {
		sum += s.weight()
	}
	return sum >= c.points
}

// Hold is a message that waits for a moderator.
type Hold struct {
	ID       uuid.UUID
	Message  uuid.UUID
	AuthorID uuid.UUID
	Author   string
	Profile  school.Profile
	Device   string
	Signs    []string
	People   int
	Subject  string
	Body     string
	Whom     string
	At       time.Time
	SendAt   time.Time // when it was to leave; zero: at once
}

const longestNote = 500

func checkNote(field, note string) error {
	if n := len([]rune(note)); n < shortestReason || n > longestNote {
		return fault.Field(field, "Donnez une raison, en 500 signes au plus.")
	}
	return nil
}

// Moderator is one who may read what is held and what is reported.
type Moderator struct {
	Person  uuid.UUID      `bun:"person_id" db:"person_id"`
	Name    string         `bun:"name" db:"name"`
	Profile school.Profile `bun:"profile" db:"profile"`
	Named   bool           `bun:"named" db:"named"` // the school wants this one told first
}

// first are those whom the school named, or all when it named nobody.
func first(list []Moderator) []Moderator {
	named := slices.DeleteFunc(slices.Clone(list), func(m Moderator) bool { return !m.Named })
	if len(named) == 0 {
		return list
	}
	return named
}

// Stop keeps pupils or guardians from sending, in a space and those below it.
type Stop struct {
	ID         uuid.UUID
	Space      school.ScopeID
	Categories []string
	Reason     string
	By         school.PersonID
	At         time.Time
	Until      time.Time // zero: until somebody ends it
	EndedAt    time.Time
}

// stoppable are the kinds of authors whose sending can be stopped: what the school says to families goes on.
func stoppable() []string { return []string{"pupil", "guardian"} }

func (s Stop) check(now time.Time) error {
	bad := fault.Fields{}
	if len(s.Categories) == 0 || slices.ContainsFunc(s.Categories, func(c string) bool { return !slices.Contains(stoppable(), c) }) {
		bad.Add("categories", "Choisissez qui ne peut plus envoyer.")
	}
	if n := len([]rune(s.Reason)); n < shortestReason || n > longestNote {
		bad.Add("reason", "Dites pourquoi, en 500 signes au plus. Les personnes concernées le liront.")
	}
	if !s.Until.IsZero() && !s.Until.After(now) {
		bad.Add("until", "Choisissez un jour et une heure à venir, ou laissez vide.")
	}
	return bad.OrNil()
}

// covers reports whether the stop is about a kind of author.
func (s Stop) covers(kind string) bool { return slices.Contains(s.Categories, kind) }

// Span is a time in which an account sent what is looked at.
type Span struct{ From, To time.Time }

// check refuses a span that is none, or longer than a month.
func (s Span) check() error {
	if !s.From.Before(s.To) || s.To.Sub(s.From) > 31*24*time.Hour {
		return fault.Field("from", "Choisissez un début et une fin, d’un mois d’écart au plus.")
	}
	return nil
}

// Deed is a message of an account that is looked at.
type Deed struct {
	ID         uuid.UUID
	At         time.Time
	Subject    string
	Whom       string
	Reached    int
	Opened     int
	RecalledAt time.Time
}

// Opener is one who had opened a message of an account that is looked at.
type Opener struct {
	Message uuid.UUID
	Subject string
	Person  uuid.UUID
	Name    string
	Profile string
	ReadAt  time.Time
}

// Sweep withdraws all that an account sent in a span.
type Sweep struct {
	ID      uuid.UUID
	Person  school.PersonID
	Name    string
	Span    Span
	Reason  string
	At      time.Time
	Total   int
	Done    int
	EndedAt time.Time
}

// Noise is how many messages people of the families' side received in the last seven days.
type Noise struct {
	People  int
	Average float64
	Most    int
}

// Twin is a recent message that says nearly the same to some of the same people.
type Twin struct {
	ID      uuid.UUID
	Subject string
	Author  string
	At      time.Time
	Shared  int  // recipients in common
	Mine    bool // the actor has it, and can open it
}
