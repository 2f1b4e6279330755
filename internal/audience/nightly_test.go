package audience_test

import (
	"context"
	"testing"
	"time"

	"elyco/internal/audience"
	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// TestCounterFollows holds that what a space above says before it sends follows who came, and that the count waits for the
// night to come once, whoever asks.
func TestCounterFollows(t *testing.T) {
	w := world
	c := audience.NewCounter(w.DB, w.Registry)
	guardians := func() int {
		e, err := audience.Count(tenant.Enter(t.Context(), w.Vendee), w.DB, w.Vendee, audience.Audience{Profiles: []school.Profile{school.Guardian}})
		if err != nil {
			t.Fatal(err)
		}
		return e.People
	}
	if err := c.All(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := guardians()
	w.Join(t, w.Lucon, w.Person(t, "Nouvelle", "Arrivée"), school.Guardian)
	if err := c.All(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := guardians(); after != before+1 {
		t.Errorf("one guardian more makes %d of %d", after, before)
	}
	for range 2 {
		if err := c.Schedule(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	var n int
	err := w.DB.Read(tenant.Enter(t.Context(), w.Academy), func(ctx context.Context, tx db.Tx) error {
		return tx.NewRaw(`select count(*) from job where kind = 'audience.count' and run_at > ? and run_at < ?`, tx.Now(), tx.Now().Add(26*time.Hour)).Scan(ctx, &n)
	})
	if err != nil || n != 1 {
		t.Errorf("%d counts wait for the night: %v", n, err)
	}
}
