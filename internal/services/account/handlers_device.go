package account

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) deviceRoutes() []service.Route {
	anchor := []tenant.Kind{tenant.KindAcademy}
	return []service.Route{
		{Method: "GET", Path: "/account/lock", Action: "manage", Handler: r.getLock},
		{Method: "POST", Path: "/account/lock", Action: "manage", Handler: r.postLock},
		{Method: "POST", Path: "/account/notices/:id/mine", Action: "manage", Handler: r.postMine},
		{Method: "GET", Path: "/sign-in/not-me", Action: "sign_on", Levels: anchor, Handler: r.getNotMe},
		{Method: "POST", Path: "/sign-in/not-me", Action: "sign_on", Levels: anchor, Handler: r.postNotMe},
	}
}

func (r *Room) postMine(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	if err := r.sessions.AnswerNotice(ctx, id); err != nil {
		return err
	}
	return web.Done(c, "/account", words.T(ctx, "account.notice.answered"))
}

// lockForm is sent by the page that says what locking does; nothing else locks an account.
type lockForm struct {
	Sure string `form:"sure"`
}

func (r *Room) getLock(c *fiber.Ctx) error {
	return web.Show(c, r.ownPage(c.UserContext(), "account.lock.title"), lockView(lockPage{Action: "/account/lock", Back: "/account"}))
}

// postLock asks for no password: whoever locks an account opens nothing, and the owner may have lost the password.
func (r *Room) postLock(c *fiber.Ctx) error {
	form, err := web.Decode[lockForm](c)
	if err != nil {
		return err
	}
	if form.Sure != "yes" {
		return web.Done(c, "/account/lock")
	}
	if err := r.sessions.Lock(c.UserContext()); err != nil {
		return err
	}
	session.ClearCookie(c)
	return r.showLocked(c)
}

func (r *Room) showLocked(c *fiber.Ctx) error {
	page := web.Page{Title: words.T(c.UserContext(), "account.lock.done"), Room: "account", Public: true}
	return web.Show(c, page, lockedView())
}

// noticeLink is where a notice leads who does not know the browser: it locks the account without a sign-in.
func (r *Room) noticeLink(id uuid.UUID) string {
	return r.registry.URL(r.relay.base(), "/sign-in/not-me?notice="+id.String()+"&key="+r.sessions.NoticeKey(id))
}

type notMeForm struct {
	Notice uuid.UUID `form:"notice"`
	Key    string    `form:"key"`
}

func (r *Room) getNotMe(c *fiber.Ctx) error {
	ctx := c.UserContext()
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	id, _ := uuid.Parse(c.Query("notice"))
	stands, err := r.sessions.NoticeStands(ctx, id, c.Query("key"))
	if err != nil {
		return err
	}
	if !stands {
		page := web.Page{Title: words.T(ctx, "account.lock.stale"), Room: "account", Public: true}
		return web.Show(c, page, lostView(lost{Title: page.Title, Sentence: words.T(ctx, "account.lock.stale_help"),
			Again: words.T(ctx, "account.sign_in.submit"), URL: "/sign-in"}))
	}
	page := web.Page{Title: words.T(ctx, "account.lock.title"), Room: "account", Public: true}
	return web.Show(c, page, lockView(lockPage{Action: "/sign-in/not-me", Back: "/", Notice: id.String(), Key: c.Query("key")}))
}

func (r *Room) postNotMe(c *fiber.Ctx) error {
	form, err := web.Decode[notMeForm](c)
	if err != nil {
		return err
	}
	if err := r.sessions.LockByNotice(c.UserContext(), form.Notice, form.Key); err != nil {
		return err
	}
	return r.showLocked(c)
}
