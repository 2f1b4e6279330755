package tenant_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

func decide(t *testing.T, d *db.DB, at *tenant.Tenant, to tenant.State, into school.ScopeID) error {
	t.Helper()
	return tenant.Decide(t.Context(), d, tenant.Decision{Space: at.ID, From: at.State, To: to, Into: into, Note: "De retour lundi.",
		Reason: "Travaux", By: school.PersonID{UUID: school.NewID()}, ByName: "Anne Le Goff"})
}

func TestDecisionsAreTold(t *testing.T) {
	d := database(t)
	sync(t, d, territory(t), true)
	r := load(t, d)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	other := load(t, d)
	go other.Follow(ctx)
	haxo := r.Resolve("haxo.vendee.localhost:8080")
	time.Sleep(200 * time.Millisecond)
	if err := decide(t, d, haxo, tenant.Suspended, 0); err != nil {
		t.Fatal(err)
	}
	within(t, func() bool {
		return other.ByID(haxo.ID).State == tenant.Suspended && other.ByID(haxo.ID).StateNote == "De retour lundi."
	})
	var events []tenant.Event
	if err := d.Batch(tenant.Enter(ctx, haxo), func(b *db.Batch) { tenant.QueueHistory(b, &events) }); err != nil {
		t.Fatal(err)
	}
	if len(events) != 1 || events[0].Was != "open" || events[0].Becomes != "suspended" || events[0].Reason != "Travaux" || events[0].ByName != "Anne Le Goff" {
		t.Errorf("the history says %+v", events)
	}
	for _, scope := range []school.ScopeID{haxo.ID, school.Academy} {
		if n := countIn(t, d, scope, `select count(*) from audit_entry where tenant_id = $1 and action = 'tenant.decide'`); n != 1 {
			t.Errorf("the trail of space %d has %d entries", scope, n)
		}
	}
	// A second decider saw it open: nothing more is written.
	if err := decide(t, d, haxo, tenant.Closed, 0); !fault.Is(err, fault.Conflict) {
		t.Errorf("a decision on what was no longer so: %v", err)
	}
}

func TestMergersAndRefusals(t *testing.T) {
	d := database(t)
	sync(t, d, territory(t), true)
	r := load(t, d)
	haxo, other := r.Resolve("haxo.vendee.localhost:8080"), r.Resolve("beaussire.vendee.localhost:8080")
	vendee := r.Resolve("vendee.localhost:8080")
	if haxo == nil || other == nil {
		t.Fatal("the territory has changed")
	}
	for name, c := range map[string]struct {
		at   *tenant.Tenant
		to   tenant.State
		into school.ScopeID
		kind fault.Kind
	}{
		"a state that is none":           {haxo, "asleep", 0, fault.Invalid},
		"the state that it has":          {haxo, tenant.Open, 0, fault.Invalid},
		"a merger into nothing":          {haxo, tenant.Merged, 0, fault.Invalid},
		"a merger into itself":           {haxo, tenant.Merged, haxo.ID, fault.Invalid},
		"a suspension into something":    {haxo, tenant.Suspended, other.ID, fault.Invalid},
		"a merger into a collectivity":   {haxo, tenant.Merged, vendee.ID, fault.NotFound},
		"a collectivity":                 {vendee, tenant.Suspended, 0, fault.NotFound},
		"an establishment that is none":  {&tenant.Tenant{ID: 999999, State: tenant.Open}, tenant.Closed, 0, fault.NotFound},
		"the academy":                    {r.Academy(), tenant.Closed, 0, fault.NotFound},
		"an establishment that was left": {&tenant.Tenant{ID: haxo.ID, State: tenant.Planned}, tenant.Open, 0, fault.Conflict},
	} {
		if err := decide(t, d, c.at, c.to, c.into); !fault.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := decide(t, d, haxo, tenant.Merged, other.ID); err != nil {
		t.Fatal(err)
	}
	if err := decide(t, d, other, tenant.Merged, haxo.ID); !fault.Is(err, fault.Invalid) {
		t.Errorf("a merger into one that is no longer open: %v", err)
	}
	if got := load(t, d).ByID(haxo.ID); got.State != tenant.Merged || got.MergedInto != other.ID {
		t.Errorf("%s into %d", got.State, got.MergedInto)
	}
}

// TestWaveStaysMoved holds that the files no longer decide what somebody decided by hand.
func TestWaveStaysMoved(t *testing.T) {
	d := database(t)
	files := territory(t)
	sync(t, d, files, true)
	haxo := load(t, d).Resolve("haxo.vendee.localhost:8080")
	move := tenant.Move{Space: haxo.ID, From: haxo.Wave, To: "2027-2028", Reason: "Chantier du réseau"}
	for name, m := range map[string]tenant.Move{
		"no reason":    {Space: haxo.ID, From: haxo.Wave, To: "2027-2028"},
		"no year":      {Space: haxo.ID, From: haxo.Wave, To: "2027", Reason: "x"},
		"the same one": {Space: haxo.ID, From: haxo.Wave, To: haxo.Wave, Reason: "x"},
	} {
		if err := tenant.MoveToWave(t.Context(), d, m); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := tenant.MoveToWave(t.Context(), d, move); err != nil {
		t.Fatal(err)
	}
	if err := tenant.MoveToWave(t.Context(), d, move); !fault.Is(err, fault.Conflict) {
		t.Errorf("moved from where it no longer is: %v", err)
	}
	sync(t, d, files, true)
	if got := load(t, d).ByID(haxo.ID).Wave; got != "2027-2028" {
		t.Errorf("the files took the wave back to %s", got)
	}
}

func within(t *testing.T, true func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !true(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the other replica did not hear of it")
		}
	}
}

func countIn(t *testing.T, d *db.DB, scope school.ScopeID, sql string) (n int) {
	t.Helper()
	err := d.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, sql, int64(scope)).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
