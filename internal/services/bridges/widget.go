package bridges

import (
	"context"
	"time"

	"elyco/internal/db"
	"elyco/internal/service"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// freshFor is how long a new bridge is announced on the home page of those whom it concerns.
const freshFor = 14 * 24 * time.Hour

// load is the room's part of the home page: to those who follow, what waits for an answer and what ends soon; to the
// others, without a query, the bridges that have just opened for them.
func (r *Room) load(ctx context.Context, b *db.Batch, who service.Reader) func() []service.Item {
	d := drawer{ctx, r, who.Tenant, r.Today(ctx)}
	if _, may := r.policy.For(who.Actor.In(who.Tenant.ID), "bridges", follow); !may {
		return func() []service.Item { return d.fresh(who) }
	}
	var papers []Paper
	queuePapers(b, &papers)
	return func() []service.Item {
		var items []service.Item
		for _, br := range pair(papers) {
			if it, ok := d.item(br); ok {
				items = append(items, it)
			}
		}
		return items
	}
}

func (d drawer) item(b Bridge) (service.Item, bool) {
	peer, _, _ := b.side(d.here.ID)
	it := d.line(b.Proposal.ID.String(), d.here)
	it.URL = d.r.registry.URL(d.here, "/bridges/"+b.Proposal.ID.String())
	switch {
	case d.asked(b):
		it.At, it.Title = b.Proposal.SignedAt.Unix(), d.t("bridges.widget.asked", "peer", d.name(peer))
		it.Asks = d.t("bridges.widget.answer")
	case b.endsSoon(d.today):
		end := noon(b.Proposal.Terms.EndsOn)
		it.At, it.Title = end.Add(-remindBefore).Unix(), d.t("bridges.widget.soon", "peer", d.name(peer), "day", words.Date(end))
	default:
		return it, false
	}
	return it, true
}

func (d drawer) fresh(who service.Reader) []service.Item {
	var items []service.Item
	for _, s := range d.r.crossed(who.Tenant.ID, who.Actor) {
		if d.r.db.NowIn(d.ctx).Sub(s.SignedAt) > freshFor {
			continue
		}
		it := d.line(s.ID.String(), who.Tenant)
		it.At, it.Title = s.SignedAt.Unix(), d.t("bridges.widget.fresh", "peer", d.name(s.Peer))
		items = append(items, it)
	}
	return items
}

func (d drawer) line(id string, here *tenant.Tenant) service.Item {
	return service.Item{ID: "bridges:" + id, Scope: here.ID, Source: here.Name, Colour: here.Theme, URL: d.r.registry.URL(here, home)}
}
