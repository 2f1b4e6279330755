package handin

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/web"
	"elyco/internal/words"
)

const home = "/handin"

func page(c *fiber.Ctx, title, action string) web.Page {
	return web.Page{Title: title, Room: name, Action: action}
}

func fieldsOf(err error) map[string]string {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		return f.Fields
	}
	return nil
}

// sentence is what a person may be told of an error; empty for the others.
func sentence(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind == fault.Internal {
		return ""
	}
	for _, text := range f.Fields {
		return text
	}
	return f.Words
}

func idOf(c *fiber.Ctx, param string) (uuid.UUID, error) {
	id, err := uuid.Parse(c.Params(param))
	if err != nil {
		return uuid.Nil, fault.Missing()
	}
	return id, nil
}

func (r *Room) getList(c *fiber.Ctx) error {
	ctx := c.UserContext()
	var before time.Time
	last, err := uuid.Parse(c.Query("last"))
	if err != nil {
		last = uuid.Nil
	} else if before, err = time.Parse(time.RFC3339Nano, c.Query("before")); err != nil {
		return fault.Missing()
	}
	boxes, more, err := r.List(ctx, before, last)
	if err != nil {
		return err
	}
	a := session.Actor(ctx)
	v := shapeList(ctx, r.db.NowIn(ctx), boxes, more, func(l listed) seat { return seatAt(r.policy, a, l.Box) }, a.Person, len(targets(r.policy, a)) > 0)
	return web.Show(c, page(c, words.T(ctx, "handin.title"), read), listPage(v))
}

type boxForm struct {
	ID           uuid.UUID `form:"id"`
	Title        string    `form:"title"`
	Instructions string    `form:"instructions"`
	Target       string    `form:"target"`
	Opens        time.Time `form:"opens"`
	Closes       time.Time `form:"closes"`
	Late         bool      `form:"late"`
	Teams        bool      `form:"teams"`
}

func (r *Room) getNew(c *fiber.Ctx) error {
	ctx := c.UserContext()
	return web.Show(c, page(c, words.T(ctx, "handin.new"), create),
		newPage(shapeNew(boxForm{ID: school.NewID()}, targets(r.policy, session.Actor(ctx)), nil)))
}

func (r *Room) postBox(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[boxForm](c)
	if err != nil && fieldsOf(err) == nil {
		return err
	}
	if err == nil {
		b := Box{ID: form.ID, Title: form.Title, Instructions: form.Instructions, OpensAt: form.Opens, ClosesAt: form.Closes, Late: form.Late, Teams: form.Teams}
		kind, id, _ := strings.Cut(form.Target, ":")
		b.Target.Kind = drive.Kind(kind)
		b.Target.ID, _ = uuid.Parse(id) // what is no id is none of the actor's classes
		err = r.Create(ctx, b)
	}
	if faults := fieldsOf(err); faults != nil {
		return web.Retry(c, page(c, words.T(ctx, "handin.new"), create), newPage(shapeNew(form, targets(r.policy, session.Actor(ctx)), faults)))
	}
	if err != nil {
		return err
	}
	return web.Done(c, boxPath(form.ID), words.T(ctx, "handin.created"))
}

// telling is what the page of a box says of what was just tried.
type telling struct {
	problems []string
	faults   map[string]string
	matched  []string
}

func (r *Room) getBox(c *fiber.Ctx) error { return r.showBox(c, telling{}) }

func (r *Room) showBox(c *fiber.Ctx, t telling) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	s, err := r.Look(ctx, id)
	if err != nil {
		return err
	}
	p, body := page(c, s.Title, read), boxPage(shapeBox(ctx, s, t))
	if len(t.problems)+len(t.faults) > 0 {
		return web.Retry(c, p, body)
	}
	return web.Show(c, p, body)
}

