package account

import (
	"errors"
	"math"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

// getSignIn shows the portal's sign-in page, after the academy's host said that it does not know this browser: its
// seal is the proof.
func (r *Room) getSignIn(c *fiber.Ctx) error {
	ctx := c.UserContext()
	t, back, seal := tenant.From(ctx), session.ReturnPath(c.Query("return")), c.Query("seal")
	if actor := session.Actor(ctx); actor.SignedIn() {
		if t.ID == r.relay.base().ID || !session.ValidSeal(seal) {
			return web.Done(c, back)
		}
		return r.tellBase(c, actor.SignOn, back, seal)
	}
	if err := session.Admits(t); err != nil {
		return err
	}
	if t.ID != r.relay.base().ID && !session.ValidSeal(seal) {
		return away(c, r.relay.ask(t, back, session.Seal(c)))
	}
	return web.Show(c, r.signInPage(c), signInView(r.shapeSignIn(ctx, signInForm{Return: back, Seal: seal}, "", r.passkeyAddress(c, back, false))))
}

type signInForm struct {
	Login    string `form:"login"`
	Password string `form:"password,raw"` // a space at an end belongs to it
	Return   string `form:"return"`
	Seal     string `form:"seal"`
}

func (r *Room) postSignIn(c *fiber.Ctx) error {
	ctx := c.UserContext()
	t := tenant.From(ctx)
	form, err := web.Decode[signInForm](c)
	if err != nil {
		return err
	}
	opened, err := r.sessions.SignIn(ctx, t, form.Login, form.Password, session.Device(c.Get(fiber.HeaderUserAgent)), session.Network(web.Client(c)))
	if err != nil {
		return r.refuse(c, form, err)
	}
	if opened.Half != "" {
		return r.halfway(c, opened, form.Return, form.Seal)
	}
	if err := r.tellToAddFactor(ctx, opened); err != nil {
		return err
	}
	return r.enter(c, opened, form.Return, form.Seal)
}

// enter gives the browser its session and leads to the page that was asked for, past the academy's host when that has
// asked for it.
func (r *Room) enter(c *fiber.Ctx, opened session.Opened, path, seal string, said ...string) error {
	ctx := c.UserContext()
	if err := r.recognise(ctx, opened, session.DeviceMark(c)); err != nil {
		return err
	}
	session.SetCookie(c, opened)
	back := session.ReturnPath(path)
	if tenant.From(ctx).ID == r.relay.base().ID || !session.ValidSeal(seal) {
		return web.Done(c, back, said...)
	}
	return r.tellBase(c, opened.SignOn, back, seal)
}

// tellBase has the academy's host learn of a sign-on on this one, and come back to a page here.
func (r *Room) tellBase(c *fiber.Ctx, signOn uuid.UUID, back, seal string) error {
	ctx := c.UserContext()
	base := r.relay.base()
	ticket, err := r.sessions.Ticket(ctx, session.Passage{SignOn: signOn, To: base, Path: back, Seal: seal})
	if err != nil {
		return err
	}
	return away(c, r.relay.land(base, ticket, tenant.From(ctx), back))
}

// enterAnew is enter for whoever signed in without having come from the academy's host, by a code on paper. Its seal is
// fetched first; whoever else is signed on there is not taken for this person.
func (r *Room) enterAnew(c *fiber.Ctx, opened session.Opened, path, said string) error {
	ctx := c.UserContext()
	if tenant.From(ctx).ID == r.relay.base().ID {
		return r.enter(c, opened, path, "", said)
	}
	if err := r.recognise(ctx, opened, session.DeviceMark(c)); err != nil {
		return err
	}
	session.SetCookie(c, opened)
	web.Say(c, said)
	return away(c, r.relay.fetch(tenant.From(ctx), path))
}

// refuse shows the form again with the one sentence that an error has for a person.
func (r *Room) refuse(c *fiber.Ctx, form signInForm, err error) error {
	var f *fault.Error
	if !errors.As(err, &f) || f.Words == "" || f.Kind == fault.Suspended {
		return err
	}
	page := r.signInPage(c)
	page.Status = statusOf(c, f, err)
	return web.Show(c, page, signInView(r.shapeSignIn(c.UserContext(), form, f.Words, r.passkeyAddress(c, form.Return, false))))
}

// statusOf is the status of a form that is shown again, and says when to come back.
func statusOf(c *fiber.Ctx, f *fault.Error, err error) int {
	var wait *session.Throttled
	switch {
	case errors.As(err, &wait):
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(wait.After.Seconds()))))
		return fiber.StatusTooManyRequests
	case f.Kind == fault.Busy:
		c.Set(fiber.HeaderRetryAfter, "5")
		return fiber.StatusServiceUnavailable
	}
	return fiber.StatusUnprocessableEntity
}

func (r *Room) signInPage(c *fiber.Ctx) web.Page {
	return web.Page{Title: words.T(c.UserContext(), "account.sign_in.title"), Room: "account", Public: true}
}

// getSignOn answers, on the academy's host, whether this browser is signed on: with a ticket for the host that asks,
// or by sending the browser to that host's own page.
func (r *Room) getSignOn(c *fiber.Ctx) error {
	ctx := c.UserContext()
	to, back, seal := r.relay.destination(c.Query("to")), session.ReturnPath(c.Query("return")), c.Query("seal")
	if to == nil {
		return fault.Missing()
	}
	if to.ID == r.relay.base().ID {
		return web.Done(c, session.SignInPath(back))
	}
	actor := session.Actor(ctx)
	if !actor.SignedIn() || c.Query(sealOnly) != "" {
		return away(c, r.relay.form(to, back, session.Seal(c)))
	}
	ticket, err := r.sessions.Ticket(ctx, session.Passage{SignOn: actor.SignOn, To: to, Path: back, Seal: seal})
	if err != nil {
		return err
	}
	return away(c, r.relay.land(to, ticket, to, back))
}

// getLand uses a ticket. On the academy's host it goes on to the portal where the person signed in, whether the
// ticket still served or not: there the person is signed on already.
func (r *Room) getLand(c *fiber.Ctx) error {
	ctx := c.UserContext()
	t, back := tenant.From(ctx), session.ReturnPath(c.Query("return"))
	onward := r.relay.destination(c.Query("to"))
	opened, err := r.sessions.Land(ctx, t, session.Token(c.Query("ticket")), session.KnownSeal(c))
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if err == nil {
		if err := r.sessions.Accompany(ctx, opened, session.DeviceMark(c)); err != nil {
			return err
		}
		session.SetCookie(c, opened)
	}
	switch {
	case onward != nil && onward.ID != t.ID:
		return away(c, r.relay.page(onward, back))
	case err == nil:
		return away(c, r.relay.page(t, opened.Path))
	case session.Actor(ctx).SignedIn():
		return web.Done(c, back)
	}
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	page := web.Page{Title: words.T(ctx, "account.land.title"), Room: "account", Public: true, Status: fiber.StatusForbidden}
	return web.Show(c, page, lostView(shapeLost(ctx, back)))
}

func (r *Room) postSignOut(c *fiber.Ctx) error {
	ctx := c.UserContext()
	if err := r.sessions.SignOut(ctx); err != nil {
		return err
	}
	session.ClearCookie(c)
	return web.Done(c, "/", words.T(ctx, "account.sign_out.done"))
}

// away goes to an address that the relay made. What it carries must not reach a third page.
func away(c *fiber.Ctx, address string) error {
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Redirect(address, fiber.StatusSeeOther)
}
