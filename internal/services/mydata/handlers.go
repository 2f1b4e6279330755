package mydata

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/web"
	"elyco/internal/words"
)

const home = "/mydata"

func page(c *fiber.Ctx, title, action string) web.Page {
	return web.Page{Title: words.T(c.UserContext(), title), Room: "mydata", Action: action}
}

func (r *Room) subject(c *fiber.Ctx) (Subject, error) {
	return r.Subject(c.UserContext(), c.Query("child"))
}

func (r *Room) getOverview(c *fiber.Ctx) error {
	ctx := c.UserContext()
	s, err := r.subject(c)
	if err != nil {
		return err
	}
	o, err := r.Overview(ctx, s)
	if err != nil {
		return err
	}
	return web.Show(c, page(c, "mydata.title", see), overviewPage(r.shapeOverview(ctx, o)))
}

func (r *Room) getHeld(c *fiber.Ctx) error {
	ctx := c.UserContext()
	s, err := r.subject(c)
	if err != nil {
		return err
	}
	// What is no number is no space of anybody's.
	space, _ := strconv.ParseInt(c.Query("space"), 10, 64)
	d, parts, err := r.Held(ctx, s, space, c.Params("room"))
	if err != nil {
		return err
	}
	return web.Show(c, page(c, d.Held[0].Holding.Title, see), heldPage(shapeHeld(ctx, s, d, parts)))
}
