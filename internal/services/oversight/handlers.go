package oversight

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

const home = "/oversight"

func page(title, action string) web.Page {
	return web.Page{Title: title, Room: "oversight", Action: action}
}

type filterForm struct {
	Words      string `form:"q"`
	Department string `form:"department"`
	Kind       string `form:"kind"`
	Sector     string `form:"sector"`
	State      string `form:"state"`
	Wave       string `form:"wave"`
	Pilot      bool   `form:"pilot"`
	Funder     string `form:"funder"`
	City       string `form:"city"`
	Lacking    string `form:"lacking"`
	Sort       string `form:"sort"`
	Page       int    `form:"page"`
	Near       string `form:"near"` // of the map
}

func (f filterForm) filter() Filter {
	const longest = 100
	if len(f.Words) > longest {
		f.Words = ""
	}
	return Filter{Words: f.Words, Department: f.Department, Kind: f.Kind, Sector: f.Sector, State: f.State, Wave: f.Wave, Pilot: f.Pilot,
		Funder: f.Funder, City: f.City, Lacking: f.Lacking, Sort: f.Sort, Page: f.Page}
}

// number reads the establishment of an address; what is no number names none.
func number(c *fiber.Ctx) (school.ScopeID, error) {
	n, err := strconv.ParseInt(c.Params("number"), 10, 64)
	if err != nil {
		return 0, fault.Missing()
	}
	return school.ScopeID(n), nil
}

func (r *Room) getOverview(c *fiber.Ctx) error {
	ctx := c.UserContext()
	sums, err := r.sums(ctx)
	if err != nil {
		return err
	}
	return web.Show(c, page(words.T(ctx, "oversight.title"), view), overviewPage(r.shapeOverview(ctx, sums)))
}

func (r *Room) postCount(c *fiber.Ctx) error {
	if err := r.Count(c.UserContext()); err != nil {
		return err
	}
	return web.Done(c, home, words.T(c.UserContext(), "oversight.count.asked"))
}

func (r *Room) getTable(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[filterForm](c)
	if err != nil {
		return err
	}
	sums, err := r.sums(ctx)
	if err != nil {
		return err
	}
	return web.Show(c, page(words.T(ctx, "oversight.table.title"), view), tablePage(r.shapeTable(ctx, form.filter(), sums)))
}

func (r *Room) getExport(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[filterForm](c)
	if err != nil {
		return err
	}
	sums, err := r.sums(ctx)
	if err != nil {
		return err
	}
	body, err := writeSheet(r.shapeExport(ctx, form.filter(), sums))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="etablissements-`+tenant.From(ctx).Slug+`.csv"`)
	return c.Send(body)
}

func (r *Room) getMap(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[filterForm](c)
	if err != nil {
		return err
	}
	sums, err := r.sums(ctx)
	if err != nil {
		return err
	}
	return web.Show(c, page(words.T(ctx, "oversight.map.title"), view), mapPage(r.shapeMap(ctx, form.filter(), form.Near, sums)))
}

func (r *Room) getSheet(c *fiber.Ctx) error { return r.showSheet(c, refusal{}) }

// refusal is what was sent with a form that is shown again, and why.
type refusal struct {
	fields map[string]string
	reason string
	wave   string
}

func (r *Room) showSheet(c *fiber.Ctx, no refusal) error {
	ctx := c.UserContext()
	id, err := number(c)
	if err != nil {
		return err
	}
	sheet, err := r.Open(ctx, id)
	if err != nil {
		return err
	}
	body := sheetPage(r.shapeSheet(ctx, sheet, no))
	if no.fields != nil {
		return web.Retry(c, page(sheet.School.Name, view), body)
	}
	return web.Show(c, page(sheet.School.Name, view), body)
}

func (r *Room) getWaves(c *fiber.Ctx) error {
	ctx := c.UserContext()
	return web.Show(c, page(words.T(ctx, "oversight.waves.title"), view), wavesPage(r.shapeWaves(ctx)))
}
