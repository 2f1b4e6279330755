package branding

import (
	"github.com/gofiber/fiber/v2"

	"elyco/internal/fault"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) postDrawing(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[revisionForm](c)
	if err != nil {
		return err
	}
	sent, err := c.FormFile("drawing")
	if err != nil {
		return r.drawingRefused(c, form, fault.Field(c.Params("place"), words.T(ctx, "branding.drawing.none")))
	}
	file, err := sent.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	if err := r.PutDrawing(ctx, form.Revision, Place(c.Params("place")), file); err != nil {
		return r.drawingRefused(c, form, err)
	}
	return web.Done(c, look{form.Scheme, form.View}.back(), words.T(ctx, "branding.drawing.taken"))
}

// drawingRefused shows the editor again with the sentence at the picture's field.
func (r *Room) drawingRefused(c *fiber.Ctx, form revisionForm, err error) error {
	fields := fieldsOf(err)
	if fields == nil {
		return err
	}
	return r.show(c, state{look: look{form.Scheme, form.View}.valid(), fields: fields})
}

func (r *Room) postRemoval(c *fiber.Ctx) error {
	form, err := web.Decode[revisionForm](c)
	if err != nil {
		return err
	}
	if err := r.RemoveDrawing(c.UserContext(), form.Revision, Place(c.Params("place"))); err != nil {
		return err
	}
	return web.Done(c, look{form.Scheme, form.View}.back(), words.T(c.UserContext(), "branding.drawing.removed"))
}