// orShow tells what is wrong with a change on the page of the box.
func (r *Room) orShow(c *fiber.Ctx, err error, done string) error {
	id, bad := idOf(c, "id")
	if bad != nil {
		return bad
	}
	if faults := fieldsOf(err); faults != nil {
		return r.showBox(c, telling{faults: faults})
	}
	if err != nil {
		return err
	}
	return web.Done(c, boxPath(id), words.T(c.UserContext(), done))
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
	s, err := r.Look(ctx, id)
	if err != nil {
		return err
	}
	if _, ok := s.readable(file); !ok {
		return fault.Missing()
	}
	n, err := r.drive.Find(drive.Entrust(ctx, id, drive.View), file)
	if err != nil {
		return err
	}
	f := web.File{Name: n.Name, Type: n.Type, Size: n.Size, Hash: n.Hash}
	if !drive.Inline(n.Type) {
		f.Type = fiber.MIMEOctetStream
	}
	f.Open = func(ctx context.Context, off, length int64) (io.ReadCloser, error) {
		body, _, err := r.drive.Open(drive.Entrust(ctx, id, drive.View), file, 0, off, length)
		return body, err
	}
	return web.Send(c, f)
}

// getArchive gives away all that was given, a folder for each pupil or team.
func (r *Room) getArchive(c *fiber.Ctx) error {
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
	var folders []uuid.UUID
	for _, d := range s.Deposits {
		if d.Given() {
			folders = append(folders, d.ID)
		}
	}
	if len(folders) == 0 {
		return fault.New(fault.Conflict, words.T(ctx, "handin.archive.none"))
	}
	trusted := drive.Entrust(ctx, id, drive.View)
	p, err := r.drive.Pack(trusted, folders)
	if err != nil {
		return err
	}
	alone := context.WithoutCancel(trusted)
	return web.Pour(c, drive.SafeName(s.Title+" - "+s.Target.Name+".zip"), "application/zip", func(w io.Writer) error { return p.Write(alone, w) })
}

func (r *Room) getCSV(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	s, err := r.Look(ctx, id)
	if err != nil {
		return err
	}
	if !s.seat.author && !s.seat.follows {
		return fault.Missing()
	}
	rows := shapeCSV(ctx, s)
	return web.Pour(c, drive.SafeName(s.Title+".csv"), "text/csv; charset=utf-8", func(w io.Writer) error {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
		out := csv.NewWriter(w)
		out.Comma = ';'
		return out.WriteAll(rows)
	})
}

type endForm struct {
	Version int       `form:"version"`
	Closes  time.Time `form:"closes"`
	Late    bool      `form:"late"`
	Now     bool      `form:"now"`
}

func (r *Room) postEnd(c *fiber.Ctx) error {
	form, err := web.Decode[endForm](c)
	if err != nil && fieldsOf(err) == nil {
		return err
	}
	id, bad := idOf(c, "id")
	if bad != nil {
		return bad
	}
	switch {
	case err != nil:
	case form.Now:
		err = r.MoveEnd(c.UserContext(), id, form.Version, time.Time{}, false)
	case form.Closes.IsZero():
		err = fault.Field("closes", words.T(c.UserContext(), "handin.end.needed"))
	default:
		err = r.MoveEnd(c.UserContext(), id, form.Version, form.Closes, form.Late)
	}
	return r.orShow(c, err, "handin.moved")
}

func (r *Room) postReturn(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	return r.orShow(c, r.Return(c.UserContext(), id), "handin.returned")
}

type teamForm struct {
	ID   uuid.UUID `form:"id"`
	With []string  `form:"with"`
}

func (r *Room) postTeam(c *fiber.Ctx) error {
	form, err := web.Decode[teamForm](c)
	if err != nil {
		return err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	var others []uuid.UUID
	for _, text := range form.With {
		other, err := uuid.Parse(text)
		if err != nil {
			return fault.Missing()
		}
		others = append(others, other)
	}
	return r.orShow(c, r.Join(c.UserContext(), id, form.ID, others), "handin.team.done")
}

func (r *Room) postLeave(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	return r.orShow(c, r.Leave(c.UserContext(), id), "handin.team.left")
}

func (r *Room) postRemoval(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	file, err := idOf(c, "file")
	if err != nil {
		return err
	}
	return r.orShow(c, r.Withdraw(c.UserContext(), id, file), "handin.removed")
}
