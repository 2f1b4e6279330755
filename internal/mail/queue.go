package mail

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/job"
)

// Outgoing is a message by any channel and to whom it goes. Subject, Text, HTML and Path may hold {{name}}, which each recipient
// fills. Kind is named as in Post.
type Outgoing struct {
	Channel  string // ByMail, ByText, ByVoice or ByPush
	Kind     string
	Site     string    // who writes
	Subject  string    // of a letter; the title of a notification
	Text     string    // what a text says, what a call reads aloud
	HTML     string    // of a letter alone
	Path     string    // page that a notification opens
	NoticeID uuid.UUID // what the office tells of each message names it; zero: nothing is told
	DueAt    time.Time // not before; zero: at once
	Payer    string    // one of Payers
	To       []Recipient
}

// QueueFor writes a message in the author's transaction, as Queue does, and gives the numbers of the deliveries in the order
// of To. However many recipients, it costs two statements and one job. An address that is none for the channel fails with
// ErrAddress or ErrPhone, and nothing is written.
func QueueFor(ctx context.Context, tx db.Tx, o Outgoing) ([]uuid.UUID, error) {
	if len(o.To) == 0 {
		return nil, nil
	}
	to := make([]Recipient, len(o.To))
	for i, r := range o.To {
		var err error
		if to[i], err = o.address(r); err != nil {
			return nil, err
		}
	}
	l := stored{ID: uuid.Must(uuid.NewV7()), Kind: o.Kind, Channel: o.Channel, Site: oneLine(o.Site), Subject: oneLine(o.Subject),
		Text: printable(o.Text), HTML: printable(o.HTML), Path: oneLine(o.Path), Payer: o.Payer, Notice: o.NoticeID, Due: o.DueAt}
	if l.Text == "" {
		return nil, errors.New("mail: a message says nothing")
	}
	if l.Due.Before(tx.Now()) {
		l.Due = tx.Now()
	}
	ids, err := insertLetter(ctx, tx, l, to)
	if err != nil {
		return nil, fmt.Errorf("queue a message: %w", err)
	}
	j := job.New(deliverKind, struct{}{})
	if l.Due.After(tx.Now()) {
		j = job.InMinute(j, l.Due, tx.Now())
	}
	return ids, job.Enqueue(ctx, tx, j)
}

// address writes a recipient the way the channel needs it.
func (o Outgoing) address(r Recipient) (Recipient, error) {
	var err error
	switch o.Channel {
	case ByMail:
		r.Address, err = CleanAddress(r.Address)
	case ByText:
		r.Address, err = CleanPhone(r.Address)
	case ByVoice:
		r.Address, err = CleanNumber(r.Address)
	case ByPush:
		r.Address = ""
		if r.Person == uuid.Nil {
			err = errors.New("mail: a notification goes to a person")
		}
	default:
		err = fmt.Errorf("mail: there is no channel %q", o.Channel)
	}
	if err != nil {
		return r, err
	}
	r.Name = oneLine(r.Name)
	if r.Unsubscribe != "" {
		fields := map[string]string{unsubscribe: r.Unsubscribe}
		for name, value := range r.Fields {
			fields[name] = value
		}
		r.Fields = fields
	}
	return r, checkFields(r.Fields)
}

// Recall gives up the messages about a notice that wait to be handed over, and says which. A person named narrows it to the
// messages of that person: somebody who has read the thing needs no call about it. What was tried before may have arrived
// although nobody confirmed it: it is given up, and its row stays.
func Recall(ctx context.Context, tx db.Tx, notice, person uuid.UUID) ([]uuid.UUID, error) {
	ids, err := recall(ctx, tx, notice, person)
	if err != nil {
		return nil, fmt.Errorf("give up messages: %w", err)
	}
	return ids, nil
}
