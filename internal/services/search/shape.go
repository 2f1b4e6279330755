package search

import (
	"context"
	"net/url"
	"strings"
	"time"

	"elyco/internal/search"
	"elyco/internal/service"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// shape turns what was found into what the page shows, in words.
func (r *Room) shape(ctx context.Context, q search.Query, only string, found []Found, spaces []*tenant.Tenant) view {
	v := view{Title: words.T(ctx, "search.title"), Form: ui.Form{Action: "/search", Method: "get", Inline: true},
		Box: ui.Field{ID: "search-again", Name: "q", Type: "search", Label: words.T(ctx, "search.label"), Value: q.String(), MaxLength: 120,
			Hint: words.T(ctx, "search.hint")},
		Go: ui.Button{Label: words.T(ctx, "search.go"), Kind: ui.ButtonPrimary, Icon: ui.IconSearch}}
	if q.Empty() {
		return v
	}
	n := 0
	for _, f := range found {
		n += len(f.Items)
		v.Groups = append(v.Groups, r.group(ctx, q, f, spaces, only))
	}
	v.Asked = true
	v.Count = words.N(ctx, "search.count", n)
	if only != "" {
		v.All = ui.Link{Label: words.T(ctx, "search.all"), URL: "/search?q=" + url.QueryEscape(q.String())}
	}
	if n == 0 {
		v.Nothing = ui.EmptyState{Icon: ui.IconSearch, Title: words.T(ctx, "search.nothing", "text", q.String()), Sentence: words.T(ctx, "search.nothing_text")}
	}
	return v
}

func (r *Room) group(ctx context.Context, q search.Query, f Found, spaces []*tenant.Tenant, only string) group {
	g := group{ID: "found-" + f.Source.Name, Title: words.T(ctx, f.Source.Title)}
	for _, it := range f.Items {
		g.Items = append(g.Items, r.item(ctx, it, spaces, ui.Icon(f.Source.Icon)))
	}
	if f.More && only == "" {
		g.More = ui.Link{Label: words.T(ctx, "search.more", "where", g.Title),
			URL: "/search?in=" + f.Source.Name + "&q=" + url.QueryEscape(q.String())}
	}
	if f.More && only != "" {
		g.TooMany = words.T(ctx, "search.too_many")
	}
	return g
}

func (r *Room) item(ctx context.Context, it service.Item, spaces []*tenant.Tenant, icon ui.Icon) ui.Item {
	line := ui.Item{Title: it.Title, URL: it.URL, Text: it.Summary, Icon: icon}
	var meta []string
	if it.Source != "" {
		meta = append(meta, it.Source)
	}
	if it.At > 0 {
		meta = append(meta, words.Since(time.Unix(it.At, 0), r.db.NowIn(ctx)))
	}
	line.Meta = strings.Join(meta, " · ")
	if it.Section != "" {
		line.Badges = append(line.Badges, ui.Badge{Label: it.Section, Tone: ui.ToneBrand})
	}
	if len(spaces) > 1 && it.Source == "" {
		for _, t := range spaces {
			if t.ID == it.Scope {
				line.Meta = strings.Join(append(meta, t.Name), " · ")
			}
		}
	}
	return line
}
