package mustread

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/fault"
	"elyco/internal/notice"
)

const (
	maxTitle  = 120
	maxBody   = 1500
	maxReason = 300
	nearest   = 10 * time.Minute // the goal lies at least so far away
	furthest  = 60 * 24 * time.Hour
)

// State is where a message stands.
type State string

// The states. A message that is telling is still being handed to its people, some hundreds at a time.
const (
	Draft   State = "draft"
	Telling State = "telling"
	Told    State = "told"
	Stopped State = "stopped"
)

// Message is what must reach its people.
type Message struct {
	ID         uuid.UUID
	Title      string
	Body       string
	Audience   audience.Audience
	Whom       string // the audience in words
	GoalAt     time.Time
	Ways       []notice.Channel // that may be taken beside the portal and e-mail
	Urgent     bool
	Reason     string // why it cannot wait for the hours of those who receive it
	Author     uuid.UUID
	AuthorName string
	WrittenAt  time.Time
	SentAt     time.Time
	State      State
	Expected   int
	Told       int
	Batches    int
	After      uuid.UUID
	Ladder     notice.Ladder
}

// Further are the ways that an author may allow, in the order in which they are climbed.
func Further() []notice.Channel { return []notice.Channel{notice.Text, notice.Voice, notice.Letter} }

func (m *Message) tidy() {
	m.Title, m.Body, m.Reason = strings.Join(strings.Fields(m.Title), " "), strings.TrimSpace(m.Body), strings.TrimSpace(m.Reason)
	var ways []notice.Channel
	for _, w := range Further() {
		if slices.Contains(m.Ways, w) {
			ways = append(ways, w)
		}
	}
	m.Ways = ways
	if !m.Urgent {
		m.Reason = ""
	}
}

// check says, by field, what keeps the message from being sent at an instant.
func (m Message) check(now time.Time) error {
	bad := fault.Fields{}
	if n := utf8.RuneCountInString(m.Title); n == 0 || n > maxTitle {
		bad.Add("title", "Écrivez un titre de 120 caractères au plus : c’est ce que dira le SMS.")
	}
	if n := utf8.RuneCountInString(m.Body); n == 0 || n > maxBody {
		bad.Add("body", "Écrivez le message, en 1 500 caractères au plus.")
	}
	switch {
	case m.GoalAt.IsZero() || m.GoalAt.Before(now.Add(nearest)):
		bad.Add("goal", "Choisissez un moment à venir, dans dix minutes au plus tôt.")
	case m.GoalAt.After(now.Add(furthest)):
		bad.Add("goal", "Choisissez un moment dans les deux mois.")
	}
	if n := utf8.RuneCountInString(m.Reason); m.Urgent && (n == 0 || n > maxReason) {
		bad.Add("reason", "Dites en une phrase pourquoi ce message ne peut pas attendre.")
	}
	if m.Audience.Empty() {
		bad.Add(audience.Field, "Choisissez à qui ce message doit parvenir.")
	}
	return bad.OrNil()
}

// plan spreads the ways over the time until the goal: the portal and e-mail at once, a text message in the first third, a call
// in the second, a letter early enough to be printed.
func plan(ways []notice.Channel, left time.Duration) notice.Ladder {
	l := notice.Ladder{{Channel: notice.Page}, {Channel: notice.Mail}, {Channel: notice.Push}}
	shares := map[notice.Channel]float64{notice.Text: 0.2, notice.Voice: 0.3, notice.Letter: 0.25}
	for _, w := range Further() {
		if slices.Contains(ways, w) {
			l = append(l, notice.Rung{Channel: w, After: max(1, int(shares[w]*left.Minutes()))})
		}
	}
	return l
}

// percent is how much of a whole a part is, rounded down so that all is only said of all.
func percent(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return 100 * part / whole
}
