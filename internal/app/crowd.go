package app

import (
	"github.com/gofiber/fiber/v2"

	"elyco/internal/fault"
	"elyco/internal/web"
)

// inside is how many requests are answered at once. Each keeps some hundred kilobytes and most wait for one of a few
// connections: past this number a place would only be waited for longer than people stay.
const inside = 256

// sending is how many bodies are read by handlers at once, each at its sender's pace.
const sending = 96

// crowd bounds the requests that are answered at a time. Who finds no place is told so at once, for next to nothing,
// so that those who have one are answered as fast as ever.
type crowd struct{ places chan struct{} }

func newCrowd(n int) crowd { return crowd{make(chan struct{}, n)} }

func (r crowd) enter() error {
	select {
	case r.places <- struct{}{}:
		return nil
	default:
		return fault.New(fault.Busy, "")
	}
}

func (r crowd) leave() { <-r.places }

// giveUp leaves the request's place for good.
func (r crowd) giveUp(c *fiber.Ctx) {
	c.Locals(placeKey{}, false)
	r.leave()
}

type placeKey struct{}

// admit gives the request a place until it is answered.
func (r crowd) admit(c *fiber.Ctx) error {
	if err := r.enter(); err != nil {
		return err
	}
	c.Locals(placeKey{}, true)
	defer func() {
		if held, _ := c.Locals(placeKey{}).(bool); held {
			r.leave()
		}
	}()
	return c.Next()
}

// body reads the request's body with its place left to others, because the sender may be slow, by misfortune or by
// design.
func (r crowd) body(c *fiber.Ctx, limit int64) error {
	if c.Request().Header.ContentLength() <= 0 {
		return nil
	}
	r.giveUp(c)
	err := web.ReadBody(c, limit)
	if crowded := r.enter(); crowded != nil {
		return crowded
	}
	c.Locals(placeKey{}, true)
	return err
}
