package slips

import (
	"context"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/job"
	"elyco/internal/policy"
	"elyco/internal/publication"
	"elyco/internal/tenant"
)

// NewForTest makes a room that tells its notices to t.
func NewForTest(d *db.DB, reg *tenant.Registry, p *policy.Policy, t Teller, secret [32]byte) *Room {
	r := New(d, drive.New(d, nil, reg), reg, publication.NewRenderer(), t, secret)
	r.Furnish(p)
	return r
}

// Tend does what the job does.
func (r *Room) Tend(ctx context.Context, id uuid.UUID) error {
	return r.tend(ctx, job.Run{}, tending{ID: id})
}

// Round does what the job does.
func (r *Room) Round(ctx context.Context, id uuid.UUID, stage string) error {
	return r.round(ctx, job.Run{}, rounding{ID: id, Stage: stage})
}

// OpenUrn reads what a sealed urn holds, as who has the key can.
func OpenUrn(secret [32]byte, scope int64, slip uuid.UUID, questions int, sealed []byte) (*Tally, error) {
	return key(secret).open(scope, slip, 0, questions, sealed)
}

// Shown lists the classes of which something may be told.
func (t *Tally) Shown() ([]string, int) { return t.shown() }

// BatchSize is how many people one transaction tells.
const BatchSize = tellBatch
