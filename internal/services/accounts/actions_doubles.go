package accounts

import (
	"context"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// reasonMerged is what the account that went says of itself.
const reasonMerged = "Ce compte a été réuni avec un autre de la même personne : c’est l’autre qui sert."

// Doubles is what the page of doubles shows.
type Doubles struct {
	Text   string
	Pairs  []directory.Pair
	More   bool
	Merges []directory.Merged
}

// Doubles lists accounts that may be one human being's, and the merges that were made.
func (r *Room) Doubles(ctx context.Context, text string) (d Doubles, err error) {
	d.Text = text
	if d.Pairs, d.More, err = r.merger.Doubles(ctx, text); err != nil {
		return d, err
	}
	d.Merges, err = r.merger.Merges(ctx)
	return d, err
}

// Merge makes one person of two: kept has what both had, and nobody signs in with the other account any more.
func (r *Room) Merge(ctx context.Context, id uuid.UUID, kept, gone school.PersonID) error {
	if made, err := r.merger.Made(ctx, id); err != nil || made {
		return err
	}
	for _, who := range []school.PersonID{kept, gone} {
		if tenant.From(ctx).Kind == tenant.KindAcademy { // whose administrators look after people of every space
			break
		}
		if err := r.touchable(ctx, who); err != nil {
			return err
		}
	}
	moved, err := r.merger.Merge(ctx, id, kept, gone)
	if err != nil {
		return err
	}
	err = r.sessions.Block(ctx, gone, tenant.From(ctx).ID, reasonMerged)
	if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotFound) { // closed meanwhile, or without an account
		return err
	}
	return r.record(ctx, audit.Entry{Actor: session.Actor(ctx).Person, Action: "accounts.merge", Subject: kept.String(),
		Detail: map[string]any{"gone": gone.String(), "moved": moved}})
}

// Part makes two people of one again, and opens the account that went.
func (r *Room) Part(ctx context.Context, id uuid.UUID) error {
	m, err := r.merger.Undo(ctx, id)
	if err != nil {
		return err
	}
	err = r.sessions.Unblock(ctx, m.Gone, tenant.From(ctx).ID)
	if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotFound) {
		return err
	}
	return r.record(ctx, audit.Entry{Actor: session.Actor(ctx).Person, Action: "accounts.part", Subject: m.Kept.String(), Detail: map[string]any{"gone": m.Gone.String()}})
}
