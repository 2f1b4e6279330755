package gateways

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/web"
	"elyco/internal/words"
)

func page(title string) web.Page { return web.Page{Title: title, Room: name, Action: read} }

func idOf(c *fiber.Ctx) (uuid.UUID, error) {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return uuid.Nil, fault.Missing()
	}
	return id, nil
}

type outboxForm struct {
	Channel string    `form:"channel"`
	State   string    `form:"state"`
	Day     time.Time `form:"day"`
	Before  uuid.UUID `form:"before"`
}

func (r *Room) getOutbox(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[outboxForm](c)
	if err != nil {
		return err
	}
	f := filter(form).clean()
	list, more, err := r.Outbox(ctx, f)
	if err != nil {
		return err
	}
	return web.Show(c, page(words.T(ctx, "gateways.title")), outboxView(shapeOutbox(ctx, list, more, f, r.office)))
}

func (r *Room) getMessage(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	s, text, html, err := r.Message(ctx, id)
	if err != nil {
		return err
	}
	_, mayPlay := r.policy.Can(ctx, name, play)
	return web.Show(c, page(words.T(ctx, "gateways.one", "subject", s.Subject)), messageView(shapeMessage(ctx, s, text, html != "", mayPlay)))
}

// getLetterPage is a letter that the simulator kept, for a frame: nothing but styles and pictures is allowed in it.
func (r *Room) getLetterPage(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	_, _, html, err := r.Message(c.UserContext(), id)
	if err != nil {
		return err
	}
	if html == "" {
		return fault.Missing()
	}
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups")
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return c.SendString(html)
}

type playForm struct {
	Do string `form:"do"`
}

func (r *Room) postPlay(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	f, err := web.Decode[playForm](c)
	if err != nil {
		return err
	}
	if err := r.Play(c.UserContext(), id, f.Do); err != nil {
		return err
	}
	return web.Done(c, "/gateways/"+id.String(), words.T(c.UserContext(), "gateways.play.done"))
}

func (r *Room) getSpending(c *fiber.Ctx) error {
	ctx := c.UserContext()
	list, err := r.Spending(ctx)
	if err != nil {
		return err
	}
	return web.Show(c, page(words.T(ctx, "gateways.spending.title")), spendingView(shapeSpending(ctx, list)))
}

func (r *Room) getSpendingTable(c *fiber.Ctx) error {
	ctx := c.UserContext()
	list, err := r.Spending(ctx)
	if err != nil {
		return err
	}
	rows := [][]string{{words.T(ctx, "gateways.month"), words.T(ctx, "gateways.channel"), words.T(ctx, "gateways.payer"),
		words.T(ctx, "gateways.messages"), words.T(ctx, "gateways.spending.euros")}}
	for _, s := range list {
		rows = append(rows, []string{s.Month.Format("2006-01"), words.T(ctx, "gateways.channel."+s.Channel), payerWords(ctx, s.Payer), strconv.Itoa(s.Messages), s.Cost.Plain()})
	}
	return web.SendTable(c, words.T(ctx, "gateways.spending.file"), rows)
}
