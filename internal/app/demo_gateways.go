package app

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/demo"
	"elyco/internal/mail"
	"elyco/internal/tenant"
)

// OutboxDemo has the demonstration's spaces send something by every channel, and simulated recipients answer. It sends nothing
// where anything was sent by these channels before, and nothing at all by a channel that reaches real people.
func (a *App) OutboxDemo(ctx context.Context) error {
	begun := map[string]bool{} // by space: whether this is the first time
	for _, m := range demo.OutgoingMessages() {
		t := demo.Place(a.registry, m.Space)
		if t == nil || !a.letters.Simulates(m.Channel) {
			continue
		}
		in := tenant.Enter(ctx, t)
		if _, asked := begun[m.Space]; !asked {
			empty, err := a.sentNothing(in)
			if err != nil {
				return err
			}
			begun[m.Space] = empty
		}
		if !begun[m.Space] {
			continue
		}
		if err := a.sendDemo(in, t, m); err != nil {
			return fmt.Errorf("send %q in %s: %w", m.Subject, m.Space, err)
		}
	}
	return nil
}

func (a *App) sentNothing(ctx context.Context) (empty bool, err error) {
	err = a.ground.DB.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		list, err := mail.List(ctx, tx, mail.Filter{Channel: mail.ByVoice}, 1)
		empty = len(list) == 0
		return err
	})
	return empty, err
}

func (a *App) sendDemo(ctx context.Context, t *tenant.Tenant, m demo.Outgoing) error {
	to := mail.Recipient{Name: m.Name, Address: m.Address}
	if m.Login != "" {
		actor, err := demo.Actor(ctx, a.ground.DB, m.Login)
		if err != nil {
			return err
		}
		to.Person, to.Name = actor.Person.UUID, actor.Name
	}
	var ids []uuid.UUID
	err := a.ground.DB.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		ids, err = mail.QueueFor(ctx, tx, mail.Outgoing{Channel: m.Channel, Kind: "demo.outgoing", Site: t.Name, Subject: m.Subject, Text: m.Text,
			Path: m.Path, Payer: m.Payer, To: []mail.Recipient{to}})
		return err
	})
	if err != nil {
		return err
	}
	if err := a.letters.Deliver(ctx); err != nil || m.Does == "" {
		return err
	}
	var s mail.Sent
	err = a.ground.DB.Read(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		s, _, _, err = mail.Open(ctx, tx, ids[0])
		return err
	})
	if err != nil {
		return err
	}
	return a.letters.Play(ctx, s, m.Does)
}
