package chat

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/web"
	"elyco/internal/words"
)

// written is what stands in the field of a channel's page.
type written struct {
	id     uuid.UUID
	body   string
	reply  int
	faults map[string]string
}

func (r *Room) getChannel(c *fiber.Ctx) error {
	return r.showChannel(c, written{id: school.NewID(), reply: numberOf(c, "reply")})
}

func (r *Room) showChannel(c *fiber.Ctx, w written) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	s, err := r.Look(ctx, id, numberOf(c, "before"))
	if err != nil {
		return err
	}
	p := page(s.Title, read)
	if !s.seat.reads() {
		return web.Show(c, p, doorPage(shapeDoor(ctx, s)))
	}
	v := shapeChannel(ctx, s, w)
	if w.faults != nil {
		return web.Retry(c, p, channelPage(v))
	}
	return web.Show(c, p, channelPage(v))
}

// getLine answers what is new after what the page shows; or, for before, what was said earlier.
func (r *Room) getLine(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	before := numberOf(c, "before")
	if !web.Fragment(c) {
		return web.Done(c, home)
	}
	var s sight
	if before > 0 {
		s, err = r.Look(ctx, id, before)
	} else {
		s, err = r.Follow(ctx, id, numberOf(c, "after"), numberOf(c, "since"))
	}
	if err != nil {
		return err
	}
	if !s.seat.reads() {
		return fault.Missing()
	}
	if before > 0 {
		return web.Show(c, page(s.Title, read), earlierPart(shapeTalk(ctx, s, false)))
	}
	return web.Show(c, page(s.Title, read), linePart(shapeTalk(ctx, s, true)))
}

type messageForm struct {
	ID    uuid.UUID `form:"id"`
	Body  string    `form:"body"`
	Reply int       `form:"reply"`
	After int       `form:"after"`
	Since int       `form:"since"`
}

func (r *Room) postMessage(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[messageForm](c)
	if err == nil {
		err = r.Post(ctx, Draft{ID: f.ID, Channel: id, Body: f.Body, Reply: f.Reply})
	}
	w := written{id: f.ID, body: f.Body, reply: f.Reply, faults: fieldsOf(err)}
	if err != nil && w.faults == nil {
		return err
	}
	if !web.Fragment(c) {
		if w.faults != nil {
			return r.showChannel(c, w)
		}
		return web.Done(c, channelPath(id)+"#end")
	}
	if w.faults == nil {
		w = written{id: school.NewID()}
	}
	s, err := r.Follow(ctx, id, f.After, f.Since)
	if err != nil {
		return err
	}
	p := page(s.Title, write)
	if w.faults != nil {
		p.Status = fiber.StatusUnprocessableEntity
	}
	return web.Show(c, p, postedPart(shapeTalk(ctx, s, true), shapeCompose(ctx, s, w)))
}

type presenceForm struct {
	After int `form:"after"`
	Since int `form:"since"`
}

func (r *Room) postPresence(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[presenceForm](c)
	if err != nil {
		return err
	}
	s, err := r.Beat(ctx, id, f.After)
	if err != nil {
		return err
	}
	if !web.Fragment(c) {
		return web.Done(c, channelPath(id))
	}
	return web.Show(c, page(s.Title, read), herePart(shapeHere(ctx, s, false)))
}

// postReading is what a page without scripts sends to say that everything was read.
func (r *Room) postReading(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[presenceForm](c)
	if err == nil {
		err = r.Reach(c.UserContext(), id, f.After, false)
	}
	return done(c, err, home, "chat.read")
}

func (r *Room) getMembers(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	s, err := r.Members(ctx, id)
	if err != nil {
		return err
	}
	return web.Show(c, page(words.T(ctx, "chat.members"), read), membersPage(shapeMembers(ctx, s, c.Query("who"))))
}

func (r *Room) getMessage(c *fiber.Ctx) error { return r.showMessage(c, trying{}) }

// trying is what the page of a message says of what was just tried there.
type trying struct {
	what   string // which form
	body   string
	reason string
	faults map[string]string
}

func (r *Room) showMessage(c *fiber.Ctx, t trying) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	s, m, err := r.Show(ctx, id)
	if err != nil {
		return err
	}
	p, v := page(words.T(ctx, "chat.message"), read), shapeMessage(ctx, s, m, t)
	if t.faults != nil {
		return web.Retry(c, p, messagePage(v))
	}
	return web.Show(c, p, messagePage(v))
}

type editForm struct {
	Body string `form:"body"`
}

func (r *Room) postEdit(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[editForm](c)
	if err == nil {
		err = r.Edit(c.UserContext(), id, f.Body)
	}
	return r.orMessage(c, err, trying{what: "edit", body: f.Body}, "chat.edited")
}

// orMessage tells what is wrong on the page of the message, or goes on to its channel.
func (r *Room) orMessage(c *fiber.Ctx, err error, t trying, key string) error {
	ctx := c.UserContext()
	if t.faults = fieldsOf(err); t.faults != nil {
		return r.showMessage(c, t)
	}
	if err != nil {
		return err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	s, _, err := r.Show(ctx, id)
	if err != nil {
		return err
	}
	return web.Done(c, channelPath(s.ID), words.T(ctx, key))
}

type removalForm struct {
	Reason string `form:"reason"`
}

func (r *Room) postRemoval(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[removalForm](c)
	if err == nil {
		err = r.Remove(c.UserContext(), id, f.Reason)
	}
	return r.orMessage(c, err, trying{what: "removal", reason: f.Reason}, "chat.taken_back")
}

type reportForm struct {
	ID     uuid.UUID `form:"report"`
	Reason string    `form:"reason"`
	Note   string    `form:"note"`
}

func (r *Room) postReport(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[reportForm](c)
	if err == nil {
		err = r.Report(c.UserContext(), id, Report{ID: f.ID, Reason: f.Reason, Note: f.Note})
	}
	return r.orMessage(c, err, trying{what: "report", body: f.Note, reason: f.Reason}, "chat.reported")
}
