package notices

import (
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/live"
	"elyco/internal/session"
	"elyco/internal/ui"
	"elyco/internal/web"
	"elyco/internal/words"
)

func idOf(c *fiber.Ctx) (uuid.UUID, error) {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return uuid.Nil, fault.Missing()
	}
	return id, nil
}

func (r *Room) getList(c *fiber.Ctx) error {
	ctx := c.UserContext()
	before, _ := time.Parse(time.RFC3339Nano, c.Query("before")) // what is no instant begins the list anew
	l, err := r.List(ctx, before, c.Query("unread") != "")
	if err != nil {
		return err
	}
	v := shapeList(ctx, l, before.IsZero(), r.db.NowIn(ctx), r.registry)
	if web.Fragment(c) {
		return web.Show(c, web.Page{}, listPart(v))
	}
	return web.Show(c, web.Page{Title: words.T(ctx, "notices.title"), Room: name, Action: read}, listPage(v))
}

func (r *Room) getCount(c *fiber.Ctx) error {
	if !web.Fragment(c) {
		return web.Done(c, home)
	}
	n, err := r.Waiting(c.UserContext())
	if err != nil {
		return err
	}
	return web.Show(c, web.Page{}, ui.Bell{URL: home, Waits: n, Filled: true})
}

func (r *Room) postRead(c *fiber.Ctx) error {
	if err := r.ReadAll(c.UserContext()); err != nil {
		return err
	}
	return web.Done(c, home, words.T(c.UserContext(), "notices.all_read"))
}

func (r *Room) getOpen(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	m, err := r.Open(c.UserContext(), id)
	if err != nil {
		return err
	}
	return web.Done(c, m.Path)
}

func (r *Room) postAcknowledge(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	if err := r.Acknowledge(c.UserContext(), id); err != nil {
		return err
	}
	return web.Done(c, home, words.T(c.UserContext(), "notices.acknowledged"))
}

func (r *Room) getLink(c *fiber.Ctx) error {
	ctx := c.UserContext()
	l, found, err := r.herald.Linked(ctx, c.Params("code"))
	if err != nil {
		return err
	}
	if !found {
		return fault.New(fault.NotFound, words.T(ctx, "notices.link.unknown"))
	}
	c.Set("X-Robots-Tag", "noindex")
	return web.Show(c, web.Page{Title: l.Title, Room: name, Action: link, Public: !session.Actor(ctx).SignedIn()}, linkPage(shapeLink(ctx, l, c.Params("code"))))
}

func (r *Room) postLink(c *fiber.Ctx) error {
	if err := r.AcknowledgeLinked(c.UserContext(), c.Params("code")); err != nil {
		return err
	}
	return web.Done(c, "/r/"+c.Params("code"))
}

func (r *Room) getOff(c *fiber.Ctx) error {
	ctx := c.UserContext()
	_, kind, ok := r.herald.ReadOffToken(c.Params("token"))
	if !ok {
		return fault.New(fault.NotFound, words.T(ctx, "notices.link.unknown"))
	}
	return web.Show(c, web.Page{Title: words.T(ctx, "notices.off"), Room: name, Action: link, Public: !session.Actor(ctx).SignedIn()},
		offPage(offView{Token: c.Params("token"), Kind: words.T(ctx, kind.Title)}))
}

func (r *Room) postOff(c *fiber.Ctx) error {
	ctx := c.UserContext()
	kind, err := r.Off(ctx, c.Params("token"))
	if err != nil {
		return err
	}
	return web.Show(c, web.Page{Title: words.T(ctx, "notices.off"), Room: name, Action: link, Public: !session.Actor(ctx).SignedIn()},
		offPage(offView{Token: c.Params("token"), Kind: words.T(ctx, kind.Title), Done: true}))
}

// heard feeds a stream from what is told to one person.
type heard struct{ *live.Page }

// Take writes events as open pages read them: "changed", and the room with what has changed in it.
func (h heard) Take() [][2]string {
	var out [][2]string
	for _, e := range h.Page.Take() {
		data := e.Room
		if e.Ref != uuid.Nil {
			data += " " + e.Ref.String()
		}
		out = append(out, [2]string{"changed", data})
	}
	return out
}

func (r *Room) getLive(c *fiber.Ctx) error {
	if !web.Listens(c) {
		return web.Done(c, home)
	}
	actor := session.Actor(c.UserContext())
	if actor.PreviewOnly || c.Method() == fiber.MethodHead {
		return c.SendStatus(fiber.StatusNoContent) // which ends the browser's asking
	}
	p, err := r.live.Open(actor.Person.UUID)
	if err != nil {
		return err
	}
	return web.Stream(c, heard{p})
}
