package account

import (
	"context"
	"strings"

	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func shapeGate(ctx context.Context, t *tenant.Tenant, skins Skins) ui.Gate {
	skin := skins.For(ctx, t)
	text := skin.Login.Text
	if text == "" {
		text = words.T(ctx, "account.sign_in.lead")
	}
	return ui.Gate{Kicker: skin.Login.Title, Title: words.T(ctx, "account.sign_in.heading", "portal", t.Name), Text: text, BannerURL: skin.BannerURL, LogoURL: skin.LogoURL}
}

func shapeLost(ctx context.Context, back string) lost {
	return lost{Title: words.T(ctx, "account.land.title"), Sentence: words.T(ctx, "account.land.sentence"),
		Again: words.T(ctx, "account.land.again"), URL: session.SignInPath(back)}
}

func (r *Room) shapeAccount(ctx context.Context, signOns []session.SignOn, notices []session.Notice, visits []session.Visit, mounts bool) account {
	actor, here := session.Actor(ctx), tenant.From(ctx)
	v := account{Name: actor.Name, Mounts: mounts, Notices: r.shapeNotices(ctx, notices), Visits: r.shapeVisits(ctx, visits), Comfort: comfortChoices(ctx, actor.Comfort)}
	v.Here = append([]ui.Fact{{Label: words.T(ctx, "account.space"), Text: here.Name}}, membershipFacts(ctx, actor.Here)...)
	if len(actor.Here) == 0 {
		v.Here = append(v.Here, ui.Fact{Label: words.T(ctx, "account.profile"), Text: words.T(ctx, "account.no_profile")})
	}
	for _, id := range spaces(actor.Everywhere) {
		if t := r.registry.ByID(id); t != nil {
			v.Places = append(v.Places, r.shapePlace(ctx, t, actor))
		}
	}
	for _, s := range signOns {
		v.SignOns = append(v.SignOns, shapeSignOn(ctx, s))
	}
	return v
}

// spaces lists where the memberships are, each space once, in their order.
func spaces(list []school.Membership) []school.ScopeID {
	var ids []school.ScopeID
	seen := map[school.ScopeID]bool{}
	for _, m := range list {
		if !seen[m.Scope] {
			seen[m.Scope] = true
			ids = append(ids, m.Scope)
		}
	}
	return ids
}

func (r *Room) shapePlace(ctx context.Context, t *tenant.Tenant, actor school.Actor) place {
	var there []school.Membership
	for _, m := range actor.Everywhere {
		if m.Scope == t.ID {
			there = append(there, m)
		}
	}
	p := place{Name: t.Name, Kind: t.KindWords(), Facts: membershipFacts(ctx, there)}
	switch {
	case t.ID == tenant.From(ctx).ID:
		p.Current, p.Open = true, words.T(ctx, "account.place_current")
	case t.LetsIn():
		p.URL, p.Open = r.registry.URL(t, "/home"), words.T(ctx, "account.place_open")
	}
	return p
}

func membershipFacts(ctx context.Context, list []school.Membership) []ui.Fact {
	var facts []ui.Fact
	for _, m := range list {
		profile := words.T(ctx, "profile."+string(m.Profile))
		if m.Admin {
			profile += words.T(ctx, "account.and_administrator")
		}
		facts = append(facts, ui.Fact{Label: words.T(ctx, "account.profile"), Text: profile})
		if classes := classNames(m.Classes); classes != "" {
			facts = append(facts, ui.Fact{Label: words.T(ctx, "account.classes"), Text: classes})
		}
		for _, child := range m.Children {
			text := child.Name
			if classes := classNames(child.Classes); classes != "" {
				text = words.T(ctx, "account.child_in", "name", child.Name, "class", classes)
			}
			facts = append(facts, ui.Fact{Label: words.T(ctx, "account.child"), Text: text})
		}
	}
	return facts
}

func classNames(classes []school.ClassRef) string {
	var names []string
	for _, c := range classes {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

func shapeSignOn(ctx context.Context, s session.SignOn) ui.Item {
	item := ui.Item{Title: s.Device, Icon: ui.IconKey,
		Meta: words.T(ctx, "account.sign_on.meta", "opened", words.DateTime(s.CreatedAt), "seen", words.DateTime(s.SeenAt), "network", s.Network)}
	label := words.T(ctx, "account.sign_on.end", "device", s.Device)
	if s.Current {
		item.Badges = []ui.Badge{{Label: words.T(ctx, "account.sign_on.current"), Tone: ui.ToneSuccess}}
		label = words.T(ctx, "account.sign_on.end_this")
	}
	item.Action = endButton("/account/sign-ons/"+s.ID.String()+"/end", label)
	return item
}

func comfortChoices(ctx context.Context, c school.Comfort) []ui.RadioGroup {
	group := func(name, legend, value string, choices ...ui.Choice) ui.RadioGroup {
		for i := range choices {
			choices[i].Selected = choices[i].Value == value
		}
		return ui.RadioGroup{ID: "mine-" + name, Name: name, Legend: legend, Choices: choices, Inline: true}
	}
	device := ui.Choice{Label: words.T(ctx, "account.comfort.device")}
	return []ui.RadioGroup{
		group("scheme", words.T(ctx, "account.comfort.scheme"), c.Scheme, device,
			ui.Choice{Value: "light", Label: words.T(ctx, "account.comfort.light")}, ui.Choice{Value: "dark", Label: words.T(ctx, "account.comfort.dark")}),
		group("contrast", words.T(ctx, "account.comfort.contrast"), c.Contrast, ui.Choice{Label: words.T(ctx, "account.comfort.normal")},
			ui.Choice{Value: "high", Label: words.T(ctx, "account.comfort.high")}),
		group("text-size", words.T(ctx, "account.comfort.text"), c.TextSize, ui.Choice{Label: words.T(ctx, "account.comfort.normal_text")},
			ui.Choice{Value: "large", Label: words.T(ctx, "account.comfort.large")}, ui.Choice{Value: "larger", Label: words.T(ctx, "account.comfort.larger")},
			ui.Choice{Value: "largest", Label: words.T(ctx, "account.comfort.largest")}),
		group("font", words.T(ctx, "account.comfort.font"), c.Font, ui.Choice{Label: words.T(ctx, "account.comfort.usual")},
			ui.Choice{Value: "dyslexic", Label: words.T(ctx, "account.comfort.dyslexic")}),
		group("motion", words.T(ctx, "account.comfort.motion"), c.Motion, device,
			ui.Choice{Value: "reduced", Label: words.T(ctx, "account.comfort.reduced")}),
	}
}

func shapePassword(ctx context.Context, wrong map[string]string) password {
	v := password{Old: wrong["old"], New: wrong["new"], Again: wrong["again"]}
	for _, field := range []string{"old", "new", "again"} {
		if wrong[field] != "" {
			v.Summary = append(v.Summary, ui.FieldError{FieldID: field, Text: wrong[field]})
		}
	}
	return v
}

func (r *Room) shapeSignIn(ctx context.Context, form signInForm, wrong, passkey string) signIn {
	v := signIn{Gate: shapeGate(ctx, tenant.From(ctx), r.skins), Login: form.Login, Error: wrong, Passkey: passkey, Return: session.ReturnPath(form.Return)}
	if session.ValidSeal(form.Seal) {
		v.Seal = form.Seal
	}
	return v
}
