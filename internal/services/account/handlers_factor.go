package account

import (
	"context"
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/fault"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) factorRoutes() []service.Route {
	return []service.Route{
		{Method: "GET", Path: "/account/confirm", Action: "manage", Handler: r.getConfirm},
		{Method: "POST", Path: "/account/confirm", Action: "manage", Handler: r.postConfirm},
		{Method: "GET", Path: "/account/factors", Action: "manage", Handler: r.getFactors},
		{Method: "GET", Path: "/account/factors/app", Action: "manage", StepUp: true, Handler: r.getApp},
		{Method: "POST", Path: "/account/factors/app", Action: "manage", StepUp: true, Handler: r.postApp},
		{Method: "POST", Path: "/account/factors/app/end", Action: "manage", StepUp: true, Handler: r.postEndApp},
		{Method: "POST", Path: "/account/factors/codes", Action: "manage", StepUp: true, Handler: r.postCodes},
	}
}

// halfway leads from a right password to the factor that is still to be given.
func (r *Room) halfway(c *fiber.Ctx, opened session.Opened, path, seal string) error {
	session.SetHalfCookie(c, opened)
	q := url.Values{"return": {session.ReturnPath(path)}}
	if session.ValidSeal(seal) {
		q.Set("seal", seal)
	}
	return away(c, "/sign-in/factor?"+q.Encode())
}

// tellToAddFactor starts the days of grace of somebody who signs in by the password alone and must not for long.
func (r *Room) tellToAddFactor(ctx context.Context, opened session.Opened) error {
	who, err := r.sessions.Resume(ctx, opened.Token, tenant.From(ctx))
	if err != nil {
		return err
	}
	if must, _ := demand(r.decided, r.registry.ByID, who); !must {
		return nil
	}
	return r.sessions.AskFactor(ctx, who.Person)
}

func (r *Room) factorPage(c *fiber.Ctx) web.Page {
	return web.Page{Title: words.T(c.UserContext(), "account.half.title"), Room: "account", Public: true}
}

func (r *Room) getSignInFactor(c *fiber.Ctx) error {
	ctx := c.UserContext()
	if session.Actor(ctx).SignedIn() {
		return web.Done(c, session.ReturnPath(c.Query("return")))
	}
	return r.askFactor(c, factorForm{Return: c.Query("return"), Seal: c.Query("seal")}, "", fiber.StatusOK)
}

// askFactor shows the form for a factor while one is awaited; else the way back to the password.
func (r *Room) askFactor(c *fiber.Ctx, form factorForm, wrong string, status int) error {
	ctx := c.UserContext()
	page := r.factorPage(c)
	waits, err := r.sessions.HalfOpen(ctx, tenant.From(ctx), session.HalfToken(c))
	if err != nil {
		return err
	}
	if !waits.Still {
		return web.Show(c, page, lostView(shapeHalfOver(ctx, form.Return)))
	}
	page.Status = status
	return web.Show(c, page, halfView(r.shapeHalf(ctx, form, waits, wrong, r.passkeyAddress(c, form.Return, false))))
}

type factorForm struct {
	Code   string `form:"code"`
	Return string `form:"return"`
	Seal   string `form:"seal"`
}

func (r *Room) postSignInFactor(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[factorForm](c)
	if err != nil {
		return err
	}
	opened, err := r.sessions.GiveFactor(ctx, tenant.From(ctx), session.HalfToken(c), form.Code)
	var f *fault.Error
	switch {
	case fault.Is(err, fault.NotFound):
		session.ClearHalfCookie(c)
		return web.Show(c, r.factorPage(c), lostView(shapeHalfOver(ctx, form.Return)))
	case errors.As(err, &f) && f.Words != "" && f.Kind != fault.Suspended:
		return r.askFactor(c, form, f.Words, statusOf(c, f, err))
	case err != nil:
		return err
	}
	session.ClearHalfCookie(c)
	if opened.UsedCode {
		return r.enter(c, opened, form.Return, form.Seal, words.N(ctx, "account.half.used_code", opened.CodesLeft))
	}
	return r.enter(c, opened, form.Return, form.Seal)
}

func (r *Room) ownPage(ctx context.Context, title string) web.Page {
	return web.Page{Title: words.T(ctx, title), Room: "account", Action: "manage"}
}

