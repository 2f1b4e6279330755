package classes

import (
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/web"
	"elyco/internal/words"
)

const years = home + "/years"

// turnForm is both what the preview asks for and what the preparation sends.
type turnForm struct {
	ID       uuid.UUID `form:"id"`
	Leave    []string  `form:"leave"`
	Asked    bool      `form:"asked"` // without it, the usual levels leave
	StartsOn string    `form:"starts_on"`
	EndsOn   string    `form:"ends_on"`
	OpensOn  string    `form:"opens_on"`
	Agreed   bool      `form:"agreed"`
}

func (f turnForm) leaving() []string {
	if f.Leave == nil && f.Asked {
		return []string{}
	}
	return f.Leave
}

func (r *Room) getYears(c *fiber.Ctx) error {
	form, err := web.Decode[turnForm](c)
	if err != nil {
		return err
	}
	return r.showYears(c, form, nil)
}

func (r *Room) showYears(c *fiber.Ctx, form turnForm, wrong map[string]string) error {
	ctx := c.UserContext()
	list, today, err := r.Years(ctx)
	if err != nil {
		return err
	}
	plan, err := r.Plan(ctx, form.leaving())
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	body := yearsPage(shapeYears(ctx, list, plan, today, form, wrong))
	if wrong != nil {
		return web.Retry(c, titled(c, "classes.years"), body)
	}
	return web.Show(c, titled(c, "classes.years"), body)
}

func (r *Room) getLeavers(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[turnForm](c)
	if err != nil {
		return err
	}
	plan, err := r.Plan(ctx, form.leaving())
	if err != nil {
		return err
	}
	return web.SendTable(c, "departs.csv", tableOfLeavers(ctx, plan.Leavers))
}

func (r *Room) postYear(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[turnForm](c)
	if err != nil {
		return err
	}
	if form.ID == uuid.Nil {
		return fault.Missing()
	}
	if !form.Agreed {
		return r.showYears(c, form, map[string]string{"agreed": words.T(ctx, "classes.turn.agree_first")})
	}
	turn := Rollover{ID: form.ID, To: directory.Year{StartsOn: day(form.StartsOn), EndsOn: day(form.EndsOn)}, OpensOn: day(form.OpensOn), Leaving: form.leaving()}
	err = r.Prepare(ctx, turn)
	if wrong := refused(err); wrong != nil {
		return r.showYears(c, form, wrong)
	}
	if err != nil {
		return err
	}
	return web.Done(c, years, words.T(ctx, "classes.turn.asked"))
}

func (r *Room) postUndo(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	if _, err := web.Decode[emptyForm](c); err != nil {
		return err
	}
	if err := r.Undo(c.UserContext(), id); err != nil {
		return err
	}
	return web.Done(c, years, words.T(c.UserContext(), "classes.turn.undone"))
}

type purgeForm struct {
	Agreed bool `form:"purge"`
}

func (r *Room) postPurge(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[purgeForm](c)
	if err != nil {
		return err
	}
	if !form.Agreed {
		return r.showYears(c, turnForm{}, map[string]string{"purge": words.T(ctx, "classes.turn.agree_first")})
	}
	n, err := r.Purge(ctx)
	if err != nil {
		return err
	}
	return web.Done(c, years, words.N(ctx, "classes.purged", n))
}

// orDay is what was typed, or what is proposed.
func orDay(typed string, proposed time.Time) string {
	if typed == "" {
		return dateValue(proposed)
	}
	return typed
}
