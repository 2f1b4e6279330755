package app

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/demo"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/services/messages"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// MailDemo writes the demonstration's messages, and reads those that are read. A message that is there stays as it is.
func (a *App) MailDemo(ctx context.Context) error {
	for i, m := range demo.Messages() {
		t := demo.Place(a.registry, m.Space)
		if t == nil {
			continue
		}
		if err := a.writeDemo(ctx, t, i+1, m); err != nil {
			return fmt.Errorf("write %q in %s: %w", m.Subject, m.Space, err)
		}
	}
	return nil
}

func demoMessage(number int) uuid.UUID {
	return uuid.NewSHA1(uuid.NameSpaceURL, fmt.Appendf(nil, "demo/message/%d", number))
}

func (a *App) writeDemo(ctx context.Context, t *tenant.Tenant, number int, m demo.Message) error {
	now := a.ground.DB.Now()
	as := func(login string) (context.Context, school.Actor, error) {
		actor, err := demo.Actor(ctx, a.ground.DB, login)
		actor = actor.In(t.ID)
		at := db.WithClock(tenant.Enter(ctx, t), func(time.Time) time.Time { return sentAt(now, m.Late) })
		return session.With(words.With(at, a.words), actor), actor, err
	}
	author, actor, err := as(m.Author)
	if err != nil {
		return err
	}
	id := demoMessage(number)
	if _, err := a.mail.Open(author, id); !fault.Is(err, fault.NotFound) {
		return err
	}
	d := messages.Draft{ID: id, Subject: m.Subject, Body: m.Body, Receipt: m.Receipt, NoReply: m.NoReply, Urgent: m.Urgent != "", Reason: m.Urgent}
	if m.Later {
		d.SendAt = now.Add(24 * time.Hour).Truncate(time.Hour)
	}
	if m.Answers > 0 {
		d.Parent = demoMessage(m.Answers)
	}
	for field, logins := range map[messages.Field][]string{messages.To: m.To, messages.Bcc: m.Hidden} {
		for _, login := range logins {
			_, who, err := as(login)
			if err != nil {
				return err
			}
			d.Addresses = append(d.Addresses, messages.Address{Field: field, Kind: messages.Person, Who: who.Person.UUID})
		}
	}
	if err := addDemoAddresses(&d, actor, m, func(login string) (school.Actor, error) { _, who, err := as(login); return who, err }); err != nil {
		return err
	}
	if m.Draft {
		return a.mail.Save(author, &d)
	}
	if err := a.mail.Send(author, &d); err != nil {
		return err
	}
	for _, login := range m.Read {
		reader, _, err := as(login)
		if err != nil {
			return err
		}
		if _, err := a.mail.Open(reader, id); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return nil
}

// sentAt is the latest working day that is over, in the morning or late in the evening: whenever the demonstration is loaded,
// what it sent is visible.
func sentAt(now time.Time, late bool) time.Time {
	day := now.In(words.Zone()).AddDate(0, 0, -1)
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, -1)
	}
	hour := 10
	if late {
		hour = 22
	}
	return time.Date(day.Year(), day.Month(), day.Day(), hour, 40, 0, 0, words.Zone()).UTC()
}

// addDemoAddresses adds the guardians of a child, the members of a class or those of the school.
func addDemoAddresses(d *messages.Draft, author school.Actor, m demo.Message, find func(login string) (school.Actor, error)) error {
	if m.Child != "" {
		child, err := find(m.Child)
		if err != nil {
			return err
		}
		if author.Has(school.Guardian) {
			d.Child.ID = child.Person
		} else {
			d.Addresses = append(d.Addresses, messages.Address{Field: messages.To, Kind: messages.Guardians, Who: child.Person.UUID})
		}
	}
	if m.Whom == "" {
		return nil
	}
	if m.Class == "" {
		d.Addresses = append(d.Addresses, messages.Address{Field: messages.To, Kind: messages.School, Profile: m.Whom})
		return nil
	}
	for _, membership := range author.Here {
		for _, c := range membership.Classes {
			if c.Name == m.Class {
				d.Addresses = append(d.Addresses, messages.Address{Field: messages.To, Kind: messages.Class, Place: c.ID.UUID, Profile: m.Whom})
			}
		}
	}
	return nil
}
