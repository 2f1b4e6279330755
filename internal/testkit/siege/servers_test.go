package siege_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestPrivateServersComeBack kills the database and the object store under a running program: it has them again within
// seconds, and ends properly afterwards.
func TestPrivateServersComeBack(t *testing.T) {
	dir := t.TempDir()
	// The database's own account must be able to come here.
	for _, d := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	p := newProgram(t, "ELYCO_DATA_DIR="+dir)
	p.start()
	for _, word := range []string{"/postgres", "s3-child", "/postgres", "s3-child"} {
		killed := p.child(word)
		if err := syscall.Kill(killed, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		back := func() bool { pid := p.child(word); return pid != 0 && pid != killed && p.down() == "" }
		t.Logf("%s is back after %s", word, p.until(time.Minute, word+" is back", back))
	}
	if err := p.stop(); err != nil {
		t.Errorf("the end: %v", err)
	}
}
