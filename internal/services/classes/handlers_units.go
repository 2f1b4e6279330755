package classes

import (
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/web"
	"elyco/internal/words"
)

// typed is what was sent with a form that is shown again, and why.
type typed struct {
	unit  *Unit
	wrong map[string]string
}

func (r *Room) getUnits(k Kind) fiber.Handler {
	return func(c *fiber.Ctx) error { return r.showUnits(c, k, yearOf(c), typed{}) }
}

func (r *Room) showUnits(c *fiber.Ctx, k Kind, year uuid.UUID, t typed) error {
	s, err := r.List(c.UserContext(), k, year)
	if err != nil {
		return err
	}
	body := unitsPage(shapeUnits(c.UserContext(), k, s, r.mayManage(c), t))
	if t.wrong != nil {
		return web.Retry(c, titled(c, titleOf(k)), body)
	}
	return web.Show(c, titled(c, titleOf(k)), body)
}

func (r *Room) getUnitsExport(k Kind) fiber.Handler {
	return func(c *fiber.Ctx) error {
		ctx := c.UserContext()
		s, err := r.List(ctx, k, yearOf(c))
		if err != nil {
			return err
		}
		return web.SendTable(c, strings.ToLower(words.T(ctx, titleOf(k)))+".csv", tableOfUnits(ctx, k, s.Units))
	}
}

type unitForm struct {
	ID      uuid.UUID `form:"id"`
	Year    uuid.UUID `form:"year"`
	Name    string    `form:"name"`
	Level   string    `form:"level"`
	Made    string    `form:"made"`
	OpensOn string    `form:"opens_on"`
	Version int       `form:"version"`
}

func (f unitForm) unit(k Kind) Unit {
	return Unit{Kind: k, ID: f.ID, Year: directory.Year{ID: f.Year}, Name: f.Name, Level: f.Level, Made: f.Made, OpensOn: day(f.OpensOn), Version: f.Version}
}

func (r *Room) postUnit(k Kind) fiber.Handler {
	return func(c *fiber.Ctx) error {
		form, err := web.Decode[unitForm](c)
		if err != nil {
			return err
		}
		u := form.unit(k)
		if u.ID == uuid.Nil {
			return fault.Missing()
		}
		err = r.Create(c.UserContext(), u)
		if wrong := refused(err); wrong != nil {
			return r.showUnits(c, k, u.Year.ID, typed{&u, wrong})
		}
		if err != nil {
			return err
		}
		return web.Done(c, base(k)+"/"+u.ID.String(), words.T(c.UserContext(), "classes.created", "name", trimmed(u.Name)))
	}
}

func (r *Room) getUnit(k Kind) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := idOf(c)
		if err != nil {
			return err
		}
		return r.showUnit(c, k, id, typed{})
	}
}

func (r *Room) showUnit(c *fiber.Ctx, k Kind, id uuid.UUID, t typed) error {
	may := r.mayManage(c)
	text := ""
	if may {
		text = c.Query("q")
	}
	s, err := r.Open(c.UserContext(), k, id, text)
	if err != nil {
		return err
	}
	body := unitPage(shapeUnit(c.UserContext(), s, may, text, strings.FieldsFunc(c.Query("dropped"), func(r rune) bool { return r == ',' }), t))
	if t.wrong != nil {
		return web.Retry(c, page(c, s.Name), body)
	}
	return web.Show(c, page(c, s.Name), body)
}

func (r *Room) getUnitExport(k Kind) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := idOf(c)
		if err != nil {
			return err
		}
		s, err := r.Taken(c.UserContext(), k, id)
		if err != nil {
			return err
		}
		return web.SendTable(c, s.Name+".csv", tableOfMembers(c.UserContext(), s.Members))
	}
}

func (r *Room) postChange(k Kind) fiber.Handler {
	return r.onUnit(func(c *fiber.Ctx, id uuid.UUID) error {
		form, err := web.Decode[unitForm](c)
		if err != nil {
			return err
		}
		u := form.unit(k)
		u.ID = id
		err = r.Change(c.UserContext(), u)
		if wrong := refused(err); wrong != nil {
			return r.showUnit(c, k, id, typed{&u, wrong})
		}
		if err != nil {
			return err
		}
		return web.Done(c, base(k)+"/"+id.String(), words.T(c.UserContext(), "classes.saved"))
	})
}

// onUnit reads the id before anything else, so that an address that names nothing is absent whatever is sent.
func (r *Room) onUnit(then func(c *fiber.Ctx, id uuid.UUID) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := idOf(c)
		if err != nil {
			return err
		}
		return then(c, id)
	}
}

type emptyForm struct{}

func (r *Room) postRemove(k Kind) fiber.Handler {
	return r.onUnit(func(c *fiber.Ctx, id uuid.UUID) error {
		if _, err := web.Decode[emptyForm](c); err != nil {
			return err
		}
		err := r.Remove(c.UserContext(), k, id)
		if wrong := refused(err); wrong != nil {
			return r.showUnit(c, k, id, typed{wrong: wrong})
		}
		if err != nil {
			return err
		}
		return web.Done(c, base(k), words.T(c.UserContext(), "classes.removed"))
	})
}

type peopleForm struct {
	Who []string `form:"who"`
}

// postPeople runs what a form of chosen people asks for; nobody chosen shows the form again.
func (r *Room) postPeople(k Kind, none bool, do func(c *fiber.Ctx, id uuid.UUID, list []who) error) fiber.Handler {
	return r.onUnit(func(c *fiber.Ctx, id uuid.UUID) error {
		form, err := web.Decode[peopleForm](c)
		if err != nil {
			return err
		}
		var list []who
		if len(form.Who) > 0 || !none {
			list, err = readWho(form.Who)
		}
		if err == nil {
			err = do(c, id, list)
		}
		if wrong := refused(err); wrong != nil {
			return r.showUnit(c, k, id, typed{wrong: wrong})
		}
		return err
	})
}

func (r *Room) postMembers(k Kind) fiber.Handler {
	return r.postPeople(k, false, func(c *fiber.Ctx, id uuid.UUID, list []who) error {
		if err := r.Add(c.UserContext(), k, id, list); err != nil {
			return err
		}
		return web.Done(c, base(k)+"/"+id.String(), words.N(c.UserContext(), "classes.added", len(list)))
	})
}

// postDropped takes people out and remembers them in the address of the next page, which offers to put them back.
func (r *Room) postDropped(k Kind) fiber.Handler {
	return r.postPeople(k, false, func(c *fiber.Ctx, id uuid.UUID, list []who) error {
		if err := r.Drop(c.UserContext(), k, id, list); err != nil {
			return err
		}
		const remembered = 40 // addresses have their limits
		var back []string
		for _, w := range list[:min(len(list), remembered)] {
			back = append(back, w.String())
		}
		return web.Done(c, base(k)+"/"+id.String()+"?dropped="+strings.Join(back, ","), words.N(c.UserContext(), "classes.dropped", len(list)))
	})
}

func (r *Room) postForm() fiber.Handler {
	return r.postPeople(Class, true, func(c *fiber.Ctx, id uuid.UUID, list []who) error {
		if err := r.Appoint(c.UserContext(), id, list); err != nil {
			return err
		}
		return web.Done(c, home+"/"+id.String(), words.T(c.UserContext(), "classes.saved"))
	})
}
