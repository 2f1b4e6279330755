package rights

import (
	"slices"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

const home = "/rights"

func page(c *fiber.Ctx, action string) web.Page {
	return web.Page{Title: words.T(c.UserContext(), "rights.title"), Room: "rights", Action: action}
}

// room finds the service that an address names, if the space has it.
func (r *Room) room(c *fiber.Ctx) (service.Service, error) {
	t := tenant.From(c.UserContext())
	i := slices.IndexFunc(r.rooms, func(s service.Service) bool { return s.Name == c.Params("room") && len(actionsIn(s, t)) > 0 })
	if i < 0 {
		return service.Service{}, fault.Missing()
	}
	return r.rooms[i], nil
}

func (r *Room) getServices(c *fiber.Ctx) error {
	ctx := c.UserContext()
	past, _, err := r.History(ctx, "", uuid.Nil)
	if err != nil {
		return err
	}
	return web.Show(c, page(c, read), servicesPage(r.shapeServices(ctx, past)))
}

// changedOnly is what the filter of a table asks for.
const changedOnly = "changed"

func (r *Room) getTable(c *fiber.Ctx) error {
	s, err := r.room(c)
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	return web.Show(c, page(c, read), tablePage(r.shapeTable(ctx, s, c.Query("show") == changedOnly)))
}

func (r *Room) getHistory(c *fiber.Ctx) error {
	s, err := r.room(c)
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	before, err := uuid.Parse(c.Query("before", uuid.Nil.String()))
	if err != nil {
		return fault.Missing()
	}
	past, more, err := r.History(ctx, s.Name, before)
	if err != nil {
		return err
	}
	return web.Show(c, page(c, read), historyPage(r.shapeHistory(ctx, s, past, before, more)))
}

// line finds the line that an address names, with its service and its action.
func (r *Room) line(c *fiber.Ctx) (subject, error) {
	s, err := r.room(c)
	if err != nil {
		return subject{}, err
	}
	t := tenant.From(c.UserContext())
	for _, a := range actionsIn(s, t) {
		if a.Name != c.Params("action") {
			continue
		}
		profile := school.Profile(c.Params("profile"))
		line, ok := r.policy.Line(t, s.Name, a.Name, profile)
		if ok && slices.Contains(subjectsIn(t), profile) {
			return subject{s, a, line}, nil
		}
	}
	return subject{}, fault.Missing()
}

func (r *Room) getChange(c *fiber.Ctx) error {
	s, err := r.line(c)
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	return web.Show(c, page(c, change), changePage(r.shapeChange(ctx, s, nil)))
}

// wish is what the form of a line asks to see the effect of.
type wish struct {
	Reach  string    `form:"reach"`
	Closed bool      `form:"closed"`
	Undoes uuid.UUID `form:"undoes"`
}

func (r *Room) getEffect(c *fiber.Ctx) error {
	s, err := r.line(c)
	if err != nil {
		return err
	}
	w, err := web.Decode[wish](c)
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	if err := s.line.Check(policy.Reach(w.Reach), w.Closed); err != nil {
		return r.again(c, s, err)
	}
	p, err := r.Foresee(ctx, s.line)
	if err != nil {
		return err
	}
	return web.Show(c, page(c, change), effectPage(r.shapeEffect(ctx, s, w, p)))
}

type changeForm struct {
	ID     uuid.UUID `form:"id"`
	Reach  string    `form:"reach"`
	Closed bool      `form:"closed"`
	Number int       `form:"number"`
	Undoes uuid.UUID `form:"undoes"`
}

func (r *Room) postChange(c *fiber.Ctx) error {
	s, err := r.line(c)
	if err != nil {
		return err
	}
	form, err := web.Decode[changeForm](c)
	if err != nil {
		return err
	}
	if form.ID == uuid.Nil {
		form.ID = school.NewID()
	}
	ctx := c.UserContext()
	err = r.Set(ctx, Change{ID: form.ID, Room: s.room.Name, Action: s.action.Name, Profile: s.line.Profile, Reach: policy.Reach(form.Reach),
		Closed: form.Closed, Number: form.Number, Undoes: form.Undoes})
	if fault.Is(err, fault.Invalid) {
		return r.again(c, s, err)
	}
	if err != nil {
		return err
	}
	done := words.T(ctx, "rights.done")
	if form.Undoes != uuid.Nil {
		done = words.T(ctx, "rights.undone")
	}
	return web.Done(c, home+"/"+s.room.Name+"#"+s.anchor(), done)
}

// again shows the form of a line with what was wrong in it.
func (r *Room) again(c *fiber.Ctx, s subject, err error) error {
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	return web.Retry(c, page(c, change), changePage(r.shapeChange(c.UserContext(), s, err)))
}
