package account

import (
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

// Passkeys are made and used on the academy's host alone; every other host sends people there and gets them back.
func (r *Room) passkeyRoutes() []service.Route {
	anchor := []tenant.Kind{tenant.KindAcademy}
	return []service.Route{
		{Method: "GET", Path: "/sign-in/passkey", Action: "sign_on", Levels: anchor, Handler: r.getSignInPasskey},
		{Method: "POST", Path: "/sign-in/passkey", Action: "sign_on", Levels: anchor, Handler: r.postSignInPasskey},
		{Method: "GET", Path: "/account/passkeys/new", Action: "manage", Levels: anchor, StepUp: true, Handler: r.getNewPasskey},
		{Method: "POST", Path: "/account/passkeys", Action: "manage", Levels: anchor, StepUp: true, Handler: r.postPasskey},
		{Method: "POST", Path: "/account/passkeys/:id/end", Action: "manage", StepUp: true, Handler: r.postEndPasskey},
	}
}

// byPasskey is where a passkey is asked for, on the academy's host, and from where the browser comes back to a path of t. seal
// is the browser's on t. again asks also whoever is signed on already.
func (r relay) byPasskey(t *tenant.Tenant, back, seal string, again bool) string {
	address := r.registry.URL(r.base(), "/sign-in/passkey?"+query(t, back, "seal", seal))
	if again {
		address += "&again=yes"
	}
	return address
}

type passkeyForm struct {
	To       string `form:"to"`
	Return   string `form:"return"`
	Seal     string `form:"seal"`
	Sealed   string `form:"sealed"`
	Response string `form:"response,raw"`
}

func (r *Room) getSignInPasskey(c *fiber.Ctx) error {
	form := passkeyForm{To: c.Query("to"), Return: c.Query("return"), Seal: c.Query("seal")}
	to := r.passkeyFor(form.To)
	if to == nil {
		return fault.Missing()
	}
	if session.Actor(c.UserContext()).SignedIn() && c.Query("again") == "" {
		return r.onward(c, to, form)
	}
	return r.askPasskey(c, form, "", fiber.StatusOK)
}

func (r *Room) passkeyFor(to string) *tenant.Tenant {
	if to == "" {
		return r.relay.base()
	}
	return r.relay.destination(to)
}

func (r *Room) askPasskey(c *fiber.Ctx, form passkeyForm, wrong string, status int) error {
	ctx := c.UserContext()
	ask, err := r.sessions.AskPasskey()
	if err != nil {
		return err
	}
	page := web.Page{Title: words.T(ctx, "account.passkey.sign_in"), Room: "account", Public: true, Status: status}
	return web.Show(c, page, passkeySignInView(r.shapePasskeySignIn(ctx, form, ask, wrong)))
}

func (r *Room) postSignInPasskey(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[passkeyForm](c)
	if err != nil {
		return err
	}
	to := r.passkeyFor(form.To)
	if to == nil {
		return fault.Missing()
	}
	opened, err := r.sessions.SignInByPasskey(ctx, tenant.From(ctx), form.Sealed, form.Response,
		session.Device(c.Get(fiber.HeaderUserAgent)), session.Network(web.Client(c)))
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && f.Words != "" {
		return r.askPasskey(c, form, f.Words, fiber.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	if err := r.recognise(ctx, opened, session.DeviceMark(c)); err != nil {
		return err
	}
	session.SetCookie(c, opened)
	return r.onward(c, to, form)
}

// onward leads somebody who is signed on here to the space that sent them. A form may not lead to a space with a domain of its
// own; a link may.
func (r *Room) onward(c *fiber.Ctx, to *tenant.Tenant, form passkeyForm) error {
	ctx := c.UserContext()
	back := session.ReturnPath(form.Return)
	if to.ID == r.relay.base().ID {
		return web.Done(c, back)
	}
	address := r.relay.page(to, back)
	if session.ValidSeal(form.Seal) {
		address = r.registry.URL(r.relay.base(), "/sign-on?"+query(to, back, "seal", form.Seal))
	}
	if to.Domain == "" {
		return away(c, address)
	}
	page := web.Page{Title: words.T(ctx, "account.passkey.done"), Room: "account", Public: true}
	return web.Show(c, page, lostView(lost{Title: page.Title, Sentence: words.T(ctx, "account.passkey.done_help"),
		Again: words.T(ctx, "account.passkey.onward", "space", to.Name), URL: address}))
}

func (r *Room) getNewPasskey(c *fiber.Ctx) error {
	return r.showNewPasskey(c, "", "", "", fiber.StatusOK)
}

func (r *Room) showNewPasskey(c *fiber.Ctx, name, wrongName, wrong string, status int) error {
	ctx := c.UserContext()
	begun, err := r.sessions.BeginPasskey(ctx)
	if err != nil {
		return err
	}
	page := r.ownPage(ctx, "account.passkey.new")
	page.Status = status
	if name == "" {
		name = session.Device(c.Get(fiber.HeaderUserAgent))
	}
	return web.Show(c, page, passkeyNewView(shapePasskeyNew(begun, name, wrongName, wrong)))
}

type newPasskeyForm struct {
	Name     string `form:"name"`
	Sealed   string `form:"sealed"`
	Response string `form:"response,raw"`
}

func (r *Room) postPasskey(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[newPasskeyForm](c)
	if err != nil {
		return err
	}
	codes, err := r.sessions.KeepPasskey(ctx, form.Name, form.Sealed, form.Response)
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid {
		return r.showNewPasskey(c, form.Name, f.Fields["name"], f.Words, fiber.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	if codes != nil {
		return r.showCodes(c, codes, words.T(ctx, "account.passkey.ready_codes"))
	}
	return web.Done(c, "/account/factors", words.T(ctx, "account.passkey.ready"))
}

func (r *Room) postEndPasskey(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	must, _ := demand(r.decided, r.registry.ByID, session.Actor(ctx))
	if err := r.sessions.EndPasskey(ctx, id, must); err != nil {
		return err
	}
	return web.Done(c, "/account/factors", words.T(ctx, "account.passkey.ended"))
}

// passkeyAddress is where a page of this host sends those who have a passkey.
func (r *Room) passkeyAddress(c *fiber.Ctx, back string, again bool) string {
	t := tenant.From(c.UserContext())
	if t.ID == r.relay.base().ID {
		q := url.Values{"return": {session.ReturnPath(back)}}
		if again {
			q.Set("again", "yes")
		}
		return "/sign-in/passkey?" + q.Encode()
	}
	return r.relay.byPasskey(t, back, session.Seal(c), again)
}
