// Package blobtest holds what every object store must do for package blob, to be run against each kind of store.
package blobtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"elyco/internal/blob"
)

// Contract checks a store whose bucket does not exist yet.
func Contract(t *testing.T, c blob.Config) {
	t.Helper()
	s, err := blob.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err == nil {
		t.Error("ready without a bucket")
	}
	for range 2 {
		if err := s.EnsureBucket(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Run("sizes", func(t *testing.T) { sizes(t, s) })
	t.Run("ranges", func(t *testing.T) { ranges(t, s) })
	t.Run("written once", func(t *testing.T) { once(t, s) })
	t.Run("wrong size", func(t *testing.T) { wrongSize(t, s) })
	t.Run("missing", func(t *testing.T) { missing(t, s) })
	t.Run("list", func(t *testing.T) { list(t, s) })
	t.Run("together", func(t *testing.T) { together(t, s) })
	t.Run("parts", func(t *testing.T) { parts(t, s) })
	t.Run("given up", func(t *testing.T) { givenUp(t, s) })
	t.Run("unknown size", func(t *testing.T) { unknownSize(t, s) })
	t.Run("copy", func(t *testing.T) { copies(t, s) })
	t.Run("wrong secret", func(t *testing.T) { wrongSecret(t, c) })
}

// Bytes gives n bytes that look like nothing and are the same each time.
func Bytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.NewChaCha8([32]byte{byte(n)}).Read(b)
	return b
}

func draw(scope int64) blob.Key { return blob.NewKey(scope, time.Now()) }

// Put stores what Bytes gives and returns its key.
func Put(t *testing.T, s *blob.Store, n int) blob.Key {
	t.Helper()
	key := draw(1)
	if err := s.Put(t.Context(), key, bytes.NewReader(Bytes(n)), int64(n), "application/pdf"); err != nil {
		t.Fatal(err)
	}
	return key
}

// Same checks that the object is what Bytes gives.
func Same(t *testing.T, s *blob.Store, key blob.Key, n int) {
	t.Helper()
	body, info, err := s.Get(t.Context(), key, 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	got, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, Bytes(n)) {
		t.Errorf("%d bytes came back changed, as %d", n, len(got))
	}
	if info.Size != int64(n) || info.ContentType != "application/pdf" || info.Key != key {
		t.Errorf("described as %+v", info)
	}
}

func sizes(t *testing.T, s *blob.Store) {
	for _, n := range []int{0, 1, 1000, 16 << 20, 16<<20 + 1, 33<<20 + 7} {
		key := Put(t, s, n)
		Same(t, s, key, n)
		info, err := s.Stat(t.Context(), key)
		if err != nil || info.Size != int64(n) || info.ContentType != "application/pdf" || info.Modified.IsZero() {
			t.Errorf("described as %+v, %v", info, err)
		}
	}
}

func ranges(t *testing.T, s *blob.Store) {
	const size = 5000
	key, want := Put(t, s, size), Bytes(size)
	for _, c := range []struct{ off, n, from, to int64 }{
		{0, 10, 0, 10},
		{0, -1, 0, size},
		{1, -1, 1, size},
		{4990, 10, 4990, size},
		{4990, 100, 4990, size},
		{4999, 1, 4999, size},
		{0, 1, 0, 1},
		{17, 0, 17, 17},
	} {
		body, info, err := s.Get(t.Context(), key, c.off, c.n)
		if err != nil {
			t.Errorf("%d bytes from %d: %v", c.n, c.off, err)
			continue
		}
		got, err := io.ReadAll(body)
		body.Close()
		if err != nil || !bytes.Equal(got, want[c.from:c.to]) || info.Size != size {
			t.Errorf("%d bytes from %d: got %d bytes of %d, %v", c.n, c.off, len(got), info.Size, err)
		}
	}
	for _, off := range []int64{size, size + 1, -1} {
		if _, _, err := s.Get(t.Context(), key, off, 10); !errors.Is(err, blob.ErrRange) {
			t.Errorf("from %d: got %v, want ErrRange", off, err)
		}
	}
}

func once(t *testing.T, s *blob.Store) {
	for _, n := range []int{100, 17 << 20} {
		key := Put(t, s, n)
		for _, again := range []int{50, 17 << 20} {
			err := s.Put(t.Context(), key, bytes.NewReader(make([]byte, again)), int64(again), "text/plain")
			if !errors.Is(err, blob.ErrExists) {
				t.Errorf("%d bytes over %d: got %v, want ErrExists", again, n, err)
			}
		}
		Same(t, s, key, n)
	}
}

func wrongSize(t *testing.T, s *blob.Store) {
	for _, c := range []struct{ given, announced int }{{99, 100}, {101, 100}, {0, 1}, {1, 0}, {17 << 20, 18 << 20}, {18 << 20, 17 << 20}} {
		key := draw(1)
		// A body as HTTP gives it: readable once, forwards.
		body := struct{ io.Reader }{bytes.NewReader(Bytes(c.given))}
		err := s.Put(t.Context(), key, body, int64(c.announced), "application/pdf")
		if !errors.Is(err, blob.ErrSize) {
			t.Errorf("%d bytes announced as %d: got %v, want ErrSize", c.given, c.announced, err)
		}
		if _, err := s.Stat(t.Context(), key); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("%d bytes announced as %d: kept: %v", c.given, c.announced, err)
		}
	}
	if err := s.Put(t.Context(), draw(1), bytes.NewReader(nil), -1, ""); !errors.Is(err, blob.ErrSize) {
		t.Errorf("an unknown size: got %v, want ErrSize", err)
	}
}

