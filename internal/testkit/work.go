package testkit

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/tenant"
)

// Work runs every job that is due by the house's clock, and those that they leave behind, as a worker does.
func (h *House) Work(t testing.TB) {
	t.Helper()
	const most = 100
	for range most {
		// Workers go by the true time: what is due by the house's clock is due now.
		h.Exec(t, `update job set run_at = now() where state = 'ready' and run_at > now() and run_at <= $1`, h.Clock.Now())
		n, err := h.App.Once(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
	t.Fatalf("after %d rounds there is still work", most)
}

// Count reads one number.
func (h *House) Count(t testing.TB, sql string, args ...any) (n int) {
	t.Helper()
	err := h.DB.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error { return tx.QueryRow(ctx, sql, args...).Scan(&n) })
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

// Linked is the code of the link with which a person acknowledges a notice.
func (h *House) Linked(_ testing.TB, in *tenant.Tenant, notice uuid.UUID, p Person) string {
	return h.App.Herald().Code(int64(in.ID), notice, p.ID.UUID)
}
