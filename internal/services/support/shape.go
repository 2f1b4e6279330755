package support

import (
	"context"
	"strconv"

	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func (r *Room) shapeVisits(ctx context.Context, list []session.Visit, found session.Visited, form visitForm, wrong map[string]string) visits {
	v := visits{ID: form.ID.String(), Login: form.Login, Name: found.Name, Reason: form.Reason, Wrong: wrong,
		LostID: school.NewID().String(), LostLogin: form.LostLogin, LostReason: form.LostReason}
	for _, field := range []string{"login", "space", "reason", "minutes", "lost-login", "lost-reason"} {
		if wrong[field] != "" {
			v.Errors = append(v.Errors, ui.FieldError{FieldID: field, Text: wrong[field]})
		}
	}
	for i, id := range found.Spaces {
		if t := r.registry.ByID(id); t != nil {
			number := strconv.FormatInt(int64(id), 10)
			v.Spaces = append(v.Spaces, ui.Choice{Value: number, Label: t.Name, Selected: form.Space == number || form.Space == "" && i == 0})
		}
	}
	for _, minutes := range []int{10, 20, 30} {
		value := strconv.Itoa(minutes)
		v.Minutes = append(v.Minutes, ui.Choice{Value: value, Label: words.T(ctx, "support.minutes", "n", value), Selected: form.Minutes == value || form.Minutes == "" && minutes == 10})
	}
	for _, visit := range list {
		v.List = append(v.List, r.shapeVisit(ctx, visit))
	}
	return v
}

func (r *Room) shapeVisit(ctx context.Context, v session.Visit) ui.Item {
	item := ui.Item{Title: words.T(ctx, "support.of", "author", v.Author, "person", v.Person), Icon: ui.IconEye,
		Meta: words.T(ctx, "support.meta", "when", words.DateTime(v.BegunAt), "until", words.Clock(v.Over()), "space", session.SpaceOf(r.registry, v)),
		Text: v.Reason}
	if t := r.registry.ByID(v.Space); t != nil && v.Lasts(r.sessions.Now()) {
		item.Badges = []ui.Badge{{Label: words.T(ctx, "support.lasts"), Tone: ui.ToneWarning}}
		item.Action = enterLink(r.registry.URL(t, session.VisitPath(v.ID)))
	}
	return item
}

func (r *Room) shapeEnter(v session.Visit) enterPage {
	return enterPage{Name: v.Person, Space: session.SpaceOf(r.registry, v), Until: words.Clock(v.EndsAt), Reason: v.Reason, Action: session.VisitPath(v.ID)}
}
