package slips

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/words"
)

// pressing is how long before its end what must be answered is urgent.
const pressing = 48 * time.Hour

// load is the room's part of the home page: what is asked of the reader and not answered, the first end first. A slip is
// one line, with all the children for whom an answer is missing.
func (r *Room) load(ctx context.Context, b *db.Batch, who service.Reader) func() []service.Item {
	a := who.Actor.In(who.Tenant.ID)
	var open []mine
	now := r.db.NowIn(ctx)
	queueOpen(b, &open, a.Person, now, true)
	return func() []service.Item {
		var items []service.Item
		at := map[uuid.UUID]int{}
		for _, m := range own(open, a) {
			i, there := at[m.ID]
			if !there {
				i = len(items)
				at[m.ID] = i
				asks := words.T(ctx, "slips.widget.answer")
				if m.Kind == Coupon {
					asks = words.T(ctx, "slips.widget.sign")
				}
				items = append(items, service.Item{ID: name + ":" + m.ID.String(), Scope: who.Tenant.ID, At: m.PublishedAt.Unix(), Source: m.AuthorName,
					Colour: who.Tenant.Theme, Title: m.Title, Summary: words.T(ctx, "slips.widget.until", "day", words.DateTime(m.ClosesAt)),
					Asks: asks, Urgent: m.Required && m.ClosesAt.Sub(now) < pressing, URL: r.registry.URL(who.Tenant, slipPath(m.ID))})
			}
			items[i].About = append(items[i].About, concerned(a, m.Asked)...)
		}
		return items
	}
}

// concerned are the children for whom somebody is asked: one for a slip; all of a guardian's in the school for what is asked of
// families as a whole.
func concerned(a school.Actor, asked Asked) []school.ChildRef {
	if child, ok := childOf(a, asked.Child); ok {
		return []school.ChildRef{child}
	}
	var all []school.ChildRef
	for _, m := range a.Here {
		if asked.Child == uuid.Nil && asked.Profile == string(school.Guardian) && m.Profile == school.Guardian {
			all = append(all, m.Children...)
		}
	}
	return all
}

// childOf finds a child of the reader's.
func childOf(a school.Actor, id uuid.UUID) (school.ChildRef, bool) {
	for _, m := range a.Here {
		for _, c := range m.Children {
			if c.ID.UUID == id {
				return c, true
			}
		}
	}
	return school.ChildRef{}, false
}
