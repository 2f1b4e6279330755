package messages

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/school"
)

// Letter is a message as one who has a copy reads it.
type Letter struct {
	Line
	Thread     uuid.UUID
	Body       string
	HTML       string
	NoReply    bool
	Receipt    bool
	Official   bool // written by staff
	RecalledBy string
	RecalledAt time.Time
	Expected   int
	Reached    int
	Sending    bool
	Trashed    bool
	ChildID    uuid.UUID
	Addresses  []Address
	Files      []File
	Others     []Line // of the same thread, that the reader has as well, the oldest first
	Reported   string // how far the reader's own report is: open, kept, withdrawn; empty: none
	Opened     int    // how many recipients have opened it; for the author

	WrittenAt, SentAt, NotifyAt time.Time // with Line.At, at which it is visible to the reader, its four clocks
	Guardians                   string    // how the guardians of the pupils got a copy, when the reader may know
	UrgentReason                string    // for the author
	Later                       []Moment  // who does not see it yet; for the author
}

// answerable reports whether an answer to the author is possible.
func (l Letter) answerable() bool {
	return !l.NoReply && !l.Recalled && !l.Mine && l.AuthorID != uuid.Nil
}

// answers reports whether an answer to the letter may name a person: its author, and those whom it names openly.
func (l Letter) answers(who uuid.UUID) bool {
	if l.NoReply && !l.Mine {
		return false
	}
	if who == l.AuthorID {
		return true
	}
	for _, a := range l.Addresses {
		if a.Kind == Person && a.Field != Bcc && a.Who == who {
			return true
		}
	}
	return false
}

// Receipt is what one recipient did with a message.
type Receipt struct {
	Person uuid.UUID
	Name   string
	Field  Field
	ReadAt time.Time // zero: not opened
	About  []string  // the children through whom the person is meant

	VisibleAt time.Time
}

// Contact is somebody whom the actor may write to.
type Contact struct {
	ID       uuid.UUID
	Given    string
	Family   string
	Profiles []string
	Details  string // classes, or the children of a guardian
	Folded   string
}

// Name is how lists name the contact.
func (c Contact) Name() string { return strings.TrimSpace(c.Given + " " + c.Family) }

// Head is how many people of a profile the actor may write to.
type Head struct {
	Profile school.Profile
	People  int
}
