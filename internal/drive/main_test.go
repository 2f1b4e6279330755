package drive_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"testing"

	"github.com/google/uuid"

	"elyco/internal/audience/audiencetest"
	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/local/s3"
	"elyco/internal/local/s3/child"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// house is the drive on a real database and a real object store.
type house struct {
	*audiencetest.World
	files *blob.Store
	drive *drive.Drive
	store *s3.Server
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

// grants are what a room would declare.
func grants() []policy.Grant {
	staff := []school.Profile{school.Teacher, school.Head, school.SchoolLife, school.Administrative, school.Librarian}
	return []policy.Grant{
		policy.Allow(drive.Own, policy.Self, school.Profiles()...),
		policy.Allow(drive.Read, policy.Classes, school.Pupil),
		policy.Allow(drive.Read, policy.Children, school.Guardian),
		policy.Allow(drive.Edit, policy.Classes, school.Teacher, school.SchoolLife),
		policy.Allow(drive.Read, policy.Establishment, school.Head),
		policy.Allow(drive.Deposit, policy.Establishment, school.Librarian),
		policy.Allow(drive.House, policy.Establishment, staff...),
		policy.Allow(drive.Keep, policy.Establishment, school.Head, school.Administrator),
		policy.Allow(drive.Give, policy.Establishment, append(staff, school.Pupil)...),
		policy.Allow(drive.Publish, policy.Establishment, staff...),
	}
}

func (h *house) furnish(w *audiencetest.World, s *s3.Server) {
	h.World, h.store = w, s
	keys := s.Credentials()
	var err error
	h.files, err = blob.Open(blob.Config{Endpoint: s.Endpoint(), AccessKey: keys.AccessKey, SecretKey: keys.SecretKey, Bucket: "elyco", Transport: s.Transport()})
	must(err)
	must(h.files.EnsureBucket(context.Background()))
	h.drive = h.newDrive()
}

func (h *house) newDrive() *drive.Drive {
	d := drive.New(h.DB, h.files, h.Registry)
	p, err := policy.New(map[string][]policy.Grant{drive.Room: grants()})
	must(err)
	d.Furnish(p)
	return d
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// as is the context of a request by who in a space.
func as(t testing.TB, at *tenant.Tenant, who school.PersonID) context.Context {
	t.Helper()
	return session.With(audiencetest.In(t.Context(), at), h.Actor(t, at, who))
}

// member makes a person of one profile in a space, and the context of the person's requests.
func member(t testing.TB, at *tenant.Tenant, p school.Profile, ties ...any) context.Context {
	t.Helper()
	id := h.Person(t, string(p), "Essai "+uuid.NewString()[:8])
	h.Join(t, at, id, p, ties...)
	return as(t, at, id)
}

// mine is the personal space of the person of a context.
func mine(t testing.TB, ctx context.Context) drive.SpaceRef {
	t.Helper()
	s, err := drive.ParseSpace(ctx, "perso")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func classSpace(at *tenant.Tenant, c school.ClassID) drive.SpaceRef {
	return drive.SpaceRef{Scope: at.ID, Kind: drive.Class, Owner: c.UUID}
}

func incoming(s drive.SpaceRef, parent uuid.UUID, name string) drive.Incoming {
	return drive.Incoming{Space: s, Parent: parent, ID: school.NewID(), Name: name}
}

// put stores a text and fails the test when that fails.
func put(t testing.TB, ctx context.Context, s drive.SpaceRef, parent uuid.UUID, name, text string) drive.Node {
	t.Helper()
	n, err := h.drive.Store(ctx, incoming(s, parent, name), bytes.NewReader([]byte(text)), int64(len(text)))
	if err != nil {
		t.Fatalf("store %s: %v", name, err)
	}
	return n
}

func folder(t testing.TB, ctx context.Context, s drive.SpaceRef, parent uuid.UUID, name string) drive.Node {
	t.Helper()
	n, err := h.drive.MakeFolder(ctx, s, parent, school.NewID(), name)
	if err != nil {
		t.Fatalf("make %s: %v", name, err)
	}
	return n
}

// text reads a file as somebody would.
func text(t testing.TB, ctx context.Context, id uuid.UUID, version int) string {
	t.Helper()
	body, _, err := h.drive.Open(ctx, id, version, 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	all, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

// names lists a folder.
func names(t testing.TB, ctx context.Context, s drive.SpaceRef, parent uuid.UUID) []string {
	t.Helper()
	var out []string
	for after := ""; ; {
		l, err := h.drive.List(ctx, s, parent, drive.ListOptions{After: after, Limit: 3})
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range l.Nodes {
			out = append(out, n.Name)
		}
		if after = l.Next; after == "" {
			return out
		}
	}
}

func wantNames(t testing.TB, ctx context.Context, s drive.SpaceRef, parent uuid.UUID, want ...string) {
	t.Helper()
	if got := names(t, ctx, s, parent); !slices.Equal(got, want) {
		t.Errorf("the folder holds %q, not %q", got, want)
	}
}

// used is what a space weighs, by its row.
func used(t testing.TB, ctx context.Context, s drive.SpaceRef) (bytes int64, files int) {
	t.Helper()
	l, err := h.drive.List(ctx, s, uuid.Nil, drive.ListOptions{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	return l.Space.Used, l.Space.Files
}

func wantFault(t testing.TB, err error, k fault.Kind) {
	t.Helper()
	if !fault.Is(err, k) {
		t.Errorf("got %v, want a fault of kind %d", err, k)
	}
}

// runJobs runs what is ready of some kinds of the drive, at the tests' own clock.
func runJobs(t testing.TB, d *drive.Drive, kinds ...string) {
	t.Helper()
	runHandlers(t, d.Jobs(), kinds...)
}

func runHandlers(t testing.TB, all []job.Handler, kinds ...string) {
	t.Helper()
	handlers := slices.DeleteFunc(slices.Clone(all), func(h job.Handler) bool { return !slices.Contains(kinds, h.Kind) })
	w, err := job.NewWorker(h.DB, handlers, 2, func(ctx context.Context, scope int64) (context.Context, bool) {
		return tenant.Enter(ctx, h.Registry.ByID(school.ScopeID(scope))), true
	})
	if err != nil {
		t.Fatal(err)
	}
	for {
		h.Import(t, `update job set run_at = now() where kind = any ($1) and state = 'ready' and run_at <= $2`, kinds, h.Clock.At)
		if n, err := w.Once(t.Context()); err != nil || n == 0 {
			must(err)
			return
		}
	}
}

func insertAttachment(ctx context.Context, publication uuid.UUID, key blob.Key) error {
	return h.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into publication_attachment (id, publication_id, name, content_type, size, blob_key, created_at)
			values (?, ?, 'x', 'text/plain', 1, ?, now())`, school.NewID(), publication, key.String())
		return err
	})
}
