package app

import (
	"context"

	"github.com/google/uuid"

	"elyco/internal/bridge"
	"elyco/internal/demo"
	"elyco/internal/fault"
	"elyco/internal/services/bridges"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// signBridge has the heads of the demonstration propose a bridge, and accept it when the demonstration says so. One that
// is there already stays as it is.
func (a *App) signBridge(ctx context.Context, id uuid.UUID, s demo.Bridge) error {
	from, to := demo.Place(a.registry, s.From), demo.Place(a.registry, s.To)
	if from == nil || to == nil {
		return nil
	}
	proposer, err := demo.HeadIn(ctx, a.ground.DB, from)
	if err != nil {
		return err
	}
	there := words.With(tenant.Enter(ctx, from), a.words)
	if _, err := a.spanning.Find(there, id); !fault.Is(err, fault.NotFound) {
		return err
	}
	terms := bridges.Terms{Proposers: s.Mine, Answerers: s.Theirs, Purposes: bridge.Purposes(), EndsOn: a.spanning.Today(ctx).AddDate(0, 0, s.Days), Reason: s.Reason}
	if err := a.spanning.Propose(session.With(there, proposer.In(from.ID)), bridges.Input{ID: id, Peer: to.ID, Terms: terms}); err != nil || !s.Accepted {
		return err
	}
	answerer, err := demo.HeadIn(ctx, a.ground.DB, to)
	if err != nil {
		return err
	}
	here := words.With(tenant.Enter(ctx, to), a.words)
	return a.spanning.Accept(session.With(here, answerer.In(to.ID)), id, s.Answer)
}
