package chat

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/words"
)

const (
	maxBody   = 2000
	maxReason = 300
	maxNote   = 1000
	regret    = 10 * time.Minute // within which authors change what they said
)

// Kind is what a line of a channel is.
type Kind string

// The kinds: what somebody said, and what happened.
const (
	Said      Kind = "said"
	WasOpened Kind = "opened"
	WasClosed Kind = "closed"
	Reopened  Kind = "reopened"
	Visited   Kind = "visited"
)

// Message is one line of a channel.
type Message struct {
	Channel   uuid.UUID
	Number    int
	ID        uuid.UUID
	Kind      Kind
	Person    school.PersonID
	Name      string
	Profile   school.Profile
	Body      string
	Reply     int // number of the message that it answers; zero: none
	ReplyName string
	ReplyBody string // empty when that message was removed
	At        time.Time
	Edited    time.Time // zero: never
	Removed   time.Time // zero: not
	RemovedBy string
	Reason    string
	Change    int
}

// Gone reports whether the text is no longer shown.
func (m Message) Gone() bool { return !m.Removed.IsZero() }

// Regrettable reports whether somebody may still change or remove the message as its author.
func (m Message) Regrettable(who school.PersonID, now time.Time) bool {
	return m.Kind == Said && m.Person == who && who.UUID != uuid.Nil && !m.Gone() && now.Before(m.At.Add(regret))
}

// Reportable reports whether somebody may say that something is wrong with the message.
func (m Message) Reportable(who school.PersonID) bool {
	return m.Kind == Said && m.Person != who && !m.Gone()
}

// checkBody puts a text in order, or names what is wrong with it.
func checkBody(text string) (string, error) {
	text = strings.TrimSpace(text)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return "", fault.Field("body", "Écrivez votre message.")
	case n > maxBody:
		return "", fault.Field("body", "Ce message est trop long : 2 000 caractères au plus.")
	}
	return text, nil
}

// checkReason holds moderators to saying why.
func checkReason(text string) (string, error) {
	text = strings.TrimSpace(text)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return "", fault.Field("reason", "Écrivez pourquoi.")
	case n > maxReason:
		return "", fault.Field("reason", "Le motif compte 300 caractères au plus.")
	}
	return text, nil
}

// haste says why a pupil must wait: recent is how many messages the pupil sent in a minute, last when the last one of the
// channel was.
func haste(c Channel, recent, pace int, last, now time.Time) error {
	if recent >= pace {
		return fault.Field("body", "Vous écrivez trop vite : attendez une minute, puis envoyez votre message.")
	}
	if next := last.Add(time.Duration(c.Slow) * time.Second); c.Slow > 0 && !last.IsZero() && now.Before(next) {
		return fault.Field("body", "Dans ce salon, on attend un peu entre deux messages. Vous pourrez écrire à "+words.Clock(next.Add(59*time.Second))+".")
	}
	return nil
}

// silent says until when somebody may not write.
func silent(until, now time.Time) string {
	if until.IsZero() || !now.Before(until) {
		return ""
	}
	return "Un modérateur vous a retiré la parole jusqu’au " + words.DateTime(until) + ". Vous pouvez continuer à lire."
}

// Piece is a part of a text: words, or an address that can be followed.
type Piece struct {
	Text string
	URL  string
}

var address = regexp.MustCompile(`https?://[^\s<>"«»]+`)

// pieces cuts a text into words and addresses. An address is one of the web, without a name or a password before its host.
func pieces(text string) (list []Piece) {
	for len(text) > 0 {
		at := address.FindStringIndex(text)
		if at == nil {
			return append(list, Piece{Text: text})
		}
		end := at[0] + len(strings.TrimRight(text[at[0]:at[1]], ".,;:!?)]}'’…"))
		if at[0] > 0 {
			list = append(list, Piece{Text: text[:at[0]]})
		}
		p := Piece{Text: text[at[0]:end]}
		if u, err := url.Parse(p.Text); err == nil && u.Host != "" && u.User == nil {
			p.URL = u.String()
		}
		list, text = append(list, p), text[end:]
	}
	return list
}

// opening is how a text begins, on one line.
func opening(text string, most int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most-1]) + "…"
}

// Report is what somebody says is wrong with a message.
type Report struct {
	ID      uuid.UUID
	Channel uuid.UUID
	Title   string // of the channel
	Number  int
	Message uuid.UUID
	Reason  string
	Note    string
	Body    string
	At      time.Time
	By      string
	Author  string
}

func reasons() []string { return []string{"insult", "threat", "harassment", "private", "other"} }

func (p Report) check() error {
	bad := fault.Fields{}
	if !slices.Contains(reasons(), p.Reason) {
		bad.Add("reason", "Choisissez ce qui ne va pas.")
	}
	if utf8.RuneCountInString(p.Note) > maxNote {
		bad.Add("note", "L’explication compte 1 000 caractères au plus.")
	}
	return bad.OrNil()
}

// silences are the minutes for which moderators may silence somebody.
func silences() []int { return []int{15, 60, 24 * 60, 7 * 24 * 60} }

// slows are the seconds that pupils may be made to wait.
func slows() []int { return []int{0, 10, 30, 60, 300} }
