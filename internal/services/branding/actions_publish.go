package branding

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/theme"
)

// Publish makes the draft what the space wears, on every replica. What people could not read is refused as Invalid, and a
// draft that is not the one that was seen as a Conflict.
func (r *Room) Publish(ctx context.Context, revision int, note string) error {
	if len([]rune(note)) > maxNote {
		return fault.Field("note", fmt.Sprintf("Le mot d’explication dépasse %d caractères : raccourcissez-le.", maxNote))
	}
	return r.release(ctx, "branding.publish", func(ctx context.Context, tx db.Tx) (Version, int, error) {
		draft, err := lockDraft(ctx, tx)
		if err != nil {
			return Version{}, 0, fmt.Errorf("take the draft of a theme: %w", err)
		}
		if err := draft.mayBePublished(revision); err != nil {
			return Version{}, 0, err
		}
		if err := r.readable(ctx, tx, draft); err != nil {
			return Version{}, 0, err
		}
		actor := session.Actor(ctx)
		draft.Author, draft.AuthorName = actor.Person, actor.Name
		number, err := publishDraft(ctx, tx, draft, note)
		return draft, number, err
	})
}

// Restore publishes an earlier version again. It is undone in the same way.
func (r *Room) Restore(ctx context.Context, id uuid.UUID) error {
	return r.release(ctx, "branding.restore", func(ctx context.Context, tx db.Tx) (Version, int, error) {
		past, err := lockVersion(ctx, tx, id)
		if db.NoRows(err) {
			return Version{}, 0, fault.Missing()
		}
		if err != nil {
			return Version{}, 0, err
		}
		if err := r.readable(ctx, tx, past); err != nil {
			return Version{}, 0, err
		}
		actor := session.Actor(ctx)
		past.Author, past.AuthorName = actor.Person, actor.Name
		number, err := copyVersion(ctx, tx, past, school.NewID(), fmt.Sprintf("Retour à la version %d", past.Number))
		return past, number, err
	})
}

// release publishes, writes it into the trail and tells every replica, all at once or not at all.
func (r *Room) release(ctx context.Context, action string, publish func(context.Context, db.Tx) (Version, int, error)) error {
	err := r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		v, number, err := publish(ctx, tx)
		if err != nil {
			return err
		}
		entry := audit.Entry{Actor: session.Actor(ctx).Person, Action: action, Subject: v.ID.String(), Detail: map[string]any{"number": number}}
		if err := audit.Record(ctx, tx, entry); err != nil {
			return err
		}
		return theme.Announce(ctx, tx, tenant.From(ctx))
	})
	if db.Constraint(err) == numberTaken {
		return conflict()
	}
	return err
}

// readable refuses what does not pass the checks of contrast, in the very transaction that would publish it.
func (r *Room) readable(ctx context.Context, tx db.Tx, v Version) error {
	t := tenant.From(ctx)
	worn, err := theme.ReadWorn(ctx, tx, t)
	if err != nil {
		return err
	}
	look, err := r.dress(t, without(worn, t), v)
	if err != nil {
		return err
	}
	return refuse(theme.Examine(look.Tokens))
}
