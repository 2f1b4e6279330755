package theme

// Paper is an outfit as it is printed: the band keeps its colours, and what is written below it is legible on white.
type Paper struct {
	Masthead, OnMasthead, Accent, Line Colour
	Brand, Text, Muted                 Colour
}

// Paper gives the colours of the light palette for printed pages. Where a theme's light page is not light at all, its text
// is printed in the colour of the band, or in black.
func (t Tokens) Paper() Paper {
	p := t.Palette(Light)
	return Paper{Masthead: p[Masthead], OnMasthead: p[OnMasthead], Accent: p[Accent], Line: p[Line],
		Brand: p.onWhite(p[Brand]), Text: p.onWhite(p[Text]), Muted: p.onWhite(p[Muted])}
}

func (p Palette) onWhite(c Colour) Colour {
	const readable = 4.5
	white := Colour{255, 255, 255}
	for _, one := range []Colour{c, p[Text], p[Masthead]} {
		if Contrast(one, white) >= readable {
			return one
		}
	}
	return Colour{}
}
