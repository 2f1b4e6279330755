package portal

import (
	"slices"
	"strings"

	"elyco/internal/tenant"
	"elyco/internal/words"
)

// pageSize is how many establishments a page lists.
const pageSize = 24

// filter is what a visitor looks for among the establishments.
type filter struct {
	Text   string // in the name, the city or the UAI code
	City   string
	Nature string
	Page   int // from 1
}

// found is one page of an answer.
type found struct {
	Total, Page, Pages int
	Spaces             []*tenant.Tenant
}

// below lists the establishments of a space, those of all collectivities for the academy, in the order of names.
// What is closed, merged or only planned has no portal to visit.
func below(t *tenant.Tenant) []*tenant.Tenant {
	var list []*tenant.Tenant
	for _, child := range t.Children() {
		if child.Kind != tenant.KindEstablishment {
			list = append(list, below(child)...)
			continue
		}
		if child.LetsIn() {
			list = append(list, child)
		}
	}
	slices.SortStableFunc(list, func(a, b *tenant.Tenant) int { return strings.Compare(words.Fold(a.Name), words.Fold(b.Name)) })
	return list
}

// apply answers one page of what the filter lets through. A page beyond the last is the last.
func (f filter) apply(list []*tenant.Tenant) found {
	var kept []*tenant.Tenant
	for _, t := range list {
		if f.matches(t) {
			kept = append(kept, t)
		}
	}
	pages := max(1, (len(kept)+pageSize-1)/pageSize)
	page := min(max(1, f.Page), pages)
	from := (page - 1) * pageSize
	return found{Total: len(kept), Page: page, Pages: pages, Spaces: kept[from:min(from+pageSize, len(kept))]}
}

func (f filter) matches(t *tenant.Tenant) bool {
	if f.City != "" && t.City != f.City || f.Nature != "" && t.Nature != f.Nature {
		return false
	}
	text := words.Fold(t.Name + " " + t.City + " " + t.UAI)
	for _, word := range strings.Fields(words.Fold(f.Text)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// cities lists where the establishments are, each city once, in order.
func cities(list []*tenant.Tenant) []string {
	return distinct(list, func(t *tenant.Tenant) string { return t.City })
}

func natures(list []*tenant.Tenant) []string {
	return distinct(list, func(t *tenant.Tenant) string { return t.Nature })
}

func distinct(list []*tenant.Tenant, of func(*tenant.Tenant) string) []string {
	var all []string
	for _, t := range list {
		if v := of(t); v != "" {
			all = append(all, v)
		}
	}
	slices.SortFunc(all, func(a, b string) int { return strings.Compare(words.Fold(a), words.Fold(b)) })
	return slices.Compact(all)
}
