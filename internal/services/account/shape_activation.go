package account

import (
	"context"

	"elyco/internal/mail"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// shapeDoor is the gate of a page before the door; key is the beginning of its heading and its lead.
func (r *Room) shapeDoor(ctx context.Context, key string) ui.Gate {
	g := shapeGate(ctx, tenant.From(ctx), r.skins)
	g.Title, g.Text = words.T(ctx, key+"heading"), words.T(ctx, key+"lead")
	return g
}

func (r *Room) shapeActivation(ctx context.Context, code session.Code, found session.Newcomer, form activationForm, wrong map[string]string) activationPage {
	v := activationPage{Code: code.Print(), Email: form.Email, Phone: form.Phone, Charter: form.Charter, Texts: r.office.Texts(), Reset: found.Reset, Wrong: wrong}
	v.Gate = shapeGate(ctx, tenant.From(ctx), r.skins)
	space := ""
	if t := r.registry.ByID(found.Space); t != nil {
		space = t.Name
	}
	v.Gate.Title = words.T(ctx, "account.activate.hello", "name", found.Given)
	v.Gate.Text = words.T(ctx, "account.activate.whose", "name", found.Given, "space", space)
	if found.Reset {
		v.Gate.Text = words.T(ctx, "account.activate.whose_reset", "name", found.Given, "space", space)
	}
	v.Errors = fieldErrors(wrong, "new", "again", "email", "phone", "charter")
	return v
}

func fieldErrors(wrong map[string]string, order ...string) []ui.FieldError {
	var list []ui.FieldError
	for _, field := range order {
		if wrong[field] != "" {
			list = append(list, ui.FieldError{FieldID: field, Text: wrong[field]})
		}
	}
	return list
}

func (r *Room) shapeRecovered(ctx context.Context, token, given, login string, wrong map[string]string) recoveredPage {
	g := shapeGate(ctx, tenant.From(ctx), r.skins)
	g.Title, g.Text = words.T(ctx, "account.recover.choose"), words.T(ctx, "account.recover.choose_lead", "name", given, "login", login)
	return recoveredPage{Gate: g, Action: "/recover/" + token, Login: login, Wrong: wrong, Errors: fieldErrors(wrong, "new", "again")}
}

func (r *Room) shapeContacts(ctx context.Context, list []session.Contact, returned map[string]mail.Bounce, events []session.Event, form contactForm, wrong map[string]string) contactsPage {
	v := contactsPage{}
	kinds := []session.ContactKind{session.Email}
	if r.office.Texts() {
		kinds = append(kinds, session.Phone)
	}
	for _, k := range kinds {
		card := shapeContact(ctx, k, list, form, wrong)
		if b, back := returned[card.Stored]; back {
			card.Returned = words.T(ctx, wordsOf(k)+"returned", "day", words.Date(b.At), "reason", b.Reason)
		}
		v.Cards = append(v.Cards, card)
	}
	for _, e := range events {
		v.Events = append(v.Events, r.shapeEvent(ctx, e))
	}
	return v
}

// wordsOf is the beginning of the sentences about a kind of contact.
func wordsOf(k session.ContactKind) string {
	if k == session.Phone {
		return "account.contact.phone."
	}
	return "account.contact.email."
}

func shapeContact(ctx context.Context, k session.ContactKind, list []session.Contact, form contactForm, wrong map[string]string) contactCard {
	c := contactCard{Kind: string(k), Title: words.T(ctx, wordsOf(k)+"title"), Lead: words.T(ctx, wordsOf(k)+"lead"), Label: words.T(ctx, wordsOf(k)+"label"),
		Hint: words.T(ctx, wordsOf(k)+"hint"), Other: words.T(ctx, wordsOf(k)+"other"), Drop: words.T(ctx, wordsOf(k)+"drop"),
		Type: map[session.ContactKind]string{session.Email: "email", session.Phone: "tel"}[k],
		Fill: map[session.ContactKind]string{session.Email: "email", session.Phone: "tel"}[k]}
	for _, one := range list {
		switch {
		case one.Kind != k:
		case one.Spent:
			c.Typed = said(one)
		case one.VerifiedAt.IsZero():
			c.Waiting = words.T(ctx, wordsOf(k)+"waiting", "value", said(one))
		default:
			c.Stored, c.Value, c.Since = one.Value, said(one), words.T(ctx, "account.contact.since", "day", words.Date(one.VerifiedAt))
		}
	}
	if form.Kind != string(k) {
		return c
	}
	c.Wrong, c.WrongCode = wrong[string(k)], wrong["code"]
	if c.Waiting == "" && c.WrongCode != "" { // nothing asks for a code any more: the way on is the field that sends one
		c.Wrong, c.WrongCode = c.WrongCode, ""
		return c
	}
	c.Typed = form.Value
	return c
}

// said writes a contact for people to read.
func said(c session.Contact) string {
	if c.Kind == session.Phone {
		return words.Phone(c.Value)
	}
	return c.Value
}

func (r *Room) shapeEvent(ctx context.Context, e session.Event) ui.Item {
	space := ""
	if t := r.registry.ByID(e.Space); t != nil {
		space = t.Name
	}
	by := e.Name
	if e.Author == e.Person || by == "" {
		by = words.T(ctx, "account.event.self")
	}
	return ui.Item{Title: words.T(ctx, "account.event."+e.Kind), Icon: ui.IconKey, Meta: words.T(ctx, "account.event.meta", "when", words.DateTime(e.At), "by", by, "space", space)}
}

// changeLabel names the field by what it does: gives the first address, or another one.
func changeLabel(c contactCard) string {
	if c.Value == "" && c.Waiting == "" {
		return c.Label
	}
	return c.Other
}
