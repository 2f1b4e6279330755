package directory

import (
	"context"
	"fmt"
	"slices"
	"time"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// SetSections entrusts sections to a member of the context's collectivity, until a day (the zero time: without end), in
// place of those that the decider saw. It refuses with Conflict when these have changed since, with Invalid an end in the
// past, and with NotFound who is no agent here today.
func (d *Directory) SetSections(ctx context.Context, by, person school.PersonID, was, sections []string, until time.Time) error {
	m := Membership{Person: person, Profile: school.Collectivity, Sections: sections, StartsOn: d.today(ctx), EndsOn: until}
	if err := m.check(tenant.From(ctx).Kind); err != nil {
		return err
	}
	return d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		now, err := lockSections(ctx, tx, person, Day(tx.Now()))
		if db.NoRows(err) {
			return fault.Missing()
		}
		if err != nil {
			return fmt.Errorf("read the sections of %s: %w", person, err)
		}
		if !sameSet(now, was) {
			return fault.New(fault.Conflict, "Les rubriques de cette personne ont changé entre-temps. Ouvrez de nouveau la page : rien n’a été enregistré.")
		}
		if err := updateSections(ctx, tx, person, sections, until); err != nil {
			return fmt.Errorf("entrust sections to %s: %w", person, err)
		}
		return settle(ctx, tx, by, m, "directory.set_sections")
	})
}

func sameSet(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}
