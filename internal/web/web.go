// Package web is the way in and out: the pipeline around a handler, pages, forms, errors, redirects. It knows no
// school; what a page shows around its body comes from the framer that the roof gives it.
package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"unicode"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"elyco/internal/fault"
	"elyco/internal/observe"
	"elyco/internal/ui"
)

// Page says what a page is, for the frame around its body.
type Page struct {
	Title  string          // already in words
	Room   string          // the room whose menu entry is current
	Action string          // the right that the page needed; "why do I see this" explains it
	Public bool            // the public side: no private menu
	Hero   templ.Component // opens a public page; nil for none
	Status int             // zero: 200

	// Reframe changes the frame before it is drawn, for previews of what a space does not wear yet.
	Reframe func(f *ui.Frame)
}

// Framer makes the frame of a page from the request. The roof gives one, because only the roof knows the rooms.
type Framer func(c *fiber.Ctx, p Page) ui.Frame

type framerKey struct{}

// WithFramer hands the framer to the pages of the request.
func WithFramer(c *fiber.Ctx, f Framer) { c.Locals(framerKey{}, f) }

func framer(c *fiber.Ctx) Framer {
	f, _ := c.Locals(framerKey{}).(Framer)
	return f
}

// Fragment reports whether the browser asks for a part of a page (htmx) and not for a page.
func Fragment(c *fiber.Ctx) bool {
	return c.Get("HX-Request") == "true" && c.Get("HX-Boosted") != "true" && c.Get("HX-History-Restore-Request") != "true"
}

// Show sends body as a page, or alone when the browser asks for a fragment. The page is made whole before the first
// byte leaves, so that an error in it is an error page.
func Show(c *fiber.Ctx, p Page, body templ.Component) error {
	if !Fragment(c) {
		f := framer(c)(c, p)
		if p.Reframe != nil {
			p.Reframe(&f)
		}
		layout := ui.Layout(f, body)
		if p.Public {
			layout = ui.PublicLayout(f, p.Hero, body)
		}
		body = layout
	}
	// Written straight into the answer, which fasthttp keeps until the handler is done: no copy, no garbage.
	r := c.Response()
	r.ResetBody()
	if err := body.Render(templ.WithNonce(c.UserContext(), Nonce(c)), r.BodyWriter()); err != nil {
		r.ResetBody()
		return fmt.Errorf("render a page of %s: %w", p.Room, err)
	}
	c.Status(cmp.Or(p.Status, fiber.StatusOK))
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	c.Set(fiber.HeaderVary, "HX-Request, Cookie")
	return nil
}

// Retry shows the form again as it was sent, with its errors: 422.
func Retry(c *fiber.Ctx, p Page, body templ.Component) error {
	p.Status = fiber.StatusUnprocessableEntity
	return Show(c, p, body)
}

// Done goes on to a path of this host after a change. Words, when given, are shown once on the next page.
func Done(c *fiber.Ctx, path string, words ...string) error {
	if !LocalPath(path) {
		return fmt.Errorf("redirect to %q: not a path of this host", path)
	}
	if len(words) > 0 {
		setFlash(c, words[0])
	}
	if Fragment(c) {
		c.Set("HX-Redirect", path)
		return c.SendStatus(fiber.StatusNoContent)
	}
	return c.Redirect(path, fiber.StatusSeeOther)
}

// Say has words shown once on the next page of this host, for an answer that leads there by another one.
func Say(c *fiber.Ctx, words string) { setFlash(c, words) }

// LocalPath reports whether p is a path of the same host, and nothing that a browser could take for another one.
func LocalPath(p string) bool {
	return strings.HasPrefix(p, "/") && !strings.HasPrefix(p, "//") && !strings.Contains(p, "\\") &&
		strings.IndexFunc(p, unicode.IsControl) < 0 && len(p) < 2000
}

type whyKey struct{}

// Refuse answers that the policy says no; the error page leads to the reason at whyURL.
func Refuse(c *fiber.Ctx, whyURL string) error {
	c.Locals(whyKey{}, whyURL)
	return fault.New(fault.Forbidden, "")
}

// Closed answers that the page is not there because its service is closed; the error page leads to the reason at whyURL.
func Closed(c *fiber.Ctx, whyURL string) error {
	c.Locals(whyKey{}, whyURL)
	return fault.Missing()
}

