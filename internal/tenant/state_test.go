package tenant_test

import (
	"context"
	"testing"
	"time"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// TestReplicasFollow holds that what one replica changes, another knows within a second, without a question by request.
func TestReplicasFollow(t *testing.T) {
	d := database(t)
	sync(t, d, territory(t), true)
	other := load(t, d)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go other.Follow(ctx)
	haxo := other.Resolve("haxo.vendee.localhost:8080")
	if haxo == nil || !haxo.LetsIn() {
		t.Fatalf("%+v", haxo)
	}
	time.Sleep(200 * time.Millisecond) // the listener is connected by now, or reads anew once it is
	if err := tenant.SetState(t.Context(), d, haxo.ID, tenant.Suspended, "Travaux"); err != nil {
		t.Fatal(err)
	}
	until := time.Now().Add(5 * time.Second)
	for other.ByID(haxo.ID).State != tenant.Suspended {
		if time.Now().After(until) {
			t.Fatal("the other replica did not hear of the change")
		}
		time.Sleep(10 * time.Millisecond)
	}
	if haxo.State != tenant.Open {
		t.Error("what a request already holds was changed under it")
	}
}

func TestSetStateRefuses(t *testing.T) {
	d := database(t)
	sync(t, d, territory(t), true)
	for _, tc := range []struct {
		id   school.ScopeID
		to   tenant.State
		kind fault.Kind
	}{
		{school.Academy, tenant.Suspended, fault.Invalid},
		{2, "asleep", fault.Invalid},
		{999999, tenant.Open, fault.NotFound},
	} {
		if err := tenant.SetState(t.Context(), d, tc.id, tc.to, ""); !fault.Is(err, tc.kind) {
			t.Errorf("space %d to %s: %v", tc.id, tc.to, err)
		}
	}
}

func TestResolveIsStrict(t *testing.T) {
	d := database(t)
	sync(t, d, territory(t), true)
	r := load(t, d)
	for host, known := range map[string]bool{
		"localhost:8080": true, "vendee.localhost:8080": true, "haxo.vendee.localhost:8080": true, "HAXO.Vendee.localhost:8080": true,
		"haxo.vendee.localhost": false, "haxo.vendee.localhost:8080.": false, "haxo.vendee.localhost.:8080": false, "haxo.sarthe.localhost:8080": false,
		"evil.test": false, "haxo.vendee.localhost:80@evil.test": false, "haxo.vendee.localhost:8080/": false, "": false,
		"xhaxo.vendee.localhost:8080": false, "haxo.vendee.localhost:08080": false, " haxo.vendee.localhost:8080": false,
	} {
		if got := r.Resolve(host) != nil; got != known {
			t.Errorf("%q: known %v, want %v", host, got, known)
		}
	}
}
