package drive

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"elyco/internal/db"
)

// newNode and newVersion are lines that many are added of at once.
type newNode struct {
	bun.BaseModel `bun:"table:drive_node"`

	ID          uuid.UUID  `bun:"id"`
	SpaceID     uuid.UUID  `bun:"space_id"`
	ParentID    *uuid.UUID `bun:"parent_id"`
	IsFile      bool       `bun:"is_file"`
	Name        string     `bun:"name"`
	NameKey     string     `bun:"name_key"`
	NameSort    string     `bun:"name_sort"`
	Version     int        `bun:"version"`
	Size        int64      `bun:"size"`
	ContentType string     `bun:"content_type"`
	Hash        string     `bun:"hash"`
	ObjectKey   string     `bun:"object_key"`
	PreviewKey  string     `bun:"preview_key"`
	State       string     `bun:"state"`
	AuthorID    *uuid.UUID `bun:"author_id"`
	AuthorName  string     `bun:"author_name"`
	EditorID    *uuid.UUID `bun:"editor_id"`
	EditorName  string     `bun:"editor_name"`
	CreatedAt   time.Time  `bun:"created_at"`
	ModifiedAt  time.Time  `bun:"modified_at"`
}

type newVersion struct {
	bun.BaseModel `bun:"table:drive_version"`

	NodeID      uuid.UUID  `bun:"node_id"`
	Number      int        `bun:"number"`
	ObjectKey   string     `bun:"object_key"`
	PreviewKey  string     `bun:"preview_key"`
	Size        int64      `bun:"size"`
	ContentType string     `bun:"content_type"`
	Hash        string     `bun:"hash"`
	State       string     `bun:"state"`
	AuthorID    *uuid.UUID `bun:"author_id"`
	AuthorName  string     `bun:"author_name"`
	CreatedAt   time.Time  `bun:"created_at"`
}

// insertMany adds a tree, parents before what they hold.
func insertMany(ctx context.Context, tx db.Tx, nodes []newNode, versions []newVersion) error {
	for part := range slices.Chunk(nodes, 1000) {
		for i := range part {
			part[i].CreatedAt, part[i].ModifiedAt = tx.Now(), tx.Now()
		}
		if _, err := tx.NewInsert().Model(&part).Exec(ctx); err != nil {
			return err
		}
	}
	for part := range slices.Chunk(versions, 1000) {
		for i := range part {
			part[i].CreatedAt = tx.Now()
		}
		if _, err := tx.NewInsert().Model(&part).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

func belowIn(ctx context.Context, tx db.Tx, id uuid.UUID) (rows []row, err error) {
	err = tx.NewRaw(placed(below), id, maxTree+1).Scan(ctx, &rows)
	return rows, err
}

// lockPair locks two spaces of one scope, always in the same order. One that has no row yet has nothing to lock.
func lockPair(ctx context.Context, tx db.Tx, a, b SpaceRef) error {
	_, err := tx.ExecContext(ctx, `select from drive_space where owner_id = any (?) order by owner_id for update`, uuids([]uuid.UUID{a.Owner, b.Owner}))
	return err
}
