package mydata

import (
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/sheet"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getRegister(c *fiber.Ctx) error {
	ctx := c.UserContext()
	return web.Show(c, page(c, "mydata.register.title", govern), registerPage(r.shapeRegister(ctx, r.Register(ctx))))
}

func (r *Room) getRegisterTable(c *fiber.Ctx) error {
	ctx := c.UserContext()
	columns, rows := registerTable(ctx, r.Register(ctx))
	return sendTable(c, words.T(ctx, "mydata.register.file")+".csv", columns, rows)
}

func (r *Room) getRegisterDocument(c *fiber.Ctx) error {
	ctx := c.UserContext()
	pdf, err := registerSheet(ctx, r.Register(ctx), r.db.NowIn(ctx)).PDF()
	if err != nil {
		return fmt.Errorf("write the register of processing: %w", err)
	}
	c.Set(fiber.HeaderContentType, sheet.ContentType)
	c.Set(fiber.HeaderContentDisposition, web.Disposition(words.T(ctx, "mydata.register.file")+".pdf", true))
	return c.Send(pdf)
}

func (r *Room) getRetention(c *fiber.Ctx) error {
	ctx := c.UserContext()
	const ahead = 30 * 24 * time.Hour
	clocks, err := r.Clocks(ctx, ahead)
	if err != nil {
		return err
	}
	return web.Show(c, page(c, "mydata.retention.title", govern), retentionPage(r.shapeRetention(ctx, clocks)))
}
