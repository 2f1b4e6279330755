package pg

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBarred(t *testing.T) {
	open, err := os.MkdirTemp("/tmp", "pg-place-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(open) })
	if err := os.Chmod(open, 0o755); err != nil {
		t.Fatal(err)
	}
	closed := filepath.Join(open, "closed")
	if err := os.Mkdir(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	other := account{drop: true, uid: 54321, gid: 54321, name: "other"}
	owner := account{drop: true, uid: os.Getuid(), gid: os.Getgid(), name: "owner"}
	for _, c := range []struct {
		who       account
		dir, want string
	}{
		{other, filepath.Join(open, "not", "there", "yet"), ""},
		{other, filepath.Join(closed, "data"), closed},
		{owner, filepath.Join(closed, "data"), ""},
		{account{}, filepath.Join(closed, "data"), ""},
	} {
		got, err := c.who.barred(c.dir)
		if err != nil || got != c.want {
			t.Errorf("%s to %s: got %q, %v, want %q", c.who.name, c.dir, got, err, c.want)
		}
	}
}

// TestSocketOfALongFolder: a socket's path has 107 bytes at most, and projects lie as deep as they like.
func TestSocketOfALongFolder(t *testing.T) {
	s := &Server{dir: filepath.Join(t.TempDir(), strings.Repeat("d", 100))}
	if err := s.socket(account{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(s.temp) })
	if s.temp == "" || len(s.sock) > longestSocket {
		t.Errorf("the socket is in %s", s.sock)
	}
}
