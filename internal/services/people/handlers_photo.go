package people

import (
	"context"
	"io"
	"mime/multipart"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/web"
	"elyco/internal/words"
)

func personOf(c *fiber.Ctx) (school.PersonID, error) {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return school.PersonID{}, fault.Missing()
	}
	return school.PersonID{UUID: id}, nil
}

func (r *Room) getPhoto(c *fiber.Ctx) error {
	who, err := personOf(c)
	if err != nil {
		return err
	}
	p, err := r.PhotoOf(c.UserContext(), who)
	if err != nil {
		return err
	}
	return web.Send(c, web.File{Type: p.ContentType, Size: p.Size, Hash: p.Key.String(), Inline: true,
		Open: func(ctx context.Context, off, n int64) (io.ReadCloser, error) {
			body, _, err := r.blobs.Get(ctx, p.Key, off, n)
			return body, err
		}})
}

func (r *Room) getWall(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := personOf(c)
	if err != nil {
		return err
	}
	name, people, err := r.Wall(ctx, school.ClassID(id))
	if err != nil {
		return err
	}
	return web.Show(c, web.Page{Title: words.T(ctx, "people.wall", "name", name), Room: "people", Action: "read"}, wall(shapeWall(ctx, name, people)))
}

func (r *Room) postPhotoRemoval(c *fiber.Ctx) error {
	who, err := personOf(c)
	if err != nil {
		return err
	}
	if err := r.RemovePhoto(c.UserContext(), who); err != nil {
		return err
	}
	return web.Done(c, "/people/"+who.String(), words.T(c.UserContext(), "people.photo.removed"))
}

func photosPage(c *fiber.Ctx) web.Page {
	return web.Page{Title: words.T(c.UserContext(), "people.photos"), Room: "people", Action: photos}
}

func (r *Room) getPhotos(c *fiber.Ctx) error { return r.showPhotos(c, "") }

func (r *Room) showPhotos(c *fiber.Ctx, wrong string) error {
	ctx := c.UserContext()
	list, counts, err := r.Imports(ctx)
	if err != nil {
		return err
	}
	body := photosView(shapePhotos(ctx, list, counts, wrong))
	if wrong != "" {
		return web.Retry(c, photosPage(c), body)
	}
	return web.Show(c, photosPage(c), body)
}

type archiveForm struct {
	ID      uuid.UUID               `form:"id"`
	Archive []*multipart.FileHeader `form:"archive"`
}

func (r *Room) postArchive(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[archiveForm](c)
	if err != nil {
		return err
	}
	if len(form.Archive) != 1 || form.ID == uuid.Nil {
		return r.showPhotos(c, words.T(ctx, "people.photos.lacking"))
	}
	file, err := form.Archive[0].Open()
	if err != nil {
		return err
	}
	defer file.Close()
	if err := r.Receive(ctx, form.ID, file, form.Archive[0].Size); err != nil {
		return err
	}
	return web.Done(c, importURL(form.ID))
}

func importURL(id uuid.UUID) string { return "/people/photos/" + id.String() }

func (r *Room) getImport(c *fiber.Ctx) error {
	id, err := personOf(c)
	if err != nil {
		return err
	}
	i, err := r.OpenImport(c.UserContext(), id.UUID)
	if err != nil {
		return err
	}
	return web.Show(c, photosPage(c), importView(shapeImport(c.UserContext(), i)))
}

func (r *Room) postApply(c *fiber.Ctx) error {
	id, err := personOf(c)
	if err != nil {
		return err
	}
	n, err := r.Apply(c.UserContext(), id.UUID)
	if err != nil {
		return err
	}
	return web.Done(c, "/people/photos", words.N(c.UserContext(), "people.photos.applied", n))
}

func (r *Room) postDiscard(c *fiber.Ctx) error {
	id, err := personOf(c)
	if err != nil {
		return err
	}
	if err := r.Discard(c.UserContext(), id.UUID); err != nil {
		return err
	}
	return web.Done(c, "/people/photos", words.T(c.UserContext(), "people.photos.discarded"))
}

func isMissing(err error) bool { return fault.Is(err, fault.NotFound) }
