package messages

import (
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/web"
	"elyco/internal/words"
)

// draftForm is the whole page on which one writes. Do says which of its buttons was pressed; every one of them keeps the
// draft first.
type draftForm struct {
	ID       uuid.UUID `form:"id"`
	Parent   uuid.UUID `form:"parent"`
	Carry    bool      `form:"carry"`
	To       []string  `form:"addr"`
	Field    string    `form:"field"`
	Query    string    `form:"q"`
	Place    string    `form:"place"`
	Profile  string    `form:"profile"`
	Subject  string    `form:"subject"`
	Body     string    `form:"body"`
	Child    uuid.UUID `form:"child"`
	NoReply  bool      `form:"no_reply"`
	Receipt  bool      `form:"receipt"`
	Do       string    `form:"do"`
	Add      string    `form:"add"`
	Drop     string    `form:"drop"`
	Unattach string    `form:"unattach"`

	Urgent    bool   `form:"urgent"`
	Reason    string `form:"reason"`
	Guardians string `form:"guardians"`
	Later     string `form:"later"`
}

func (f draftForm) draft() (Draft, error) {
	list, err := parseAddresses(slices.DeleteFunc(f.To, func(s string) bool { return s == "" }))
	return Draft{ID: f.ID, Parent: f.Parent, Carry: f.Carry, Subject: f.Subject, Body: f.Body, Child: school.ChildRef{ID: school.PersonID{UUID: f.Child}},
		NoReply: f.NoReply, Receipt: f.Receipt, Addresses: list, Urgent: f.Urgent, Reason: f.Reason, Guardians: copyOf(f.Guardians), SendAt: f.at()}, err
}

func copyOf(text string) Field {
	if f := Field(text); f == Cc || f == Bcc {
		return f
	}
	return ""
}

// at is the hour that the form asks for; zero for none, and for whoever sends at once.
func (f draftForm) at() time.Time {
	if f.Do == "send" {
		return time.Time{}
	}
	return localTime(f.Later)
}

const localShape = "2006-01-02T15:04"

