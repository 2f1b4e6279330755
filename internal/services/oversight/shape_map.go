package oversight

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// The widths, in pixels, at which a map is drawn on a desk and on a phone: marks stand far enough apart for a finger there.
const (
	deskWidth, phoneWidth = 700.0, 300.0
	fingertip             = 26.0
)

func (r *Room) shapeMap(ctx context.Context, f Filter, near string, sums Sums) mapView {
	here := tenant.From(ctx)
	all := Schools(here)
	city := f.City
	f.City, f.Page, f.Sort = "", 0, ""
	kept := f.Keep(all, sums)
	v := mapView{Head: ui.PageHead{Kicker: here.Name, Title: words.T(ctx, "oversight.map.title"), Lead: words.T(ctx, "oversight.map.lead")},
		Tabs: r.tabs(ctx, "/map"), Look: r.shapeFilter(ctx, f, "/map", len(kept), len(all)), Table: f.With(home + "/establishments"),
		Legend: legend(ctx)}
	box, zoomed := r.land.boxOf(shownDepartment(here, f)), f.Department != ""
	if b, ok := r.land.near(near); ok {
		box, zoomed = b, true
	}
	v.Box = fmt.Sprintf("%.1f %.1f %.1f %.1f", box.X, box.Y, box.W, box.H)
	v.Label = words.N(ctx, "oversight.map.label", len(kept))
	for _, d := range r.land.Departments {
		one := landView{Name: d.Name, Path: pathOf(d.Rings), Current: d.Code == f.Department}
		if d.Code != f.Department && slices.ContainsFunc(all, func(t *tenant.Tenant) bool { return t.Department == d.Code }) {
			one.URL = f.With(home+"/map", "department", d.Code)
		}
		v.Land = append(v.Land, one)
	}
	if zoomed {
		v.Out = f.With(home+"/map", "department", "")
	}
	m := marker{ctx: ctx, f: f, near: near, chosen: city}
	v.Desk = m.marks(r.land, kept, box, deskWidth)
	v.Phone = m.marks(r.land, kept, box, phoneWidth)
	_, unplaced := r.land.Place(kept, 0)
	for _, u := range unplaced {
		v.Unplaced = append(v.Unplaced, marginView{Title: words.T(ctx, "oversight.map.margin", "department", DepartmentName(u.Department)), Items: items(ctx, u.Schools)})
	}
	if city != "" {
		f.City = city
		chosen := f.Keep(all, sums)
		if len(chosen) > 0 {
			v.Chosen = &marginView{Title: words.N(ctx, "oversight.map.chosen", len(chosen), "city", chosen[0].City), Items: items(ctx, chosen)}
		}
	}
	return v
}

// shownDepartment is the département that the map shows: the one that was asked for, or that of a collectivity that is one.
func shownDepartment(here *tenant.Tenant, f Filter) string {
	if f.Department == "" {
		return here.Department
	}
	return f.Department
}

func pathOf(rings [][]Point) string {
	var b strings.Builder
	for _, ring := range rings {
		for i, p := range ring {
			fmt.Fprintf(&b, "%s%.1f %.1f", map[bool]string{true: "M", false: "L"}[i == 0], p.X, p.Y)
		}
		b.WriteString("Z")
	}
	return b.String()
}

func items(ctx context.Context, list []*tenant.Tenant) []ui.Item {
	var out []ui.Item
	for _, t := range list {
		out = append(out, ui.Item{Title: t.Name, URL: address(t.ID), Meta: kindWords(ctx, t) + " " + sectorWords(ctx, t.Sector), Badges: []ui.Badge{stateBadge(ctx, t.State)}})
	}
	return out
}

// marker turns clusters into marks.
type marker struct {
	ctx          context.Context
	f            Filter
	near, chosen string
}

func (m marker) marks(land Geography, list []*tenant.Tenant, box Box, width float64) []markView {
	unit := max(box.W, box.H) / width
	clusters, _ := land.Place(list, fingertip*unit)
	var marks []markView
	for _, c := range clusters {
		if c.At.X < box.X || c.At.X > box.X+box.W || c.At.Y < box.Y || c.At.Y > box.Y+box.H {
			continue
		}
		marks = append(marks, m.mark(c, unit))
	}
	return marks
}

