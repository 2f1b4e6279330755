// Package notice tells people that something happened which they should know: in the portal, live; by e-mail, push, text
// message, voice and printed letter; at once or in a digest. It tells in the author's transaction, so that a notice is never
// lost and never told twice, and it takes each way once for a person, in one transaction with the line of the ledger that says
// so.
//
// An ordinary notice goes once on the ways that each person chose for its kind. What must reach its people has a ladder: it
// climbs from way to way until somebody acknowledges it, on the page, by a signed link, by the key of a telephone, or by hand.
package notice

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/school"
)

// Channel is a way on which a notice goes to a person.
type Channel string

// The ways. Page is the portal itself, which every notice takes.
const (
	Page   Channel = "page"
	Mail   Channel = "mail"
	Push   Channel = "push"
	Text   Channel = "text"
	Voice  Channel = "voice"
	Letter Channel = "letter"
)

// Digest stands among the ways that a person chose: the notice waits for the next digest.
const Digest Channel = "digest"

// Kind is what a room may tell. Name is the room's, a dot, and a word; Title the key of what people read where they choose
// how to hear of it.
type Kind struct {
	Name    string
	Title   string
	Default []Channel // the ways for those who chose nothing: Mail, Push, Digest
	Must    bool      // always with a ladder, which decides: there is nothing to choose
	Staff   bool      // told to those who work in a school, and to nobody else
}

// Notice is what is told once, to however many people.
type Notice struct {
	ID         uuid.UUID // told twice to a person, it is told once
	Kind       string
	Ref        uuid.UUID // the thing that it is about, when it can be opened
	Title      string    // 200 letters at the most; longer is cut
	Text       string    // a few sentences, 2 000 letters at the most; longer is cut
	Path       string    // where the thing is, in the space
	Author     school.PersonID
	AuthorName string
	WrittenAt  time.Time // zero: now
	SentAt     time.Time // zero: now
	Urgent     bool      // at once, whatever the hour
	Ladder     Ladder    // of what must be acknowledged
}

// To is one person whom a notice is for.
type To struct {
	Person     uuid.UUID
	Name       string      // for the ledger and for letters
	About      []uuid.UUID // the children through whom a guardian is meant
	AboutNames string      // their names, as a sentence lists them
	Staff      bool        // receives at the hours of those who work here
	VisibleAt  time.Time   // zero: worked out from the hours
	NotifyAt   time.Time
}

// Rung is one way of a ladder, and how long after the one before it is taken, in minutes.
type Rung struct {
	Channel Channel
	After   int
}

// Ladder is the ways that are taken one after the other until somebody acknowledges.
type Ladder []Rung

// Must reports whether an acknowledgement is asked for.
func (n Notice) Must() bool { return len(n.Ladder) > 0 }

func (n *Notice) tidy(now time.Time) {
	n.Title = cut(strings.Join(strings.Fields(n.Title), " "), 200)
	n.Text = cut(strings.TrimSpace(n.Text), 2000)
	if n.WrittenAt.IsZero() {
		n.WrittenAt = now
	}
	if n.SentAt.IsZero() {
		n.SentAt = now
	}
}

func cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}

// Outside lists the ways that leave the house, in the order in which pages show them.
func Outside() []Channel { return []Channel{Mail, Push, Text, Voice, Letter} }

func (l Ladder) parts() (channels []string, waits []int) {
	channels, waits = []string{}, []int{}
	for _, r := range l {
		channels, waits = append(channels, string(r.Channel)), append(waits, r.After)
	}
	return channels, waits
}

func ladderOf(channels []string, waits []int) (l Ladder) {
	for i, c := range channels {
		l = append(l, Rung{Channel(c), waits[i]})
	}
	return l
}

// ways are those that a person chose for a kind, or its default.
func (k Kind) ways(chosen []string, has bool) []Channel {
	if !has {
		return k.Default
	}
	var out []Channel
	for _, c := range []Channel{Mail, Push, Text, Digest} {
		if slices.Contains(chosen, string(c)) {
			out = append(out, c)
		}
	}
	return out
}
