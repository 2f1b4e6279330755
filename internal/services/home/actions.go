package home

import (
	"context"
	"fmt"
	"slices"
	"sort"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// Board is what a home page shows, before words.
type Board struct {
	Layout  Layout
	Own     bool // arranged by the person, not by the establishment
	Widgets map[string][]service.Item
	Line    []service.Item
	Spaces  []*tenant.Tenant
}

// Load reads the whole page: one round trip for each space of the person, side by side.
func (r *Room) Load(ctx context.Context) (Board, error) {
	actor := session.Actor(ctx)
	spaces := service.Spaces(ctx, r.registry, actor)
	results := make([][]found, len(spaces))
	var layout []stored
	main := layoutSpace(ctx, spaces)
	read := func(ctx context.Context, i int) (err error) {
		dest := &layout
		if spaces[i] != main {
			dest = nil
		}
		results[i], err = r.readSpace(ctx, actor, spaces[i], dest)
		return err
	}
	if err := service.Each(ctx, len(spaces), read); err != nil {
		return Board{}, err
	}
	return r.assemble(actor, spaces, results, layout), nil
}

// readSpace reads the widgets of one space, and the arrangement when layout is given.
func (r *Room) readSpace(ctx context.Context, actor school.Actor, t *tenant.Tenant, layout *[]stored) ([]found, error) {
	ctx, actor = tenant.Enter(ctx, t), actor.In(t.ID)
	var loads []pending
	err := r.db.Batch(ctx, func(b *db.Batch) {
		loads = r.queue(ctx, b, actor, t)
		if layout != nil {
			queueLayout(b, layout, actor.Person, profileNames(actor))
		}
	})
	if err != nil {
		return nil, fmt.Errorf("read the home page in %d: %w", t.ID, err)
	}
	out := make([]found, 0, len(loads))
	for _, l := range loads {
		out = append(out, found{l.widget, l.items()})
	}
	return out, nil
}

type found struct {
	widget string
	items  []service.Item
}

type pending struct {
	widget string
	items  func() []service.Item
}

// layoutSpace is where the arrangement is kept: the space of the request, or the person's first one when the request
// came to a portal above.
func layoutSpace(ctx context.Context, spaces []*tenant.Tenant) *tenant.Tenant {
	if here := tenant.From(ctx); slices.Contains(spaces, here) {
		return here
	}
	return spaces[0]
}

func (r *Room) queue(ctx context.Context, b *db.Batch, a school.Actor, t *tenant.Tenant) []pending {
	who := service.Reader{Actor: a, Tenant: t, Memberships: a.Here, Keys: r.held(t, a)}
	var loads []pending
	for _, w := range r.widgets {
		if !t.Offers(w.Room) || !slices.Contains(w.Levels, t.Kind) {
			continue
		}
		if _, may := r.policy.For(a, w.Room, w.Action); !may {
			continue
		}
		loads = append(loads, pending{w.Name, w.Load(ctx, b, who)})
	}
	return loads
}

func (r *Room) assemble(actor school.Actor, spaces []*tenant.Tenant, results [][]found, layout []stored) Board {
	board := Board{Widgets: map[string][]service.Item{}, Spaces: spaces}
	offered := []string{Line}
	for _, w := range r.widgets {
		for _, space := range results {
			for _, f := range space {
				if f.widget != w.Name {
					continue
				}
				if !slices.Contains(offered, w.Name) {
					offered = append(offered, w.Name)
				}
				board.Widgets[w.Name] = merge(board.Widgets[w.Name], f.items)
				board.Line = merge(board.Line, f.items)
			}
		}
	}
	l := houseDefault(actor)
	if len(layout) > 0 {
		l, board.Own = Layout{layout[0].Shown, layout[0].Hidden}, layout[0].Mine
	}
	board.Layout = l.Complete(offered)
	return board
}

// merge keeps each thing once: what a collectivity says reaches a family in each of its schools, and is shown for all
// the children together.
func merge(into, items []service.Item) []service.Item {
	for _, it := range items {
		i := slices.IndexFunc(into, func(o service.Item) bool { return o.ID == it.ID })
		if i < 0 {
			into = append(into, it)
			continue
		}
		into[i].Also = append(slices.Clone(into[i].Also), it)
		into[i].Unread = into[i].Unread && it.Unread
	}
	sort.SliceStable(into, func(i, j int) bool {
		if into[i].Urgent != into[j].Urgent {
			return into[i].Urgent
		}
		return into[i].At > into[j].At
	})
	return into
}

// houseDefault is what a profile finds before anybody chose: a family one line, the others their services.
func houseDefault(a school.Actor) Layout {
	for _, m := range a.Everywhere {
		if m.Profile == school.Guardian {
			return Layout{Shown: []string{Line}, Hidden: []string{"news", "territory", "announcements"}}
		}
	}
	return Layout{Shown: []string{"announcements", "news", "territory"}, Hidden: []string{Line}}
}

// Arrange changes the person's own page as a button asked.
func (r *Room) Arrange(ctx context.Context, verb, widget string) error {
	board, err := r.Load(ctx)
	if err != nil {
		return err
	}
	l, ok := board.Layout.Apply(verb, widget)
	if !ok {
		return fault.New(fault.Invalid, "Cette action n’existe pas.")
	}
	space := layoutSpace(ctx, board.Spaces)
	return r.db.Write(tenant.Enter(ctx, space), func(ctx context.Context, tx db.Tx) error {
		return saveLayout(ctx, tx, session.Actor(ctx).Person, l)
	})
}

// Reset gives the person the establishment's arrangement again.
func (r *Room) Reset(ctx context.Context) error {
	actor := session.Actor(ctx)
	space := layoutSpace(ctx, service.Spaces(ctx, r.registry, actor))
	return r.db.Write(tenant.Enter(ctx, space), func(ctx context.Context, tx db.Tx) error {
		return deleteLayout(ctx, tx, actor.Person)
	})
}

// Defaults reads what the establishment chose, by profile.
func (r *Room) Defaults(ctx context.Context) (map[school.Profile]Layout, error) {
	var rows []profileDefault
	if err := r.db.Batch(ctx, func(b *db.Batch) { queueDefaults(b, &rows) }); err != nil {
		return nil, fmt.Errorf("read the default pages: %w", err)
	}
	out := map[school.Profile]Layout{}
	for _, row := range rows {
		out[school.Profile(row.Profile)] = Layout{row.Shown, row.Hidden}
	}
	return out, nil
}

// ChooseDefault sets what a profile finds at first in this space; nil shown gives the house's own choice again.
func (r *Room) ChooseDefault(ctx context.Context, p school.Profile, shown []string) error {
	if !p.Valid() {
		return fault.Field("profile", "Ce profil n’existe pas.")
	}
	all := r.names()
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		entry := audit.Entry{Actor: session.Actor(ctx).Person, Action: "home.default", Subject: string(p), Detail: map[string]any{"shown": shown}}
		if err := audit.Record(ctx, tx, entry); err != nil {
			return err
		}
		if len(shown) == 0 {
			return deleteDefault(ctx, tx, p)
		}
		l := Layout{Shown: shown}
		for _, w := range all {
			if !slices.Contains(shown, w) {
				l.Hidden = append(l.Hidden, w)
			}
		}
		return saveDefault(ctx, tx, p, l.Complete(all))
	})
}

func (r *Room) names() []string {
	names := []string{Line}
	for _, w := range r.widgets {
		names = append(names, w.Name)
	}
	return names
}

func profileNames(a school.Actor) []string {
	names := []string{}
	for _, m := range a.Here {
		names = append(names, string(m.Profile))
	}
	return names
}
