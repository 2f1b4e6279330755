package theme

import (
	"fmt"

	"gopkg.in/yaml.v3"
)

type fileText struct {
	Login *loginText        `yaml:"login,omitempty"`
	Fonts *fontsText        `yaml:"fonts,omitempty,flow"`
	Shape *shapeText        `yaml:"shape,omitempty,flow"`
	Light map[string]string `yaml:"light,omitempty"`
	Dark  map[string]string `yaml:"dark,omitempty"`
}

type loginText struct {
	Title string `yaml:"title,omitempty"`
	Text  string `yaml:"text,omitempty"`
}

type fontsText struct {
	Body    string `yaml:"body,omitempty"`
	Heading string `yaml:"heading,omitempty"`
	Weight  int    `yaml:"weight,omitempty"`
}

type shapeText struct {
	Radius  *int   `yaml:"radius,omitempty"`
	Density string `yaml:"density,omitempty"`
	Motif   string `yaml:"motif,omitempty"`
}

// Format writes a layer and the sign-in words as Parse reads them; nothing set gives an empty text. The accent is no line of a
// theme file and is left out. What Parse would refuse is refused here, so that whatever is kept can be read again.
func Format(l Layer, login Login) (string, error) {
	var f fileText
	if login != (Login{}) {
		f.Login = &loginText{login.Title, login.Text}
	}
	s := l.Shape
	if s.BodyFont != "" || s.HeadingFont != "" || s.Weight != 0 {
		f.Fonts = &fontsText{s.BodyFont, s.HeadingFont, s.Weight}
	}
	if s.Radius != nil || s.Density != "" || s.Motif != "" {
		f.Shape = &shapeText{s.Radius, s.Density, s.Motif}
	}
	f.Light, f.Dark = hexes(l.Light), hexes(l.Dark)
	if f.Login == nil && f.Fonts == nil && f.Shape == nil && len(f.Light)+len(f.Dark) == 0 {
		return "", nil
	}
	text, err := yaml.Marshal(f)
	if err != nil {
		return "", fmt.Errorf("write a theme: %w", err)
	}
	if _, err := Parse(text); err != nil {
		return "", err
	}
	return string(text), nil
}

func hexes(p Palette) map[string]string {
	out := map[string]string{}
	for role, c := range p {
		out[string(role)] = c.Hex()
	}
	return out
}
