package preview

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getPreview(c *fiber.Ctx) error {
	b, err := r.Open(c.UserContext())
	if err != nil {
		return err
	}
	return web.Show(c, page(c), view(r.shape(c.UserContext(), b, startForm{}, nil)))
}

func page(c *fiber.Ctx) web.Page {
	return web.Page{Title: words.T(c.UserContext(), "preview.title"), Room: "preview", Action: start}
}

type startForm struct {
	Who   string    `form:"who"`
	Class uuid.UUID `form:"class"`
	Group uuid.UUID `form:"group"`
	Day   time.Time `form:"day"`
}

func (r *Room) postPreview(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[startForm](c)
	if err == nil {
		err = r.Start(ctx, Choice(form))
	}
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		b, err := r.Open(ctx)
		if err != nil {
			return err
		}
		return web.Retry(c, page(c), view(r.shape(ctx, b, form, f.Fields)))
	}
	if err != nil {
		return err
	}
	return web.Done(c, "/home")
}

type leaveForm struct {
	Then string `form:"then"` // "change": another preview is to be chosen
}

func (r *Room) postLeave(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[leaveForm](c)
	if err != nil {
		return err
	}
	if err := r.Leave(ctx); err != nil {
		return err
	}
	if form.Then == "change" {
		return web.Done(c, "/preview")
	}
	return web.Done(c, "/home", words.T(ctx, "preview.left"))
}
