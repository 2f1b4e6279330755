package dav_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"elyco/internal/audience/audiencetest"
	"elyco/internal/blob"
	"elyco/internal/dav"
	"elyco/internal/drive"
	"elyco/internal/local/s3"
	"elyco/internal/local/s3/child"
	"elyco/internal/observe"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// house is the listener over a real drive, on a real database and a real object store.
type house struct {
	*audiencetest.World
	drive    *drive.Drive
	sessions *session.Sessions
	policy   *policy.Policy
	observer *observe.Observer
	address  string
}

var h house

func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == s3.ChildCommand {
		if err := child.Main(os.Args[2], os.Args[3]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "elyco-s3-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	store, err := s3.Start(context.Background(), s3.Config{Dir: dir})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer store.Stop()
	return audiencetest.Main(m, func(w *audiencetest.World) { h.furnish(w, store) })
}

// mount is the action that lets people open documents outside the pages.
const mount = "app_password"

func grants() map[string][]policy.Grant {
	staff := []school.Profile{school.Teacher, school.Head, school.AcademyAgent}
	return map[string][]policy.Grant{
		drive.Room: {
			policy.Allow(drive.Own, policy.Self, school.Profiles()...),
			policy.Allow(drive.Read, policy.Classes, school.Pupil),
			policy.Allow(drive.Edit, policy.Classes, school.Teacher),
			policy.Allow(drive.House, policy.Establishment, staff...),
			policy.Allow(drive.Keep, policy.Establishment, school.Head),
		},
		"account": {policy.Allow(mount, policy.Self, school.Pupil, school.Teacher, school.Head, school.AcademyAgent)},
	}
}

func (h *house) furnish(w *audiencetest.World, s *s3.Server) {
	h.World = w
	keys := s.Credentials()
	files, err := blob.Open(blob.Config{Endpoint: s.Endpoint(), AccessKey: keys.AccessKey, SecretKey: keys.SecretKey, Bucket: "elyco", Transport: s.Transport()})
	must(err)
	must(files.EnsureBucket(context.Background()))
	h.policy, err = policy.New(grants())
	must(err)
	h.drive = drive.New(h.DB, files, h.Registry)
	h.drive.Furnish(h.policy)
	h.drive.Configure(func(context.Context) drive.Settings {
		s := drive.Defaults()
		s.Personal[school.Guest] = 0
		s.Spaces[drive.Class] = 1 << 20
		return s
	})
	h.sessions = session.New(h.DB)
	h.observer, err = observe.New(observe.Config{Level: "warn"})
	must(err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	h.address = l.Addr().String()
	go func() { must(dav.NewServer(h.handler(nil)).Serve(l)) }()
}

func (h *house) handler(change func(*dav.House)) *dav.Handler {
	parts := dav.House{DB: h.DB, Drive: h.drive, Sessions: h.sessions, Registry: h.Registry, Observer: h.observer,
		May: func(a school.Actor) bool { _, may := h.policy.For(a, "account", mount); return may }}
	if change != nil {
		change(&parts)
	}
	return dav.New(parts)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// port is what hosts end with on the listener, in place of the pages' port.
func (h *house) port() string { _, port, _ := net.SplitHostPort(h.address); return port }

func (h *house) host(t *tenant.Tenant) string {
	name, _, _ := strings.Cut(t.Host(), ":")
	return name + ":" + h.port()
}

const ownPassword = "girafe lente sous la pluie"

var people atomic.Int64

// user is somebody with a file manager.
type user struct {
	id            school.PersonID
	login, secret string
	ctx           context.Context // of the person's pages
	at            *tenant.Tenant
}

// member makes a person of a profile in a space, with an account and an application password.
func member(t testing.TB, at *tenant.Tenant, p school.Profile, ties ...any) user {
	t.Helper()
	n := people.Add(1)
	u := user{id: h.Person(t, "Camille", fmt.Sprintf("Essai-%d", n)), login: fmt.Sprintf("camille%d", n), at: at}
	h.Join(t, at, u.id, p, ties...)
	h.Import(t, `insert into account (tenant_id, person_id, login, password_hash) values (1, $1, $2, $3)`, u.id.UUID, u.login, session.HashPassword(ownPassword))
	u.ctx = session.With(audiencetest.In(t.Context(), at), h.Actor(t, at, u.id))
	made, err := h.sessions.NewAppPassword(u.ctx, session.AppAsk{ID: school.NewID(), Name: "Essai", Purpose: session.ForDocuments, Password: ownPassword})
	if err != nil {
		t.Fatal(err)
	}
	u.secret = made.Secret
	return u
}

// answer is what came back.
type answer struct {
	*http.Response
	body string
}

// sent is a request. Values of head alternate names and values.
type sent struct {
	method, path, body string
	head               []string
	stream             io.Reader
	host               string
	nobody             bool // without a password
}

func (u user) send(t testing.TB, s sent) answer {
	t.Helper()
	var body io.Reader = strings.NewReader(s.body)
	if s.stream != nil {
		body = s.stream
	}
	r, err := http.NewRequestWithContext(t.Context(), s.method, "http://"+h.address+s.path, body)
	if err != nil {
		t.Fatal(err)
	}
	if r.Host = s.host; r.Host == "" {
		r.Host = h.host(u.at)
	}
	if !s.nobody {
		r.SetBasicAuth(u.login, u.secret)
	}
	for i := 0; i+1 < len(s.head); i += 2 {
		r.Header.Set(s.head[i], s.head[i+1])
	}
	res, err := browser.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	all, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res, string(all)}
}

var browser = &http.Client{Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// do sends a request and wants a status.
func (u user) do(t testing.TB, want int, method, path, body string, head ...string) answer {
	t.Helper()
	a := u.send(t, sent{method: method, path: path, body: body, head: head})
	if a.StatusCode != want {
		t.Errorf("%s %s: %d, not %d: %.200s", method, path, a.StatusCode, want, a.body)
	}
	return a
}

func (u user) has(t testing.TB, path, want string) {
	t.Helper()
	if a := u.do(t, http.StatusOK, "GET", path, ""); a.body != want {
		t.Errorf("%s holds %.100q, not %.100q", path, a.body, want)
	}
}

// zeros is a file of nothing but zeros.
type zeros struct{ left int64 }

func (z *zeros) Read(p []byte) (int, error) {
	if z.left == 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), z.left)
	clear(p[:n])
	z.left -= n
	return int(n), nil
}
