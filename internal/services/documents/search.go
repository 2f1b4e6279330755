package documents

import (
	"context"
	"strings"

	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/search"
	"elyco/internal/service"
	"elyco/internal/words"
)

// find makes of a search of the drive the room's part of the search box.
func (r *Room) find(seek func(context.Context, *db.Batch, service.Reader, search.Query, int) func() []drive.Hit) func(context.Context, *db.Batch, service.Reader, search.Query, int) func() []service.Item {
	return func(ctx context.Context, b *db.Batch, who service.Reader, q search.Query, limit int) func() []service.Item {
		hits := seek(ctx, b, who, q, limit)
		return func() []service.Item {
			var items []service.Item
			for _, h := range hits() {
				path := itemPath(h.ID)
				if h.Folder {
					path = folderPath(h.ID)
				}
				items = append(items, service.Item{ID: drive.Room + ":" + h.ID.String(), Scope: who.Tenant.ID, At: h.ModifiedAt.Unix(), Source: whereOf(ctx, h),
					Title: h.Name, Summary: h.Excerpt, URL: r.registry.URL(who.Tenant, path)})
			}
			return items
		}
	}
}

// whereOf is where a thing is, as its reader came to it: « 4e B › Exercices ».
func whereOf(ctx context.Context, h drive.Hit) string {
	top := words.T(ctx, "documents.search.shared")
	if h.Space.Role != drive.None {
		top = spaceName(ctx, h.Space)
	}
	return strings.Join(append([]string{top}, h.Path...), " › ")
}
