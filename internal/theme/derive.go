package theme

import (
	"math"
	"strconv"
)

// The derived roles: what the style sheet uses besides what a theme sets. They are fitted to the theme's own backgrounds.
const (
	Sunken          Role = "sunken" // hovered lines, disabled fields
	BrandStrong     Role = "brand-strong"
	OnMastheadMuted Role = "on-masthead-muted"
)

const (
	textRatio      = 4.5 // WCAG 2.2, 1.4.3
	interfaceRatio = 3.0 // WCAG 2.2, 1.4.11
	enhancedRatio  = 7.0 // WCAG 2.2, 1.4.6, for those who ask for high contrast
)

// tint is a meaning of which a soft background and a readable ink are made.
type tint struct {
	name string
	from Role
}

func tints() []tint {
	return []tint{{"brand", Brand}, {"accent", Accent}, {"info", LinkRole}, {"success", Success}, {"warning", Warning}, {"danger", Danger}}
}

func soft(name string) Role { return Role(name + "-soft") }
func ink(name string) Role  { return Role(name + "-ink") }

// hues are the angles, in degrees, of the colours that tell schools and subjects apart; far enough from each other for most
// forms of colour blindness to keep four of them distinct.
func hues() []float64 { return []float64{250, 55, 150, 320, 95, 195} }

func hueName(i int) string { return "hue-" + strconv.Itoa(i+1) }

func (p Palette) sunken() Colour {
	return mix(p[Surface], p[Text], 0.06)
}

// derived returns the palette with every role that the style sheet knows. Inks reach ratio on every background they stand on.
func (p Palette) derived(ratio float64) Palette {
	full := Palette{}
	for role, colour := range p {
		full[role] = colour
	}
	full[Sunken] = p.sunken()
	full[BrandStrong] = stronger(p[Brand], p[OnBrand])
	full[OnMastheadMuted], _ = fit(mix(p[OnMasthead], p[Masthead], 0.14), against(ratio, p[Masthead]))
	for _, t := range tints() {
		full.tint(t.name, p[t.from], ratio)
	}
	for i, degrees := range hues() {
		full.tint(hueName(i), oklch{0.55, 0.13, degrees * math.Pi / 180}.colour(), ratio)
	}
	return full
}

func (p Palette) tint(name string, from Colour, ratio float64) {
	ground := mix(p[Surface], from, 0.13)
	if p.dark() {
		ground = mix(p[Surface], from, 0.22)
	}
	p[soft(name)] = ground
	p[ink(name)], _ = fit(from, against(ratio, p[Background], p[Surface], p[Raised], p[Sunken], ground))
}

func (p Palette) dark() bool {
	return p[Background].luminance() < p[Text].luminance()
}

// stronger moves a button's colour away from its label, so that a hovered button reads at least as well.
func stronger(ground, label Colour) Colour {
	seen := ground.oklch()
	step := -0.07
	if label.luminance() < ground.luminance() {
		step = 0.05
	}
	seen.L = math.Max(0, math.Min(1, seen.L+step))
	return seen.colour()
}

// contrasted is the palette for those who ask for high contrast: plain grounds, the same hues, every text at 7 to 1.
func (p Palette) contrasted() Palette {
	ground, letters := Colour{255, 255, 255}, Colour{}
	if p.dark() {
		ground, letters = letters, ground
	}
	high := Palette{Background: ground, Surface: ground, Raised: ground, Text: letters, Line: letters, Edge: letters, Focus: letters}
	high[Muted] = mix(letters, ground, 0.12)
	sunken := high.sunken()
	for _, pair := range [][2]Role{{Brand, OnBrand}, {Accent, OnAccent}, {Success, OnSuccess}, {Warning, OnWarning}, {Danger, OnDanger}} {
		high[pair[0]], _ = fit(p[pair[0]], against(enhancedRatio, ground, sunken))
		high[pair[1]] = ground
	}
	high[LinkRole], _ = fit(p[LinkRole], against(enhancedRatio, ground, sunken))
	high[OnMasthead] = Colour{255, 255, 255}
	high[Masthead], _ = fit(p[Masthead], against(enhancedRatio, high[OnMasthead]))
	return high
}
