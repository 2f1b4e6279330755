package notice

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/hours"
	"elyco/internal/job"
	"elyco/internal/live"
	"elyco/internal/mail"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/theme"
)

// Herald tells notices. It is safe for concurrent use once every kind is declared.
type Herald struct {
	db       *db.DB
	registry *tenant.Registry
	settings *setting.Book
	skins    *theme.Wardrobe
	key      []byte
	kinds    map[string]Kind
	order    []string
}

// New makes the herald. key is the program's secret, from which the codes of links are made.
func New(d *db.DB, r *tenant.Registry, b *setting.Book, skins *theme.Wardrobe, key []byte) *Herald {
	sum := hmac.New(sha256.New, key)
	sum.Write([]byte("notice links"))
	return &Herald{db: d, registry: r, settings: b, skins: skins, key: sum.Sum(nil), kinds: map[string]Kind{}}
}

// Declare adds the kinds of a room, in the order in which people read them. It is called while the house is built.
func (h *Herald) Declare(kinds ...Kind) error {
	for _, k := range kinds {
		if _, twice := h.kinds[k.Name]; twice || k.Title == "" || !strings.Contains(k.Name, ".") {
			return fmt.Errorf("the kind of notice %q lacks a part or is there twice", k.Name)
		}
		h.kinds[k.Name] = k
		h.order = append(h.order, k.Name)
	}
	return nil
}

// Kinds lists every kind.
func (h *Herald) Kinds() []Kind {
	list := make([]Kind, 0, len(h.order))
	for _, name := range h.order {
		list = append(list, h.kinds[name])
	}
	return list
}

// Tell tells a notice to people in the space and the transaction of tx. Whoever was told it before is not told again. Open
// pages hear of it when the transaction commits; what leaves the house is prepared by a job.
func (h *Herald) Tell(ctx context.Context, tx db.Tx, n Notice, to []To) error {
	if _, known := h.kinds[n.Kind]; !known {
		return fmt.Errorf("nobody declared the kind of notice %q", n.Kind)
	}
	if len(to) == 0 {
		return nil
	}
	n.tidy(tx.Now())
	if err := insertNotice(ctx, tx, n); err != nil {
		return fmt.Errorf("tell %s: %w", n.Kind, err)
	}
	t := tenant.From(ctx)
	families, staff := h.weeks(t)
	told, err := insertPeople(ctx, tx, n, to, families, staff, func(p uuid.UUID) []byte { return hashOf(h.Code(int64(t.ID), n.ID, p)) })
	if err != nil {
		return fmt.Errorf("tell %s to %d people: %w", n.Kind, len(to), err)
	}
	var now []uuid.UUID
	var first time.Time
	for _, p := range told {
		if !p.VisibleAt.After(tx.Now()) {
			now = append(now, p.Person)
		}
		if first.IsZero() || p.NextAt.Before(first) {
			first = p.NextAt
		}
	}
	if err := live.Tell(ctx, tx, live.Event{Room: room, Ref: n.ID}, now...); err != nil {
		return err
	}
	return h.climbAt(ctx, tx, first)
}

// room is whose parts of open pages ask again when a notice comes.
const room = "notices"

func (h *Herald) weeks(t *tenant.Tenant) (families, staff hours.Week) {
	return hours.Of(h.settings, t, hours.Families), hours.Of(h.settings, t, hours.Staff)
}

// climbAt sees to it that a job comes at an instant. Jobs of one minute to come are one.
func (h *Herald) climbAt(ctx context.Context, tx db.Tx, at time.Time) error {
	if at.IsZero() {
		return nil
	}
	j := job.New(climbKind, struct{}{})
	if at.After(tx.Now()) {
		j = job.InMinute(j, at, tx.Now())
	}
	return job.Enqueue(ctx, tx, j)
}

