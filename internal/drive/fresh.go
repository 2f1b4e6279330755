package drive

import (
	"context"

	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/db"
)

// Fresh is a version whose content may be read from now on.
type Fresh struct {
	Node    uuid.UUID
	Version int
	Object  blob.Key
	Type    string
	Size    int64
}

// Follow has f told of each version that may be read from now on, in the transaction that says so: the one that keeps it,
// or with an antivirus the one that clears it.
func (d *Drive) Follow(f func(ctx context.Context, tx db.Tx, v Fresh) error) { d.follow = f }

func (d *Drive) tell(ctx context.Context, tx db.Tx, versions ...versionRow) error {
	if d.follow == nil {
		return nil
	}
	for _, v := range versions {
		key, err := blob.ParseKey(v.ObjectKey)
		if err != nil {
			return err
		}
		if err := d.follow(ctx, tx, Fresh{Node: v.NodeID, Version: v.Number, Object: key, Type: v.ContentType, Size: v.Size}); err != nil {
			return err
		}
	}
	return nil
}

// cleared tells of the versions of an object in which the antivirus found nothing.
func (d *Drive) cleared(ctx context.Context, tx db.Tx, key string) error {
	versions, err := versionsOfObject(ctx, tx, key)
	if err != nil {
		return err
	}
	return d.tell(ctx, tx, versions...)
}
