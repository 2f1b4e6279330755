package oversight

import (
	"cmp"
	"math"
	"slices"

	"elyco/internal/tenant"
)

// Cluster is one mark of the map: the establishments of a commune, or of communes too close to be told apart at this
// scale.
type Cluster struct {
	At      Point
	Cities  []string // as département and slug; the one with the most establishments first
	Name    string   // of that commune
	Schools []*tenant.Tenant
}

// Unplaced are the establishments of a commune that the map does not know, listed beside it.
type Unplaced struct {
	Department string
	Schools    []*tenant.Tenant
}

// Place puts establishments on the map. Communes nearer to each other than apart become one mark, around the one that
// has the most establishments. Nobody is lost: who has no place is listed by département.
func (g Geography) Place(schools []*tenant.Tenant, apart float64) ([]Cluster, []Unplaced) {
	byCity, unplaced := map[string]*Cluster{}, map[string][]*tenant.Tenant{}
	for _, t := range schools {
		at, known := g.City(t.Department, t.City)
		if !known {
			unplaced[t.Department] = append(unplaced[t.Department], t)
			continue
		}
		key := cityKey(t.Department, t.City)
		if byCity[key] == nil {
			byCity[key] = &Cluster{At: at, Cities: []string{key}, Name: t.City}
		}
		byCity[key].Schools = append(byCity[key].Schools, t)
	}
	cities := make([]*Cluster, 0, len(byCity))
	for _, c := range byCity {
		cities = append(cities, c)
	}
	slices.SortFunc(cities, func(a, b *Cluster) int {
		return cmp.Or(len(b.Schools)-len(a.Schools), cmp.Compare(a.Cities[0], b.Cities[0]))
	})
	return gather(cities, apart), listed(unplaced)
}

func gather(cities []*Cluster, apart float64) []Cluster {
	var marks []Cluster
	for _, c := range cities {
		i := slices.IndexFunc(marks, func(m Cluster) bool { return math.Hypot(m.At.X-c.At.X, m.At.Y-c.At.Y) < apart })
		if i < 0 {
			marks = append(marks, *c)
			continue
		}
		marks[i].Cities = append(marks[i].Cities, c.Cities...)
		marks[i].Schools = append(marks[i].Schools, c.Schools...)
	}
	// From north to south and west to east, which is the order of the keyboard.
	slices.SortFunc(marks, func(a, b Cluster) int {
		const row = 40
		return cmp.Or(cmp.Compare(math.Floor(a.At.Y/row), math.Floor(b.At.Y/row)), cmp.Compare(a.At.X, b.At.X))
	})
	return marks
}

func listed(byDepartment map[string][]*tenant.Tenant) []Unplaced {
	var list []Unplaced
	for code, schools := range byDepartment {
		list = append(list, Unplaced{code, schools})
	}
	slices.SortFunc(list, func(a, b Unplaced) int { return cmp.Compare(a.Department, b.Department) })
	return list
}

// Near keeps the clusters' part of the drawing around one commune: half a degree, in which an agglomeration opens up.
func (g Geography) near(city string) (Box, bool) {
	p, ok := g.cities[city]
	const half = 45
	return Box{p.X - half, p.Y - half, 2 * half, 2 * half}, ok
}

// Figure is the shape that stands for a kind of establishment.
type Figure string

// The shapes of the map.
const (
	Disc    Figure = "disc"    // collèges
	Square  Figure = "square"  // lycées
	Diamond Figure = "diamond" // lycées professionnels
	Wedge   Figure = "wedge"   // EREA
	Mixed   Figure = "mixed"   // several kinds in one mark
)

// FigureOf is the shape of one establishment.
func FigureOf(t *tenant.Tenant) Figure {
	switch t.Nature {
	case "college":
		return Disc
	case "lp":
		return Diamond
	case "erea":
		return Wedge
	}
	return Square
}

// Figure is the shape of the mark.
func (c Cluster) Figure() Figure {
	f := FigureOf(c.Schools[0])
	for _, t := range c.Schools[1:] {
		if FigureOf(t) != f {
			return Mixed
		}
	}
	return f
}

// urgency puts the states in the order in which somebody should look at them.
var urgency = []tenant.State{tenant.Suspended, tenant.Opening, tenant.Planned, tenant.Open, tenant.Merged, tenant.Closed}

// State is the state that the mark shows: of those of its establishments, the one that most asks to be looked at.
func (c Cluster) State() tenant.State {
	return slices.MinFunc(c.Schools, func(a, b *tenant.Tenant) int {
		return slices.Index(urgency, a.State) - slices.Index(urgency, b.State)
	}).State
}
