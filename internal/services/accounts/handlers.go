package accounts

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/web"
	"elyco/internal/words"
)

func page(c *fiber.Ctx, title, action string) web.Page {
	return web.Page{Title: words.T(c.UserContext(), title), Room: "accounts", Action: action}
}

func filterOf(c *fiber.Ctx) Filter {
	f := Filter{Text: c.Query("q"), Audience: Audience(c.Query("audience")), State: State(c.Query("state"))}
	if id, err := uuid.Parse(c.Query("class")); err == nil {
		f.Class = school.ClassID{UUID: id}
	}
	if id, err := uuid.Parse(c.Query("after")); err == nil {
		f.After = school.PersonID{UUID: id}
	}
	return f
}

// getAccounts shows the whole space to those who look after it, and to others the people whom they may help.
func (r *Room) getAccounts(c *fiber.Ctx) error {
	ctx := c.UserContext()
	roster, err := r.Roster(ctx)
	if err != nil {
		return err
	}
	if _, may := r.policy.Can(ctx, "accounts", manage); !may {
		return web.Show(c, page(c, "accounts.pupils.title", help), pupilsView(r.shapePupils(ctx, r.Within(ctx, roster), filterOf(c))))
	}
	v := r.shapeAccounts(ctx, roster, filterOf(c))
	_, v.MayMerge = r.policy.Can(ctx, "accounts", merge)
	return web.Show(c, page(c, "accounts.title", manage), accountsView(v))
}

// getCounts gives the same figures as the page, for a spreadsheet.
func (r *Room) getCounts(c *fiber.Ctx) error {
	ctx := c.UserContext()
	roster, err := r.Roster(ctx)
	if err != nil {
		return err
	}
	return web.Pour(c, words.T(ctx, "accounts.csv.name")+".csv", "text/csv; charset=utf-8", func(w io.Writer) error {
		if _, err := io.WriteString(w, "\ufeff"); err != nil { // or spreadsheets read accents wrongly
			return err
		}
		out := csv.NewWriter(w)
		out.Comma = ';'
		lines := [][]string{{words.T(ctx, "accounts.class"), words.T(ctx, "accounts.audience"), words.T(ctx, "accounts.people"),
			words.T(ctx, "accounts.count.active"), words.T(ctx, "accounts.count.coded"), words.T(ctx, "accounts.count.none")}}
		for _, l := range Count(roster) {
			lines = append(lines, []string{plain(l.Class.Name), words.T(ctx, "accounts.audience."+string(l.Audience)), strconv.Itoa(l.People),
				strconv.Itoa(l.Active), strconv.Itoa(l.Coded), strconv.Itoa(l.People - l.Active - l.Coded)})
		}
		return out.WriteAll(lines)
	})
}

// plain keeps a spreadsheet from taking a name for a formula.
func plain(name string) string {
	if name != "" && (name[0] == '=' || name[0] == '+' || name[0] == '-' || name[0] == '@') {
		return "'" + name
	}
	return name
}

func personOf(c *fiber.Ctx) (school.PersonID, error) {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return school.PersonID{}, fault.Missing()
	}
	return school.PersonID{UUID: id}, nil
}

func (r *Room) getPerson(c *fiber.Ctx) error {
	return r.showPerson(c, blockForm{}, nil, fiber.StatusOK)
}

type blockForm struct {
	Reason string `form:"reason"`
}

func (r *Room) showPerson(c *fiber.Ctx, form blockForm, wrong map[string]string, status int) error {
	ctx := c.UserContext()
	who, err := personOf(c)
	if err != nil {
		return err
	}
	m, err := r.Find(ctx, who)
	if err != nil {
		return err
	}
	returned, err := r.Returned(ctx, who)
	if err != nil {
		return err
	}
	gone, err := r.moved(ctx, m)
	if err != nil {
		return err
	}
	to, err := r.sessions.AddressesOf(ctx, []school.PersonID{who})
	if err != nil {
		return err
	}
	p := page(c, "accounts.title", help)
	p.Title, p.Status = m.Name(), status
	v := r.shapePerson(ctx, m, returned, form, wrong)
	v.Moved, v.MayMail = gone[who], to[who].Address != ""
	return web.Show(c, p, personView(v))
}

// postCode shows the new code, once.
func (r *Room) postCode(c *fiber.Ctx) error {
	ctx := c.UserContext()
	who, err := personOf(c)
	if err != nil {
		return err
	}
	given, err := r.GiveCode(ctx, who)
	if err != nil {
		return err
	}
	p := page(c, "accounts.code.title", help)
	c.Set(fiber.HeaderCacheControl, "no-store")
	return web.Show(c, p, codeGivenView(shapeCode(ctx, given)))
}

func (r *Room) postMail(c *fiber.Ctx) error {
	ctx := c.UserContext()
	who, err := personOf(c)
	if err != nil {
		return err
	}
	err = r.MailCode(ctx, who)
	if fault.Is(err, fault.Invalid) { // the address was there when the page was opened
		return web.Done(c, "/accounts/people/"+who.String(), words.T(ctx, "accounts.code.no_address"))
	}
	if err != nil {
		return err
	}
	return web.Done(c, "/accounts/people/"+who.String(), words.T(ctx, "accounts.mailed"))
}

func (r *Room) postBlock(c *fiber.Ctx) error {
	ctx := c.UserContext()
	who, err := personOf(c)
	if err != nil {
		return err
	}
	form, err := web.Decode[blockForm](c)
	if err != nil {
		return err
	}
	err = r.Block(ctx, who, form.Reason)
	var f *fault.Error
	if errors.As(err, &f) && f.Fields["reason"] != "" {
		return r.showPerson(c, form, f.Fields, fiber.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return web.Done(c, "/accounts/people/"+who.String(), words.T(ctx, "accounts.blocked"))
}

func (r *Room) postUnblock(c *fiber.Ctx) error {
	ctx := c.UserContext()
	who, err := personOf(c)
	if err != nil {
		return err
	}
	if err := r.Unblock(ctx, who); err != nil {
		return err
	}
	return web.Done(c, "/accounts/people/"+who.String(), words.T(ctx, "accounts.unblocked"))
}
