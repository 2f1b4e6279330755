package mail

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
)

// The states of a message.
const (
	stateSent   = "sent"
	stateKept   = "kept"
	stateFailed = "failed"
)

// Sent is one message, as a page shows it. State is waiting, sending, sent, kept (by the simulator) or failed.
type Sent struct {
	ID        uuid.UUID  `bun:"id"`
	Kind      string     `bun:"kind"`
	Channel   string     `bun:"channel"` // mail or text
	Subject   string     `bun:"subject"`
	Name      string     `bun:"name"`
	Address   string     `bun:"address"`
	State     string     `bun:"state"`
	Attempt   int        `bun:"attempt"`
	CreatedAt time.Time  `bun:"created_at"`
	EndedAt   *time.Time `bun:"ended_at"`
	Error     string     `bun:"error"`    // what the server answered last
	Readable  bool       `bun:"readable"` // its text is still there
}

// List gives the latest messages of the scope of tx, those before a given one; failed leaves only those that were given up.
func List(ctx context.Context, tx db.Tx, before uuid.UUID, failed bool, limit int) ([]Sent, error) {
	return selectSent(ctx, tx, before, failed, limit)
}

// Open gives the text of a message of the scope of tx: both are empty once it is sent, unless the simulator sent it. An
// unknown one is NotFound.
func Open(ctx context.Context, tx db.Tx, id uuid.UUID) (s Sent, text, html string, err error) {
	s, text, html, err = selectText(ctx, tx, id)
	if db.NoRows(err) {
		err = fault.Missing()
	}
	return s, text, html, err
}
