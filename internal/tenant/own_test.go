package tenant_test

import (
	"context"
	"testing"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/tenant"
)

func write(t *testing.T, d *db.DB, in *tenant.Tenant, fn func(context.Context, db.Tx) error) error {
	t.Helper()
	return d.Write(tenant.Enter(t.Context(), in), fn)
}

// TestWhatASpaceSaysOfItselfStays holds that no synchronisation takes back what a school typed, and that the registry's
// words hold again once the school takes its own away.
func TestWhatASpaceSaysOfItselfStays(t *testing.T) {
	d, files := database(t), territory(t)
	sync(t, d, files, true)
	h := load(t, d).Resolve(haxo)
	own := tenant.Own{Name: "Collège Haxo-Renommé", Presentation: "Notre collège", ContactPhone: "02 51 00 00 00"}
	present := func(o tenant.Own) error {
		return write(t, d, h, func(ctx context.Context, tx db.Tx) error { return tenant.Present(ctx, tx, o) })
	}
	if err := present(own); err != nil {
		t.Fatal(err)
	}
	if err := present(own); !fault.Is(err, fault.Conflict) {
		t.Errorf("a form of before is taken: %v", err)
	}
	if r := sync(t, d, files, true); len(r.Changes) != 0 {
		t.Errorf("the files see a change: %v", r.Changes)
	}
	now := load(t, d).Resolve(haxo)
	if now.Name != own.Name || now.Presentation != own.Presentation || now.ContactPhone != own.ContactPhone || now.Address != h.Address {
		t.Fatalf("the registry holds %+v", now)
	}
	if err := present(tenant.Own{Version: 1}); err != nil {
		t.Fatal(err)
	}
	if now := load(t, d).Resolve(haxo); now.Name != h.Name || now.Presentation != h.Presentation {
		t.Errorf("the registry's words are lost: %+v", now)
	}
}

func TestServicesAreChosen(t *testing.T) {
	d := database(t)
	sync(t, d, territory(t), true)
	h := load(t, d).Resolve(haxo)
	if !h.Offers("news") || h.Chosen {
		t.Fatal("a school that decided nothing lacks a service")
	}
	choose := func(services ...string) *tenant.Tenant {
		t.Helper()
		err := write(t, d, h, func(ctx context.Context, tx db.Tx) error {
			if _, _, err := tenant.OpenServices(ctx, tx); err != nil {
				return err
			}
			return tenant.ChooseServices(ctx, tx, services)
		})
		if err != nil {
			t.Fatal(err)
		}
		return load(t, d).Resolve(haxo)
	}
	if now := choose("news", "blog", "news"); !now.Offers("news") || now.Offers("forum") || len(now.Services) != 2 {
		t.Errorf("it has %v", now.Services)
	}
	if now := choose(); now.Offers("news") {
		t.Error("a school that closed everything has everything")
	}
	choose("news")
	vendee := h.Parent
	err := write(t, d, vendee, func(ctx context.Context, tx db.Tx) error { return tenant.CloseBelow(ctx, tx, []string{"news"}) })
	if err != nil {
		t.Fatal(err)
	}
	r := load(t, d)
	if now := r.Resolve(haxo); now.Offers("news") || now.ClosedBy("news").ID != vendee.ID || now.ClosedBy("blog") != nil {
		t.Error("what the collectivity closed is on below")
	}
	if !r.ByID(vendee.ID).Offers("news") {
		t.Error("what a collectivity closes below is closed for itself")
	}
}
