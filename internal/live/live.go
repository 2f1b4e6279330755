// Package live tells the pages that people have open that something has changed for them, whichever replica holds the page.
// What travels are ids: a page then asks again, and the policy answers as it would to anybody.
//
// Tell speaks in the author's transaction, so that a page never hears of what was rolled back. What is said while a replica's
// connection is cut is lost; its pages are then told that anything may have changed.
package live

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/db"
)

// Event says that something of a room has changed for whoever hears it.
type Event struct {
	Room string    // whose parts of pages ask again: "messages"
	Ref  uuid.UUID // the thing that has changed; zero for any
}

// Anything is the event after which every part of a page asks again.
const Anything = "*"

const (
	channel = "live"
	perCall = 300 // people named in one notification, which holds 8 000 bytes
	idText  = 22  // letters of an id
)

type notification struct {
	Room   string `json:"r"`
	Ref    string `json:"f,omitempty"`
	People string `json:"p"`
}

// Tell has the open pages of people hear of e once tx commits. Whom it names twice hears it once.
func Tell(ctx context.Context, tx db.Tx, e Event, people ...uuid.UUID) error {
	n := notification{Room: e.Room}
	if e.Ref != uuid.Nil {
		n.Ref = encode(e.Ref)
	}
	for len(people) > 0 {
		some := people[:min(len(people), perCall)]
		people = people[len(some):]
		ids := make([]byte, 0, len(some)*idText)
		for _, p := range some {
			ids = append(ids, encode(p)...)
		}
		n.People = string(ids)
		payload, err := json.Marshal(n)
		if err != nil {
			return err
		}
		if err := tx.Notify(ctx, channel, string(payload)); err != nil {
			return fmt.Errorf("tell open pages of %s: %w", e.Room, err)
		}
	}
	return nil
}

func encode(id uuid.UUID) string { return base64.RawURLEncoding.EncodeToString(id[:]) }

func decode(text string) (id uuid.UUID, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(raw) != len(id) {
		return uuid.Nil, false
	}
	return uuid.UUID(raw), true
}

// read takes a notification apart; what nobody of this house wrote says nothing.
func read(payload string) (e Event, people []uuid.UUID) {
	var n notification
	if json.Unmarshal([]byte(payload), &n) != nil || n.Room == "" {
		return Event{}, nil
	}
	e.Room = n.Room
	if n.Ref != "" {
		e.Ref, _ = decode(n.Ref) // an id that is none means any
	}
	for i := 0; i+idText <= len(n.People); i += idText {
		if id, ok := decode(n.People[i : i+idText]); ok {
			people = append(people, id)
		}
	}
	return e, people
}
