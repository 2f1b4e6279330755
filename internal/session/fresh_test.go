package session

import (
	"context"
	"testing"
	"time"

	"elyco/internal/fault"
)

func TestFresh(t *testing.T) {
	f := setup(t)
	login, secret, codes := f.enrolled()
	o, err := f.give(f.half(login), codes[0])
	if err != nil {
		t.Fatal(err)
	}
	ctx := func() context.Context { return f.standing(o) }
	if !f.Fresh(ctx(), time.Minute) {
		t.Error("a sign-in is no proof")
	}
	f.ahead(16 * time.Minute)
	if f.Fresh(ctx(), 15*time.Minute) {
		t.Error("a sign-in of a quarter of an hour ago is a proof")
	}
	for _, wrong := range []string{"", "faux", secret} {
		if err := f.Prove(ctx(), wrong); !fault.Is(err, fault.Invalid) {
			t.Errorf("the password %q: %v", wrong, err)
		}
	}
	if err := f.ProveByFactor(ctx(), "000000"); !fault.Is(err, fault.Invalid) || f.Fresh(ctx(), time.Minute) {
		t.Errorf("a wrong code proves something: %v", err)
	}
	if err := f.Prove(ctx(), goodPassword); err != nil || !f.Fresh(ctx(), time.Minute) {
		t.Errorf("the password proves nothing: %v", err)
	}
	f.ahead(16 * time.Minute)
	code := codeAt(t, secret, f.house.db.Now())
	if err := f.ProveByFactor(ctx(), code); err != nil || !f.Fresh(ctx(), time.Minute) {
		t.Errorf("a code proves nothing: %v", err)
	}
	if err := f.ProveByFactor(ctx(), code); !fault.Is(err, fault.Invalid) {
		t.Errorf("a code proves twice: %v", err)
	}
}
