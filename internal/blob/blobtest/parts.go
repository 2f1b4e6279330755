package blobtest

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"elyco/internal/blob"
)

func send(t *testing.T, s *blob.Store, key blob.Key, upload string, number int, text []byte) blob.Part {
	t.Helper()
	p, err := s.SendPart(t.Context(), key, upload, number, struct{ io.Reader }{bytes.NewReader(text)}, int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func parts(t *testing.T, s *blob.Store) {
	const size = 2*blob.MinPart + 7
	whole, key := Bytes(size), draw(3)
	upload, err := s.Begin(t.Context(), key, "application/pdf")
	if err != nil {
		t.Fatal(err)
	}
	first := send(t, s, key, upload, 1, whole[:blob.MinPart])
	if _, err := s.SendPart(t.Context(), key, upload, 2, bytes.NewReader(whole[:10]), 20); !errors.Is(err, blob.ErrSize) {
		t.Errorf("a part cut short: got %v, want ErrSize", err)
	}
	send(t, s, key, upload, 2, make([]byte, blob.MinPart))
	second := send(t, s, key, upload, 2, whole[blob.MinPart:2*blob.MinPart])
	third := send(t, s, key, upload, 3, whole[2*blob.MinPart:])
	if _, err := s.Stat(t.Context(), key); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("before the end: got %v, want ErrNotFound", err)
	}
	if !unfinished(t, s, blob.Prefix(3), upload) && !unfinished(t, s, key.String(), upload) {
		t.Error("an upload under way is not listed")
	}
	if err := s.Complete(t.Context(), key, upload, []blob.Part{first, second, third}, "application/pdf"); err != nil {
		t.Fatal(err)
	}
	Same(t, s, key, size)
	if err := s.Complete(t.Context(), key, upload, []blob.Part{first, second, third}, "application/pdf"); err != nil && !errors.Is(err, blob.ErrNoUpload) && !errors.Is(err, blob.ErrExists) {
		t.Errorf("the end, again: got %v, want ErrNoUpload or ErrExists", err)
	}
	if unfinished(t, s, blob.Prefix(3), upload) || unfinished(t, s, key.String(), upload) {
		t.Error("an upload that has ended is listed")
	}
	Same(t, s, key, size)
}

func unfinished(t *testing.T, s *blob.Store, prefix, upload string) bool {
	t.Helper()
	found := false
	err := s.Unfinished(t.Context(), prefix, func(u blob.Unfinished) error {
		found = found || u.Upload == upload
		if u.Key.Scope() != 3 || u.Begun.IsZero() {
			t.Errorf("listed %+v", u)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func givenUp(t *testing.T, s *blob.Store) {
	key := draw(3)
	upload, err := s.Begin(t.Context(), key, "application/pdf")
	if err != nil {
		t.Fatal(err)
	}
	part := send(t, s, key, upload, 1, Bytes(100))
	for range 2 {
		if err := s.Abort(t.Context(), key, upload); err != nil {
			t.Error(err)
		}
	}
	if err := s.Complete(t.Context(), key, upload, []blob.Part{part}, "application/pdf"); !errors.Is(err, blob.ErrNoUpload) {
		t.Errorf("completed: got %v, want ErrNoUpload", err)
	}
	if _, err := s.SendPart(t.Context(), key, upload, 2, bytes.NewReader(Bytes(4*blob.MinPart)), 4*blob.MinPart); !errors.Is(err, blob.ErrNoUpload) {
		t.Errorf("a part more: got %v, want ErrNoUpload", err)
	}
}

func unknownSize(t *testing.T, s *blob.Store) {
	for _, n := range []int{0, 1, blob.MinPart - 1, blob.MinPart, blob.MinPart + 1, 2 * blob.MinPart, 12 << 20} {
		key := draw(4)
		got, err := s.PutAll(t.Context(), key, struct{ io.Reader }{bytes.NewReader(Bytes(n))}, make([]byte, blob.MinPart), "application/pdf")
		if err != nil || got != int64(n) {
			t.Errorf("%d bytes: %d, %v", n, got, err)
			continue
		}
		Same(t, s, key, n)
	}
	broken := errors.New("the sender left")
	for _, n := range []int{10, blob.MinPart, blob.MinPart + 10} {
		key := draw(4)
		_, err := s.PutAll(t.Context(), key, io.MultiReader(bytes.NewReader(Bytes(n)), &failing{broken}), make([]byte, blob.MinPart), "application/pdf")
		if !errors.Is(err, broken) {
			t.Errorf("cut after %d bytes: got %v", n, err)
		}
		if _, err := s.Stat(t.Context(), key); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("cut after %d bytes: kept: %v", n, err)
		}
	}
	if err := s.Unfinished(t.Context(), blob.Prefix(4), func(u blob.Unfinished) error {
		t.Errorf("parts stay: %+v", u)
		return nil
	}); err != nil {
		t.Error(err)
	}
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

func copies(t *testing.T, s *blob.Store) {
	for _, n := range []int{0, 1000, 17 << 20} {
		from, to := Put(t, s, n), draw(5)
		if err := s.Copy(t.Context(), from, to); err != nil {
			t.Fatalf("%d bytes: %v", n, err)
		}
		if err := s.Delete(t.Context(), from); err != nil {
			t.Fatal(err)
		}
		body, info, err := s.Get(t.Context(), to, 0, -1)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(body)
		body.Close()
		if err != nil || !bytes.Equal(got, Bytes(n)) || info.Size != int64(n) {
			t.Errorf("%d bytes came out as %d, %v", n, len(got), err)
		}
	}
	if err := s.Copy(t.Context(), draw(5), draw(5)); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("of nothing: got %v, want ErrNotFound", err)
	}
}
