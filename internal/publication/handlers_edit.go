package publication

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

const (
	thenSave  = "save"
	thenCheck = "check"
)

// editForm is the editor's form; the fields that begin with "to_" are the picker's.
type editForm struct {
	ID             uuid.UUID `form:"id"`
	Version        int       `form:"version"`
	Section        string    `form:"section"`
	Title          string    `form:"title"`
	Summary        string    `form:"summary"`
	Body           string    `form:"body"`
	Urgent         bool      `form:"urgent"`
	Public         bool      `form:"public"`
	WantsReceipt   bool      `form:"wants_receipt"`
	PublishAt      time.Time `form:"publish_at"`
	EndsAt         time.Time `form:"ends_at"`
	CoverAlt       string    `form:"cover_alt"`
	RemoveCover    bool      `form:"remove_cover"`
	RemoveFiles    []string  `form:"remove_file"`
	Then           string    `form:"then"`
	Whole          bool      `form:"to_whole"`
	Profiles       []string  `form:"to_profile"`
	Levels         []string  `form:"to_level"`
	Classes        []string  `form:"to_class"`
	Groups         []string  `form:"to_group"`
	Natures        []string  `form:"to_nature"`
	Departments    []string  `form:"to_department"`
	Establishments []string  `form:"to_establishment"`

	CoverFiles []*multipart.FileHeader `form:"cover"`
	OtherFiles []*multipart.FileHeader `form:"files"`
}

func (f editForm) versionText() string { return strconv.Itoa(f.Version) }

func (f editForm) audience() (audience.Audience, error) {
	return audience.Form{Whole: f.Whole, Profiles: f.Profiles, Levels: f.Levels, Classes: f.Classes, Groups: f.Groups,
		Natures: f.Natures, Departments: f.Departments, Establishments: f.Establishments}.Audience()
}

func (f editForm) input() (Input, error) {
	in := Input{ID: f.ID, Version: f.Version, Section: f.Section, Title: f.Title, Summary: f.Summary, Body: f.Body, Urgent: f.Urgent,
		Public: f.Public, WantsReceipt: f.WantsReceipt, PublishAt: f.PublishAt, EndsAt: f.EndsAt, CoverAlt: f.CoverAlt, RemoveCover: f.RemoveCover}
	for _, s := range f.RemoveFiles {
		id, err := uuid.Parse(s)
		if err != nil {
			return in, fault.Missing()
		}
		in.RemoveFiles = append(in.RemoveFiles, id)
	}
	var err error
	in.Audience, err = f.audience()
	f.uploads(&in)
	return in, err
}

// formOf fills the form from what is stored.
func formOf(p Publication) editForm {
	f := editForm{ID: p.ID, Version: p.Version, Section: p.Section, Title: p.Title, Summary: p.Summary, Body: p.Body, Urgent: p.Urgent,
		Public: p.Public, WantsReceipt: p.WantsReceipt, PublishAt: p.PublishAt, EndsAt: p.EndsAt, CoverAlt: p.Cover.Alt,
		Whole: p.Audience.Whole, Levels: p.Audience.Levels, Natures: p.Audience.Natures, Departments: p.Audience.Departments}
	for _, v := range p.Audience.Profiles {
		f.Profiles = append(f.Profiles, string(v))
	}
	for _, v := range p.Audience.Classes {
		f.Classes = append(f.Classes, v.String())
	}
	for _, v := range p.Audience.Groups {
		f.Groups = append(f.Groups, v.String())
	}
	for _, v := range p.Audience.Establishments {
		f.Establishments = append(f.Establishments, strconv.FormatInt(int64(v), 10))
	}
	return f
}

// uploads takes the files that the form sent; a file field that was left empty sends none.
func (f editForm) uploads(in *Input) {
	for _, h := range f.CoverFiles {
		if h.Size > 0 {
			u := upload(h)
			in.Cover = &u
		}
	}
	for _, h := range f.OtherFiles {
		if h.Size > 0 {
			in.Files = append(in.Files, upload(h))
		}
	}
}

func upload(h *multipart.FileHeader) Upload {
	return Upload{Name: h.Filename, Type: h.Header.Get(fiber.HeaderContentType), Size: h.Size,
		Open: func() (io.ReadCloser, error) { return h.Open() }}
}

func (d *Desk) getNew(c *fiber.Ctx) error {
	form := editForm{ID: school.NewID(), Section: c.Query("section")}
	return d.showEditor(c, editState{form: form, fresh: true})
}

