package theme

import "elyco/internal/mail"

// Letters are the looks of an e-mail that wears the tokens: light, and for readers in dark mode the dark colours put where
// the light ones are.
func (t Tokens) Letters() (light, dark mail.Look) {
	return look(t.Inline()), look(Tokens{Light: t.Dark, Dark: t.Dark, Shape: t.Shape}.Inline())
}

func look(i Inline) mail.Look {
	return mail.Look{Background: i.Background, Surface: i.Surface, Text: i.Text, Muted: i.Muted, Line: i.Line, Masthead: i.Masthead,
		OnMasthead: i.OnMasthead, Brand: i.Brand, OnBrand: i.OnBrand, Link: i.Link, BodyFont: i.BodyFont, HeadingFont: i.HeadingFont, Radius: i.Radius}
}
