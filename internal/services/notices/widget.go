package notices

import (
	"context"
	"strings"

	"elyco/internal/db"
	"elyco/internal/notice"
	"elyco/internal/service"
	"elyco/internal/words"
)

const shownAtHome = 5

// load is what a school must know that the reader has received.
func (r *Room) load(ctx context.Context, b *db.Batch, who service.Reader) func() []service.Item {
	asked := notice.QueueAsked(b, who.Actor.Person, r.db.NowIn(ctx), shownAtHome)
	return func() []service.Item {
		var items []service.Item
		for _, m := range asked() {
			it := service.Item{ID: m.ID.String(), Scope: who.Tenant.ID, At: m.At.Unix(), Urgent: m.Urgent, Unread: true, Source: m.AuthorName, Title: words.Typeset(m.Title),
				Summary: m.Text, URL: r.registry.URL(who.Tenant, home), Asks: words.T(ctx, "notices.widget.asks")}
			for _, membership := range who.Memberships {
				for _, c := range membership.Children {
					if strings.Contains(m.AboutNames, c.Name) {
						it.About = append(it.About, c)
					}
				}
			}
			items = append(items, it)
		}
		return items
	}
}
