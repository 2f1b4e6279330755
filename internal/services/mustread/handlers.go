package mustread

import (
	"bytes"
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/fault"
	"elyco/internal/notice"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/sheet"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

// messageForm is the page on which one writes; the fields that begin with "to_" are the picker's.
type messageForm struct {
	ID             uuid.UUID `form:"id"`
	Title          string    `form:"title"`
	Body           string    `form:"body"`
	Goal           time.Time `form:"goal"`
	Ways           []string  `form:"way"`
	Urgent         bool      `form:"urgent"`
	Reason         string    `form:"reason"`
	Whole          bool      `form:"to_whole"`
	Profiles       []string  `form:"to_profile"`
	Levels         []string  `form:"to_level"`
	Classes        []string  `form:"to_class"`
	Groups         []string  `form:"to_group"`
	Natures        []string  `form:"to_nature"`
	Departments    []string  `form:"to_department"`
	Establishments []string  `form:"to_establishment"`
}

func (f messageForm) message() (Message, error) {
	m := Message{ID: f.ID, Title: f.Title, Body: f.Body, GoalAt: f.Goal, Urgent: f.Urgent, Reason: f.Reason}
	for _, w := range f.Ways {
		m.Ways = append(m.Ways, notice.Channel(w))
	}
	var err error
	m.Audience, err = audience.Form{Whole: f.Whole, Profiles: f.Profiles, Levels: f.Levels, Classes: f.Classes, Groups: f.Groups,
		Natures: f.Natures, Departments: f.Departments, Establishments: f.Establishments}.Audience()
	return m, err
}

func idOf(c *fiber.Ctx, param string) (uuid.UUID, error) {
	id, err := uuid.Parse(c.Params(param))
	if err != nil {
		return uuid.Nil, fault.Missing()
	}
	return id, nil
}

func fieldsOf(err error) map[string]string {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid {
		return f.Fields
	}
	return nil
}

func page(title string) web.Page { return web.Page{Title: title, Room: name, Action: send} }

func (r *Room) getList(c *fiber.Ctx) error {
	ctx := c.UserContext()
	before, _ := time.Parse(time.RFC3339Nano, c.Query("before")) // what is no instant begins the list anew
	last, _ := uuid.Parse(c.Query("last"))
	list, err := r.List(ctx, before, last)
	if err != nil {
		return err
	}
	return web.Show(c, page(words.T(ctx, "mustread.title")), listPage(shapeList(ctx, list, r.db.NowIn(ctx))))
}

func (r *Room) getNew(c *fiber.Ctx) error {
	goal := r.db.NowIn(c.UserContext()).AddDate(0, 0, 2)
	m := Message{ID: school.NewID(), GoalAt: goal, Ways: []notice.Channel{notice.Text}, Audience: audience.Audience{Profiles: []school.Profile{school.Guardian}}}
	return r.showForm(c, m, nil)
}

func (r *Room) getEdit(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	m, err := r.Message(c.UserContext(), id)
	if err != nil {
		return err
	}
	if m.State != Draft {
		return fault.Missing()
	}
	return r.showForm(c, m, nil)
}

func (r *Room) showForm(c *fiber.Ctx, m Message, faults map[string]string) error {
	ctx := c.UserContext()
	choices, err := audience.ChoicesOf(ctx, r.db, tenant.From(ctx))
	if err != nil {
		return err
	}
	picker := audience.Picker{Choices: choices, Chosen: m.Audience, Error: faults[audience.Field], LiveURL: home + "/audience", AskURL: home + "/messages"}
	if !m.Audience.Empty() && choices.Allows(m.Audience) == nil {
		e, err := audience.Count(ctx, r.db, tenant.From(ctx), m.Audience)
		if err != nil {
			return err
		}
		reach := choices.ReachOf(m.Audience, e)
		picker.Reach = &reach
	}
	_, may := r.policy.For(session.Actor(ctx), name, urgent)
	v := shapeForm(ctx, m, faults, may, func(w notice.Channel) bool { return r.herald.Payer(tenant.From(ctx), w) != "" })
	v.Picker = picker
	p := page(words.T(ctx, "mustread.new"))
	if len(faults) > 0 {
		return web.Retry(c, p, formPage(v))
	}
	return web.Show(c, p, formPage(v))
}

// getAudience answers the picker while somebody chooses.
func (r *Room) getAudience(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[audience.Form](c)
	if err != nil {
		return err
	}
	a, err := form.Audience()
	if err != nil {
		return err
	}
	if a.Empty() {
		return web.Show(c, page(""), audience.Reach{})
	}
	here := tenant.From(ctx)
	choices, err := audience.ChoicesOf(ctx, r.db, here)
	if err != nil {
		return err
	}
	if err := choices.Allows(a); err != nil {
		return web.Show(c, page(""), audience.Reach{Error: fieldsOf(err)[audience.Field]})
	}
	e, err := audience.Count(ctx, r.db, here, a)
	if err != nil {
		return err
	}
	return web.Show(c, page(""), choices.ReachOf(a, e))
}

func (r *Room) postMessage(c *fiber.Ctx) error {
	ctx := c.UserContext()
	f, err := web.Decode[messageForm](c)
	if err != nil && fieldsOf(err) == nil {
		return err
	}
	m, bad := f.message()
	if err == nil {
		err = bad
	}
	if err == nil {
		err = r.Save(ctx, m)
	}
	if faults := fieldsOf(err); faults != nil {
		return r.showForm(c, m, faults)
	}
	if err != nil {
		return err
	}
	return web.Done(c, messagePath(m.ID))
}

// getMessage shows a draft with what would become of it, or how far a message is.
func (r *Room) getMessage(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	f, err := r.Follow(ctx, id, notice.LedgerPage{Left: true})
	if err != nil {
		return err
	}
	if f.State != Draft {
		v := r.shapeFollowed(ctx, f)
		if web.Fragment(c) {
			return web.Show(c, web.Page{}, progressPart(v))
		}
		return web.Show(c, page(f.Title), followPage(v))
	}
	return r.showDraft(c, f.Message, "")
}

func (r *Room) showDraft(c *fiber.Ctx, m Message, wrong string) error {
	ctx := c.UserContext()
	forecast, err := r.Foresee(ctx, m)
	if err != nil {
		return err
	}
	v := r.shapeDraft(ctx, m, forecast)
	v.Wrong = wrong
	if wrong != "" {
		return web.Retry(c, page(m.Title), draftPage(v))
	}
	return web.Show(c, page(m.Title), draftPage(v))
}

func (r *Room) postSend(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	err = r.Send(ctx, id)
	if faults := fieldsOf(err); faults != nil {
		m, missing := r.Message(ctx, id)
		if missing != nil {
			return missing
		}
		for _, wrong := range faults {
			return r.showDraft(c, m, wrong)
		}
	}
	if err != nil {
		return err
	}
	return web.Done(c, messagePath(id), words.T(ctx, "mustread.sent"))
}

func (r *Room) postRemove(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	if err := r.Remove(c.UserContext(), id); err != nil {
		return err
	}
	return web.Done(c, home, words.T(c.UserContext(), "mustread.removed"))
}

func (r *Room) postHurry(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	n, err := r.Hurry(ctx, id)
	if err != nil {
		return err
	}
	return web.Done(c, messagePath(id), words.N(ctx, "mustread.hurried", n))
}

func (r *Room) postEnd(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	if err := r.End(c.UserContext(), id); err != nil {
		return err
	}
	return web.Done(c, messagePath(id), words.T(c.UserContext(), "mustread.ended"))
}

func (r *Room) postReached(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	person, err := idOf(c, "person")
	if err != nil {
		return err
	}
	if err := r.Reached(c.UserContext(), id, person); err != nil {
		return err
	}
	return web.Done(c, messagePath(id), words.T(c.UserContext(), "mustread.noted"))
}

func (r *Room) getLedger(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	last, _ := uuid.Parse(c.Query("last")) // what is no id begins the list anew
	f, err := r.Follow(ctx, id, notice.LedgerPage{AfterName: c.Query("after"), After: last})
	if err != nil {
		return err
	}
	if f.State == Draft {
		return fault.Missing()
	}
	return web.Show(c, page(words.T(ctx, "mustread.ledger")), ledgerPage(shapeLedger(ctx, f)))
}

func (r *Room) getTable(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	m, err := r.Message(ctx, id)
	if err != nil {
		return err
	}
	rows := [][]string{tableHead(ctx)}
	err = r.Ledger(ctx, id, func(p notice.Reached) error { rows = append(rows, tableRow(ctx, p)); return nil })
	if err != nil {
		return err
	}
	return web.SendTable(c, words.T(ctx, "mustread.table.file", "title", m.Title)+".csv", rows)
}

func (r *Room) postLetters(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := r.Letters(c.UserContext(), id, &out); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, sheet.ContentType)
	c.Set(fiber.HeaderContentDisposition, web.Disposition(words.T(c.UserContext(), "mustread.letters.file")+".pdf", false))
	return c.Send(out.Bytes())
}
