package messages

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/web"
	"elyco/internal/words"
)

func page(title, action string) web.Page { return web.Page{Title: title, Room: name, Action: action} }

func fieldsOf(err error) map[string]string {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		return f.Fields
	}
	return nil
}

func idOf(c *fiber.Ctx, param string) (uuid.UUID, error) {
	id, err := uuid.Parse(c.Params(param))
	if err != nil {
		return uuid.Nil, fault.Missing()
	}
	return id, nil
}

// cursorOf reads where a part of a list begins.
func cursorOf(c *fiber.Ctx) (from cursor, err error) {
	if c.Query("last") == "" {
		return from, nil
	}
	if from.id, err = uuid.Parse(c.Query("last")); err == nil {
		from.at, err = time.Parse(time.RFC3339Nano, c.Query("before"))
	}
	if err != nil {
		return from, fault.Missing()
	}
	return from, nil
}

// placeOf reads which list is asked.
func placeOf(text string) (Place, uuid.UUID, error) {
	switch p := Place(text); p {
	case "":
		return Inbox, uuid.Nil, nil
	case Inbox, Sent, Drafts, Bin:
		return p, uuid.Nil, nil
	}
	id, err := uuid.Parse(text)
	if err != nil {
		return "", uuid.Nil, fault.Missing()
	}
	return InFolder, id, nil
}

func (r *Room) getBox(c *fiber.Ctx) error { return r.showBox(c, c.Query("in"), "") }

func (r *Room) showBox(c *fiber.Ctx, in, wrong string) error {
	ctx := c.UserContext()
	place, folder, err := placeOf(in)
	if err != nil {
		return err
	}
	from, err := cursorOf(c)
	if err != nil {
		return err
	}
	b, err := r.List(ctx, place, folder, from)
	if err != nil {
		return err
	}
	a := session.Actor(ctx)
	_, mayWrite := r.policy.Can(ctx, name, write)
	_, mayModerate := r.policy.Can(ctx, name, moderate)
	_, mayStop := r.policy.Can(ctx, name, stop)
	v := shapeBox(ctx, b, a, r.now(ctx), shapeRights{write: mayWrite, moderate: mayModerate, stop: mayStop && !mayModerate}, r.registry)
	if v.Wrong = wrong; c.Query("last") == "" {
		v.Live = v.Path
	}
	p := page(v.Title, read)
	if wrong != "" {
		return web.Retry(c, p, boxPage(v))
	}
	if web.Fragment(c) {
		return web.Show(c, p, boxList(v))
	}
	return web.Show(c, p, boxPage(v))
}

type changeForm struct {
	In     string   `form:"in"`
	IDs    []string `form:"ids"`
	Do     string   `form:"do"`
	Folder string   `form:"folder"`
}

func (r *Room) postChanges(c *fiber.Ctx) error {
	ctx := c.UserContext()
	f, err := web.Decode[changeForm](c)
	if err != nil {
		return err
	}
	ids := make([]uuid.UUID, 0, len(f.IDs))
	for _, text := range f.IDs {
		id, err := uuid.Parse(text)
		if err != nil {
			return fault.Missing()
		}
		ids = append(ids, id)
	}
	var folder uuid.UUID
	if Change(f.Do) == Move && f.Folder != "" {
		if folder, err = uuid.Parse(f.Folder); err != nil {
			return fault.Missing()
		}
	}
	n, err := r.Alter(ctx, ids, Change(f.Do), folder)
	if said := sentenceOf(err); fault.Is(err, fault.Invalid) && said != "" {
		return r.showBox(c, f.In, said)
	}
	if err != nil {
		return err
	}
	if _, _, err := placeOf(f.In); err != nil {
		f.In = ""
	}
	return web.Done(c, boxPath(f.In), words.N(ctx, "messages.changed."+f.Do, n))
}

func (r *Room) getSearch(c *fiber.Ctx) error {
	ctx := c.UserContext()
	lines, err := r.Find(ctx, c.Query("q"))
	if err != nil {
		return err
	}
	v := shapeFound(ctx, c.Query("q"), lines, session.Actor(ctx), r.now(ctx))
	return web.Show(c, page(words.T(ctx, "messages.search"), read), foundPage(v))
}

func (r *Room) getLetter(c *fiber.Ctx) error { return r.showLetter(c, nil) }

