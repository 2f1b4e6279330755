package people

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getPeople(c *fiber.Ctx) error {
	ctx := c.UserContext()
	f := Filter{Text: c.Query("q"), Profile: school.Profile(c.Query("profile")), After: c.Query("after")}
	if !f.Profile.Valid() {
		f.Profile = ""
	}
	if id, err := uuid.Parse(c.Query("class")); err == nil {
		f.Class = school.ClassID{UUID: id}
	}
	page, classes, err := r.List(ctx, f)
	if err != nil {
		return err
	}
	return web.Show(c, web.Page{Title: words.T(ctx, "people.title"), Room: "people", Action: "read"}, list(r.shapeList(ctx, f, page, classes)))
}

func (r *Room) getPerson(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	p, err := r.Find(ctx, school.PersonID{UUID: id})
	if err != nil {
		return err
	}
	return web.Show(c, web.Page{Title: p.Name(), Room: "people", Action: "read"}, card(r.shapeCard(ctx, p)))
}
