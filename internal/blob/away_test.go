package blob_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"elyco/internal/blob"
	"elyco/internal/fault"
	"elyco/internal/local/s3"
)

// TestStoreAway holds every operation to one fault, which asks people to come back, while the store is away.
func TestStoreAway(t *testing.T) {
	s, err := blob.Open(blob.Config{Endpoint: "s3.local", AccessKey: "a", SecretKey: "b", Bucket: "away", Region: "us-east-1",
		Transport: s3.Transport(filepath.Join(t.TempDir(), "none.sock"))})
	if err != nil {
		t.Fatal(err)
	}
	key := blob.NewKey(1, time.Now())
	_, _, get := s.Get(t.Context(), key, 0, -1)
	_, stat := s.Stat(t.Context(), key)
	for name, err := range map[string]error{
		"put": s.Put(t.Context(), key, strings.NewReader("abc"), 3, "text/plain"), "get": get, "stat": stat, "delete": s.Delete(t.Context(), key),
	} {
		if !fault.Is(err, fault.Busy) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
