package messages

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

const (
	queuePath    = home + "/moderation"
	accountsPath = queuePath + "/accounts"
	stopPath     = home + "/stop"
)

func accountPath(id uuid.UUID) string { return accountsPath + "/" + id.String() }

func (r *Room) getQueue(c *fiber.Ctx) error { return r.showQueue(c, "", nil) }

// showQueue shows what waits; faults belong to the thing with the id.
func (r *Room) showQueue(c *fiber.Ctx, id string, faults map[string]string) error {
	ctx := c.UserContext()
	q, err := r.Queue(ctx)
	if err != nil {
		return err
	}
	_, mayStop := r.policy.Can(ctx, name, stop)
	v := shapeQueue(ctx, q, session.Actor(ctx), r.now(ctx))
	v.MayStop, v.Wrong, v.Faults, v.Live = mayStop, id, faults, queuePath
	p := page(words.T(ctx, "messages.moderation"), moderate)
	if len(faults) > 0 {
		return web.Retry(c, p, queuePage(v))
	}
	if web.Fragment(c) {
		return web.Show(c, p, queueWork(v))
	}
	return web.Show(c, p, queuePage(v))
}

type judgementForm struct {
	Do     string `form:"do"`
	Reason string `form:"reason"`
}

func (r *Room) postJudgement(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[judgementForm](c)
	if err != nil {
		return err
	}
	switch f.Do {
	case "release":
		err = r.Release(c.UserContext(), id)
	case "refuse":
		err = r.Refuse(c.UserContext(), id, f.Reason)
	default:
		err = fault.Missing()
	}
	if faults := fieldsOf(err); faults != nil {
		return r.showQueue(c, id.String(), faults)
	}
	return done(c, err, queuePath, "messages.judged."+f.Do)
}

func (r *Room) postOwn(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	return done(c, r.ReleaseOwn(c.UserContext(), id), queuePath, "messages.judged.release")
}

type teamForm struct {
	People []string `form:"people"`
}

func (r *Room) postTeam(c *fiber.Ctx) error {
	f, err := web.Decode[teamForm](c)
	people := make([]uuid.UUID, 0, len(f.People))
	for _, text := range f.People {
		id, wrong := uuid.Parse(text)
		if wrong != nil {
			return fault.Missing()
		}
		people = append(people, id)
	}
	if err == nil {
		err = r.NameModerators(c.UserContext(), people)
	}
	if faults := fieldsOf(err); faults != nil {
		return r.showQueue(c, "team", faults)
	}
	return done(c, err, queuePath, "messages.team.saved")
}

func (r *Room) getAccounts(c *fiber.Ctx) error {
	ctx := c.UserContext()
	text := strings.TrimSpace(c.Query("q"))
	list, err := r.FindAccounts(ctx, text)
	if err != nil {
		return err
	}
	return web.Show(c, page(words.T(ctx, "messages.accounts"), moderate), accountsPage(shapeAccounts(ctx, text, list)))
}

// spanOf reads a span from an address; the last day when it says none.
func spanOf(from, to string, now time.Time) Span {
	s := Span{From: localTime(from), To: localTime(to)}
	if s.To.IsZero() {
		s.To = now.Add(time.Minute).Truncate(time.Minute)
	}
	if s.From.IsZero() {
		s.From = s.To.Add(-24 * time.Hour)
	}
	return s
}

func (r *Room) getAccount(c *fiber.Ctx) error {
	return r.showAccount(c, spanOf(c.Query("from"), c.Query("to"), r.now(c.UserContext())), nil)
}

