package slips

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getResults(c *fiber.Ctx) error { return r.showResults(c, nil) }

func (r *Room) showResults(c *fiber.Ctx, faults map[string]string) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	res, err := r.Results(ctx, id)
	if err != nil {
		return err
	}
	if res.State == Draft {
		return c.Redirect(draftPath(id), fiber.StatusSeeOther)
	}
	at, _ := strconv.Atoi(c.Query("page")) // what is no number is the first page
	v := shapeResults(ctx, res, r.db.NowIn(ctx), c.Query("class"), at, school.NewID(), faults)
	if len(faults) > 0 {
		return web.Retry(c, page(v.Title, read), resultsPage(v))
	}
	return web.Show(c, page(v.Title, read), resultsPage(v))
}

func (r *Room) getCSV(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	res, err := r.Results(c.UserContext(), id)
	if err != nil {
		return err
	}
	if !res.all || !res.Ready {
		return fault.Missing()
	}
	return web.SendTable(c, drive.SafeName(res.Title+".csv"), shapeCSV(c.UserContext(), res))
}

func (r *Room) postEnd(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	form, err := web.Decode[versionForm](c)
	if err != nil && fieldsOf(err) == nil {
		return err
	}
	switch {
	case err != nil:
	case form.Now:
		err = r.MoveEnd(c.UserContext(), id, form.Version, time.Time{})
	case form.Closes.IsZero():
		err = fault.Field("closes", words.T(c.UserContext(), "slips.end.needed"))
	default:
		err = r.MoveEnd(c.UserContext(), id, form.Version, form.Closes)
	}
	if faults := fieldsOf(err); faults != nil {
		return r.showResults(c, faults)
	}
	return done(c, err, resultsPath(id), "slips.end.moved")
}

func (r *Room) postWithdrawal(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	return done(c, r.Withdraw(c.UserContext(), id), home+"/desk", "slips.withdrawn")
}

type idForm struct {
	ID uuid.UUID `form:"id"`
}

// posted reads the slip of the path and the id that the form brought.
func posted(c *fiber.Ctx) (slip, id uuid.UUID, err error) {
	if slip, err = idOf(c, "id"); err != nil {
		return slip, id, err
	}
	form, err := web.Decode[idForm](c)
	return slip, form.ID, err
}

func (r *Room) postReminder(c *fiber.Ctx) error {
	slip, id, err := posted(c)
	if err == nil {
		err = r.Remind(c.UserContext(), slip, id)
	}
	return done(c, err, resultsPath(slip), "slips.reminded")
}

func (r *Room) postCopy(c *fiber.Ctx) error {
	slip, id, err := posted(c)
	if err == nil {
		err = r.Copy(c.UserContext(), slip, id)
	}
	return done(c, err, draftPath(id), "slips.copied")
}

func (r *Room) postTemplate(c *fiber.Ctx) error {
	slip, id, err := posted(c)
	if err == nil {
		err = r.Keep(c.UserContext(), slip, id)
	}
	return done(c, err, home+"/new", "slips.template.kept")
}

func (r *Room) getTexts(c *fiber.Ctx) error {
	return r.showTexts(c, Text{Lang: c.Query("lang")}, false, nil)
}

func (r *Room) showTexts(c *fiber.Ctx, t Text, typed bool, faults map[string]string) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	s, err := r.own(ctx, id)
	if err != nil {
		return err
	}
	if there, ok := s.text(t.Lang); ok && !typed {
		t = there
	}
	v := shapeTexts(ctx, s, t, faults)
	if len(faults) > 0 {
		return web.Retry(c, page(words.T(ctx, "slips.texts"), create), textsPage(v))
	}
	return web.Show(c, page(words.T(ctx, "slips.texts"), create), textsPage(v))
}

type textForm struct {
	Lang  string `form:"lang"`
	Title string `form:"title"`
	Body  string `form:"body"`
}

func (r *Room) postText(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	form, err := web.Decode[textForm](c)
	if err != nil {
		return err
	}
	t := Text(form)
	err = r.Translate(c.UserContext(), id, t)
	if faults := fieldsOf(err); faults != nil {
		return r.showTexts(c, t, true, faults)
	}
	return done(c, err, slipPath(id)+"/texts", "slips.texts.kept")
}

func (r *Room) getPaper(c *fiber.Ctx) error { return r.showPaper(c, telling{}, "") }

func (r *Room) showPaper(c *fiber.Ctx, t telling, who string) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	s, list, err := r.Paper(ctx, id)
	if err != nil {
		return err
	}
	p, body := page(words.T(ctx, "slips.paper"), paper), paperPage(shapePaper(ctx, s, list, t, who))
	if len(t.faults) > 0 {
		return web.Retry(c, p, body)
	}
	return web.Show(c, p, body)
}

func (r *Room) postPaper(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	form, err := web.Decode[answerForm](c)
	if err != nil {
		return err
	}
	person, child, _ := strings.Cut(form.Who, ":")
	p := Copied{Sent: form.sent()}
	if p.Person, err = uuid.Parse(person); err == nil {
		p.Child, err = uuid.Parse(child)
	}
	if err != nil {
		err = fault.Field("who", words.T(c.UserContext(), "slips.paper.who.needed"))
	} else {
		err = r.CopyPaper(c.UserContext(), id, p)
	}
	if faults := fieldsOf(err); faults != nil {
		return r.showPaper(c, telling{sent: form.sent(), faults: faults}, form.Who)
	}
	return done(c, err, slipPath(id)+"/paper", "slips.paper.kept")
}
