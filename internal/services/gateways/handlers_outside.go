package gateways

import (
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/mail"
	"elyco/internal/session"
	"elyco/internal/ui"
	"elyco/internal/web"
)

func (r *Room) postCallback(c *fiber.Ctx) error {
	s := mail.Signed{Channel: c.Params("channel"), Timestamp: c.Get(mail.TimestampHeader), Signature: c.Get(mail.SignatureHeader), Body: c.Body()}
	if err := r.CallBack(c.UserContext(), s); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// getServiceWorker gives the script that shows notifications. Browsers ask for it again and again, and take it as it is: what
// they kept must never outlive a release. It may reach its own portal alone.
func (r *Room) getServiceWorker(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "text/javascript; charset=utf-8")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; connect-src 'self'")
	c.Set(fiber.HeaderCacheControl, "no-cache")
	return c.Send(ui.ServiceWorker())
}

type deviceForm struct {
	Endpoint string `form:"endpoint"`
	P256dh   string `form:"p256dh"`
	Auth     string `form:"auth"`
	Name     string `form:"name"`
}

func (r *Room) postDevice(c *fiber.Ctx) error {
	f, err := web.Decode[deviceForm](c)
	if err != nil {
		return err
	}
	d := mail.Device{Endpoint: f.Endpoint, P256dh: strings.TrimRight(f.P256dh, "="), Auth: strings.TrimRight(f.Auth, "="), Name: f.Name}
	if err := r.AddDevice(c.UserContext(), d); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

type removeForm struct {
	ID       uuid.UUID `form:"id"`
	Endpoint string    `form:"endpoint"`
}

// postRemoveDevice answers a script, which knows the address, and a form of a page, which knows the number.
func (r *Room) postRemoveDevice(c *fiber.Ctx) error {
	f, err := web.Decode[removeForm](c)
	if err != nil {
		return err
	}
	if err := r.RemoveDevice(c.UserContext(), f.ID, f.Endpoint); err != nil {
		return err
	}
	if f.ID == uuid.Nil {
		return c.SendStatus(fiber.StatusNoContent)
	}
	return web.Done(c, session.CameFrom(c))
}
