package handin

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/school"
)

func TestPhases(t *testing.T) {
	open, end := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC), time.Date(2026, 11, 9, 18, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		at             time.Time
		late, returned bool
		phase          Phase
		takes, isLate  bool
	}{
		{open.Add(-time.Second), true, false, Waiting, false, false},
		{open, false, false, Open, true, false},
		{end, true, false, Open, true, false},
		{end.Add(time.Second), false, false, Closed, false, false},
		{end.Add(time.Second), true, false, Overdue, true, true},
		{end.Add(time.Second), true, true, Returned, false, false},
	} {
		b := Box{OpensAt: open, ClosesAt: end, Late: c.late}
		if c.returned {
			b.ReturnedAt = end
		}
		late, err := b.Takes(c.at)
		if b.PhaseAt(c.at) != c.phase || (err == nil) != c.takes || late != c.isLate {
			t.Errorf("at %s, late %t: phase %d, late %t, %v", c.at, c.late, b.PhaseAt(c.at), late, err)
		}
	}
}

func TestOwnerOfACopy(t *testing.T) {
	pupil := func(given, family string) Pupil {
		return Pupil{ID: school.PersonID{UUID: uuid.New()}, Given: given, Family: family}
	}
	all := []Pupil{pupil("Léa", "Martin"), pupil("Hugo", "Martin"), pupil("Léa", "Martin Le Goff"), pupil("Zoé", "Petit"), pupil("Zoé", "Petit")}
	for file, want := range map[string]int{
		"MARTIN Léa - exposé.pdf": 0, "hugo_martin.odt": 1, "Martin-Le-Goff Lea.pdf": 2, "exposé Martin.pdf": -1, "petit zoe.pdf": -1, "": -1, "Martine Leah.pdf": -1,
	} {
		got, ok := owner(file, all)
		if ok != (want >= 0) || ok && got.ID != all[want].ID {
			t.Errorf("%q is of %q (%t)", file, got.Name(), ok)
		}
	}
}
