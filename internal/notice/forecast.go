package notice

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/tenant"
)

// Forecast is what an author is told before a notice is sent: when its people would see it, how they can be reached, and how
// much they have had to read of late.
type Forecast struct {
	When       []Moment        // when it would be visible, and for how many, the first instants first
	With       map[Channel]int // people who have an address on a way
	Without    int             // people who have none at all, whom a letter alone reaches
	Noise      Noise
	Alike      []Alike // what was told lately and says nearly the same
	Altogether int
}

// Moment is an instant and for how many people.
type Moment struct {
	At     time.Time
	People int
}

// Noise is how many notices people had within a week: on the average, in tenths, and the most that one of them had.
type Noise struct {
	Tenths int
	Most   int
}

// Alike is a notice of the last week that says nearly the same to some of the same people.
type Alike struct {
	ID         uuid.UUID
	Title      string
	AuthorName string
	SentAt     time.Time
	Shared     int // people whom both are for
}

// likeness above which two texts are taken for the same: a word changed, a date, a greeting.
const likeness = 0.55

// Forecast works out what would become of a notice in the space of ctx, were it sent now.
func (h *Herald) Forecast(ctx context.Context, n Notice, to []To) (Forecast, error) {
	f := Forecast{With: map[Channel]int{}, Altogether: len(to)}
	if len(to) == 0 {
		return f, nil
	}
	families, staff := h.weeks(tenant.From(ctx))
	err := h.db.Read(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		if f.When, err = selectMoments(ctx, tx, n, to, families, staff); err != nil {
			return err
		}
		if f.Noise, err = selectNoise(ctx, tx, to); err != nil {
			return err
		}
		f.Alike, err = selectAlike(ctx, tx, n, to)
		return err
	})
	if err != nil {
		return f, fmt.Errorf("foresee a notice: %w", err)
	}
	people := make([]uuid.UUID, len(to))
	for i, p := range to {
		people[i] = p.Person
	}
	at, err := h.addresses(ctx, people)
	if err != nil {
		return f, err
	}
	for _, p := range people {
		found := false
		for way, address := range at[p] {
			if address != bounced {
				found = true
				f.With[way]++
			}
		}
		if !found {
			f.Without++
		}
	}
	return f, nil
}
