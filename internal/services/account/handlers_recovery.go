package account

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/fault"
	"elyco/internal/session"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getRecover(c *fiber.Ctx) error {
	return r.showRecover(c, "", "", fiber.StatusOK)
}

func (r *Room) showRecover(c *fiber.Ctx, typed, wrong string, status int) error {
	v := recoverForm{Gate: r.shapeDoor(c.UserContext(), "account.door.recover."), Who: typed, Wrong: wrong}
	return web.Show(c, r.gatePage(c, "account.recover.title", status), recoverView(v))
}

type recoverTyped struct {
	Who string `form:"who"`
}

// postRecover answers the same to everybody, and as fast: whether there is such an account is looked up later.
func (r *Room) postRecover(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[recoverTyped](c)
	if err != nil {
		return err
	}
	err = r.askRecovery(ctx, form.Who, session.Network(web.Client(c)))
	var f *fault.Error
	if errors.As(err, &f) && f.Fields["who"] != "" {
		return r.showRecover(c, form.Who, f.Fields["who"], fiber.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return web.Show(c, r.gatePage(c, "account.recover.sent", fiber.StatusOK), recoverSentView(r.shapeDoor(ctx, "account.door.recover_sent.")))
}

// getRecoverLink shows the form behind a link. It uses nothing up: mail servers look at links before people do.
func (r *Room) getRecoverLink(c *fiber.Ctx) error { return r.showLink(c, nil, fiber.StatusOK) }

func (r *Room) showLink(c *fiber.Ctx, wrong map[string]string, status int) error {
	ctx := c.UserContext()
	given, login, err := r.sessions.MeetLink(ctx, session.Token(c.Params("token")))
	if fault.Is(err, fault.NotFound) {
		return r.lostLink(c)
	}
	if err != nil {
		return err
	}
	v := r.shapeRecovered(ctx, c.Params("token"), given, login, wrong)
	return web.Show(c, r.gatePage(c, "account.recover.choose", status), recoveredView(v))
}

func (r *Room) lostLink(c *fiber.Ctx) error {
	ctx := c.UserContext()
	v := lost{Title: words.T(ctx, "account.recover.over"), Sentence: words.T(ctx, "account.recover.over_text"),
		Again: words.T(ctx, "account.recover.again"), URL: "/recover"}
	return web.Show(c, r.gatePage(c, "account.recover.over", fiber.StatusNotFound), lostView(v))
}

type recoveredForm struct {
	New   string `form:"new,raw"`
	Again string `form:"again,raw"`
}

func (r *Room) postRecoverLink(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[recoveredForm](c)
	if err != nil {
		return err
	}
	if form.New != form.Again {
		return r.showLink(c, map[string]string{"again": words.T(ctx, "account.password.differ")}, fiber.StatusUnprocessableEntity)
	}
	err = r.finishRecovery(ctx, session.Token(c.Params("token")), form.New)
	var f *fault.Error
	switch {
	case fault.Is(err, fault.NotFound):
		return r.lostLink(c)
	case errors.As(err, &f) && f.Fields["new"] != "":
		return r.showLink(c, f.Fields, fiber.StatusUnprocessableEntity)
	case err != nil:
		return err
	}
	session.ClearCookie(c)
	return web.Done(c, "/sign-in", words.T(ctx, "account.recover.done"))
}
