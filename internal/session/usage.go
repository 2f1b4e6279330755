package session

import (
	"context"
	"fmt"
	"time"

	"elyco/internal/db"
	"elyco/internal/school"
)

// DayCount is how many connections a space had on a day.
type DayCount struct {
	Day         time.Time
	Connections int
}

// Connections counts those to a space from a day on, a line for each day that had some, in order; a year at the most.
func (s *Sessions) Connections(ctx context.Context, space school.ScopeID, from time.Time) ([]DayCount, error) {
	var days []DayCount
	err := s.db.Batch(academy(ctx), func(b *db.Batch) { queueConnections(b, &days, space, from) })
	if err != nil {
		return nil, fmt.Errorf("count the connections to space %d: %w", space, err)
	}
	return days, nil
}

// Activated counts, among people, those whose account has a password of their own and is open.
func (s *Sessions) Activated(ctx context.Context, people []school.PersonID) (map[school.PersonID]bool, error) {
	var active []school.PersonID
	err := s.db.Batch(academy(ctx), func(b *db.Batch) { queueActivated(b, &active, people) })
	if err != nil {
		return nil, fmt.Errorf("read which accounts are active: %w", err)
	}
	out := make(map[school.PersonID]bool, len(active))
	for _, p := range active {
		out[p] = true
	}
	return out, nil
}
