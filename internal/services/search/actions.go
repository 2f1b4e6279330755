package search

import (
	"context"
	"fmt"
	"slices"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/search"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// atOnce is how many things of one source a page shows; one source alone shows more.
const (
	atOnce = 6
	alone  = 50
)

// Found is what one source has.
type Found struct {
	Source Source
	Items  []service.Item
	More   bool // there is more than is shown
}

// Ask looks through every source, or through the one that is named, in all the actor's spaces and among what is the
// actor's own: one round trip for each, side by side.
func (r *Room) Ask(ctx context.Context, q search.Query, only string) ([]Found, []*tenant.Tenant, error) {
	if q.Empty() {
		return nil, nil, nil
	}
	actor := session.Actor(ctx)
	spaces := service.Spaces(ctx, r.registry, actor)
	limit := atOnce
	if only != "" {
		limit = alone
	}
	results := make([][][]service.Item, len(spaces)+1)
	err := service.Each(ctx, len(results), func(ctx context.Context, i int) (err error) {
		if i == len(spaces) {
			results[i], err = r.askOwn(ctx, actor, q, only, limit+1)
		} else {
			results[i], err = r.askSpace(ctx, actor, spaces[i], q, only, limit+1)
		}
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	var found []Found
	for n, s := range r.sources {
		f := Found{Source: s}
		for _, space := range results {
			f.Items = merge(f.Items, space[n])
		}
		if f.More = len(f.Items) > limit; f.More {
			f.Items = f.Items[:limit]
		}
		if len(f.Items) > 0 {
			found = append(found, f)
		}
	}
	return found, spaces, nil
}

// askSpace asks every source in one space.
func (r *Room) askSpace(ctx context.Context, actor school.Actor, t *tenant.Tenant, q search.Query, only string, limit int) ([][]service.Item, error) {
	ctx, actor = tenant.Enter(ctx, t), actor.In(t.ID)
	who := service.Reader{Actor: actor, Tenant: t, Memberships: actor.Here, Keys: r.held(t, actor)}
	return r.load(ctx, t, func(b *db.Batch, s Source) func() []service.Item {
		if !r.opens(s, actor, t) || only != "" && only != s.Name {
			return nil
		}
		return s.Load(ctx, b, who, q, limit)
	})
}

// askOwn asks the sources that know what is the actor's own, in the scope of the academy, for the space of the request.
func (r *Room) askOwn(ctx context.Context, actor school.Actor, q search.Query, only string, limit int) ([][]service.Item, error) {
	here := tenant.From(ctx)
	who := service.Reader{Actor: actor, Tenant: here, Memberships: actor.Here, Keys: r.held(here, actor)}
	return r.load(ctx, here.Academy(), func(b *db.Batch, s Source) func() []service.Item {
		if s.Own == nil || !r.opens(s, actor, here) || only != "" && only != s.Name {
			return nil
		}
		return s.Own(ctx, b, who, q, limit)
	})
}

// load runs in the scope of t what queue puts on one batch; the answers stand where the sources do.
func (r *Room) load(ctx context.Context, t *tenant.Tenant, queue func(*db.Batch, Source) func() []service.Item) ([][]service.Item, error) {
	loads := make([]func() []service.Item, len(r.sources))
	err := r.db.Batch(tenant.Enter(ctx, t), func(b *db.Batch) {
		for n, s := range r.sources {
			loads[n] = queue(b, s)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("search in %d: %w", t.ID, err)
	}
	items := make([][]service.Item, len(r.sources))
	for n, load := range loads {
		if load != nil {
			items[n] = load()
		}
	}
	return items, nil
}

func (r *Room) opens(s Source, actor school.Actor, t *tenant.Tenant) bool {
	if !t.Offers(s.Room) || !slices.Contains(s.Levels, t.Kind) {
		return false
	}
	_, may := r.policy.For(actor, s.Room, s.Action)
	return may
}

// merge shows a thing that two schools have in common once, for both.
func merge(into, items []service.Item) []service.Item {
	for _, it := range items {
		i := slices.IndexFunc(into, func(o service.Item) bool { return o.ID == it.ID })
		if i < 0 {
			into = append(into, it)
			continue
		}
		into[i].Also = append(slices.Clone(into[i].Also), it)
	}
	return into
}
