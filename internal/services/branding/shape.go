package branding

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"elyco/internal/fault"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/theme"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// state is what a page of the editor answers to: the desk, how the preview is looked at, and what was refused.
type state struct {
	look    look
	desk    Desk
	typed   *Change
	fields  map[string]string
	note    string
	refused string
}

func (s state) wrong() bool { return len(s.fields) > 0 || s.refused != "" }

func fieldsOf(err error) map[string]string {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid {
		return f.Fields
	}
	return nil
}

func refusalOf(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Words
	}
	return ""
}

func (r *Room) shape(ctx context.Context, s state) editorView {
	t := tenant.From(ctx)
	f := former{ctx, s}
	v := editorView{
		Title: words.T(ctx, "branding.title"), Lead: words.T(ctx, "branding.lead"), Kicker: t.Name,
		Refused: s.refused, Errors: f.errors(), Login: f.login(), Look: r.shapeLook(ctx, s),
		Drawings: f.drawings(Full(t)), History: r.shapeHistory(ctx, s.desk),
	}
	if !Full(t) {
		v.Lead = words.T(ctx, "branding.lead_school", "collectivity", t.Parent.Name)
		v.Accent = f.accent()
		return v
	}
	v.Groups, v.Shape = f.groups(), f.shapes()
	return v
}

// former makes the fields of the form: as they stand in the draft, or as they were typed when that was refused.
type former struct {
	ctx context.Context
	s   state
}

func (f former) errors() []ui.FieldError {
	var list []ui.FieldError
	names := f.names()
	for field, text := range f.s.fields {
		if names[field] != "" {
			text = names[field] + "\u00a0: " + text
		}
		list = append(list, ui.FieldError{FieldID: field, Text: text})
	}
	slices.SortFunc(list, func(a, b ui.FieldError) int { return slices.Compare([]byte(a.FieldID), []byte(b.FieldID)) })
	return list
}

// names are the colour fields as people know them: what is wrong with one must say which one it is.
func (f former) names() map[string]string {
	names := map[string]string{"accent": words.T(f.ctx, "branding.accent")}
	for _, g := range RoleGroups() {
		for _, r := range g.Roles {
			name := words.T(f.ctx, r.Name)
			names[fieldOf("light", r.Role)] = words.T(f.ctx, "branding.in_light", "colour", name)
			names[fieldOf("dark", r.Role)] = words.T(f.ctx, "branding.in_dark", "colour", name)
		}
	}
	return names
}

func (f former) groups() []groupView {
	light, dark := f.s.desk.Look.Tokens.Light, f.s.desk.Look.Tokens.Dark
	var groups []groupView
	n := 0
	for _, g := range RoleGroups() {
		view := groupView{Title: words.T(f.ctx, g.Title), Open: g.Title == "branding.group.identity"}
		for _, role := range g.Roles {
			row := colourRow{Name: words.T(f.ctx, role.Name), Hint: words.T(f.ctx, role.Hint)}
			row.Light = f.pair("light", role.Role, light, f.typed(true, n), words.T(f.ctx, "branding.in_light", "colour", row.Name))
			row.Dark = f.pair("dark", role.Role, dark, f.typed(false, n), words.T(f.ctx, "branding.in_dark", "colour", row.Name))
			view.Open = view.Open || row.Light.Text.Error != "" || row.Dark.Text.Error != ""
			view.Rows = append(view.Rows, row)
			n++
		}
		groups = append(groups, view)
	}
	return groups
}

func (f former) typed(light bool, i int) *Pair {
	if f.s.typed == nil {
		return nil
	}
	list := f.s.typed.Dark
	if light {
		list = f.s.typed.Light
	}
	if i >= len(list) {
		return nil
	}
	return &list[i]
}

