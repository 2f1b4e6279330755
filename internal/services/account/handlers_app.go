package account

import (
	"context"
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

// address is where a file manager opens the documents of the space; empty where none does.
func (r *Room) address(ctx context.Context) string {
	if r.mount == nil {
		return ""
	}
	return r.mount(tenant.From(ctx))
}

func (r *Room) mayMount(ctx context.Context) bool {
	if r.address(ctx) == "" {
		return false
	}
	_, may := r.judge.Can(ctx, "account", AppPassword)
	return may
}

func (r *Room) getAppPasswords(c *fiber.Ctx) error {
	return r.showAppPasswords(c, appForm{}, nil, fiber.StatusOK)
}

func (r *Room) appPage(c *fiber.Ctx) web.Page {
	return web.Page{Title: words.T(c.UserContext(), "account.app.title"), Room: "account", Action: AppPassword}
}

func (r *Room) showAppPasswords(c *fiber.Ctx, form appForm, wrong map[string]string, status int) error {
	ctx := c.UserContext()
	if r.address(ctx) == "" {
		return fault.Missing()
	}
	if form.ID == uuid.Nil {
		form.ID = school.NewID() // a form without one would be refused for ever
	}
	list, err := r.sessions.AppPasswords(ctx)
	if err != nil {
		return err
	}
	page := r.appPage(c)
	page.Status = status
	return web.Show(c, page, appPasswordsView(r.shapeAppPasswords(ctx, list, form, wrong)))
}

type appForm struct {
	ID       uuid.UUID `form:"id"`
	Name     string    `form:"name"`
	Until    time.Time `form:"until"` // the last day
	Password string    `form:"password,raw"`
}

// ask keeps the whole of the last day.
func (f appForm) ask() session.AppAsk {
	a := session.AppAsk{ID: f.ID, Name: f.Name, Purpose: session.ForDocuments, Password: f.Password}
	if !f.Until.IsZero() {
		a.Until = f.Until.In(words.Zone()).AddDate(0, 0, 1)
	}
	return a
}

func (r *Room) postAppPassword(c *fiber.Ctx) error {
	ctx := c.UserContext()
	if r.address(ctx) == "" {
		return fault.Missing()
	}
	form, err := web.Decode[appForm](c)
	if err != nil {
		return err
	}
	made, err := r.sessions.NewAppPassword(ctx, form.ask())
	if err != nil {
		return r.refuseAppPassword(c, form, err)
	}
	page := r.appPage(c)
	page.Title = words.T(ctx, "account.app.made")
	return web.Show(c, page, appMadeView(appMade{Address: r.address(ctx), Login: made.Login, Secret: made.Secret}))
}

// refuseAppPassword shows the form again with what an error says to a person.
func (r *Room) refuseAppPassword(c *fiber.Ctx, form appForm, err error) error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err
	}
	var wait *session.Throttled
	switch {
	case errors.As(err, &wait):
		return r.showAppPasswords(c, form, map[string]string{"password": f.Words}, fiber.StatusTooManyRequests)
	case f.Kind == fault.Invalid && len(f.Fields) > 0:
		return r.showAppPasswords(c, form, f.Fields, fiber.StatusUnprocessableEntity)
	case f.Kind == fault.Invalid:
		return r.showAppPasswords(c, form, map[string]string{"name": f.Words}, fiber.StatusUnprocessableEntity)
	}
	return err
}

func (r *Room) postEndAppPassword(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	if err := r.sessions.EndAppPassword(ctx, id); err != nil {
		return err
	}
	if !r.mayMount(ctx) {
		return web.Done(c, "/account", words.T(ctx, "account.app.ended"))
	}
	return web.Done(c, "/account/app-passwords", words.T(ctx, "account.app.ended"))
}

func (r *Room) getFileManager(c *fiber.Ctx) error {
	ctx := c.UserContext()
	if r.address(ctx) == "" {
		return fault.Missing()
	}
	page := web.Page{Title: words.T(ctx, "account.mount.title"), Room: "account", Action: AppPassword}
	return web.Show(c, page, fileManagerView(shapeFileManager(ctx, r.address(ctx))))
}
