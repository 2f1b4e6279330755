package drive

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/tenant"
)

const upkeepKind = Room + ".upkeep"

// How long things stay when nobody touches them.
const (
	uploadLife = 3 * 24 * time.Hour  // an upload that was cut may go on for as long
	endedLife  = 30 * 24 * time.Hour // a share or link is remembered after its end
)

// Jobs are the drive's work in the background.
func (d *Drive) Jobs() []job.Handler {
	return []job.Handler{
		job.Handle(forgetKind, func(ctx context.Context, _ job.Run, f forgotten) error { return d.forget(ctx, f.Keys) }),
		job.Handle(unzipKind, d.unzip),
		job.Handle(scanKind, func(ctx context.Context, _ job.Run, w scanWork) error { return d.scan(ctx, w.Key) }),
		job.Handle(readKind, d.read),
		job.Handle(upkeepKind, func(ctx context.Context, _ job.Run, _ struct{}) error { return d.upkeep(ctx) }),
	}
}

// forget removes those of the objects that no row names.
func (d *Drive) forget(ctx context.Context, keys []string) error {
	var named []string
	if err := d.db.Batch(ctx, func(b *db.Batch) { queueNamed(b, &named, keys) }); err != nil {
		return fault.Doing("ask which objects are named", err)
	}
	still := map[string]bool{}
	for _, k := range named {
		still[k] = true
	}
	for _, name := range keys {
		if still[name] {
			continue
		}
		key, err := blob.ParseKey(name)
		if err != nil {
			return err
		}
		if err := d.blobs.Delete(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// upkeepLater has the scope of tx tidied up in the night to come. What makes something that has to end calls it.
func upkeepLater(ctx context.Context, tx db.Tx, scope int64) error {
	at := night(tx.Now(), scope)
	return job.Enqueue(ctx, tx, job.Job{Kind: upkeepKind, Payload: struct{}{}, UniqueKey: at.Format(time.DateOnly), RunAt: at})
}

// upkeep empties the trash of what has been there for long, gives up uploads that nobody goes on with, and forgets shares
// and links that have ended and the words of contents that are gone. It comes back each night.
func (d *Drive) upkeep(ctx context.Context) error {
	if err := d.emptyOld(ctx); err != nil {
		return fault.Doing("empty the trash of what is old", err)
	}
	var stale []uploadRow
	now := d.db.NowIn(ctx)
	if err := d.db.Batch(ctx, func(b *db.Batch) { queueStale(b, &stale, now.Add(-uploadLife), 1000) }); err != nil {
		return fault.Doing("find abandoned uploads", err)
	}
	for _, u := range stale {
		if err := d.endUpload(ctx, ctx, u); err != nil {
			return err
		}
	}
	return fault.Doing("forget what has ended", d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := forgetEnded(ctx, tx, tx.Now().Add(-uploadLife), tx.Now().Add(-endedLife)); err != nil {
			return err
		}
		if err := d.tidyTexts(ctx, tx); err != nil {
			return err
		}
		return upkeepLater(ctx, tx, int64(tenant.From(ctx).ID))
	}))
}

func (d *Drive) emptyOld(ctx context.Context) error {
	before := d.db.NowIn(ctx).Add(-d.settings(ctx).Trash)
	for {
		var old []oldTrash
		if err := d.db.Batch(ctx, func(b *db.Batch) { queueOldTrash(b, &old, before, maxAtOnce) }); err != nil || len(old) == 0 {
			return err
		}
		bySpace := map[uuid.UUID][]uuid.UUID{}
		for _, o := range old {
			bySpace[o.SpaceID] = append(bySpace[o.SpaceID], o.ID)
		}
		for space, ids := range bySpace {
			err := d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
				still, err := stillTrashed(ctx, tx, space, ids, before)
				if err != nil || len(still) == 0 {
					return err
				}
				return d.erase(ctx, tx, space, still)
			})
			if err != nil {
				return err
			}
		}
	}
}
