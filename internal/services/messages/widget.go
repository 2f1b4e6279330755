package messages

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/search"
	"elyco/internal/service"
	"elyco/internal/words"
)

const shownAtHome = 8

// load is the room's part of the home page: what the reader has not read, with the child whom it concerns.
func (r *Room) load(ctx context.Context, b *db.Batch, who service.Reader) func() []service.Item {
	var lines []Line
	queueNews(b, &lines, who.Actor.Person, r.db.NowIn(ctx), shownAtHome)
	return func() []service.Item {
		items := make([]service.Item, 0, len(lines))
		for _, l := range lines {
			it := r.item(ctx, who, l)
			it.Unread, it.Asks = true, words.T(ctx, "messages.widget.asks")
			items = append(items, it)
		}
		return items
	}
}

// find is the room's part of the search box: the reader's own messages, by their words.
func (r *Room) find(ctx context.Context, b *db.Batch, who service.Reader, q search.Query, limit int) func() []service.Item {
	var lines []Line
	queueFound(b, &lines, who.Actor.Person, q.Text(), r.db.NowIn(ctx), limit)
	return func() []service.Item {
		items := make([]service.Item, 0, len(lines))
		for _, l := range lines {
			items = append(items, r.item(ctx, who, l))
		}
		return items
	}
}

func (r *Room) item(ctx context.Context, who service.Reader, l Line) service.Item {
	source := l.AuthorName
	if l.Mine {
		source = words.T(ctx, "messages.to", "whom", l.Whom)
	}
	return service.Item{ID: name + ":" + l.ID.String(), Scope: who.Tenant.ID, At: l.At.Unix(), Source: source, Colour: who.Tenant.Theme,
		Title: l.Subject, Summary: l.Opening, URL: r.registry.URL(who.Tenant, letterPath(l.ID)), About: childrenOf(who.Memberships, l.About)}
}

// childrenOf finds the reader's children among ids.
func childrenOf(memberships []school.Membership, ids []uuid.UUID) (list []school.ChildRef) {
	for _, m := range memberships {
		for _, c := range m.Children {
			if slices.Contains(ids, c.ID.UUID) && !slices.ContainsFunc(list, func(o school.ChildRef) bool { return o.ID == c.ID }) {
				list = append(list, c)
			}
		}
	}
	return list
}
