package account

import (
	"context"
	"strings"
	"time"

	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

const dayInput = "2006-01-02"

func (r *Room) shapeAppPasswords(ctx context.Context, list []session.AppPassword, form appForm, wrong map[string]string) appPasswords {
	now := r.sessions.Now()
	v := appPasswords{ID: form.ID.String(), Name: form.Name, Wrong: wrong,
		Min: now.In(words.Zone()).Format(dayInput), Max: now.In(words.Zone()).AddDate(1, 0, -1).Format(dayInput)}
	if !form.Until.IsZero() {
		v.Until = form.Until.In(words.Zone()).Format(dayInput)
	}
	for _, field := range []string{"name", "until", "password", "purpose"} {
		if wrong[field] != "" {
			v.Errors = append(v.Errors, ui.FieldError{FieldID: field, Text: wrong[field]})
		}
	}
	for _, p := range list {
		v.List = append(v.List, shapeAppPassword(ctx, p, now))
	}
	return v
}

func shapeAppPassword(ctx context.Context, p session.AppPassword, now time.Time) ui.Item {
	used := words.T(ctx, "account.app.unused")
	if !p.UsedAt.IsZero() {
		used = words.T(ctx, "account.app.used", "when", words.DateTime(p.UsedAt), "network", p.Network)
	}
	end := words.T(ctx, "account.app.endless")
	switch {
	case p.ExpiresAt.IsZero():
	case p.ExpiresAt.After(now):
		end = words.T(ctx, "account.app.until", "day", words.Date(p.ExpiresAt.Add(-time.Minute)))
	default:
		end = words.T(ctx, "account.app.was_until", "day", words.Date(p.ExpiresAt.Add(-time.Minute)))
	}
	item := ui.Item{Title: p.Name, Icon: ui.IconKey,
		Meta: words.T(ctx, "account.app.meta", "made", words.Date(p.CreatedAt), "used", used, "end", end)}
	if !p.ExpiresAt.IsZero() && !p.ExpiresAt.After(now) {
		item.Badges = []ui.Badge{{Label: words.T(ctx, "account.app.over")}}
	}
	item.Action = endButton("/account/app-passwords/"+p.ID.String()+"/end", words.T(ctx, "account.app.end", "name", p.Name))
	return item
}

// shapeFileManager writes the address as each system wants it: GNOME and KDE call the protocol by a name of its own.
func shapeFileManager(ctx context.Context, address string) fileManager {
	v := fileManager{Address: address, Linux: "davs" + strings.TrimPrefix(address, "https"), Secure: strings.HasPrefix(address, "https:"),
		Space: tenant.From(ctx).Name}
	if !v.Secure {
		v.Linux = "dav" + strings.TrimPrefix(address, "http")
	}
	return v
}
