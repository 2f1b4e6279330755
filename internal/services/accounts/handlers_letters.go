package accounts

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getLetters(c *fiber.Ctx) error {
	ctx := c.UserContext()
	before, err := uuid.Parse(c.Query("before", uuid.Nil.String()))
	if err != nil {
		return fault.Missing()
	}
	failed := c.Query("failed") != ""
	list, more, err := r.Letters(ctx, before, failed)
	if err != nil {
		return err
	}
	return web.Show(c, page(c, "accounts.letters.title", letters), lettersView(shapeLetters(ctx, list, more, failed, r.office.Simulated())))
}

func (r *Room) getLetter(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	s, text, html, err := r.Letter(ctx, id)
	if err != nil {
		return err
	}
	p := page(c, "accounts.letters.title", letters)
	p.Title = words.T(ctx, "accounts.letters.one", "subject", s.Subject)
	return web.Show(c, p, letterView(shapeLetter(ctx, s, text, html != "", r.office.Simulated())))
}

// getLetterPage is a letter that the simulator kept, for a frame: nothing but styles and pictures is allowed in it.
func (r *Room) getLetterPage(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	_, _, html, err := r.Letter(c.UserContext(), id)
	if err != nil {
		return err
	}
	if html == "" {
		return fault.Missing()
	}
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups")
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return c.SendString(html)
}
