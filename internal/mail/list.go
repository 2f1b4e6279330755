package mail

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
)

// The states of a message, as far as the house knows.
const (
	stateWaiting = "waiting"
	stateSending = "sending"
	stateSent    = "sent"
	stateKept    = "kept"
	stateFailed  = "failed"
)

// States lists what a message may be, on its way from being written to being confirmed.
func States() []string {
	return []string{stateWaiting, stateSending, stateSent, stateKept, Failed, Delivered, Answered, Acknowledged}
}

// Sent is one message, as a page shows it.
type Sent struct {
	ID             uuid.UUID  `bun:"id"`
	Kind           string     `bun:"kind"`
	Channel        string     `bun:"channel"` // one of Channels
	Site           string     `bun:"site"`
	Subject        string     `bun:"subject"`
	Path           string     `bun:"path"` // page that a notification opens
	Name           string     `bun:"name"`
	Address        string     `bun:"address"`
	State          string     `bun:"state"` // one of States
	Kept           bool       `bun:"kept"`  // by a simulator
	Attempt        int        `bun:"attempt"`
	CreatedAt      time.Time  `bun:"created_at"`
	EndedAt        *time.Time `bun:"ended_at"`
	DeliveredAt    *time.Time `bun:"delivered_at"`
	AnsweredAt     *time.Time `bun:"answered_at"`
	AcknowledgedAt *time.Time `bun:"acknowledged_at"`
	Payer          string     `bun:"payer"`
	Cost           MicroEuros `bun:"cost"`
	Error          string     `bun:"error"`    // what was answered last
	Readable       bool       `bun:"readable"` // its text is still there
}

// Filter narrows a list of messages. Its zero value is all of them.
type Filter struct {
	Before  uuid.UUID // those written before this one
	Channel string
	State   string
	From    time.Time // written at this instant or later
	To      time.Time // and before this one
}

// List gives the latest messages of the scope of tx, the newest first.
func List(ctx context.Context, tx db.Tx, f Filter, limit int) ([]Sent, error) {
	if f.Channel != "" && !slices.Contains(Channels(), f.Channel) || f.State != "" && !slices.Contains(States(), f.State) {
		return nil, nil
	}
	return selectSent(ctx, tx, f, limit)
}

// Open gives the text of a message of the scope of tx as its recipient gets it: both are empty once it is sent, unless a
// simulator sent it. An unknown one is NotFound.
func Open(ctx context.Context, tx db.Tx, id uuid.UUID) (s Sent, text, html string, err error) {
	s, m, err := selectText(ctx, tx, id)
	if db.NoRows(err) {
		err = fault.Missing()
	}
	return s, m.Text, m.HTML, err
}
