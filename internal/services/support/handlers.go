package support

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/web"
	"elyco/internal/words"
)

func page(c *fiber.Ctx, action string) web.Page {
	return web.Page{Title: words.T(c.UserContext(), "support.title"), Room: "support", Action: action}
}

type visitForm struct {
	ID      uuid.UUID `form:"id"`
	Login   string    `form:"login"`
	Space   string    `form:"space"`
	Reason  string    `form:"reason"`
	Minutes string    `form:"minutes"`

	LostLogin, LostReason string // of the other form of the page
}

func (f visitForm) ask() session.VisitAsk {
	space, _ := strconv.ParseInt(f.Space, 10, 64) // what is no number is no space
	minutes, _ := strconv.Atoi(f.Minutes)         // nor a duration
	return session.VisitAsk{ID: f.ID, Login: f.Login, Space: school.ScopeID(space), Reason: f.Reason, Minutes: minutes}
}

func (r *Room) getVisits(c *fiber.Ctx) error {
	form := visitForm{Login: c.Query("login")}
	return r.show(c, form, nil, fiber.StatusOK)
}

// show lists the visits, with the form of a new one: first whose it is, then where, why and how long.
func (r *Room) show(c *fiber.Ctx, form visitForm, wrong map[string]string, status int) error {
	ctx := c.UserContext()
	list, err := r.sessions.AllVisits(ctx)
	if err != nil {
		return err
	}
	var found session.Visited
	if form.Login != "" {
		found, err = r.sessions.FindVisited(ctx, form.Login)
		var f *fault.Error
		if errors.As(err, &f) && f.Kind == fault.Invalid {
			wrong, err = f.Fields, nil
			status = fiber.StatusUnprocessableEntity
		}
		if err != nil {
			return err
		}
	}
	if form.ID == uuid.Nil {
		form.ID = school.NewID()
	}
	p := page(c, visit)
	p.Status = status
	return web.Show(c, p, visitsView(r.shapeVisits(ctx, list, found, form, wrong)))
}

func (r *Room) postVisit(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[visitForm](c)
	if err != nil {
		return err
	}
	err = r.Begin(ctx, form.ask())
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid {
		return r.show(c, form, f.Fields, fiber.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return web.Done(c, "/support", words.T(ctx, "support.begun"))
}

type lostForm struct {
	ID     uuid.UUID `form:"id"`
	Login  string    `form:"lost-login"`
	Reason string    `form:"lost-reason"`
}

func (r *Room) postLost(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[lostForm](c)
	if err != nil {
		return err
	}
	err = r.sessions.ForgetFactors(ctx, session.Lost{ID: form.ID, Login: form.Login, Reason: form.Reason})
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid {
		return r.show(c, visitForm{LostLogin: form.Login, LostReason: form.Reason}, f.Fields, fiber.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return web.Done(c, "/support", words.T(ctx, "support.lost_done"))
}

func (r *Room) getEnter(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	v, _, err := r.sessions.VisitOf(ctx, id)
	if err != nil {
		return err
	}
	return web.Show(c, page(c, enter), enterView(r.shapeEnter(v)))
}

func (r *Room) postEnter(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	if err := r.Enter(c.UserContext(), id); err != nil {
		return err
	}
	return web.Done(c, "/home")
}

func (r *Room) postLeave(c *fiber.Ctx) error {
	if err := r.sessions.LeaveVisit(c.UserContext()); err != nil {
		return err
	}
	return web.Done(c, "/", words.T(c.UserContext(), "support.left"))
}
