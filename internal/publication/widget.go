package publication

import (
	"context"

	"elyco/internal/audience"
	"elyco/internal/db"
	"elyco/internal/service"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// Load is the room's part of the home page: what was published to the reader these last weeks, in one statement for all
// rooms.
func (d *Desk) Load(ctx context.Context, b *db.Batch, who service.Reader) func() []service.Item {
	const most = 5
	recent := gatherRecent(b, d.room.Name, most, who, d.db.NowIn(ctx))
	return func() []service.Item {
		rows := recent.of(d.room.Name, most)
		items := make([]service.Item, 0, len(rows))
		ties := audience.TiesOf(who.Tenant, who.Memberships)
		for _, r := range rows {
			items = append(items, d.item(ctx, who.Tenant, ties, r.listed(d.room.Name)))
		}
		return items
	}
}

func (d *Desk) item(ctx context.Context, here *tenant.Tenant, ties audience.Ties, l Listed) service.Item {
	source := d.sourceOf(here, l.Scope)
	it := service.Item{
		ID: d.room.Name + ":" + l.ID.String(), Scope: here.ID, At: l.PublishAt.Unix(), Urgent: l.Urgent, Unread: !l.Read,
		Source: source.Name, Colour: source.Theme, Title: words.Typeset(l.Title), Summary: words.Typeset(l.Summary),
		URL:   d.registry.URL(here, d.path(l.ID.String())),
		About: ties.Concerned(l.Keys),
	}
	if s, ok := d.section(l.Section); ok {
		it.Section = words.T(ctx, s.Title)
	}
	if l.Cover.Key != "" {
		it.Picture, it.PictureAlt = d.registry.URL(here, d.path(l.ID.String(), "cover")+coverVersion(l.Cover)), l.Cover.Alt
	}
	it.Asks = asks(ctx, l)
	return it
}

// asks says what is expected of the reader beside reading, or nothing any more: what is unread bears a mark of its own.
func asks(ctx context.Context, l Listed) string {
	if l.WantsReceipt && l.Acknowledged.IsZero() {
		return words.T(ctx, "publication.asks_receipt")
	}
	return ""
}

// Urgent queues the urgent publications that the reader has not acknowledged, for the band above every page.
func (d *Desk) Urgent(ctx context.Context, b *db.Batch, who service.Reader) func() []ui.AnnouncementCard {
	const most, among = 3, 20
	recent := gatherRecent(b, d.room.Name, among, who, d.db.NowIn(ctx))
	return func() []ui.AnnouncementCard {
		var cards []ui.AnnouncementCard
		for _, r := range recent.of(d.room.Name, among) {
			if l := r.listed(d.room.Name); l.Urgent && l.Acknowledged.IsZero() && len(cards) < most {
				cards = append(cards, d.announcementCard(ctx, who.Tenant, l))
			}
		}
		return cards
	}
}

// PublicNews lists what the space of ctx shows to the public in this room, the newest first.
func (d *Desk) PublicNews(ctx context.Context, limit int) ([]service.Item, error) {
	page, err := d.ListPublic(ctx, "")
	if err != nil {
		return nil, err
	}
	here := tenant.From(ctx)
	items := make([]service.Item, 0, limit)
	for _, l := range page.Items[:min(limit, len(page.Items))] {
		it := d.item(ctx, here, nil, l)
		it.URL = d.path("public", l.ID.String())
		if l.Cover.Key != "" {
			it.Picture = d.path("public", l.ID.String(), "cover") + coverVersion(l.Cover)
		}
		it.Asks, it.Unread = "", false
		items = append(items, it)
	}
	return items, nil
}
