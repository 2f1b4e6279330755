package handin

import (
	"context"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/words"
)

// load is the room's part of the home page: what is asked of the reader or the reader's children and not given yet, by
// its end.
func (r *Room) load(ctx context.Context, b *db.Batch, who service.Reader) func() []service.Item {
	a := who.Actor.In(who.Tenant.ID)
	c := circleOf(r.policy, a)
	if len(c.persons) == 0 {
		return func() []service.Item { return nil }
	}
	now := r.db.NowIn(ctx)
	var due []listed
	queueDue(b, &due, c, now)
	return func() []service.Item {
		var items []service.Item
		for _, l := range due {
			missing, about := l.missing(r.policy, a)
			if !missing {
				continue
			}
			key := "handin.widget.until"
			if l.PhaseAt(now) == Overdue {
				key = "handin.widget.overdue"
			}
			items = append(items, service.Item{ID: "handin:" + l.ID.String(), Scope: who.Tenant.ID, At: l.OpensAt.Unix(), Source: l.AuthorName,
				Colour: who.Tenant.Theme, Title: l.Title, Summary: words.T(ctx, key, "day", words.DateTime(l.ClosesAt)), About: about,
				Asks: words.T(ctx, "handin.widget.asks"), URL: r.registry.URL(who.Tenant, boxPath(l.ID))})
		}
		return items
	}
}

// missing reports whether the reader, or a child of the reader, has not given yet, and which children.
func (l listed) missing(j judge, a school.Actor) (bool, []school.ChildRef) {
	s := seatAt(j, a, l.Box)
	missing := s.gives && !l.gave(a.Person)
	var about []school.ChildRef
	for _, c := range s.children {
		if !l.gave(c.ID) {
			missing, about = true, append(about, c)
		}
	}
	return missing, about
}
