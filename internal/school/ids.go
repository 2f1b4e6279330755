// Package school holds the words that every room shares: ids, profiles, the person who acts. Values only, no I/O.
package school

import (
	"fmt"

	"github.com/google/uuid"
)

// ScopeID numbers a space of the territory: the academy, a collectivity or an establishment. It is what row
// security compares; people see hosts and UAI codes instead.
type ScopeID int64

// Academy is the scope of what belongs to the whole academy: accounts, sessions, passports.
const Academy ScopeID = 1

// PersonID identifies a person for life, in every establishment.
type PersonID struct{ uuid.UUID }

// ClassID identifies a class of one school year.
type ClassID struct{ uuid.UUID }

// GroupID identifies a teaching group.
type GroupID struct{ uuid.UUID }

// NewID returns a fresh time-ordered identifier (UUIDv7). A form carries the id of what it will create, so that
// sending it twice creates one thing.
func NewID() uuid.UUID {
	id, err := uuid.NewV7()
	if err != nil {
		panic(fmt.Sprintf("read random bytes: %v", err))
	}
	return id
}
