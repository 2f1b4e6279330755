package notice

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/live"
	"elyco/internal/mail"
)

// Progress is how far a notice has come.
type Progress struct {
	ID           uuid.UUID
	People       int
	Acknowledged int
	Read         int
	Climbing     int // for whom a way is still to come
	Exhausted    int // every way was taken, and nobody has acknowledged
	NextAt       time.Time
	EndedAt      time.Time
	Urgent       bool
	SentAt       time.Time
	Ladder       Ladder
	By           map[string]int  // acknowledgements by the way that brought them
	Ways         map[Channel]Way // what was taken
}

// Way sums what was taken on one way.
type Way struct {
	Taken, NoAddress, Closed, Waiting, Failed int
	Payer                                     string
	Cost                                      mail.MicroEuros // as providers said so far
}

// ProgressOf reads how far a notice of the space has come; found is false for one that is not there.
func ProgressOf(ctx context.Context, tx db.Tx, id uuid.UUID) (p Progress, found bool, err error) {
	p, found, err = selectProgress(ctx, tx, id)
	if err != nil {
		return p, false, fmt.Errorf("read how far notice %s has come: %w", id, err)
	}
	return p, found, nil
}

// Attempt is one line of the ledger: a way that was taken for a person, and what became of it.
type Attempt struct {
	Channel  Channel   `json:"channel"`
	At       time.Time `json:"at"`
	Outcome  string    `json:"outcome"`
	Payer    string    `json:"payer"`
	Delivery string    `json:"delivery"` // state of what left the house; empty for what did not
	Error    string    `json:"error"`    // of the server that refused it
}

// Reached is one person of the ledger.
type Reached struct {
	Person         uuid.UUID
	Name           string
	AboutNames     string
	VisibleAt      time.Time
	ReadAt         time.Time
	AcknowledgedAt time.Time
	AcknowledgedBy string
	NextAt         time.Time
	Attempts       []Attempt
}

// Left reports whether the person is still to be reached.
func (r Reached) Left() bool { return r.AcknowledgedAt.IsZero() }

// LedgerPage says which part of a ledger is wanted: those who are left, or all, by name, after a person.
type LedgerPage struct {
	Left      bool
	AfterName string
	After     uuid.UUID
	Limit     int
}

// Ledger reads who was told what, when and how.
func Ledger(ctx context.Context, tx db.Tx, id uuid.UUID, page LedgerPage) ([]Reached, error) {
	list, err := selectLedger(ctx, tx, id, page)
	if err != nil {
		return nil, fmt.Errorf("read the ledger of notice %s: %w", id, err)
	}
	return list, nil
}

func readAttempts(raw []byte) (list []Attempt, err error) {
	if len(raw) == 0 {
		return nil, nil
	}
	return list, json.Unmarshal(raw, &list)
}

// Hasten takes the next way now for everybody who is left; it returns for how many.
func (h *Herald) Hasten(ctx context.Context, tx db.Tx, id uuid.UUID) (int, error) {
	n, err := hasten(ctx, tx, id)
	if err != nil {
		return 0, fmt.Errorf("hasten notice %s: %w", id, err)
	}
	if n == 0 {
		return 0, nil
	}
	return n, h.climbAt(ctx, tx, tx.Now())
}

// End stops a ladder where it stands: what was not handed over or printed yet is not. What was told stays told, and may still be
// acknowledged.
func (h *Herald) End(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	people, err := end(ctx, tx, id)
	if err != nil {
		return fmt.Errorf("end notice %s: %w", id, err)
	}
	if err := giveUp(ctx, tx, id, uuid.Nil); err != nil {
		return err
	}
	return live.Tell(ctx, tx, live.Event{Room: room, Ref: id}, people...)
}

// Told reports whether a notice was told to a person.
func Told(ctx context.Context, tx db.Tx, id, person uuid.UUID) (there bool, err error) {
	err = tx.NewRaw(`select exists (select from notice_person where notice_id = ? and person_id = ?)`, id, person).Scan(ctx, &there)
	return there, err
}

// Printed notes that the letters of a notice which waited for it were printed, and returns for whom.
func Printed(ctx context.Context, tx db.Tx, id uuid.UUID) ([]uuid.UUID, error) {
	people, err := markPrinted(ctx, tx, id)
	if err != nil {
		return nil, fmt.Errorf("note that the letters of %s are printed: %w", id, err)
	}
	return people, nil
}
