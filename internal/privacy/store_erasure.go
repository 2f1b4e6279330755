package privacy

import (
	"context"

	"github.com/google/uuid"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/school"
)

// erasure is one under way, and the spaces that are done.
type erasure struct {
	ID     uuid.UUID
	Spaces []int64
}

// beginErasure starts an erasure, or finds the one that was cut.
func beginErasure(ctx context.Context, tx db.Tx, by, who school.PersonID) (erasure, error) {
	var author *uuid.UUID
	if by != (school.PersonID{}) {
		author = &by.UUID
	}
	e := erasure{ID: school.NewID()}
	err := tx.NewRaw(`
		insert into erasure (id, person_id, author_id, created_at) values (?, ?, ?, ?)
		on conflict (tenant_id, person_id) where person_id is not null do update set person_id = excluded.person_id
		returning id, spaces`, e.ID, who.UUID, author, tx.Now()).Scan(ctx, &e.ID, pgdialect.Array(&e.Spaces))
	return e, err
}

func noteErased(ctx context.Context, tx db.Tx, id uuid.UUID, space int64) error {
	_, err := tx.ExecContext(ctx, `update erasure set spaces = array_append(spaces, ?) where id = ?`, space, id)
	return err
}

func endErasure(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `update erasure set person_id = null, ended_at = ? where id = ?`, tx.Now(), id)
	return err
}
