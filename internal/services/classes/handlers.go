package classes

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/session"
	"elyco/internal/web"
	"elyco/internal/words"
)

const home = "/classes"

// base is where the pages of a kind live.
func base(k Kind) string {
	if k == Group {
		return home + "/groups"
	}
	return home
}

func page(c *fiber.Ctx, title string) web.Page {
	return web.Page{Title: title, Room: "classes", Action: read}
}

func titled(c *fiber.Ctx, key string) web.Page { return page(c, words.T(c.UserContext(), key)) }

// mayManage tells whether the actor sees the forms.
func (r *Room) mayManage(c *fiber.Ctx) bool {
	_, may := r.policy.For(session.Actor(c.UserContext()), "classes", manage)
	return may
}

// idOf reads the id of an address; what is none names nothing.
func idOf(c *fiber.Ctx) (uuid.UUID, error) {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return uuid.Nil, fault.Missing()
	}
	return id, nil
}

// yearOf reads the year that an address asks for; the nil id is today's.
func yearOf(c *fiber.Ctx) uuid.UUID {
	id, _ := uuid.Parse(c.Query("year"))
	return id
}

// day reads what a field of dates sends; the zero time is none.
func day(s string) time.Time {
	t, _ := time.Parse(time.DateOnly, s)
	return t
}

// refused gives the sentences of a form that is shown again; nil when err is no such thing.
func refused(err error) map[string]string {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid || len(f.Fields) == 0 && f.Words == "" {
		return nil
	}
	if len(f.Fields) == 0 {
		return map[string]string{"": f.Words}
	}
	return f.Fields
}
