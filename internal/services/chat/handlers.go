package chat

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/hours"
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

// numberOf reads a number of an address; what is none is zero.
func numberOf(c *fiber.Ctx, key string) int {
	n, err := strconv.Atoi(c.Query(key))
	if err != nil || n < 0 || n > 1<<30 {
		return 0
	}
	return n
}

// done goes back to a page with a sentence, or shows what went wrong.
func done(c *fiber.Ctx, err error, path, key string) error {
	if err != nil {
		return err
	}
	return web.Done(c, path, words.T(c.UserContext(), key))
}

func (r *Room) getList(c *fiber.Ctx) error {
	ctx := c.UserContext()
	which := Which(c.Query("in"))
	if which != Current && which != Old && which != All {
		return fault.Missing()
	}
	var from cursor
	if text := c.Query("last"); text != "" {
		var err error
		if from.id, err = uuid.Parse(text); err == nil {
			from.at, err = time.Parse(time.RFC3339Nano, c.Query("before"))
		}
		if err != nil {
			return fault.Missing()
		}
	}
	lines, discreet, more, err := r.List(ctx, which, from)
	if err != nil {
		return err
	}
	v := shapeList(ctx, which, lines, more, r.db.NowIn(ctx))
	v.Discreet, v.Watches = discreet, watcher(r.policy, session.Actor(ctx))
	_, v.MayOpen = r.policy.Can(ctx, name, open)
	_, v.MayModerate = r.policy.Can(ctx, name, moderate)
	v.Tabs = v.tabs(ctx)
	return web.Show(c, page(words.T(ctx, "chat.title"), read), listPage(v))
}

type discretionForm struct {
	Hidden bool `form:"hidden"`
}

func (r *Room) postDiscretion(c *fiber.Ctx) error {
	f, err := web.Decode[discretionForm](c)
	if err != nil {
		return err
	}
	key := "chat.discreet.off"
	if f.Hidden {
		key = "chat.discreet.on"
	}
	return done(c, r.Hide(c.UserContext(), f.Hidden), home, key)
}

type channelForm struct {
	ID        uuid.UUID `form:"id"`
	Version   int       `form:"version"`
	Target    string    `form:"target"`
	Title     string    `form:"title"`
	About     string    `form:"about"`
	Teachers  bool      `form:"teachers"`
	Guardians bool      `form:"guardians"`
	Days      []string  `form:"days"`
	Opens     string    `form:"opens"`
	Closes    string    `form:"closes"`
	Slow      int       `form:"slow"`
	Until     time.Time `form:"until"`
}

// channel is what the form asks for. Hours that are no hours are refused by name.
func (f channelForm) channel() (Channel, error) {
	c := Channel{ID: f.ID, Version: f.Version, Title: f.Title, About: f.About, Teachers: f.Teachers, Guardians: f.Guardians, Slow: f.Slow, ClosesAt: f.Until}
	kind, id, _ := strings.Cut(f.Target, ":")
	c.Target.Kind = kind
	c.Target.ID, _ = uuid.Parse(id) // what is no id is none of the actor's classes
	for _, d := range f.Days {
		for i, known := range hours.DayNames() {
			if d == known {
				c.Days |= 1 << i
			}
		}
	}
	bad := fault.Fields{}
	var ok bool
	if c.Opens, ok = hours.Minutes(f.Opens); !ok {
		bad.Add("opens", "Écrivez l’heure comme 08:00.")
	}
	if c.Closes, ok = hours.Minutes(f.Closes); !ok {
		bad.Add("closes", "Écrivez l’heure comme 18:00.")
	}
	return c, bad.OrNil()
}

func formOf(c Channel) channelForm {
	f := channelForm{ID: c.ID, Version: c.Version, Title: c.Title, About: c.About, Teachers: c.Teachers, Guardians: c.Guardians,
		Opens: hours.Clock(c.Opens), Closes: hours.Clock(c.Closes), Slow: c.Slow, Until: c.ClosesAt, Target: c.Target.Kind + ":" + c.Target.ID.String()}
	for i, d := range hours.DayNames() {
		if c.Days&(1<<i) != 0 {
			f.Days = append(f.Days, d)
		}
	}
	return f
}

func (r *Room) getNew(c *fiber.Ctx) error {
	w := r.week(c.UserContext())
	fresh := Channel{ID: school.NewID(), Teachers: true, Days: w.Mask(), Opens: w.From, Closes: w.To}
	if w.Always() {
		fresh.Days, fresh.Opens, fresh.Closes = allDays, 0, midnight
	}
	f := formOf(fresh)
	f.Target = c.Query("target")
	return r.showNew(c, f, nil)
}

func (r *Room) showNew(c *fiber.Ctx, f channelForm, faults map[string]string) error {
	ctx := c.UserContext()
	a := session.Actor(ctx)
	targets, err := r.Targets(ctx, a)
	if err != nil {
		return err
	}
	p, v := page(words.T(ctx, "chat.new"), open), shapeForm(ctx, f, targets, r.week(ctx), staff(a), faults)
	if faults != nil {
		return web.Retry(c, p, newPage(v))
	}
	return web.Show(c, p, newPage(v))
}

func (r *Room) postChannel(c *fiber.Ctx) error {
	f, err := web.Decode[channelForm](c)
	if err == nil {
		var made Channel
		if made, err = f.channel(); err == nil {
			err = r.Open(c.UserContext(), made)
		}
	}
	if faults := fieldsOf(err); faults != nil {
		return r.showNew(c, f, faults)
	}
	return done(c, err, channelPath(f.ID), "chat.opened")
}

func (r *Room) getSettings(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	s, err := r.governed(c.UserContext(), id)
	if err != nil {
		return err
	}
	return r.showSettings(c, s, formOf(s.Channel), nil)
}

// governed reads a channel about which the actor decides.
func (r *Room) governed(ctx context.Context, id uuid.UUID) (sight, error) {
	s, err := r.Peek(ctx, id)
	if err == nil && !s.seat.governs {
		err = fault.Missing()
	}
	return s, err
}

func (r *Room) showSettings(c *fiber.Ctx, s sight, f channelForm, faults map[string]string) error {
	ctx := c.UserContext()
	v := shapeForm(ctx, f, nil, s.week, !s.ByPupil, faults)
	v.Path, v.State, v.Name = channelPath(s.ID), s.State, s.Title
	p := page(words.T(ctx, "chat.settle", "title", s.Title), open)
	if faults != nil {
		return web.Retry(c, p, settingsPage(v))
	}
	return web.Show(c, p, settingsPage(v))
}

func (r *Room) postSettings(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[channelForm](c)
	if err == nil {
		var wanted Channel
		if wanted, err = f.channel(); err == nil {
			wanted.ID = id
			err = r.Settle(ctx, wanted)
		}
	}
	if faults := fieldsOf(err); faults != nil {
		s, err := r.governed(ctx, id)
		if err != nil {
			return err
		}
		f.ID = id
		return r.showSettings(c, s, f, faults)
	}
	return done(c, err, channelPath(id), "chat.settled")
}

type stateForm struct {
	To string `form:"to"`
}

func (r *Room) postState(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[stateForm](c)
	if err == nil {
		err = r.Move(c.UserContext(), id, State(f.To))
	}
	return done(c, err, channelPath(id), "chat.moved")
}
