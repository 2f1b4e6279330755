package publication

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

// withFiles is what a form with a cover and attachments may weigh.
const withFiles = 100 << 20

// Routes lists the addresses of the room. Things are written at the ranks of Room.Writers, and read wherever the room is.
func (d *Desk) Routes() []service.Route {
	read := func(method, path, action string, h fiber.Handler) service.Route {
		return service.Route{Method: method, Path: path, Action: action, Handler: h}
	}
	write := func(method, path, action string, h fiber.Handler) service.Route {
		return service.Route{Method: method, Path: path, Action: action, Levels: d.room.Writers, Handler: h}
	}
	files := func(r service.Route) service.Route {
		r.MaxBody = withFiles
		return r
	}
	routes := []service.Route{
		read("GET", d.home(), Read, d.getList),
		write("GET", d.path("desk"), Write, d.getDesk),
		write("GET", d.path("new"), Write, d.getNew),
		write("GET", d.path("audience"), Write, d.getAudience),
		files(write("POST", d.path("audience"), Write, d.postAudience)),
		files(write("POST", d.path("preview"), Write, d.postPreview)),
	}
	if d.room.Public {
		routes = append(routes,
			read("GET", d.path("public"), ReadPublic, d.getPublicList),
			read("GET", d.path("public", ":id"), ReadPublic, d.getPublic),
			read("GET", d.path("public", ":id", "cover"), ReadPublic, d.getCover(d.FindPublic)),
			read("GET", d.path("public", ":id", "files", ":file"), ReadPublic, d.getFile(d.FindPublic)))
	}
	return append(routes,
		read("GET", d.path(":id"), Read, d.getArticle),
		read("GET", d.path(":id", "cover"), Read, d.getCover(d.addressed)),
		read("GET", d.path(":id", "files", ":file"), Read, d.getFile(d.addressed)),
		read("POST", d.path(":id", "receipt"), Read, d.postReceipt),
		files(write("POST", d.path(":id"), Write, d.postSave)),
		write("GET", d.path(":id", "edit"), Write, d.getEdit),
		write("GET", d.path(":id", "check"), Write, d.getCheck),
		write("GET", d.path(":id", "receipts"), Write, d.getReceipts),
		write("GET", d.path(":id", "draft-cover"), Write, d.getCover(d.owned)),
		write("GET", d.path(":id", "withdrawal"), Write, d.getWithdrawal),
		write("POST", d.path(":id", "withdrawal"), Write, d.postWithdrawal),
		write("POST", d.path(":id", "restoration"), Write, d.postRestoration),
		write("POST", d.path(":id", "archive"), Write, d.postArchive),
		write("POST", d.path(":id", "review"), Write, d.postReview),
		write("POST", d.path(":id", "return"), Write, d.postReturn),
		write("POST", d.path(":id", "publication"), Publish, d.postPublication),
	)
}

// idOf reads the publication of the address; what cannot be an id is not found.
func idOf(c *fiber.Ctx) (uuid.UUID, error) {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return id, fault.Missing()
	}
	return id, nil
}

func (d *Desk) page(title string) web.Page {
	return web.Page{Title: title, Room: d.room.Name, Action: Read}
}

func (d *Desk) getList(c *fiber.Ctx) error {
	ctx := c.UserContext()
	section := c.Query("section")
	if _, ok := d.section(section); !ok {
		section = ""
	}
	list, err := d.List(ctx, section, c.Query("after"))
	if err != nil {
		return err
	}
	return web.Show(c, d.page(words.T(ctx, d.room.Title)), listPage(d.shapeList(ctx, list, section)))
}

func (d *Desk) getPublicList(c *fiber.Ctx) error {
	ctx := c.UserContext()
	list, err := d.ListPublic(ctx, c.Query("after"))
	if err != nil {
		return err
	}
	p := d.page(words.T(ctx, d.room.Title))
	p.Action, p.Public = ReadPublic, true
	return web.Show(c, p, listPage(d.shapePublicList(ctx, list)))
}

func (d *Desk) getArticle(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	l, err := d.Find(c.UserContext(), id)
	if err != nil {
		return err
	}
	return web.Show(c, d.page(l.Title), articlePage(d.shapeArticle(c.UserContext(), l)))
}

func (d *Desk) getPublic(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	p, err := d.FindPublic(c.UserContext(), id)
	if err != nil {
		return err
	}
	page := d.page(p.Title)
	page.Action, page.Public = ReadPublic, true
	return web.Show(c, page, articlePage(d.shapePublic(c.UserContext(), p)))
}

func (d *Desk) postReceipt(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	if err := d.Acknowledge(c.UserContext(), id); err != nil {
		return err
	}
	back := d.path(id.String())
	if d.room.Short {
		back = d.home()
	}
	return web.Done(c, back, words.T(c.UserContext(), "publication.receipt_given"))
}

func (d *Desk) getReceipts(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	r, err := d.Receipts(c.UserContext(), id, c.QueryInt("page", 1))
	if err != nil {
		return err
	}
	page := d.page(words.T(c.UserContext(), "publication.readers"))
	page.Action = Write
	return web.Show(c, page, receiptsPage(d.shapeReceipts(c.UserContext(), r)))
}

// mayWrite reports whether the page offers the way to the desk: where things are written, to those who write.
func (d *Desk) mayWrite(ctx context.Context) bool {
	_, may := d.policy.For(session.Actor(ctx), d.room.Name, Write)
	return may && slices.Contains(d.room.Writers, tenant.From(ctx).Kind)
}
