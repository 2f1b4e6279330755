package bridges

import (
	"context"
	"time"

	"elyco/internal/bridge"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// drawer draws bridges as the space of ctx looks at them.
type drawer struct {
	ctx   context.Context
	r     *Room
	here  *tenant.Tenant
	today time.Time
}

func (r *Room) drawer(ctx context.Context) drawer {
	return drawer{ctx, r, tenant.From(ctx), r.Today(ctx)}
}

func (d drawer) t(key string, args ...any) string { return words.T(d.ctx, key, args...) }

// name is what an establishment is called; one that left the territory keeps a word.
func (d drawer) name(id school.ScopeID) string {
	if t := d.r.registry.ByID(id); t != nil {
		return t.Name
	}
	return d.t("bridges.gone")
}

func (d drawer) bank(place string, id school.ScopeID, profiles []school.Profile) side {
	s := side{Place: d.t(place), Name: d.name(id)}
	if t := d.r.registry.ByID(id); t != nil {
		s.Kind = t.KindWords()
	}
	for _, p := range profiles {
		s.Profiles = append(s.Profiles, d.t("profile."+string(p)))
	}
	return s
}

func (d drawer) diagram(peer school.ScopeID, mine, theirs []school.Profile, purposes []bridge.Purpose, endsOn time.Time) diagram {
	g := diagram{Label: d.t("bridges.diagram", "peer", d.name(peer)), Here: d.bank("bridges.here", d.here.ID, mine), Peer: d.bank("bridges.there", peer, theirs),
		Until: d.t("bridges.until", "day", words.Date(noon(endsOn)))}
	for _, p := range purposes {
		g.Purposes = append(g.Purposes, d.purpose(p))
	}
	return g
}

func (d drawer) purpose(p bridge.Purpose) purpose {
	if p == bridge.Write {
		return purpose{ui.IconMail, d.t("bridges.purpose.write")}
	}
	return purpose{ui.IconShare, d.t("bridges.purpose.share")}
}

// noon keeps a date on its day in every zone.
func noon(day time.Time) time.Time { return day.Add(12 * time.Hour) }

func (d drawer) of(b Bridge) diagram {
	peer, mine, theirs := b.side(d.here.ID)
	g := d.diagram(peer, mine, theirs, b.Proposal.Terms.Purposes, b.Proposal.Terms.EndsOn)
	g.Off = b.State(d.today) != Standing
	return g
}

func (d drawer) badge(s State) ui.Badge {
	switch s {
	case Standing:
		return ui.Badge{Label: d.t("bridges.state.standing"), Tone: ui.ToneSuccess, Icon: ui.IconCheck}
	case Waiting:
		return ui.Badge{Label: d.t("bridges.state.waiting"), Tone: ui.ToneWarning, Icon: ui.IconClock}
	case Refused:
		return ui.Badge{Label: d.t("bridges.state.refused")}
	case Withdrawn:
		return ui.Badge{Label: d.t("bridges.state.withdrawn")}
	case Ended:
		return ui.Badge{Label: d.t("bridges.state.ended")}
	case Expired:
		return ui.Badge{Label: d.t("bridges.state.expired")}
	}
	return ui.Badge{Label: d.t("bridges.state.lapsed")}
}

// asked reports whether a bridge waits for the answer of this side.
func (d drawer) asked(b Bridge) bool {
	return b.State(d.today) == Waiting && b.Proposal.Scope != d.here.ID
}

func (r *Room) shapeList(ctx context.Context, bridges []Bridge) listView {
	d := r.drawer(ctx)
	v := listView{Title: d.t("bridges.title"), Lead: d.t("bridges.lead")}
	v.Empty = ui.EmptyState{Icon: ui.IconLink, Title: d.t("bridges.empty"), Sentence: d.t("bridges.empty.text")}
	if _, may := r.policy.Can(ctx, "bridges", sign); may {
		v.Propose = &ui.ButtonLink{Label: d.t("bridges.new"), URL: "/bridges/new", Kind: ui.ButtonPrimary, Icon: ui.IconPlus}
	}
	parts := []listPart{
		{ID: "asked", Title: d.t("bridges.part.asked"), Lead: d.t("bridges.part.asked.lead")},
		{ID: "standing", Title: d.t("bridges.part.standing")},
		{ID: "sent", Title: d.t("bridges.part.sent")},
		{ID: "past", Title: d.t("bridges.part.past")},
	}
	for _, b := range bridges {
		i := 3
		switch s := b.State(d.today); {
		case d.asked(b):
			i = 0
		case s == Standing:
			i = 1
		case s == Waiting:
			i = 2
		}
		parts[i].Cards = append(parts[i].Cards, d.card(b, i == 0))
	}
	for _, p := range parts {
		if len(p.Cards) > 0 {
			v.Parts = append(v.Parts, p)
		}
	}
	return v
}

func (d drawer) card(b Bridge, asked bool) cardView {
	peer, _, _ := b.side(d.here.ID)
	id := b.Proposal.ID.String()
	c := cardView{ID: "bridge-" + id, Name: d.name(peer), State: d.badge(b.State(d.today)), Diagram: d.of(b),
		Link: ui.ButtonLink{Label: d.t("bridges.open", "peer", d.name(peer)), URL: "/bridges/" + id, Small: true}}
	if asked {
		c.Link.Label, c.Link.Kind = d.t("bridges.answer.open"), ui.ButtonPrimary
	}
	return c
}

// shapeMember shows the bridges that somebody may cross with one of the profiles held here.
func (r *Room) shapeMember(ctx context.Context) memberView {
	d := r.drawer(ctx)
	v := memberView{Title: d.t("bridges.title"), Lead: d.t("bridges.member.lead"),
		Empty: ui.EmptyState{Icon: ui.IconLink, Title: d.t("bridges.member.empty"), Sentence: d.t("bridges.member.empty.text")}}
	for _, s := range r.crossed(d.here.ID, session.Actor(ctx)) {
		v.Cards = append(v.Cards, memberCard{Name: d.name(s.Peer), Diagram: d.diagram(s.Peer, s.Mine, s.Theirs, s.Purposes, s.EndsOn)})
	}
	return v
}

// crossed lists, each once, the standing bridges that the actor may cross from a space. It asks no database.
func (r *Room) crossed(from school.ScopeID, a school.Actor) []bridge.Span {
	var spans []bridge.Span
	seen := map[string]bool{}
	for _, m := range a.In(from).Here {
		for _, p := range bridge.Purposes() {
			for _, s := range r.standing.From(from, m.Profile, p) {
				if !seen[s.ID.String()] {
					seen[s.ID.String()] = true
					spans = append(spans, s)
				}
			}
		}
	}
	return spans
}
