package blob_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"elyco/internal/blob"
	"elyco/internal/fault"
	"elyco/internal/local/s3"
	"elyco/internal/readonly"
)

// TestLookingStoresNothing asks every operation that changes the store on behalf of somebody who only looks. The store is
// away: what passed the refusal would be Busy.
func TestLookingStoresNothing(t *testing.T) {
	s, err := blob.Open(blob.Config{Endpoint: "s3.local", AccessKey: "a", SecretKey: "b", Bucket: "away", Region: "us-east-1",
		Transport: s3.Transport(filepath.Join(t.TempDir(), "none.sock"))})
	if err != nil {
		t.Fatal(err)
	}
	ctx, key, text := readonly.With(t.Context()), blob.NewKey(1, time.Now()), strings.NewReader("abc")
	_, begun := s.Begin(ctx, key, "text/plain")
	_, sent := s.SendPart(ctx, key, "u", 1, text, 3)
	_, all := s.PutAll(ctx, key, text, make([]byte, blob.MinPart), "text/plain")
	for name, err := range map[string]error{
		"put": s.Put(ctx, key, text, 3, "text/plain"), "put all": all, "begin": begun, "send": sent,
		"complete": s.Complete(ctx, key, "u", nil, "text/plain"), "abort": s.Abort(ctx, key, "u"),
		"copy": s.Copy(ctx, blob.NewKey(1, time.Now()), key), "delete": s.Delete(ctx, key),
	} {
		if !fault.Is(err, fault.ReadOnly) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := s.Get(ctx, key, 0, -1); !fault.Is(err, fault.Busy) {
		t.Errorf("looking is refused: %v", err)
	}
}
