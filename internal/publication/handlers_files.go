package publication

import (
	"context"
	"errors"
	"io"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/fault"
	"elyco/internal/web"
)

// finder finds a publication that the actor may see in one way or another, or says NotFound.
type finder func(ctx context.Context, id uuid.UUID) (Publication, error)

// addressed is what readers see: what was published to one of the actor's keys.
func (d *Desk) addressed(ctx context.Context, id uuid.UUID) (Publication, error) {
	l, err := d.see(ctx, id)
	return l.Publication, err
}

// owned is the editor's own sight of what no reader may see yet.
func (d *Desk) owned(ctx context.Context, id uuid.UUID) (Publication, error) {
	p, _, err := d.Own(ctx, id)
	return p, err
}

func (d *Desk) getCover(find finder) fiber.Handler {
	return withPublication(find, func(c *fiber.Ctx, p Publication) error { return d.sendCover(c, p.Cover) })
}

func (d *Desk) getFile(find finder) fiber.Handler {
	return withPublication(find, func(c *fiber.Ctx, p Publication) error { return d.sendFile(c, p.Attachments) })
}

func withPublication(find finder, send func(c *fiber.Ctx, p Publication) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := idOf(c)
		if err != nil {
			return err
		}
		p, err := find(c.UserContext(), id)
		if err != nil {
			return err
		}
		return send(c, p)
	}
}

// sendCover sends a picture that this house encoded itself. Its address names the object, so it never changes.
func (d *Desk) sendCover(c *fiber.Ctx, cover Cover) error {
	if cover.Key == "" {
		return fault.Missing()
	}
	c.Set(fiber.HeaderCacheControl, "private, max-age=31536000, immutable")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	return d.send(c, cover.Key, cover.Type, 0, cover.Size)
}

// sendFile lets a reader take a file away. Whatever it is, the browser neither shows nor runs it here.
func (d *Desk) sendFile(c *fiber.Ctx, files []Attachment) error {
	for _, a := range files {
		if a.ID.String() != c.Params("file") {
			continue
		}
		key, err := blob.ParseKey(a.Key)
		if err != nil {
			return err
		}
		return web.Send(c, web.File{Name: a.Name, Type: a.Type, Size: a.Size, Hash: a.ID.String(),
			Open: func(ctx context.Context, off, n int64) (io.ReadCloser, error) { return d.open(ctx, key, off, n) }})
	}
	return fault.Missing()
}

func (d *Desk) send(c *fiber.Ctx, name, contentType string, off, n int64) error {
	key, err := blob.ParseKey(name)
	if err != nil {
		return err
	}
	body, err := d.open(c.UserContext(), key, off, n)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, contentType)
	return c.SendStream(body, int(n))
}

func (d *Desk) open(ctx context.Context, key blob.Key, off, n int64) (io.ReadCloser, error) {
	body, _, err := d.files.Get(ctx, key, off, n)
	if errors.Is(err, blob.ErrNotFound) {
		return nil, fault.Missing()
	}
	return body, err
}
