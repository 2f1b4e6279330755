package sheet

import (
	"bytes"
	"errors"
	"io/fs"
	"math"
	"testing"

	"elyco/themes"
)

func page(logo Logo) Page {
	return Page{Masthead: Colour{20, 60, 90}, OnMasthead: Colour{255, 255, 255}, Accent: Colour{240, 160, 100}, Site: "Collège Œuvre-des-Îles",
		SiteKind: "Collège public · Vendée", Logo: logo, Title: "Réunion d’information", Paragraphs: []string{"Où, quand, comment ? À 18 h."},
		Facts: []Fact{{"Lieu", "Salle polyvalente"}}, Footer: "Édité le 23 novembre 2026", PageWord: "Page"}
}

func TestEveryShippedLogoIsDrawn(t *testing.T) {
	entries, err := themes.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		source, err := fs.ReadFile(themes.FS, e.Name()+"/logo.svg")
		if err != nil {
			t.Fatal(err)
		}
		b := box{20, 7, 16}
		shapes, err := readSVG(source, b)
		if err != nil || len(shapes) < 2 {
			t.Errorf("%s: %d shapes, %v", e.Name(), len(shapes), err)
		}
		for _, s := range shapes {
			for _, step := range s.path {
				for _, p := range step.points {
					if math.IsNaN(p.x) || p.x < b.x-2 || p.x > b.x+b.side+2 || p.y < b.y-2 || p.y > b.y+b.side+2 {
						t.Errorf("%s: a point at %v, far outside %v", e.Name(), p, b)
					}
				}
			}
		}
		pdf, err := page(Logo{source, "image/svg+xml"}).PDF()
		if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Errorf("%s: %v", e.Name(), err)
		}
	}
}

func TestPathsEndWhereTheySay(t *testing.T) {
	for d, want := range map[string]point{
		"M1 2l3 4":                         {4, 6},
		"M0 0 10 0 10 10":                  {10, 10},
		"m1,1h5v-3H2":                      {2, -2},
		"M0 0c1 1 2 2 3 0s2-1 3 0":         {6, 0},
		"M0 0q1 1 2 0t2 0":                 {4, 0},
		"M0 0a5 5 0 0110 0":                {10, 0},
		"M34 24.5a16 16 0 0 1 6.7 13.4z":   {34, 24.5},
		"M0 0a6.5 6.5 0 0 1-13 0":          {-13, 0},
		"M1e1-.5.5.5z":                     {10, -0.5},
		"M0 0A5 5 30 1 0 .1.1L2 2M7 7L8 8": {8, 8},
	} {
		p, err := parsePath(d)
		if err != nil {
			t.Errorf("%s: %v", d, err)
			continue
		}
		end := point{}
		var start point
		for _, s := range p {
			switch s.kind {
			case 'M':
				start, end = s.points[0], s.points[0]
			case 'Z':
				end = start
			default:
				end = s.points[len(s.points)-1]
			}
		}
		if math.Hypot(end.x-want.x, end.y-want.y) > 1e-9 {
			t.Errorf("%s ends at %v, not %v", d, end, want)
		}
	}
}

func TestWhatIsBeyondShapesIsLeftOut(t *testing.T) {
	for name, inside := range map[string]string{"gradient": `<rect width="1" height="1" fill="url(#a)"/>`, "text": `<text>a</text>`,
		"copy": `<use href="#a"/>`, "veil": `<g opacity="0.5"></g>`, "broken path": `<path d="M1"/>`} {
		source := []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2">` + inside + `</svg>`)
		if _, err := readSVG(source, box{0, 0, 1}); !errors.Is(err, errBeyond) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := page(Logo{source, "image/svg+xml"}).PDF(); err != nil {
			t.Errorf("%s: the page is not printed: %v", name, err)
		}
	}
}
