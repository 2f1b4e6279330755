package tenant

import (
	"context"
	"fmt"
	"slices"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// SetState opens, suspends or closes a space, with a note that its visitors read. Every replica follows at once. An
// unknown state is Invalid, an unknown space NotFound; the academy stays open, because sign-on passes by it.
func SetState(ctx context.Context, d *db.DB, id school.ScopeID, to State, note string) error {
	if !knownState(to) {
		return fault.Field("state", unknownState)
	}
	if id == school.Academy && to != Open {
		return fault.New(fault.Invalid, "L’espace de l’académie reste ouvert : c’est par lui que passent les connexions.")
	}
	return inRegistry(ctx, d, true, func(ctx context.Context, w registryTx) error {
		n, err := w.setState(ctx, id, to, note)
		if err != nil {
			return fmt.Errorf("set the state of space %d: %w", id, err)
		}
		if n == 0 {
			return fault.Missing()
		}
		return nil
	})
}

const unknownState = "Cet état n’existe pas : choisissez planned, opening, open, suspended, closed ou merged."

func knownState(s State) bool {
	return slices.Contains([]State{Planned, Opening, Open, Suspended, Closed, Merged}, s)
}
