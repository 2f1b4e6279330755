package handin

import (
	"io"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/web"
	"elyco/internal/words"
)

// postFiles takes a pupil's files as they arrive. What is wrong with one is said of that one; the others are kept.
func (r *Room) postFiles(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	g, err := r.begin(ctx, id)
	if err != nil {
		return err
	}
	var problems []string
	comment, taken := "", 0
	err = web.Parts(c, func(part web.Part) error {
		if !part.File {
			text, err := io.ReadAll(io.LimitReader(part, 4*maxComment+1))
			if part.Field == "comment" {
				comment = string(text)
			}
			return err
		}
		if part.FileName == "" {
			return nil
		}
		err := r.Give(ctx, g, part.FileName, part)
		if said := sentence(err); said != "" {
			problems = append(problems, words.T(ctx, "handin.problem", "name", drive.SafeName(part.FileName), "why", said))
			return nil
		}
		taken++
		return err
	})
	if err != nil {
		return err
	}
	if taken > 0 {
		if err := r.Finish(ctx, g, comment); err != nil {
			return r.orShow(c, err, "handin.given")
		}
	}
	if taken == 0 && len(problems) == 0 {
		problems = append(problems, words.T(ctx, "handin.none_chosen"))
	}
	if len(problems) > 0 {
		return r.showBox(c, telling{problems: problems})
	}
	return web.Done(c, boxPath(id), words.T(ctx, "handin.given"))
}

// postCopies takes annotated copies: of one pupil, who is named in the address, or of as many as the names of the files
// tell apart. The page then says which went where.
func (r *Room) postCopies(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	s, err := r.Look(ctx, id)
	if err != nil {
		return err
	}
	if !s.seat.author {
		return fault.Missing()
	}
	pupil := uuid.Nil
	if text := c.Query("pupil"); text != "" {
		if pupil, err = uuid.Parse(text); err != nil {
			return fault.Missing()
		}
	}
	var t telling
	err = web.Parts(c, func(part web.Part) error {
		if !part.File || part.FileName == "" {
			return nil
		}
		if len(t.matched)+len(t.problems) >= maxCopies {
			return fault.New(fault.TooLarge, words.T(ctx, "handin.copies.many"))
		}
		file := drive.SafeName(part.FileName)
		p, kept, err := r.TakeCopy(ctx, s, pupil, part.FileName, part)
		switch said := sentence(err); {
		case said != "":
			t.problems = append(t.problems, words.T(ctx, "handin.problem", "name", file, "why", said))
			return nil
		case err == nil && !kept:
			t.problems = append(t.problems, words.T(ctx, "handin.copies.nobody", "name", file))
		case err == nil:
			t.matched = append(t.matched, words.T(ctx, "handin.copies.match", "name", file, "pupil", p.Name()))
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(t.matched)+len(t.problems) == 0 {
		t.problems = append(t.problems, words.T(ctx, "handin.none_chosen"))
	}
	return r.showBox(c, t)
}