// Failure shows any error as a page: the few kinds that a person can be told about, and a reference for the rest. It
// is the one place where errors become statuses.
func Failure(log *slog.Logger) fiber.ErrorHandler {
	return func(c *fiber.Ctx, err error) error {
		status, view := explain(c, err)
		switch kind := fault.KindOf(err); {
		case status >= 500 && kind == fault.Internal:
			log.ErrorContext(c.UserContext(), "request failed", "error", err.Error(), "method", c.Method(), "route", c.Route().Path)
		case kind == fault.Busy && causeOf(err) != nil:
			log.WarnContext(c.UserContext(), "request put off", "error", causeOf(err).Error(), "method", c.Method(), "route", c.Route().Path)
		}
		if status == fiber.StatusServiceUnavailable && len(c.Response().Header.Peek(fiber.HeaderRetryAfter)) == 0 {
			c.Set(fiber.HeaderRetryAfter, retryAfter)
		}
		f := framer(c)
		if f == nil && wantsHTML(c) && status == fiber.StatusServiceUnavailable {
			return bare(c, status, view)
		}
		if f == nil || (!Fragment(c) && !wantsHTML(c)) {
			c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
			return c.Status(status).SendString(view.Title + "\n")
		}
		view.WhyURL, _ = c.Locals(whyKey{}).(string)
		page := Page{Title: view.Title, Status: status}
		around := f(c, page)
		page.Public = around.Person == nil
		view.Home = ui.Link{Label: homeWords(around), URL: around.HomeURL}
		if e := Show(c, page, ui.ErrorPage(view)); e != nil {
			log.ErrorContext(c.UserContext(), "the error page failed", "error", e.Error())
			return c.Status(status).SendString(view.Title + "\n")
		}
		return nil
	}
}

func homeWords(f ui.Frame) string {
	if f.Person == nil {
		return "Aller à la page d’accueil"
	}
	return "Revenir à mon accueil"
}

// retryAfter, in seconds, is long enough for a database to restart and short enough for a person.
const retryAfter = "5"

// bare is the page of a house that is too crowded to dress one.
func bare(c *fiber.Ctx, status int, v ui.ErrorView) error {
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return c.Status(status).SendString("<!DOCTYPE html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>" +
		templ.EscapeString(v.Title) + "</title></head><body><main><h1>" + templ.EscapeString(v.Title) + "</h1><p>" + templ.EscapeString(v.Sentence) + "</p></main></body></html>\n")
}

func causeOf(err error) error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return nil
	}
	return f.Cause
}

func wantsHTML(c *fiber.Ctx) bool {
	accept := c.Get(fiber.HeaderAccept)
	return accept == "" || strings.Contains(accept, "text/html") || strings.Contains(accept, "*/*")
}

func explain(c *fiber.Ctx, err error) (int, ui.ErrorView) {
	var fe *fiber.Error
	if errors.As(err, &fe) {
		return explainStatus(fe.Code, observe.RequestID(c.UserContext()))
	}
	var f *fault.Error
	if !errors.As(err, &f) {
		if errors.Is(err, context.DeadlineExceeded) {
			return explainStatus(fiber.StatusServiceUnavailable, observe.RequestID(c.UserContext()))
		}
		return explainStatus(fiber.StatusInternalServerError, observe.RequestID(c.UserContext()))
	}
	status, v := explainStatus(statusOf(f.Kind), observe.RequestID(c.UserContext()))
	if f.Kind == fault.ReadOnly {
		v.Icon, v.Title = "eye", "Rien n’a été enregistré"
	}
	if f.Kind == fault.Conflict && f.Words != "" {
		v.Title = "Ce n’est pas possible pour le moment" // somebody else need not be the reason, and the sentence says which it is
	}
	if f.Words != "" {
		v.Sentence = f.Words
	}
	for _, words := range f.Fields {
		v.Details = append(v.Details, words)
	}
	return status, v
}

func statusOf(k fault.Kind) int {
	switch k {
	case fault.Invalid:
		return fiber.StatusUnprocessableEntity
	case fault.NotFound:
		return fiber.StatusNotFound
	case fault.Forbidden, fault.ReadOnly:
		return fiber.StatusForbidden
	case fault.SignIn:
		return fiber.StatusUnauthorized
	case fault.Conflict:
		return fiber.StatusConflict
	case fault.Busy:
		return fiber.StatusServiceUnavailable
	case fault.TooLarge:
		return fiber.StatusRequestEntityTooLarge
	case fault.Suspended:
		return fiber.StatusServiceUnavailable
	}
	return fiber.StatusInternalServerError
}
