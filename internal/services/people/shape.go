package people

import (
	"context"
	"net/url"
	"strings"
	"unicode/utf8"

	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func (r *Room) shapeList(ctx context.Context, f Filter, p Page, classes []classRow) listView {
	reach, _ := r.policy.For(session.Actor(ctx), "people", "read")
	v := listView{Title: words.T(ctx, "people.title"), Lead: words.T(ctx, "people.lead."+string(reach)),
		Form: ui.Form{Action: "/people", Method: "get", Inline: true},
		Box:  ui.Field{Name: "q", Type: "search", Label: words.T(ctx, "people.name"), Value: f.Text, MaxLength: 120, Width: ui.WidthMedium},
		Go:   ui.Button{Label: words.T(ctx, "people.show"), Kind: ui.ButtonPrimary, Icon: ui.IconSearch}}
	v.Profiles = ui.Select{Name: "profile", Label: words.T(ctx, "people.profile"), Width: ui.WidthMedium,
		Choices: []ui.Choice{{Label: words.T(ctx, "people.all")}}}
	for _, profile := range profilesOf(tenant.From(ctx), reach, session.Actor(ctx)) {
		v.Profiles.Choices = append(v.Profiles.Choices, ui.Choice{Value: string(profile), Label: words.T(ctx, "profile."+string(profile)), Selected: f.Profile == profile})
	}
	if len(classes) > 0 {
		v.Classes = &ui.Select{Name: "class", Label: words.T(ctx, "people.class"), Width: ui.WidthMedium, Choices: []ui.Choice{{Label: words.T(ctx, "people.all_classes")}}}
		for _, c := range classes {
			v.Classes.Choices = append(v.Classes.Choices, ui.Choice{Value: c.ID.String(), Label: c.Name, Selected: f.Class.UUID == c.ID})
		}
	}
	if _, may := r.policy.For(session.Actor(ctx), "people", photos); may && tenant.From(ctx).Kind == tenant.KindEstablishment {
		v.Photos = "/people/photos"
	}
	if (f.Class != school.ClassID{}) && tenant.From(ctx).Kind == tenant.KindEstablishment {
		v.Wall = "/people/classes/" + f.Class.String()
	}
	for i, person := range p.People {
		v.Items = append(v.Items, ui.Item{Title: person.Name(), URL: "/people/" + person.ID.String(), Text: describe(ctx, person),
			Avatar: &ui.Avatar{Name: person.Name(), Initials: initials(person), Hue: ui.HueOf(i), URL: photoOf(person)}})
	}
	if len(v.Items) == 0 {
		v.Nothing = ui.EmptyState{Icon: ui.IconUser, Title: words.T(ctx, "people.nothing"), Sentence: words.T(ctx, "people.nothing_text")}
	}
	if p.Next != "" {
		q := url.Values{"after": {p.Next}}
		for name, value := range map[string]string{"q": f.Text, "profile": string(f.Profile)} {
			if value != "" {
				q.Set(name, value)
			}
		}
		if (f.Class != school.ClassID{}) {
			q.Set("class", f.Class.String())
		}
		v.Pager = ui.Pager{Next: "/people?" + q.Encode(), Words: words.T(ctx, "people.more")}
	}
	return v
}

// photoOf is where the photo of somebody is, or "" where the reader sees none.
func photoOf(p Person) string {
	if !p.Photo {
		return ""
	}
	return "/people/" + p.ID.String() + "/photo"
}

// profilesOf lists the profiles that somebody can meet here.
func profilesOf(t *tenant.Tenant, reach policy.Reach, a school.Actor) []school.Profile {
	switch {
	case t.Kind == tenant.KindCollectivity:
		return []school.Profile{school.Collectivity, school.Guest}
	case t.Kind == tenant.KindAcademy:
		return []school.Profile{school.AcademyAgent, school.Guest}
	case reach == policy.Classes || reach == policy.Children:
		return append(sightOf(a, reach).Near, contacts()...)
	}
	return school.SchoolProfiles()
}

// describe says in one line what somebody is here: "Enseignante de mathématiques · 4e B, 3e A".
func describe(ctx context.Context, p Person) string {
	var parts []string
	for _, role := range p.Roles {
		text := words.T(ctx, "profile."+string(role.Profile))
		if role.Function != "" {
			text = role.Function
		}
		if len(role.Classes) > 0 {
			text += " · " + strings.Join(role.Classes, ", ")
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " ; ")
}

func initials(p Person) string {
	var b strings.Builder
	for _, name := range []string{p.GivenName, p.FamilyName} {
		if letter, size := utf8.DecodeRuneInString(name); size > 0 {
			b.WriteString(strings.ToUpper(string(letter)))
		}
	}
	return b.String()
}

func (r *Room) shapeCard(ctx context.Context, p Person) cardView {
	v := cardView{Up: ui.Link{Label: words.T(ctx, "people.title"), URL: "/people"}, Name: p.Name(),
		Avatar: ui.Avatar{Name: p.Name(), Initials: initials(p), Large: true, URL: photoOf(p)}}
	for _, role := range p.Roles {
		fact := ui.Fact{Label: words.T(ctx, "profile."+string(role.Profile)), Text: role.Function}
		if len(role.Classes) > 0 {
			fact.Text = strings.Trim(role.Function+" · "+words.N(ctx, "people.classes", len(role.Classes), "names", strings.Join(role.Classes, ", ")), " ·")
		}
		if fact.Text == "" {
			fact.Text = tenant.From(ctx).Name
		}
		v.Facts = append(v.Facts, fact)
		if len(role.Form) > 0 {
			v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "people.form"), Text: strings.Join(role.Form, ", ")})
		}
	}
	if p.Email != "" {
		v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "people.email"), Text: p.Email})
	}
	if !p.Birth.IsZero() {
		v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "people.birth"), Text: words.Date(p.Birth)})
	}
	if _, may := r.policy.For(session.Actor(ctx), "people", photos); may && p.Photo {
		v.Remove = photoOf(p) + "/removal"
	}
	return v
}
