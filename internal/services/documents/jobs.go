package documents

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/job"
	"elyco/internal/picture"
)

const previewKind = drive.Room + ".preview"

// previewWork names a version that is to be shown small.
type previewWork struct {
	Node    uuid.UUID `json:"node"`
	Version int       `json:"version"`
	Object  string    `json:"object"`
	Type    string    `json:"type"`
}

// previewLater has a version that can be shown small drawn in the background.
func previewLater(ctx context.Context, tx db.Tx, v drive.Fresh) error {
	const heaviest = 64 << 20
	if look := plainKind(v.Type).look; look != lookImage && look != lookPDF || v.Size == 0 || v.Size > heaviest {
		return nil
	}
	return job.Enqueue(ctx, tx, job.New(previewKind, previewWork{v.Node, v.Version, v.Object.String(), v.Type}))
}

func (r *Room) jobs() []job.Handler {
	return append(r.drive.Jobs(), job.Handle(previewKind, func(ctx context.Context, _ job.Run, w previewWork) error { return r.makePreview(ctx, w) }))
}

// makePreview draws a version small, writes the picture anew and names it in the version. What cannot be drawn has none.
func (r *Room) makePreview(ctx context.Context, w previewWork) error {
	key, err := blob.ParseKey(w.Object)
	if err != nil {
		return err
	}
	body, _, err := r.blobs.Get(ctx, key, 0, -1)
	if errors.Is(err, blob.ErrNotFound) {
		return nil // erased meanwhile
	}
	if err != nil {
		return err
	}
	defer body.Close()
	p, err := r.draw(ctx, body, w.Type)
	if _, refused := picture.AsRefusal(err); refused || errors.Is(err, picture.ErrNoDrawer) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("draw a preview: %w", err)
	}
	small := blob.NewKey(key.Scope(), r.db.NowIn(ctx))
	if err := r.blobs.Put(ctx, small, bytes.NewReader(p.Bytes), int64(len(p.Bytes)), p.ContentType); err != nil {
		return err
	}
	named, err := r.drive.Prepared(ctx, w.Node, w.Version, small)
	if err == nil && !named {
		err = r.blobs.Delete(ctx, small)
	}
	return err
}

// draw makes the small picture, one at a time: unpacking one takes much memory.
func (r *Room) draw(ctx context.Context, body io.Reader, mediaType string) (picture.Picture, error) {
	limit := picture.Limit{MaxWidth: 400, MaxHeight: 400}
	select {
	case r.pictures <- struct{}{}:
		defer func() { <-r.pictures }()
	case <-ctx.Done():
		return picture.Picture{}, ctx.Err()
	}
	if plainKind(mediaType).look == lookPDF {
		return picture.FirstPage(ctx, body, limit)
	}
	return picture.Reencode(body, limit)
}
