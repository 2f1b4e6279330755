package feeds

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/feed"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

const home = "/feeds"

// refreshEvery is how often a browser without scripts asks again for a page on which work goes on, in seconds.
const refreshEvery = "4"

func page(title, action string) web.Page {
	return web.Page{Title: title, Room: "feeds", Action: action}
}

func (r *Room) getList(c *fiber.Ctx) error {
	ctx := c.UserContext()
	if tenant.From(ctx).Kind == tenant.KindEstablishment {
		parts, err := r.engine.Latest(ctx)
		if err != nil {
			return err
		}
		return web.Show(c, page(words.T(ctx, "feeds.title"), view), ownPage(shapeOwn(ctx, parts)))
	}
	list, err := r.engine.Feeds(ctx)
	if err != nil {
		return err
	}
	archives, err := r.Archives()
	if err != nil {
		return err
	}
	waiting, err := r.waiting(ctx)
	if err != nil {
		return err
	}
	v := shapeList(ctx, r.folder != "", archives, list, waiting)
	if v.Working && !web.Fragment(c) {
		c.Set("Refresh", refreshEvery)
	}
	return web.Show(c, page(words.T(ctx, "feeds.title"), view), listPage(v))
}

type archiveForm struct {
	ID   uuid.UUID `form:"id"`
	Name string    `form:"name"`
}

func (r *Room) postArchive(c *fiber.Ctx) error {
	form, err := web.Decode[archiveForm](c)
	if err != nil {
		return err
	}
	if err := r.Read(c.UserContext(), form.ID, form.Name); err != nil {
		return err
	}
	return web.Done(c, home, words.T(c.UserContext(), "feeds.started"))
}

// look is what somebody looks for in a report.
type look struct {
	Words string `form:"q"`
	State string `form:"state"`
	After int    `form:"after"`
	Kind  string `form:"kind"`
}

// pageLines is how many establishments, and how many people, a page shows.
const pageLines = 50

func (r *Room) getFeed(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	l, err := web.Decode[look](c)
	if err != nil {
		return err
	}
	if here := tenant.From(ctx); here.Kind == tenant.KindEstablishment {
		return r.showPart(c, id, here, l, typed{})
	}
	one, parts, err := r.Report(ctx, id, feed.PartFilter{State: feed.PartState(l.State), Text: l.Words, After: school.ScopeID(l.After), Limit: pageLines + 1})
	if err != nil {
		return err
	}
	counts, err := r.engine.FindingCounts(ctx, id)
	if err != nil {
		return err
	}
	problems, err := r.engine.Problems(ctx, id, someProblems)
	if err != nil {
		return err
	}
	v := shapeReport(ctx, one, parts, l, problems, counts)
	if v.Working && !web.Fragment(c) {
		c.Set("Refresh", refreshEvery)
	}
	return web.Show(c, page(v.Head.Title, view), reportPage(v))
}

// someProblems is how many errors of a kind the report of a feed shows.
const someProblems = 10

func (r *Room) getExport(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	one, parts, err := r.Report(ctx, id, feed.PartFilter{})
	if err != nil {
		return err
	}
	body, err := sheet(shapeExport(ctx, parts))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="annuaire-`+one.Day.Format("2006-01-02")+`.csv"`)
	return c.Send(body)
}

func (r *Room) postApplication(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	if err := r.Apply(c.UserContext(), id); err != nil {
		return err
	}
	return web.Done(c, home+"/"+id.String(), words.T(c.UserContext(), "feeds.applying"))
}

func (r *Room) getPart(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	t, err := r.schoolOf(c.Params("number"))
	if err != nil {
		return err
	}
	l, err := web.Decode[look](c)
	if err != nil {
		return err
	}
	return r.showPart(c, id, t, l, typed{})
}

// typed is a reason that was refused.
type typed struct {
	reason string
	faults map[string]string
}

func (r *Room) showPart(c *fiber.Ctx, id uuid.UUID, t *tenant.Tenant, l look, wrong typed) error {
	ctx := c.UserContext()
	p, err := r.Part(ctx, id, t, feed.FindingFilter{Kind: feed.FindingKind(l.Kind), After: l.After, Limit: pageLines + 1})
	if err != nil {
		return err
	}
	v := shapePart(ctx, p, wrong)
	if len(wrong.faults) > 0 {
		return web.Retry(c, page(v.Head.Title, view), partPage(v))
	}
	return web.Show(c, page(v.Head.Title, view), partPage(v))
}

type confirmForm struct {
	Reason string `form:"reason"`
}

func (r *Room) postConfirmation(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	t, err := r.schoolOf(c.Params("number"))
	if err != nil {
		return err
	}
	form, err := web.Decode[confirmForm](c)
	if err != nil {
		return err
	}
	err = r.Confirm(ctx, id, t.ID, form.Reason)
	if faults := fieldsOf(err); faults != nil {
		return r.showPart(c, id, t, look{}, typed{form.Reason, faults})
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/"+id.String(), words.T(ctx, "feeds.confirmed", "school", t.Name))
}

func (r *Room) getFunctions(c *fiber.Ctx) error { return r.showFunctions(c, feed.Role{}, nil) }

func (r *Room) showFunctions(c *fiber.Ctx, wrong feed.Role, faults map[string]string) error {
	ctx := c.UserContext()
	list, err := r.engine.Roles(ctx)
	if err != nil {
		return err
	}
	p := page(words.T(ctx, "feeds.functions.title"), edit)
	body := functionsPage(shapeFunctions(ctx, list, wrong, faults, c.Query("code")))
	if len(faults) > 0 {
		return web.Retry(c, p, body)
	}
	return web.Show(c, p, body)
}

type functionForm struct {
	Code    string `form:"code"`
	Label   string `form:"label"`
	Profile string `form:"profile"`
	Version int    `form:"version"`
}

func (r *Room) postFunction(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[functionForm](c)
	if err != nil {
		return err
	}
	role := feed.Role{Code: form.Code, Label: form.Label, Profile: school.Profile(form.Profile), Version: form.Version}
	err = r.engine.SetRole(ctx, session.Actor(ctx).Person, role)
	if faults := fieldsOf(err); faults != nil {
		return r.showFunctions(c, role, faults)
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/functions", words.T(ctx, "feeds.functions.saved", "code", role.Code))
}

func fieldsOf(err error) map[string]string {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		return f.Fields
	}
	return nil
}

func partPath(id uuid.UUID, scope school.ScopeID) string {
	return home + "/" + id.String() + "/establishments/" + strconv.FormatInt(int64(scope), 10)
}
