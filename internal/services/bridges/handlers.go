package bridges

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/bridge"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/web"
	"elyco/internal/words"
)

const home = "/bridges"

func page(c *fiber.Ctx, key, action string) web.Page {
	return web.Page{Title: words.T(c.UserContext(), key), Room: "bridges", Action: action}
}

// getList shows all to those who follow the bridges, and to the others what concerns their profile.
func (r *Room) getList(c *fiber.Ctx) error {
	ctx := c.UserContext()
	if _, may := r.policy.Can(ctx, "bridges", follow); !may {
		return web.Show(c, page(c, "bridges.title", read), memberPage(r.shapeMember(ctx)))
	}
	bridges, err := r.List(ctx)
	if err != nil {
		return err
	}
	return web.Show(c, page(c, "bridges.title", read), listPage(r.shapeList(ctx, bridges)))
}

func (r *Room) getNew(c *fiber.Ctx) error {
	with, _ := strconv.ParseInt(c.Query("with"), 10, 64)
	return r.showNew(c, draft{asked: strings.TrimSpace(c.Query("q")), id: school.NewID(), peer: school.ScopeID(with)})
}

// draft is a proposal that is being filled in.
type draft struct {
	asked  string // what was searched
	id     uuid.UUID
	peer   school.ScopeID
	terms  *Terms // as typed; nil for the first time
	faults map[string]string
}

func (r *Room) showNew(c *fiber.Ctx, d draft) error {
	ctx := c.UserContext()
	p := page(c, "bridges.new", sign)
	if peer := r.Peer(ctx, d.peer); peer != nil {
		body := proposalPage(r.shapeProposal(ctx, peer, d))
		if len(d.faults) > 0 {
			return web.Retry(c, p, body)
		}
		return web.Show(c, p, body)
	}
	body := searchPage(r.shapeSearch(ctx, d))
	if len(d.faults) > 0 {
		return web.Retry(c, p, body)
	}
	return web.Show(c, p, body)
}

type proposalForm struct {
	ID       uuid.UUID `form:"id"`
	With     int       `form:"with"`
	Mine     []string  `form:"mine"`
	Theirs   []string  `form:"theirs"`
	Purposes []string  `form:"purposes"`
	EndsOn   time.Time `form:"ends_on"`
	Reason   string    `form:"reason"`
}

func (r *Room) postProposal(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[proposalForm](c)
	if err != nil && fieldsOf(err) == nil {
		return err
	}
	terms := Terms{Proposers: typed[school.Profile](form.Mine), Answerers: typed[school.Profile](form.Theirs),
		Purposes: typed[bridge.Purpose](form.Purposes), Reason: form.Reason}
	if !form.EndsOn.IsZero() {
		terms.EndsOn = bridge.Day(form.EndsOn)
	}
	if err == nil {
		err = r.Propose(ctx, Input{ID: form.ID, Peer: school.ScopeID(form.With), Terms: terms})
	}
	if faults := fieldsOf(err); faults != nil {
		return r.showNew(c, draft{id: form.ID, peer: school.ScopeID(form.With), terms: &terms, faults: faults})
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/"+form.ID.String(), words.T(ctx, "bridges.proposed"))
}

func fieldsOf(err error) map[string]string {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		return f.Fields
	}
	return nil
}

func (r *Room) getBridge(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	return r.showBridge(c, id, typedNote{})
}

// typedNote is what a head wrote before it was refused.
type typedNote struct {
	text   string
	faults map[string]string
}

func (r *Room) showBridge(c *fiber.Ctx, id uuid.UUID, note typedNote) error {
	ctx := c.UserContext()
	b, err := r.Find(ctx, id)
	if err != nil {
		return err
	}
	body := bridgePage(r.shapeBridge(ctx, b, note))
	if len(note.faults) > 0 {
		return web.Retry(c, page(c, "bridges.title", follow), body)
	}
	return web.Show(c, page(c, "bridges.title", follow), body)
}

type answerForm struct {
	Answer string `form:"answer"`
	Note   string `form:"note"`
}

func (r *Room) postAnswer(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	form, err := web.Decode[answerForm](c)
	if err != nil {
		return err
	}
	said := words.T(ctx, "bridges.accepted")
	switch form.Answer {
	case "accept":
		err = r.Accept(ctx, id, form.Note)
	case "refuse":
		said = words.T(ctx, "bridges.refused")
		err = r.Refuse(ctx, id, form.Note)
	default:
		err = fault.Field("note", "Choisissez d’accepter ou de refuser.")
	}
	return r.settled(c, id, form.Note, said, err)
}

type endForm struct {
	Note string `form:"end_note"`
}

func (r *Room) postEnd(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	form, err := web.Decode[endForm](c)
	if err != nil {
		return err
	}
	return r.settled(c, id, form.Note, words.T(c.UserContext(), "bridges.ended"), r.End(c.UserContext(), id, form.Note))
}

// settled goes back to the bridge, or shows it again with what was refused.
func (r *Room) settled(c *fiber.Ctx, id uuid.UUID, text, said string, err error) error {
	if faults := fieldsOf(err); faults != nil {
		return r.showBridge(c, id, typedNote{text, faults})
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/"+id.String(), said)
}
