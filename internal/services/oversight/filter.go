package oversight

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"elyco/internal/tenant"
)

// Filter is what somebody looks for among the establishments. Empty parts ask for nothing.
type Filter struct {
	Words      string
	Department string
	Kind       string // college, lycee, lp, erea
	Sector     string
	State      string
	Wave       string
	Pilot      bool
	Funder     string // slug of the collectivity
	City       string // département and slug, as the map names communes
	Lacking    string // administrator, account: among those that the sums know
	Sort       string // name, city, wave, state, people; a minus before it turns the order round
	Page       int    // from 1
}

const pageSize = 50

// Schools lists the establishments at or below a space.
func Schools(here *tenant.Tenant) []*tenant.Tenant {
	var list []*tenant.Tenant
	for _, c := range here.Children() {
		if c.Kind == tenant.KindEstablishment {
			list = append(list, c)
			continue
		}
		list = append(list, Schools(c)...)
	}
	return list
}

// Kind gathers the natures into the families that the console speaks of.
func Kind(t *tenant.Tenant) string {
	switch t.Nature {
	case "college", "lp", "erea":
		return t.Nature
	}
	return "lycee"
}

// Keep lists the establishments that the filter asks for, in its order.
func (f Filter) Keep(list []*tenant.Tenant, sums Sums) []*tenant.Tenant {
	words := strings.Split(tenant.Slugify(f.Words), "-")
	var kept []*tenant.Tenant
	for _, t := range list {
		if f.asks(t) && matches(t, words, f.Words) && f.lacks(sums, t) {
			kept = append(kept, t)
		}
	}
	f.order(kept, sums)
	return kept
}

func (f Filter) asks(t *tenant.Tenant) bool {
	same := func(wanted, is string) bool { return wanted == "" || wanted == is }
	return same(f.Department, t.Department) && same(f.Kind, Kind(t)) && same(f.Sector, t.Sector) && same(f.State, string(t.State)) &&
		same(f.Wave, t.Wave) && (!f.Pilot || t.Pilot) && same(f.Funder, t.Parent.Slug) && same(f.City, cityKey(t.Department, t.City))
}

func (f Filter) lacks(sums Sums, t *tenant.Tenant) bool {
	switch f.Lacking {
	case "administrator":
		return lacksAdministrator(sums, t)
	case "use":
		return unused(sums, t)
	}
	return true
}

// matches looks for each word at the beginning of a word of the name, the commune or the code, whatever the accents.
func matches(t *tenant.Tenant, words []string, typed string) bool {
	if strings.TrimSpace(typed) == "" {
		return true
	}
	hay := "-" + tenant.Slugify(t.Name) + "-" + tenant.Slugify(t.City) + "-" + strings.ToLower(t.UAI)
	for _, w := range words {
		// What leaves no letter behind, such as a lone question mark, is found nowhere.
		if w == "" || !strings.Contains(hay, "-"+w) {
			return false
		}
	}
	return true
}

func (f Filter) order(list []*tenant.Tenant, sums Sums) {
	by, backwards := strings.CutPrefix(f.Sort, "-")
	less := func(a, b *tenant.Tenant) int {
		switch by {
		case "city":
			return cmp.Compare(tenant.Slugify(a.City), tenant.Slugify(b.City))
		case "wave":
			return cmp.Compare(a.Wave, b.Wave)
		case "state":
			return slices.Index(urgency, a.State) - slices.Index(urgency, b.State)
		case "people":
			return sums.Of(a).People - sums.Of(b).People
		}
		return cmp.Compare(tenant.Slugify(a.Name), tenant.Slugify(b.Name))
	}
	slices.SortStableFunc(list, func(a, b *tenant.Tenant) int {
		c := less(a, b)
		if backwards {
			c = -c
		}
		return cmp.Or(c, cmp.Compare(tenant.Slugify(a.Name), tenant.Slugify(b.Name)), cmp.Compare(a.ID, b.ID))
	})
}

// Cut is the page that the filter asks for, its number, which is never beyond the last, and how many pages there are.
func (f Filter) Cut(list []*tenant.Tenant) (page []*tenant.Tenant, number, pages int) {
	pages = max(1, (len(list)+pageSize-1)/pageSize)
	number = min(max(f.Page, 1), pages)
	from := (number - 1) * pageSize
	return list[from:min(from+pageSize, len(list))], number, pages
}

// With is the address of the filter at a path, with some of its parts changed: pairs of a name and a value.
func (f Filter) With(path string, changes ...string) string {
	q := url.Values{}
	for name, v := range map[string]string{"q": f.Words, "department": f.Department, "kind": f.Kind, "sector": f.Sector, "state": f.State,
		"wave": f.Wave, "funder": f.Funder, "city": f.City, "lacking": f.Lacking, "sort": f.Sort} {
		q.Set(name, v)
	}
	if f.Pilot {
		q.Set("pilot", "1")
	}
	if f.Page > 1 {
		q.Set("page", strconv.Itoa(f.Page))
	}
	for i := 0; i+1 < len(changes); i += 2 {
		q.Set(changes[i], changes[i+1])
	}
	for name := range q {
		if q.Get(name) == "" {
			q.Del(name)
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// Narrow reports whether the filter asks for less than everything.
func (f Filter) Narrow() bool {
	f.Sort, f.Page = "", 0
	return f != Filter{}
}
