package branding

import (
	"strconv"

	"elyco/internal/ui"
	"elyco/internal/words"
)

// choice is a value of a list and the key of its name.
type choice struct{ value, name string }

func fonts() []choice {
	return []choice{
		{"system", "branding.font.system"}, {"humanist", "branding.font.humanist"}, {"geometric", "branding.font.geometric"},
		{"grotesque", "branding.font.grotesque"}, {"industrial", "branding.font.industrial"}, {"rounded", "branding.font.rounded"},
		{"classical", "branding.font.classical"}, {"old-style", "branding.font.old_style"}, {"book", "branding.font.book"}, {"slab", "branding.font.slab"},
	}
}

func densities() []choice {
	return []choice{{"compact", "branding.density.compact"}, {"normal", "branding.density.normal"}, {"airy", "branding.density.airy"}}
}

func motifs() []choice {
	return []choice{
		{"plain", "branding.motif.plain"}, {"currents", "branding.motif.currents"}, {"pans", "branding.motif.pans"}, {"scales", "branding.motif.scales"},
		{"hedges", "branding.motif.hedges"}, {"kerb", "branding.motif.kerb"}, {"waves", "branding.motif.waves"}, {"palms", "branding.motif.palms"},
	}
}

func weights() []choice {
	return []choice{{"400", "branding.weight.regular"}, {"500", "branding.weight.medium"}, {"600", "branding.weight.semibold"},
		{"700", "branding.weight.bold"}, {"800", "branding.weight.heavy"}, {"900", "branding.weight.black"}}
}

func radii() []choice {
	return []choice{{"0", "branding.radius.square"}, {"2", "branding.radius.crisp"}, {"4", "branding.radius.soft"}, {"6", "branding.radius.softer"},
		{"8", "branding.radius.round"}, {"12", "branding.radius.rounder"}, {"16", "branding.radius.full"}, {"24", "branding.radius.pill"}}
}

// shapes are the lists for all that is not a colour.
func (f former) shapes() []ui.Select {
	s := f.s.desk.Look.Tokens.Shape
	if f.s.typed != nil && len(f.s.fields) > 0 {
		s = f.s.typed.Shape
	}
	radius := 0
	if s.Radius != nil {
		radius = *s.Radius
	}
	return []ui.Select{
		f.list("heading_font", words.T(f.ctx, "branding.heading_font"), fonts(), s.HeadingFont),
		f.list("weight", words.T(f.ctx, "branding.weight"), weights(), strconv.Itoa(nearestOf(weights(), s.Weight))),
		f.list("body_font", words.T(f.ctx, "branding.body_font"), fonts(), s.BodyFont),
		f.list("radius", words.T(f.ctx, "branding.radius"), withValue(radii(), radius), strconv.Itoa(radius)),
		f.list("density", words.T(f.ctx, "branding.density"), densities(), s.Density),
		f.list("motif", words.T(f.ctx, "branding.motif"), motifs(), s.Motif),
	}
}

func (f former) list(name, label string, choices []choice, value string) ui.Select {
	s := ui.Select{ID: name, Name: name, Label: label, Error: f.s.fields[name]}
	for _, c := range choices {
		text := c.name
		if text != c.value {
			text = words.T(f.ctx, c.name)
		}
		s.Choices = append(s.Choices, ui.Choice{Value: c.value, Label: text, Selected: c.value == value})
	}
	return s
}

// withValue adds the value in force when a theme file says one that the list does not offer.
func withValue(choices []choice, value int) []choice {
	text := strconv.Itoa(value)
	for _, c := range choices {
		if c.value == text {
			return choices
		}
	}
	return append(choices, choice{text, text})
}

func nearestOf(choices []choice, value int) int {
	best := 0
	for _, c := range choices {
		n, err := strconv.Atoi(c.value)
		if err == nil && (best == 0 || abs(n-value) < abs(best-value)) {
			best = n
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }
