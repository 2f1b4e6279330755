package session

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/web"
)

// The other cookies, each for one host and unreadable by scripts.
const (
	comfortCookie = "__Host-comfort" // a visitor's reading settings
	markCookie    = "__Host-mark"    // one browser on one host, while it signs on
	halfCookie    = "__Host-half"    // a sign-in whose factor is awaited
	deviceCookie  = "__Host-device"  // one browser on one host, for as long as browsers keep anything
)

// Middleware makes the person behind the request's cookie the actor of its context. It comes after the middleware that
// enters the tenant. A forged, doubled, foreign or ended cookie makes a visitor; a request without one costs no query.
// Whoever looks through a preview that judge lets stand acts as nobody, and nothing can be kept.
func Middleware(s *Sessions, judge Judge) fiber.Handler {
	return func(c *fiber.Ctx) error {
		ctx := c.UserContext()
		var a school.Actor
		if token := Token(cookie(c, Cookie)); token.plausible() {
			var p *Preview
			var standing Standing
			var err error
			if a, standing, p, err = s.resume(ctx, token, tenant.From(ctx)); err != nil {
				return err
			}
			ctx = context.WithValue(ctx, standingKey{}, standing)
			c.SetUserContext(ctx)
			if p != nil {
				return s.look(c, a, *p, judge)
			}
		}
		if !a.SignedIn() {
			a.Scope = tenant.From(ctx).ID
			a.Comfort = unpackComfort(cookie(c, comfortCookie))
		}
		c.SetUserContext(With(ctx, a))
		return c.Next()
	}
}

// LeavePath is where the form posts that ends a preview.
const LeavePath = "/preview/leave"

// leadsOut reports whether a request is one of the two that a person who looks through a preview sends as oneself: the
// one that ends the preview, and the one that signs out, for computers are shared.
func leadsOut(c *fiber.Ctx, p Preview) bool {
	out := LeavePath
	if p.Support() {
		out = LeaveVisitPath
	}
	return c.Method() == fiber.MethodPost && (c.Path() == out || c.Path() == "/sign-out")
}

func looks(c *fiber.Ctx) bool {
	return c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead
}

func (s *Sessions) eyes(ctx context.Context, p Preview, by school.Actor) (school.Actor, bool, error) {
	if p.Support() {
		return s.visitor(ctx, p, by)
	}
	eyes, stands := p.eyes(by)
	return eyes, stands, nil
}

// look lets a request through as nobody, at the day of the preview, in a context where nothing can be kept.
func (s *Sessions) look(c *fiber.Ctx, by school.Actor, p Preview, judge Judge) error {
	ctx := c.UserContext()
	eyes, stands, err := s.eyes(ctx, p, by)
	if err != nil {
		return err
	}
	if !stands || !p.Until.After(s.db.Now()) || !judge(by, p) {
		return s.lookOver(c, by, p)
	}
	ctx = context.WithValue(ctx, lookKey{}, Look{p, by})
	if leadsOut(c, p) {
		c.SetUserContext(With(ctx, by))
		return c.Next()
	}
	c.SetUserContext(db.WithClock(With(ctx, eyes), p.At))
	if p.Support() && closedToSupport(c.Path()) {
		return fault.New(fault.ReadOnly, "Cette page n’appartient qu’à la personne : l’assistance ne la voit pas.")
	}
	if !looks(c) {
		return fault.New(fault.ReadOnly, "Vous regardez l’établissement "+p.As+" : ce que vous demandez n’a pas été fait. Pour agir en votre nom, quittez d’abord l’aperçu.")
	}
	return c.Next()
}

// lookOver gives a person the own eyes again. A form that was filled in while looking is not taken as the person's own.
func (s *Sessions) lookOver(c *fiber.Ctx, by school.Actor, p Preview) error {
	ctx := With(c.UserContext(), by)
	if err := s.EndPreview(ctx, by); err != nil {
		return err
	}
	c.SetUserContext(context.WithValue(ctx, overKey{}, true))
	if !looks(c) && !leadsOut(c, p) {
		return fault.New(fault.ReadOnly, "L’aperçu est terminé : vous êtes de nouveau vous-même. Ce que vous demandiez n’a pas été fait.")
	}
	return c.Next()
}

// cookie returns a cookie that was sent exactly once: of two, nobody can say which is ours.
func cookie(c *fiber.Ctx, name string) string {
	var value string
	n := 0
	for k, v := range c.Request().Header.Cookies() {
		if string(k) == name {
			value = string(v)
			n++
		}
	}
	if n != 1 {
		return ""
	}
	return value
}

func set(c *fiber.Ctx, name, value string, seconds int) {
	c.Cookie(&fiber.Cookie{Name: name, Value: value, Path: "/", Secure: true, HTTPOnly: true, SameSite: "Lax", MaxAge: seconds, SessionOnly: seconds == 0})
}

