package roster

import (
	"errors"
	"io"
	"mime/multipart"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/roster"
	"elyco/internal/school"
	"elyco/internal/web"
	"elyco/internal/words"
)

const home = "/roster"

func page(c *fiber.Ctx, key string) web.Page {
	return web.Page{Title: words.T(c.UserContext(), key), Room: "roster", Action: bring}
}

func fieldsOf(err error) map[string]string {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		return f.Fields
	}
	return nil
}

func (r *Room) getStart(c *fiber.Ctx) error {
	return r.showStart(c, startForm{ID: school.NewID(), Kind: string(roster.Pupils)}, nil)
}

func (r *Room) showStart(c *fiber.Ctx, form startForm, faults map[string]string) error {
	ctx := c.UserContext()
	s, err := r.Start(ctx)
	if err != nil {
		return err
	}
	body := startPage(shapeStart(ctx, s, form, faults))
	if len(faults) > 0 {
		return web.Retry(c, page(c, "roster.title"), body)
	}
	return web.Show(c, page(c, "roster.title"), body)
}

type startForm struct {
	ID   uuid.UUID               `form:"id"`
	Kind string                  `form:"kind"`
	File []*multipart.FileHeader `form:"file"`
}

func (r *Room) postFile(c *fiber.Ctx) error {
	form, err := web.Decode[startForm](c)
	if err != nil {
		return err
	}
	d := Draft{ID: form.ID, Kind: roster.Kind(form.Kind)}
	if err := take(&d, form.File); err != nil {
		return r.refused(c, form, err)
	}
	if err := r.Bring(c.UserContext(), d); err != nil {
		return r.refused(c, form, err)
	}
	return web.Done(c, at(d.ID))
}

// take reads the one file of the form into memory: its length is bounded by the route and by the reader of tables.
func take(d *Draft, files []*multipart.FileHeader) error {
	if len(files) != 1 {
		return fault.Field("file", "Choisissez le fichier de la liste.")
	}
	in, err := files[0].Open()
	if err != nil {
		return err
	}
	d.Name = fileName(files[0].Filename)
	d.Content, err = io.ReadAll(io.LimitReader(in, roster.MaxBytes+1))
	return errors.Join(err, in.Close())
}

func (r *Room) refused(c *fiber.Ctx, form startForm, err error) error {
	if faults := fieldsOf(err); faults != nil {
		return r.showStart(c, form, faults)
	}
	return err
}

func at(id uuid.UUID, more ...string) string {
	return home + "/" + strings.Join(append([]string{id.String()}, more...), "/")
}

func (r *Room) getModel(c *fiber.Ctx) error {
	kind := roster.Kind(c.Query("kind"))
	if !validKind(kind) {
		return fault.Missing()
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+words.T(c.UserContext(), wordsOf(kind).file)+`"`)
	return c.SendString(model(kind))
}

func (r *Room) sheet(c *fiber.Ctx) (Sheet, error) {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return Sheet{}, fault.Missing()
	}
	return r.Open(c.UserContext(), id)
}

func (r *Room) getColumns(c *fiber.Ctx) error {
	s, err := r.sheet(c)
	if err != nil {
		return err
	}
	return web.Show(c, page(c, "roster.columns"), columnsPage(shapeColumns(c.UserContext(), s, nil)))
}

type columnsForm struct {
	Match []string `form:"match"` // field=column, the column by its place; nothing after the sign for none
}

// mapping reads the form; what is no field of the kind, or no number, is as good as nothing.
func (f columnsForm) mapping(k roster.Kind) roster.Mapping {
	m := roster.Mapping{}
	for _, pair := range f.Match {
		name, column, _ := strings.Cut(pair, "=")
		if n, err := strconv.Atoi(column); err == nil && k.Label(roster.Field(name)) != "" {
			m[roster.Field(name)] = n
		}
	}
	return m
}

func (r *Room) postColumns(c *fiber.Ctx) error {
	ctx := c.UserContext()
	s, err := r.sheet(c)
	if err != nil {
		return err
	}
	form, err := web.Decode[columnsForm](c)
	if err != nil {
		return err
	}
	s.Mapping = form.mapping(s.Kind)
	err = r.Match(ctx, s, s.Mapping)
	if faults := fieldsOf(err); faults != nil {
		return web.Retry(c, page(c, "roster.columns"), columnsPage(shapeColumns(ctx, s, faults)))
	}
	if err != nil {
		return err
	}
	return web.Done(c, at(s.ID, "lines"))
}

func (r *Room) getLines(c *fiber.Ctx) error {
	s, err := r.sheet(c)
	if err != nil {
		return err
	}
	l, err := s.list()
	if err != nil {
		return err
	}
	return web.Show(c, page(c, "roster.lines"), linesPage(shapeLines(c.UserContext(), s, l, school.NewID())))
}

type checkForm struct {
	Feed uuid.UUID `form:"feed"`
}

func (r *Room) postCheck(c *fiber.Ctx) error {
	s, err := r.sheet(c)
	if err != nil {
		return err
	}
	form, err := web.Decode[checkForm](c)
	if err != nil {
		return err
	}
	if err := r.Check(c.UserContext(), s, form.Feed); err != nil {
		return err
	}
	return web.Done(c, at(s.ID, "report"))
}

func (r *Room) getReport(c *fiber.Ctx) error {
	s, err := r.sheet(c)
	if err != nil {
		return err
	}
	return r.showReport(c, s, "", nil)
}

func (r *Room) showReport(c *fiber.Ctx, s Sheet, reason string, faults map[string]string) error {
	ctx := c.UserContext()
	report, err := r.Report(ctx, s)
	if err != nil {
		return err
	}
	body := reportPage(shapeReport(ctx, s, report, reason, faults))
	if len(faults) > 0 {
		return web.Retry(c, page(c, "roster.report"), body)
	}
	return web.Show(c, page(c, "roster.report"), body)
}

type applyForm struct {
	Reason string `form:"reason"`
}

func (r *Room) postApply(c *fiber.Ctx) error {
	s, err := r.sheet(c)
	if err != nil {
		return err
	}
	form, err := web.Decode[applyForm](c)
	if err != nil {
		return err
	}
	err = r.Apply(c.UserContext(), s, form.Reason)
	if faults := fieldsOf(err); faults != nil {
		return r.showReport(c, s, form.Reason, faults)
	}
	if err != nil {
		return err
	}
	return web.Done(c, home, words.T(c.UserContext(), "roster.applied"))
}

func (r *Room) postRemoval(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	if err := r.Remove(c.UserContext(), id); err != nil {
		return err
	}
	return web.Done(c, home, words.T(c.UserContext(), "roster.removed"))
}
