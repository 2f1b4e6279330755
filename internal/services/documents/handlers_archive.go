package documents

import (
	"context"
	"io"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/web"
	"elyco/internal/words"
)

const zipType = "application/zip"

type archiveForm struct {
	Nodes []string `form:"node"`
	Back  string   `form:"back"`
}

// getArchive gives things away as one archive, made as it leaves.
func (r *Room) getArchive(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[archiveForm](c)
	if err != nil {
		return err
	}
	ids, err := idsOf(form.Nodes)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return fault.New(fault.Invalid, words.T(ctx, "documents.none_selected"))
	}
	name := words.T(ctx, "documents.title")
	if len(ids) == 1 {
		n, err := r.drive.Find(ctx, ids[0])
		if err != nil {
			return err
		}
		name = n.Name
	}
	p, err := r.drive.Pack(ctx, ids)
	if err != nil {
		return err
	}
	return pour(c, name, p)
}

func pour(c *fiber.Ctx, name string, p *drive.Packing) error {
	ctx := context.WithoutCancel(c.UserContext())
	return web.Pour(c, drive.SafeName(name+".zip"), zipType, func(w io.Writer) error { return p.Write(ctx, w) })
}

// postExtraction has an archive unpacked beside itself.
func (r *Room) postExtraction(c *fiber.Ctx) error {
	ctx := c.UserContext()
	n, err := r.node(c)
	if err != nil {
		return err
	}
	id := school.NewID()
	if err := r.drive.Unzip(ctx, id, n.ID, n.Space, n.Parent); err != nil {
		return err
	}
	return web.Done(c, home+"/extractions/"+id.String())
}

// getExtraction shows how far the work has come. Without scripts the browser asks again by itself.
func (r *Room) getExtraction(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	u, failed, err := r.drive.UnzipState(ctx, id)
	if err != nil {
		return err
	}
	v := shapeExtraction(ctx, id, u, failed)
	if v.Running && !web.Fragment(c) {
		c.Set("Refresh", "4")
	}
	return web.Show(c, r.page(c, v.Title), extractionPage(v))
}

// folderOf is where an unpacked archive went, or the room before that is known.
func folderOf(id uuid.UUID) string {
	if id == uuid.Nil {
		return home
	}
	return folderPath(id)
}
