package home

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getHome(c *fiber.Ctx) error {
	ctx := c.UserContext()
	board, err := r.Load(ctx)
	if err != nil {
		return err
	}
	return web.Show(c, web.Page{Title: words.T(ctx, "home.title"), Room: "home", Action: "read"}, page(r.shape(ctx, board)))
}

func (r *Room) getArrange(c *fiber.Ctx) error {
	ctx := c.UserContext()
	board, err := r.Load(ctx)
	if err != nil {
		return err
	}
	return web.Show(c, web.Page{Title: words.T(ctx, "home.arrange.title"), Room: "home", Action: "arrange"}, arrangePage(r.shapeArrange(ctx, board)))
}

type arrangeForm struct {
	Up   string `form:"up"`
	Down string `form:"down"`
	Pin  string `form:"pin"`
	Hide string `form:"hide"`
	Show string `form:"show"`
}

func (f arrangeForm) press() (verb, widget string) {
	for verb, widget := range map[string]string{"up": f.Up, "down": f.Down, "pin": f.Pin, "hide": f.Hide, "show": f.Show} {
		if widget != "" {
			return verb, widget
		}
	}
	return "", ""
}

func (r *Room) postArrange(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[arrangeForm](c)
	if err != nil {
		return err
	}
	verb, widget := form.press()
	if !slices.Contains(r.names(), widget) {
		return fault.New(fault.Invalid, words.T(ctx, "home.arrange.unknown"))
	}
	if err := r.Arrange(ctx, verb, widget); err != nil {
		return err
	}
	return web.Done(c, "/home/arrange")
}

func (r *Room) postReset(c *fiber.Ctx) error {
	ctx := c.UserContext()
	if err := r.Reset(ctx); err != nil {
		return err
	}
	return web.Done(c, "/home/arrange", words.T(ctx, "home.arrange.reset_done"))
}

func (r *Room) getDefaults(c *fiber.Ctx) error {
	ctx := c.UserContext()
	chosen, err := r.Defaults(ctx)
	if err != nil {
		return err
	}
	return web.Show(c, web.Page{Title: words.T(ctx, "home.defaults.title"), Room: "home", Action: "default"}, defaultsPage(r.shapeDefaults(ctx, chosen)))
}

type defaultForm struct {
	Profile string   `form:"profile"`
	Widgets []string `form:"widget"`
}

func (r *Room) postDefaults(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[defaultForm](c)
	if err != nil {
		return err
	}
	for _, w := range form.Widgets {
		if !slices.Contains(r.names(), w) {
			return fault.New(fault.Invalid, words.T(ctx, "home.arrange.unknown"))
		}
	}
	if err := r.ChooseDefault(ctx, school.Profile(form.Profile), form.Widgets); err != nil {
		return err
	}
	return web.Done(c, "/home/defaults", words.T(ctx, "home.defaults.saved"))
}
