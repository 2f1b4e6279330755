package chat

import (
	"context"
	"strconv"

	"elyco/internal/db"
	"elyco/internal/search"
	"elyco/internal/service"
	"elyco/internal/words"
)

const shownAtHome = 6

// load is the room's part of the home page: the channels in which something was said since the reader looked.
func (r *Room) load(ctx context.Context, b *db.Batch, who service.Reader) func() []service.Item {
	var lines []Line
	a := who.Actor.In(who.Tenant.ID)
	if profiles := readsAs(r.policy, a); len(profiles) > 0 {
		queueUnread(b, &lines, a.Person, r.db.NowIn(ctx), profiles, shownAtHome)
	}
	return func() []service.Item {
		items := make([]service.Item, 0, len(lines))
		for _, l := range lines {
			items = append(items, service.Item{ID: name + ":" + l.ID.String(), Scope: who.Tenant.ID, At: l.LastAt.Unix(), Unread: true, Source: l.Target.Name,
				Colour: who.Tenant.Theme, Title: l.Title, Summary: lastWords(ctx, l), Asks: words.N(ctx, "chat.unread", l.Unread),
				URL: r.registry.URL(who.Tenant, channelPath(l.ID))})
		}
		return items
	}
}

// lastWords are the last message of a channel on one line: who, and how it begins.
func lastWords(ctx context.Context, l Line) string {
	who := l.LastWho
	if who == "" {
		who = words.T(ctx, "chat.nobody")
	}
	switch {
	case l.LastKind == "":
		return ""
	case l.LastKind != Said:
		return words.T(ctx, "chat.event."+string(l.LastKind), "who", who)
	case l.Removed:
		return words.T(ctx, "chat.removed")
	}
	return words.T(ctx, "chat.last", "who", who, "text", opening(l.LastText, 110))
}

// find is the room's part of the search box: what was said in the reader's own channels.
func (r *Room) find(ctx context.Context, b *db.Batch, who service.Reader, q search.Query, limit int) func() []service.Item {
	var list []found
	a := who.Actor.In(who.Tenant.ID)
	if profiles := readsAs(r.policy, a); len(profiles) > 0 {
		queueFoundIn(b, &list, a.Person, r.db.NowIn(ctx), profiles, q.Text(), limit)
	}
	return func() []service.Item {
		items := make([]service.Item, 0, len(list))
		for _, f := range list {
			at := channelPath(f.Channel) + "?before=" + strconv.Itoa(f.Number+1) + "#m-" + strconv.Itoa(f.Number)
			items = append(items, service.Item{ID: name + ":" + f.Channel.String() + ":" + strconv.Itoa(f.Number), Scope: who.Tenant.ID, At: f.At.Unix(), Source: f.Name,
				Colour: who.Tenant.Theme, Title: f.Title, Summary: opening(f.Body, 140), URL: r.registry.URL(who.Tenant, at)})
		}
		return items
	}
}
