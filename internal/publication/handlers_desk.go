package publication

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/web"
	"elyco/internal/words"
)

type versionSent struct {
	Version int `form:"version"`
}

func (d *Desk) getDesk(c *fiber.Ctx) error {
	ctx := c.UserContext()
	tab := c.Query("state", string(Draft))
	if !slices.Contains(Tabs(), tab) {
		return fault.Missing()
	}
	v, err := d.Desk(ctx, tab, c.QueryInt("page", 1))
	if err != nil {
		return err
	}
	e, err := d.editor(ctx)
	if err != nil {
		return err
	}
	page := d.page(words.T(ctx, d.room.Desk))
	page.Action = Write
	return web.Show(c, page, deskPageView(d.shapeDesk(ctx, v, e)))
}

func (d *Desk) getCheck(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	p, e, err := d.Own(c.UserContext(), id)
	if err != nil {
		return err
	}
	v, err := d.shapeCheck(c.UserContext(), p, e)
	if err != nil {
		return err
	}
	return web.Show(c, d.writePage(c.UserContext(), "publication.check_title"), checkPage(v))
}

func (d *Desk) writePage(ctx context.Context, key string) web.Page {
	p := d.page(words.T(ctx, key))
	p.Action = Write
	return p
}

func (d *Desk) getWithdrawal(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	p, _, err := d.Own(c.UserContext(), id)
	if err != nil {
		return err
	}
	if p.State != Published {
		return fault.Missing()
	}
	return web.Show(c, d.writePage(c.UserContext(), "publication.withdraw_title"), withdrawPage(d.shapeWithdraw(c.UserContext(), p)))
}

// act runs one of the actions on a version that a page showed, and goes on to the desk.
func (d *Desk) act(c *fiber.Ctx, do func(ctx context.Context, id uuid.UUID, version int) error, tab, said string) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	form, err := web.Decode[versionSent](c)
	if err != nil {
		return err
	}
	err = do(c.UserContext(), id, form.Version)
	if fieldsOf(err) != nil {
		// The page of the check says what is missing, and leads to the form.
		return web.Done(c, d.path(id.String(), "check"))
	}
	if err != nil {
		return err
	}
	return web.Done(c, d.path("desk")+"?state="+tab, said)
}

func (d *Desk) postPublication(c *fiber.Ctx) error {
	return d.act(c, d.Publish, string(Published), words.T(c.UserContext(), "publication.done_published"))
}

func (d *Desk) postReview(c *fiber.Ctx) error {
	return d.act(c, d.Submit, string(InReview), words.T(c.UserContext(), "publication.done_submitted"))
}

func (d *Desk) postReturn(c *fiber.Ctx) error {
	return d.act(c, d.SendBack, string(Draft), words.T(c.UserContext(), "publication.done_returned"))
}

func (d *Desk) postWithdrawal(c *fiber.Ctx) error {
	return d.act(c, d.Withdraw, string(Withdrawn), words.T(c.UserContext(), "publication.done_withdrawn"))
}

func (d *Desk) postRestoration(c *fiber.Ctx) error {
	return d.act(c, d.Restore, string(Published), words.T(c.UserContext(), "publication.done_restored"))
}

func (d *Desk) postArchive(c *fiber.Ctx) error {
	return d.act(c, d.Archive, string(Archived), words.T(c.UserContext(), "publication.done_archived"))
}
