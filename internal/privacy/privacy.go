// Package privacy holds what each room declares about the personal data that it keeps, and what follows from the
// declarations: what is held about somebody, the journal of who looked, the nightly clocks, the erasure of a person, and
// the register of processing.
package privacy

import (
	"context"
	"errors"
	"fmt"

	"elyco/internal/db"
	"elyco/internal/school"
)

// Batch is how many rows one call of a Purge may remove at the most. A room that has more is called again.
const Batch = 5000

// Record is a room's entry in the register. A room that holds nothing personal says why in Nothing.
type Record struct {
	Nothing   string // why there is nothing to declare, in English
	Purpose   string // key of the sentence that people read
	Ground    string // key: public task, legal duty, consent
	Retention string // key of the sentence
	Data      string // key of the sentence that says which data, of whom; "" where Purpose says it
	Tables    []Table

	// Export returns what the room holds about a person in the scope of tx, as values that encode to JSON. Nobody else is
	// named in them.
	Export func(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error)
	// Erase removes or severs what the room holds about a person in the scope of tx. Erasing twice is erasing once.
	Erase func(ctx context.Context, tx db.Tx, who school.PersonID) error
	// Purge removes what is older than the room promises, at the transaction's clock; it returns how many rows went. It is
	// called again as long as that is Batch or more.
	Purge func(ctx context.Context, tx db.Tx) (int, error)
}

// Table is a table of the room, with the columns that point at a person.
type Table struct {
	Name    string
	Persons []string
	Holds   string // key of the sentence that counts the rows that name somebody; "": they are counted as others are
	Where   string // SQL that narrows a table which several rooms share to the rows of this one
}

// Holding is a record with the name and the title of the room that made it, or of the part of the house.
type Holding struct {
	Name  string
	Title string // key
	Record

	Identity bool // other rooms' rows lead to its own: it is erased last
}

// Validate refuses a record that misses a part.
func (r Record) Validate() error {
	if r.Nothing != "" {
		if r.Export != nil || r.Purpose != "" {
			return errors.New("privacy: nothing is declared, and something as well")
		}
		return nil
	}
	if r.Purpose == "" || r.Ground == "" || r.Retention == "" || len(r.Tables) == 0 {
		return errors.New("privacy: purpose, ground, retention and tables are needed")
	}
	if r.Export == nil || r.Erase == nil || r.Purge == nil {
		return errors.New("privacy: export, erase and purge are needed")
	}
	for _, t := range r.Tables {
		if t.Name == "" {
			return fmt.Errorf("privacy: a table without a name")
		}
		if t.Holds != "" && len(t.Persons) == 0 {
			return fmt.Errorf("privacy: %s counts rows that name nobody", t.Name)
		}
	}
	return nil
}
