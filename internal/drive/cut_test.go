package drive_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/blob/blobtest"
	"elyco/internal/drive"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// cutting is the way to the store, cut at one of its requests: before it arrives, or before the answer does. After that
// nothing passes, as when the program or the store has been killed.
type cutting struct {
	http.RoundTripper
	at    int64 // 0: never
	after bool
	seen  atomic.Int64
}

var errCut = errors.New("the line is cut")

func (c *cutting) RoundTrip(r *http.Request) (*http.Response, error) {
	n := c.seen.Add(1)
	if c.at > 0 && (n > c.at || n == c.at && !c.after) {
		return nil, errCut
	}
	answer, err := c.RoundTripper.RoundTrip(r)
	if n == c.at && err == nil {
		answer.Body.Close()
		return nil, errCut
	}
	return answer, err
}

// throughCut is a drive whose store is lost at a request.
func throughCut(t testing.TB, at int64, after bool) (*drive.Drive, *cutting) {
	t.Helper()
	keys := h.store.Credentials()
	way := &cutting{RoundTripper: h.store.Transport(), at: at, after: after}
	files, err := blob.Open(blob.Config{Endpoint: h.store.Endpoint(), AccessKey: keys.AccessKey, SecretKey: keys.SecretKey, Bucket: "elyco", Transport: way})
	if err != nil {
		t.Fatal(err)
	}
	d := drive.New(h.DB, files, h.Registry)
	p, err := policy.New(map[string][]policy.Grant{drive.Room: grants()})
	if err != nil {
		t.Fatal(err)
	}
	d.Furnish(p)
	return d, way
}

// TestCutAtEveryRequest loses the store at each of its requests in turn, before it and after it, while a file is stored
// whole, in pieces, copied to another scope and erased. What was acknowledged is there; asking again ends what was begun;
// and once the sweep has passed, the store holds what rows name and nothing else.
func TestCutAtEveryRequest(t *testing.T) {
	class := h.Class(t, h.LP, "K "+uuid.NewString()[:4], "CAP")
	ctx := member(t, h.LP, school.Teacher, class)
	s := classSpace(h.LP, class)
	whole := blobtest.Bytes(2*blob.MinPart + 100)
	pieces := func(d *drive.Drive, in drive.Incoming) error {
		u, err := d.BeginUpload(ctx, in, int64(len(whole)))
		for err == nil && u.Received < u.Size {
			piece := whole[u.Received:min(u.Received+blob.MinPart, u.Size)]
			u, err = d.Append(ctx, in.ID, u.Received, bytes.NewReader(piece), int64(len(piece)))
		}
		if err == nil {
			_, err = d.FinishUpload(ctx, in.ID)
		}
		return err
	}
	original := put(t, ctx, mine(t, ctx), uuid.Nil, "original.bin", string(whole[:1000]))
	for name, step := range map[string]func(d *drive.Drive, in drive.Incoming) error{
		"whole": func(d *drive.Drive, in drive.Incoming) error {
			_, err := d.Store(ctx, in, bytes.NewReader(whole), int64(len(whole)))
			return err
		},
		"of unknown size": func(d *drive.Drive, in drive.Incoming) error {
			_, err := d.Store(ctx, in, bytes.NewReader(whole), -1)
			return err
		},
		"in pieces": pieces,
		"copied": func(d *drive.Drive, in drive.Incoming) error {
			_, err := d.Copy(ctx, original.ID, in.ID, s, uuid.Nil, in.Name, false)
			return err
		},
	} {
		d, _ := throughCut(t, 0, false)
		counted, way := throughCut(t, 0, false)
		must(step(counted, incoming(s, uuid.Nil, uuid.NewString())))
		for at := int64(1); at <= way.seen.Load(); at++ {
			for _, after := range []bool{false, true} {
				in := incoming(s, uuid.Nil, uuid.NewString())
				broken, _ := throughCut(t, at, after)
				if err := step(broken, in); err == nil {
					t.Errorf("%s, cut at request %d (after: %v): acknowledged", name, at, after)
				}
				if err := step(d, in); err != nil {
					t.Errorf("%s, cut at request %d (after: %v): asked again: %v", name, at, after, err)
					continue
				}
				want := whole
				if name == "copied" {
					want = whole[:1000]
				}
				wantContent(t, ctx, in.ID, want)
			}
		}
	}
	swept(t, ctx, s)
}

// swept runs the nightly work a few days later, and compares the store with the rows.
func swept(t *testing.T, ctx context.Context, s drive.SpaceRef) {
	t.Helper()
	later(t, 5*24*time.Hour)
	runJobs(t, h.drive, "documents.upkeep", "documents.forget")
	must(sweeper(t).Sweep(tenant.Enter(t.Context(), h.LP)))
	l, err := h.drive.List(ctx, s, uuid.Nil, drive.ListOptions{Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, n := range l.Nodes {
		if !there(t, n.Object()) {
			t.Errorf("%s has lost its content", n.Name)
		}
		named += n.Version
	}
	if n := objects(t, s); n != named || named < 20 {
		t.Errorf("the store holds %d objects, the rows name %d", n, named)
	}
}
