package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/fault"
)

// PlainBody refuses bodies that are not what their length says: packed ones, which a megabyte unpacks into a disk full,
// and those of requests that have none, which two servers in a row may read as one more request.
func PlainBody() fiber.Handler {
	return func(c *fiber.Ctx) error {
		h := &c.Request().Header
		if len(h.Peek(fiber.HeaderContentEncoding)) > 0 {
			return closing(c, fiber.ErrUnsupportedMediaType)
		}
		if len(h.Peek(fiber.HeaderTransferEncoding)) > 0 {
			return closing(c, fiber.ErrLengthRequired)
		}
		if bodiless(c.Method()) && h.ContentLength() > 0 {
			return closing(c, fiber.ErrBadRequest)
		}
		return c.Next()
	}
}

func bodiless(method string) bool {
	return method == fiber.MethodGet || method == fiber.MethodHead || method == fiber.MethodOptions
}

// closing ends the connection after the answer, because what follows on it cannot be trusted to be a request.
func closing(c *fiber.Ctx, err error) error {
	c.Context().SetConnectionClose()
	return err
}

// ReadBody takes the whole body in, when it declares no more than limit bytes: files go to the disk, fields to memory.
// Slow senders are waited for here and nowhere else. An Invalid fault says that the body ended early.
func ReadBody(c *fiber.Ctx, limit int64) error {
	if bodiless(c.Method()) {
		return nil
	}
	if int64(c.Request().Header.ContentLength()) > limit {
		return closing(c, fault.New(fault.TooLarge, ""))
	}
	if !isMultipart(c) {
		c.Request().Body()
		return nil
	}
	if _, err := c.MultipartForm(); err != nil {
		return closing(c, cut(err))
	}
	return nil
}

func isMultipart(c *fiber.Ctx) bool {
	return strings.HasPrefix(c.Get(fiber.HeaderContentType), fiber.MIMEMultipartForm)
}

func cut(err error) error {
	return &fault.Error{Kind: fault.Invalid, Words: "L’envoi a été interrompu ou n’est pas complet. Recommencez.", Cause: err}
}
