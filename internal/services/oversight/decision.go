package oversight

import (
	"time"

	"elyco/internal/tenant"
)

// Steps lists the states that an establishment may be brought to from where it is, the most usual first.
func Steps(from tenant.State) []tenant.State {
	switch from {
	case tenant.Planned:
		return []tenant.State{tenant.Opening, tenant.Open, tenant.Closed}
	case tenant.Opening:
		return []tenant.State{tenant.Open, tenant.Planned, tenant.Suspended, tenant.Closed}
	case tenant.Open:
		return []tenant.State{tenant.Suspended, tenant.Closed, tenant.Merged}
	case tenant.Suspended:
		return []tenant.State{tenant.Open, tenant.Closed, tenant.Merged}
	}
	return []tenant.State{tenant.Open}
}

// Hosts lists the establishments into which one may be merged: those that let people in, of the same academy.
func Hosts(all []*tenant.Tenant, merged *tenant.Tenant) []*tenant.Tenant {
	var list []*tenant.Tenant
	for _, t := range all {
		if t.Kind == tenant.KindEstablishment && t.ID != merged.ID && t.LetsIn() {
			list = append(list, t)
		}
	}
	return list
}

// WayBack is the suspension that can be undone: the last decision about the state, when it suspended and nothing followed.
func WayBack(t *tenant.Tenant, history []tenant.Event) (tenant.Event, bool) {
	for _, e := range history {
		if e.Kind == tenant.EventState {
			return e, t.State == tenant.Suspended && e.Becomes == string(tenant.Suspended)
		}
	}
	return tenant.Event{}, false
}

// Years lists the school years that a wave can be moved to: those that establishments have, and the next ones.
func Years(all []*tenant.Tenant, now time.Time) []string {
	seen := map[string]bool{}
	for _, t := range all {
		seen[t.Wave] = true
	}
	for i := range 4 {
		seen[WaveOf(now.AddDate(i, 0, 0))] = true
	}
	delete(seen, "")
	return sorted(seen)
}
