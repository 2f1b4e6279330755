package mail

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/job"
)

// Outgoing is a text that leaves the house on one channel, to however many people.
type Outgoing struct {
	Channel  string // "mail", "text", "voice" or "push"
	Kind     string
	Site     string
	Subject  string
	Text     string
	HTML     string
	NoticeID uuid.UUID
	Payer    string
	DueAt    time.Time
	To       []Recipient
}

// QueueFor writes what goes out in the author's transaction and returns the ids of the deliveries, in the order of To.
func QueueFor(ctx context.Context, tx db.Tx, o Outgoing) ([]uuid.UUID, error) {
	fill := func(text string, r Recipient) string {
		for name, value := range r.Fields {
			text = strings.ReplaceAll(text, "{{"+name+"}}", value)
		}
		return text
	}
	ids := make([]uuid.UUID, len(o.To))
	for i, r := range o.To {
		l := stored{ID: uuid.Must(uuid.NewV7()), Kind: o.Kind, Channel: o.Channel, Site: o.Site, Subject: fill(o.Subject, r), Text: fill(o.Text, r), HTML: fill(o.HTML, r)}
		if err := insertLetter(ctx, tx, l, []Recipient{r}); err != nil {
			return nil, err
		}
		if err := tx.NewRaw(`select id from letter_delivery where letter_id = ?`, l.ID).Scan(ctx, &ids[i]); err != nil {
			return nil, err
		}
	}
	return ids, job.Enqueue(ctx, tx, job.New(deliverKind, struct{}{}))
}