// SetCookie gives the browser the session of this host. It lasts until the browser closes, because computers are
// shared in schools; the sign-on itself ends earlier when it is not used.
func SetCookie(c *fiber.Ctx, o Opened) { set(c, Cookie, string(o.Token), 0) }

// SetHalfCookie gives the browser a half-open sign-in of this host. It opens no page.
func SetHalfCookie(c *fiber.Ctx, o Opened) {
	set(c, halfCookie, string(o.Half), int(halfLife.Seconds()))
}

// HalfToken is the browser's half-open sign-in of this host, or nothing.
func HalfToken(c *fiber.Ctx) Token { return Token(cookie(c, halfCookie)) }

// ClearHalfCookie takes it back.
func ClearHalfCookie(c *fiber.Ctx) { set(c, halfCookie, "", -1) }

// DeviceMark names this browser on this host, for whoever signs in with it. It is made when there is none.
func DeviceMark(c *fiber.Ctx) Token {
	mark := Token(cookie(c, deviceCookie))
	if !mark.plausible() {
		mark = newToken()
	}
	set(c, deviceCookie, string(mark), 400*24*3600)
	return mark
}

// ClearCookie takes the session of this host back.
func ClearCookie(c *fiber.Ctx) { set(c, Cookie, "", -1) }

// SetComfortCookie keeps a visitor's reading settings in the browser, for this host.
func SetComfortCookie(c *fiber.Ctx, settings school.Comfort) error {
	if err := CheckComfort(settings); err != nil {
		return err
	}
	set(c, comfortCookie, packComfort(settings), 180*24*3600)
	return nil
}

// Seal names this browser on this host without giving its mark away: another host puts the seal in a ticket, and only
// this browser can use that ticket here. The mark is made when there is none.
func Seal(c *fiber.Ctx) string {
	if seal := KnownSeal(c); seal != "" {
		return seal
	}
	mark := newToken()
	set(c, markCookie, string(mark), 24*3600)
	return mark.seal()
}

// KnownSeal is the seal of a browser that was here before, or nothing.
func KnownSeal(c *fiber.Ctx) string {
	mark := Token(cookie(c, markCookie))
	if !mark.plausible() {
		return ""
	}
	return mark.seal()
}

func (t Token) seal() string {
	sum := sha256.Sum256([]byte("seal:" + string(t)))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// ValidSeal reports whether a seal has the shape of one.
func ValidSeal(seal string) bool {
	raw, err := base64.RawURLEncoding.DecodeString(seal)
	return err == nil && len(raw) == sha256.Size
}

// home is where people go who asked for no page, or for one that is not of this host.
const home = "/home"

// ReturnPath gives back a path to return to after sign-in, or the home page for anything that is not a plain path of
// this host or that belongs to the sign-on itself.
func ReturnPath(path string) string {
	if !web.LocalPath(path) || len(path) > 500 || strings.HasPrefix(path, "/sign-") {
		return home
	}
	u, err := url.Parse(path)
	if err != nil || u.Host != "" || u.Scheme != "" {
		return home
	}
	return path
}

// Challenge sends a visitor to the sign-in page and back to the page they asked for. A form sent after the session
// ended is not replayed: it answers with a SignIn fault. A page that listens is told to stop: it would follow the way to
// another host, which its policy forbids, again and again.
func Challenge(c *fiber.Ctx) error {
	if web.Listens(c) {
		return c.SendStatus(fiber.StatusNoContent)
	}
	if web.Fragment(c) {
		return web.Done(c, SignInPath(currentPage(c)))
	}
	if c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead {
		return fault.New(fault.SignIn, "Votre session est terminée. Rien n’a été enregistré : reconnectez-vous, puis recommencez.")
	}
	return web.Done(c, SignInPath(c.OriginalURL()))
}

// ConfirmPath is the address that asks whoever is signed in for the password or a factor, and comes back to a path.
func ConfirmPath(back string) string {
	return "/account/confirm?return=" + url.QueryEscape(ReturnPath(back))
}

// CameFrom is the page of this host that a form was sent from.
func CameFrom(c *fiber.Ctx) string {
	if web.Fragment(c) {
		return currentPage(c)
	}
	u, err := url.Parse(c.Get(fiber.HeaderReferer))
	if err != nil || !strings.EqualFold(u.Host, tenant.From(c.UserContext()).Host()) {
		return home
	}
	return u.RequestURI()
}

// SignInPath is the address, on any host, that signs a visitor on and comes back to a path of that host.
func SignInPath(back string) string { return "/sign-in?return=" + url.QueryEscape(ReturnPath(back)) }

// currentPage is the page that a fragment was asked for from.
func currentPage(c *fiber.Ctx) string {
	u, err := url.Parse(c.Get("HX-Current-URL"))
	if err != nil || !strings.EqualFold(u.Host, tenant.From(c.UserContext()).Host()) {
		return home
	}
	return u.RequestURI()
}
