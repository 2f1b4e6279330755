package mail

import (
	"context"
	"crypto/ecdh"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
)

// Device is a browser that shows a person's notifications. Devices are rows of the academy's scope, which every space reads.
type Device struct {
	ID        uuid.UUID `bun:"id" json:"id"`
	Person    uuid.UUID `bun:"person_id" json:"-"`
	Endpoint  string    `bun:"endpoint" json:"-"`
	P256dh    string    `bun:"p256dh" json:"-"`
	Auth      string    `bun:"auth" json:"-"`
	Name      string    `bun:"name" json:"name"` // as the person knows it
	CreatedAt time.Time `bun:"created_at" json:"created_at"`
	UsedAt    time.Time `bun:"used_at" json:"used_at"`
}

const (
	mostDevices   = 10 // of one person: the one that was used longest ago makes room
	longestDevice = 80 // letters of a device's name
)

// academy is the scope of what goes with a person from school to school.
func academy(ctx context.Context) context.Context { return db.WithScope(ctx, db.NewScope(1)) }

// AddDevice keeps a browser for a person, or gives it to the person if it was somebody else's before. An Invalid fault says
// that it is none.
func (o *Office) AddDevice(ctx context.Context, d Device) error {
	if err := d.check(); err != nil {
		return &fault.Error{Kind: fault.Invalid, Cause: err}
	}
	runes := []rune(oneLine(d.Name))
	d.Name = string(runes[:min(len(runes), longestDevice)])
	if d.Name == "" {
		d.Name = "Appareil"
	}
	d.ID = uuid.Must(uuid.NewV7())
	err := o.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error { return upsertDevice(ctx, tx, d, mostDevices) })
	if err != nil {
		return fmt.Errorf("keep a device: %w", err)
	}
	return nil
}

// RemoveDevice forgets a browser of a person, by its number or its address.
func (o *Office) RemoveDevice(ctx context.Context, person, id uuid.UUID, endpoint string) error {
	err := o.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error { return deleteDevice(ctx, tx, person, id, endpoint) })
	if err != nil {
		return fmt.Errorf("forget a device: %w", err)
	}
	return nil
}

// Devices lists the browsers of a person, the newest first.
func (o *Office) Devices(ctx context.Context, person uuid.UUID) (list []Device, err error) {
	err = o.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		list, err = selectDevices(ctx, tx, person)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list devices: %w", err)
	}
	return list, nil
}

// WithDevices says which of the people have a browser that shows notifications. It runs in any scope.
func WithDevices(ctx context.Context, tx db.Tx, people []uuid.UUID) (map[uuid.UUID]bool, error) {
	list, err := selectOwners(ctx, tx, people)
	if err != nil {
		return nil, fmt.Errorf("find who has devices: %w", err)
	}
	has := make(map[uuid.UUID]bool, len(list))
	for _, id := range list {
		has[id] = true
	}
	return has, nil
}

func (d Device) check() error {
	if err := checkEndpoint(d.Endpoint); err != nil {
		return err
	}
	key, err := base64.RawURLEncoding.DecodeString(d.P256dh)
	if err != nil {
		return fmt.Errorf("read the key of a device: %w", err)
	}
	if _, err := ecdh.P256().NewPublicKey(key); err != nil {
		return fmt.Errorf("read the key of a device: %w", err)
	}
	if auth, err := base64.RawURLEncoding.DecodeString(d.Auth); err != nil || len(auth) != 16 {
		return fmt.Errorf("read the secret of a device: it has %d bytes", len(auth))
	}
	return nil
}
