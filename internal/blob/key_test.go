package blob_test

import (
	"strings"
	"testing"
	"time"

	"elyco/internal/blob"
)

func TestKey(t *testing.T) {
	at := time.Date(2026, 1, 1, 0, 30, 0, 0, time.FixedZone("Paris", 3600))
	key := blob.NewKey(4200, at)
	if !strings.HasPrefix(key.String(), "t/4200/2025/12/") || key.Scope() != 4200 {
		t.Errorf("drawn: %s in scope %d", key, key.Scope())
	}
	if !strings.HasPrefix(key.String(), blob.Prefix(4200)) {
		t.Errorf("%s is not below its prefix", key)
	}
	if key == blob.NewKey(4200, at) {
		t.Error("the same key was drawn twice")
	}
	read, err := blob.ParseKey(key.String())
	if err != nil || read != key {
		t.Errorf("read back as %s, %v", read, err)
	}
	if !blob.NewKey(-1, at).IsZero() {
		t.Error("a key was drawn for no scope")
	}
}

func TestKeyInDatabase(t *testing.T) {
	for _, key := range []blob.Key{{}, blob.NewKey(0, time.Now()), blob.NewKey(1<<40, time.Now())} {
		stored, err := key.Value()
		if err != nil {
			t.Fatal(err)
		}
		var back blob.Key
		if err := back.Scan(stored); err != nil || back != key {
			t.Errorf("%s came back as %s, %v", key, back, err)
		}
	}
	var key blob.Key
	for _, bad := range []any{"", "t/1/../x", []byte("x"), 12} {
		if err := key.Scan(bad); err == nil {
			t.Errorf("%v was read as %s", bad, key)
		}
	}
}

func TestParseKeyRefuses(t *testing.T) {
	const id = "01a209c6-6b7d-7e97-8048-99300c877c03"
	for _, name := range []string{
		"",
		"t/1/2026/11/",
		"t/01/2026/11/" + id,
		"t/-1/2026/11/" + id,
		"t/1/2026/13/" + id,
		"t/1/2026/11/" + id + "/x",
		"t/1/2026/11/" + id + "\n",
		"/t/1/2026/11/" + id,
		"t/1/2026/../" + id,
		"t/1/2026/11/" + strings.ToUpper(id),
		"t/1/2026/11/" + strings.Replace(id, "-7e", "-4e", 1),
		"u/1/2026/11/" + id,
		"t/99999999999999999999/2026/11/" + id,
	} {
		if key, err := blob.ParseKey(name); err == nil {
			t.Errorf("%q was read as %s", name, key)
		}
	}
}
