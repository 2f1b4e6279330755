package oversight

import (
	"mime/multipart"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/web"
	"elyco/internal/words"
)

// maxDirectory lets the national directory through, which has some seventy thousand lines.
const maxDirectory = 64 << 20

func (r *Room) getImports(c *fiber.Ctx) error { return r.showImports(c, "") }

func (r *Room) showImports(c *fiber.Ctx, wrong string) error {
	ctx := c.UserContext()
	list, err := r.imports(ctx)
	if err != nil {
		return err
	}
	p := page(words.T(ctx, "oversight.import.title"), load)
	body := importsPage(r.shapeImports(ctx, list, wrong))
	if wrong != "" {
		return web.Retry(c, p, body)
	}
	return web.Show(c, p, body)
}

type importForm struct {
	ID        uuid.UUID               `form:"id"`
	Directory []*multipart.FileHeader `form:"directory"`
}

func (r *Room) postImport(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[importForm](c)
	if err != nil {
		return err
	}
	if len(form.Directory) != 1 {
		return r.showImports(c, words.T(ctx, "oversight.import.none"))
	}
	file, err := form.Directory[0].Open()
	if err != nil {
		return err
	}
	defer file.Close()
	err = r.ReadNational(ctx, form.ID, form.Directory[0].Filename, file)
	if fields := fieldsOf(err); fields != nil {
		return r.showImports(c, fields["directory"])
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/imports/"+form.ID.String())
}

func (r *Room) getImport(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	one, changes, err := r.OpenImport(ctx, id)
	if err != nil {
		return err
	}
	return web.Show(c, page(words.T(ctx, "oversight.import.title"), load), importPage(r.shapeImport(ctx, one, changes)))
}

type agreeForm struct {
	Agreed string `form:"agreed"`
}

func (r *Room) postAgreement(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	form, err := web.Decode[agreeForm](c)
	if err != nil {
		return err
	}
	if err := r.Agree(c.UserContext(), id, form.Agreed); err != nil {
		return err
	}
	return web.Done(c, home+"/imports/"+id.String(), words.T(c.UserContext(), "oversight.import.started"))
}
