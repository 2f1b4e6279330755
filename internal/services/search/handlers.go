package search

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/search"
	"elyco/internal/ui"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getSearch(c *fiber.Ctx) error {
	ctx := c.UserContext()
	q := search.Parse(c.Query("q"))
	only := c.Query("in")
	if !slices.ContainsFunc(r.sources, func(s Source) bool { return s.Name == only }) {
		only = ""
	}
	found, spaces, err := r.Ask(ctx, q, only)
	if err != nil {
		return err
	}
	page := web.Page{Title: words.T(ctx, "search.title"), Room: "search", Action: "ask", Reframe: func(f *ui.Frame) { f.Query = q.String() }}
	return web.Show(c, page, results(r.shape(ctx, q, only, found, spaces)))
}
