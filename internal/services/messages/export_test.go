package messages

import (
	"context"
	"elyco/internal/notice"
	"sync"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/job"
	"elyco/internal/setting"
)

// BatchSize is how many copies one transaction makes.
const BatchSize = batchSize

// Told keeps what a room would have people told.
type Told struct {
	mu        sync.Mutex
	Notices   []notice.Notice
	To        [][]notice.To
	Withdrawn []uuid.UUID
	Read      []uuid.UUID
}

// Tell keeps a notice.
func (t *Told) Tell(_ context.Context, _ db.Tx, n notice.Notice, to []notice.To) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.Notices, t.To = append(t.Notices, n), append(t.To, to)
	return nil
}

// Withdraw keeps what is withdrawn.
func (t *Told) Withdraw(_ context.Context, _ db.Tx, ids ...uuid.UUID) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.Withdrawn = append(t.Withdrawn, ids...)
	return nil
}

// Opened keeps who opened.
func (t *Told) Opened(_ context.Context, _ db.Tx, ref, _ uuid.UUID) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.Read = append(t.Read, ref)
	return nil
}

// Delivery is the part of the room that goes on with a message.
type Delivery struct {
	r    *Room
	Told *Told
}

// NewDelivery makes one.
func NewDelivery(d *db.DB, b *setting.Book) Delivery {
	told := &Told{}
	return Delivery{&Room{db: d, settings: b, notices: told}, told}
}

// Batch makes the next copies within a transaction.
func (d Delivery) Batch(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	return d.r.batch(ctx, tx, id)
}

// Run is what the job does.
func (d Delivery) Run(ctx context.Context, id uuid.UUID) error {
	return d.r.deliver(ctx, job.Run{}, delivery{ID: id})
}

// SendScheduled is what the job of a scheduled message does.
func (d Delivery) SendScheduled(ctx context.Context, id uuid.UUID, at time.Time) error {
	return d.r.sendScheduled(ctx, job.Run{}, appointment{ID: id, At: at})
}

// Opens is what the job does at an instant at which a message becomes visible.
func (d Delivery) Opens(ctx context.Context, id uuid.UUID, at time.Time) error {
	return d.r.opens(ctx, job.Run{}, appointment{ID: id, At: at})
}

// Sweep is what the job does that withdraws what an account sent.
func (d Delivery) Sweep(ctx context.Context, id uuid.UUID) error {
	return d.r.sweep(ctx, job.Run{}, delivery{ID: id})
}

// Stopped is the question of other rooms.
func (d Delivery) Stopped(ctx context.Context, category string) (bool, error) {
	return d.r.Stopped(ctx, category)
}

// Noise is the question of other rooms.
func (d Delivery) Noise(ctx context.Context, people []uuid.UUID) (Noise, error) {
	return d.r.Noise(ctx, people)
}
