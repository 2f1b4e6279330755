package documents

import (
	"context"
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

type selectionForm struct {
	Nodes []string `form:"node"`
	Back  string   `form:"back"`
	How   string   `form:"how"`
	Space string   `form:"space"`
}

// selected reads what a form names; choosing nothing is a mistake that is said.
func selected(c *fiber.Ctx) (selectionForm, []uuid.UUID, error) {
	form, err := web.Decode[selectionForm](c)
	if err != nil {
		return form, nil, err
	}
	ids, err := idsOf(form.Nodes)
	if err == nil && len(ids) == 0 {
		err = fault.New(fault.Invalid, words.T(c.UserContext(), "documents.none_selected"))
	}
	return form, ids, err
}

func join(ids []uuid.UUID) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = id.String()
	}
	return strings.Join(texts, ".")
}

// undone is the notice of what was just done, with the press that takes it back.
func undone(ctx context.Context, trashed, moved, from string) *undo {
	nodes := strings.Split(trashed+moved, ".")
	if _, err := idsOf(nodes); err != nil || trashed != "" && moved != "" {
		return nil
	}
	if trashed != "" {
		return &undo{Text: words.N(ctx, "documents.trashed", len(nodes)), Action: home + "/restorations", Nodes: nodes}
	}
	space, folder, _ := strings.Cut(from, ".")
	return &undo{Text: words.N(ctx, "documents.moved", len(nodes)), Action: home + "/moves", Nodes: nodes, Space: space, Folder: folder}
}

func (r *Room) postTrashings(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, ids, err := selected(c)
	if err != nil {
		return err
	}
	first, err := r.drive.Find(ctx, ids[0])
	if err != nil {
		return err
	}
	if err := r.drive.Trash(ctx, ids...); err != nil {
		return err
	}
	return web.Done(c, with(backOr(form.Back, r.around(ctx, first).url()), url.Values{"trashed": {join(ids)}}))
}

// around is the folder that a thing is in, or what the actor sees of the way to it.
func (r *Room) around(ctx context.Context, n drive.Node) place {
	p := place{n.Space, n.Parent}
	if n.Parent == uuid.Nil {
		return p
	}
	if _, err := r.drive.Find(ctx, n.Parent); err != nil {
		p.folder = uuid.Nil
	}
	return p
}

func (r *Room) postRestorations(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, ids, err := selected(c)
	if err != nil {
		return err
	}
	if err := r.drive.Restore(ctx, ids...); err != nil {
		return err
	}
	back := backOr(form.Back, trashPath(form.Space))
	if form.Space == "" && form.Back == "" {
		n, err := r.drive.Find(ctx, ids[0])
		if err != nil {
			return err
		}
		back = r.around(ctx, n).url()
	}
	return web.Done(c, back, words.N(ctx, "documents.restored", len(ids)))
}

func trashPath(space string) string {
	if space == "" {
		return home + "/trash"
	}
	return home + "/trash?" + url.Values{"space": {space}}.Encode()
}

func (r *Room) postErasures(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, ids, err := selected(c)
	if err != nil {
		return err
	}
	if err := r.drive.Erase(ctx, ids...); err != nil {
		return err
	}
	return web.Done(c, trashPath(form.Space), words.N(ctx, "documents.erased", len(ids)))
}

func (r *Room) postEmptying(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[selectionForm](c)
	if err != nil {
		return err
	}
	ref, err := drive.ParseSpace(ctx, form.Space)
	if err != nil {
		return err
	}
	if err := r.drive.EmptyTrash(ctx, ref); err != nil {
		return err
	}
	return web.Done(c, trashPath(form.Space), words.T(ctx, "documents.wiped"))
}

func (r *Room) getTrash(c *fiber.Ctx) error {
	ctx := c.UserContext()
	spaces, err := r.drive.Spaces(ctx)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(spaces, func(s drive.Space) bool {
		return s.Segment() == c.Query("space", drive.SpaceRef{Kind: drive.Personal}.Segment())
	})
	if at < 0 {
		return fault.Missing()
	}
	nodes, err := r.drive.TrashList(ctx, spaces[at].SpaceRef)
	if err != nil {
		return err
	}
	return web.Show(c, r.page(c, words.T(ctx, "documents.trash")), trashPage(r.shapeTrash(ctx, spaces, spaces[at], nodes)))
}

// getDestination lets people walk to the folder where things are moved or copied.
func (r *Room) getDestination(c *fiber.Ctx) error {
	ctx := c.UserContext()
	d, err := destinationOf(c)
	if err != nil {
		return err
	}
	return r.showDestination(ctx, c, d)
}

// destination is where people stand while they look for a folder.
type destination struct {
	nodes         []uuid.UUID
	how           string
	space, folder string
	back          string
	problem       string
}

func destinationOf(c *fiber.Ctx) (destination, error) {
	d := destination{how: c.Query("how"), space: c.Query("space"), folder: c.Query("folder"), back: backOr(c.Query("back"), home)}
	var texts []string
	for _, v := range c.Context().QueryArgs().PeekMulti("node") {
		texts = append(texts, string(v))
	}
	var err error
	if d.nodes, err = idsOf(texts); err != nil {
		return d, err
	}
	if len(d.nodes) == 0 {
		return d, fault.New(fault.Invalid, words.T(c.UserContext(), "documents.none_selected"))
	}
	if d.how != "copy" {
		d.how = "move"
	}
	return d, nil
}

func (r *Room) showDestination(ctx context.Context, c *fiber.Ctx, d destination) error {
	v, err := r.shapeDestination(ctx, d)
	if err != nil {
		return err
	}
	if d.problem != "" {
		return web.Retry(c, r.page(c, v.Title), destinationPage(v))
	}
	return web.Show(c, r.page(c, v.Title), destinationPage(v))
}

type moveForm struct {
	Nodes  []string `form:"node"`
	How    string   `form:"how"`
	Space  string   `form:"space"`
	Folder string   `form:"folder"`
	Back   string   `form:"back"`
}

func (r *Room) postMoves(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[moveForm](c)
	if err != nil {
		return err
	}
	ids, err := idsOf(form.Nodes)
	if err != nil || len(ids) == 0 {
		return fault.Missing()
	}
	to, err := r.placeOf(ctx, form.Space, form.Folder)
	if err != nil {
		return err
	}
	from, err := r.Carry(ctx, ids, to, form.How == "copy")
	if said := sentence(ctx, err); said != "" && !fault.Is(err, fault.NotFound) {
		return r.showDestination(ctx, c, destination{nodes: ids, how: form.How, space: form.Space, folder: form.Folder, back: backOr(form.Back, home), problem: said})
	}
	if err != nil {
		return err
	}
	if form.How == "copy" {
		return web.Done(c, to.url(), words.N(ctx, "documents.copied", len(ids)))
	}
	return web.Done(c, with(to.url(), url.Values{"moved": {join(ids)}, "from": {from.space.Segment() + "." + from.folder.String()}}))
}
