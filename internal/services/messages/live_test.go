package messages_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/live"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// hear opens a page of a person on a replica of its own.
func (m mail) hear(t *testing.T, p testkit.Person) *live.Page {
	t.Helper()
	hub := live.NewHub(m.DB)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { hub.Follow(ctx); close(done) }()
	t.Cleanup(func() { stop(); <-done })
	page, err := hub.Open(p.ID.UUID)
	if err != nil {
		t.Fatal(err)
	}
	select { // the connection stands once anything may have changed
	case <-page.Wake():
		page.Take()
	case <-time.After(10 * time.Second):
		t.Fatal("the replica does not listen")
	}
	return page
}

func fragment(t *testing.T, c *testkit.Client, in *tenant.Tenant, path string) *testkit.Answer {
	t.Helper()
	return c.Do(t, testkit.Request{To: in, Path: path, Header: http.Header{"Hx-Request": {"true"}}})
}

// TestAMessageShowsByItself sends on one replica and is seen on another within a second, the list with its counter.
func TestAMessageShowsByItself(t *testing.T) {
	m := newMail(t)
	other := m.Replica(t)
	guardian := other.SignIn(t, m.guardianP)
	guardian.Get(t, m.College, "/messages").Is(t, 200).Sees(t, "[data-live=messages]", "Réception")
	open, stranger := m.hear(t, m.guardianP), m.hear(t, m.strangerP)
	f := form("Vu tout de suite", "x", to(m.guardianP))
	m.send(t, m.teacher, f)
	began := time.Now()
	select {
	case <-open.Wake():
	case <-time.After(time.Second):
		t.Fatal("the open page hears nothing within a second")
	}
	t.Logf("heard after %s", time.Since(began))
	want := live.Event{Room: "messages", Ref: uuid.MustParse(f.Get("id"))}
	if got := open.Take(); !slices.Contains(got, want) {
		t.Errorf("heard %v", got)
	}
	part := fragment(t, guardian, m.College, "/messages").Is(t, 200)
	if text := string(part.Body); !strings.Contains(text, "Vu tout de suite") || !strings.Contains(text, "un non lu") || strings.Contains(text, "<h1") {
		t.Errorf("the part of the page holds %s", text)
	}
	m.teacher.Post(t, m.College, "/messages/letters/"+f.Get("id")+"/recall", nil)
	select {
	case <-open.Wake():
	case <-time.After(time.Second):
		t.Error("nothing is heard of a recall")
	}
	if got := stranger.Take(); got != nil {
		t.Errorf("a stranger hears %v", got)
	}
}

// TestWhatIsVisibleLaterIsToldLater hears nothing at night, and the right thing in the morning.
func TestWhatIsVisibleLaterIsToldLater(t *testing.T) {
	m := newMail(t)
	goTo(m.House, time.Saturday, 21)
	open := m.hear(t, m.guardianP)
	f := form("Lundi", "x", to(m.guardianP), to(m.colleagueP))
	m.send(t, m.SignIn(t, m.teacherP), f)
	var jobs int
	var at, run time.Time
	m.query(t, `select count(*), min(run_at) from job where kind = 'messages.open'`, &jobs, &run)
	m.query(t, `select min(visible_at) from message_copy where field <> 'author'`, &at)
	if jobs != 1 || !run.Equal(at) || !at.After(m.Clock.Now()) {
		t.Fatalf("%d jobs, at %s, for what is visible at %s", jobs, run, at)
	}
	select {
	case <-open.Wake():
		t.Errorf("heard at night: %v", open.Take())
	case <-time.After(300 * time.Millisecond):
	}
	goTo(m.House, time.Monday, 7)
	if err := m.jobs().Opens(tenant.Enter(t.Context(), m.College), uuid.MustParse(f.Get("id")), at); err != nil {
		t.Fatal(err)
	}
	select {
	case <-open.Wake():
	case <-time.After(time.Second):
		t.Error("nothing is heard in the morning")
	}
}
