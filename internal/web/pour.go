package web

import (
	"fmt"
	"io"

	"github.com/gofiber/fiber/v2"
)

// Pour answers with a file that is made as it leaves, so that neither its length nor its end is known before. An error in
// the middle breaks the connection off: no browser takes what it has for the whole.
func Pour(c *fiber.Ctx, name, contentType string, write func(w io.Writer) error) error {
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderContentSecurityPolicy, locked)
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	c.Set(fiber.HeaderContentDisposition, Disposition(name, false))
	c.Set(fiber.HeaderContentType, contentType)
	if c.Method() == fiber.MethodHead {
		return nil
	}
	r, w := io.Pipe()
	go func() { w.CloseWithError(guarded(write, w)) }()
	return c.SendStream(outgoing{r, c.Context()})
}

// guarded turns a panic into an error: outside of the request's own goroutine it would end the program.
func guarded(write func(w io.Writer) error, w io.Writer) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("make a file as it leaves: %v", p)
		}
	}()
	return write(w)
}
