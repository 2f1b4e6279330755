package policy_test

import (
	"context"
	"testing"
	"time"

	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/testkit"
)

// replica is a policy that follows what spaces change, as each program of a deployment does.
func replica(t *testing.T, w *testkit.Territory) *policy.Policy {
	t.Helper()
	p, err := policy.New(map[string][]policy.Grant{"chat": {policy.Allow("start", policy.Classes, school.Teacher)}})
	if err != nil {
		t.Fatal(err)
	}
	p.Over(w.DB, w.Registry)
	if err := p.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { p.Follow(ctx); close(done) }()
	t.Cleanup(func() { stop(); <-done })
	return p
}

// change writes a line as a space's page does, without telling anybody.
func change(t *testing.T, w *testkit.Territory, scope school.ScopeID, number int, reach policy.Reach) {
	t.Helper()
	conn := w.As(t, "postgres")
	defer conn.Close(context.Background())
	_, err := conn.Exec(t.Context(), `insert into policy_delta (tenant_id, id, room, action, profile, number, reach, set_at)
		values ($1, $2, 'chat', 'start', 'teacher', $3, $4, now())`, scope, school.NewID(), number, string(reach))
	if err != nil {
		t.Fatal(err)
	}
}

func announce(t *testing.T, w *testkit.Territory) {
	w.Exec(t, `select pg_notify('policy_changed', '')`)
}

// settles waits until every replica answers so, and tells how long it took.
func settles(t *testing.T, want bool, replicas ...*policy.Policy) {
	t.Helper()
	start := time.Now()
	for _, p := range replicas {
		for {
			if _, may := p.For(actor(college, school.Teacher), "chat", "start"); may == want {
				break
			}
			if time.Since(start) > 5*time.Second {
				t.Fatalf("a replica still does not answer %v", want)
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
	t.Logf("%d replicas after %v", len(replicas), time.Since(start).Round(time.Millisecond))
}

func TestEveryReplicaFollows(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost:8080", nil)
	change(t, w, w.College.ID, 1, policy.None)
	one, two := replica(t, w), replica(t, w)
	settles(t, false, one, two)

	change(t, w, w.College.ID, 2, policy.Inherited)
	announce(t, w)
	settles(t, true, one, two)

	change(t, w, w.Vendee.ID, 1, policy.None)
	announce(t, w)
	settles(t, false, one, two)
}

func TestAChangeDuringALostConnectionIsFollowed(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost:8080", nil)
	p := replica(t, w)
	settles(t, true, p)
	time.Sleep(200 * time.Millisecond) // it listens by then
	change(t, w, w.College.ID, 1, policy.None)
	conn := w.As(t, "postgres")
	cut, err := conn.Exec(t.Context(), `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen%'`)
	if err != nil || cut.RowsAffected() == 0 {
		t.Fatalf("no connection was cut: %v", err)
	}
	settles(t, false, p)
}

func TestTheLastAnswersStayWhenTheDatabaseDoesNotAnswer(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost:8080", nil)
	change(t, w, w.College.ID, 1, policy.None)
	p := replica(t, w)
	conn := w.As(t, "postgres")
	for _, sql := range []string{`revoke select on policy_delta from elyco_import`, `delete from policy_delta`} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Load(t.Context()); err == nil {
		t.Fatal("reading succeeded")
	}
	settles(t, false, p)
	if _, err := conn.Exec(t.Context(), `grant select on policy_delta to elyco_import`); err != nil {
		t.Fatal(err)
	}
	announce(t, w)
	settles(t, true, p)
}
