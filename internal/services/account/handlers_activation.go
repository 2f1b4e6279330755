package account

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/fault"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

// gatePage is a page before the door. The address may hold a secret, which no other site is told.
func (r *Room) gatePage(c *fiber.Ctx, title string, status int) web.Page {
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	return web.Page{Title: words.T(c.UserContext(), title), Room: "account", Public: true, Status: status}
}

// getActivate asks for a code. The address on a sheet brings it along; it is used only once its owner says so.
func (r *Room) getActivate(c *fiber.Ctx) error {
	typed := c.Query("code")
	if len(typed) > 64 {
		typed = ""
	}
	return r.showCodeForm(c, typed, "", fiber.StatusOK)
}

func (r *Room) showCodeForm(c *fiber.Ctx, typed, wrong string, status int) error {
	ctx := c.UserContext()
	v := codeForm{Gate: r.shapeDoor(ctx, "account.door.activate."), Code: typed, Wrong: wrong}
	return web.Show(c, r.gatePage(c, "account.activate.title", status), codeView(v))
}

type codeTyped struct {
	Code string `form:"code"`
}

// postCode tells whose account a code opens and asks for the rest.
func (r *Room) postCode(c *fiber.Ctx) error {
	form, err := web.Decode[codeTyped](c)
	if err != nil {
		return err
	}
	return r.meet(c, activationForm{Code: form.Code}, nil, fiber.StatusOK)
}

func (r *Room) meet(c *fiber.Ctx, form activationForm, wrong map[string]string, status int) error {
	ctx := c.UserContext()
	code, ok := session.ReadCode(form.Code)
	if !ok {
		return r.showCodeForm(c, form.Code, words.T(ctx, "account.activate.slip"), fiber.StatusUnprocessableEntity)
	}
	found, err := r.sessions.Meet(ctx, code, session.Network(web.Client(c)))
	var f *fault.Error
	if errors.As(err, &f) && f.Fields["code"] != "" {
		return r.showCodeForm(c, form.Code, f.Fields["code"], fiber.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	title := "account.activate.title"
	if found.Reset {
		title = "account.activate.reset_title"
	}
	return web.Show(c, r.gatePage(c, title, status), activationView(r.shapeActivation(ctx, code, found, form, wrong)))
}

type activationForm struct {
	Code    string `form:"code"`
	New     string `form:"new,raw"`
	Again   string `form:"again,raw"`
	Email   string `form:"email"`
	Phone   string `form:"phone"`
	Charter bool   `form:"charter"`
}

func (r *Room) postActivate(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[activationForm](c)
	if err != nil {
		return err
	}
	code, ok := session.ReadCode(form.Code)
	if !ok {
		return r.showCodeForm(c, form.Code, words.T(ctx, "account.activate.slip"), fiber.StatusUnprocessableEntity)
	}
	if form.New != form.Again {
		return r.meet(c, form, map[string]string{"again": words.T(ctx, "account.password.differ")}, fiber.StatusUnprocessableEntity)
	}
	opened, err := r.activate(ctx, activation{Code: code, Password: form.New, Email: form.Email, Phone: form.Phone, Charter: form.Charter,
		Device: session.Device(c.Get(fiber.HeaderUserAgent)), Network: session.Network(web.Client(c))})
	var f *fault.Error
	switch {
	case errors.As(err, &f) && f.Fields["code"] != "":
		return r.showCodeForm(c, form.Code, f.Fields["code"], fiber.StatusUnprocessableEntity)
	case errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0:
		return r.meet(c, form, f.Fields, fiber.StatusUnprocessableEntity)
	case err != nil:
		return err
	case opened.Token == "":
		return web.Done(c, "/sign-in", words.T(ctx, "account.activate.reset_done"))
	}
	if form.Email != "" || form.Phone != "" {
		return r.enterAnew(c, opened, "/account/contacts", words.T(ctx, "account.activate.done_contact"))
	}
	return r.enterAnew(c, opened, "/home", words.T(ctx, "account.activate.done", "space", tenant.From(ctx).Name))
}
