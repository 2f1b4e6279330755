package documents

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) page(c *fiber.Ctx, title string) web.Page {
	return web.Page{Title: title, Room: drive.Room, Action: drive.Own}
}

func idOf(c *fiber.Ctx, name string) (uuid.UUID, error) {
	id, err := uuid.Parse(c.Params(name))
	if err != nil {
		return uuid.Nil, fault.Missing()
	}
	return id, nil
}

// place is where something is put: a folder, or with the zero id the top of a space.
type place struct {
	space  drive.SpaceRef
	folder uuid.UUID
}

// url is the page of the place.
func (p place) url() string {
	if p.folder == uuid.Nil {
		return spacePath(p.space.Segment())
	}
	return folderPath(p.folder)
}

// placeOf reads a place from a form. A folder says by itself which space it is in: one that was shared may be in a space
// that has no address here.
func (r *Room) placeOf(ctx context.Context, space, folder string) (place, error) {
	id := uuid.Nil
	if folder != "" {
		var err error
		if id, err = uuid.Parse(folder); err != nil {
			return place{}, fault.Missing()
		}
	}
	if id == uuid.Nil {
		ref, err := drive.ParseSpace(ctx, space)
		return place{space: ref}, err
	}
	n, err := r.drive.Find(ctx, id)
	if err != nil {
		return place{}, err
	}
	if !n.Folder {
		return place{}, fault.Missing()
	}
	return place{n.Space, id}, nil
}

// idsOf reads the ids that a form names, each once.
func idsOf(texts []string) ([]uuid.UUID, error) {
	var ids []uuid.UUID
	for _, text := range texts {
		id, err := uuid.Parse(text)
		if err != nil {
			return nil, fault.Missing()
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if len(ids) > mostSelected {
		return nil, fault.New(fault.Invalid, "C’est trop d’éléments à la fois : cent au plus.")
	}
	return ids, nil
}

// sentence is what a person is told of an error, or "" for a defect of ours.
func sentence(ctx context.Context, err error) string {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind == fault.Internal {
		return ""
	}
	for _, text := range f.Fields {
		return text
	}
	switch {
	case f.Words != "":
		return f.Words
	case f.Kind == fault.NotFound:
		return words.T(ctx, "documents.error.gone")
	case f.Kind == fault.Forbidden:
		return words.T(ctx, "documents.error.denied")
	case f.Kind == fault.TooLarge:
		return words.T(ctx, "documents.error.large")
	case f.Kind == fault.Busy:
		return words.T(ctx, "documents.error.busy")
	}
	return words.T(ctx, "documents.error.other")
}

// backOr is where a form wants to go back to, when that is a page of the room.
func backOr(back, otherwise string) string {
	if web.LocalPath(back) && (back == home || strings.HasPrefix(back, home+"/") || strings.HasPrefix(back, home+"?")) {
		return bare(back)
	}
	return otherwise
}

func (r *Room) getOverview(c *fiber.Ctx) error {
	ctx := c.UserContext()
	spaces, err := r.drive.Spaces(ctx)
	if err != nil {
		return err
	}
	received, _, err := r.drive.Received(ctx, "")
	if err != nil {
		return err
	}
	return web.Show(c, r.page(c, words.T(ctx, "documents.title")), overviewPage(r.shapeOverview(ctx, spaces, received)))
}

func (r *Room) getSpace(c *fiber.Ctx) error {
	ref, err := drive.ParseSpace(c.UserContext(), c.Params("space"))
	if err != nil {
		return err
	}
	return r.showFolder(c, place{space: ref}, folderState{})
}

func (r *Room) getFolder(c *fiber.Ctx) error {
	p, err := r.placeOf(c.UserContext(), "", c.Params("id"))
	if err != nil {
		return err
	}
	if p.folder == uuid.Nil {
		return fault.Missing()
	}
	return r.showFolder(c, p, folderState{})
}

// folderState is what a page of a folder remembers of the form that led to it.
type folderState struct {
	problems              []string
	folderName, nameError string
}

// manner is how a folder is looked at; it goes from page to page.
type manner struct{ Sort, View, After string }

func mannerOf(c *fiber.Ctx) manner {
	m := manner{c.Query("sort"), c.Query("view"), c.Query("after")}
	if !slices.Contains([]string{"name", "-name", "modified", "-modified", "size", "-size"}, m.Sort) {
		m.Sort = "name"
	}
	if m.View != "grid" {
		m.View = ""
	}
	return m
}

// query is the manner in an address, the usual one being silent.
func (m manner) query() url.Values {
	q := url.Values{}
	if m.Sort != "name" {
		q.Set("sort", m.Sort)
	}
	if m.View != "" {
		q.Set("view", m.View)
	}
	if m.After != "" {
		q.Set("after", m.After)
	}
	return q
}

func (m manner) in(address string) string {
	if q := m.query().Encode(); q != "" {
		return address + "?" + q
	}
	return address
}

func (r *Room) showFolder(c *fiber.Ctx, p place, s folderState) error {
	const length = 60
	ctx := c.UserContext()
	m := mannerOf(c)
	l, err := r.drive.List(ctx, p.space, p.folder, drive.ListOptions{Sort: m.Sort, After: m.After, Limit: length})
	if err != nil {
		return err
	}
	v := r.shapeFolder(ctx, l, p, m, s)
	v.Undo = undone(ctx, c.Query("trashed"), c.Query("moved"), c.Query("from"))
	body := folderPage(v)
	if len(s.problems) > 0 || s.nameError != "" {
		return web.Retry(c, r.page(c, v.Title), body)
	}
	return web.Show(c, r.page(c, v.Title), body)
}

type newFolderForm struct {
	ID     uuid.UUID `form:"id"`
	Space  string    `form:"space"`
	Folder string    `form:"folder"`
	Name   string    `form:"name"`
}

func (r *Room) postFolder(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[newFolderForm](c)
	if err != nil {
		return err
	}
	p, err := r.placeOf(ctx, form.Space, form.Folder)
	if err != nil {
		return err
	}
	if form.ID == uuid.Nil {
		return fault.Missing()
	}
	n, err := r.drive.MakeFolder(ctx, p.space, p.folder, form.ID, form.Name)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return r.showFolder(c, p, folderState{folderName: form.Name, nameError: sentence(ctx, err)})
	}
	if err != nil {
		return err
	}
	return web.Done(c, folderPath(n.ID), words.T(ctx, "documents.new_folder.done", "name", n.Name))
}
