package feed

import (
	"time"

	"github.com/google/uuid"

	"elyco/internal/school"
)

// State is where a feed stands.
type State string

// The states of a feed.
const (
	Reading  State = "reading"
	Checked  State = "checked"  // may be applied
	Applying State = "applying" // some parts are, perhaps
	Applied  State = "applied"
	Refused  State = "refused" // could not be read; see Problem
	Dropped  State = "dropped" // a later feed took its place
)

// Feed is a feed that was read.
type Feed struct {
	ID         uuid.UUID
	Source     string
	Kind       Kind
	Day        time.Time
	Label      string
	Only       school.ScopeID
	State      State
	Problem    string // in French
	Partial    bool   // of a complete feed, what differs from the one before was compared
	Records    int64
	Author     school.PersonID
	StartedAt  time.Time
	CheckedAt  time.Time // zero: not yet
	AppliedAt  time.Time
	Parts      int // establishments
	PartsHeld  int // that wait for somebody's decision
	PartsReady int // that would be applied
	PartsDone  int
}

// PartState is where a feed stands in one establishment.
type PartState string

// The states of a part.
const (
	Unchanged   PartState = "unchanged"
	PartReady   PartState = "ready"
	PartHeld    PartState = "held"      // changes too much: somebody must say that it is right
	PartAgreed  PartState = "confirmed" // somebody said so
	PartApplied PartState = "applied"
)

// Reason says why a part is held.
type Reason string

// The reasons.
const (
	TooManyGone Reason = "gone"
	TooManyTies Reason = "ties"
)

// Part is what a feed changes in one establishment: people, unless the field says otherwise.
type Part struct {
	Feed  uuid.UUID
	Scope school.ScopeID
	Name  string
	UAI   string
	State PartState

	Source string
	Kind   Kind
	Day    time.Time
	Label  string

	Known       int // that the source has sent before
	Created     int
	Arrived     int // from another establishment
	Changed     int
	Moved       int // to another establishment
	Gone        int // missing from the feed
	Back        int
	Classes     int // classes and groups that are opened or get another level
	Placed      int // places in classes and groups, and lessons
	KnownTies   int
	Ties        int // ties of guardians that would be written
	ChangedTies int // of those, of pupils who were there before
	Duplicates  int
	Problems    int

	HeldFor   Reason
	Reason    string // why somebody said that it is right
	Author    school.PersonID
	CheckedAt time.Time
	AppliedAt time.Time
}

// Changes reports whether anything would be written.
func (p Part) Changes() bool {
	return p.Created+p.Arrived+p.Changed+p.Moved+p.Gone+p.Back+p.Classes+p.Placed+p.Ties > 0
}

// Limits are what a feed may change without somebody's word, and how long who is missing keeps the access.
type Limits struct {
	GonePercent int // of the people of an establishment
	TiesPercent int // of the ties of guardians, outside September
	GraceDays   int
	InCharge    bool // people in charge of a pupil without legal authority get an account, too
}

// judge says whether a part is held back. In September families change so much that their ties hold nothing back.
func (l Limits) judge(p Part, today time.Time) (PartState, Reason) {
	switch {
	case !p.Changes():
		return Unchanged, ""
	case beyond(p.Gone, p.Known, l.GonePercent):
		return PartHeld, TooManyGone
	case today.Month() != time.September && beyond(p.ChangedTies, p.KnownTies, l.TiesPercent):
		return PartHeld, TooManyTies
	}
	return PartReady, ""
}

func beyond(n, of, percent int) bool { return n > 0 && of > 0 && 100*n > percent*of }
