package documents

import (
	"context"
	"io"
	"time"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/ui"
	"elyco/internal/web"
	"elyco/internal/words"
)

func linkPath(secret string) string { return home + "/links/" + secret }

// getLink shows somebody without an account what a link leads to. Of what a password keeps, nothing is told.
func (r *Room) getLink(c *fiber.Ctx) error {
	return r.showLink(c, "", "")
}

func (r *Room) showLink(c *fiber.Ctx, password, refused string) error {
	ctx := c.UserContext()
	secret := c.Params("secret")
	v := publicView{Name: words.T(ctx, "documents.public.locked"), Facts: words.T(ctx, "documents.public.locked_text"), Letters: "?",
		Locked: true, Action: linkPath(secret), Error: refused}
	door, err := r.drive.OpenLink(ctx, secret, password)
	if err != nil && !fault.Is(err, fault.Invalid) && refused == "" {
		return err
	}
	if err == nil {
		v = shapeLink(ctx, door, secret)
	}
	page := web.Page{Title: v.Name, Public: true}
	c.Set("X-Robots-Tag", "noindex, nofollow")
	c.Set("Referrer-Policy", "no-referrer") // the address is the secret
	if refused != "" {
		return web.Retry(c, page, publicPage(v))
	}
	return web.Show(c, page, publicPage(v))
}

func shapeLink(ctx context.Context, door *drive.Door, secret string) publicView {
	n := door.Document
	v := publicView{Name: n.Name, URL: linkPath(secret) + "/content", Folder: n.Folder,
		Facts: words.T(ctx, "documents.public.facts", "who", door.Link.By, "until", words.Date(door.Link.Until.Add(-time.Minute)))}
	if n.Folder {
		return v
	}
	k := kindOf(n.Type, n.Name)
	v.Letters, v.Hue, v.Facts = k.letters, ui.Hue(k.hue), words.Size(n.Size)+" · "+v.Facts
	return v
}

// getLinkContent gives away what a link without a password leads to.
func (r *Room) getLinkContent(c *fiber.Ctx) error {
	return r.giveLink(c, "")
}

type passwordForm struct {
	Password string `form:"password,raw"`
}

// postLinkOpening gives it away for the right password. Nothing is kept of it: the next download asks again.
func (r *Room) postLinkOpening(c *fiber.Ctx) error {
	form, err := web.Decode[passwordForm](c)
	if err != nil {
		return err
	}
	return r.giveLink(c, form.Password)
}

func (r *Room) giveLink(c *fiber.Ctx, password string) error {
	ctx := c.UserContext()
	door, err := r.drive.OpenLink(ctx, c.Params("secret"), password)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Busy) {
		return r.showLink(c, "", sentence(ctx, err))
	}
	if err != nil {
		return err
	}
	c.Set("Referrer-Policy", "no-referrer")
	n := door.Document
	if c.Method() == fiber.MethodGet && c.Get(fiber.HeaderRange) == "" || c.Method() == fiber.MethodPost {
		if err := door.Enter(); err != nil {
			return err
		}
	}
	if n.Folder {
		p, err := door.Pack()
		if err != nil {
			return err
		}
		return pour(c, n.Name, p)
	}
	f := fileOf(n, false)
	f.Open = func(_ context.Context, off, length int64) (io.ReadCloser, error) {
		body, _, err := door.Open(n.ID, off, length)
		return body, err
	}
	return web.Send(c, f)
}
