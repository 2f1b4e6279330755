package messages

import (
	"context"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/job"
)

// BatchSize is how many copies one transaction makes.
const BatchSize = batchSize

// Delivery is the part of the room that goes on with a message.
type Delivery struct{ r *Room }

// NewDelivery makes one.
func NewDelivery(d *db.DB) Delivery { return Delivery{&Room{db: d}} }

// Batch makes the next copies within a transaction.
func (d Delivery) Batch(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	return d.r.batch(ctx, tx, id)
}

// Run is what the job does.
func (d Delivery) Run(ctx context.Context, id uuid.UUID) error {
	return d.r.deliver(ctx, job.Run{}, delivery{ID: id})
}
