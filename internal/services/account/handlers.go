package account

import (
	"errors"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getAccount(c *fiber.Ctx) error {
	ctx := c.UserContext()
	signOns, err := r.sessions.List(ctx)
	if err != nil {
		return err
	}
	notices, err := r.sessions.Notices(ctx)
	if err != nil {
		return err
	}
	visits, err := r.sessions.Visits(ctx)
	if err != nil {
		return err
	}
	page := web.Page{Title: words.T(ctx, "account.title"), Room: "account", Action: "manage"}
	return web.Show(c, page, accountView(r.shapeAccount(ctx, signOns, notices, visits, r.mayMount(ctx))))
}

// comfortForm has the fields of the panel that every page shows.
type comfortForm struct {
	Scheme   string `form:"scheme"`
	Contrast string `form:"contrast"`
	TextSize string `form:"text-size"`
	Font     string `form:"font"`
	Motion   string `form:"motion"`
	Return   string `form:"return"`
}

func (r *Room) postComfort(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[comfortForm](c)
	if err != nil {
		return err
	}
	settings := school.Comfort{Scheme: form.Scheme, Contrast: form.Contrast, TextSize: form.TextSize, Font: form.Font, Motion: form.Motion}
	if session.Actor(ctx).SignedIn() {
		err = r.sessions.SetComfort(ctx, settings)
	} else {
		err = session.SetComfortCookie(c, settings)
	}
	if err != nil {
		return err
	}
	back := form.Return
	if !web.LocalPath(back) {
		back = "/"
	}
	return web.Done(c, back, words.T(ctx, "account.comfort.kept"))
}

func (r *Room) passwordPage(c *fiber.Ctx) web.Page {
	return web.Page{Title: words.T(c.UserContext(), "account.password.title"), Room: "account", Action: "manage"}
}

func (r *Room) getPassword(c *fiber.Ctx) error {
	return web.Show(c, r.passwordPage(c), passwordView(shapePassword(c.UserContext(), nil)))
}

type passwordForm struct {
	Old   string `form:"old,raw"`
	New   string `form:"new,raw"`
	Again string `form:"again,raw"`
	Apps  bool   `form:"apps"` // ends the application passwords too
}

func (r *Room) postPassword(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[passwordForm](c)
	if err != nil {
		return err
	}
	if form.New != form.Again {
		again := map[string]string{"again": words.T(ctx, "account.password.differ")}
		return web.Retry(c, r.passwordPage(c), passwordView(shapePassword(ctx, again)))
	}
	err = r.sessions.ChangePassword(ctx, form.Old, form.New, form.Apps)
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid {
		return web.Retry(c, r.passwordPage(c), passwordView(shapePassword(ctx, f.Fields)))
	}
	var wait *session.Throttled
	if errors.As(err, &wait) {
		page := r.passwordPage(c)
		page.Status = fiber.StatusTooManyRequests
		return web.Show(c, page, passwordView(shapePassword(ctx, map[string]string{"old": f.Words})))
	}
	if err != nil {
		return err
	}
	return web.Done(c, "/account", words.T(ctx, "account.password.changed"))
}

func (r *Room) postEnd(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	if id == session.Actor(ctx).SignOn {
		return r.postSignOut(c)
	}
	if err := r.sessions.Revoke(ctx, id); err != nil {
		return err
	}
	return web.Done(c, "/account#sign-ons", words.T(ctx, "account.sign_on.ended"))
}

type endForm struct {
	Keep string `form:"keep"` // "this": all but the sign-on that asks
	Apps bool   `form:"apps"` // ends the application passwords too
}

func (r *Room) postEndAll(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[endForm](c)
	if err != nil {
		return err
	}
	if form.Keep == "this" {
		if err := r.sessions.SignOutEverywhere(ctx, session.Others, form.Apps); err != nil {
			return err
		}
		return web.Done(c, "/account#sign-ons", words.T(ctx, "account.sign_on.others_ended"))
	}
	if err := r.sessions.SignOutEverywhere(ctx, session.Everything, form.Apps); err != nil {
		return err
	}
	session.ClearCookie(c)
	return web.Done(c, "/", words.T(ctx, "account.sign_out.everywhere"))
}
