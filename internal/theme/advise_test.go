package theme

import (
	"maps"
	"testing"

	"elyco/themes"
)

func TestAdviceRepairs(t *testing.T) {
	th, err := Load(themes.FS, fallback)
	if err != nil {
		t.Fatal(err)
	}
	good := Compose(th.Layer)
	if v := Examine(good); len(v) != 0 {
		t.Fatalf("the product's own theme has findings: %v", v)
	}
	for _, c := range []struct {
		scheme Scheme
		role   Role
		colour string
	}{
		{Light, Text, "#b0b0b0"}, {Light, Muted, "#9fb4c8"}, {Light, LinkRole, "#66ccff"}, {Light, Brand, "#ffd500"},
		{Light, OnBrand, "#000000"}, {Light, Masthead, "#ffee88"}, {Light, Edge, "#dddddd"}, {Light, Background, "#1f5a86"},
		{Light, Accent, "#ffffaa"}, {Light, Focus, "#eeeeee"}, {Light, Danger, "#ffaaaa"}, {Light, Surface, "#808080"},
		{Dark, Text, "#333333"}, {Dark, Brand, "#001133"}, {Dark, OnMasthead, "#222222"}, {Dark, Edge, "#202020"},
		{Dark, Surface, "#7a7a7a"}, {Dark, OnAccent, "#cccccc"},
	} {
		look := good.with(c.scheme, c.role, mustColour(t, c.colour))
		rounds := 0
		for verdicts := Examine(look); len(verdicts) > 0; verdicts = Examine(look) {
			a := verdicts[0].Advice
			if a == nil {
				t.Errorf("%s %s %s: no advice for %s", c.scheme, c.role, c.colour, verdicts[0].Words())
				break
			}
			look = look.with(a.Scheme, a.Role, a.Colour)
			if rounds++; rounds > 12 {
				t.Fatalf("%s %s %s: the advice goes round in circles", c.scheme, c.role, c.colour)
			}
		}
	}
}

// Whatever accent a school chooses upon whatever shipped theme, its pages can be read: the accent is fitted, not trusted.
func TestEveryAccentCanBeWorn(t *testing.T) {
	ground, err := Load(themes.FS, fallback)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := themes.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		th, err := Load(themes.FS, e.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range []uint8{0, 140, 255} {
			for _, g := range []uint8{0, 140, 255} {
				for _, b := range []uint8{0, 140, 255} {
					accent := Colour{r, g, b}
					for _, v := range judge(Compose(ground.Layer, th.Layer, Layer{Accent: &accent})) {
						t.Errorf("%s with %s: %s", e.Name(), accent.Hex(), v.Words())
					}
				}
			}
		}
	}
}

func mustColour(t *testing.T, text string) Colour {
	t.Helper()
	c, err := ParseColour(text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestFormatIsReadAgain(t *testing.T) {
	radius := 0
	l := Layer{Light: Palette{Brand: {1, 2, 3}}, Dark: Palette{Text: {250, 251, 252}}, Shape: Shape{HeadingFont: "slab", Weight: 600, Radius: &radius}}
	login := Login{Title: "Bienvenue : ici", Text: "Une ligne\net une autre, avec « guillemets » et # dièse"}
	source, err := Format(l, login)
	if err != nil {
		t.Fatal(err)
	}
	back, err := Parse([]byte(source))
	if err != nil {
		t.Fatalf("%v in\n%s", err, source)
	}
	if back.Layer.Light[Brand] != l.Light[Brand] || back.Layer.Dark[Text] != l.Dark[Text] || back.Login != login ||
		back.Layer.Shape.Radius == nil || *back.Layer.Shape.Radius != 0 || back.Layer.Shape.HeadingFont != "slab" || back.Layer.Shape.Weight != 600 {
		t.Errorf("%+v became %+v through\n%s", l, back, source)
	}
	if empty, err := Format(Layer{}, Login{}); err != nil || empty != "" {
		t.Errorf("nothing is written as %q, %v", empty, err)
	}
	if _, err := Format(Layer{Shape: Shape{Motif: "url(evil)"}}, Login{}); err == nil {
		t.Error("an unknown motif is written")
	}
}

func (t Tokens) with(s Scheme, role Role, c Colour) Tokens {
	p := maps.Clone(t.Palette(s))
	p[role] = c
	if s == Dark {
		t.Dark = p
		return t
	}
	t.Light = p
	return t
}
