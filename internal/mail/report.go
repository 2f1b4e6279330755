package mail

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
)

// What became of a message at its other end, each further than the one before. A failure that is followed by a sign of life
// was none.
const (
	Failed       = "failed"
	Delivered    = "delivered"
	Answered     = "answered"     // somebody took the call, or wrote back
	Acknowledged = "acknowledged" // somebody confirmed: a key, a reply
)

// Report is what is heard of a message.
type Report struct {
	Event  string
	At     time.Time  // zero, or out of reason: now
	Reason string     // of a failure, for people
	Status string     // of a failure, as mail servers number it; of other channels, that of an address which does not exist, or none
	Cost   MicroEuros // of the whole message so far; zero: nothing is said of it
}

// Delivery is one message that took a step, for whoever asked to be told (see Office.Heard).
type Delivery struct {
	ID, NoticeID, Person uuid.UUID
	Channel              string
	Step                 string // "sent", "kept", "failed", "delivered", "answered" or "acknowledged"
	At                   time.Time
	Reason               string // of a failure
	Payer                string
	Cost                 MicroEuros // so far
}

var ranks = map[string]int{"": 0, Failed: 1, Delivered: 2, Answered: 3, Acknowledged: 4}

// further tells whether an event is news after what was heard before.
func further(before, event string) bool { return ranks[event] > ranks[before] }

// Report takes in what is heard of a message of the scope of ctx. What is not further than what is known changes nothing but
// the cost, which is the highest that was said. A failure that is the address's own is kept against it. An unknown message, or one of
// another channel, is NotFound.
func (o *Office) Report(ctx context.Context, channel string, id uuid.UUID, r Report) error {
	if ranks[r.Event] == 0 {
		return fmt.Errorf("mail: %q is nothing that a message does", r.Event)
	}
	r.Reason = note(r.Reason)
	var h held
	err := o.db.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		h, err = selectHeld(ctx, tx, channel, id)
		if db.NoRows(err) {
			return fault.Missing()
		}
		if err != nil {
			return fmt.Errorf("find a message that was reported: %w", err)
		}
		return o.takeIn(ctx, tx, h, r)
	})
	if err != nil || r.Event != Failed || !ofAddress(r.Status) || ranks[h.heard] > ranks[Failed] {
		return err
	}
	return o.noteBounce(ctx, Bounce{Person: h.person, Address: h.address, Status: r.Status, Reason: r.Reason})
}

func (o *Office) takeIn(ctx context.Context, tx db.Tx, h held, r Report) error {
	if more := min(r.Cost, mostExpensive) - h.cost; more > 0 {
		if err := raiseCost(ctx, tx, h, more); err != nil {
			return fmt.Errorf("write what a message cost: %w", err)
		}
		h.cost += more
	}
	if !further(h.heard, r.Event) {
		return nil
	}
	if r.At.Before(h.written) || r.At.After(tx.Now()) {
		r.At = tx.Now()
	}
	if err := moveOn(ctx, tx, h, r); err != nil {
		return fmt.Errorf("write what became of a message: %w", err)
	}
	return o.tell(ctx, tx, Delivery{ID: h.id, NoticeID: h.notice, Person: h.person, Channel: h.channel, Step: r.Event, At: r.At,
		Reason: r.Reason, Payer: h.payer, Cost: h.cost})
}

// tell says it to whoever asked, about the messages that name a notice.
func (o *Office) tell(ctx context.Context, tx db.Tx, d Delivery) error {
	if o.told == nil || d.NoticeID == uuid.Nil {
		return nil
	}
	if err := o.told(ctx, tx, d); err != nil {
		return fmt.Errorf("tell what became of a message: %w", err)
	}
	return nil
}
