package web

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/observe"
)

type nonceKey struct{}

// Nonce is the request's word of honour for inline scripts and styles.
func Nonce(c *fiber.Ctx) string {
	n, _ := c.Locals(nonceKey{}).(string)
	return n
}

// Begin gives the request its reference and the headers that every answer carries. forms lists where a form may lead
// beside its own host: sign-on passes by the academy's.
func Begin(forms string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.SetUserContext(observe.WithRequestID(c.UserContext(), uuid.NewString()))
		var raw [16]byte
		rand.Read(raw[:]) // never fails
		nonce := base64.RawURLEncoding.EncodeToString(raw[:])
		c.Locals(nonceKey{}, nonce)
		h := &c.Response().Header
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'nonce-"+nonce+"' 'strict-dynamic'; style-src 'self' 'nonce-"+nonce+
			"'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; media-src 'self'; form-action 'self' "+forms+"; frame-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'self'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
		h.Set("Cache-Control", "no-store")
		return c.Next()
	}
}

// SameOrigin refuses a change that another site's page, or a sibling school's, asks a browser to make. Browsers say
// where a request comes from; nothing has to be carried in forms. scheme is that of every host of the house.
func SameOrigin(scheme string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		switch c.Method() {
		case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
			return c.Next()
		}
		if !sameOrigin(c, scheme) {
			return fault.New(fault.Forbidden, "Cette demande vient d’une autre page que celle de votre espace. Ouvrez le formulaire depuis votre espace et recommencez.")
		}
		return c.Next()
	}
}

func sameOrigin(c *fiber.Ctx, scheme string) bool {
	if site := c.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin" || site == "none"
	}
	origin := c.Get(fiber.HeaderOrigin)
	if origin == "" {
		return len(c.Request().Header.Peek(fiber.HeaderCookie)) == 0
	}
	u, err := url.Parse(origin)
	return err == nil && u.Scheme == scheme && strings.EqualFold(u.Host, string(c.Request().Header.Host()))
}

// Target refuses request targets in absolute form, whose host could differ from the Host header.
func Target() fiber.Handler {
	return func(c *fiber.Ctx) error {
		if !strings.HasPrefix(string(c.Request().Header.RequestURI()), "/") {
			return fiber.ErrNotFound
		}
		return c.Next()
	}
}

const (
	flashCookie  = "__Host-flash"
	longestFlash = 300
)

func setFlash(c *fiber.Ctx, words string) {
	c.Cookie(&fiber.Cookie{Name: flashCookie, Value: base64.RawURLEncoding.EncodeToString([]byte(words)), Path: "/",
		Secure: true, HTTPOnly: true, SameSite: "Lax", MaxAge: 60})
}

// Flash returns the words that the page before left for this one, once.
func Flash(c *fiber.Ctx) string {
	v := c.Cookies(flashCookie)
	if v == "" {
		return ""
	}
	c.Cookie(&fiber.Cookie{Name: flashCookie, Path: "/", Secure: true, HTTPOnly: true, SameSite: "Lax", MaxAge: -1})
	words, err := base64.RawURLEncoding.DecodeString(v)
	if err != nil || len(words) > longestFlash || !utf8.Valid(words) || bytes.ContainsFunc(words, unicode.IsControl) {
		return ""
	}
	return string(words)
}