// Withdraw takes notices back: nobody finds them any more, and what was not handed over is not.
func (h *Herald) Withdraw(ctx context.Context, tx db.Tx, ids ...uuid.UUID) error {
	people, err := withdraw(ctx, tx, ids)
	if err != nil {
		return fmt.Errorf("withdraw notices: %w", err)
	}
	for _, id := range ids {
		if err := giveUp(ctx, tx, id, uuid.Nil); err != nil {
			return err
		}
	}
	return live.Tell(ctx, tx, live.Event{Room: room}, people...)
}

// giveUp takes back what waits to be handed over or to be printed, and has the ledger say so.
func giveUp(ctx context.Context, tx db.Tx, notice, person uuid.UUID) error {
	if err := leaveUnprinted(ctx, tx, notice, person); err != nil {
		return err
	}
	ids, err := mail.Recall(ctx, tx, notice, person)
	if err != nil || len(ids) == 0 {
		return err
	}
	return noteWithdrawn(ctx, tx, ids)
}

// Opened notes that a person has opened the thing that notices are about: they count as read.
func (h *Herald) Opened(ctx context.Context, tx db.Tx, ref, person uuid.UUID) error {
	n, err := markOpened(ctx, tx, ref, person)
	if err != nil || n == 0 {
		return err
	}
	return live.Tell(ctx, tx, live.Event{Room: room}, person)
}

// Code is the word of a signed link: twelve letters and figures that only this house can make, for one notice and one person.
func (h *Herald) Code(scope int64, notice, person uuid.UUID) string {
	mac := hmac.New(sha256.New, h.key)
	fmt.Fprintf(mac, "%d %s %s", scope, notice, person)
	const letters = 12
	return base32.StdEncoding.EncodeToString(mac.Sum(nil))[:letters]
}

func hashOf(code string) []byte {
	sum := sha256.Sum256([]byte(code))
	return sum[:]
}

// Acknowledge notes that a person has the notice, and by which way; nothing more goes to the person. It reports false when
// there is nothing to acknowledge, or it was done before.
func (h *Herald) Acknowledge(ctx context.Context, tx db.Tx, notice, person uuid.UUID, by string, notedBy uuid.UUID) (bool, error) {
	author, done, err := acknowledge(ctx, tx, notice, person, by, notedBy)
	if err != nil {
		return false, fmt.Errorf("note an acknowledgement of %s: %w", notice, err)
	}
	if !done {
		return false, nil
	}
	if err := giveUp(ctx, tx, notice, person); err != nil {
		return false, err
	}
	if err := live.Tell(ctx, tx, live.Event{Room: room}, person); err != nil {
		return false, err
	}
	return true, live.Tell(ctx, tx, live.Event{Room: progress, Ref: notice}, author)
}

// Heard takes in what became of something that left the house: a key that was pressed acknowledges, and what did not arrive
// keeps nobody waiting for the next way.
func (h *Herald) Heard(ctx context.Context, tx db.Tx, d mail.Delivery) error {
	switch d.Step {
	case mail.Acknowledged:
		_, err := h.Acknowledge(ctx, tx, d.NoticeID, d.Person, d.Channel, uuid.Nil)
		return err
	case mail.Failed:
		n, err := hastenOne(ctx, tx, d.NoticeID, d.Person)
		if err != nil || n == 0 {
			return err
		}
		return h.climbAt(ctx, tx, tx.Now())
	}
	return nil
}

// progress is whose parts of open pages ask again when somebody is reached.
const progress = "mustread"

// Linked finds what a signed link is about, in the space of ctx; found is false for a link that was never given, or whose
// notice was taken back.
func (h *Herald) Linked(ctx context.Context, code string) (l Linked, found bool, err error) {
	err = h.db.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		l, found, err = selectLinked(ctx, tx, hashOf(strings.ToUpper(code)))
		return err
	})
	return l, found, err
}

// Linked is a notice as somebody without an account sees it through the link that was sent.
type Linked struct {
	Notice, Person uuid.UUID
	Title, Text    string
	AboutNames     string
	AuthorName     string
	SentAt         time.Time
	AcknowledgedAt time.Time
	Must           bool
}
