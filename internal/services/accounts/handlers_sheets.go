package accounts

import (
	"context"
	"errors"
	"io"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/sheet"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getSheets(c *fiber.Ctx) error {
	form := orderForm{ID: school.NewID(), Audience: []string{string(Pupils), string(Guardians)}}
	if id, err := uuid.Parse(c.Query("class")); err == nil {
		form.Class = id.String()
	}
	return r.showSheets(c, form, nil, fiber.StatusOK)
}

type orderForm struct {
	ID       uuid.UUID `form:"id"`
	Class    string    `form:"class"`
	Audience []string  `form:"audience"`
	Renew    bool      `form:"renew"`
	Mail     bool      `form:"mail"`
}

func (r *Room) showSheets(c *fiber.Ctx, form orderForm, wrong map[string]string, status int) error {
	ctx := c.UserContext()
	roster, err := r.Roster(ctx)
	if err != nil {
		return err
	}
	runs, err := r.Runs(ctx)
	if err != nil {
		return err
	}
	p := page(c, "accounts.sheets.title", manage)
	p.Status = status
	return web.Show(c, p, sheetsView(shapeSheets(ctx, roster, runs, form, wrong)))
}

func (r *Room) postSheets(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[orderForm](c)
	if err != nil {
		return err
	}
	o := Order{ID: form.ID, Renew: form.Renew, Mail: form.Mail}
	if form.Class != "" {
		id, err := uuid.Parse(form.Class)
		if err != nil {
			return fault.Missing()
		}
		o.Class = school.ClassID{UUID: id}
	}
	for _, a := range form.Audience {
		o.Audiences = append(o.Audiences, Audience(a))
	}
	if o.ID == uuid.Nil {
		return fault.New(fault.Invalid, words.T(ctx, "accounts.sheets.stale"))
	}
	err = r.Print(ctx, o)
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		return r.showSheets(c, form, f.Fields, fiber.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return web.Done(c, "/accounts/sheets/"+o.ID.String())
}

func (r *Room) getRun(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	run, parts, found, err := r.readRun(ctx, id)
	if err != nil {
		return err
	}
	if !found {
		return fault.Missing()
	}
	p := page(c, "accounts.sheets.title", manage)
	p.Title = run.Title
	return web.Show(c, p, runView(shapeRun(ctx, run, parts)))
}

func (r *Room) postEndRun(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	if err := r.EndRun(ctx, id); err != nil {
		return err
	}
	return web.Done(c, "/accounts/sheets", words.T(ctx, "accounts.sheets.ended"))
}

func (r *Room) getSheet(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	place, err := strconv.Atoi(c.Params("place"))
	if err != nil {
		return fault.Missing()
	}
	d, err := r.Sheet(c.UserContext(), id, place)
	if err != nil {
		return err
	}
	return web.Send(c, web.File{Name: d.Name, Type: sheet.ContentType, Size: d.Size, Inline: true,
		Open: func(ctx context.Context, off, n int64) (io.ReadCloser, error) { return r.Open(ctx, d, off, n) }})
}
