package tenant

import (
	"context"
	"fmt"
	"slices"

	"elyco/internal/db"
	"elyco/internal/fault"
)

// Own is what a space has said of itself, over what the registry says. An empty text means that it said nothing: the
// registry's holds.
type Own struct {
	Name         string
	Presentation string
	ContactEmail string
	ContactPhone string
	Address      string
	Version      int // counts the changes; 0 while the space has said nothing
}

// ReadOwn reads what the space of tx has said of itself.
func ReadOwn(ctx context.Context, tx db.Tx) (Own, error) {
	o, err := readOwn(ctx, tx)
	if err != nil {
		return Own{}, fmt.Errorf("read what a space says of itself: %w", err)
	}
	return o, nil
}

// Present writes what the space of tx says of itself. version is what the form showed; a Conflict says that somebody else
// changed it since. Every replica follows once tx commits.
func Present(ctx context.Context, tx db.Tx, o Own) error {
	done, err := writeOwn(ctx, tx, o)
	if err != nil {
		return fmt.Errorf("write what a space says of itself: %w", err)
	}
	if !done {
		return fault.New(fault.Conflict, "Cette page a été changée par une autre personne. Rechargez-la pour voir ce qu’il en est.")
	}
	return nil
}

// OpenServices reads, inside a decision, the services that the space of tx has on, and keeps other decisions waiting.
// chosen is false while the space has decided nothing: then the registry's list holds, or every service.
func OpenServices(ctx context.Context, tx db.Tx) (services []string, chosen bool, err error) {
	services, err = lockServices(ctx, tx)
	if err != nil {
		return nil, false, fmt.Errorf("read the services of a space: %w", err)
	}
	return services, services != nil, nil
}

// ChooseServices says which services the space of tx has on: these and no other. Every replica follows once tx commits.
func ChooseServices(ctx context.Context, tx db.Tx, services []string) error {
	services = slices.Compact(slices.Sorted(slices.Values(services)))
	if err := writeServices(ctx, tx, services); err != nil {
		return fmt.Errorf("choose the services of a space: %w", err)
	}
	return nil
}

// CloseBelow says which services no space below that of tx may have on, whatever they chose. Every replica follows once
// tx commits.
func CloseBelow(ctx context.Context, tx db.Tx, services []string) error {
	services = slices.Compact(slices.Sorted(slices.Values(services)))
	if err := writeClosedBelow(ctx, tx, services); err != nil {
		return fmt.Errorf("close services below a space: %w", err)
	}
	return nil
}
