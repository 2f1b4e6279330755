package oversight

import (
	_ "embed"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"elyco/internal/tenant"
)

//go:embed data/outlines.tsv
var outlinesTSV string

//go:embed data/cities.tsv
var citiesTSV string

// Point is a place on the map, in the units of its drawing: a thousand from west to east, y downwards.
type Point struct{ X, Y float64 }

// The corner of the drawing, in degrees, and its scale. At this latitude a degree of longitude is two thirds of one of
// latitude.
const (
	west, north = -2.62, 48.58
	scale       = 420.0
	squeeze     = 0.678
)

func project(lon, lat float64) Point {
	return Point{X: (lon - west) * squeeze * scale, Y: (north - lat) * scale}
}

// Geography is where the départements and the communes lie.
type Geography struct {
	Departments []Outline
	cities      map[string]Point // by département and slug of the name
}

// Outline is a département: its name, and one ring for the land and one for each island.
type Outline struct {
	Code  string
	Name  string
	Rings [][]Point
}

// departmentNames, in the order of codes.
var departmentNames = []struct{ code, name string }{
	{"44", "Loire-Atlantique"}, {"49", "Maine-et-Loire"}, {"53", "Mayenne"}, {"72", "Sarthe"}, {"85", "Vendée"},
}

// DepartmentName is the name of a département of the academy, or its code when it is not one of them.
func DepartmentName(code string) string {
	for _, d := range departmentNames {
		if d.code == code {
			return d.name
		}
	}
	return code
}

// ReadGeography reads the two files that the program carries.
func ReadGeography() (Geography, error) { return readGeography(outlinesTSV, citiesTSV) }

func readGeography(outlines, cities string) (Geography, error) {
	g := Geography{cities: map[string]Point{}}
	borders, islands := map[string][][]Point{}, map[string][][]Point{}
	for _, line := range dataLines(outlines) {
		whose, text, _ := strings.Cut(line, "\t")
		points, err := readPoints(text)
		if err != nil {
			return g, fmt.Errorf("border %q: %w", whose, err)
		}
		names := strings.Fields(whose)
		if slices.Contains(names, "island") {
			islands[names[0]] = append(islands[names[0]], points)
			continue
		}
		for _, n := range names {
			borders[n] = append(borders[n], points)
		}
	}
	for _, d := range departmentNames {
		ring, err := chain(borders[d.code])
		if err != nil {
			return g, fmt.Errorf("département %s: %w", d.code, err)
		}
		g.Departments = append(g.Departments, Outline{d.code, d.name, append([][]Point{ring}, islands[d.code]...)})
	}
	for _, line := range dataLines(cities) {
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			return g, fmt.Errorf("commune %q: four columns are needed", line)
		}
		p, err := readPoint(f[2] + "," + f[3])
		if err != nil {
			return g, fmt.Errorf("commune %q: %w", f[1], err)
		}
		g.cities[cityKey(f[0], f[1])] = p
	}
	return g, nil
}

func dataLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\n"); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	return lines
}

func readPoints(text string) ([]Point, error) {
	var points []Point
	for _, word := range strings.Fields(text) {
		p, err := readPoint(word)
		if err != nil {
			return nil, err
		}
		points = append(points, p)
	}
	return points, nil
}

func readPoint(text string) (Point, error) {
	lon, lat, _ := strings.Cut(text, ",")
	x, e1 := strconv.ParseFloat(lon, 64)
	y, e2 := strconv.ParseFloat(lat, 64)
	return project(x, y), errors.Join(e1, e2)
}

// chain puts borders end to end, turning those that were written the other way round, until they close.
func chain(borders [][]Point) ([]Point, error) {
	if len(borders) == 0 {
		return nil, errors.New("has no border")
	}
	ring, left := slices.Clone(borders[0]), slices.Clone(borders[1:])
	for len(left) > 0 {
		end := ring[len(ring)-1]
		i := slices.IndexFunc(left, func(b []Point) bool { return b[0] == end || b[len(b)-1] == end })
		if i < 0 {
			return nil, errors.New("its borders do not follow each other")
		}
		next := slices.Clone(left[i])
		if next[0] != end {
			slices.Reverse(next)
		}
		ring = append(ring, next[1:]...)
		left = slices.Delete(left, i, i+1)
	}
	if ring[0] != ring[len(ring)-1] {
		return nil, errors.New("its borders do not close")
	}
	return ring, nil
}

func cityKey(department, city string) string { return department + "/" + tenant.Slugify(city) }

// City finds where a commune lies; false when the map does not know it.
func (g Geography) City(department, city string) (Point, bool) {
	p, ok := g.cities[cityKey(department, city)]
	return p, ok
}

// Holds reports whether a place lies in the département, or within a few units of its border.
func (o Outline) Holds(p Point, near float64) bool {
	for _, ring := range o.Rings {
		if inside(ring, p) || distance(ring, p) <= near {
			return true
		}
	}
	return false
}

func inside(ring []Point, p Point) bool {
	in := false
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		if (a.Y > p.Y) != (b.Y > p.Y) && p.X < (b.X-a.X)*(p.Y-a.Y)/(b.Y-a.Y)+a.X {
			in = !in
		}
	}
	return in
}

func distance(ring []Point, p Point) float64 {
	best := math.Inf(1)
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		dx, dy := b.X-a.X, b.Y-a.Y
		t := 0.0
		if l := dx*dx + dy*dy; l > 0 {
			t = min(1, max(0, ((p.X-a.X)*dx+(p.Y-a.Y)*dy)/l))
		}
		best = min(best, math.Hypot(p.X-a.X-t*dx, p.Y-a.Y-t*dy))
	}
	return best
}

// Box is a part of the drawing.
type Box struct{ X, Y, W, H float64 }

// whole is the drawing itself.
func (g Geography) whole() Box { return around(g.Departments, 20) }

// boxOf is the part that shows one département, or the whole drawing for a code that is none.
func (g Geography) boxOf(department string) Box {
	for _, d := range g.Departments {
		if d.Code == department {
			return around([]Outline{d}, 12)
		}
	}
	return g.whole()
}

func around(list []Outline, margin float64) Box {
	low, high := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	for _, o := range list {
		for _, ring := range o.Rings {
			for _, p := range ring {
				low = Point{min(low.X, p.X), min(low.Y, p.Y)}
				high = Point{max(high.X, p.X), max(high.Y, p.Y)}
			}
		}
	}
	return Box{low.X - margin, low.Y - margin, high.X - low.X + 2*margin, high.Y - low.Y + 2*margin}
}
