package oversight

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/setting"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getDefaults(c *fiber.Ctx) error { return r.showDefaults(c, "", "") }

func (r *Room) showDefaults(c *fiber.Ctx, name, wrong string) error {
	ctx := c.UserContext()
	p := page(words.T(ctx, "oversight.defaults.title"), defaults)
	v, err := r.shapeDefaults(ctx, name, wrong)
	if err != nil {
		return err
	}
	if wrong != "" {
		return web.Retry(c, p, defaultsPage(v))
	}
	return web.Show(c, p, defaultsPage(v))
}

type defaultForm struct {
	Name    string   `form:"name"`
	Version int      `form:"version"`
	Text    string   `form:"text"`
	Number  int      `form:"number"`
	Many    []string `form:"many"`
	Lock    bool     `form:"lock"`
	Inherit bool     `form:"inherit"`
}

func (r *Room) postDefault(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[defaultForm](c)
	if err != nil {
		return err
	}
	d, ok := r.Settings.Def(form.Name)
	if !ok || d.Kind == setting.Periods {
		return fault.Missing()
	}
	change := setting.Change{Name: form.Name, Version: form.Version, Lock: form.Lock, Inherit: form.Inherit}
	switch d.Kind {
	case setting.Number:
		change.Value.Number = form.Number
	case setting.Switch:
		change.Value.On = form.Text == "1"
	case setting.Choices:
		change.Value.Many = form.Many
	default:
		change.Value.Text = form.Text
	}
	err = r.SetDefault(ctx, change)
	if fields := fieldsOf(err); fields != nil {
		return r.showDefaults(c, form.Name, fields[form.Name])
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/defaults", words.T(ctx, "oversight.defaults.done"))
}

type copyForm struct {
	ID       uuid.UUID `form:"id"`
	From     int       `form:"from"`
	To       []string  `form:"to"`
	Settings []string  `form:"settings"`
}

func (r *Room) getNewCopy(c *fiber.Ctx) error {
	form, err := web.Decode[filterForm](c)
	if err != nil {
		return err
	}
	return r.showNewCopy(c, form.filter(), copyForm{ID: school.NewID()}, nil)
}

func (r *Room) showNewCopy(c *fiber.Ctx, f Filter, form copyForm, fields map[string]string) error {
	ctx := c.UserContext()
	p := page(words.T(ctx, "oversight.copy.title"), defaults)
	body := newCopyPage(r.shapeNewCopy(ctx, f, form, fields))
	if fields != nil {
		return web.Retry(c, p, body)
	}
	return web.Show(c, p, body)
}

func (r *Room) postCopy(c *fiber.Ctx) error {
	form, err := web.Decode[copyForm](c)
	if err != nil {
		return err
	}
	var to []school.ScopeID
	for _, s := range form.To {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return fault.Missing()
		}
		to = append(to, school.ScopeID(n))
	}
	err = r.PlanCopy(c.UserContext(), form.ID, school.ScopeID(form.From), to, form.Settings)
	if fields := fieldsOf(err); fields != nil {
		return r.showNewCopy(c, Filter{}, form, fields)
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/copies/"+form.ID.String())
}

func (r *Room) getCopy(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	one, err := r.ReadCopy(ctx, id)
	if err != nil {
		return err
	}
	return web.Show(c, page(words.T(ctx, "oversight.copy.title"), defaults), copyPage(r.shapeCopy(ctx, one)))
}

func (r *Room) postApplication(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	if err := r.Apply(c.UserContext(), id); err != nil {
		return err
	}
	return web.Done(c, home+"/copies/"+id.String(), words.T(c.UserContext(), "oversight.copy.started"))
}

func (r *Room) postTakeBack(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	if err := r.TakeBack(c.UserContext(), id); err != nil {
		return err
	}
	return web.Done(c, home+"/copies/"+id.String(), words.T(c.UserContext(), "oversight.copy.taking_back"))
}

func (r *Room) getEditors(c *fiber.Ctx) error { return r.showEditors(c, inviteForm{}, nil) }

func (r *Room) showEditors(c *fiber.Ctx, form inviteForm, fields map[string]string) error {
	ctx := c.UserContext()
	list, err := r.Editors(ctx)
	if err != nil {
		return err
	}
	p := page(words.T(ctx, "oversight.editors.title"), editors)
	body := editorsPage(r.shapeEditors(ctx, list, form, fields))
	if fields != nil {
		return web.Retry(c, p, body)
	}
	return web.Show(c, p, body)
}

type inviteForm struct {
	Login    string    `form:"login"`
	Sections []string  `form:"sections"`
	From     time.Time `form:"starts_on"`
	Until    time.Time `form:"ends_on"`
}

func (r *Room) postEditor(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[inviteForm](c)
	if err != nil {
		return err
	}
	err = r.Invite(ctx, form.Login, form.Sections, dayOf(form.From), dayOf(form.Until))
	if fields := fieldsOf(err); fields != nil {
		return r.showEditors(c, form, fields)
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/editors", words.T(ctx, "oversight.editors.invited"))
}

// dayOf is a day as the directory counts days: a form's date is midnight in Paris.
func dayOf(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	y, m, d := t.In(words.Zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

type entrustForm struct {
	Was      []string  `form:"was"`
	Sections []string  `form:"sections"`
	Until    time.Time `form:"ends_on"`
}

func (r *Room) postSections(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	form, err := web.Decode[entrustForm](c)
	if err != nil {
		return err
	}
	if err := r.Entrust(ctx, school.PersonID{UUID: id}, form.Was, form.Sections, dayOf(form.Until)); err != nil {
		return err
	}
	return web.Done(c, home+"/editors", words.T(ctx, "oversight.editors.done"))
}
