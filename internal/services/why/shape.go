package why

import (
	"context"
	"strings"

	"elyco/internal/policy"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func (r *Room) shape(ctx context.Context, room service.Service, a service.Action, reason policy.Reason) view {
	t := tenant.From(ctx)
	title, may := words.T(ctx, room.Title), words.T(ctx, a.Words)
	v := view{Title: words.T(ctx, "why.title"), Lead: words.T(ctx, "why.lead", "service", title), Action: may, Tone: ui.ToneWarning}
	v.Facts = []ui.Fact{
		{Label: words.T(ctx, "why.service"), Text: title},
		{Label: words.T(ctx, "why.action"), Text: may},
		{Label: words.T(ctx, "why.space"), Text: t.Name},
	}
	if _, may := r.policy.For(session.Actor(ctx), "rights", "read"); may {
		v.Rights = "/rights/" + room.Name
	}
	switch {
	case !room.Has(t.Kind):
		v.Sentence = words.T(ctx, "why.absent", "service", title)
		return v
	case !room.Always && !t.Offers(room.Name):
		v.Sentence = words.T(ctx, "why.off", "service", title)
		return v
	}
	v.Sentence = sentence(ctx, may, reason)
	if reason.Allowed {
		v.Tone = ui.ToneSuccess
	}
	if reason.Profile != "" {
		v.Facts = append(v.Facts,
			ui.Fact{Label: words.T(ctx, "why.line"), Text: words.T(ctx, "profile."+string(reason.Profile)) + " → " + title + " → " + may},
			ui.Fact{Label: words.T(ctx, "why.reach"), Text: reachWords(ctx, reason.Reach)})
	}
	v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "why.set_by"), Text: author(ctx, reason.Set)})
	if reason.Set != nil {
		v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "why.before"), Text: reachWords(ctx, reason.Default)})
		if reason.Set.Closed {
			v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "why.closed"), Text: words.T(ctx, "why.closed.text")})
		}
	}
	if !reason.Allowed {
		v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "why.who_may"), Text: whoMay(ctx, reason)})
	}
	return v
}

// sentence answers the question in one line: what the person is and may or may not, and which space decided so.
func sentence(ctx context.Context, may string, reason policy.Reason) string {
	as := ""
	if reason.Profile != "" {
		as = words.T(ctx, "profile.as."+string(reason.Profile))
	}
	switch {
	case reason.Allowed && reason.Set != nil:
		return words.T(ctx, "why.allowed_here", "profile", as, "action", may, "space", reason.Set.Space.Name)
	case reason.Allowed:
		return words.T(ctx, "why.allowed", "profile", as, "action", may)
	case reason.Set != nil:
		return words.T(ctx, "why.refused_here", "profile", as, "action", may, "space", reason.Set.Space.Name)
	case !session.Actor(ctx).SignedIn():
		return words.T(ctx, "why.refused_visitor", "action", may)
	}
	return words.T(ctx, "why.refused", "action", may)
}

// author says who set the line, and when. Visitors learn which space did, and nobody's name.
func author(ctx context.Context, set *policy.Set) string {
	switch {
	case set == nil:
		return words.T(ctx, "why.default")
	case set.Author == "" || !session.Actor(ctx).SignedIn():
		return words.T(ctx, "why.set", "space", set.Space.Name, "when", words.Date(set.SetAt))
	}
	return words.T(ctx, "why.set_named", "space", set.Space.Name, "name", set.Author, "when", words.Date(set.SetAt))
}

func reachWords(ctx context.Context, reach policy.Reach) string {
	if reach == policy.None {
		return words.T(ctx, "why.none")
	}
	return words.T(ctx, "reach."+string(reach))
}

func whoMay(ctx context.Context, reason policy.Reason) string {
	var names []string
	for _, p := range reason.Profiles {
		names = append(names, words.T(ctx, "profile."+string(p)))
	}
	if len(names) == 0 {
		return words.T(ctx, "why.nobody")
	}
	return strings.Join(names, ", ")
}
