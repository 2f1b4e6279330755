package live_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/live"
	"elyco/internal/testkit"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

func follow(t *testing.T, d *db.DB) *live.Hub {
	t.Helper()
	h := live.NewHub(d)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { h.Follow(ctx); close(done) }()
	t.Cleanup(func() { stop(); <-done })
	// It hears once its connection stands: its pages are then told that anything may have changed.
	p, err := h.Open(uuid.New())
	if err != nil {
		t.Fatal(err)
	}
	hear(t, p)
	p.Leave()
	return h
}

func hear(t *testing.T, p *live.Page) []live.Event {
	t.Helper()
	select {
	case <-p.Wake():
	case <-time.After(10 * time.Second):
		t.Fatal("nothing was heard")
	}
	return p.Take()
}

func TestEveryReplicaHears(t *testing.T) {
	d := testkit.DB(t)
	first, second := follow(t, d), follow(t, d)
	people := make([]uuid.UUID, 700) // more than one notification holds
	for i := range people {
		people[i] = uuid.New()
	}
	last := people[len(people)-1]
	one, err := first.Open(people[0])
	if err != nil {
		t.Fatal(err)
	}
	other, _ := second.Open(last)
	stranger, _ := first.Open(uuid.New())
	ref := uuid.New()
	ctx := db.WithScope(t.Context(), db.NewScope(10, 1))
	tell := func(fail error) error {
		return d.Write(ctx, func(ctx context.Context, tx db.Tx) error {
			if err := live.Tell(ctx, tx, live.Event{Room: "messages", Ref: ref}, people...); err != nil {
				return err
			}
			return fail
		})
	}
	if err := tell(context.Canceled); err == nil {
		t.Fatal("the transaction stands")
	}
	if err := tell(nil); err != nil {
		t.Fatal(err)
	}
	for _, p := range []*live.Page{one, other} {
		if got := hear(t, p); len(got) != 1 || got[0] != (live.Event{Room: "messages", Ref: ref}) {
			t.Errorf("heard %v", got)
		}
	}
	if got := stranger.Take(); got != nil {
		t.Errorf("a stranger heard %v", got)
	}
}

func TestPagesAreBounded(t *testing.T) {
	h := live.NewHub(testkit.DB(t))
	who := uuid.New()
	oldest, err := h.Open(who)
	if err != nil {
		t.Fatal(err)
	}
	for range 8 {
		if _, err := h.Open(who); err != nil {
			t.Fatal(err)
		}
	}
	select {
	case <-oldest.End():
	default:
		t.Error("a ninth page of one person leaves the oldest open")
	}
	oldest.Leave()
	if n := h.Pages(); n != 8 {
		t.Errorf("%d pages are held", n)
	}
	h.Close()
	if _, err := h.Open(who); err == nil || h.Pages() != 0 {
		t.Error("a closed hub opens a page")
	}
}
