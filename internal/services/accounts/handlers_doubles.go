package accounts

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getDoubles(c *fiber.Ctx) error {
	ctx := c.UserContext()
	d, err := r.Doubles(ctx, c.Query("q"))
	if err != nil {
		return err
	}
	return web.Show(c, page(c, "accounts.doubles.title", merge), doublesView(shapeDoubles(ctx, d)))
}

func (r *Room) getTwins(c *fiber.Ctx) error { return r.showTwins(c, "", fiber.StatusOK) }

func (r *Room) showTwins(c *fiber.Ctx, undecided string, status int) error {
	ctx := c.UserContext()
	who, err := personOf(c)
	if err != nil {
		return err
	}
	list, err := r.merger.Twins(ctx, who)
	if err != nil {
		return err
	}
	p := page(c, "accounts.doubles.title", merge)
	p.Title, p.Status = list[0].Name(), status
	return web.Show(c, p, twinsView(shapeTwins(ctx, list, undecided)))
}

// mergeForm carries its own id, so that sending it twice merges once.
type mergeForm struct {
	ID    string `form:"id"`
	Other string `form:"other"`
	Keep  string `form:"keep"`
}

func (r *Room) postMerge(c *fiber.Ctx) error {
	ctx := c.UserContext()
	who, other, form, err := pairOf(c)
	if err != nil {
		return err
	}
	id, err := uuid.Parse(form.ID)
	if err != nil {
		return fault.Missing()
	}
	kept, gone := who, other
	switch form.Keep {
	case who.String():
	case other.String():
		kept, gone = other, who
	default:
		return r.showTwins(c, other.String(), fiber.StatusUnprocessableEntity)
	}
	if err := r.Merge(ctx, id, kept, gone); err != nil {
		return err
	}
	return web.Done(c, "/accounts/doubles", words.T(ctx, "accounts.doubles.merged"))
}

func (r *Room) postApart(c *fiber.Ctx) error {
	who, other, _, err := pairOf(c)
	if err != nil {
		return err
	}
	if err := r.merger.Apart(c.UserContext(), who, other); err != nil {
		return err
	}
	return web.Done(c, "/accounts/doubles", words.T(c.UserContext(), "accounts.doubles.noted"))
}

func pairOf(c *fiber.Ctx) (who, other school.PersonID, form mergeForm, err error) {
	if who, err = personOf(c); err != nil {
		return who, other, form, err
	}
	if form, err = web.Decode[mergeForm](c); err != nil {
		return who, other, form, err
	}
	id, err := uuid.Parse(form.Other)
	if err != nil {
		return who, other, form, fault.Missing()
	}
	return who, school.PersonID{UUID: id}, form, nil
}

func (r *Room) postPart(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	if err := r.Part(c.UserContext(), id); err != nil {
		return err
	}
	return web.Done(c, "/accounts/doubles", words.T(c.UserContext(), "accounts.doubles.parted"))
}
