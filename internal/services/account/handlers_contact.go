package account

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/fault"
	"elyco/internal/session"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getContacts(c *fiber.Ctx) error {
	return r.showContacts(c, contactForm{}, nil, fiber.StatusOK)
}

type contactForm struct {
	Kind  string `form:"kind"`
	Value string `form:"value"`
	Code  string `form:"code"`
}

func (f contactForm) kind() (session.ContactKind, error) {
	switch k := session.ContactKind(f.Kind); k {
	case session.Email, session.Phone:
		return k, nil
	}
	return "", fault.Missing()
}

func (r *Room) showContacts(c *fiber.Ctx, form contactForm, wrong map[string]string, status int) error {
	ctx := c.UserContext()
	list, err := r.sessions.Contacts(ctx)
	if err != nil {
		return err
	}
	returned, err := r.returned(ctx, list)
	if err != nil {
		return err
	}
	events, err := r.sessions.Events(ctx)
	if err != nil {
		return err
	}
	page := web.Page{Title: words.T(ctx, "account.contact.title"), Room: "account", Action: "manage", Status: status}
	return web.Show(c, page, contactsView(r.shapeContacts(ctx, list, returned, events, form, wrong)))
}

// contact runs one of the actions on a contact and shows the form again with what is wrong.
func (r *Room) contact(c *fiber.Ctx, done string, act func(form contactForm, kind session.ContactKind) error) error {
	ctx := c.UserContext()
	form, err := web.Decode[contactForm](c)
	if err != nil {
		return err
	}
	kind, err := form.kind()
	if err != nil {
		return err
	}
	if kind == session.Phone && !r.office.Texts() {
		return fault.Missing()
	}
	err = act(form, kind)
	var f *fault.Error
	var wait *session.Throttled
	switch {
	case errors.As(err, &wait):
		return r.showContacts(c, form, map[string]string{string(kind): words.T(ctx, "account.contact.wait")}, fiber.StatusTooManyRequests)
	case errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0:
		return r.showContacts(c, form, f.Fields, fiber.StatusUnprocessableEntity)
	case err != nil:
		return err
	}
	return web.Done(c, "/account/contacts", words.T(ctx, done))
}

func (r *Room) postContact(c *fiber.Ctx) error {
	return r.contact(c, "account.contact.sent", func(form contactForm, kind session.ContactKind) error {
		return r.proveContact(c.UserContext(), kind, form.Value)
	})
}

func (r *Room) postContactCode(c *fiber.Ctx) error {
	return r.contact(c, "account.contact.confirmed", func(form contactForm, kind session.ContactKind) error {
		return r.confirmContact(c.UserContext(), kind, form.Code)
	})
}

func (r *Room) postContactDrop(c *fiber.Ctx) error {
	return r.contact(c, "account.contact.dropped", func(_ contactForm, kind session.ContactKind) error {
		return r.dropContact(c.UserContext(), kind)
	})
}
