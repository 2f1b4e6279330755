package console

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

const home = "/console"

func page(c *fiber.Ctx, title string) web.Page {
	return web.Page{Title: words.T(c.UserContext(), title), Room: "console", Action: manage}
}

// fieldsOf gives the sentences beside the fields of a refused form; nil for any other error.
func fieldsOf(err error) map[string]string {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid {
		return nil
	}
	if len(f.Fields) == 0 {
		return map[string]string{"": f.Words}
	}
	return f.Fields
}

func (r *Room) getOverview(c *fiber.Ctx) error {
	ctx := c.UserContext()
	s, people, err := r.Standing(ctx)
	if err != nil {
		return err
	}
	return web.Show(c, page(c, "console.title"), overviewPage(r.shapeOverview(ctx, s, people)))
}

func (r *Room) postOpening(c *fiber.Ctx) error {
	ctx := c.UserContext()
	if err := r.Open(ctx); err != nil {
		return err
	}
	return web.Done(c, home, words.T(ctx, "console.opened"))
}

type identityForm struct {
	Name         string `form:"name"`
	Presentation string `form:"presentation"`
	ContactEmail string `form:"contact_email"`
	ContactPhone string `form:"contact_phone"`
	Address      string `form:"address"`
	Version      int    `form:"version"`
}

func (r *Room) getIdentity(c *fiber.Ctx) error {
	ctx := c.UserContext()
	own, err := r.Identity(ctx)
	if err != nil {
		return err
	}
	return web.Show(c, page(c, "console.identity"), identityPage(shapeIdentity(ctx, own, nil)))
}

func (r *Room) postIdentity(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[identityForm](c)
	if err != nil {
		return err
	}
	own := tenant.Own(form)
	err = r.Present(ctx, own)
	if wrong := fieldsOf(err); wrong != nil {
		return web.Retry(c, page(c, "console.identity"), identityPage(shapeIdentity(ctx, own, wrong)))
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/identity", words.T(ctx, "console.identity.saved"))
}

func (r *Room) getServices(c *fiber.Ctx) error { return r.showServices(c, Decision{}, nil) }

// showServices shows the page, with the form of one service as it was refused.
func (r *Room) showServices(c *fiber.Ctx, typed Decision, wrong map[string]string) error {
	ctx := c.UserContext()
	noted, names, err := r.Decisions(ctx)
	if err != nil {
		return err
	}
	body := servicesPage(r.shapeServices(ctx, noted, names, typed, wrong))
	if wrong != nil {
		return web.Retry(c, page(c, "console.services"), body)
	}
	return web.Show(c, page(c, "console.services"), body)
}

type serviceForm struct {
	Service   string `form:"service"`
	Open      bool   `form:"open"`
	DecidedOn string `form:"decided_on"`
	Note      string `form:"note"`
	Version   int    `form:"version"`
}

func (r *Room) postService(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[serviceForm](c)
	if err != nil {
		return err
	}
	d := Decision{Service: form.Service, Open: form.Open, DecidedOn: day(form.DecidedOn), Note: form.Note, Version: form.Version}
	err = r.Decide(ctx, d)
	if wrong := fieldsOf(err); wrong != nil {
		return r.showServices(c, d, wrong)
	}
	if err != nil {
		return err
	}
	said := "console.services.closed"
	if d.Open {
		said = "console.services.opened"
	}
	return web.Done(c, home+"/services", words.T(ctx, said))
}

// day reads a day as a date field sends it, without a zone: the eleventh is the eleventh. What is none is the zero time.
func day(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}
	}
	return d
}

func (r *Room) getAdministrators(c *fiber.Ctx) error {
	return r.showAdministrators(c, directory.Delegation{ID: school.NewID()}, nil)
}

// showAdministrators shows the page with what was searched, and the form as it was refused.
func (r *Room) showAdministrators(c *fiber.Ctx, typed directory.Delegation, wrong map[string]string) error {
	ctx := c.UserContext()
	list, err := r.people.Administrators(ctx)
	if err != nil {
		return err
	}
	query := c.Query("name")
	var found []directory.Member
	if len([]rune(query)) >= 2 && len(query) <= 80 {
		if found, err = r.people.Find(ctx, query); err != nil {
			return err
		}
	}
	body := administratorsPage(shapeAdministrators(ctx, r.DB.NowIn(ctx), list, query, found, typed, wrong))
	if wrong != nil {
		return web.Retry(c, page(c, "console.administrators"), body)
	}
	return web.Show(c, page(c, "console.administrators"), body)
}

type delegationForm struct {
	ID     uuid.UUID `form:"id"`
	Person uuid.UUID `form:"person"`
	From   string    `form:"from"`
	To     string    `form:"to"`
}

func (r *Room) postAdministrator(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[delegationForm](c)
	if err != nil {
		return err
	}
	if form.ID == uuid.Nil {
		form.ID = school.NewID()
	}
	g := directory.Delegation{ID: form.ID, Person: school.PersonID{UUID: form.Person}, From: day(form.From), To: day(form.To)}
	if form.To != "" && g.To.IsZero() {
		return r.showAdministrators(c, g, map[string]string{"to": words.T(ctx, "console.date_wrong")})
	}
	err = r.people.Delegate(ctx, session.Actor(ctx).Person, g)
	if wrong := fieldsOf(err); wrong != nil {
		return r.showAdministrators(c, g, wrong)
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/administrators", words.T(ctx, "console.administrators.given"))
}

type withdrawalForm struct {
	Person uuid.UUID `form:"person"`
}

func (r *Room) postWithdrawal(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[withdrawalForm](c)
	if err != nil {
		return err
	}
	actor := session.Actor(ctx).Person
	err = r.people.Withdraw(ctx, actor, school.PersonID{UUID: form.Person})
	if wrong := fieldsOf(err); wrong != nil {
		return r.showAdministrators(c, directory.Delegation{ID: school.NewID()}, wrong)
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/administrators", words.T(ctx, "console.administrators.withdrawn"))
}