func (d *Desk) getEdit(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	p, e, err := d.Own(c.UserContext(), id)
	if err != nil {
		return err
	}
	if !e.MayEdit(p) {
		return fault.Missing()
	}
	return d.showEditor(c, editState{form: formOf(p), stored: p})
}

func (d *Desk) postSave(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	form, err := web.Decode[editForm](c)
	form.ID = id
	if err != nil {
		return d.retry(c, form, err)
	}
	in, err := form.input()
	if err != nil {
		return d.retry(c, form, err)
	}
	if _, err := d.Save(c.UserContext(), in); err != nil {
		return d.retry(c, form, err)
	}
	if form.Then == thenCheck {
		return web.Done(c, d.path(id.String(), "check"))
	}
	return web.Done(c, d.path(id.String(), "edit"), words.T(c.UserContext(), "publication.saved"))
}

// retry shows the form as it was sent, with what is wrong; any error that is not about the form goes on.
func (d *Desk) retry(c *fiber.Ctx, form editForm, err error) error {
	fields := fieldsOf(err)
	conflict := ""
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Conflict {
		conflict = f.Words
	}
	if fields == nil && conflict == "" {
		return err
	}
	s := editState{form: form, errors: fields, conflict: conflict, refused: true}
	s.stored, _, err = d.Own(c.UserContext(), form.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	s.fresh = err != nil
	return d.showEditor(c, s)
}

// getAudience answers the picker while somebody chooses.
func (d *Desk) getAudience(c *fiber.Ctx) error {
	form, err := web.Decode[audience.Form](c)
	if err != nil {
		return err
	}
	a, err := form.Audience()
	if err != nil {
		return err
	}
	r, err := d.reach(c.UserContext(), a)
	if err != nil {
		return err
	}
	return web.Show(c, d.page(words.T(c.UserContext(), d.room.Title)), r)
}

// reach says who and how many; a choice that is wrong says why.
func (d *Desk) reach(ctx context.Context, a audience.Audience) (audience.Reach, error) {
	if a.Empty() {
		return audience.Reach{}, nil
	}
	here := tenant.From(ctx)
	choices, err := audience.ChoicesOf(ctx, d.db, here)
	if err != nil {
		return audience.Reach{}, err
	}
	return d.reachOf(ctx, choices, a)
}

func (d *Desk) reachOf(ctx context.Context, choices audience.Choices, a audience.Audience) (audience.Reach, error) {
	err := choices.Allows(a)
	if fields := fieldsOf(err); fields != nil {
		return audience.Reach{Error: fields[audience.Field]}, nil
	}
	if err != nil {
		return audience.Reach{}, err
	}
	e, err := audience.Count(ctx, d.db, choices.From, a)
	if err != nil {
		return audience.Reach{}, err
	}
	return choices.ReachOf(a, e), nil
}

// postAudience is the same answer without JavaScript: the form as it was sent, with who and how many.
func (d *Desk) postAudience(c *fiber.Ctx) error {
	form, err := web.Decode[editForm](c)
	if err != nil {
		return err
	}
	return d.showAgain(c, form, "")
}

// postPreview shows the text as readers will see it: alone for htmx, else within the form as it was sent.
func (d *Desk) postPreview(c *fiber.Ctx) error {
	form, err := web.Decode[editForm](c)
	if err != nil {
		return err
	}
	html, err := d.markdown.render(cutRunes(form.Body, maxBody))
	if err != nil {
		return err
	}
	if html == "" {
		html = "<p>" + templ.EscapeString(words.T(c.UserContext(), "publication.preview_empty")) + "</p>"
	}
	if web.Fragment(c) {
		return web.Show(c, d.page(""), previewPart(html))
	}
	return d.showAgain(c, form, html)
}

func (d *Desk) showAgain(c *fiber.Ctx, form editForm, preview string) error {
	s := editState{form: form, preview: preview, asked: true}
	var err error
	s.stored, _, err = d.Own(c.UserContext(), form.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	s.fresh = err != nil
	return d.showEditor(c, s)
}

func (d *Desk) showEditor(c *fiber.Ctx, s editState) error {
	ctx := c.UserContext()
	v, err := d.shapeEditor(ctx, s)
	if err != nil {
		return err
	}
	page := d.page(v.Title)
	page.Action = Write
	if s.refused {
		return web.Retry(c, page, editPage(v))
	}
	return web.Show(c, page, editPage(v))
}

func cutRunes(s string, n int) string {
	r := []rune(s)
	return string(r[:min(len(r), n)])
}
