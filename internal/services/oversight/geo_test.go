package oversight

import (
	"slices"
	"strings"
	"testing"

	"elyco/internal/tenant"
	"elyco/tenants"
)

func geography(t *testing.T) Geography {
	t.Helper()
	g, err := ReadGeography()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestCitiesLieInTheirDepartment finds what was written with a wrong figure.
func TestCitiesLieInTheirDepartment(t *testing.T) {
	g := geography(t)
	for key, p := range g.cities {
		for _, d := range g.Departments {
			mine := strings.HasPrefix(key, d.Code+"/")
			if mine && !d.Holds(p, 5) {
				t.Errorf("%s lies outside its département, %.0f units off", key, distance(d.Rings[0], p))
			}
			if !mine && d.Holds(p, -1) && distance(d.Rings[0], p) > 5 {
				t.Errorf("%s lies in %s", key, d.Name)
			}
		}
	}
}

// TestEveryCityOfTheTerritoryIsKnown holds that no establishment of the files stands in the margin.
func TestEveryCityOfTheTerritoryIsKnown(t *testing.T) {
	g := geography(t)
	territory, problems := tenant.LoadTerritory(tenants.FS)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	n := 0
	for _, c := range territory.Collectivities {
		for _, e := range c.Establishments {
			if _, ok := g.City(e.Department, e.City); !ok {
				t.Errorf("%s %s has no place", e.Department, e.City)
			}
			n++
		}
	}
	if n < 700 {
		t.Fatalf("only %d establishments were looked at", n)
	}
}

func TestNeighboursShareTheirBorders(t *testing.T) {
	g := geography(t)
	if len(g.Departments) != 5 {
		t.Fatalf("%d départements", len(g.Departments))
	}
	for _, d := range g.Departments {
		n := 0
		for _, p := range d.Rings[0] {
			if slices.ContainsFunc(g.Departments, func(o Outline) bool { return o.Code != d.Code && slices.Contains(o.Rings[0], p) }) {
				n++
			}
		}
		if len(d.Rings[0]) < 40 || n < 8 {
			t.Errorf("%s has %d points, of which it shares %d", d.Name, len(d.Rings[0]), n)
		}
		if b := g.boxOf(d.Code); b.W < 150 || b.W > 900 || b.H < 150 || b.H > 900 {
			t.Errorf("%s is drawn in %+v", d.Name, b)
		}
	}
}

func TestWrongDataIsRefused(t *testing.T) {
	for name, c := range map[string][2]string{
		"a border that is open":   {"44 sea\t0,0 1,1 2,2", ""},
		"a border without figure": {"44 sea\t0,0 1,x 0,0", ""},
		"a gap":                   {"44 sea\t0,0 1,1\n44 49\t2,2 0,0", ""},
		"a city without a place":  {outlinesTSV, "44\tNantes\t\t47"},
		"a city cut short":        {outlinesTSV, "44\tNantes"},
	} {
		if _, err := readGeography(c[0], c[1]); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}
