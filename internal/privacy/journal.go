package privacy

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/readonly"
	"elyco/internal/school"
)

// Look is somebody of the staff who was shown data of people. What names the place and has a sentence, "people.looked.sheet";
// Title says more where there are several such things, a document's name for example, and names nobody.
type Look struct {
	Reader school.Actor
	Whom   []school.PersonID
	What   string
	Title  string
}

// maxLook bounds whom one look concerns: a whole school's list.
const maxLook = 5000

// Looked adds a look to the journal in the scope and transaction of tx. The same look within one hour is kept once. Those
// who look at themselves, families and pupils leave no trace: the journal is about the people who work with data.
func Looked(ctx context.Context, tx db.Tx, l Look) error {
	as, noted := l.as()
	if !noted {
		return nil
	}
	ids, whom := make([]uuid.UUID, 0, len(l.Whom)), make([]uuid.UUID, 0, len(l.Whom))
	for _, p := range l.Whom[:min(len(l.Whom), maxLook)] {
		if p == l.Reader.Person {
			continue
		}
		ids, whom = append(ids, l.id(p, as, tx.Now())), append(whom, p.UUID)
	}
	if len(ids) == 0 {
		return nil
	}
	if err := insertLooks(ctx, tx, l, as, ids, whom); err != nil {
		return fmt.Errorf("note who looked: %w", err)
	}
	return nil
}

// noteTimeout bounds how long a page waits until it is noted who is shown it.
const noteTimeout = 10 * time.Second

// Noted adds a look in a transaction of its own, in the scope of ctx. A context that only looks keeps nothing; the journal is
// kept all the same, because what it tells of was shown.
func Noted(ctx context.Context, d *db.DB, l Look) error {
	if _, noted := l.as(); !noted {
		return nil
	}
	if readonly.Is(ctx) {
		scope, err := db.ScopeOf(ctx)
		if err != nil {
			return err
		}
		fresh, cancel := context.WithTimeout(db.WithScope(context.Background(), scope), noteTimeout)
		defer cancel()
		ctx = fresh
	}
	return d.Write(ctx, func(ctx context.Context, tx db.Tx) error { return Looked(ctx, tx, l) })
}

// as says in which role the reader looks here, and whether that is noted.
func (l Look) as() (school.Profile, bool) {
	administrator := false
	for _, m := range l.Reader.Here {
		if m.Profile.Adult() {
			return m.Profile, true
		}
		administrator = administrator || m.Admin
	}
	return school.Administrator, administrator
}

// id is the same for the same look within an hour.
func (l Look) id(whom school.PersonID, as school.Profile, now time.Time) uuid.UUID {
	hour := now.UTC().Format("2006-01-02T15")
	return uuid.NewSHA1(whom.UUID, []byte(strings.Join([]string{l.Reader.Person.String(), string(as), l.What, l.Title, hour}, "\x00")))
}

// Entry is one line of the journal.
type Entry struct {
	ID     uuid.UUID
	At     time.Time
	Reader string // "" once the reader is forgotten
	As     school.Profile
	What   string
	Title  string
}

// Entries are lines of the journal, the newest first; More says that there are others, older ones.
type Entries struct {
	List []Entry
	More bool
}

// JournalFilter says which lines are wanted: those from From on and before To, Limit at the most.
type JournalFilter struct {
	From, To time.Time
	Limit    int
}

// QueueJournal queues who looked at a person in the batch's space.
func QueueJournal(b *db.Batch, who school.PersonID, f JournalFilter) func() Entries {
	var found []Entry
	queueEntries(b, &found, who, f.From, f.To, f.Limit+1)
	return func() Entries {
		return Entries{List: found[:min(len(found), f.Limit)], More: len(found) > f.Limit}
	}
}