// pair is a colour's two fields. Followed says that the answer to a change must bring them anew: the fields differ from what
// the browser holds.
func (f former) pair(scheme string, role theme.Role, p theme.Palette, typed *Pair, label string) pairView {
	id := fieldOf(scheme, role)
	hex := p[role].Hex()
	v := pairView{ID: id + "-pair",
		Text: ui.Field{ID: id, Name: scheme, Label: label, HideLabel: true, Value: hex, MaxLength: 7, Required: true, Autocomplete: "off", Attrs: letters()},
		Pick: ui.Field{ID: id + "-pick", Name: scheme + "_pick", Label: words.T(f.ctx, "branding.picker", "colour", label), HideLabel: true, Type: "color", Value: hex},
	}
	f.follow(&v, id, hex, hex, typed)
	return v
}

func (f former) follow(v *pairView, field, text, pick string, typed *Pair) {
	if typed == nil {
		return
	}
	v.Text.Error = f.s.fields[field]
	if len(f.s.fields) > 0 {
		v.Text.Value, v.Pick.Value = typed.Text, typed.Pick
	}
	v.Followed = v.Text.Error != "" || typed.Text != text || typed.Pick != pick
}

func letters() map[string]any { return map[string]any{"spellcheck": "false", "autocapitalize": "off"} }

func (f former) accent() *pairView {
	shown := shownAccent(f.s.desk.Draft.Accent, f.s.desk.Look.Tokens)
	label := words.T(f.ctx, "branding.accent")
	v := pairView{ID: "accent-pair",
		Text: ui.Field{ID: "accent", Name: "accent", Label: label, HideLabel: true, Value: shown.Text, MaxLength: 7,
			Autocomplete: "off", Placeholder: words.T(f.ctx, "branding.accent.none"), Attrs: letters()},
		Pick: ui.Field{ID: "accent-pick", Name: "accent_pick", Label: words.T(f.ctx, "branding.picker", "colour", label), HideLabel: true, Type: "color", Value: shown.Pick},
	}
	if f.s.typed != nil {
		f.follow(&v, "accent", shown.Text, shown.Pick, &f.s.typed.Accent)
	}
	return &v
}

func (f former) login() loginView {
	l := f.s.desk.Look.Login
	if f.s.typed != nil && len(f.s.fields) > 0 {
		l = f.s.typed.Login
	}
	return loginView{
		Title: ui.Field{ID: "login_title", Name: "login_title", Label: words.T(f.ctx, "branding.login.title"), Value: l.Title, MaxLength: maxTitle,
			Error: f.s.fields["login_title"]},
		Text: ui.TextArea{ID: "login_text", Name: "login_text", Label: words.T(f.ctx, "branding.login.text"), Value: l.Text, MaxLength: maxText, Rows: 4,
			Hint: words.T(f.ctx, "branding.login.hint"), Error: f.s.fields["login_text"]},
	}
}

func (f former) drawings(full bool) []drawingView {
	var views []drawingView
	for _, p := range Places(full) {
		d := f.s.desk.Draft
		v := drawingView{
			Field: ui.FileField{ID: string(p), Name: "drawing", Error: f.s.fields[string(p)],
				Accept: "image/svg+xml,image/png,image/jpeg,image/webp"},
			Action: "/branding/drawings/" + string(p), Own: d.Has(p), Wide: p == Banner,
			URL: "/branding/preview/" + d.ID.String() + "/" + string(p) + "?revision=" + strconv.Itoa(d.Revision),
		}
		switch p {
		case Logo:
			v.Field.Label, v.Field.Hint = words.T(f.ctx, "branding.logo"), words.T(f.ctx, "branding.logo.hint")
		case Favicon:
			v.Field.Label, v.Field.Hint = words.T(f.ctx, "branding.favicon"), words.T(f.ctx, "branding.favicon.hint")
		case Banner:
			v.Field.Label, v.Field.Hint = words.T(f.ctx, "branding.banner"), words.T(f.ctx, "branding.banner.hint")
		}
		views = append(views, v)
	}
	return views
}

func (r *Room) may(ctx context.Context, action string) bool {
	_, ok := r.policy.For(session.Actor(ctx), "branding", action)
	return ok
}
