package oversight

import (
	"time"

	"github.com/google/uuid"

	"elyco/internal/school"
	"elyco/internal/setting"
)

// CopyState is how far a copy has come.
type CopyState string

// The states of a copy.
const (
	CopyPlanned CopyState = "planned" // shown, agreed by nobody
	CopyWaiting CopyState = "waiting" // agreed, under way
	CopyDone    CopyState = "done"
	CopyUndoing CopyState = "undoing"
	CopyUndone  CopyState = "undone"
)

// CopyLine is what copying does to one setting of one establishment: what held there when the copy was shown, with what
// the way back needs, and what came of it.
type CopyLine struct {
	Space   school.ScopeID `json:"s"`
	Name    string         `json:"n"`
	Before  setting.Value  `json:"b"`
	After   setting.Value  `json:"a"`
	Own     bool           `json:"o,omitempty"` // the establishment had decided itself
	Locks   bool           `json:"l,omitempty"`
	Version int            `json:"v,omitempty"`
	Refused string         `json:"r,omitempty"`
	Done    bool           `json:"d,omitempty"`
	Kept    string         `json:"k,omitempty"` // why it was not taken back
}

// Copy is a copy of settings from one establishment to others.
type Copy struct {
	ID         uuid.UUID
	Source     school.ScopeID
	Lines      []CopyLine // those that change something, or are refused
	State      CopyState
	Handled    int // establishments
	Author     school.PersonID
	AuthorName string
	CreatedAt  time.Time
}

// Spaces lists the establishments of the copy, each once, in the order of the lines.
func (c Copy) Spaces() []school.ScopeID {
	var list []school.ScopeID
	for _, l := range c.Lines {
		if len(list) == 0 || list[len(list)-1] != l.Space {
			list = append(list, l.Space)
		}
	}
	return list
}

// Changes counts the lines that change something; of a copy that is done, those that have.
func (c Copy) Changes() int {
	n := 0
	for _, l := range c.Lines {
		if l.Refused == "" {
			n++
		}
	}
	return n
}
