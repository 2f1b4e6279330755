package session

import (
	"testing"
	"time"

	"elyco/internal/school"
)

// TestConnectionsAreCounted holds that each host that a sign-on reaches counts one, and that a refused try counts none.
func TestConnectionsAreCounted(t *testing.T) {
	f := setup(t)
	login := f.person(cheap())
	count := func(space school.ScopeID) (n int) {
		t.Helper()
		days, err := f.Connections(t.Context(), space, time.Now().AddDate(0, 0, -2))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range days {
			n += d.Connections
		}
		return n
	}
	before := count(3)
	o, err := f.signIn(login, goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.signIn(login, "not this one"); err == nil {
		t.Fatal("a wrong password opens")
	}
	if got := count(3) - before; got != 1 {
		t.Errorf("a sign-on counts %d", got)
	}
	far := count(4)
	hosts := f.spread(o)
	if got := count(4) - far; got != 1 {
		t.Errorf("%d hosts were reached, and one of them counts %d", len(hosts), got)
	}
}
