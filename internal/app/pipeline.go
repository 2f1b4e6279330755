package app

import (
	"context"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

const plainForm = 1 << 20 // a megabyte, enough for every form without files

// pipeline is what a request passes: host, then tenant, session, same origin, room, policy, handler.
func (a *App) pipeline() *fiber.App {
	f := fiber.New(fiber.Config{
		AppName: "elyco", ServerHeader: "", DisableStartupMessage: true,
		// fiber reuses its buffers: without Immutable a string kept past a request becomes another person's.
		Immutable: true, CaseSensitive: true, StrictRouting: true,
		StreamRequestBody: true, BodyLimit: plainForm, ReadBufferSize: 16 << 10,
		// Else forms with files are on the disk before anybody is asked who sends them.
		DisablePreParseMultipartForm: true,
		ReadTimeout:                  2 * time.Minute, WriteTimeout: 2 * time.Minute, IdleTimeout: 75 * time.Second,
		ErrorHandler: web.Failure(a.ground.Observer.Log),
	})
	// No route is matched when a space does not exist, so that an unknown host says nothing about the house.
	f.Use(a.measure, recover.New(), web.Behind(a.ground.Config.Proxies()), web.Begin(a.formTargets()), web.Target(), web.PlainBody(), a.crowd.admit, a.resolve)
	f.Get("/assets/:name", a.asset)
	f.Get("/theme/:name", a.themeFile)
	f.Use(web.Gzip(), web.SameOrigin(a.ground.Config.Scheme), session.Middleware(a.sessions, a.looks))
	for _, s := range a.rooms {
		for _, r := range s.Routes {
			f.Add(r.Method, r.Path, a.guard(s, r), r.Handler)
			if r.Method == fiber.MethodGet {
				f.Add(fiber.MethodHead, r.Path, a.guard(s, r), r.Handler)
			}
		}
	}
	f.Use(func(*fiber.Ctx) error { return fault.Missing() })
	return f
}

func (a *App) formTargets() string {
	base := a.ground.Config.Scheme + "://" + a.ground.Config.BaseHost
	return base + " " + a.ground.Config.Scheme + "://*." + a.ground.Config.BaseHost
}

func (a *App) measure(c *fiber.Ctx) error {
	start := time.Now()
	done := a.ground.Observer.Begin()
	err := c.Next()
	if a.ending.Load() {
		c.Context().SetConnectionClose()
	}
	if err != nil {
		err = a.fiber.ErrorHandler(c, err)
	}
	route := c.Route().Path
	status := c.Response().StatusCode()
	done(c.Method(), route, status)
	id := int64(0)
	if t := tenant.From(c.UserContext()); t != nil {
		id = int64(t.ID)
	}
	a.ground.Observer.Log.DebugContext(c.UserContext(), "request", "method", c.Method(), "route", route, "status", status,
		"tenant", id, "ms", time.Since(start).Milliseconds())
	return err
}

// resolve finds the space of the host: from the Host header alone, matched strictly, looked up in memory.
func (a *App) resolve(c *fiber.Ctx) error {
	t := a.registry.Resolve(string(c.Request().Header.Host()))
	if t == nil {
		c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
		return c.Status(fiber.StatusNotFound).SendString("404\n")
	}
	c.SetUserContext(words.With(tenant.Enter(c.UserContext(), t), a.words))
	web.WithFramer(c, a.frame)
	return c.Next()
}

// guard lets a request through to a route: the room exists at this rank and is open, the policy gives the actor the
// action, and then only is the body read, unless it is too large.
func (a *App) guard(s service.Service, r service.Route) fiber.Handler {
	levels := r.Levels
	if len(levels) == 0 {
		levels = s.Levels
	}
	limit := r.MaxBody
	if limit == 0 {
		limit = plainForm
	}
	return func(c *fiber.Ctx) error {
		ctx := c.UserContext()
		t := tenant.From(ctx)
		if !slices.Contains(levels, t.Kind) {
			return fault.Missing()
		}
		if !s.Always && !r.Always && !t.Offers(s.Name) {
			if session.Actor(ctx).SignedIn() {
				return web.Closed(c, "/why/"+s.Name+"/"+r.Action)
			}
			return fault.Missing()
		}
		if !t.LetsIn() && (!s.Always || t.Kind != tenant.KindAcademy && !a.forVisitors(ctx, s, r)) {
			return a.suspended(c)
		}
		if _, may := a.policy.Can(ctx, s.Name, r.Action); may {
			if a.lacksFactor(c, s, r) {
				return a.addFactor(c)
			}
			if r.StepUp && session.SupportLooks(ctx) {
				return fault.New(fault.Forbidden, a.words.T("support.closed"))
			}
			if r.StepUp && !a.proved(c) {
				return a.askAgain(c)
			}
			if r.Stream {
				return a.stream(c, limit)
			}
			if err := a.crowd.body(c, limit); err != nil {
				return err
			}
			if r.Looks != nil {
				return a.looked(c, *r.Looks)
			}
			return c.Next()
		}
		if session.Actor(ctx).SignedIn() {
			return web.Refuse(c, "/why/"+s.Name+"/"+r.Action)
		}
		return session.Challenge(c)
	}
}

// How long ago the password or a factor may have been given: to open what is sensitive, and to send a form that was opened
// in time and took a while to fill in.
const (
	provedToOpen = 15 * time.Minute
	provedToSend = time.Hour
)

func (a *App) proved(c *fiber.Ctx) bool {
	within := provedToSend
	if c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead {
		within = provedToOpen
	}
	return a.sessions.Fresh(c.UserContext(), within)
}

// lacksFactor reports whether the time to add a factor, which the actor's roles ask for, is over. What a visitor may open, and
// the account, stay open.
func (a *App) lacksFactor(c *fiber.Ctx, s service.Service, r service.Route) bool {
	ctx := c.UserContext()
	must, until := a.account.MustAddFactor(ctx)
	if !must || until.IsZero() || a.sessions.Now().Before(until) || s.Name == "account" {
		return false
	}
	return !a.forVisitors(ctx, s, r)
}

// forVisitors reports whether somebody who is not signed in may open the route. Nothing else is open in a space that lets
// nobody in, whoever was signed in when it closed: its notice, what the law wants said, and the way out.
func (a *App) forVisitors(ctx context.Context, s service.Service, r service.Route) bool {
	_, open := a.policy.For(school.Actor{Scope: tenant.From(ctx).ID}, s.Name, r.Action)
	return open
}

// addFactor leads to the page that adds one.
func (a *App) addFactor(c *fiber.Ctx) error {
	if c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead {
		return web.Done(c, "/account/factors")
	}
	return fault.New(fault.Forbidden, a.words.T("app.factor_over"))
}

// askAgain leads to the page that asks for the password or a factor, and back to the page that was asked for. What was sent
// is not kept: it leads back to the page of its form.
func (a *App) askAgain(c *fiber.Ctx) error {
	if c.Method() == fiber.MethodGet && !web.Fragment(c) {
		return web.Done(c, session.ConfirmPath(c.OriginalURL()))
	}
	return web.Done(c, session.ConfirmPath(session.CameFrom(c)), a.words.T("app.not_kept"))
}

// looked lets a page be made that shows the data of a person, and notes who was shown it before the first byte leaves: what
// cannot be noted is not shown. Who looks through a preview is noted under the own name.
func (a *App) looked(c *fiber.Ctx, l service.Look) error {
	if err := c.Next(); err != nil || c.Response().StatusCode() != fiber.StatusOK {
		return err
	}
	id, err := uuid.Parse(c.Params(l.Param))
	if err != nil {
		return fault.Missing()
	}
	return privacy.Noted(c.UserContext(), a.ground.DB, privacy.Look{Reader: session.Reader(c.UserContext()), Whom: []school.PersonID{{UUID: id}}, What: l.What})
}

// stream hands the body to the handler as it arrives. The request's place is left to others meanwhile, for one among fewer.
func (a *App) stream(c *fiber.Ctx, limit int64) error {
	if err := web.Within(c, limit); err != nil {
		return err
	}
	if err := a.senders.enter(); err != nil {
		return err
	}
	defer a.senders.leave()
	a.crowd.giveUp(c)
	return c.Next()
}

// suspended leads to the notice of a space that lets nobody in; a form that was sent is refused where it stands.
func (a *App) suspended(c *fiber.Ctx) error {
	if c.Method() == fiber.MethodGet && !web.Fragment(c) {
		return c.Redirect("/", fiber.StatusSeeOther)
	}
	return fault.New(fault.Suspended, a.words.T("app.suspended"))
}

func (a *App) asset(c *fiber.Ctx) error {
	file, ok := a.assets.Files[c.Params("name")]
	if !ok {
		return fault.Missing()
	}
	return sendImmutable(c, file.ContentType, file.Bytes, file.Gzip)
}

func (a *App) themeFile(c *fiber.Ctx) error {
	file, ok := a.skins.File(c.UserContext(), tenant.From(c.UserContext()), c.Params("name"))
	if !ok {
		return fault.Missing()
	}
	if file.ContentType == "image/svg+xml" {
		c.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	}
	return sendImmutable(c, file.ContentType, file.Bytes, nil)
}