func (m marker) mark(c Cluster, unit float64) markView {
	n := len(c.Schools)
	radius := 8 * unit
	if n > 1 {
		radius = min(17, 9+1.6*math.Log2(float64(n))) * unit
	}
	v := markView{X: fmt.Sprintf("%.1f", c.At.X), Y: fmt.Sprintf("%.1f", c.At.Y), State: string(c.State()), Shape: shapePath(c.Figure(), radius),
		Size: fmt.Sprintf("%.2f", 11*unit), Sign: stateSign(c.State()), Chosen: slices.Contains(c.Cities, m.chosen)}
	if n > 1 {
		v.Sign = words.Number(n)
	}
	state := words.T(m.ctx, "oversight.state."+string(c.State()))
	switch {
	case n == 1:
		t := c.Schools[0]
		v.Label = t.Name + ", " + t.City + ", " + kindWords(m.ctx, t) + " " + sectorWords(m.ctx, t.Sector) + ", " + state
		v.URL = address(t.ID)
	case len(c.Cities) == 1 || m.near == c.Cities[0]:
		v.Label = words.N(m.ctx, "oversight.map.city", n, "city", c.Name, "state", state)
		v.URL = m.f.With(home+"/map", "city", c.Cities[0], "near", m.near) + "#chosen"
	default:
		v.Label = words.N(m.ctx, "oversight.map.cities", len(c.Cities)-1, "city", c.Name, "schools", words.Number(n), "state", state)
		v.URL = m.f.With(home+"/map", "near", c.Cities[0])
	}
	return v
}

// stateSign is written in the mark, so that a state is told without its colour.
func stateSign(s tenant.State) string {
	return map[tenant.State]string{tenant.Suspended: "!", tenant.Opening: "+", tenant.Planned: "○", tenant.Closed: "×", tenant.Merged: "→"}[s]
}

// shapePath draws a figure around the origin.
func shapePath(f Figure, r float64) string {
	switch f {
	case Square:
		s := r * 0.9
		return fmt.Sprintf("M%.2f %.2fH%.2fV%.2fH%.2fZ", -s, -s, s, s, -s)
	case Diamond:
		s := r * 1.2
		return fmt.Sprintf("M0 %.2fL%.2f 0L0 %.2fL%.2f 0Z", -s, s, s, -s)
	case Wedge:
		s := r * 1.15
		return fmt.Sprintf("M0 %.2fL%.2f %.2fH%.2fZ", -s, s, s*0.8, -s)
	case Mixed:
		a, b := r*1.05, r*0.52
		return fmt.Sprintf("M%.2f %.2fL%.2f %.2fL%.2f 0L%.2f %.2fL%.2f %.2fL%.2f 0Z", -b, -a*0.9, b, -a*0.9, a, b, a*0.9, -b, a*0.9, -a)
	}
	return fmt.Sprintf("M%.2f 0A%.2f %.2f 0 1 1 %.2f 0A%.2f %.2f 0 1 1 %.2f 0Z", -r, r, r, r, r, r, -r)
}

func legend(ctx context.Context) []legendView {
	var list []legendView
	for _, f := range []struct {
		figure Figure
		words  string
	}{
		{Disc, words.T(ctx, "oversight.kinds.college")}, {Square, words.T(ctx, "oversight.kinds.lycee")}, {Diamond, words.T(ctx, "oversight.kinds.lp")},
		{Wedge, words.T(ctx, "oversight.kinds.erea")}, {Mixed, words.T(ctx, "oversight.map.mixed")},
	} {
		list = append(list, legendView{Shape: shapePath(f.figure, 7), Words: f.words})
	}
	for _, s := range []tenant.State{tenant.Open, tenant.Opening, tenant.Planned, tenant.Suspended, tenant.Closed} {
		list = append(list, legendView{Shape: shapePath(Disc, 8), State: string(s), Sign: stateSign(s), Words: words.T(ctx, "oversight.state."+string(s))})
	}
	return list
}
