package publication

import (
	"context"
	"fmt"

	"elyco/internal/db"
)

// Stored tells how many files are attached to what the desk's room published in the space of ctx, and how many bytes they
// take.
func (d *Desk) Stored(ctx context.Context) (files int, bytes int64, err error) {
	var found bool
	err = d.db.Batch(ctx, func(b *db.Batch) { queueStored(b, &found, d.room.Name, &files, &bytes) })
	if err != nil {
		return 0, 0, fmt.Errorf("count the files of %s: %w", d.room.Name, err)
	}
	return files, bytes, nil
}
