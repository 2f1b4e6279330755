package rights

import (
	"time"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
)

// State is what a space says of a line: a reach, "none", or "inherited" when it says nothing.
type State struct {
	Reach  string
	Closed bool
}

// Past is a change that was made.
type Past struct {
	ID           uuid.UUID
	Room, Action string
	Profile      school.Profile
	Number       int
	Before       State
	After        State
	Undoes       uuid.UUID // the nil id: it undoes nothing
	Author       string
	SetAt        time.Time
}

// standing is the last word of a space about a line.
type standing struct {
	ID     uuid.UUID
	Number int
	State
}

// mayFollow refuses a change that was prepared before somebody else made one.
func (s standing) mayFollow(number int) error {
	if s.Number != number {
		return fault.New(fault.Conflict, "Ce droit a été changé entre-temps. Revenez au tableau pour voir où il en est, puis recommencez.")
	}
	return nil
}
