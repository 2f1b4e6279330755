package rights

import (
	"context"
	"slices"

	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// subject is a line with the service and the action that it is of.
type subject struct {
	room   service.Service
	action service.Action
	line   policy.Line
}

func (s subject) path() string {
	return home + "/" + s.room.Name + "/" + s.action.Name + "/" + string(s.line.Profile)
}

func (s subject) anchor() string { return s.action.Name + "-" + string(s.line.Profile) }

// actionsIn lists the actions of a service that mean something in a space or below it.
func actionsIn(s service.Service, t *tenant.Tenant) []service.Action {
	var actions []service.Action
	for _, a := range s.Actions {
		levels, routed := []tenant.Kind{}, false
		for _, r := range s.Routes {
			if r.Action != a.Name {
				continue
			}
			routed = true
			levels = append(levels, r.Levels...)
			if len(r.Levels) == 0 {
				levels = append(levels, s.Levels...)
			}
		}
		if !routed {
			levels = s.Levels
		}
		if slices.ContainsFunc(levels, func(k tenant.Kind) bool { return reaches(t.Kind, k) }) {
			actions = append(actions, a)
		}
	}
	return actions
}

// reaches reports whether a space of the rank governs one of the other rank.
func reaches(from, to tenant.Kind) bool {
	rank := map[tenant.Kind]int{tenant.KindEstablishment: 1, tenant.KindCollectivity: 2, tenant.KindAcademy: 3}
	return rank[to] <= rank[from]
}

// subjectsIn lists who may be met in a space or below it.
func subjectsIn(t *tenant.Tenant) []school.Profile {
	return slices.DeleteFunc(school.Subjects(), func(p school.Profile) bool {
		return p == school.AcademyAgent && t.Kind != tenant.KindAcademy || p == school.Collectivity && t.Kind == tenant.KindEstablishment
	})
}

// lines lists the lines of an action in a space, as the table shows them.
func (r *Room) lines(t *tenant.Tenant, s service.Service, a service.Action) []policy.Line {
	var lines []policy.Line
	for _, p := range subjectsIn(t) {
		if l, ok := r.policy.Line(t, s.Name, a.Name, p); ok {
			lines = append(lines, l)
		}
	}
	return lines
}

func (r *Room) may(ctx context.Context, action string) bool {
	_, ok := r.policy.For(session.Actor(ctx), "rights", action)
	return ok
}

// sentence says what a reach means for a profile: the effect of a line, in words.
func sentence(ctx context.Context, s subject, reach policy.Reach) string {
	who, what := words.T(ctx, "rights.who."+string(s.line.Profile)), words.T(ctx, s.action.Words)
	if reach == policy.None {
		return words.T(ctx, "rights.may_not", "who", who, "action", what)
	}
	far := string(reach)
	if reach == policy.Establishment && tenant.From(ctx).Kind != tenant.KindEstablishment {
		far = "space"
	}
	return words.T(ctx, "rights.may", "who", who, "action", what, "far", words.T(ctx, "rights.far."+far))
}

// short names a reach in a cell.
func short(ctx context.Context, reach policy.Reach) string {
	return words.T(ctx, "rights.short."+string(reach))
}

func (r *Room) shapeServices(ctx context.Context, past []Past) servicesView {
	t := tenant.From(ctx)
	v := servicesView{Title: words.T(ctx, "rights.title"), Lead: words.T(ctx, "rights.lead."+string(t.Kind)), Kicker: t.Name}
	for _, s := range r.rooms {
		if len(actionsIn(s, t)) == 0 {
			continue
		}
		item := ui.Item{Title: words.T(ctx, s.Title), URL: home + "/" + s.Name, Text: words.T(ctx, s.About), Icon: ui.Icon(s.Icon)}
		own, above := r.policy.Changes(t, s.Name)
		if own > 0 {
			item.Badges = append(item.Badges, ui.Badge{Label: words.N(ctx, "rights.changed_here", own), Tone: ui.ToneBrand})
		}
		if above > 0 {
			item.Badges = append(item.Badges, ui.Badge{Label: words.N(ctx, "rights.changed_above", above), Tone: ui.ToneInfo})
		}
		if own+above == 0 {
			item.Meta = words.T(ctx, "rights.unchanged")
		}
		if !s.Always && !t.Offers(s.Name) {
			item.Badges = append(item.Badges, ui.Badge{Label: words.T(ctx, "rights.off"), Tone: ui.ToneWarning})
		}
		v.Services = append(v.Services, item)
	}
	const latest = 5
	v.Past = r.pastTable(ctx, past[:min(latest, len(past))], true)
	return v
}
