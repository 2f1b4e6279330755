package testkit

import (
	"context"
	"log/slog"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/valyala/fasthttp"

	"elyco/internal/app"
	"elyco/internal/blob"
	"elyco/internal/config"
	"elyco/internal/db"
	"elyco/internal/observe"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/tenants"
	"elyco/themes"
)

// House is the whole program on a territory, answering on a socket of this machine.
type House struct {
	*Territory
	App     *app.App
	Address string // host and port, such as 127.0.0.1:40123
	Clock   *Clock
	Blobs   *blob.Store

	ground  *app.Ground
	counted sync.Map // what requests asked of the database, by their mark
}

// Clock is the house's time: the true one, and what a test adds to it.
type Clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

// Now is the true time and what was added.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

// Pass lets time go by.
func (c *Clock) Pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}

// NewHouse builds a house that ends with the test. Its hosts end with "localhost" and the port.
func NewHouse(t testing.TB) *House {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	h := &House{Address: listener.Addr().String(), Clock: &Clock{}, Blobs: Blobs(t)}
	base := "localhost:" + port
	h.Territory = NewTerritory(t, base, h.Clock.Now)
	o, err := observe.New(observe.Config{Level: "warn", Writer: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	h.ground = &app.Ground{DB: h.DB, Blobs: h.Blobs, Observer: o, Tenants: tenants.FS, Themes: themes.FS, Program: Program(t)}
	h.ground.Config = config.Config{BaseHost: base, Scheme: "http", Workers: 1, DAVListen: "127.0.0.1:8082"}
	h.ground.Config.Secret = config.Key{1}
	if h.App, err = app.New(t.Context(), h.ground); err != nil {
		t.Fatal(err)
	}
	h.settle(t, h.App.Registry())
	h.serve(t, listener)
	return h
}

// Replica is a second program on the same database, for the same hosts, which hears what the first one changes. People sign
// in with the clients of each.
func (h *House) Replica(t testing.TB) *House {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &House{Territory: h.Territory, Address: listener.Addr().String(), Clock: h.Clock, Blobs: h.Blobs, ground: h.ground}
	if r.App, err = app.New(t.Context(), h.ground); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { r.App.Follow(ctx); close(done) }()
	t.Cleanup(func() { stop(); <-done })
	r.serve(t, listener)
	return r
}

// mark names, in a request of a test, where its round trips are counted.
const mark = "X-Test-Count"

// serve answers as the program does, with one thing more: it counts what marked requests ask of the database.
func (h *House) serve(t testing.TB, listener net.Listener) {
	handler := h.App.Fiber().Handler()
	server := h.App.Fiber().Server()
	server.Handler = func(c *fasthttp.RequestCtx) {
		if key := string(c.Request.Header.Peek(mark)); key != "" {
			stats := &db.Stats{}
			h.counted.Store(key, stats)
			c.SetUserValue("__local_user_context__", db.WithStats(context.Background(), stats))
		}
		handler(c)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := server.Serve(listener); err != nil {
			slog.Error("the house stopped answering", "error", err)
		}
	})
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		_ = server.ShutdownWithContext(ctx)
		_ = listener.Close()
		wg.Wait()
	})
}

// Visitor is a browser that nobody has signed in with.
func (h *House) Visitor() *Client { return newClient(h) }

// SignIn is a browser of the person, signed in on every host, as the sign-on page would have left it. It counts as just
// proved for as long as it lasts, so that no test is asked for a password when it lets time pass; Unproved changes that.
func (h *House) SignIn(t testing.TB, p Person) *Client {
	t.Helper()
	c := newClient(h)
	c.Person = p
	c.signOn = school.NewID()
	h.Exec(t, `insert into sign_on (tenant_id, id, person_id, device, network, created_at, seen_at, proved_at, expires_at)
		values (1, $1, $2, 'Firefox sur Linux', '127.0.0.0/24', $3, $3, $4, $4)`, c.signOn, p.ID.UUID, h.Clock.Now(), h.Clock.Now().Add(12*time.Hour))
	return c
}

// Unproved makes a signed-in browser one whose person gave the password long ago.
func (h *House) Unproved(t testing.TB, c *Client) {
	t.Helper()
	h.Exec(t, `update sign_on set proved_at = 'epoch' where id = $1`, c.signOn)
}

// SignInAs makes somebody of the profile in a space and signs in.
func (h *House) SignInAs(t testing.TB, in *tenant.Tenant, profile school.Profile, ties ...Tie) *Client {
	t.Helper()
	return h.SignIn(t, h.NewPerson(t, In(in, profile, ties...)))
}

// count reads what the request of a mark asked of the database.
func (h *House) count(key string) (statements, trips int) {
	v, ok := h.counted.LoadAndDelete(key)
	if !ok {
		return 0, 0
	}
	s := v.(*db.Stats)
	return int(s.Statements.Load()), int(s.RoundTrips.Load())
}

func newMark() string { return strconv.FormatUint(uint64(uuid.New().ID()), 36) }
