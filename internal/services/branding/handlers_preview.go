package branding

import (
	"context"
	"fmt"
	"net/url"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/mail"
	"elyco/internal/sheet"
	"elyco/internal/tenant"
	"elyco/internal/theme"
	"elyco/internal/ui"
	"elyco/internal/web"
	"elyco/internal/words"
)

// getPreview is a sample page in the look of a version, for the frames of the editor. It needs no script.
func (r *Room) getPreview(c *fiber.Ctx) error {
	ctx := c.UserContext()
	l := look{c.Query("scheme"), c.Query("view")}.valid()
	id, err := uuid.Parse(c.Query("version", uuid.Nil.String()))
	if err != nil {
		return fault.Missing()
	}
	o, err := r.Try(ctx, id)
	if err != nil {
		return err
	}
	at := func(file string) string {
		return "/branding/preview/" + id.String() + "/" + file + "?revision=" + url.QueryEscape(c.Query("revision"))
	}
	p := r.page(c)
	p.Title = words.T(ctx, "branding.preview")
	p.Public = l.View == viewGate
	p.Reframe = func(f *ui.Frame) { dress(f, l, at, o) }
	if p.Public {
		return web.Show(c, p, sampleGate(shapeGate(ctx, o, at)))
	}
	return web.Show(c, p, sampleHome(at(string(Banner))))
}

// getFile gives a style sheet or a picture of a version that may not be published.
func (r *Room) getFile(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	o, err := r.Try(c.UserContext(), id)
	if err != nil {
		return err
	}
	if c.Params("file") == styleFile {
		css, _ := theme.Stylesheet(o.Tokens)
		c.Set(fiber.HeaderContentType, "text/css; charset=utf-8")
		return c.Send(css)
	}
	d, ok := map[Place]theme.Drawing{Logo: o.Logo, Favicon: o.Favicon, Banner: o.Banner}[Place(c.Params("file"))]
	if !ok || len(d.Bytes) == 0 {
		return fault.Missing()
	}
	c.Set(fiber.HeaderContentType, d.ContentType)
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	return c.Send(d.Bytes)
}

// getVersion shows a version of the past as a preview, before one goes back to it.
func (r *Room) getVersion(c *fiber.Ctx) error {
	ctx := c.UserContext()
	d, err := r.Open(ctx)
	if err != nil {
		return err
	}
	for _, v := range d.History {
		if v.ID.String() == c.Params("id") {
			l := look{c.Query("scheme"), c.Query("view")}.valid()
			p := r.page(c)
			p.Title = words.T(ctx, "branding.version", "number", v.Number)
			return web.Show(c, p, versionPage(r.shapeVersion(ctx, d, v, l)))
		}
	}
	return fault.Missing()
}

// getMail shows an e-mail as the draft would make it: on a desk, on a phone, and in plain text.
func (r *Room) getMail(c *fiber.Ctx) error {
	ctx := c.UserContext()
	letter, err := r.letter(ctx)
	if err != nil {
		return err
	}
	text, err := letter.Text()
	if err != nil {
		return fmt.Errorf("write the sample letter: %w", err)
	}
	p := r.page(c)
	p.Title = words.T(ctx, "branding.preview.mail")
	frames := framesView{URL: "/branding/preview/letter", Desk: words.T(ctx, "branding.frame.desk"), Phone: words.T(ctx, "branding.frame.phone")}
	return web.Show(c, p, mailPage(mailView{Frames: frames, Text: text}))
}

func (r *Room) letter(ctx context.Context) (mail.Letter, error) {
	t := tenant.From(ctx)
	d, err := r.Open(ctx)
	if err != nil {
		return mail.Letter{}, err
	}
	return sampleLetter(ctx, d.Look.Tokens, t.Name, r.registry.URL(t, "/")), nil
}

// getLetter is the e-mail itself, for the frames. A letter carries its styles on its elements, because many readers of mail
// drop everything else: nothing but styles and pictures is allowed in it.
func (r *Room) getLetter(c *fiber.Ctx) error {
	letter, err := r.letter(c.UserContext())
	if err != nil {
		return err
	}
	html, err := letter.HTML()
	if err != nil {
		return fmt.Errorf("write the sample letter: %w", err)
	}
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'")
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return c.SendString(html)
}

// getSheet shows a printed page as the draft would make it.
func (r *Room) getSheet(c *fiber.Ctx) error {
	ctx := c.UserContext()
	d, err := r.Open(ctx)
	if err != nil {
		return err
	}
	o, err := r.Try(ctx, d.Draft.ID)
	if err != nil {
		return err
	}
	pdf, err := sampleSheet(ctx, o, tenant.From(ctx).Name).PDF()
	if err != nil {
		return fmt.Errorf("write the sample sheet: %w", err)
	}
	c.Set(fiber.HeaderContentType, sheet.ContentType)
	c.Set(fiber.HeaderContentDisposition, `inline; filename="apercu.pdf"`)
	return c.Send(pdf)
}