func missing(t *testing.T, s *blob.Store) {
	for name, try := range map[string]func(blob.Key) error{
		"get":   func(k blob.Key) error { _, _, err := s.Get(t.Context(), k, 0, -1); return err },
		"range": func(k blob.Key) error { _, _, err := s.Get(t.Context(), k, 5, 5); return err },
		"none":  func(k blob.Key) error { _, _, err := s.Get(t.Context(), k, 0, 0); return err },
		"stat":  func(k blob.Key) error { _, err := s.Stat(t.Context(), k); return err },
	} {
		if err := try(draw(1)); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("%s: got %v, want ErrNotFound", name, err)
		}
		if err := try(blob.Key{}); !errors.Is(err, blob.ErrKey) {
			t.Errorf("%s of no key: got %v, want ErrKey", name, err)
		}
	}
	key := Put(t, s, 10)
	for range 2 {
		if err := s.Delete(t.Context(), key); err != nil {
			t.Error(err)
		}
	}
	if _, err := s.Stat(t.Context(), key); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("after Delete: got %v, want ErrNotFound", err)
	}
}

func list(t *testing.T, s *blob.Store) {
	want := map[blob.Key]int64{}
	for i := range 5 {
		key := draw(77)
		want[key] = int64(i)
		if err := s.Put(t.Context(), key, bytes.NewReader(make([]byte, i)), int64(i), "text/plain"); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Put(t.Context(), draw(7), bytes.NewReader(nil), 0, "text/plain"); err != nil {
		t.Fatal(err)
	}
	err := s.List(t.Context(), blob.Prefix(77), func(i blob.Info) error {
		if size, ok := want[i.Key]; !ok || size != i.Size {
			t.Errorf("listed %+v", i)
		}
		delete(want, i.Key)
		return nil
	})
	if err != nil || len(want) > 0 {
		t.Errorf("not listed: %v, %v", want, err)
	}
	stop := errors.New("enough")
	if err := s.List(t.Context(), "t/", func(blob.Info) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("got %v, want the function's error", err)
	}
}

func together(t *testing.T, s *blob.Store) {
	var all sync.WaitGroup
	for n := range 16 {
		all.Go(func() {
			key := draw(2)
			if err := s.Put(t.Context(), key, bytes.NewReader(Bytes(1000+n)), int64(1000+n), "application/pdf"); err != nil {
				t.Error(err)
				return
			}
			Same(t, s, key, 1000+n)
		})
	}
	all.Wait()
}

func wrongSecret(t *testing.T, c blob.Config) {
	c.SecretKey += "x"
	s, err := blob.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Put(t.Context(), draw(1), bytes.NewReader(nil), 0, ""); err == nil || errors.Is(err, blob.ErrNotFound) {
		t.Errorf("stored with a wrong secret: %v", err)
	}
}

// Crash checks that what was acknowledged survives a store killed in the middle of an upload, that this upload fails,
// and that it leaves nothing to be taken for an object. kill ends the store at once; restart brings it back.
func Crash(t *testing.T, c blob.Config, kill func(), restart func() http.RoundTripper) {
	t.Helper()
	s, err := blob.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.EnsureBucket(t.Context()); err != nil {
		t.Fatal(err)
	}
	small, large := Put(t, s, 1000), Put(t, s, 20<<20)
	cut := map[string]blob.Key{}
	for name, size := range map[string]int64{"small": 1 << 20, "large": 40 << 20} {
		cut[name] = draw(1)
		if err := interrupted(t.Context(), s, cut[name], size, kill); err == nil {
			t.Errorf("a %s upload to a killed store succeeded", name)
		}
		if c.Transport = restart(); c.Transport == nil {
			t.Fatal("no transport")
		}
		if s, err = blob.Open(c); err != nil {
			t.Fatal(err)
		}
	}
	Same(t, s, small, 1000)
	Same(t, s, large, 20<<20)
	for name, key := range cut {
		if _, err := s.Stat(t.Context(), key); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("the cut %s upload: got %v, want ErrNotFound", name, err)
		}
	}
	Same(t, s, Put(t, s, 500), 500)
}

// interrupted uploads size bytes to a store that is killed when half of them are sent.
func interrupted(ctx context.Context, s *blob.Store, key blob.Key, size int64, kill func()) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	half := size / 2
	body := io.MultiReader(bytes.NewReader(make([]byte, half)), &trap{spring: kill}, bytes.NewReader(make([]byte, size-half)))
	err := s.Put(ctx, key, body, size, "application/pdf")
	if errors.Is(err, blob.ErrSize) {
		return fmt.Errorf("blamed on the reader: %w", err)
	}
	return err
}

// trap is an empty reader that does something when it is reached.
type trap struct{ spring func() }

func (r *trap) Read([]byte) (int, error) {
	r.spring()
	return 0, io.EOF
}
