package theme

import (
	"fmt"
	"strings"
)

// pair is two colours that meet on a page, and the contrast they need.
type pair struct {
	front, back Role
	ratio       float64
}

// Finding is a pair of colours that people could not tell apart well enough.
type Finding struct {
	Scheme      Scheme
	Front       Role
	Back        Role
	FrontColour Colour
	BackColour  Colour
	Ratio       float64
	Required    float64
	Nearest     Colour // for Front: same hue, smallest move that meets every need of this role
	Possible    bool   // false when no lightness of Front can do: Back must change
}

// Check measures every pair that the pages use, in light and in dark. An empty answer means that the theme may be published.
func Check(t Tokens) []Finding {
	return append(checkPalette(Light, t.Light, textRatio), checkPalette(Dark, t.Dark, textRatio)...)
}

// CheckHighContrast measures the palettes derived for those who ask for high contrast, where every text needs 7 to 1.
func CheckHighContrast(t Tokens) []Finding {
	return append(checkPalette(Light, t.Light.contrasted(), enhancedRatio), checkPalette(Dark, t.Dark.contrasted(), enhancedRatio)...)
}

func checkPalette(scheme Scheme, p Palette, ratio float64) []Finding {
	full := p.derived(ratio)
	pairs := usedPairs(ratio)
	var findings []Finding
	for _, one := range pairs {
		got := Contrast(full[one.front], full[one.back])
		if got >= one.ratio {
			continue
		}
		f := Finding{Scheme: scheme, Front: one.front, Back: one.back, FrontColour: full[one.front], BackColour: full[one.back],
			Ratio: got, Required: one.ratio}
		f.Nearest, f.Possible = fit(f.FrontColour, needsOf(one.front, pairs, full))
		if !f.Possible {
			f.Nearest, f.Possible = fit(f.FrontColour, against(one.ratio, f.BackColour))
		}
		findings = append(findings, f)
	}
	return findings
}

func needsOf(role Role, pairs []pair, p Palette) []need {
	var needs []need
	for _, one := range pairs {
		if one.front == role {
			needs = append(needs, need{p[one.back], one.ratio})
		}
	}
	return needs
}

// usedPairs lists what stands on what in the style sheet. A new combination there needs a line here.
func usedPairs(ratio float64) []pair {
	grounds := []Role{Background, Surface, Raised, Sunken}
	var pairs []pair
	on := func(ratio float64, front Role, backs ...Role) {
		for _, back := range backs {
			pairs = append(pairs, pair{front, back, ratio})
		}
	}
	for _, letters := range []Role{Text, Muted, LinkRole} {
		on(ratio, letters, grounds...)
	}
	for _, drawn := range []Role{Edge, Brand, Danger} {
		on(interfaceRatio, drawn, Background, Surface, Raised)
	}
	on(interfaceRatio, Focus, grounds...)
	on(ratio, OnBrand, Brand, BrandStrong)
	on(ratio, OnMasthead, Masthead)
	on(ratio, OnMastheadMuted, Masthead)
	on(ratio, OnAccent, Accent)
	on(ratio, OnSuccess, Success)
	on(ratio, OnWarning, Warning)
	on(ratio, OnDanger, Danger)
	for _, t := range tints() {
		on(ratio, Text, soft(t.name))
		on(ratio, ink(t.name), append([]Role{soft(t.name)}, grounds...)...)
	}
	for i := range hues() {
		on(ratio, ink(hueName(i)), soft(hueName(i)))
	}
	return pairs
}

// Words says the finding to the person who designs the theme.
func (f Finding) Words() string {
	scheme := "En couleurs claires"
	if f.Scheme == Dark {
		scheme = "En couleurs sombres"
	}
	sentence := fmt.Sprintf("%s, « %s » (%s) sur « %s » (%s) a un contraste de %s pour %s demandé.", scheme,
		f.Front, f.FrontColour.Hex(), f.Back, f.BackColour.Hex(), ratioWords(f.Ratio), ratioWords(f.Required))
	if !f.Possible {
		return sentence + fmt.Sprintf(" Aucune nuance de « %s » ne convient : changez « %s ».", f.Front, f.Back)
	}
	return sentence + fmt.Sprintf(" La couleur la plus proche qui convient est %s.", f.Nearest.Hex())
}

// ratioWords rounds down, so that 4,499 never reads as the 4,5 it does not reach.
func ratioWords(ratio float64) string {
	hundredths := int(ratio * 100)
	text := fmt.Sprintf("%d,%02d", hundredths/100, hundredths%100)
	return strings.TrimSuffix(strings.TrimSuffix(text, "0"), ",0")
}
