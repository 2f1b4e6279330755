package mydata

import (
	"context"
	"io"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/fault"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getExports(c *fiber.Ctx) error {
	ctx := c.UserContext()
	s, err := r.subject(c)
	if err != nil {
		return err
	}
	list, err := r.Archives(ctx)
	if err != nil {
		return err
	}
	v := r.shapeExports(ctx, s, list)
	if v.Waiting && !web.Fragment(c) {
		c.Set("Refresh", "5")
	}
	return web.Show(c, page(c, "mydata.export.title", see), exportsPage(v))
}

type exportForm struct {
	ID    uuid.UUID `form:"id"`
	Child string    `form:"child"`
}

func (r *Room) postExport(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[exportForm](c)
	if err != nil {
		return err
	}
	s, err := r.Subject(ctx, form.Child)
	if err != nil {
		return err
	}
	if form.ID == uuid.Nil {
		return fault.Missing()
	}
	if err := r.AskArchive(ctx, form.ID, s); err != nil {
		return err
	}
	return web.Done(c, at("/exports", s), words.T(ctx, "mydata.export.asked"))
}

func (r *Room) getExportFile(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	a, err := r.Take(ctx, id)
	if err != nil {
		return err
	}
	key, err := blob.ParseKey(a.Object)
	if err != nil {
		return err
	}
	name := words.T(ctx, "mydata.export.file") + " " + a.CreatedAt.In(words.Zone()).Format(time.DateOnly) + ".zip"
	return web.Send(c, web.File{Name: name, Type: "application/zip", Size: a.Size, Open: func(ctx context.Context, off, n int64) (io.ReadCloser, error) {
		body, _, err := r.blobs.Get(ctx, key, off, n)
		return body, err
	}})
}