func (r *Room) showLetter(c *fiber.Ctx, faults map[string]string) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	l, err := r.Open(ctx, id)
	if err != nil {
		return err
	}
	_, mayWrite := r.policy.Can(ctx, name, write)
	v := shapeLetter(ctx, l, session.Actor(ctx), r.now(ctx), mayWrite)
	v.Faults = faults
	if len(faults) > 0 {
		return web.Retry(c, page(l.Subject, read), letterPage(v))
	}
	if web.Fragment(c) && v.Mine {
		return web.Show(c, page(l.Subject, read), mine(v))
	}
	return web.Show(c, page(l.Subject, read), letterPage(v))
}

func (r *Room) getReceipts(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	last, _ := uuid.Parse(c.Query("last")) // what is no id begins the list anew
	l, list, more, err := r.Receipts(ctx, id, words.Fold(c.Query("after")), last, c.Query("opened") != "")
	if err != nil {
		return err
	}
	return web.Show(c, page(words.T(ctx, "messages.receipts"), read), receiptsPage(shapeReceipts(ctx, l, list, more, c.Query("opened") != "", r.now(ctx))))
}

// done goes back to a page with a sentence, or shows what went wrong.
func done(c *fiber.Ctx, err error, path, key string) error {
	if err != nil {
		return err
	}
	return web.Done(c, path, words.T(c.UserContext(), key))
}

func (r *Room) postRecall(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	return done(c, r.Recall(c.UserContext(), id), letterPath(id), "messages.recalled")
}

type reportForm struct {
	ID     uuid.UUID `form:"report"`
	Reason string    `form:"reason"`
	Note   string    `form:"note"`
}

func (r *Room) postReport(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[reportForm](c)
	if err == nil {
		err = r.Report(c.UserContext(), Report{ID: f.ID, Message: id, Reason: f.Reason, Note: f.Note})
	}
	if faults := fieldsOf(err); faults != nil {
		return r.showLetter(c, faults)
	}
	return done(c, err, letterPath(id), "messages.reported")
}

func (r *Room) postBlock(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	return done(c, r.Block(c.UserContext(), id), letterPath(id), "messages.blocked")
}

type decisionForm struct {
	Do string `form:"do"`
}

func (r *Room) postDecision(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[decisionForm](c)
	if err != nil {
		return err
	}
	if f.Do != "keep" && f.Do != "withdraw" {
		return fault.Missing()
	}
	return done(c, r.Decide(c.UserContext(), id, f.Do == "withdraw"), home+"/moderation", "messages.decided."+f.Do)
}

func (r *Room) getSetup(c *fiber.Ctx) error { return r.showSetup(c, nil) }

func (r *Room) showSetup(c *fiber.Ctx, faults map[string]string) error {
	ctx := c.UserContext()
	o, err := r.Own(ctx)
	if err != nil {
		return err
	}
	v := shapeSetup(ctx, o, faults, school.NewID())
	if len(faults) > 0 {
		return web.Retry(c, page(words.T(ctx, "messages.setup"), read), setupPage(v))
	}
	return web.Show(c, page(words.T(ctx, "messages.setup"), read), setupPage(v))
}

// orSetup shows what is wrong on the page of a person's own settings, or goes back to it.
func (r *Room) orSetup(c *fiber.Ctx, err error, key string) error {
	if faults := fieldsOf(err); faults != nil {
		return r.showSetup(c, faults)
	}
	return done(c, err, home+"/setup", key)
}

type signatureForm struct {
	Signature string `form:"signature"`
}

func (r *Room) postSignature(c *fiber.Ctx) error {
	f, err := web.Decode[signatureForm](c)
	if err == nil {
		err = r.Sign(c.UserContext(), f.Signature)
	}
	return r.orSetup(c, err, "messages.setup.saved")
}

type folderForm struct {
	ID     uuid.UUID `form:"id"`
	Name   string    `form:"name"`
	Parent uuid.UUID `form:"parent"`
}

func (r *Room) postFolder(c *fiber.Ctx) error {
	f, err := web.Decode[folderForm](c)
	if err == nil {
		err = r.NewFolder(c.UserContext(), Folder{ID: f.ID, Name: f.Name, Parent: f.Parent})
	}
	return r.orSetup(c, err, "messages.folder.made")
}

type renameForm struct {
	Name string `form:"name"`
}

func (r *Room) postRename(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[renameForm](c)
	if err == nil {
		err = r.RenameFolder(c.UserContext(), id, f.Name)
	}
	return r.orSetup(c, err, "messages.folder.renamed")
}

func (r *Room) postFolderRemoval(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	return done(c, r.DeleteFolder(c.UserContext(), id), home+"/setup", "messages.folder.removed")
}

func (r *Room) postUnblock(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	return done(c, r.Unblock(c.UserContext(), id), home+"/setup", "messages.unblocked")
}
