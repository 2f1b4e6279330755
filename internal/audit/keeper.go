package audit

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"elyco/internal/db"
	"elyco/internal/school"
)

// Keeper seals the trails of all scopes and examines them. Any number of replicas may run one.
type Keeper struct {
	db     *db.DB
	key    key
	broken atomic.Int64
	sealed atomic.Int64
	months func() int // how long entries are kept; nil: for ever
}

// NewKeeper makes a keeper whose seals only this secret can make, and only this secret can tell from others.
func NewKeeper(d *db.DB, secret [32]byte) *Keeper { return &Keeper{db: d, key: newKey(secret)} }

const sealEvery = time.Minute

// Follow seals every minute until ctx ends. Once a day it takes the head of all chains, says it in the log, lets go of what
// is older than it is to be kept, and examines every chain.
func (k *Keeper) Follow(ctx context.Context) {
	tick := time.NewTicker(sealEvery)
	defer tick.Stop()
	for {
		if err := k.Round(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "the trail could not be sealed; the entries wait for the next time", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Round is what Follow does each time.
func (k *Keeper) Round(ctx context.Context) error {
	if _, err := k.Seal(ctx); err != nil {
		return err
	}
	h, taken, err := k.TakeHead(ctx)
	if err != nil || !taken {
		return err
	}
	slog.InfoContext(ctx, "the head of the audit trail; keep it where the database's administrators cannot write",
		"head", h.String(), "scopes", len(h.Numbers))
	scopes := slices.Sorted(maps.Keys(h.Numbers))
	if err := k.releaseAll(ctx, scopes); err != nil {
		return err
	}
	return k.examineAll(ctx, scopes)
}

func (k *Keeper) examineAll(ctx context.Context, scopes []school.ScopeID) error {
	broken := 0
	for _, id := range scopes {
		ctx := db.WithScope(ctx, db.NewScope(int64(id)))
		v, err := k.Verify(ctx)
		if err == nil {
			err = k.Note(ctx, v)
		}
		if err != nil {
			return fmt.Errorf("examine the trail of %d: %w", id, err)
		}
		if !v.Holds() {
			broken++
			slog.ErrorContext(ctx, "an audit trail was changed behind the program's back", "scope", int64(id), "damage", string(v.Damage), "seal", v.Seal, "entry", v.Entry)
		}
	}
	k.broken.Store(int64(broken))
	return nil
}

// Seal links every entry that waits to the chain of its scope, and reports how many there were. Several keepers at once
// do the work of one: those that come second leave it to the first.
func (k *Keeper) Seal(ctx context.Context) (int, error) {
	total := 0
	for {
		n, err := sealSome(ctx, k.db, k.key)
		if err != nil {
			return total, fmt.Errorf("seal the trail: %w", err)
		}
		total += n
		k.sealed.Add(int64(n))
		if n < roundSize {
			return total, nil
		}
	}
}

// TakeHead takes the day's head of all chains, unless it is taken.
func (k *Keeper) TakeHead(ctx context.Context) (Head, bool, error) {
	now := k.db.NowIn(ctx)
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	h, taken, err := takeHead(ctx, k.db, k.key, day, now)
	if err != nil {
		return Head{}, false, fmt.Errorf("take the head of the trail: %w", err)
	}
	return h, taken, nil
}

// Sealed counts the entries that this keeper has sealed, and Broken the chains that its last examination found changed:
// for the operator's figures.
func (k *Keeper) Sealed() int64 { return k.sealed.Load() }

// Broken is explained at Sealed.
func (k *Keeper) Broken() int64 { return k.broken.Load() }
