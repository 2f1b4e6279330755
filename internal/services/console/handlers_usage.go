package console

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getUsage(c *fiber.Ctx) error {
	ctx := c.UserContext()
	u, err := r.Usage(ctx)
	if err != nil {
		return err
	}
	return web.Show(c, page(c, "console.usage"), usagePage(shapeUsage(ctx, u)))
}

func (r *Room) getUsageExport(c *fiber.Ctx) error {
	ctx := c.UserContext()
	u, err := r.Usage(ctx)
	if err != nil {
		return err
	}
	rows := [][]string{{words.T(ctx, "console.usage.profile"), words.T(ctx, "console.usage.people"), words.T(ctx, "console.usage.activated")}}
	for _, p := range u.Profiles {
		rows = append(rows, []string{words.T(ctx, "profile."+string(p.Profile)), strconv.Itoa(p.People), strconv.Itoa(p.Activated)})
	}
	rows = append(rows, nil, []string{words.T(ctx, "console.usage.day"), words.T(ctx, "console.usage.connections")})
	for _, d := range u.Days {
		rows = append(rows, []string{d.Day.Format(time.DateOnly), strconv.Itoa(d.Connections)})
	}
	return web.SendTable(c, "utilisation.csv", rows)
}

type trailForm struct {
	From   string `form:"from"`
	To     string `form:"to"`
	Action string `form:"action"`
	Text   string `form:"text"`
	After  string `form:"after"`
}

func (f trailForm) filter() trailFilter {
	return trailFilter{From: day(f.From), To: day(f.To), Action: f.Action, Text: f.Text, After: f.After}
}

func (r *Room) getTrail(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[trailForm](c)
	if err != nil {
		return err
	}
	part, err := r.Trail(ctx, form.filter())
	if err != nil {
		return err
	}
	return web.Show(c, page(c, "console.trail"), trailPage(shapeTrail(ctx, form, part)))
}

func (r *Room) getTrailExport(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[trailForm](c)
	if err != nil {
		return err
	}
	lines, err := r.ExportTrail(ctx, form.filter())
	if err != nil {
		return err
	}
	rows := [][]string{{words.T(ctx, "console.trail.when"), words.T(ctx, "console.trail.who"), words.T(ctx, "console.trail.what"), words.T(ctx, "console.trail.about"), words.T(ctx, "console.trail.code")}}
	for _, l := range lines {
		rows = append(rows, []string{l.At.In(words.Zone()).Format(time.DateTime), l.Who, l.Says, l.Title, l.Action})
	}
	return web.SendTable(c, "journal.csv", rows)
}
