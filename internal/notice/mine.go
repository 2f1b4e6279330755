package notice

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/live"
	"elyco/internal/school"
)

// Mine is a notice as its reader finds it.
type Mine struct {
	ID             uuid.UUID
	Kind           string
	Title, Text    string
	Path           string
	AuthorName     string
	AboutNames     string
	At             time.Time // since when it is visible
	Urgent         bool
	Read           bool
	Must           bool // an acknowledgement is asked for
	AcknowledgedAt time.Time
}

// Shown says which of a reader's notices are wanted: those visible before an instant, the newest first.
type Shown struct {
	Now, Before time.Time // Before is zero for the first page
	Unread      bool      // those alone that are not read
	Limit       int
}

// QueueMine queues the reader's notices in the batch's space.
func QueueMine(b *db.Batch, who school.PersonID, s Shown) func() []Mine {
	var rows []Mine
	queueMine(b, &rows, who, s)
	return func() []Mine { return rows }
}

// QueueWaiting queues how many of the reader's notices wait in the batch's space, a hundred at the most.
func QueueWaiting(b *db.Batch, who school.PersonID, now time.Time) func() int {
	var n int
	queueWaiting(b, &n, who, now)
	return func() int { return n }
}

// QueueAsked queues what the reader is asked to acknowledge in the batch's space, and has not.
func QueueAsked(b *db.Batch, who school.PersonID, now time.Time, limit int) func() []Mine {
	var rows []Mine
	queueAsked(b, &rows, who, now, limit)
	return func() []Mine { return rows }
}

// Find is one notice of the reader's; a NotFound fault for what is not.
func Find(ctx context.Context, d *db.DB, who school.PersonID, id uuid.UUID) (m Mine, err error) {
	var rows []Mine
	if err := d.Batch(ctx, func(b *db.Batch) { queueOne(b, &rows, who, id, d.NowIn(ctx)) }); err != nil {
		return m, fmt.Errorf("read a notice: %w", err)
	}
	if len(rows) == 0 {
		return m, fault.Missing()
	}
	return rows[0], nil
}

// MarkRead notes that the reader has seen notices; none named means all.
func (h *Herald) MarkRead(ctx context.Context, tx db.Tx, who school.PersonID, which ...uuid.UUID) error {
	if err := markRead(ctx, tx, who, which); err != nil {
		return fmt.Errorf("mark notices as read: %w", err)
	}
	return live.Tell(ctx, tx, live.Event{Room: room}, who.UUID)
}

// Choice is how a person wants to hear of one kind.
type Choice struct {
	Kind Kind
	Ways []Channel
	Own  bool // chosen by the person; else the house's
}

// Choices is what a person chose, for all schools.
type Choices struct {
	Kinds    []Choice
	Digest   Rhythm
	Language string
}

// ChoicesOf reads them in the academy's scope or one below.
func (h *Herald) ChoicesOf(ctx context.Context, tx db.Tx, who school.PersonID) (c Choices, err error) {
	chosen, digest, language, err := selectChoices(ctx, tx, who)
	if err != nil {
		return c, fmt.Errorf("read what %s chose to hear of: %w", who, err)
	}
	c.Digest, c.Language = Rhythm(digest), language
	for _, k := range h.Kinds() {
		ways, own := chosen[k.Name]
		c.Kinds = append(c.Kinds, Choice{Kind: k, Ways: k.ways(ways, own), Own: own})
	}
	return c, nil
}

// Choose keeps what a person chose; tx is in the academy's scope. Kinds that are not named keep what they had.
func (h *Herald) Choose(ctx context.Context, tx db.Tx, who school.PersonID, c Choices) error {
	if !slices.Contains([]Rhythm{Daily, Weekly, Never}, c.Digest) {
		return fault.Field("digest", "Choisissez l’une des réponses proposées.")
	}
	if !slices.Contains(Languages(), c.Language) {
		return fault.Field("language", "Choisissez l’une des langues proposées.")
	}
	var kinds []string
	var ways [][]string
	for _, k := range c.Kinds {
		if _, known := h.kinds[k.Kind.Name]; !known {
			return fault.Missing()
		}
		kinds, ways = append(kinds, k.Kind.Name), append(ways, textsOf(k.Ways))
	}
	if err := upsertChoices(ctx, tx, who, kinds, ways, string(c.Digest), c.Language); err != nil {
		return fmt.Errorf("keep what %s chose to hear of: %w", who, err)
	}
	return nil
}

// Off takes e-mail away from the ways of a kind, or ends the digest; tx is in the academy's scope.
func (h *Herald) Off(ctx context.Context, tx db.Tx, who school.PersonID, k Kind) error {
	c, err := h.ChoicesOf(ctx, tx, who)
	if err != nil {
		return err
	}
	if k.Name == digestSent.Name {
		return h.Choose(ctx, tx, who, Choices{Digest: Never, Language: c.Language})
	}
	i := slices.IndexFunc(c.Kinds, func(o Choice) bool { return o.Kind.Name == k.Name })
	c.Kinds[i].Ways = slices.DeleteFunc(slices.Clone(c.Kinds[i].Ways), func(w Channel) bool { return w == Mail })
	c.Kinds = c.Kinds[i : i+1]
	return h.Choose(ctx, tx, who, c)
}

func textsOf(list []Channel) []string {
	out := []string{}
	for _, c := range list {
		out = append(out, string(c))
	}
	return out
}

// Languages are the codes of the languages in which an establishment may supply what it sends.
func Languages() []string { return []string{"fr", "en", "ar", "tr", "pt", "es", "uk", "ru", "zh"} }
