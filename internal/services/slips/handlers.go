package slips

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/web"
	"elyco/internal/words"
)

const home = "/slips"

func slipPath(id uuid.UUID) string    { return home + "/" + id.String() }
func draftPath(id uuid.UUID) string   { return home + "/drafts/" + id.String() }
func resultsPath(id uuid.UUID) string { return slipPath(id) + "/results" }

func page(title, action string) web.Page { return web.Page{Title: title, Room: name, Action: action} }

func fieldsOf(err error) map[string]string {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		return f.Fields
	}
	return nil
}

// sentence is what a person may be told of an error; empty for the others.
func sentence(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind == fault.Internal {
		return ""
	}
	for _, text := range f.Fields {
		return text
	}
	return f.Words
}

func idOf(c *fiber.Ctx, param string) (uuid.UUID, error) {
	id, err := uuid.Parse(c.Params(param))
	if err != nil {
		return uuid.Nil, fault.Missing()
	}
	return id, nil
}

func cursorOf(c *fiber.Ctx) (from cursor, err error) {
	if c.Query("last") == "" {
		return from, nil
	}
	if from.last, err = uuid.Parse(c.Query("last")); err != nil {
		return from, fault.Missing()
	}
	if from.before, err = time.Parse(time.RFC3339Nano, c.Query("before")); err != nil {
		return from, fault.Missing()
	}
	return from, nil
}

func (r *Room) getList(c *fiber.Ctx) error {
	ctx := c.UserContext()
	from, err := cursorOf(c)
	if err != nil {
		return err
	}
	open, past, next, err := r.List(ctx, from)
	if err != nil {
		return err
	}
	return web.Show(c, page(words.T(ctx, "slips.title"), read), listPage(shapeList(ctx, open, past, next, !from.before.IsZero(), r.creates(ctx))))
}

// telling is what the page of a slip says of an answer that was refused.
type telling struct {
	child  uuid.UUID
	sent   [][]string
	typed  string
	faults map[string]string
}

func (r *Room) getSlip(c *fiber.Ctx) error { return r.showSlip(c, telling{}) }

func (r *Room) showSlip(c *fiber.Ctx, t telling) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	v, err := r.Look(ctx, id)
	if err != nil {
		return err
	}
	if v.State == Draft {
		return c.Redirect(draftPath(id), fiber.StatusSeeOther)
	}
	p, body := page(v.Title, read), slipPage(shapeSlip(ctx, v, r.db.NowIn(ctx), c.Query("lang"), t))
	if len(t.faults) > 0 {
		return web.Retry(c, p, body)
	}
	return web.Show(c, p, body)
}

// answerForm has a field for each question that there can be.
type answerForm struct {
	Child     uuid.UUID `form:"child"`
	Who       string    `form:"who"`
	Signature string    `form:"signature"`
	Q1        []string  `form:"q1"`
	Q2        []string  `form:"q2"`
	Q3        []string  `form:"q3"`
	Q4        []string  `form:"q4"`
	Q5        []string  `form:"q5"`
	Q6        []string  `form:"q6"`
	Q7        []string  `form:"q7"`
	Q8        []string  `form:"q8"`
	Q9        []string  `form:"q9"`
	Q10       []string  `form:"q10"`
	Q11       []string  `form:"q11"`
	Q12       []string  `form:"q12"`
}

func (f answerForm) sent() [][]string {
	return [][]string{f.Q1, f.Q2, f.Q3, f.Q4, f.Q5, f.Q6, f.Q7, f.Q8, f.Q9, f.Q10, f.Q11, f.Q12}
}

func (r *Room) postReply(c *fiber.Ctx) error {
	form, err := web.Decode[answerForm](c)
	if err != nil {
		return err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	err = r.Answer(c.UserContext(), id, form.Child, form.sent(), form.Signature)
	if faults := fieldsOf(err); faults != nil {
		return r.showSlip(c, telling{child: form.Child, sent: form.sent(), typed: form.Signature, faults: faults})
	}
	if err != nil {
		return err
	}
	return web.Done(c, slipPath(id), words.T(c.UserContext(), "slips.answered"))
}

func (r *Room) postVote(c *fiber.Ctx) error {
	form, err := web.Decode[answerForm](c)
	if err != nil {
		return err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	cast, err := r.Vote(c.UserContext(), id, form.Child, form.sent())
	if faults := fieldsOf(err); faults != nil {
		return r.showSlip(c, telling{child: form.Child, sent: form.sent(), faults: faults})
	}
	if err != nil {
		return err
	}
	if !cast {
		return web.Done(c, slipPath(id), words.T(c.UserContext(), "slips.voted.before"))
	}
	return web.Done(c, slipPath(id), words.T(c.UserContext(), "slips.voted"))
}

func (r *Room) getReceipt(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	child, err := uuid.Parse(c.Query("child", uuid.Nil.String()))
	if err != nil {
		return fault.Missing()
	}
	v, err := r.Look(ctx, id)
	if err != nil {
		return err
	}
	for _, l := range v.lines() {
		if l.Child == child && l.Reply != nil {
			return web.Show(c, page(words.T(ctx, "slips.receipt"), read), receiptPage(shapeReceipt(ctx, v, l)))
		}
	}
	return fault.Missing()
}

func (r *Room) getFile(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	file, err := idOf(c, "file")
	if err != nil {
		return err
	}
	n, open, err := r.File(c.UserContext(), id, file)
	if err != nil {
		return err
	}
	f := web.File{Name: n.Name, Type: n.Type, Size: n.Size, Hash: n.Hash, Open: open}
	if !drive.Inline(n.Type) {
		f.Type = fiber.MIMEOctetStream
	}
	return web.Send(c, f)
}
