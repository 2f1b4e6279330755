package publication

import (
	"context"
	"strings"

	"elyco/internal/audience"
	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/search"
	"elyco/internal/service"
	"elyco/internal/words"
)

// Search is the room's part of the search box: what is published to the reader, however old, by the words of its title,
// summary and text.
func (d *Desk) Search(ctx context.Context, b *db.Batch, who service.Reader, q search.Query, limit int) func() []service.Item {
	var hits []hit
	queueSearch(b, &hits, d.room.Name, who.Keys, d.db.NowIn(ctx), q.Text(), limit)
	return func() []service.Item {
		ties := audience.TiesOf(who.Tenant, who.Memberships)
		items := make([]service.Item, 0, len(hits))
		for _, h := range hits {
			source := d.sourceOf(who.Tenant, school.ScopeID(h.TenantID))
			it := service.Item{ID: d.room.Name + ":" + h.ID.String(), Scope: who.Tenant.ID, At: h.PublishAt.Unix(), Source: source.Name,
				Title: words.Typeset(h.Title), Summary: words.Typeset(plain(h.Excerpt)), URL: d.registry.URL(who.Tenant, d.path(h.ID.String())),
				About: ties.Concerned(h.Keys)}
			if s, ok := d.section(h.Section); ok {
				it.Section = words.T(ctx, s.Title)
			}
			items = append(items, it)
		}
		return items
	}
}

// plain takes the marks of Markdown out of a passage.
func plain(text string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("**", "", "__", "", "`", "", "#", "", "* ", "", "> ", "", "[", "", "](", " (").Replace(text)), " ")
}
