package gateways

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/mail"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

const (
	pageSize  = 50
	monthsOut = 13 // of the sums: this month, and the same one a year ago
)

// Outbox lists what the space sent, the latest first, and says whether there is more.
func (r *Room) Outbox(ctx context.Context, f filter) (list []mail.Sent, more bool, err error) {
	err = r.db.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		list, err = mail.List(ctx, tx, f.clean().query(words.Zone()), pageSize+1)
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("list the outbox: %w", err)
	}
	if len(list) > pageSize {
		return list[:pageSize], true, nil
	}
	return list, false, nil
}

// Message gives a message, and what it says if a simulator kept it: what is on its way to somebody is nobody else's to read.
func (r *Room) Message(ctx context.Context, id uuid.UUID) (s mail.Sent, text, html string, err error) {
	err = r.db.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		s, text, html, err = mail.Open(ctx, tx, id)
		return err
	})
	if err != nil {
		return s, "", "", fmt.Errorf("open a message: %w", err)
	}
	if !s.Kept || !r.office.Simulates(s.Channel) {
		text, html = "", ""
	}
	return s, text, html, nil
}

// Play has the recipient of a message that a simulator kept do something. What cannot happen any more is a Conflict.
func (r *Room) Play(ctx context.Context, id uuid.UUID, event string) error {
	s, _, _, err := r.Message(ctx, id)
	if err != nil {
		return err
	}
	if s.Kept && s.State == event {
		return nil // sent twice
	}
	if !slices.Contains(acts(s), event) {
		return fault.New(fault.Conflict, words.T(ctx, "gateways.play.past"))
	}
	return r.office.Play(ctx, s, event)
}

// Spending gives what the space's messages cost.
func (r *Room) Spending(ctx context.Context) (list []mail.Spent, err error) {
	err = r.db.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		list, err = mail.Spending(ctx, tx, monthsOut)
		return err
	})
	return list, err
}

// CallBack takes in what a gateway says of a message, in the space that sent it.
func (r *Room) CallBack(ctx context.Context, s mail.Signed) error {
	heard, err := r.office.Hear(r.db.NowIn(ctx), s)
	if err != nil {
		return err
	}
	space := r.registry.ByID(school.ScopeID(heard.Scope))
	if space == nil {
		return fault.Missing()
	}
	return r.office.Report(tenant.Enter(ctx, space), heard.Channel, heard.ID, heard.Report)
}

// AddDevice has the actor's notifications shown by a browser.
func (r *Room) AddDevice(ctx context.Context, d mail.Device) error {
	d.Person = session.Actor(ctx).Person.UUID
	return r.office.AddDevice(ctx, d)
}

// RemoveDevice ends that, by the device's number or its address.
func (r *Room) RemoveDevice(ctx context.Context, id uuid.UUID, endpoint string) error {
	return r.office.RemoveDevice(ctx, session.Actor(ctx).Person.UUID, id, endpoint)
}
