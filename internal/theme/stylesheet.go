package theme

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Stylesheet writes the tokens as custom properties for light, dark and high contrast, and the hash that names the file. The
// same tokens give the same bytes. Nothing of it comes from free text: colours are numbers, all else is chosen from lists.
func Stylesheet(t Tokens) (css []byte, hash string) {
	light, dark := properties(t.Light.derived(textRatio)), properties(t.Dark.derived(textRatio))
	strongLight, strongDark := properties(t.Light.contrasted().derived(enhancedRatio)), properties(t.Dark.contrasted().derived(enhancedRatio))
	var out bytes.Buffer
	rule := func(format, selector, scheme, body string) {
		fmt.Fprintf(&out, format, selector+"{color-scheme:"+scheme+";"+body+"}")
	}
	const plain, whenDark, whenStrong, whenBoth = "%s\n", "@media (prefers-color-scheme:dark){%s}\n", "@media (prefers-contrast:more){%s}\n",
		"@media (prefers-color-scheme:dark) and (prefers-contrast:more){%s}\n"
	rule(plain, ":root", "light", light+shapeProperties(t.Shape))
	rule(whenDark, ":root:not([data-scheme=light])", "dark", dark)
	rule(plain, ":root[data-scheme=dark]", "dark", dark)
	rule(whenStrong, ":root:not([data-scheme=dark])", "light", strongLight)
	rule(whenBoth, ":root:not([data-scheme=light])", "dark", strongDark)
	rule(whenStrong, ":root[data-scheme=dark]", "dark", strongDark)
	rule(plain, ":root[data-contrast=high]", "light", strongLight)
	rule(whenDark, ":root[data-contrast=high]:not([data-scheme=light])", "dark", strongDark)
	rule(plain, ":root[data-contrast=high][data-scheme=dark]", "dark", strongDark)
	sum := sha256.Sum256(out.Bytes())
	return out.Bytes(), hex.EncodeToString(sum[:8])
}

// propertyName shortens the names that the style sheet writes most often.
func propertyName(r Role) string {
	switch r {
	case Background:
		return "--bg"
	case Muted:
		return "--muted"
	}
	return "--" + string(r)
}

func properties(p Palette) string {
	roles := make([]Role, 0, len(p))
	for role := range p {
		roles = append(roles, role)
	}
	slices.Sort(roles)
	var out strings.Builder
	for _, role := range roles {
		out.WriteString(propertyName(role) + ":" + p[role].Hex() + ";")
	}
	return out.String()
}

func shapeProperties(s Shape) string {
	radius := 8
	if s.Radius != nil {
		radius = *s.Radius
	}
	heading := s.HeadingFont
	tracking := "-0.012em"
	if heading == "industrial" || heading == "slab" {
		tracking = "0"
	}
	strip := motifs()[s.Motif]
	if strip.image == "" {
		strip = motifs()["plain"]
	}
	var out strings.Builder
	set := func(name, value string) { out.WriteString("--" + name + ":" + value + ";") }
	set("font-body", pick(Fonts(), s.BodyFont, "system"))
	set("font-heading", pick(Fonts(), heading, "system"))
	set("heading-weight", fmt.Sprint(max(s.Weight, 400)))
	set("heading-tracking", tracking)
	set("radius", fmt.Sprintf("%dpx", radius))
	set("radius-large", fmt.Sprintf("%dpx", radius*3/2))
	set("density", pick(Densities(), s.Density, "normal"))
	set("motif", strip.image)
	set("motif-size", strip.size)
	return out.String()
}

func pick(from map[string]string, name, otherwise string) string {
	if value, ok := from[name]; ok {
		return value
	}
	return from[otherwise]
}

// Inline is the light scheme in plain hexadecimal, for e-mails and PDFs, where neither custom properties nor schemes are safe.
type Inline struct {
	Background, Surface, Text, Muted, Line   string
	Brand, OnBrand, Masthead, OnMasthead     string
	Accent, OnAccent, AccentInk, Link        string
	SuccessInk, WarningInk, Danger, OnDanger string
	BodyFont, HeadingFont                    string
	Radius                                   int
}

// Inline gives the values for e-mails and PDFs.
func (t Tokens) Inline() Inline {
	p := t.Light.derived(textRatio)
	radius := 8
	if t.Shape.Radius != nil {
		radius = *t.Shape.Radius
	}
	return Inline{
		Background: p[Background].Hex(), Surface: p[Surface].Hex(), Text: p[Text].Hex(), Muted: p[Muted].Hex(), Line: p[Line].Hex(),
		Brand: p[Brand].Hex(), OnBrand: p[OnBrand].Hex(), Masthead: p[Masthead].Hex(), OnMasthead: p[OnMasthead].Hex(),
		Accent: p[Accent].Hex(), OnAccent: p[OnAccent].Hex(), AccentInk: p[ink("accent")].Hex(), Link: p[LinkRole].Hex(),
		SuccessInk: p[ink("success")].Hex(), WarningInk: p[ink("warning")].Hex(), Danger: p[Danger].Hex(), OnDanger: p[OnDanger].Hex(),
		BodyFont: pick(Fonts(), t.Shape.BodyFont, "system"), HeadingFont: pick(Fonts(), t.Shape.HeadingFont, "system"), Radius: radius,
	}
}
