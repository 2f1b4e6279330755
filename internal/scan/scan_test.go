package scan_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"elyco/internal/fault"
	"elyco/internal/scan"
	"elyco/internal/scan/scantest"
)

// marked is what both the pretended clamd and the real one are told to find.
const marked = "ELYCO-" + "VIRUS-" + "MARK"

func TestScan(t *testing.T) {
	d := scantest.Start(t, marked)
	judge(t, d.Address)
	c, err := scan.New(d.Address)
	if err != nil {
		t.Fatal(err)
	}
	d.Limit = 1 << 20
	if _, err := c.Scan(t.Context(), bytes.NewReader(make([]byte, 3<<20))); !errors.Is(err, scan.ErrTooLarge) {
		t.Errorf("more than it takes: %v", err)
	}
	d.Silent = true
	short, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if clean, err := c.Scan(short, strings.NewReader("abc")); err == nil || clean {
		t.Errorf("a silent clamd: %v, %v", clean, err)
	}
	d.Stop()
	if clean, err := c.Scan(t.Context(), strings.NewReader("abc")); !fault.Is(err, fault.Busy) || clean {
		t.Errorf("no clamd: %v, %v", clean, err)
	}
	if _, err := scan.New("nowhere"); err == nil {
		t.Error("an address without a port")
	}
}

func judge(t *testing.T, address string) {
	t.Helper()
	c, err := scan.New(address)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []struct {
		text  string
		clean bool
	}{{"", true}, {"un texte", true}, {"avant " + marked + " après", false}, {strings.Repeat("x", 5<<20), true}, {strings.Repeat("x", 1<<20) + marked, false}} {
		if clean, err := c.Scan(t.Context(), strings.NewReader(s.text)); err != nil || clean != s.clean {
			t.Errorf("%d bytes: clean %v, %v", len(s.text), clean, err)
		}
	}
	broken := errors.New("the store left")
	if clean, err := c.Scan(t.Context(), io.MultiReader(strings.NewReader("abc"), failing{broken})); !errors.Is(err, broken) || clean {
		t.Errorf("a stream that breaks: %v, %v", clean, err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// TestClamAV holds the real daemon to the same, where it is installed, with a signature of our own.
func TestClamAV(t *testing.T) {
	program, err := exec.LookPath("clamd")
	if err != nil {
		t.Skip("clamd is not installed")
	}
	dir := t.TempDir()
	socket := filepath.Join(dir, "clamd.sock")
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	var mark strings.Builder
	for _, b := range []byte(marked) {
		mark.WriteString(string("0123456789abcdef"[b>>4]) + string("0123456789abcdef"[b&15]))
	}
	write("own.ndb", "Elyco.Test:0:*:"+mark.String()+"\n")
	conf := write("clamd.conf", "LocalSocket "+socket+"\nDatabaseDirectory "+dir+"\nForeground yes\nOfficialDatabaseOnly no\nLogFile "+filepath.Join(dir, "log")+"\nStreamMaxLength 100M\n")
	cmd := exec.Command(program, "-c", conf)
	cmd.Stdout, cmd.Stderr = t.Output(), t.Output()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	for range 200 {
		if conn, err := net.Dial("unix", socket); err == nil {
			conn.Close()
			judge(t, "unix:"+socket)
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("clamd is not there after ten seconds")
}
