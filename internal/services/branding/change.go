package branding

import (
	"fmt"
	"slices"

	"elyco/internal/fault"
	"elyco/internal/theme"
)

// Change is what the form asks for. Empty fields of an establishment's form mean: as the collectivity has it.
type Change struct {
	Light, Dark Colours
	Accent      Pair
	Shape       theme.Shape
	Login       theme.Login
}

// Pair is one colour as two fields give it: letters, and a colour picker. The one that changed counts.
type Pair struct{ Text, Pick string }

// Colours holds a scheme's fields in the order of Roles.
type Colours []Pair

// chosen tells which of the two fields the person changed: the text wins, since it was typed.
func (p Pair) chosen(shown Pair) string {
	if p.Text == shown.Text && p.Pick != shown.Pick && p.Pick != "" {
		return p.Pick
	}
	return p.Text
}

// apply turns the form into what the space sets: only what differs from what it inherits, so that the rest goes on following.
// full is false for an establishment. The faults name the fields.
func (c Change) apply(full bool, now, inherited theme.Outfit, accent string) (source, chosenAccent string, err error) {
	wrong := fault.Fields{}
	if len([]rune(c.Login.Title)) > maxTitle {
		wrong.Add("login_title", fmt.Sprintf("Le titre d’accueil dépasse %d caractères : raccourcissez-le.", maxTitle))
	}
	if len([]rune(c.Login.Text)) > maxText {
		wrong.Add("login_text", fmt.Sprintf("Le texte d’accueil dépasse %d caractères : raccourcissez-le.", maxText))
	}
	if !full {
		chosenAccent = c.accent(accent, now.Tokens, wrong)
		source, err := write(theme.Layer{}, differingLogin(c.Login, inherited.Login), wrong)
		return source, chosenAccent, err
	}
	l := theme.Layer{
		Light: c.Light.differing("light", now.Tokens.Light, inherited.Tokens.Light, wrong),
		Dark:  c.Dark.differing("dark", now.Tokens.Dark, inherited.Tokens.Dark, wrong),
		Shape: differingShape(c.Shape, inherited.Tokens.Shape, wrong),
	}
	source, err = write(l, differingLogin(c.Login, inherited.Login), wrong)
	return source, "", err
}

// differingLogin leaves out the words that the space would show anyway.
func differingLogin(l, inherited theme.Login) theme.Login {
	if l.Title == inherited.Title {
		l.Title = ""
	}
	if l.Text == inherited.Text {
		l.Text = ""
	}
	return l
}

func write(l theme.Layer, login theme.Login, wrong fault.Fields) (string, error) {
	if err := wrong.OrNil(); err != nil {
		return "", err
	}
	source, err := theme.Format(l, login)
	if err != nil {
		return "", fault.New(fault.Invalid, err.Error())
	}
	return source, nil
}

func (c Change) accent(accent string, now theme.Tokens, wrong fault.Fields) string {
	text := c.Accent.chosen(shownAccent(accent, now))
	if text == "" {
		return ""
	}
	colour, err := theme.ParseColour(text)
	if err != nil {
		wrong.Add("accent", sentence(err))
		return ""
	}
	return colour.Hex()
}

// shownAccent is what the two fields of the accent show: without one, the picker starts from the colour of the buttons.
func shownAccent(accent string, now theme.Tokens) Pair {
	if accent == "" {
		return Pair{"", now.Light[theme.Brand].Hex()}
	}
	return Pair{accent, accent}
}

func (c Colours) differing(scheme string, now, inherited theme.Palette, wrong fault.Fields) theme.Palette {
	set := theme.Palette{}
	roles := Roles()
	if len(c) != len(roles) {
		wrong.Add(scheme, "Le formulaire n’est pas complet : rechargez la page.")
		return set
	}
	for i, role := range roles {
		shown := now[role].Hex()
		colour, err := theme.ParseColour(c[i].chosen(Pair{shown, shown}))
		if err != nil {
			wrong.Add(fieldOf(scheme, role), sentence(err))
			continue
		}
		if colour != inherited[role] {
			set[role] = colour
		}
	}
	return set
}

func fieldOf(scheme string, role theme.Role) string { return scheme + "-" + string(role) }

func differingShape(s, inherited theme.Shape, wrong fault.Fields) theme.Shape {
	lists := []struct {
		field string
		set   *string
		below string
		names []string
	}{
		{"body_font", &s.BodyFont, inherited.BodyFont, theme.FontNames()},
		{"heading_font", &s.HeadingFont, inherited.HeadingFont, theme.FontNames()},
		{"density", &s.Density, inherited.Density, theme.DensityNames()},
		{"motif", &s.Motif, inherited.Motif, theme.MotifNames()},
	}
	for _, l := range lists {
		if *l.set != "" && !slices.Contains(l.names, *l.set) {
			wrong.Add(l.field, "Choisissez une des propositions de la liste.")
		}
		if *l.set == l.below {
			*l.set = ""
		}
	}
	if s.Weight != 0 && (s.Weight < 400 || s.Weight > 900) {
		wrong.Add("weight", "Choisissez une des graisses de la liste.")
	}
	if s.Weight == inherited.Weight {
		s.Weight = 0
	}
	if s.Radius != nil && (*s.Radius < 0 || *s.Radius > 24) {
		wrong.Add("radius", "L’arrondi va de 0 à 24 pixels.")
	}
	if s.Radius != nil && inherited.Radius != nil && *s.Radius == *inherited.Radius {
		s.Radius = nil
	}
	return s
}

// sentence makes a rule's words stand alone.
func sentence(err error) string { return err.Error() + "." }

// withColour sets one colour in the text of a theme.
func withColour(source string, scheme theme.Scheme, role theme.Role, colour theme.Colour) (string, error) {
	if !slices.Contains(theme.Roles(), role) || (scheme != theme.Light && scheme != theme.Dark) {
		return "", fault.Missing()
	}
	t := theme.Theme{Layer: theme.Layer{Light: theme.Palette{}, Dark: theme.Palette{}}}
	if source != "" {
		var err error
		if t, err = theme.Parse([]byte(source)); err != nil {
			return "", fmt.Errorf("read the draft of a theme: %w", err)
		}
	}
	palette := t.Layer.Light
	if scheme == theme.Dark {
		palette = t.Layer.Dark
	}
	palette[role] = colour
	return theme.Format(t.Layer, t.Login)
}
