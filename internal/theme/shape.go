package theme

import "sort"

// Fonts are the type families a theme may name. They are stacks of faces that devices already have, so that a page waits for
// no download and no reader's address goes to a font service.
func Fonts() map[string]string {
	return map[string]string{
		"system":     `system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif`,
		"humanist":   `Seravek, "Gill Sans Nova", "Gill Sans", Ubuntu, Calibri, "Noto Sans", "DejaVu Sans", sans-serif`,
		"geometric":  `Avenir, "Avenir Next", Montserrat, Corbel, "Century Gothic", "URW Gothic", "Noto Sans Display", "Noto Sans", sans-serif`,
		"grotesque":  `Inter, "Helvetica Neue", "Neue Haas Grotesk Text Pro", Arimo, Arial, "Liberation Sans", sans-serif`,
		"industrial": `Bahnschrift, "DIN Alternate", "Franklin Gothic Medium", "Roboto Condensed", "Liberation Sans Narrow", "Nimbus Sans Narrow", sans-serif`,
		"rounded":    `ui-rounded, "Hiragino Maru Gothic ProN", Quicksand, Comfortaa, Manjari, "Arial Rounded MT Bold", Nunito, "Noto Sans", sans-serif`,
		"old-style":  `"Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, "Noto Serif", serif`,
		"book":       `Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", serif`,
		"slab":       `Rockwell, "Rockwell Nova", "Roboto Slab", "Sitka Small", "DejaVu Serif", serif`,
		"classical":  `Optima, Candara, "Noto Sans Display", "Noto Sans", source-sans-pro, sans-serif`,
	}
}

// Densities are how much room things take.
func Densities() map[string]string {
	return map[string]string{"compact": "0.88", "normal": "1", "airy": "1.1"}
}

// motif is a drawing for the strip under the masthead, made of gradients only.
type motif struct{ image, size string }

func motifs() map[string]motif {
	return map[string]motif{
		"plain":    {`linear-gradient(var(--accent), var(--accent))`, "100% 4px"},
		"currents": {`linear-gradient(100deg, var(--accent) 0 22%, var(--on-masthead) 22.2% 23%, var(--masthead) 23.2% 41%, var(--accent) 41.2% 58%, var(--masthead) 58.2% 66%, var(--on-masthead) 66.2% 67.4%, var(--accent) 67.6%)`, "100% 100%"},
		"pans":     {`linear-gradient(90deg, var(--accent) 0 18px, transparent 18px 22px, var(--on-masthead) 22px 46px, transparent 46px 50px)`, "50px 8px"},
		"scales":   {`radial-gradient(circle at 50% 0, var(--accent) 0 6.5px, transparent 7px)`, "15px 8px"},
		"hedges":   {`radial-gradient(ellipse 11px 7px at 50% 100%, var(--accent) 0 96%, transparent 100%)`, "20px 8px"},
		"kerb":     {`linear-gradient(-45deg, var(--accent) 25%, transparent 25% 50%, var(--accent) 50% 75%, transparent 75%)`, "24px 24px"},
		"waves":    {`radial-gradient(ellipse 17px 9px at 50% 0, transparent 0 92%, var(--accent) 96%)`, "30px 8px"},
		"palms":    {`linear-gradient(115deg, transparent 0 42%, var(--accent) 42% 58%, transparent 58%)`, "14px 8px"},
	}
}

// FontNames, DensityNames and MotifNames list what the theme page offers.
func FontNames() []string { return sortedKeys(Fonts()) }

// DensityNames lists the densities.
func DensityNames() []string { return sortedKeys(Densities()) }

// MotifNames lists the motifs.
func MotifNames() []string { return sortedKeys(motifs()) }

func sortedKeys[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
