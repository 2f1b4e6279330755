package home

import "slices"

// Line is the widget that merges everything that is new, in every school of the person.
const Line = "line"

// Layout is which widgets stand on a home page, in order, and which were put away. A widget in neither list is new to
// the house: it stands at the end.
type Layout struct {
	Shown  []string
	Hidden []string
}

// Complete returns the layout with every widget of offered in it once, and no other.
func (l Layout) Complete(offered []string) Layout {
	var out Layout
	for _, w := range l.Shown {
		if slices.Contains(offered, w) && !slices.Contains(out.Shown, w) {
			out.Shown = append(out.Shown, w)
		}
	}
	for _, w := range l.Hidden {
		if slices.Contains(offered, w) && !slices.Contains(out.Shown, w) && !slices.Contains(out.Hidden, w) {
			out.Hidden = append(out.Hidden, w)
		}
	}
	for _, w := range offered {
		if !slices.Contains(out.Shown, w) && !slices.Contains(out.Hidden, w) {
			out.Shown = append(out.Shown, w)
		}
	}
	return out
}

// Move puts a shown widget one place earlier or later. At the edge it stays.
func (l Layout) Move(widget string, by int) Layout {
	shown := slices.Clone(l.Shown)
	from := slices.Index(shown, widget)
	to := from + by
	if from < 0 || to < 0 || to >= len(shown) {
		return l
	}
	shown[from], shown[to] = shown[to], shown[from]
	return Layout{Shown: shown, Hidden: l.Hidden}
}

// Pin puts a widget first.
func (l Layout) Pin(widget string) Layout {
	without := l.Hide(widget)
	return Layout{Shown: append([]string{widget}, without.Shown...), Hidden: remove(without.Hidden, widget)}
}

// Hide puts a widget away.
func (l Layout) Hide(widget string) Layout {
	if slices.Contains(l.Hidden, widget) {
		return l
	}
	return Layout{Shown: remove(l.Shown, widget), Hidden: append(slices.Clone(l.Hidden), widget)}
}

// Show brings a widget back, at the end.
func (l Layout) Show(widget string) Layout {
	if slices.Contains(l.Shown, widget) {
		return l
	}
	return Layout{Shown: append(slices.Clone(l.Shown), widget), Hidden: remove(l.Hidden, widget)}
}

// Apply does what a button of the arrangement asks: up, down, pin, hide, show.
func (l Layout) Apply(verb, widget string) (Layout, bool) {
	switch verb {
	case "up":
		return l.Move(widget, -1), true
	case "down":
		return l.Move(widget, 1), true
	case "pin":
		return l.Pin(widget), true
	case "hide":
		return l.Hide(widget), true
	case "show":
		return l.Show(widget), true
	}
	return l, false
}

func remove(list []string, w string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == w })
}