// localTime reads a day and hour as a field of the page writes them; zero for what is none.
func localTime(text string) time.Time {
	at, err := time.ParseInLocation(localShape, text, words.Zone())
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// edit applies the buttons that add and remove lines.
func (f *draftForm) edit() {
	field := f.Field
	if field == "" {
		field = string(To)
	}
	if f.Add != "" {
		f.To, f.Query = append(f.To, field+":"+f.Add), ""
	}
	if f.Do == "place" && f.Place != "" {
		f.To = append(f.To, field+":"+f.Place+":"+f.Profile)
	}
	f.To = slices.DeleteFunc(f.To, func(s string) bool { return f.Drop != "" && s == f.Drop })
}

func (r *Room) getNew(c *fiber.Ctx) error {
	ctx := c.UserContext()
	how, id := Blank, uuid.Nil
	for _, h := range []Answering{Reply, ReplyAll, Forward} {
		if text := c.Query(string(h)); text != "" {
			parsed, err := uuid.Parse(text)
			if err != nil {
				return fault.Missing()
			}
			how, id = h, parsed
		}
	}
	d, err := r.Begin(ctx, how, id)
	if err != nil {
		return err
	}
	var wrong error
	for _, text := range []string{c.Query("to")} {
		if a, ok := parseAddress("to:" + text); text != "" && ok {
			d.Addresses = append(d.Addresses, a)
			_, wrong = r.prepare(ctx, session.Actor(ctx), &d)
		}
	}
	return r.showDraft(c, composing{draft: d, faults: fieldsOf(wrong)})
}

func (r *Room) getDraft(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	d, err := r.Draft(c.UserContext(), id)
	if err != nil {
		return err
	}
	if d.State != Drafted {
		return r.showWaiting(c, d)
	}
	return r.showDraft(c, composing{draft: d, kept: true})
}

func (r *Room) showWaiting(c *fiber.Ctx, d Draft) error {
	ctx := c.UserContext()
	signs, readers, err := r.Awaited(ctx, d.ID)
	if err != nil {
		return err
	}
	title := words.T(ctx, "messages.waiting."+string(d.State))
	return web.Show(c, page(title, write), waitingPage(shapeWaiting(ctx, title, d, signs, readers)))
}

func (r *Room) postUnschedule(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	return done(c, r.Unschedule(c.UserContext(), id), draftPath(id), "messages.unscheduled")
}

// composing is what the page on which one writes is made from.
type composing struct {
	draft  Draft
	form   draftForm
	kept   bool
	faults map[string]string
	saved  bool
	found  bool // names were looked for
}

func (r *Room) showDraft(c *fiber.Ctx, s composing) error {
	ctx := c.UserContext()
	o, err := r.Offer(ctx, s.form.Query)
	if err != nil {
		return err
	}
	_, mayHurry := r.policy.Can(ctx, name, urgent)
	s.draft.Urgent = s.draft.Urgent && mayHurry
	var e Estimate
	if s.kept && len(s.draft.Addresses) > 0 {
		if e, err = r.Reached(ctx, s.draft); err != nil {
			return err
		}
	}
	a := session.Actor(ctx)
	stopped, err := r.stoppedFor(ctx, a)
	if err != nil {
		return err
	}
	v := shapeDraft(ctx, s, o, e, a, r.now(ctx))
	v.MayHurry, v.MayCopy = mayHurry, r.mayCopyGuardians(ctx, a)
	v.shapeStop(ctx, stopped, r.registry)
	p := page(words.T(ctx, "messages.new"), write)
	if len(s.faults) > 0 {
		return web.Retry(c, p, draftPage(v))
	}
	return web.Show(c, p, draftPage(v))
}

func (r *Room) postDraft(c *fiber.Ctx) error {
	ctx := c.UserContext()
	f, err := web.Decode[draftForm](c)
	if err != nil && fieldsOf(err) == nil {
		return err
	}
	f.edit()
	d, bad := f.draft()
	if err != nil {
		bad = err
	}
	if bad != nil {
		return r.showDraft(c, composing{draft: d, form: f, faults: fieldsOf(bad)})
	}
	if f.Do == "later" && d.SendAt.IsZero() {
		err = fault.Field("later", "Choisissez le jour et l’heure de l’envoi.")
	}
	if err == nil && (f.Do == "send" || f.Do == "later") {
		err = r.Send(ctx, &d)
		if err == nil {
			return sent(c, d)
		}
		if fieldsOf(err) == nil && !fault.Is(err, fault.Forbidden) {
			return err
		}
	}
	saved := r.Save(ctx, &d)
	if saved != nil && fieldsOf(saved) == nil {
		return saved
	}
	faults := fieldsOf(err)
	switch {
	case fault.Is(err, fault.Forbidden): // the page says who stopped the sending, and why
		faults = map[string]string{"stopped": sentenceOf(err)}
	case faults == nil:
		faults = fieldsOf(saved)
	}
	return r.afterSaving(c, f, d, faults)
}

// sent says what became of a message.
func sent(c *fiber.Ctx, d Draft) error {
	ctx := c.UserContext()
	switch d.State {
	case Held:
		return web.Done(c, draftPath(d.ID), words.T(ctx, "messages.held"))
	case Scheduled:
		return web.Done(c, draftPath(d.ID), words.T(ctx, "messages.scheduled", "day", dayHour(d.SendAt)))
	}
	return web.Done(c, home, words.T(ctx, "messages.sent"))
}

// afterSaving answers the button that was pressed.
func (r *Room) afterSaving(c *fiber.Ctx, f draftForm, d Draft, faults map[string]string) error {
	ctx := c.UserContext()
	if f.Do == "autosave" {
		if len(faults) > 0 {
			return c.SendStatus(fiber.StatusUnprocessableEntity)
		}
		return c.SendStatus(fiber.StatusNoContent)
	}
	if file, err := uuid.Parse(f.Unattach); err == nil {
		if err := r.Detach(ctx, d.ID, file); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	if f.Do == "files" && len(faults) == 0 {
		return web.Done(c, draftPath(d.ID)+"/files")
	}
	full, err := r.Draft(ctx, d.ID)
	if fault.Is(err, fault.NotFound) { // what is too long was not kept
		return r.showDraft(c, composing{draft: d, form: f, faults: faults})
	}
	if err != nil {
		return err
	}
	d.Files = full.Files
	f.Carry = false
	return r.showDraft(c, composing{draft: d, form: f, kept: true, faults: faults, saved: f.Do == "save" && len(faults) == 0, found: f.Do == "find"})
}

func (r *Room) postDiscard(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	return done(c, r.Discard(c.UserContext(), id), boxPath(string(Drafts)), "messages.discarded")
}

func (r *Room) getReach(c *fiber.Ctx) error {
	ctx := c.UserContext()
	last, _ := uuid.Parse(c.Query("last")) // what is no id begins the list anew
	profile, text, after := c.Query("profile"), strings.TrimSpace(c.Query("q")), words.Fold(c.Query("after"))
	var of reached
	var err error
	person, wrong := uuid.Parse(c.Query("person"))
	if wrong == nil {
		of, err = r.ReachOf(ctx, school.PersonID{UUID: person}, profile, text, after, last)
	} else {
		of, err = r.Reach(ctx, profile, text, after, last)
	}
	if err != nil {
		return err
	}
	matrix := map[string][]string{}
	if _, may := r.policy.Can(ctx, name, moderate); may && wrong != nil {
		matrix = r.matrix(ctx)
	}
	v := shapeReach(ctx, of, person, profile, text, matrix)
	return web.Show(c, page(words.T(ctx, "messages.reach"), write), reachPage(v))
}
