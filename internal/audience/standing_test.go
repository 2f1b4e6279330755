package audience_test

import (
	"testing"

	"elyco/internal/audience"
	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// TestStandings holds that a space above has sums of each space below, and that a collectivity has its own alone.
func TestStandings(t *testing.T) {
	w := world
	read := func(from *tenant.Tenant) map[school.ScopeID]audience.Standing {
		var list []audience.Standing
		if err := w.DB.Batch(tenant.Enter(t.Context(), from), func(b *db.Batch) { audience.QueueStandings(b, &list) }); err != nil {
			t.Fatal(err)
		}
		by := map[school.ScopeID]audience.Standing{}
		for _, s := range list {
			by[s.Space] = s
		}
		return by
	}
	count := func() {
		if err := audience.Recount(t.Context(), w.DB, 1, w.Vendee.ID); err != nil {
			t.Fatal(err)
		}
	}
	count()
	before := read(w.Vendee)[w.Lucon.ID]
	both := w.Person(t, "Deux", "Profils")
	w.Join(t, w.Lucon, both, school.Teacher)
	w.Join(t, w.Lucon, both, school.Guardian)
	count()
	below := read(w.Vendee)
	after := below[w.Lucon.ID]
	if after.People != before.People+1 || after.ByProfile[school.Teacher] != before.ByProfile[school.Teacher]+1 ||
		after.ByProfile[school.Guardian] != before.ByProfile[school.Guardian]+1 || after.CountedAt.Before(before.CountedAt) {
		t.Errorf("one person with two profiles made %+v of %+v", after, before)
	}
	if _, foreign := below[w.Lycee.ID]; foreign {
		t.Error("the département has the sums of the region's lycée")
	}
	if all := read(w.Lucon); len(all) != 0 {
		t.Errorf("an establishment reads %d sums", len(all))
	}
}
