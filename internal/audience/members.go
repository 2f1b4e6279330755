package audience

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/db"
)

// Member is somebody of an establishment whom an audience means.
type Member struct {
	Person     uuid.UUID
	Name       string
	Staff      bool        // works here, by one of the profiles through which the person is meant
	About      []uuid.UUID // the children through whom a guardian is meant
	AboutNames string      // their given names, as a sentence lists them
}

// Members lists whom an audience means in the establishment of tx this day, by id, after a person: a part of them, so that a
// school of three thousand is told in bounded transactions. Where the audience was chosen by a space above, the establishment
// is one of those that it means.
func Members(ctx context.Context, tx db.Tx, a Audience, after uuid.UUID, limit int) ([]Member, error) {
	list, err := selectMembers(ctx, tx, a, after, limit)
	if err != nil {
		return nil, fmt.Errorf("list whom an audience means: %w", err)
	}
	return list, nil
}

// mostMembers bounds a count: no establishment has more.
const mostMembers = 1 << 20

// CountMembers says how many people Members lists.
func CountMembers(ctx context.Context, tx db.Tx, a Audience) (int, error) {
	n, err := countMembers(ctx, tx, a, mostMembers)
	if err != nil {
		return 0, fmt.Errorf("count whom an audience means: %w", err)
	}
	return n, nil
}
