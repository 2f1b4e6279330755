package documents

import (
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/web"
	"elyco/internal/words"
)

// itemState is what the page of a thing remembers of the form that led to it.
type itemState struct {
	name, nameError       string
	comment, commentError string
}

// node finds the thing that the address names.
func (r *Room) node(c *fiber.Ctx) (drive.Node, error) {
	id, err := idOf(c, "id")
	if err != nil {
		return drive.Node{}, err
	}
	return r.drive.Find(c.UserContext(), id)
}

func (r *Room) getItem(c *fiber.Ctx) error {
	n, err := r.node(c)
	if err != nil {
		return err
	}
	return r.showItem(c, n, itemState{})
}

func (r *Room) showItem(c *fiber.Ctx, n drive.Node, s itemState) error {
	ctx := c.UserContext()
	item := Item{Node: n}
	var err error
	if item.Way, err = r.drive.List(ctx, n.Space, n.Parent, drive.ListOptions{Limit: 1}); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if item.Comments, err = r.Comments(ctx, n); err != nil {
		return err
	}
	if !n.Folder {
		if item.Versions, err = r.drive.Versions(ctx, n.ID); err != nil {
			return err
		}
	}
	if item.Text, item.Cut, err = r.textOf(ctx, n); err != nil {
		return err
	}
	v := r.shapeItem(ctx, item, s)
	v.Undo = undone(ctx, "", c.Query("moved"), c.Query("from"))
	if s.nameError != "" || s.commentError != "" {
		return web.Retry(c, r.page(c, v.Title), itemPage(v))
	}
	return web.Show(c, r.page(c, v.Title), itemPage(v))
}

// textOf reads the beginning of a text, for its page.
func (r *Room) textOf(ctx context.Context, n drive.Node) (text string, cut bool, err error) {
	if n.Folder || n.State != drive.Clean || n.Size == 0 {
		return "", false, nil
	}
	switch kindOf(n.Type, n.Name).look {
	case lookWords:
		return r.drive.WordsOf(ctx, n.ID, textShown)
	case lookText:
	default:
		return "", false, nil
	}
	body, _, err := r.drive.Open(ctx, n.ID, 0, 0, min(n.Size, textShown))
	if err != nil {
		return "", false, err
	}
	defer body.Close()
	raw, err := io.ReadAll(body)
	if err != nil {
		return "", false, err
	}
	cut = n.Size > textShown
	for cut && len(raw) > 0 && !utf8.Valid(raw[len(raw)-1:]) && len(raw) > textShown-utf8.UTFMax {
		raw = raw[:len(raw)-1]
	}
	return strings.ToValidUTF8(string(raw), "\ufffd"), cut, nil
}

// getContent gives a file away, or shows it where it is when nothing in its kind can run.
func (r *Room) getContent(c *fiber.Ctx) error {
	ctx := c.UserContext()
	n, err := r.node(c)
	if err != nil {
		return err
	}
	if n.Folder {
		return fault.Missing()
	}
	version := 0
	if text := c.Query("version"); text != "" {
		if version, err = strconv.Atoi(text); err != nil || version < 1 {
			return fault.Missing()
		}
	}
	if version > 0 && version != n.Version {
		if n, err = r.versionOf(ctx, n, version); err != nil {
			return err
		}
	}
	f := fileOf(n, c.Query("show") != "")
	f.Open = func(ctx context.Context, off, length int64) (io.ReadCloser, error) {
		body, _, err := r.drive.Open(ctx, n.ID, version, off, length)
		return body, err
	}
	return web.Send(c, f)
}

// versionOf is the file as one of its versions has it.
func (r *Room) versionOf(ctx context.Context, n drive.Node, number int) (drive.Node, error) {
	all, err := r.drive.Versions(ctx, n.ID)
	if err != nil {
		return n, err
	}
	for _, v := range all {
		if v.Number == number {
			n.Size, n.Type, n.Hash, n.State = v.Size, v.Type, v.Hash, v.State
			return n, nil
		}
	}
	return n, fault.Missing()
}

