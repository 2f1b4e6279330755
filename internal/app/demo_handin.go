package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/demo"
	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/services/handin"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// HandInDemo opens the demonstration's boxes and lets its pupils give. A box that is there stays as it is.
func (a *App) HandInDemo(ctx context.Context) error {
	for i, h := range demo.HandIns() {
		t := demo.Place(a.registry, h.Space)
		if t == nil {
			continue
		}
		if err := a.askWork(ctx, t, uuid.NewSHA1(uuid.NameSpaceURL, fmt.Appendf(nil, "demo/handin/%d", i)), h); err != nil {
			return fmt.Errorf("ask %q in %s: %w", h.Title, h.Space, err)
		}
	}
	return nil
}

func (a *App) askWork(ctx context.Context, t *tenant.Tenant, id uuid.UUID, h demo.HandIn) error {
	as := func(login string) (context.Context, error) {
		actor, err := demo.Actor(ctx, a.ground.DB, login)
		return session.With(words.With(tenant.Enter(ctx, t), a.words), actor.In(t.ID)), err
	}
	author, err := as(h.Author)
	if err != nil {
		return err
	}
	if _, err := a.handIn.Look(author, id); !fault.Is(err, fault.NotFound) {
		return err
	}
	end := a.ground.DB.NowIn(author).In(words.Zone()).AddDate(0, 0, h.Days)
	box := handin.Box{ID: id, Title: h.Title, Instructions: h.Instructions, Late: h.Late, Teams: h.Teams,
		ClosesAt: time.Date(end.Year(), end.Month(), end.Day(), 18, 0, 0, 0, words.Zone())}
	for _, m := range session.Actor(author).Here {
		for _, c := range m.Classes {
			if c.Name == h.Class {
				box.Target = handin.Target{Kind: drive.Class, ID: c.ID.UUID}
			}
		}
	}
	err = a.handIn.Create(author, box)
	for _, g := range h.Given {
		if err != nil {
			return err
		}
		var pupil context.Context
		if pupil, err = as(g.Pupil); err == nil {
			err = a.handIn.HandIn(pupil, id, g.Comment, g.Name, strings.NewReader(strings.Join(g.Lines, "\n")+"\n"))
		}
	}
	return err
}
