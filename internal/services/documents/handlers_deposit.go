package documents

import (
	"encoding/binary"
	"io"
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/web"
	"elyco/internal/words"
)

// incoming is a file on its way to a place, as the document id. When the name is taken, clash says what the sender wants.
func (p place) incoming(id uuid.UUID, name, clash string) drive.Incoming {
	if id == uuid.Nil {
		id = school.NewID()
	}
	return drive.Incoming{Space: p.space, Parent: p.folder, ID: id, Name: drive.SafeName(name), Replace: clash == "replace", Rename: clash != "replace"}
}

// after is the id of the nth file of a form that carries one id, the same each time the form is sent.
func after(id uuid.UUID, n int) uuid.UUID {
	if id != uuid.Nil {
		binary.BigEndian.PutUint32(id[12:], binary.BigEndian.Uint32(id[12:])+uint32(n))
	}
	return id
}

// postFiles takes files whole, from a form without scripts, each as it arrives. What is wrong with one is said of that
// one; the others are kept.
func (r *Room) postFiles(c *fiber.Ctx) error {
	ctx := c.UserContext()
	p, err := r.placeOf(ctx, c.Query("space"), c.Query("folder"))
	if err != nil {
		return err
	}
	first, err := uuid.Parse(c.Query("id"))
	if err != nil {
		first = uuid.Nil // a page from before forms carried one
	}
	var problems []string
	clash, kept, seen := "", 0, 0
	err = web.Parts(c, func(part web.Part) error {
		if !part.File {
			text, err := io.ReadAll(io.LimitReader(part, 20))
			if part.Field == "clash" {
				clash = string(text)
			}
			return err
		}
		if part.FileName == "" {
			return nil
		}
		id := after(first, seen)
		seen++
		n, err := r.drive.Store(ctx, p.incoming(id, part.FileName, clash), part, -1)
		if said := sentence(ctx, err); said != "" {
			problems = append(problems, words.T(ctx, "documents.problem", "name", drive.SafeName(part.FileName), "why", said))
			return nil
		}
		if err == nil && n.ID != uuid.Nil {
			kept++
		}
		return err
	})
	if err != nil {
		return err
	}
	if kept == 0 && len(problems) == 0 {
		problems = append(problems, words.T(ctx, "documents.deposit.none"))
	}
	if len(problems) > 0 {
		return r.showFolder(c, p, folderState{problems: problems})
	}
	return web.Done(c, p.url(), words.N(ctx, "documents.deposit.done", kept))
}

// tell answers a script: with a value, or with what is wrong in a person's words.
func tell(c *fiber.Ctx, value fiber.Map, err error) error {
	said := sentence(c.UserContext(), err)
	if err != nil && said == "" {
		return err
	}
	if err != nil {
		status := http.StatusUnprocessableEntity
		if fault.Is(err, fault.Busy) {
			status = http.StatusServiceUnavailable
		}
		return c.Status(status).JSON(fiber.Map{"error": said})
	}
	return c.JSON(value)
}

type pathForm struct {
	Space  string `form:"space"`
	Folder string `form:"folder"`
	Path   string `form:"path"`
}

// postPath makes the folders of a path that are not there yet, for a folder that is sent with all it holds.
func (r *Room) postPath(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[pathForm](c)
	if err != nil {
		return tell(c, nil, err)
	}
	p, err := r.placeOf(ctx, form.Space, form.Folder)
	if err != nil {
		return tell(c, nil, err)
	}
	id, err := r.MakePath(ctx, p, form.Path)
	return tell(c, fiber.Map{"id": id}, err)
}

type uploadForm struct {
	ID     uuid.UUID `form:"id"` // zero: drawn here
	Space  string    `form:"space"`
	Folder string    `form:"folder"`
	Name   string    `form:"name"`
	Size   string    `form:"size"` // beyond what an int holds on small machines
	Clash  string    `form:"clash"`
}

// postUpload begins an upload in pieces.
func (r *Room) postUpload(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[uploadForm](c)
	if err != nil {
		return tell(c, nil, err)
	}
	size, err := strconv.ParseInt(form.Size, 10, 64)
	if err != nil || size < 0 {
		return tell(c, nil, fault.Field("size", words.T(ctx, "documents.error.other")))
	}
	p, err := r.placeOf(ctx, form.Space, form.Folder)
	if err != nil {
		return tell(c, nil, err)
	}
	u, err := r.drive.BeginUpload(ctx, p.incoming(form.ID, form.Name, form.Clash), size)
	return tell(c, upload(u), err)
}

func upload(u drive.Upload) fiber.Map {
	return fiber.Map{"id": u.ID, "offset": u.Received, "size": u.Size, "chunk": drive.PieceSize}
}

// getUpload says how far an upload came, so that it goes on from there.
func (r *Room) getUpload(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return tell(c, nil, err)
	}
	u, err := r.drive.UploadState(c.UserContext(), id)
	return tell(c, upload(u), err)
}

// postChunk takes the piece that begins at the offset. A sender that is not where the upload is, because an answer was
// lost on its way, is told where that is.
func (r *Room) postChunk(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return tell(c, nil, err)
	}
	offset, err := strconv.ParseInt(c.Query("offset"), 10, 64)
	if err != nil || offset < 0 {
		return tell(c, nil, fault.Missing())
	}
	body := web.Body(c)
	u, err := r.drive.Append(ctx, id, offset, body, int64(c.Request().Header.ContentLength()))
	// A browser that is still sending would take an early answer for a broken line, and send the piece again.
	if _, rest := io.Copy(io.Discard, body); err == nil && rest != nil {
		err = rest
	}
	if fault.Is(err, fault.Conflict) && u.ID == id {
		return c.Status(http.StatusConflict).JSON(upload(u))
	}
	return tell(c, upload(u), err)
}

func (r *Room) postUploadEnd(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return tell(c, nil, err)
	}
	n, err := r.drive.FinishUpload(c.UserContext(), id)
	return tell(c, fiber.Map{"id": n.ID, "name": n.Name}, err)
}

func (r *Room) postUploadRemoval(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return tell(c, nil, err)
	}
	return tell(c, fiber.Map{}, r.drive.AbortUpload(c.UserContext(), id))
}