// viewer lets a browser's own viewer of PDF work, which no sandbox does; the viewer runs nothing of the file in the page.
const viewer = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'self'"

// fileOf is how a file leaves. What is not on the drive's short list is taken away, never shown.
func fileOf(n drive.Node, show bool) web.File {
	f := web.File{Name: n.Name, Type: n.Type, Size: n.Size, Hash: n.Hash, Inline: show && drive.Inline(n.Type)}
	switch {
	case f.Inline && n.Type == "application/pdf":
		f.Policy = viewer
	case f.Inline && strings.HasPrefix(n.Type, "text/"):
		f.Type = "text/plain; charset=utf-8"
	case !f.Inline && !drive.Inline(n.Type):
		f.Type = fiber.MIMEOctetStream // a browser that ignores everything else finds nothing to run in it
	}
	return f
}

func (r *Room) getPreview(c *fiber.Ctx) error {
	n, err := r.node(c)
	if err != nil {
		return err
	}
	if n.Preview == "" {
		return fault.Missing()
	}
	key, err := blob.ParseKey(n.Preview)
	if err != nil {
		return err
	}
	body, info, err := r.blobs.Get(c.UserContext(), key, 0, -1)
	if errors.Is(err, blob.ErrNotFound) {
		return fault.Missing()
	}
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "private, max-age=86400")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	c.Set(fiber.HeaderContentType, info.ContentType)
	return c.SendStream(body, int(info.Size))
}

type nameForm struct {
	Name string `form:"name"`
}

func (r *Room) postName(c *fiber.Ctx) error {
	ctx := c.UserContext()
	n, err := r.node(c)
	if err != nil {
		return err
	}
	form, err := web.Decode[nameForm](c)
	if err != nil {
		return err
	}
	renamed, err := r.drive.Move(ctx, n.ID, n.Space, n.Parent, form.Name, false)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return r.showItem(c, n, itemState{name: form.Name, nameError: sentence(ctx, err)})
	}
	if err != nil {
		return err
	}
	return web.Done(c, itemPath(n.ID), words.T(ctx, "documents.rename.done", "name", renamed.Name))
}

type openingForm struct {
	Opening string `form:"opening"`
}

func (r *Room) postOpening(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	form, err := web.Decode[openingForm](c)
	if err != nil {
		return err
	}
	if err := r.drive.SetOpening(ctx, id, drive.Opening(form.Opening)); err != nil {
		return err
	}
	return web.Done(c, itemPath(id), words.T(ctx, "documents.opening.done"))
}

type versionForm struct {
	Version int `form:"version"`
}

func (r *Room) postVersion(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	form, err := web.Decode[versionForm](c)
	if err != nil {
		return err
	}
	if _, err := r.drive.RestoreVersion(ctx, id, form.Version); err != nil {
		return err
	}
	return web.Done(c, itemPath(id), words.T(ctx, "documents.version.restored", "number", form.Version))
}

type commentInput struct {
	ID   uuid.UUID `form:"id"`
	Body string    `form:"body"`
}

func (r *Room) postComment(c *fiber.Ctx) error {
	ctx := c.UserContext()
	n, err := r.node(c)
	if err != nil {
		return err
	}
	form, err := web.Decode[commentInput](c)
	if err != nil {
		return err
	}
	err = r.AddComment(ctx, n, form.ID, form.Body)
	if fault.Is(err, fault.Invalid) {
		return r.showItem(c, n, itemState{comment: form.Body, commentError: sentence(ctx, err)})
	}
	if err != nil {
		return err
	}
	return web.Done(c, itemPath(n.ID)+"#comments", words.T(ctx, "documents.comment.done"))
}

func (r *Room) postCommentRemoval(c *fiber.Ctx) error {
	n, err := r.node(c)
	if err != nil {
		return err
	}
	id, err := idOf(c, "comment")
	if err != nil {
		return err
	}
	if err := r.RemoveComment(c.UserContext(), n, id); err != nil {
		return err
	}
	return web.Done(c, itemPath(n.ID)+"#comments", words.T(c.UserContext(), "documents.comment.removed"))
}
