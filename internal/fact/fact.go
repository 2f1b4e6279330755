// Package fact is the vocabulary of what happens in a school. The author of a fact does not wait: the fact is written
// in the author's transaction and delivered by workers, in the same space, once to each listener.
package fact

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/job"
)

// Fact is something that happened: ids and values, never entities. Name is stable, for it is stored.
type Fact interface{ FactName() string }

// Listener is a room's reaction to one kind of fact.
type Listener struct {
	Fact   string
	Room   string
	handle func(ctx context.Context, raw json.RawMessage) error
}

// On makes the listener of a room for facts of type F.
func On[F Fact](room string, react func(ctx context.Context, f F) error) Listener {
	var zero F
	return Listener{Fact: zero.FactName(), Room: room, handle: func(ctx context.Context, raw json.RawMessage) error {
		var f F
		if err := json.Unmarshal(raw, &f); err != nil {
			return fmt.Errorf("read the fact %s: %w", zero.FactName(), err)
		}
		return react(ctx, f)
	}}
}

const kind = "fact"

type envelope struct {
	Name string          `json:"name"`
	Room string          `json:"room,omitempty"`
	Body json.RawMessage `json:"body"`
}

// Emit writes the fact in the author's transaction.
func Emit(ctx context.Context, tx db.Tx, f Fact) error {
	body, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("write the fact %s: %w", f.FactName(), err)
	}
	return job.Enqueue(ctx, tx, job.New(kind, envelope{Name: f.FactName(), Body: body}))
}

// Handlers returns the jobs that deliver facts to the listeners: one job splits a fact into one a listener, so that
// a listener that fails is tried again alone.
func Handlers(d *db.DB, listeners []Listener) []job.Handler {
	by := map[string][]Listener{}
	for _, l := range listeners {
		by[l.Fact] = append(by[l.Fact], l)
	}
	return []job.Handler{
		job.Handle(kind, func(ctx context.Context, r job.Run, e envelope) error {
			return d.Write(ctx, func(ctx context.Context, tx db.Tx) error {
				for _, l := range by[e.Name] {
					// Named after the fact and the listener: a split that is done twice delivers once.
					j := job.New(kind+".deliver", envelope{Name: e.Name, Room: l.Room, Body: e.Body})
					j.ID = uuid.NewSHA1(r.ID, []byte(l.Room))
					if err := job.Enqueue(ctx, tx, j); err != nil {
						return err
					}
				}
				return nil
			})
		}),
		job.Handle(kind+".deliver", func(ctx context.Context, _ job.Run, e envelope) error {
			for _, l := range by[e.Name] {
				if l.Room == e.Room {
					return l.handle(ctx, e.Body)
				}
			}
			return nil
		}),
	}
}
