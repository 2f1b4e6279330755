package oversight

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

type decisionForm struct {
	From   string `form:"from"`
	To     string `form:"to"`
	Into   int    `form:"into"`
	Note   string `form:"note"`
	Reason string `form:"reason"`
	Sure   bool   `form:"sure"`
}

func (r *Room) getDecision(c *fiber.Ctx) error {
	return r.showDecision(c, decisionForm{To: c.Query("to")}, nil)
}

func (r *Room) showDecision(c *fiber.Ctx, form decisionForm, fields map[string]string) error {
	ctx := c.UserContext()
	id, err := number(c)
	if err != nil {
		return err
	}
	sheet, err := r.Open(ctx, id)
	if err != nil {
		return err
	}
	p := page(words.T(ctx, "oversight.decision.title"), decide)
	body := decisionPage(r.shapeDecision(ctx, sheet, form, fields))
	if fields != nil {
		return web.Retry(c, p, body)
	}
	return web.Show(c, p, body)
}

func (r *Room) postDecision(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := number(c)
	if err != nil {
		return err
	}
	form, err := web.Decode[decisionForm](c)
	if err != nil {
		return err
	}
	if !form.Sure {
		return r.showDecision(c, form, map[string]string{"sure": words.T(ctx, "oversight.decision.sure.missing")})
	}
	err = r.Decide(ctx, id, tenant.Decision{From: tenant.State(form.From), To: tenant.State(form.To), Into: school.ScopeID(form.Into),
		Note: form.Note, Reason: form.Reason})
	if fields := fieldsOf(err); fields != nil {
		return r.showDecision(c, form, fields)
	}
	if err != nil {
		return err
	}
	return web.Done(c, address(id), words.T(ctx, "oversight.decision.done"))
}

type reasonForm struct {
	Reason string `form:"reason"`
}

func (r *Room) postReturn(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := number(c)
	if err != nil {
		return err
	}
	form, err := web.Decode[reasonForm](c)
	if err != nil {
		return err
	}
	err = r.Return(ctx, id, form.Reason)
	if fields := fieldsOf(err); fields != nil {
		return r.showSheet(c, refusal{fields: fields, reason: form.Reason})
	}
	if err != nil {
		return err
	}
	return web.Done(c, address(id), words.T(ctx, "oversight.return.done"))
}

type waveForm struct {
	From   string `form:"from"`
	Wave   string `form:"wave"`
	Reason string `form:"wave_reason"`
}

func (r *Room) postWave(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := number(c)
	if err != nil {
		return err
	}
	form, err := web.Decode[waveForm](c)
	if err != nil {
		return err
	}
	err = r.Move(ctx, id, tenant.Move{From: form.From, To: form.Wave, Reason: form.Reason})
	if fields := fieldsOf(err); fields != nil {
		if words := fields["reason"]; words != "" {
			fields["wave_reason"] = words
			delete(fields, "reason")
		}
		return r.showSheet(c, refusal{fields: fields, reason: form.Reason, wave: form.Wave})
	}
	if err != nil {
		return err
	}
	return web.Done(c, address(id), words.T(ctx, "oversight.wave.done"))
}

// fieldsOf are the fields that a fault names; nil for every other answer.
func fieldsOf(err error) map[string]string {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		return f.Fields
	}
	return nil
}