func (r *Room) getFactors(c *fiber.Ctx) error {
	ctx := c.UserContext()
	f, err := r.sessions.Factors(ctx)
	if err != nil {
		return err
	}
	keys, err := r.sessions.Passkeys(ctx)
	if err != nil {
		return err
	}
	must, _ := demand(r.decided, r.registry.ByID, session.Actor(ctx))
	return web.Show(c, r.ownPage(ctx, "account.factor.title"), factorsView(r.shapeFactors(ctx, f, keys, must)))
}

// issuer names the account in the person's application: the same on every host, because it is the same account.
func (r *Room) issuer() string { return r.relay.base().Name }

func (r *Room) getApp(c *fiber.Ctx) error { return r.showApp(c, "", "", fiber.StatusOK) }

func (r *Room) showApp(c *fiber.Ctx, sealed, wrong string, status int) error {
	ctx := c.UserContext()
	e, err := r.sessions.Enrol(ctx, r.issuer(), sealed)
	if err != nil {
		return err
	}
	page := r.ownPage(ctx, "account.factor.app_title")
	page.Status = status
	return web.Show(c, page, appEnrolView(shapeEnrol(e, wrong)))
}

type appCodeForm struct {
	Sealed string `form:"sealed"`
	Code   string `form:"code"`
}

func (r *Room) postApp(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[appCodeForm](c)
	if err != nil {
		return err
	}
	codes, err := r.sessions.ConfirmApp(ctx, form.Sealed, form.Code)
	var f *fault.Error
	if errors.As(err, &f) && (f.Kind == fault.Invalid || f.Kind == fault.Busy) {
		wrong := f.Words
		if wrong == "" {
			wrong = f.Fields["code"]
		}
		return r.showApp(c, form.Sealed, wrong, statusOf(c, f, err))
	}
	if err != nil {
		return err
	}
	return r.showCodes(c, codes, words.T(ctx, "account.factor.app_ready"))
}

func (r *Room) showCodes(c *fiber.Ctx, codes []string, said string) error {
	ctx := c.UserContext()
	return web.Show(c, r.ownPage(ctx, "account.codes.title"), codesView(shapeCodes(ctx, r.issuer(), codes, said)))
}

func (r *Room) postEndApp(c *fiber.Ctx) error {
	ctx := c.UserContext()
	must, _ := demand(r.decided, r.registry.ByID, session.Actor(ctx))
	if err := r.sessions.EndApp(ctx, must); err != nil {
		return err
	}
	return web.Done(c, "/account/factors", words.T(ctx, "account.factor.app_ended"))
}

func (r *Room) postCodes(c *fiber.Ctx) error {
	codes, err := r.sessions.NewRecoveryCodes(c.UserContext())
	if err != nil {
		return err
	}
	return r.showCodes(c, codes, "")
}

func (r *Room) getConfirm(c *fiber.Ctx) error {
	return r.showConfirm(c, confirmForm{Return: c.Query("return")}, nil, fiber.StatusOK)
}

type confirmForm struct {
	Password string `form:"password,raw"`
	Code     string `form:"code"`
	By       string `form:"by"` // "code": the password is not looked at
	Return   string `form:"return"`
}

func (r *Room) showConfirm(c *fiber.Ctx, form confirmForm, wrong map[string]string, status int) error {
	ctx := c.UserContext()
	page := r.ownPage(ctx, "account.confirm.title")
	page.Status = status
	return web.Show(c, page, confirmView(shapeConfirm(ctx, form, wrong, r.passkeyAddress(c, form.Return, true))))
}

func (r *Room) postConfirm(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[confirmForm](c)
	if err != nil {
		return err
	}
	field := "password"
	if form.By == "code" {
		field = "code"
		err = r.sessions.ProveByFactor(ctx, form.Code)
	} else {
		err = r.sessions.Prove(ctx, form.Password)
	}
	var f *fault.Error
	switch {
	case errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0:
		return r.showConfirm(c, form, f.Fields, fiber.StatusUnprocessableEntity)
	case errors.As(err, &f) && f.Kind == fault.Busy:
		return r.showConfirm(c, form, map[string]string{field: f.Words}, statusOf(c, f, err))
	case err != nil:
		return err
	}
	return web.Done(c, session.ReturnPath(form.Return))
}