func (r *Room) showAccount(c *fiber.Ctx, s Span, faults map[string]string) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	from, err := cursorOf(c)
	if err != nil {
		return err
	}
	a, err := r.Account(ctx, school.PersonID{UUID: id}, s, from)
	if wrong := fieldsOf(err); wrong != nil { // a span that is none: the last day is shown, and what is wrong with it
		faults, s = wrong, spanOf("", "", r.now(ctx))
		a, err = r.Account(ctx, school.PersonID{UUID: id}, s, from)
	}
	if err != nil {
		return err
	}
	_, mayBlock := r.policy.Can(ctx, "accounts", "block")
	v := shapeAccount(ctx, a, school.NewID())
	v.MayBlock, v.Faults, v.Own = mayBlock, faults, session.Actor(ctx).Person.UUID == id
	p := page(v.Name, moderate)
	if len(faults) > 0 {
		return web.Retry(c, p, accountPage(v))
	}
	if web.Fragment(c) {
		return web.Show(c, p, accountSweeps(v))
	}
	return web.Show(c, p, accountPage(v))
}

func (r *Room) getOpeners(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	list, err := r.Openers(ctx, school.PersonID{UUID: id}, spanOf(c.Query("from"), c.Query("to"), r.now(ctx)))
	if fieldsOf(err) != nil {
		return fault.Missing()
	}
	if err != nil {
		return err
	}
	return web.SendTable(c, words.T(ctx, "messages.openers.file"), openersTable(ctx, list))
}

type sweepForm struct {
	ID     uuid.UUID `form:"id"`
	From   string    `form:"from"`
	To     string    `form:"to"`
	Reason string    `form:"reason"`
}

func (r *Room) postSweep(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[sweepForm](c)
	if err != nil {
		return err
	}
	s := Span{From: localTime(f.From), To: localTime(f.To)}
	err = r.Withdraw(c.UserContext(), Sweep{ID: f.ID, Person: school.PersonID{UUID: id}, Span: s, Reason: f.Reason})
	if faults := fieldsOf(err); faults != nil {
		return r.showAccount(c, s, faults)
	}
	return done(c, err, spanPath(id, s), "messages.sweep.begun")
}

func (r *Room) postClose(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[sweepForm](c)
	if err != nil {
		return err
	}
	s := spanOf(f.From, f.To, r.now(c.UserContext()))
	err = r.CloseAccount(c.UserContext(), school.PersonID{UUID: id}, f.Reason)
	if faults := fieldsOf(err); faults != nil {
		return r.showAccount(c, s, map[string]string{"block": faults["reason"]})
	}
	return done(c, err, spanPath(id, s), "messages.account.closed")
}

func (r *Room) getStop(c *fiber.Ctx) error { return r.showStop(c, stopForm{}, nil) }

type stopForm struct {
	ID         uuid.UUID `form:"id"`
	Categories []string  `form:"categories"`
	Reason     string    `form:"reason"`
	Until      string    `form:"until"`
}

func (r *Room) showStop(c *fiber.Ctx, f stopForm, faults map[string]string) error {
	ctx := c.UserContext()
	standing, past, err := r.Stops(ctx)
	if err != nil {
		return err
	}
	v := shapeStops(ctx, tenant.From(ctx), standing, past, f, r.registry)
	v.Faults, v.ID = faults, school.NewID().String()
	p := page(words.T(ctx, "messages.stop"), stop)
	if len(faults) > 0 {
		return web.Retry(c, p, stopPage(v))
	}
	return web.Show(c, p, stopPage(v))
}

func (r *Room) postStop(c *fiber.Ctx) error {
	f, err := web.Decode[stopForm](c)
	if err != nil {
		return err
	}
	s := Stop{ID: f.ID, Categories: f.Categories, Reason: f.Reason, Until: localTime(f.Until)}
	if f.Until != "" && s.Until.IsZero() {
		s.Until = r.now(c.UserContext()) // what is no hour is refused as one that is over
	}
	err = r.Halt(c.UserContext(), s)
	if faults := fieldsOf(err); faults != nil {
		return r.showStop(c, f, faults)
	}
	return done(c, err, stopPath, "messages.stop.done")
}

func (r *Room) postResume(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	return done(c, r.Resume(c.UserContext(), id), stopPath, "messages.stop.ended")
}
