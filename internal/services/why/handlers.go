package why

import (
	"github.com/gofiber/fiber/v2"

	"elyco/internal/fault"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getWhy(c *fiber.Ctx) error {
	ctx := c.UserContext()
	room, known := r.rooms[c.Params("room")]
	if !known {
		return fault.Missing()
	}
	for _, a := range room.Actions {
		if a.Name != c.Params("action") {
			continue
		}
		reason, err := r.policy.Explain(ctx, room.Name, a.Name)
		if err != nil {
			return err
		}
		return web.Show(c, web.Page{Title: words.T(ctx, "why.title"), Room: "why", Action: "ask"}, page(r.shape(ctx, room, a, reason)))
	}
	return fault.Missing()
}
