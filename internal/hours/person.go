package hours

import (
	"context"
	"fmt"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// Sees says when a person finds what was sent.
type Sees string

// The ways to see.
const (
	AsSpace Sees = "space"   // at the hours of the space
	AtOnce  Sees = "at_once" // as soon as it was sent; it makes itself heard at the person's hours all the same
	AtMine  Sees = "mine"    // at the person's own hours
)

// Own is what a person decided. Week is nil where the hours of each space are those of the person.
type Own struct {
	Week *Week
	Sees Sees
}

// Check refuses hours that never come; the fault names the field "days", "from" or "sees".
func (o Own) Check() error {
	bad := fault.Fields{}
	if o.Week != nil && len(o.Week.Days) == 0 {
		bad.Add("days", "Choisissez au moins un jour : sans cela, rien ne vous parviendrait.")
	}
	if o.Week != nil && o.Week.From >= o.Week.To {
		bad.Add("from", "L’heure de fin doit venir après l’heure de début.")
	}
	switch o.Sees {
	case AsSpace, AtOnce:
	case AtMine:
		if o.Week == nil {
			bad.Add("sees", "Choisissez d’abord vos heures.")
		}
	default:
		bad.Add("sees", "Choisissez l’une des réponses proposées.")
	}
	return bad.OrNil()
}

// OwnOf reads what a person decided, in the academy's scope, which ctx must be in, or in one below.
func OwnOf(ctx context.Context, tx db.Tx, who school.PersonID) (Own, error) {
	own, err := selectOwn(ctx, tx, who)
	if err != nil {
		return Own{}, fmt.Errorf("read the hours of %s: %w", who, err)
	}
	return own, nil
}

// SetOwn keeps what a person decided; tx is in the academy's scope.
func SetOwn(ctx context.Context, tx db.Tx, who school.PersonID, o Own) error {
	if err := o.Check(); err != nil {
		return err
	}
	if err := upsertOwn(ctx, tx, who, o); err != nil {
		return fmt.Errorf("keep the hours of %s: %w", who, err)
	}
	return nil
}
