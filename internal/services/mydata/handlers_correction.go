package mydata

import (
	"errors"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getCorrections(c *fiber.Ctx) error {
	ctx := c.UserContext()
	s, err := r.subject(c)
	if err != nil {
		return err
	}
	list, err := r.Corrections(ctx, s)
	if err != nil {
		return err
	}
	return web.Show(c, page(c, "mydata.correction.title", see), correctionsPage(r.shapeCorrections(ctx, s, list)))
}

type correctionForm struct {
	ID    uuid.UUID `form:"id"`
	Space int       `form:"space"`
	Field string    `form:"field"`
	Child string    `form:"child"`
	Asked string    `form:"asked"`
}

func (r *Room) getCorrection(c *fiber.Ctx) error {
	form, err := web.Decode[correctionForm](c)
	if err != nil {
		return err
	}
	form.ID = school.NewID()
	return r.showCorrection(c, form, nil)
}

func (r *Room) showCorrection(c *fiber.Ctx, form correctionForm, refused fault.Fields) error {
	ctx := c.UserContext()
	s, err := r.Subject(ctx, form.Child)
	if err != nil {
		return err
	}
	f, desk, err := r.Shown(ctx, s, int64(form.Space), form.Field)
	if err != nil {
		return err
	}
	body := askPage(shapeAsk(ctx, s, f, desk, form, refused))
	if refused != nil {
		return web.Retry(c, page(c, "mydata.correction.ask", see), body)
	}
	return web.Show(c, page(c, "mydata.correction.ask", see), body)
}

func (r *Room) postCorrection(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[correctionForm](c)
	if err != nil {
		return err
	}
	s, err := r.Subject(ctx, form.Child)
	if err != nil {
		return err
	}
	if form.ID == uuid.Nil {
		return fault.Missing()
	}
	err = r.AskCorrection(ctx, s, Wish{ID: form.ID, Space: int64(form.Space), Field: form.Field, Asked: form.Asked})
	if refused := fieldsOf(err); refused != nil {
		return r.showCorrection(c, form, refused)
	}
	if err != nil {
		return err
	}
	return web.Done(c, at("/corrections", s), words.T(ctx, "mydata.correction.asked"))
}

func (r *Room) getRequests(c *fiber.Ctx) error { return r.showRequests(c, answerForm{}, uuid.Nil, nil) }

type answerForm struct {
	Version int    `form:"version"`
	State   string `form:"state"`
	Reason  string `form:"reason"`
}

func (r *Room) showRequests(c *fiber.Ctx, form answerForm, of uuid.UUID, refused fault.Fields) error {
	ctx := c.UserContext()
	open, answered, err := r.Requests(ctx)
	if err != nil {
		return err
	}
	body := requestsPage(r.shapeRequests(ctx, open, answered, form, of, refused))
	if refused != nil {
		return web.Retry(c, page(c, "mydata.requests.title", answer), body)
	}
	return web.Show(c, page(c, "mydata.requests.title", answer), body)
}

func (r *Room) postRequest(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[answerForm](c)
	if err != nil {
		return err
	}
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	err = r.Answer(ctx, id, form.Version, CorrectionState(form.State), form.Reason)
	if refused := fieldsOf(err); refused != nil {
		return r.showRequests(c, form, id, refused)
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/requests", words.T(ctx, "mydata.requests.done"))
}

// fieldsOf are the fields that a refusal names, or nil when it is none of a form's.
func fieldsOf(err error) fault.Fields {
	var f *fault.Error
	if errors.As(err, &f) && len(f.Fields) > 0 {
		return f.Fields
	}
	return nil
}
