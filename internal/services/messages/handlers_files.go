package messages

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/session"
	"elyco/internal/web"
	"elyco/internal/words"
)

// getAttach shows the actor's documents, a folder at a time, with the field that takes files from the device.
func (r *Room) getAttach(c *fiber.Ctx) error { return r.showAttach(c, nil) }

func (r *Room) showAttach(c *fiber.Ctx, problems []string) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	d, err := r.Draft(ctx, id)
	if err != nil {
		return err
	}
	folder, _ := uuid.Parse(c.Query("folder")) // what is no id is the top
	var list drive.Listing
	if space, err := drive.ParseSpace(ctx, "perso"); err == nil {
		list, err = r.drive.List(ctx, space, folder, drive.ListOptions{Limit: 200})
		if err != nil && !fault.Is(err, fault.Forbidden) && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	v := shapeAttach(ctx, d, list, problems)
	if len(problems) > 0 {
		return web.Retry(c, page(words.T(ctx, "messages.attach"), write), attachPage(v))
	}
	return web.Show(c, page(words.T(ctx, "messages.attach"), write), attachPage(v))
}

type attachForm struct {
	Document uuid.UUID `form:"document"`
	As       uuid.UUID `form:"as"`
}

func (r *Room) postAttach(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[attachForm](c)
	if err == nil && (f.Document == uuid.Nil || f.As == uuid.Nil) {
		err = fault.Missing()
	}
	if err == nil {
		err = r.Attach(c.UserContext(), id, f.Document, f.As)
	}
	if said := sentenceOf(err); said != "" && !fault.Is(err, fault.NotFound) {
		return r.showAttach(c, []string{said})
	}
	return done(c, err, draftPath(id), "messages.attached")
}

func (r *Room) postUpload(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	if _, err := r.Draft(ctx, id); err != nil {
		return err
	}
	var problems []string
	taken := 0
	err = web.Parts(c, func(part web.Part) error {
		if !part.File || part.FileName == "" {
			return nil
		}
		err := r.Upload(ctx, id, part.FileName, part)
		if said := sentenceOf(err); said != "" {
			problems = append(problems, words.T(ctx, "messages.problem", "name", drive.SafeName(part.FileName), "why", said))
			return nil
		}
		taken++
		return err
	})
	if err != nil {
		return err
	}
	if taken == 0 && len(problems) == 0 {
		problems = append(problems, words.T(ctx, "messages.attach.none"))
	}
	if len(problems) > 0 {
		return r.showAttach(c, problems)
	}
	return web.Done(c, draftPath(id), words.T(ctx, "messages.attached"))
}

func (r *Room) getFile(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	file, err := idOf(c, "file")
	if err != nil {
		return err
	}
	n, open, err := r.File(ctx, session.Actor(ctx), id, file)
	if err != nil {
		return err
	}
	f := web.File{Name: n.Name, Type: n.Type, Size: n.Size, Hash: n.Hash, Open: open}
	if !drive.Inline(n.Type) {
		f.Type = fiber.MIMEOctetStream
	}
	return web.Send(c, f)
}
