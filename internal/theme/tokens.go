package theme

import "maps"

// Role is what a colour is for. The names are those of the theme file and, behind two dashes, of the custom properties.
type Role string

// The roles a theme may set, in each scheme.
const (
	Background Role = "background" // behind everything
	Surface    Role = "surface"    // cards, fields, the footer
	Raised     Role = "raised"     // menus and dialogs
	Text       Role = "text"
	Muted      Role = "text-muted"
	Line       Role = "line" // decoration between things
	Edge       Role = "edge" // the border that makes a field recognisable
	Brand      Role = "brand"
	OnBrand    Role = "on-brand"
	Masthead   Role = "masthead"
	OnMasthead Role = "on-masthead"
	Accent     Role = "accent"
	OnAccent   Role = "on-accent"
	LinkRole   Role = "link"
	Focus      Role = "focus"
	Success    Role = "success"
	OnSuccess  Role = "on-success"
	Warning    Role = "warning"
	OnWarning  Role = "on-warning"
	Danger     Role = "danger"
	OnDanger   Role = "on-danger"
)

// Roles lists what a theme may set, in the order of its file.
func Roles() []Role {
	return []Role{Background, Surface, Raised, Text, Muted, Line, Edge, Brand, OnBrand, Masthead, OnMasthead, Accent, OnAccent,
		LinkRole, Focus, Success, OnSuccess, Warning, OnWarning, Danger, OnDanger}
}

// Scheme is light or dark.
type Scheme string

// The two schemes.
const (
	Light Scheme = "light"
	Dark  Scheme = "dark"
)

// Palette holds colours by role.
type Palette map[Role]Colour

// Shape is everything of a theme that is not a colour. A zero field leaves what the layer below says.
type Shape struct {
	BodyFont    string // a name of Fonts
	HeadingFont string // a name of Fonts
	Weight      int    // of headings
	Radius      *int   // corners, in pixels
	Density     string // a name of Densities
	Motif       string // a name of Motifs
}

// Layer is a part of a look: only what it sets counts.
type Layer struct {
	Light  Palette
	Dark   Palette
	Shape  Shape
	Accent *Colour // one colour, of which legible brand, link and accent colours are made for both schemes
}

// Tokens is a whole look: every role in both schemes, and the shape.
type Tokens struct {
	Light Palette
	Dark  Palette
	Shape Shape
}

// Palette gives the colours of a scheme.
func (t Tokens) Palette(s Scheme) Palette {
	if s == Dark {
		return t.Dark
	}
	return t.Light
}

// Compose lays each layer over those before it. The first one should be the product's own theme, which sets every role.
func Compose(layers ...Layer) Tokens {
	t := Tokens{Light: Palette{}, Dark: Palette{}}
	for _, l := range layers {
		maps.Copy(t.Light, l.Light)
		maps.Copy(t.Dark, l.Dark)
		t.Shape = t.Shape.over(l.Shape)
		if l.Accent != nil {
			adopt(t.Light, *l.Accent)
			adopt(t.Dark, *l.Accent)
		}
	}
	return t
}

// adopt makes a palette wear an accent: the hue is the one chosen, the lightness is what can be read on this palette's
// backgrounds. The masthead stays as it was, since it carries the colours of who funds the school.
func adopt(p Palette, accent Colour) {
	sunken := p.sunken()
	visible, _ := fit(accent, against(interfaceRatio, p[Background], p[Surface], p[Raised], sunken))
	p[Brand], p[OnBrand] = visible, legibleOn(visible)
	p[Accent], p[OnAccent] = visible, legibleOn(visible)
	p[LinkRole], _ = fit(accent, against(textRatio, p[Background], p[Surface], p[Raised], sunken))
}

// legibleOn is white where white can be read, else black: against any colour one of the two reaches 4.58.
func legibleOn(ground Colour) Colour {
	white := Colour{255, 255, 255}
	if Contrast(white, ground) >= textRatio {
		return white
	}
	return Colour{}
}

func (s Shape) over(top Shape) Shape {
	if top.BodyFont != "" {
		s.BodyFont = top.BodyFont
	}
	if top.HeadingFont != "" {
		s.HeadingFont = top.HeadingFont
	}
	if top.Weight != 0 {
		s.Weight = top.Weight
	}
	if top.Radius != nil {
		s.Radius = top.Radius
	}
	if top.Density != "" {
		s.Density = top.Density
	}
	if top.Motif != "" {
		s.Motif = top.Motif
	}
	return s
}
