package branding

import (
	"context"
	"io"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/tenant"
	"elyco/internal/theme"
)

// PutDrawing puts an uploaded picture into the draft. The fault names the place when the file cannot be taken.
func (r *Room) PutDrawing(ctx context.Context, revision int, place Place, upload io.Reader) error {
	if !place.valid(Full(tenant.From(ctx))) {
		return fault.Missing()
	}
	d, err := r.decode(ctx, place, upload)
	if err != nil {
		return err
	}
	return r.change(ctx, revision, func(ctx context.Context, tx db.Tx, draft Version) error { return saveDrawing(ctx, tx, draft, place, d) })
}

// decode bounds how many pictures are unpacked at once: a large one takes much memory.
func (r *Room) decode(ctx context.Context, place Place, upload io.Reader) (theme.Drawing, error) {
	select {
	case r.pictures <- struct{}{}:
		defer func() { <-r.pictures }()
	case <-ctx.Done():
		return theme.Drawing{}, ctx.Err()
	}
	return readDrawing(upload, place)
}

// RemoveDrawing takes a picture out of the draft: the inherited one shows again.
func (r *Room) RemoveDrawing(ctx context.Context, revision int, place Place) error {
	if !place.valid(Full(tenant.From(ctx))) {
		return fault.Missing()
	}
	return r.change(ctx, revision, func(ctx context.Context, tx db.Tx, draft Version) error {
		return saveDrawing(ctx, tx, draft, place, theme.Drawing{})
	})
}
