package oversight

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"elyco/internal/audience"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Sums are how many people there are in each establishment, as of the last count.
type Sums struct {
	By map[school.ScopeID]audience.Standing
	At time.Time // zero: nobody has counted yet
	// Used is true once somebody has come somewhere: before that, an establishment without visits tells nothing.
	Used bool
}

// Of is the standing of one establishment.
func (s Sums) Of(t *tenant.Tenant) audience.Standing { return s.By[t.ID] }

// Counted reports whether there are sums at all.
func (s Sums) Counted() bool { return !s.At.IsZero() }

// Total adds up the standings of establishments. A person who is a member of two counts twice.
func (s Sums) Total(list []*tenant.Tenant) audience.Standing {
	total := audience.Standing{ByProfile: map[school.Profile]int{}}
	for _, t := range list {
		one := s.Of(t)
		total.People += one.People
		total.Administrators += one.Administrators
		total.Accounts += one.Accounts
		total.Present += one.Present
		for p, n := range one.ByProfile {
			total.ByProfile[p] += n
		}
	}
	return total
}

// Bar is a part of a whole.
type Bar struct {
	Name  string // of the state, the kind or the sector
	Count int
}

func tally(list []*tenant.Tenant, order []string, of func(*tenant.Tenant) string) []Bar {
	bars := make([]Bar, len(order))
	for i, name := range order {
		bars[i].Name = name
	}
	for _, t := range list {
		if i := slices.Index(order, of(t)); i >= 0 {
			bars[i].Count++
		}
	}
	return slices.DeleteFunc(bars, func(b Bar) bool { return b.Count == 0 })
}

// Wave is one school year of the deployment: what was planned, and what is so.
type Wave struct {
	Year                         string
	PlannedPublic, PlannedPriv   int
	Public, Private, Open, Total int
}

// Waves compares the establishments with the plan, in the order of school years. Closed and merged ones count: they were
// opened in their year.
func Waves(list []*tenant.Tenant, plan []tenant.WaveTotal) []Wave {
	byYear := map[string]*Wave{}
	of := func(year string) *Wave {
		if byYear[year] == nil {
			byYear[year] = &Wave{Year: year}
		}
		return byYear[year]
	}
	for _, p := range plan {
		w := of(p.SchoolYear)
		w.PlannedPublic, w.PlannedPriv = p.Public, p.Private
	}
	for _, t := range list {
		w := of(t.Wave)
		w.Total++
		if t.Sector == "private" {
			w.Private++
		} else {
			w.Public++
		}
		if t.State == tenant.Open {
			w.Open++
		}
	}
	waves := make([]Wave, 0, len(byYear))
	for _, w := range byYear {
		waves = append(waves, *w)
	}
	slices.SortFunc(waves, func(a, b Wave) int { return cmp.Compare(a.Year, b.Year) })
	return waves
}

// WaveOf is the school year of a day: it begins in August.
func WaveOf(day time.Time) string {
	year := day.Year()
	if day.Month() < time.August {
		year--
	}
	return tenant.SchoolYear(year)
}

func lacksAdministrator(sums Sums, t *tenant.Tenant) bool {
	return sums.Counted() && t.LetsIn() && sums.Of(t).Administrators == 0
}

// unused finds establishments that have people with accounts of whom none has come lately.
func unused(sums Sums, t *tenant.Tenant) bool {
	return sums.Used && t.State == tenant.Open && sums.Of(t).Accounts > 0 && sums.Of(t).Present == 0
}

// Overdue reports whether the school year in which the establishment was to open has begun, and it is still waiting.
func Overdue(t *tenant.Tenant, now time.Time) bool {
	waits := t.State == tenant.Planned || t.State == tenant.Opening
	return waits && t.Wave != "" && t.Wave <= WaveOf(now)
}

// Attention are the establishments that somebody should look at, by reason.
type Attention struct {
	Overdue, Suspended, WithoutAdministrator, Unused []*tenant.Tenant
}

// Attend finds what asks for attention. Without sums only what the registry knows is told.
func Attend(list []*tenant.Tenant, sums Sums, now time.Time) Attention {
	var a Attention
	for _, t := range list {
		if Overdue(t, now) {
			a.Overdue = append(a.Overdue, t)
		}
		if t.State == tenant.Suspended {
			a.Suspended = append(a.Suspended, t)
		}
		if lacksAdministrator(sums, t) {
			a.WithoutAdministrator = append(a.WithoutAdministrator, t)
		}
		if unused(sums, t) {
			a.Unused = append(a.Unused, t)
		}
	}
	return a
}

// None reports whether nothing asks for attention.
func (a Attention) None() bool {
	return len(a.Overdue)+len(a.Suspended)+len(a.WithoutAdministrator)+len(a.Unused) == 0
}

func sorted(set map[string]bool) []string {
	return slices.Sorted(maps.Keys(set))
}
