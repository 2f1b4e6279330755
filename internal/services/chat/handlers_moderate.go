package chat

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/school"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getReports(c *fiber.Ctx) error { return r.showReports(c, "", nil) }

func (r *Room) showReports(c *fiber.Ctx, wrong string, faults map[string]string) error {
	ctx := c.UserContext()
	list, err := r.Reports(ctx)
	if err != nil {
		return err
	}
	p, v := page(words.T(ctx, "chat.moderation"), moderate), shapeReports(ctx, list, wrong, faults)
	if faults != nil {
		return web.Retry(c, p, reportsPage(v))
	}
	return web.Show(c, p, reportsPage(v))
}

type decisionForm struct {
	Do     string `form:"do"`
	Reason string `form:"reason"`
}

func (r *Room) postDecision(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[decisionForm](c)
	if err == nil {
		err = r.Decide(c.UserContext(), id, f.Do == "remove", f.Reason)
	}
	if faults := fieldsOf(err); faults != nil {
		return r.showReports(c, id.String(), faults)
	}
	return done(c, err, home+"/moderation", "chat.decided")
}

func (r *Room) postVisit(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	return done(c, r.Visit(c.UserContext(), id), channelPath(id), "chat.visited")
}

type silenceForm struct {
	Person  uuid.UUID `form:"person"`
	Minutes int       `form:"minutes"`
	Reason  string    `form:"reason"`
}

func (r *Room) postSilence(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	f, err := web.Decode[silenceForm](c)
	if err == nil {
		err = r.Silence(ctx, id, school.PersonID{UUID: f.Person}, f.Minutes, f.Reason)
	}
	if faults := fieldsOf(err); faults != nil {
		s, err := r.Members(ctx, id)
		if err != nil {
			return err
		}
		v := shapeMembers(ctx, s, f.Person.String())
		v.Reason, v.Faults, v.Open = f.Reason, faults, true
		return web.Retry(c, page(words.T(ctx, "chat.members"), read), membersPage(v))
	}
	return done(c, err, channelPath(id)+"/members", "chat.silenced")
}

func (r *Room) postLift(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	who, err := idOf(c, "person")
	if err != nil {
		return err
	}
	return done(c, r.Lift(c.UserContext(), id, school.PersonID{UUID: who}), channelPath(id)+"/members", "chat.lifted")
}

func (r *Room) getLog(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	s, err := r.Log(ctx, id)
	if err != nil {
		return err
	}
	return web.SendTable(c, s.Title+".csv", shapeLog(ctx, s))
}
